"""Kills a publication at each of its statements and tells what each left; see `tests.killed_publications`."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


def address_of_this_database():
    """Return the DATABASE_URL of the database that the tests of this process write to."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def rows_after_each_kill(which, document, editor, folder):
    """Return the counts of rows that each killed child left; every child was killed, and more than ten were."""
    environment = {
        "YOUJU_DEV": "1",
        "YOUJU_VAR": str(folder),
        "DATABASE_URL": address_of_this_database(),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.killed_publications",
            which,
            str(document.pk),
            str(editor.pk),
        ],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    assert {ended for ended, _ in told} == {signal.SIGKILL}
    assert len(told) > 10
    return [rows for _, rows in told]
