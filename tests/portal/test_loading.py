"""Loading places: all or nothing, in any order of rows, twice the same as once."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

import portal
from portal.loading import Loaded, load_places
from portal.models import Place, PlaceName
from portal.placefile import RefusedFile

HEADING = "code,name,short_name,level,parent,other_names"
DEMO = Path(portal.__file__).parent / "demo" / "places.csv"
TREE = (
    "x-zone,云泽新区,,zone,990100,",
    "990101,东城区,,county,990100,",
    "990100,云泽市,云泽,prefecture,990000,泽城；曾用名：云州",
    "990000,云省,云,province,cn,",
    "cn,中国,,country,,",
)

pytestmark = pytest.mark.django_db


def file_of(*lines):
    return "\n".join([HEADING, *lines]).encode()


def load(*lines, **options):
    return load_places(file_of(*lines), **options)


def stored():
    fields = ["code", "name", "short_name", "level", "parent__code"]
    return list(Place.objects.order_by("code").values_list(*fields))


def names():
    return list(PlaceName.objects.order_by("name").values_list("place__code", "name", "kind"))


def refusal(*lines):
    with pytest.raises(RefusedFile) as caught:
        load(*lines)
    return caught.value.errors


def test_children_may_stand_before_their_parents():
    assert load(*TREE) == Loaded(added=5, updated=0, unchanged=0)
    assert stored() == [
        ("990000", "云省", "云", "province", "cn"),
        ("990100", "云泽市", "云泽", "prefecture", "990000"),
        ("990101", "东城区", "", "county", "990100"),
        ("cn", "中国", "", "country", None),
        ("x-zone", "云泽新区", "", "zone", "990100"),
    ]
    assert names() == [("990100", "云州", "former"), ("990100", "泽城", "alias")]
    assert [p.code for p in Place.objects.named("泽城")] == ["990100"]
    assert [p.code for p in Place.objects.named("云泽")] == ["990100"]


def test_the_second_load_changes_nothing():
    load(*TREE)
    before = (list(Place.objects.values()), list(PlaceName.objects.values()))
    assert load(*TREE) == Loaded(added=0, updated=0, unchanged=5)
    assert (list(Place.objects.values()), list(PlaceName.objects.values())) == before


def test_what_differs_is_updated_and_what_the_file_omits_stays():
    load(*TREE)
    place = Place.objects.get(code="990100")
    PlaceName.objects.create(place=place, name="云泽（市）", kind=PlaceName.Kind.PRINTED)
    changed = load(
        "990100,云泽市,泽,prefecture,990000,泽城；曾用名：云州",
        "990101,东城区,,county,x-zone,",
        "990000,云省,云,province,cn,别名：彩云",
        "cn,中国,,country,,",
    )
    assert changed == Loaded(added=0, updated=3, unchanged=1)
    assert stored() == [
        ("990000", "云省", "云", "province", "cn"),
        ("990100", "云泽市", "泽", "prefecture", "990000"),
        ("990101", "东城区", "", "county", "x-zone"),
        ("cn", "中国", "", "country", None),
        ("x-zone", "云泽新区", "", "zone", "990100"),
    ]
    assert names() == [
        ("990100", "云州", "former"),
        ("990100", "云泽（市）", "printed"),
        ("990000", "彩云", "alias"),
        ("990100", "泽城", "alias"),
    ]


def test_the_kind_of_a_name_is_corrected_where_the_file_tells_it():
    load(*TREE)
    assert load("990100,云泽市,云泽,prefecture,990000,曾用名：泽城；云州").updated == 1
    assert names() == [("990100", "云州", "former"), ("990100", "泽城", "former")]


def test_a_dry_run_counts_and_writes_nothing():
    assert load(*TREE, dry_run=True) == Loaded(added=5, updated=0, unchanged=0)
    assert stored() == []


def test_one_fault_keeps_the_whole_file_out_and_all_faults_are_told():
    assert refusal(*TREE, "990102,西城区,,county,999999,", "990103,,,county,990100,") == [
        "第 8 行“名称”：不能为空。",
        "第 7 行“上级”：没有代码为“999999”的地方。",
    ]
    assert stored() == []


def test_a_ring_within_the_file_is_refused():
    assert refusal("x-a,甲,,zone,x-b,", "x-b,乙,,zone,x-a,", "x-c,丙,,zone,x-a,") == [
        "第 2 行“上级”：上级成环：x-a → x-b → x-a。",
        "第 3 行“上级”：上级成环：x-b → x-a → x-b。",
    ]


def test_a_place_above_itself_is_refused():
    assert refusal("x-a,甲,,zone,x-a,") == ["第 2 行“上级”：上级成环：x-a → x-a。"]


def test_a_ring_that_closes_through_the_database_is_refused():
    load("x-a,甲,,zone,,", "x-b,乙,,zone,x-a,")
    assert refusal("x-a,甲,,zone,x-b,") == ["第 2 行“上级”：上级成环：x-a → x-b → x-a。"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_do_not_grow_with_the_rows(count, django_assert_num_queries):
    lines = [f"x-{n},地方{n},,zone,,别名{n}" for n in range(count)]
    with django_assert_num_queries(FIRST_QUERIES):
        load(*lines)
    with django_assert_num_queries(AGAIN_QUERIES):
        load(*lines)


def run(path, **options):
    out = StringIO()
    call_command("load_places", path, stdout=out, **options)
    return out.getvalue()


def test_the_command_counts_in_chinese(tmp_path):
    path = tmp_path / "places.csv"
    path.write_bytes(file_of(*TREE))
    assert run(path, dry_run=True) == "试运行，未写入：新增 5、更新 0、未变 0\n"
    assert run(path) == "新增 5、更新 0、未变 0\n"
    assert run(path) == "新增 0、更新 0、未变 5\n"


def test_the_command_tells_every_fault(tmp_path):
    path = tmp_path / "places.csv"
    path.write_bytes(file_of("x-a,,,zone,,", "x-b,乙,,zone,x-z,"))
    with pytest.raises(CommandError) as caught:
        run(path)
    assert str(caught.value) == (
        "未载入任何地方：\n第 2 行“名称”：不能为空。\n第 3 行“上级”：没有代码为“x-z”的地方。"
    )


def test_the_command_names_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError) as caught:
        run(tmp_path / "places.csv")
    assert str(caught.value) == f"读不到文件 {tmp_path / 'places.csv'}。"


def test_the_places_of_the_demonstration():
    assert load_places(DEMO.read_bytes()) == Loaded(added=384, updated=0, unchanged=0)
    levels = Place.objects.values_list("level", flat=True)
    assert {level: list(levels).count(level) for level in Place.Level.values} == {
        "country": 1,
        "province": 34,
        "prefecture": 333,
        "county": 12,
        "zone": 4,
    }
    zhengzhou = Place.objects.get(code="410100")
    assert (zhengzhou.short_name, zhengzhou.parent.code) == ("郑州", "410000")
    assert Place.objects.within(zhengzhou).count() == 16
    shorts = {name: Place.objects.get(name=name).short_name for name in SHORT_NAMES}
    assert shorts == SHORT_NAMES
    assert [p.name for p in Place.objects.named("襄樊")] == ["襄阳市"]


SHORT_NAMES = {
    "延边朝鲜族自治州": "延边",
    "西双版纳傣族自治州": "西双版纳",
    "克孜勒苏柯尔克孜自治州": "克孜勒苏",
    "大兴安岭地区": "大兴安岭",
    "锡林郭勒盟": "锡林郭勒",
    "内蒙古自治区": "内蒙古",
    "香港特别行政区": "香港",
    "重庆市": "重庆",
    "管城回族区": "管城区",
}
# The rows, then what search keeps of them.
FIRST_QUERIES = {"sqlite": 16, "postgresql": 13}[connection.vendor]
AGAIN_QUERIES = 4
