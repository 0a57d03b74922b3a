"""The table of an edition's dimensions: made on the spot, nested by row, kept from two editors at once."""

from decimal import Decimal

import pytest
from django.urls import reverse

from indices.models import Dimension, Edition, EditionDimension
from news.roles import Role
from portal.models import Change
from tests.factories import PlaceFactory
from tests.indices.factories import EditionFactory, a_dimension, a_draft, released

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(desk):
    return desk(Role.DATA_EDITOR)


def at(edition):
    return reverse("edition:dimensions", args=[edition.pk])


def table(edition, *rows, root=0, initial=0, **more):
    """What the form sends: each row a dictionary of its cells."""
    told = {
        "version": Edition.objects.get(pk=edition.pk).version,
        "root": root,
        "form-TOTAL_FORMS": len(rows),
        "form-INITIAL_FORMS": initial,
        **more,
    }
    for number, row in enumerate(rows):
        told |= {f"form-{number}-{name}": value for name, value in row.items()}
    return told


def standing(edition):
    """[(label, code, label above, weight, decimals)] in order."""
    rows = edition.dimensions.select_related("dimension", "parent").order_by("position")
    return [
        (row.label, row.dimension.code, row.parent and row.parent.label, row.weight, row.decimals)
        for row in rows
    ]


def problems(answer):
    formset = answer.context["formset"]
    found = {
        number: {name: list(listed) for name, listed in form.errors.items()}
        for number, form in enumerate(formset)
        if form.errors
    }
    return found, list(formset.non_form_errors())


def test_a_table_is_made_in_one_step(editor):
    edition = EditionFactory()
    rows = (
        {"label": "总指数", "code": "overall", "decimals": "2", "initial-form-0-decimals": ""},
        {"label": "数字政务服务", "weight": "25"},
        {"label": "一网通办", "parent": "1", "weight": "12.5", "lower_is_better": "on"},
        {"label": "", "weight": ""},
    )
    assert editor.post(at(edition), table(edition, *rows)).status_code == 302
    assert standing(edition) == [
        ("总指数", "overall", None, None, 2),
        ("数字政务服务", "shuzizhengwufuwu", "总指数", Decimal(25), None),
        ("一网通办", "yiwangtongban", "数字政务服务", Decimal("12.5"), None),
    ]
    assert list(edition.dimensions.filter(lower_is_better=True)) == [
        edition.dimensions.get(label="一网通办")
    ]
    assert not Change.objects.exists()


def test_the_first_table_is_proposed_as_that_of_the_edition_before(editor):
    before = EditionFactory(year=2019)
    a_dimension(before, "overall", "总指数", decimals=2)
    below = a_dimension(before, "a", "甲", weight=40)
    a_dimension(before, "b", "乙", parent=below, lower_is_better=True)
    edition = EditionFactory(index=before.index, year=2020)
    shown = editor.get(at(edition))
    assert shown.context["like"] == before
    forms = shown.context["formset"].initial_forms
    names = ("label", "code", "parent", "weight", "decimals", "lower_is_better")
    assert [tuple(form.initial[name] for name in names) for form in forms] == [
        ("总指数", "overall", "", None, None, False),
        ("甲", "a", "", None, None, False),
        ("乙", "b", "1", None, None, True),
    ]
    rows = [{"label": f.initial["label"], "code": f.initial["code"]} for f in forms]
    editor.post(at(edition), table(edition, *rows, initial=3))
    assert [row[1] for row in standing(edition)] == ["overall", "a", "b"]
    assert Dimension.objects.count() == 3


def told_of(edition):
    """The rows of the table as it is shown."""
    rows = list(edition.dimensions.select_related("dimension").order_by("position", "pk"))
    places = {row.pk: number for number, row in enumerate(rows)}
    return [
        {
            "pk": row.pk,
            "label": row.label,
            "parent": places[row.parent_id] if row.parent_id else "",
            "weight": "" if row.weight is None else row.weight,
            "decimals": "" if row.decimals is None else row.decimals,
            "position": row.position,
        }
        for row in rows
    ]


def test_rows_are_changed_added_reordered_and_deleted(editor):
    edition = EditionFactory()
    a_dimension(edition, "overall", "总指数")
    for code, label in (("a", "甲"), ("b", "乙")):
        a_dimension(edition, code, label)
    root, first, second = told_of(edition)
    rows = (
        root,
        first | {"DELETE": "on"},
        second | {"label": "乙二", "position": 5, "code": "tampered"},
        {"label": "丙", "parent": "2", "position": 1},
    )
    editor.post(at(edition), table(edition, *rows, initial=3))
    assert standing(edition) == [
        ("总指数", "overall", None, None, None),
        ("丙", "bing", "乙二", None, None),
        ("乙二", "b", "总指数", None, None),
    ]


def test_a_dimension_keeps_its_code_from_edition_to_edition(editor):
    before = EditionFactory(year=2019)
    a_dimension(before, "overall", "总指数")
    stable = a_dimension(before, "xingzheng", "数字行政服务").dimension
    EditionDimension.objects.filter(dimension=stable).update(label="数字政务服务")
    edition = EditionFactory(index=before.index, year=2020)
    rows = [{"label": label} for label in ("总指数", "数字政务服务", "数字行政服务", "新的")]
    editor.post(at(edition), table(edition, *rows))
    codes = [row[1] for row in standing(edition)]
    assert codes == ["overall", "xingzheng", "shuzixingzhengfuwu", "xinde"]


def test_the_overall_score_changes_place(editor):
    edition = EditionFactory()
    a_dimension(edition, "a", "甲")
    a_dimension(edition, "b", "乙")
    first, second = told_of(edition)
    first["parent"] = ""
    rows = (first, second, {"label": "总指数"})
    editor.post(at(edition), table(edition, *rows, initial=2, root=2))
    assert [row[::2] for row in standing(edition)] == [
        ("甲", "总指数", None),
        ("乙", "甲", None),
        ("总指数", None, None),
    ]


def test_a_table_without_data_is_replaced_whole(editor):
    edition = EditionFactory()
    a_dimension(edition)
    below = a_dimension(edition, "a", "甲")
    a_dimension(edition, "b", "乙", parent=below)
    rows = [row | {"DELETE": "on"} for row in told_of(edition)]
    editor.post(at(edition), table(edition, *rows, {"label": "新"}, initial=3, root=3))
    assert standing(edition) == [("新", "xin", None, None, None)]


@pytest.mark.parametrize(
    ("rows", "root", "found"),
    [
        ([{}], 0, ({}, ["请至少填写一个维度：总指数。"])),
        ([{"label": "甲"}, {}], 1, ({}, ["请在一个填了名称的行上选定总指数。"])),
        ([{"code": "a"}], 0, ({0: {"label": ["请填写本版名称。"]}}, [])),
        (
            [{"label": "甲", "code": "A b"}],
            0,
            ({0: {"code": ["代码只能用小写字母、数字和连字符。"]}}, []),
        ),
        (
            [{"label": "甲"}, {"label": "甲 "}],
            0,
            ({1: {"label": ["这一版已有名称相同的维度。"]}}, []),
        ),
        (
            [{"label": "甲", "code": "a"}, {"label": "乙", "code": "a"}],
            0,
            ({1: {"code": ["这一版已有代码相同的维度。"]}}, []),
        ),
        (
            [{"label": "甲"}, {"label": "乙", "parent": "2"}, {"label": "丙", "parent": "1"}],
            0,
            ({n: {"parent": ["上级维度绕成了一圈。"]} for n in (1, 2)}, []),
        ),
        (
            [{"label": "甲"}, {"label": "乙", "parent": "2"}, {}],
            0,
            ({1: {"parent": ["上级维度没有填写，或已勾选删除。"]}}, []),
        ),
        (
            [{"label": "甲", "weight": "101"}],
            0,
            ({0: {"weight": ["权重须在 0 到 100 之间。"]}}, []),
        ),
        ([{"label": "甲", "decimals": "7"}], 0, ({0: {"decimals": ["小数位最多 6 位。"]}}, [])),
        (
            [{"label": "甲", "pk": "999"}],
            0,
            ({0: {"__all__": ["这个维度已不在这一版，请重新打开。"]}}, []),
        ),
    ],
)
def test_a_table_that_cannot_be_is_refused_whole(editor, rows, root, found):
    edition = EditionFactory()
    answer = editor.post(at(edition), table(edition, *rows, root=root))
    assert problems(answer) == found
    assert not EditionDimension.objects.exists()


def test_a_dimension_with_data_stays(editor):
    edition = EditionFactory()
    overall, drafted = a_dimension(edition), a_dimension(edition, "a", "甲")
    released(edition, (overall, PlaceFactory(), {"rank": 1}))
    a_draft(edition, (drafted, PlaceFactory(), {"rank": 1}))
    rows = [row | {"DELETE": "on"} for row in told_of(edition)]
    answer = editor.post(at(edition), table(edition, *rows, {"label": "新"}, initial=2, root=2))
    assert problems(answer) == ({}, ["“总指数、甲”已有数据（含草稿），不能删除。"])
    assert edition.dimensions.count() == 2


def test_readers_are_told_of_dimensions_that_they_see(editor):
    edition = EditionFactory()
    released(edition, (a_dimension(edition), PlaceFactory(), {"rank": 1}))
    before = Change.objects.count()
    (row,) = told_of(edition)
    editor.post(at(edition), table(edition, row | {"label": "综合指数"}, initial=1))
    told = list(Change.objects.order_by("sequence").values_list("act", "reference"))[before:]
    assert told == [("update", f"edition:{edition.pk}")]
    assert standing(edition)[0][0] == "综合指数"


def test_the_second_of_two_editors_is_refused_and_may_insist(editor):
    edition = EditionFactory()
    a_dimension(edition)
    (row,) = told_of(edition)
    told = table(edition, row | {"label": "我的"}, initial=1)
    editor.post(at(edition), table(edition, row | {"label": "他的"}, initial=1))
    answer = editor.post(at(edition), told)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "<li>他的（overall），总指数" in text
    assert 'value="我的"' in text
    assert standing(edition)[0][0] == "他的"
    again = editor.post(at(edition), {**told, "version": answer.context["edition"].version})
    assert again.status_code == 302
    assert standing(edition)[0][0] == "我的"


def test_a_dimension_that_came_between_is_pointed_out(editor):
    edition = EditionFactory()
    a_dimension(edition)
    told = table(edition, *told_of(edition), initial=1)
    a_dimension(edition, "b", "乙")
    answer = editor.post(at(edition), told)
    assert problems(answer) == ({}, ["这一版在您打开之后多了维度：乙。请重新打开后再填。"])


def test_decimals_that_data_have_raised_meanwhile_stay_raised(editor):
    edition = EditionFactory()
    overall = a_dimension(edition, decimals=1)
    (row,) = told_of(edition)
    hidden = {"initial-form-0-decimals": "1"}
    EditionDimension.objects.filter(pk=overall.pk).update(decimals=3)
    editor.post(at(edition), table(edition, row | {"weight": "5"}, initial=1, **hidden))
    assert standing(edition)[0][3:] == (5, 3)
    editor.post(at(edition), table(edition, row | {"decimals": "2"}, initial=1, **hidden))
    assert standing(edition)[0][4] == 2


def test_more_rows_are_given_without_saving(editor):
    edition = EditionFactory()
    answer = editor.post(at(edition), table(edition, {"label": "甲"}, more="1"))
    assert len(answer.context["formset"].forms) == 6
    assert 'value="甲"' in answer.content.decode()
    assert not edition.dimensions.exists()


@pytest.mark.parametrize("broken", [{"version": ""}, {"root": "x"}, {"version": "9" * 20}])
def test_a_form_that_is_not_whole_is_a_bad_request(editor, broken):
    edition = EditionFactory()
    assert editor.post(at(edition), table(edition, {"label": "甲"}) | broken).status_code == 400


@pytest.mark.parametrize("role", Role)
def test_who_edits_dimensions(desk, role):
    client, edition = desk(role), EditionFactory()
    may = role in (Role.DATA_EDITOR, Role.ADMINISTRATOR)
    assert client.get(at(edition)).status_code == (200 if may else 302)
    client.post(at(edition), table(edition, {"label": "甲"}))
    assert edition.dimensions.count() == may


def test_the_table_costs_the_same_however_many_rows(editor, django_assert_num_queries):
    for count in (1, 3):
        edition = EditionFactory()
        for number in range(count):
            a_dimension(edition, f"d{number}", f"维度{number}")
        editor.get(at(edition))
        with django_assert_num_queries(14):
            editor.get(at(edition))
