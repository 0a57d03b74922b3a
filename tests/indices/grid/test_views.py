"""The grid's screen: who may open it, what it shows, what it saves, what it refuses and gives back."""

import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from indices.grid.cellwords import Words
from indices.grid.posted import told_as_shown
from indices.models import PlaceJudgement, Release, ReleaseLine, Score
from indices.publishing import publish
from news.roles import Role, install_roles
from portal.models import Place
from tests.factories import PlaceFactory, UserFactory
from tests.indices.factories import (
    EditionFactory,
    IndexFactory,
    a_dimension,
    a_draft,
    a_ranking,
    released,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(desk):
    return desk(Role.DATA_EDITOR)


def address(edition):
    return reverse("indices_grid", args=[edition.pk])


def city(name, code):
    return PlaceFactory(name=f"{name}市", short_name=name, code=code)


def form_of(answer):
    """What a browser would send of the form on this page, as {name: value or list}."""
    shown = answer.context["grid"]
    draft = answer.context["draft"]
    data = {
        "act": "save",
        "draft": draft.pk if draft else "new",
        "boxes": shown.boxes,
        "row": [row.place.pk for row in shown.rows],
        "source_words": answer.context["source_words"],
    }
    for row in shown.rows:
        if row.printed:
            data[f"as-{row.place.pk}"] = row.printed
        for cell in row.cells:
            data[f"s-{cell.key}"] = cell.words.score
            data[f"r-{cell.key}"] = cell.words.rank
            data[f"was-{cell.key}"] = cell.was
    return data


def told(answer):
    return [str(message).split("\n")[0] for message in answer.context["messages"]]


def lines_of(release):
    return [
        (row.place.label, row.dimension.label, row.value, row.rank, row.retracts)
        for row in release.lines.select_related("place", "dimension").order_by("pk")
    ]


def words_in(answer):
    return {
        cell.name: (cell.words.score, cell.words.rank)
        for row in answer.context["grid"].rows
        for cell in row.cells
    }


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.DATA_EDITOR, 200),
        (Role.ADMINISTRATOR, 200),
        (Role.REPORTER, 302),
        (Role.PROOFREADER, 302),
    ],
)
def test_who_may_open_the_grid(desk, role, status):
    edition, _ = a_ranking()
    client = desk(role)
    assert client.get(address(edition)).status_code == status
    assert client.post(address(edition), {"act": "save"}).status_code == status


def test_nobody_else_may():
    edition, _ = a_ranking()
    assert Client().get(address(edition)).status_code == 302


def test_what_stands_is_shown_by_its_standing(editor):
    edition, places = a_ranking(size=3)
    life = a_dimension(edition, "life", "数字生活服务", decimals=2)
    released(edition, (life, places[2], {"value": Decimal("81.2")}), explanation="补")
    shown = editor.get(address(edition)).context["grid"]
    assert [row.place for row in shown.rows] == places
    assert [[(cell.words.score, cell.words.rank) for cell in row.cells] for row in shown.rows] == [
        [("", "1"), ("", "")],
        [("", "2"), ("", "")],
        [("", "3"), ("81.20", "")],
    ]


def test_an_open_draft_of_the_editor_lies_over_it(editor):
    edition, places = a_ranking(size=2)
    overall = edition.dimensions.get()
    new = city("郑州", "410100")
    a_draft(edition, (overall, new, {"rank": 9}), by=UserFactory(), explanation="别人的")
    mine = a_draft(
        edition,
        (overall, places[0], {"rank": 5}),
        (overall, places[1], None),
        by=editor.user,
        explanation="我的",
    )
    answer = editor.get(address(edition))
    assert answer.context["draft"] == mine
    assert [row.cells[0].words.rank for row in answer.context["grid"].rows] == ["5", ""]
    assert [row.cells[0].stood for row in answer.context["grid"].rows] == ["第1", "第2"]
    answer = editor.get(address(edition), {"draft": "new"})
    assert [row.cells[0].words.rank for row in answer.context["grid"].rows] == ["1", "2"]
    other = Release.objects.exclude(pk=mine.pk).get(published_at=None)
    answer = editor.get(address(edition), {"draft": other.pk})
    assert [row.place.label for row in answer.context["grid"].rows][-1] == "郑州"


def test_names_are_added_ranks_typed_and_saved_into_a_new_draft(editor):
    edition = EditionFactory(source_words="2020年报告")
    a_dimension(edition)
    for name, code in (("杭州", "330100"), ("郑州", "410100")):
        city(name, code)
    first = editor.get(address(edition))
    data = form_of(first) | {"act": "fill", "block": "杭州、郑州市"}
    filled = editor.post(address(edition), data)
    assert words_in(filled) == {"杭州·总指数": ("", ""), "郑州·总指数": ("", "")}
    data = form_of(filled)
    for (name, rank), row in zip(
        {"杭州": "1", "郑州": "并列7"}.items(), filled.context["grid"].rows, strict=True
    ):
        assert row.place.label == name
        data[f"r-{row.cells[0].key}"] = rank
    answer = editor.post(address(edition), data, follow=True)
    release = Release.objects.get()
    assert told(answer) == ["已把 2 格改动存入草稿，尚未发布。"]
    assert answer.redirect_chain == [(f"{address(edition)}?draft={release.pk}&boxes=both", 302)]
    assert (release.created_by, release.source_words) == (editor.user, "2020年报告")
    assert lines_of(release) == [
        ("杭州", "总指数", None, 1, False),
        ("郑州", "总指数", None, 7, False),
    ]
    assert Score.objects.count() == 0


def test_what_is_saved_can_be_published(editor):
    edition, places = a_ranking(size=2)
    overall = edition.dimensions.get()
    data = form_of(editor.get(address(edition))) | {"explanation": "印反了"}
    data |= {f"r-{overall.pk}-{places[0].pk}": "2", f"r-{overall.pk}-{places[1].pk}": "1"}
    editor.post(address(edition), data)
    publish(Release.objects.get(published_at=None), by=editor.user)
    shown = editor.get(address(edition)).context["grid"]
    assert [(row.place, row.cells[0].words.rank) for row in shown.rows] == [
        (places[1], "1"),
        (places[0], "2"),
    ]


def test_a_correction_without_its_reason_is_told(editor):
    edition, places = a_ranking(size=1)
    data = form_of(editor.get(address(edition)))
    data[f"r-{edition.dimensions.get().pk}-{places[0].pk}"] = ""
    answer = editor.post(address(edition), data, follow=True)
    assert told(answer) == [
        "已把 1 格改动存入草稿，尚未发布。",
        "草稿改动了已经发布的数据：发布之前须写明更正理由，公众可见。",
    ]


def test_nothing_changed_makes_no_draft(editor):
    edition, _ = a_ranking(size=2)
    answer = editor.post(address(edition), form_of(editor.get(address(edition))))
    assert answer.context["problems"] == ["没有改动，没有保存。"]
    assert Release.objects.filter(published_at=None).count() == 0


def test_wrong_cells_are_named_nothing_is_saved_and_all_that_was_typed_is_there(editor):
    edition, places = a_ranking(size=2)
    overall = edition.dimensions.get()
    keys = [f"{overall.pk}-{place.pk}" for place in places]
    data = form_of(editor.get(address(edition)))
    data |= {f"s-{keys[0]}": "90.5", f"r-{keys[1]}": "七", "locator": "第3页", "source_words": "甲"}
    data[f"s-{keys[1]}"] = "暂无"
    answer = editor.post(address(edition), data)
    shown = answer.context["grid"]
    assert [(cell.name, cell.typed.problem) for cell in shown.wrong] == [
        (f"{places[1].label}·总指数", "读不懂“暂无”。")
    ]
    assert words_in(answer) == {
        f"{places[0].label}·总指数": ("90.5", "1"),
        f"{places[1].label}·总指数": ("暂无", "七"),
    }
    assert (answer.context["locator"], answer.context["source_words"]) == ("第3页", "甲")
    assert Release.objects.filter(published_at=None).count() == 0
    again = form_of(answer) | {f"s-{keys[1]}": "", f"r-{keys[1]}": "第7", "locator": "第3页"}
    editor.post(address(edition), again)
    lines = ReleaseLine.objects.filter(release__published_at=None).order_by("pk")
    assert [(row.value, row.rank, row.locator) for row in lines] == [
        (Decimal("90.5"), 1, "第3页"),
        (None, 7, "第3页"),
    ]


def test_a_draft_without_its_source_is_refused_and_nothing_typed_is_lost(editor):
    edition, places = a_ranking(size=1)
    key = f"{edition.dimensions.get().pk}-{places[0].pk}"
    data = form_of(editor.get(address(edition))) | {f"r-{key}": "4", "source_words": " "}
    answer = editor.post(address(edition), data)
    assert answer.context["problems"] == ["请写明来源说明，没有保存。您填的内容都在。"]
    assert words_in(answer) == {f"{places[0].label}·总指数": ("", "4")}


class TwoEditors:
    """Two editors with the same cell open in one draft; the second one's save is refused."""

    def __init__(self, editor):
        self.edition, self.places = a_ranking(size=2)
        self.overall = self.edition.dimensions.get()
        self.keys = [f"{self.overall.pk}-{place.pk}" for place in self.places]
        self.draft = a_draft(self.edition, by=editor.user, explanation="更正")
        self.first, self.second = Client(), editor
        other = UserFactory(last_name="周", first_name="敏")
        other.groups.add(install_roles()[Role.DATA_EDITOR])
        self.first.force_login(other, backend="django.contrib.auth.backends.ModelBackend")
        opened = self.second.get(address(self.edition))
        theirs = form_of(self.first.get(address(self.edition), {"draft": self.draft.pk}))
        self.first.post(address(self.edition), theirs | {f"r-{self.keys[0]}": "5"})
        mine = form_of(opened) | {f"r-{self.keys[0]}": "6", f"r-{self.keys[1]}": "8"}
        self.refused = self.second.post(address(self.edition), mine)

    def again(self, **choice):
        data = form_of(self.refused) | {"conflict": self.keys[0]} | choice
        return self.second.post(address(self.edition), data)


def test_the_second_of_two_editors_is_refused_and_sees_both_versions(editor):
    two = TwoEditors(editor)
    assert two.refused.status_code == 409
    shown = two.refused.context["grid"].overtaken
    assert [(cell.mine, cell.theirs, cell.typed.theirs_by) for cell in shown] == [
        ("6", "第5", "周敏")
    ]
    page = " ".join(strip_tags(two.refused.content.decode()).split())
    assert "您填的现在的" in page
    assert [row[3] for row in lines_of(two.draft)] == [5]


@pytest.mark.parametrize(("choice", "ranks"), [("mine", [6, 8]), ("theirs", [5, 8])])
def test_the_editor_chooses(editor, choice, ranks):
    two = TwoEditors(editor)
    two.again(**{f"choose-{two.keys[0]}": choice})
    assert [row[3] for row in lines_of(two.draft)] == ranks


def test_not_choosing_is_refused_again(editor):
    two = TwoEditors(editor)
    answer = two.again()
    assert answer.context["problems"] == ["还有几格没有选定用哪一个，没有保存。"]
    assert [cell.mine for cell in answer.context["grid"].overtaken] == ["6"]
    assert [row[3] for row in lines_of(two.draft)] == [5]


def test_a_cell_that_was_only_shown_does_not_overwrite_what_another_wrote(editor):
    edition, places = a_ranking(size=2)
    keys = [f"{edition.dimensions.get().pk}-{place.pk}" for place in places]
    opened = form_of(editor.get(address(edition)))
    released(edition, (edition.dimensions.get(), places[0], {"rank": 9}), explanation="他人更正")
    editor.post(address(edition), opened | {f"r-{keys[1]}": "3"})
    assert [(row[0], row[3]) for row in lines_of(Release.objects.get(published_at=None))] == [
        (places[1].label, 3)
    ]


def test_a_draft_published_meanwhile_keeps_what_is_typed(editor):
    edition, places = a_ranking(size=2)
    overall = edition.dimensions.get()
    keys = [f"{overall.pk}-{place.pk}" for place in places]
    draft = a_draft(edition, (overall, places[0], {"rank": 4}), by=editor.user, explanation="更正")
    opened = form_of(editor.get(address(edition)))
    publish(draft, by=UserFactory())
    answer = editor.post(address(edition), opened | {f"r-{keys[1]}": "3"})
    assert answer.context["problems"] == [
        "这份草稿已经发布或删除，没有保存。您填的内容还在，再次保存会写入另一份草稿。"
    ]
    editor.post(address(edition), form_of(answer) | {"explanation": "更正"})
    assert [row[3] for row in lines_of(Release.objects.get(published_at=None))] == [3]


def test_a_block_with_headings_and_names_is_laid(editor):
    edition = EditionFactory()
    a_dimension(edition)
    a_dimension(edition, "life", "数字生活服务")
    city("杭州", "330100"), city("郑州", "410100")
    block = "排名\t城市\t数字生活服务得分\n1\t杭州\t９０.５\n7\t410100\t1,081.25"
    answer = editor.post(
        address(edition), form_of(editor.get(address(edition))) | {"act": "fill", "block": block}
    )
    assert words_in(answer) == {
        "杭州·总指数": ("", "1"),
        "杭州·数字生活服务": ("９０.５", ""),
        "郑州·总指数": ("", "7"),
        "郑州·数字生活服务": ("1,081.25", ""),
    }
    assert (answer.context["filled"].cells, len(answer.context["filled"].added)) == (4, 2)


def test_a_block_of_numbers_is_laid_from_the_cell_on(editor):
    edition, places = a_ranking(size=3)
    life = a_dimension(edition, "life", "数字生活服务")
    start = f"s-{life.pk}-{places[1].pk}"
    data = form_of(editor.get(address(edition))) | {
        "act": "fill",
        "block": "90\t2\n80\t",
        "start": start,
    }
    answer = editor.post(address(edition), data)
    assert list(words_in(answer).values()) == [
        ("", "1"),
        ("", ""),
        ("", "2"),
        ("90", "2"),
        ("", "3"),
        ("80", ""),
    ]


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        ("1\n2\n3", "粘贴的数据有 3 行，从这一格起只有 2 行；请在第一列写明地名。"),
        ("1\t2\t3", "粘贴的数据有 3 列，从这一格起只有 2 列。"),
        (
            "城市\t人口\n甲市\t3",
            "不认识列名“人口”：请用本版维度的名称或代码，可加“位次”“得分”；不要的列请先删去。",
        ),
        ("", "没有内容，请先粘贴或写入地名。"),
        ("甲市 1\n甲 2", "第 2 行：甲市已在前面出现过。"),
    ],
)
def test_a_block_that_does_not_fit_fills_nothing_and_stays_to_be_mended(editor, block, problem):
    edition, _ = a_ranking(size=2)
    city("甲", "x-jia")
    answer = editor.post(
        address(edition), form_of(editor.get(address(edition))) | {"act": "fill", "block": block}
    )
    assert (answer.context["problems"], answer.context["pasted"]) == ([problem], block)
    assert list(words_in(answer).values()) == [("", "1"), ("", "2")]


def test_more_places_than_a_form_can_hold_are_refused(editor):
    edition = EditionFactory()
    for number in range(3):
        a_dimension(edition, f"d{number}", f"维度{number}")
    Place.objects.bulk_create(
        Place(code=f"x-many-{number}", name=f"x-many-{number}", level="prefecture")
        for number in range(1667)
    )
    block = "\n".join(f"x-many-{number}" for number in range(1667))
    data = form_of(editor.get(address(edition))) | {"act": "fill", "block": block}
    assert editor.post(address(edition), data).context["problems"] == [
        "表中会有 1667 个地方，一次最多 1666 个：请先保存一部分，或改用文件导入。"
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_showing_both_versions_costs_the_same_for_any_number_of_cells(
    editor, count, django_assert_num_queries
):
    edition, places = a_ranking(size=count)
    overall = edition.dimensions.get()
    data = form_of(editor.get(address(edition)))
    data |= {f"r-{overall.pk}-{place.pk}": "8" for place in places}
    for place in places:
        released(edition, (overall, place, {"rank": 9}), explanation="他人更正")
    waiting = connection.vendor == "postgresql"
    with django_assert_num_queries(25 + waiting):
        answer = editor.post(address(edition), data)
    assert len(answer.context["grid"].overtaken) == count


def test_a_name_that_means_no_place_is_asked_about_and_remembered(editor):
    edition = EditionFactory()
    a_dimension(edition)
    zhengzhou = city("郑州", "410100")
    data = form_of(editor.get(address(edition))) | {"act": "fill", "block": "中原名城 7"}
    answer = editor.post(address(edition), data)
    assert answer.context["unknown"] == [("中原名城", "没有名为“中原名城”的地方。", ())]
    answer = editor.post(address(edition), data | {"unknown": "中原名城", "meaning": "410100"})
    assert words_in(answer) == {"郑州·总指数": ("", "")} | {"郑州·总指数": ("7", "")}
    assert [row.printed for row in answer.context["grid"].rows] == ["中原名城"]
    judged = PlaceJudgement.objects.get()
    assert (judged.name, judged.place, judged.by) == ("中原名城", zhengzhou, editor.user)
    editor.post(address(edition), form_of(answer))
    assert ReleaseLine.objects.get().name_as_published == "中原名城"


def test_only_ranks_are_shown_and_the_scores_stay(editor):
    edition, places = a_ranking(size=1)
    overall = edition.dimensions.get()
    released(
        edition, (overall, places[0], {"rank": 1, "value": Decimal("90.5")}), explanation="补得分"
    )
    opened = editor.get(address(edition), {"boxes": "rank"})
    data = form_of(opened)
    del data[f"s-{overall.pk}-{places[0].pk}"]
    editor.post(address(edition), data | {f"r-{overall.pk}-{places[0].pk}": "2"})
    assert lines_of(Release.objects.get(published_at=None)) == [
        (places[0].label, "总指数", Decimal("90.5"), 2, False)
    ]


def test_why_nothing_is_stated_can_be_overwritten_where_only_ranks_are_shown(editor):
    edition, place = EditionFactory(), PlaceFactory()
    overall = a_dimension(edition)
    released(edition, (overall, place, {"status": "not_disclosed"}))
    data = form_of(editor.get(address(edition), {"boxes": "rank"}))
    editor.post(address(edition), data | {f"r-{overall.pk}-{place.pk}": "2"})
    assert lines_of(Release.objects.get(published_at=None)) == [
        (place.label, "总指数", None, 2, False)
    ]


def test_the_details_of_one_place_are_a_form_of_their_own(editor):
    edition, places = a_ranking(size=2)
    key = f"{edition.dimensions.get().pk}-{places[0].pk}"
    opened = editor.get(address(edition), {"place": places[0].pk})
    data = form_of(opened) | {
        "place": places[0].pk,
        f"q-{key}": "杭州第一",
        f"l-{key}": "第1页",
        f"n-{key}": "杭",
    }
    assert data["row"] == [places[0].pk]
    editor.post(address(edition), data)
    line = ReleaseLine.objects.get(release__published_at=None)
    assert (line.rank, line.quote, line.locator, line.name_as_published) == (
        1,
        "杭州第一",
        "第1页",
        "杭",
    )


@pytest.mark.parametrize(
    "broken",
    [
        {"row": "x"},
        {"row": "999999"},
        {"s-1-999999": "1"},
        {"s-999999-{place}": "1"},
        {"was-{cell}": "{"},
        {"was-{cell}": '{"z": "1"}'},
        {"was-{cell}": '{"s": "?"}', "r-{cell}": "5"},
        {"was-{cell}": "[1]"},
    ],
)
def test_a_form_that_the_grid_did_not_make_is_refused(editor, broken):
    edition, places = a_ranking(size=1)
    names = {"place": places[0].pk, "cell": f"{edition.dimensions.get().pk}-{places[0].pk}"}
    data = form_of(editor.get(address(edition)))
    data |= {
        name.replace("{place}", str(names["place"])).replace("{cell}", names["cell"]): value
        for name, value in broken.items()
    }
    assert editor.post(address(edition), data).status_code == 400
    assert Release.objects.filter(published_at=None).count() == 0


def test_an_edition_without_dimensions_says_what_to_do_first(editor):
    answer = editor.get(address(EditionFactory()))
    assert "这一版还没有维度。" in strip_tags(answer.content.decode())


def test_what_was_shown_travels_as_words():
    """The form's text is made by the grid and read by it; an old one must stay readable over a deployment."""
    told = told_as_shown(Words("90.5", "并列3", "杭", "第1页", "“引”"), 7)
    assert json.loads(told) == {
        "s": "90.5",
        "r": "并列3",
        "n": "杭",
        "l": "第1页",
        "q": "“引”",
        "m": 7,
    }
    assert told_as_shown(Words(), 0) == ""


@pytest.mark.parametrize("size", [1, 3, 100, 300])
def test_the_grid_costs_the_same_for_any_number_of_places(editor, size, django_assert_num_queries):
    edition = EditionFactory()
    dimensions = [a_dimension(edition, f"d{number}", f"维度{number}") for number in range(3)]
    places = Place.objects.bulk_create(
        Place(code=f"x-grid-{number}", name=f"城市{number}", level="prefecture")
        for number in range(size)
    )
    released(edition, *((row, place, {"rank": 1}) for place in places for row in dimensions))
    a_draft(
        edition,
        *((dimensions[0], place, {"rank": 2}) for place in places),
        by=editor.user,
        explanation="更正",
    )
    editor.get(address(edition))
    with django_assert_num_queries(20):
        answer = editor.get(address(edition))
    assert len(answer.context["grid"].rows) == min(size, 100)


def test_places_are_found_and_paged(editor):
    edition = EditionFactory()
    overall = a_dimension(edition)
    places = [PlaceFactory(name=f"第{number:03}城") for number in range(120)]
    released(edition, *((overall, place, {"rank": rank}) for rank, place in enumerate(places, 1)))
    second = editor.get(address(edition), {"page": 2}).context["grid"]
    assert [row.place for row in second.rows] == places[100:]
    found = editor.get(address(edition), {"q": "007"}).context["grid"]
    assert [row.place.name for row in found.rows] == ["第007城"]


def test_another_edition_of_the_series_does_not_show_through(editor):
    index = IndexFactory()
    one, other = EditionFactory(index=index), EditionFactory(index=index)
    a_ranking(one, size=2)
    a_dimension(other)
    shown = editor.get(address(other)).context["grid"]
    assert shown.rows == []
    assert editor.get(address(other), {"draft": "77"}).context["draft"] is None
