"""`manage.py import_archive`, as it is called, and killed."""

import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from news.models import ArticlePage
from tests.factories import a_section
from tests.news.archive.test_lines import GOOD


@pytest.fixture
def archive(tmp_path):
    """Write lines to a file and return its path."""

    def write(*lines):
        path = tmp_path / "archive.jsonl"
        path.write_text("".join(json.dumps(line) + "\n" for line in lines))
        return str(path)

    return write


def line(number, **fields):
    return {**GOOD, "id": number, "section": "民生", **fields}


def run(*arguments, **options):
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_archive", *arguments, stdout=out, stderr=err, **options)
    except CommandError as error:
        return str(error), [text for text in err.getvalue().splitlines() if "行：" in text]
    return out.getvalue(), [text for text in err.getvalue().splitlines() if "行：" in text]


def told(created=0, updated=0, unchanged=0, kept=0, bad=0, prefix=""):
    return (
        f"{prefix}新增 {created} 篇，更新 {updated} 篇，未变 {unchanged} 篇，"
        f"内容有变而保留 {kept} 篇，跳过坏行 {bad} 行\n"
    )


def test_an_archive_is_taken_over_once(section, archive):
    path = archive(line(1), line(2))
    assert run(path) == (told(created=2), [])
    assert run(path) == (told(unchanged=2), [])
    changed = archive(line(1, deck="改过"), line(2))
    assert run(changed) == (
        told(unchanged=1, kept=1) + "第 1 行（1）：内容有变，未更新（加 --update 更新）\n",
        [],
    )
    assert run(changed, update=True) == (told(updated=1, unchanged=1), [])


def test_a_bad_line_refuses_all_or_is_skipped(section, archive):
    path = archive(line(1), line(2, title=""), line(3, date="昨天"))
    bad = [
        "第 2 行：缺少 title。",
        "第 3 行：date“昨天”不是日期，应为 YYYY-MM-DD 或 YYYY-MM-DD HH:MM:SS。",
    ]
    refusal = "有 2 行不能导入，未写入任何稿件。改好后再来，或加 --on-error skip 跳过。"
    assert run(path) == (refusal, bad)
    assert ArticlePage.objects.count() == 0
    assert run(path, on_error="skip") == (told(created=1, bad=2), bad)


def test_a_dry_run_writes_nothing(section, archive):
    path = archive(line(1), line(2, section="副刊"))
    wanted = told(created=2, prefix="试运行，未写入：")
    assert run(path, dry_run=True, create_sections=True) == (wanted, [])
    assert ArticlePage.objects.count() == 0
    assert section.get_siblings().count() == 1


def test_unknown_sections_are_named_or_made(section, archive):
    a_section(title="教育", slug="jiaoyu")
    path = archive(line(1, section="副刊"))
    assert run(path)[0] == (
        "没有这些栏目：副刊。现有栏目：民生（minsheng）、教育（jiaoyu）。"
        "请先建好栏目，或加 --create-sections。"
    )
    assert run(path, create_sections=True) == (told(created=1), [])
    assert ArticlePage.objects.get().get_parent().title == "副刊"


def test_what_did_not_come_along_is_told(section, archive):
    path = archive(line(1, body='<p>甲<img src="a.jpg"></p>'))
    assert run(path)[0] == told(created=1) + "正文中未能带过来的：图片 1 处\n"


def test_what_cannot_be_done_is_one_clear_line(section, archive, tmp_path):
    assert run(str(tmp_path / "missing"))[0] == f"读不到文件 {tmp_path / 'missing'}。"
    assert run(archive(line(1)), batch=0)[0] == "每批篇数应为 1 至 5000。"


STORIES = 600
PREPARE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.factories import a_section, a_site
a_site()
a_section(title="民生", slug="minsheng")
"""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the killed process has its own database")
def test_a_run_that_is_killed_is_continued_by_the_next(archive, tmp_path):
    database = tmp_path / "db.sqlite3"
    path = archive(*(line(number) for number in range(STORIES)))
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "manage.py", "import_archive", path, "--archive=旧站", "--batch=10"]
    place = {"cwd": settings.BASE_DIR, "env": environment, "stderr": subprocess.DEVNULL}
    subprocess.run([sys.executable, "-c", PREPARE], check=True, **place)

    def rows(question="SELECT count(*) FROM news_archivedstory"):
        with closing(sqlite3.connect(database, timeout=20)) as file:
            return file.execute(question).fetchall()

    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **place)
    while rows() == [(0,)] and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    ((taken,),) = rows()
    assert (0 < taken < STORIES, taken % 10) == (True, 0)
    assert rows("SELECT count(*) FROM news_articlepage") == [(taken,)]

    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, **place)
    assert done.stdout.decode() == told(created=STORIES - taken, unchanged=taken)
    assert rows() == rows("SELECT count(*) FROM news_articlepage") == [(STORIES,)]
    assert rows("SELECT count(DISTINCT slug) FROM wagtailcore_page WHERE depth = 5") == [(STORIES,)]
    assert rows("SELECT count(*), max(sequence) FROM portal_change WHERE act = 'publish'") == [
        (STORIES, STORIES)
    ]
