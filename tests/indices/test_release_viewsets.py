"""The desk's way of a release: looked through, compared anew, published, undone; who may what."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import registry

from indices.models import Release, Score
from indices.publishing import publish
from news.roles import Role
from portal.models import Change
from tests.factories import PlaceFactory, UserFactory
from tests.indices.factories import (
    EditionFactory,
    a_dimension,
    a_draft,
    a_ranking,
    released,
)

pytestmark = pytest.mark.django_db

KEEPERS = (Role.DATA_EDITOR, Role.ADMINISTRATOR)


@pytest.fixture
def editor(desk):
    return desk(Role.DATA_EDITOR)


@pytest.fixture
def edition():
    return EditionFactory(label="2020", unit="分")


@pytest.fixture
def overall(edition):
    return a_dimension(edition, decimals=2)


def at(name, release):
    return reverse(f"release:{name}", args=[release.pk])


def again(release):
    return Release.objects.get(pk=release.pk)


def told(response):
    """The messages that an editor is shown."""
    return [str(message) for message in response.context["messages"]]


def rows(response):
    """[(place, act, before, after)] of the page of a release."""
    return [
        (row.line.place.name, row.label, row.before, row.after)
        for row in response.context["differences"]
    ]


def counts(response):
    return {label: number for _, label, number in response.context["counts"]}


def ranks():
    return dict(Score.objects.current().values_list("place__name", "rank"))


@pytest.fixture
def mixed(edition, overall):
    """A correction that does everything: one row of each sort, and the rows that it meets."""
    same, changed, removed, new = (PlaceFactory(name=name) for name in "甲乙丙丁")
    released(
        edition,
        (overall, same, {"rank": 1}),
        (overall, changed, {"rank": 2, "value": 80, "locator": "第 3 页"}),
        (overall, removed, {"top_n": 10}),
    )
    return a_draft(
        edition,
        (overall, same, {"rank": 1}),
        (overall, changed, {"rank": 4, "value": "79.5", "locator": "第 8 页"}),
        (overall, removed, None),
        (overall, new, {"rank_from": 1, "rank_to": 3}),
        explanation="报告勘误",
    )


DIFFERENCES = [
    ("甲", "不变", "第1", "第1"),
    ("乙", "改动", "第2，得分 80.00分", "第4，得分 79.50分"),
    ("丙", "撤去", "前10名", "撤去"),
    ("丁", "新增", "没有记录", "第1至3（次序未披露）"),
]


def test_a_draft_shows_what_it_would_change(editor, mixed):
    shown = editor.get(at("edit", mixed))
    assert rows(shown) == DIFFERENCES
    assert counts(shown) == {"新增": 1, "改动": 1, "撤去": 1, "不变": 1}
    assert shown.context["differences"][1].beside == (("出处", "第 3 页", "第 8 页"),)
    assert (shown.context["problems"], shown.context["overtaken"]) == ([], [])
    assert shown.templates[0].name == "indices/admin/release_draft.html"
    for act, row in zip(("unchanged", "changed", "removed", "new"), DIFFERENCES, strict=True):
        assert rows(editor.get(at("edit", mixed), {"show": act})) == [row]
    assert editor.get(at("edit", mixed), {"show": "x"}).status_code == 404


def test_a_published_release_shows_what_it_changed(editor, mixed):
    publish(mixed, by=editor.user)
    shown = editor.get(at("edit", mixed))
    assert shown.templates[0].name == "indices/admin/release_published.html"
    assert rows(shown) == DIFFERENCES[1:]
    assert counts(shown) == {"新增": 1, "改动": 1, "撤去": 1}
    assert [entry.message for entry in shown.context["entries"]] == ["已发布"]


def test_rows_are_shown_by_the_hundred(editor, edition, overall):
    places = PlaceFactory.create_batch(101)
    draft = a_draft(edition, *((overall, place, {"rank": n}) for n, place in enumerate(places, 1)))
    assert len(rows(editor.get(at("edit", draft)))) == 100
    assert len(rows(editor.get(at("edit", draft), {"show": "new", "page": 2}))) == 1
    assert editor.get(at("edit", draft), {"page": "x"}).status_code == 400
    assert editor.get(at("edit", draft), {"page": 3}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_the_same_however_many_rows(editor, count, django_assert_num_queries):
    edition, places = a_ranking(size=count)
    root = edition.dimensions.get()
    lines = ((root, place, {"rank": n}) for n, place in enumerate(reversed(places), 2))
    draft = a_draft(edition, *lines, explanation="勘误")
    published = edition.releases.published().get()
    for release, number in ((draft, 30), (published, 22)):
        editor.get(at("edit", release))
        with django_assert_num_queries(number):
            editor.get(at("edit", release))


def test_publishing_is_confirmed_and_then_happens(editor, mixed):
    shown = editor.get(at("publish", mixed))
    assert counts(shown) == {"新增": 1, "改动": 1, "撤去": 1, "不变": 1}
    assert "更正理由（公众可见）：报告勘误" in shown.content.decode()
    assert again(mixed).published_at is None
    answer = editor.post(at("publish", mixed), {"version": mixed.version}, follow=True)
    assert "查看公开页面" in answer.content.decode()
    assert again(mixed).published_by == editor.user
    assert ranks() == {"甲": 1, "乙": 4, "丁": None}


def test_what_stands_against_publishing_is_listed(editor, edition, overall):
    place = PlaceFactory()
    released(edition, (overall, place, {"rank": 1}))
    edition.embargoed_until = timezone.now() + timezone.timedelta(days=1)
    edition.save()
    draft = a_draft(edition, (overall, place, {"rank": 2}))
    until = timezone.localtime(edition.embargoed_until)
    problems = [
        f"这一版到 {until:%Y-%m-%d %H:%M} 才解禁，在此之前不能发布。",
        "“补充”不能改动已经发布的数据；有改动时性质应为“更正”，并写明理由。",
    ]
    for name in ("edit", "publish"):
        shown = editor.get(at(name, draft))
        assert shown.context["problems"] == problems
        assert all(f"<li>{problem}</li>" in shown.content.decode() for problem in problems)
    answer = editor.post(at("publish", draft), {"version": draft.version})
    assert answer.context["problems"] == problems
    assert again(draft).published_at is None


def test_the_head_of_a_draft_is_edited(editor, edition, overall):
    place = PlaceFactory()
    released(edition, (overall, place, {"rank": 1}))
    draft = a_draft(edition, (overall, place, {"rank": 2}))
    head = {"seen_version": draft.version, "nature": "correction", "source_words": "勘误表"}
    refused = editor.post(at("head", draft), {**head, "explanation": " "})
    assert refused.context["form"].errors == {"explanation": ["更正须写明理由，读者看得到。"]}
    editor.post(at("head", draft), {**head, "explanation": "原表错行"})
    kept = again(draft)
    assert (kept.nature, kept.source_words, kept.explanation) == (
        "correction",
        "勘误表",
        "原表错行",
    )
    stale = editor.post(at("head", draft), {**head, "explanation": "晚了"})
    assert "更正理由：您写的是“晚了”，现在是“原表错行”" in stale.content.decode()
    publish(kept, by=editor.user)
    editor.post(at("head", draft), {**head, "seen_version": 3, "explanation": "再改"})
    assert again(draft).explanation == "原表错行"


@pytest.fixture
def passed(edition, overall):
    """A draft whose row another editor has restated since."""
    place = PlaceFactory(name="郑州市", short_name="郑州")
    released(edition, (overall, place, {"rank": 7}))
    draft = a_draft(edition, (overall, place, {"rank": 5}), explanation="勘误")
    released(edition, (overall, place, {"rank": 6}), explanation="勘误")
    return draft


def compare(shown):
    """What the button 以现在的为准重新对照 sends."""
    release = shown.context["release"]
    return {"version": release.version, "standing": shown.context["standing"]}


def test_what_another_restated_is_shown_with_both_versions(editor, passed):
    shown = editor.get(at("edit", passed))
    (row,) = shown.context["overtaken"]
    assert (row.line.place.name, row.mine, row.words) == ("郑州市", "第5", "第6")
    assert shown.context["overtaken_count"] == 1
    refused = editor.post(at("publish", passed), {"version": passed.version})
    assert refused.context["problems"] == [
        "“郑州·总指数”在您起草之后已由他人发布：您写的是“第5”，现在是“第6”。"
    ]
    editor.post(at("compare", passed), compare(shown))
    assert editor.get(at("edit", passed)).context["overtaken"] == []
    editor.post(at("publish", passed), {"version": again(passed).version})
    assert ranks() == {"郑州市": 5}


def test_an_editor_compares_only_with_what_was_seen(editor, passed):
    seen = compare(editor.get(at("edit", passed)))
    dimension, place = passed.lines.get().dimension, passed.lines.get().place
    released(passed.edition, (dimension, place, {"rank": 9}), explanation="再勘误")
    answer = editor.post(at("compare", passed), seen, follow=True)
    assert told(answer) == ["又有新的发布，没有重新对照。请看过下面的两种写法再定。"]
    assert [row.words for row in answer.context["overtaken"]] == ["第9"]


def test_an_old_version_of_a_draft_does_nothing(editor, mixed, passed):
    stale = {"version": 7, "standing": 0}
    for name, draft in (("publish", mixed), ("compare", passed)):
        before = again(draft).version
        editor.post(
            at(name, draft),
            {
                **stale,
                **(
                    {}
                    if name == "publish"
                    else {"standing": editor.get(at("edit", draft)).context["standing"]}
                ),
            },
        )
        assert (again(draft).version, again(draft).published_at) == (before, None)
    for name in ("publish", "compare"):
        assert editor.post(at(name, mixed), {"version": "x"}).status_code == 400


def test_ranks_in_conflict_are_reported_row_by_row(editor, edition, overall):
    first, second, third = (PlaceFactory(name=name) for name in "甲乙丙")
    lines = (
        (overall, first, {"value": 90, "rank": 2}),
        (overall, second, {"value": 80, "rank": 1}),
        (overall, third, {"value": 70, "rank": 3}),
    )
    draft = a_draft(edition, *lines)
    report = editor.get(at("edit", draft)).context["report"]
    assert report.outcomes == [("一致", 1), ("可解释", 0), ("矛盾", 2), ("无法核对", 0)]
    shown = editor.get(at("checks", draft))
    found = [(place.name, verdict.computed) for _, place, verdict in shown.context["page"]]
    assert sorted(found) == [("乙", 2), ("甲", 1)]
    standing = reverse("edition:checks", args=[edition.pk])
    assert editor.get(standing).context["report"].conflicts == []
    publish(draft, by=editor.user)
    assert len(editor.get(standing).context["report"].conflicts) == 2
    assert dict(Score.objects.values_list("place__name", "rank")) == {"甲": 2, "乙": 1, "丙": 3}


def test_a_published_release_has_no_form_left(editor, edition, overall):
    release = released(edition, (overall, PlaceFactory(name="甲"), {"rank": 1}))
    for name in ("publish", "delete"):
        assert editor.get(at(name, release)).url == at("edit", release)
    for name in ("publish", "compare", "head", "delete"):
        sent = {"version": 2, "standing": 0, "source_words": "改", "nature": "first"}
        editor.post(at(name, release), sent)
    assert again(release).source_words == "测试用的报告"
    assert ranks() == {"甲": 1}


def test_a_draft_is_deleted_and_nothing_else(editor, mixed):
    assert editor.get(at("delete", mixed)).context["rows"] == 4
    editor.post(at("delete", mixed))
    assert not Release.objects.filter(pk=mixed.pk).exists()
    assert ranks() == {"甲": 1, "乙": 2, "丙": None}


def test_a_release_is_undone_in_one_step(editor, mixed):
    before = ranks()
    publish(mixed, by=UserFactory())
    shown = editor.get(at("reverse", mixed))
    assert (shown.context["standing"], shown.context["restated"]) == (2, 0)
    empty = editor.post(at("reverse", mixed), {"explanation": " "})
    assert empty.context["form"].errors == {"explanation": ["请写明撤销的理由。"]}
    editor.post(at("reverse", mixed), {"explanation": "读错了行"})
    correction = Release.objects.get(replaces=mixed)
    assert (correction.explanation, correction.published_by) == ("读错了行", editor.user)
    assert ranks() == before
    undone = editor.get(at("edit", mixed))
    assert undone.context["successor"] == correction
    assert [entry.message for entry in undone.context["entries"]] == ["以一份更正撤销", "已发布"]
    assert editor.get(at("reverse", mixed)).url == at("edit", mixed)
    editor.post(at("reverse", mixed), {"explanation": "再来一次"})
    assert Release.objects.count() == 3


def test_a_release_of_which_nothing_stands_is_not_undone(editor, edition, overall):
    place = PlaceFactory()
    first = released(edition, (overall, place, {"rank": 1}))
    released(edition, (overall, place, {"rank": 2}), explanation="勘误")
    answer = editor.post(at("reverse", first), {"explanation": "撤销"})
    assert answer.context["form"].non_field_errors() == ["没有一行与现有数据不同，不需要发布。"]
    assert Release.objects.count() == 2


def test_a_draft_is_begun_for_an_edition(editor, edition):
    asked = f"{reverse('release:add')}?edition={edition.pk}"
    assert editor.get(asked).context["form"]["edition"].value() == str(edition.pk)
    assert editor.post(asked, {"edition": edition.pk, "source_words": " "}).status_code == 200
    editor.post(asked, {"edition": edition.pk, "source_words": "报告"})
    draft = Release.objects.get()
    assert (draft.edition, draft.nature, draft.created_by) == (edition, "first", editor.user)
    assert registry.get_logs_for_instance(draft).get().action == "wagtail.create"


@pytest.mark.parametrize("role", Role)
def test_who_may_do_what_with_releases(desk, role, edition, overall):
    client, may = desk(role), role in KEEPERS
    published = released(edition, (overall, PlaceFactory(), {"rank": 1}))
    draft = a_draft(edition, (overall, PlaceFactory(), {"rank": 2}))
    seen = [(name, draft) for name in ("edit", "checks", "publish", "delete")]
    seen += [("edit", published), ("reverse", published), ("history", published)]
    assert {client.get(at(*one)).status_code for one in seen} == ({200} if may else {302})
    assert client.get(reverse("release:add")).status_code == (200 if may else 302)
    client.post(at("head", draft), {"seen_version": 1, "nature": "addition", "source_words": "新"})
    assert again(draft).source_words == ("新" if may else "测试用的报告")
    client.post(at("publish", draft), {"version": again(draft).version})
    assert (again(draft).published_at is not None) == may
    client.post(at("reverse", published), {"explanation": "撤销"})
    assert Release.objects.filter(replaces=published).exists() == may


def test_who_only_looks_does_not_change(desk, edition, overall):
    client = desk(Role.REPORTER)
    client.user.user_permissions.add(Permission.objects.get(codename="view_release"))
    published = released(edition, (overall, PlaceFactory(), {"rank": 1}))
    draft = a_draft(edition, (overall, PlaceFactory(), {"rank": 2}))
    assert "撤销这次发布…" not in client.get(at("edit", published)).content.decode()
    answers = [client.get(at(name, draft)).status_code for name in ("edit", "publish", "delete")]
    assert answers == [302] * 3


def test_releases_are_listed_sifted_and_searched(editor, edition, overall):
    wrong = released(edition, (overall, PlaceFactory(), {"rank": 1}), source_words="甲报告")
    editor.post(at("reverse", wrong), {"explanation": "错了"})
    reversal = Release.objects.get(replaces=wrong)
    other, _ = a_ranking(size=1)
    standing = other.releases.get()
    draft = a_draft(edition)
    index = reverse("release:index")

    def found(**asked):
        return set(editor.get(index, asked).context["object_list"])

    assert found() == {wrong, reversal, standing, draft}
    assert found(state="draft") == {draft}
    assert found(state="published") == {reversal, standing}
    assert found(state="reversed") == {wrong}
    assert found(edition=other.pk) == {standing}
    assert found(index=edition.index.pk, nature="first") == {wrong}
    assert found(q="甲报告") == {wrong, reversal}
    listed = editor.get(index)
    number = {row.pk: row.rows for row in listed.context["object_list"]}
    assert (number[wrong.pk], number[draft.pk]) == (1, 0)
    view = listed.context["view"]
    offered = {
        row: [button.label for button in view.get_list_more_buttons(row)] for row in (draft, wrong)
    }
    assert offered == {draft: ["核对", "历史", "删除草稿"], wrong: ["查看", "历史"]}


def test_a_draft_changes_nothing_that_readers_see(editor, mixed):
    before = Change.objects.count()
    for name in ("edit", "publish", "checks"):
        editor.get(at(name, mixed))
    head = {"seen_version": 1, "nature": "correction", "source_words": "新", "explanation": "新"}
    editor.post(at("head", mixed), head)
    assert Change.objects.count() == before
    assert ranks() == {"甲": 1, "乙": 2, "丙": None}
