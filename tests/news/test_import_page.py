"""`manage.py import_page`, as it is called."""

import io
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from docx import Document

from news.models import ArticlePage
from tests.factories import a_section

PAGE = """# 滨河路桥今日通车
本报讯（记者 张三）滨河路桥今天上午通车，全长三百二十米，双向四车
道，两侧设有人行道。

桥头的公交站同时启用。

# 图书馆延长开放时间
本报讯（记者 李四 通讯员 王五）市图书馆从下月起每天开放到晚上十点。
"""


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE)
    return str(path)


def run(*arguments, **options):
    out, err = io.StringIO(), io.StringIO()
    call_command("import_page", *arguments, stdout=out, stderr=err, **options)
    assert err.getvalue() == ""
    return out.getvalue()


def refusal(*arguments):
    with pytest.raises(CommandError) as refused:
        run(*arguments)
    return str(refused.value)


def test_json_is_printed_and_nothing_saved(home, page):
    stories = json.loads(run(page, "--json"))["stories"]
    assert [(story["headline"], story["dateline"], story["joined"]) for story in stories] == [
        ("滨河路桥今日通车", "本报讯", 1),
        ("图书馆延长开放时间", "本报讯", 0),
    ]
    assert stories[1]["credits"] == [
        {"role": "记者", "affiliation": "", "name": "李四"},
        {"role": "通讯员", "affiliation": "", "name": "王五"},
    ]
    assert ArticlePage.objects.count() == 0


def test_drafts_are_made_and_told(section, page):
    told = run(page, "--section", "minsheng", "--print-date", "2020-08-19").splitlines()
    first, second = ArticlePage.objects.order_by("path")
    assert [one.title for one in (first, second)] == ["滨河路桥今日通车", "图书馆延长开放时间"]
    assert {(str(one.printed_on), one.live) for one in (first, second)} == {("2020-08-19", False)}
    assert [line for line in told if not line.startswith("   - ")] == [
        "新建草稿 2 篇，已导入过 0 篇（栏目：民生）",
        "1. 新建：滨河路桥今日通车",
        f"   {settings.WAGTAILADMIN_BASE_URL}/admin/pages/{first.pk}/edit/",
        "2. 新建：图书馆延长开放时间",
        f"   {settings.WAGTAILADMIN_BASE_URL}/admin/pages/{second.pk}/edit/",
    ]
    assert [line for line in told if "车|道" in line or "双向四车|道" in line] != []


def test_the_same_page_again_makes_nothing_new(section, page):
    run(page, "--section", "民生")
    assert run(page, "--section", "民生").startswith("新建草稿 0 篇，已导入过 2 篇（栏目：民生）\n")
    assert ArticlePage.objects.count() == 2


def test_other_encodings_and_word_files_read_the_same(home, page, tmp_path):
    wanted = run(page, "--json")
    gb = tmp_path / "gb.txt"
    gb.write_bytes(PAGE.encode("gb18030"))
    assert run(str(gb), "--json") == wanted
    word = tmp_path / "page.docx"
    document = Document()
    for line in PAGE.splitlines():
        if line.startswith("# "):
            document.add_heading(line[2:], 1)
        elif line:
            document.add_paragraph(line)
    document.save(word)
    assert [story["headline"] for story in json.loads(run(str(word), "--json"))["stories"]] == [
        "滨河路桥今日通车",
        "图书馆延长开放时间",
    ]


def test_the_section_must_be_one_of_ours(section, page):
    a_section(title="教育", slug="jiaoyu")
    known = "现有栏目：minsheng（民生）、jiaoyu（教育）。"
    assert refusal(page) == f"请用 --section 指定栏目。{known}"
    assert refusal(page, "--section", "体育") == f"没有栏目“体育”。{known}"


@pytest.mark.parametrize("text", ["20200819", "2020-02-30", "昨天", ""])
def test_the_print_date_must_be_a_date(home, page, text):
    assert refusal(page, "--json", "--print-date", text) == (
        f"见报日期“{text}”不是日期，应为 YYYY-MM-DD。"
    )


def test_a_file_that_cannot_be_read_is_one_clear_line(section, tmp_path):
    missing = tmp_path / "missing.txt"
    assert refusal(str(missing), "--json") == f"读不到文件 {missing}。"
    picture = tmp_path / "page.png"
    picture.write_bytes(b"\x89PNG")
    assert (
        refusal(str(picture), "--json")
        == f"读不了 {picture}：只支持.txt、.md、.docx、.xlsx、.csv和.pdf文件。"
    )
    long = tmp_path / "long.txt"
    long.write_text(f"# {'长' * 300}\n本报讯（记者 张三）短文。\n")
    assert refusal(str(long), "--section", "minsheng").startswith("未保存任何稿件：\n")
    assert ArticlePage.objects.count() == 0


def test_a_process_reads_standard_input_and_writes_only_json():
    environment = {**os.environ, "YOUJU_DEV": "1", "DATABASE_URL": "sqlite://:memory:"}
    done = subprocess.run(
        [sys.executable, "manage.py", "import_page", "-", "--json"],
        input=PAGE.encode(),
        capture_output=True,
        cwd=settings.BASE_DIR,
        env=environment,
        check=False,
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    assert len(json.loads(done.stdout)["stories"]) == 2
