"""The command that imports scores: what it writes where, and what it refuses in Chinese."""

import io
import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from indices.models import Release, Score
from tests.factories import PlaceFactory, UserFactory
from tests.indices.factories import EditionFactory, a_dimension

pytestmark = pytest.mark.django_db

SHEET = "place_code,name_as_published,overall,overall_rank\nx-hz,杭州,95.6,1\nx-zz,郑州,80.5,7\n"


@pytest.fixture
def edition():
    edition = EditionFactory(
        index__code="digital", index__name="数字治理指数", year=2020, label="2020年版"
    )
    a_dimension(edition)
    PlaceFactory(code="x-hz", name="杭州市", short_name="杭州")
    PlaceFactory(code="x-zz", name="郑州市", short_name="郑州")
    return edition


@pytest.fixture
def load(edition, tmp_path):
    """Run the command on a text or bytes; return what it wrote to standard output."""

    def run(content, *options, name="得分.csv", label="2020"):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        out = io.StringIO()
        arguments = ["--index", "digital", "--edition", label, "--source", "报告"]
        call_command(
            "import_scores", str(file), *arguments, *options, stdout=out, stderr=io.StringIO()
        )
        return out.getvalue()

    return run


def refusal(load, content, *options, **name):
    with pytest.raises(CommandError) as refused:
        load(content, *options, **name)
    return str(refused.value)


def test_a_draft_is_left_and_named(load):
    words = load(SHEET)
    release = Release.objects.get()
    assert words == (
        f"新增 2、改动 0、不变 0、撤去 0。\n草稿在后台“数据发布”中（第 {release.pk} 号）。\n"
    )
    assert (release.published_at, release.created_by, Score.objects.count()) == (None, None, 0)


def test_the_edition_is_named_by_its_label_or_its_code(load):
    load(SHEET, "--dry-run", label="2020年版")
    assert refusal(load, SHEET, label="2021") == "“数字治理指数”没有版次“2021”。现有：2020年版。"


def test_json_is_all_that_stands_on_standard_output(load):
    UserFactory(is_superuser=True)
    assert json.loads(load(SHEET, "--json", "--publish")) == {
        "new": 2,
        "changed": 0,
        "unchanged": 0,
        "removed": 0,
        "unmatched": [],
        "conflicts": [],
    }
    again = json.loads(load(SHEET, "--json", "--publish"))
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 2)


def test_conflicts_and_unmatched_places_are_objects(edition, load, tmp_path):
    told = json.loads(load(SHEET.replace(",1\n", ",7\n").replace("5,7", "5,1"), "--json"))
    assert [
        (one["place"], one["dimension"], one["published"], one["computed"])
        for one in told["conflicts"]
    ] == [("杭州市", "overall", 7, 1), ("郑州市", "overall", 1, 2)]
    out, file = io.StringIO(), tmp_path / "x.csv"
    file.write_text("城市,overall\n钱塘,1\n", encoding="utf-8")
    options = {"index": "digital", "edition": "2020", "source": "报告", "json": True}
    with pytest.raises(CommandError):
        call_command("import_scores", str(file), **options, stdout=out)
    assert json.loads(out.getvalue())["unmatched"] == [
        {"row": 2, "name": "钱塘", "code": "", "sentence": "没有名为“钱塘”的地方。", "rows": 1}
    ]


def test_publishing_asks_who_answers_for_it(load):
    assert refusal(load, SHEET, "--publish") == "发布须有经手人，请用 --by 写明登录名。"
    assert refusal(load, SHEET, "--publish", "--by", "x") == "没有可用的账号“x”。"
    user = UserFactory()
    load(SHEET, "--publish", "--by", user.username)
    assert (Release.objects.get().published_by, Score.objects.count()) == (user, 2)


def test_what_the_file_lacks_is_told(load):
    user = UserFactory(is_superuser=True)
    load(SHEET, "--publish", "--by", user.username)
    words = load(SHEET.rsplit("x-zz", 1)[0], "--dry-run")
    assert words == (
        "试运行，没有写入：新增 0、改动 0、不变 1、撤去 0。\n"
        "文件里没有、现有 1 行，保留不动：郑州·总指数。要撤去请加 --replace。\n"
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "没有导入：文件是空的。"),
        (b"\xff\xff\xff", "没有导入：无法识别文件编码，请另存为UTF-8后再上传。"),
        ("城市,overall\n郑州,1\x00\n", "没有导入：文件含有控制字符（U+0000），可能不是文本文件。"),
        (
            "城市,overall\n郑州,=1+1\n",
            "没有导入：B2是公式。请全选后复制，用“选择性粘贴—数值”粘贴，再保存上传；文字请勿以“=”开头。",
        ),
        (
            f"城市,overall\n{'郑' * 140_000},1\n",
            "没有导入：文件不是完整的CSV：引号没有成对，或有一格太长。",
        ),
        ("," * 10_000 + "\n", "没有导入任何内容：\n表格是空的。"),
        ("x," * 10_000 + "x\n", "没有导入：表格超过702列，请删去多余的列后再上传。"),
        ("城市,overall\n", "没有导入任何内容：\n表头下面没有数据。"),
        (
            "城市,overall,overall_rank\n郑州,NaN,-1\n",
            "没有导入任何内容：\n第 2 行“overall_rank”：“-1”不是位次：位次从 1 开始，没有公布就留空。",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(load, content, words):
    assert refusal(load, content) == words
    assert Release.objects.count() == 0


def test_other_kinds_of_files_are_refused(load, tmp_path):
    assert refusal(load, b"x", name="x.pdf") == "没有导入：只支持.xlsx和.csv文件。"


def test_gb18030_full_width_and_grouped_digits_are_read(load):
    content = "城市,overall,overall_rank\n杭州,“１，２３４．５”,１\n".replace("“", '"').replace(
        "”", '"'
    )
    load(content.encode("gb18030"), "--dry-run")
    assert Score.objects.count() == 0
