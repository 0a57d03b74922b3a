"""The command line, as it is started without the environment that it needs."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_a_missing_key_is_one_line_and_no_traceback():
    run = subprocess.run(
        [sys.executable, "manage.py", "load_places", "x.csv"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (run.returncode, run.stdout, run.stderr) == (
        1,
        "",
        "缺少环境变量 SECRET_KEY。本机试用请运行 make run；正式部署请设置一个五十个字符以上的随机值。\n",
    )
