"""Taking an archive over: what it writes, and what running it again does."""

import json
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.urls import reverse
from wagtail.models import PageLogEntry, ReferenceIndex

from news.archive.archiving import (
    LOG_ACTION,
    ArchiveRefused,
    import_archive,
    sections_for,
    survey,
)
from news.models import ArchivedStory, ArticlePage, SectionPage
from portal.models import Change
from tests.factories import PersonFactory, UserFactory, a_section
from tests.news.archive.test_lines import GOOD


@pytest.fixture
def archive(tmp_path):
    """Write lines to a file and return its path."""

    def write(*lines):
        path = tmp_path / "archive.jsonl"
        path.write_text("".join(json.dumps(line) + "\n" for line in lines))
        return path

    return write


def run(path, **options):
    names = survey(path).sections
    return import_archive(path, archive="旧站", sections=sections_for(names), **options)


def line(number, **fields):
    return {**GOOD, "id": number, "title": f"旧闻{number}", "section": "民生", **fields}


def counts(outcome):
    return outcome.created, outcome.updated, outcome.unchanged, len(outcome.kept)


def test_a_story_is_published_on_its_old_day(section, archive):
    person = PersonFactory(name="张三")
    assert counts(run(archive(line(1)))) == (1, 0, 0, 0)
    story = ArticlePage.objects.get()
    assert (story.title, story.draft_title, story.deck) == ("旧闻1", "旧闻1", "副题")
    assert (story.source_name, story.is_reprint) == ("旧报", False)
    assert (story.slug, story.url_path) == ("20090302-1", f"{section.url_path}20090302-1/")
    assert (story.live, story.has_unpublished_changes, story.latest_revision) == (True, False, None)
    assert story.first_published_at == datetime(2009, 3, 1, 16, tzinfo=UTC)
    assert story.last_published_at == story.first_published_at
    assert [(c.role, c.person, c.name, c.sort_order) for c in story.credits.all()] == [
        ("author", person, "张三", 0),
        ("author", None, "李四", 1),
    ]
    assert [block.block_type for block in story.body] == ["paragraph"]
    assert str(story.body[0].value) == "<p>第一段。</p><p>第二段。</p>"
    assert ArchivedStory.objects.get().page == story
    assert list(Change.objects.values_list("act", "reference")) == [("publish", story.reference)]
    assert PageLogEntry.objects.filter(page=story).values_list("action", "label").get() == (
        LOG_ACTION,
        "旧闻1",
    )
    assert list(
        ReferenceIndex.get_references_to(person).values_list("object_id", "model_path")
    ) == [(str(story.pk), "credits.item.person")]
    assert list(ArticlePage.objects.live().search("旧闻1")) == [story]


@pytest.mark.parametrize("stories", [1, 3])
def test_a_batch_costs_the_same_however_many_stories(
    section, archive, stories, django_assert_num_queries
):
    sections = sections_for(["民生"])
    import_archive(archive(line("warm")), archive="别的", sections=sections)
    path = archive(*(line(number) for number in range(stories)))
    # PostgreSQL takes one more for the lock under which changes are numbered, three fewer for the index.
    with django_assert_num_queries({"sqlite": 28, "postgresql": 26}[connection.vendor]):
        import_archive(path, archive="旧站", sections=sections)


def test_again_changes_nothing(section, archive):
    path = archive(line(1), line(2))
    run(path)
    assert counts(run(path)) == (0, 0, 2, 0)
    assert (ArticlePage.objects.count(), Change.objects.count()) == (2, 2)


def test_what_is_new_comes_in_between_what_is_known(section, archive):
    run(archive(line(2)))
    assert counts(run(archive(line(1), line(2), line(3)), batch=1)) == (2, 0, 1, 0)


def test_the_same_id_of_another_archive_is_another_story(section, archive):
    path = archive(line(1))
    run(path)
    import_archive(path, archive="别的旧站", sections=sections_for(["民生"]))
    assert ArticlePage.objects.count() == 2


def test_a_changed_line_is_told_and_published_anew_only_on_request(section, archive):
    run(archive(line(1)))
    path = archive(line(1, title="改过的标题", author="王五", date="2009-03-05"))
    outcome = run(path)
    assert outcome.kept == [(1, "1", "内容有变，未更新（加 --update 更新）")]
    assert ArticlePage.objects.get().title == "旧闻1"
    assert counts(run(path, update=True)) == (0, 1, 0, 0)
    story = ArticlePage.objects.get()
    assert (story.title, story.slug, story.live) == ("改过的标题", "20090302-1", True)
    assert [credit.name for credit in story.credits.all()] == ["王五"]
    assert story.first_published_at == datetime(2009, 3, 4, 16, tzinfo=UTC)
    assert list(Change.objects.order_by("sequence").values_list("act", flat=True)) == [
        "publish",
        "update",
    ]
    assert counts(run(path, update=True)) == (0, 0, 1, 0)
    # Its own revision does not count as an editor's.
    assert counts(run(archive(line(1, title="又改")), update=True)) == (0, 1, 0, 0)


def test_a_changed_section_moves_the_story(section, archive):
    a_section(title="教育", slug="jiaoyu")
    run(archive(line(1)))
    run(archive(line(1, section="教育")), update=True)
    assert ArticlePage.objects.get().get_parent().slug == "jiaoyu"


def test_what_editors_have_done_is_kept(section, archive):
    run(archive(line(1), line(2)))
    edited, withdrawn = ArticlePage.objects.order_by("title")
    edited.save_revision()
    withdrawn.unpublish()
    path = archive(line(1, title="新"), line(2, title="新"))
    assert run(path, update=True).kept == [
        (1, "1", "已由编辑改过，未更新"),
        (2, "2", "已在本站撤下，未更新"),
    ]
    assert sorted(ArticlePage.objects.values_list("title", "live")) == [
        ("旧闻1", True),
        ("旧闻2", False),
    ]


def test_a_dry_run_counts_and_writes_nothing(section, archive):
    run(archive(line(1)))
    path = archive(line(1), line(2))
    assert counts(run(path, dry_run=True)) == (1, 0, 1, 0)
    assert ArticlePage.objects.count() == 1


def test_a_batch_that_fails_leaves_the_batches_before_it(section, archive):
    path = archive(line(1), line(2), line(3))

    def stop(done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(path, batch=2, progress=stop)
    assert ArticlePage.objects.count() == 2
    assert counts(run(path, batch=2)) == (1, 0, 2, 0)
    assert list(Change.objects.order_by("sequence").values_list("sequence", flat=True)) == [1, 2, 3]


def test_sections_are_known_by_address_and_by_title(section):
    assert sections_for(["民生", "minsheng"]) == {"民生": section, "minsheng": section}


def test_unknown_sections_are_refused_or_created(section):
    with pytest.raises(ArchiveRefused) as refused:
        sections_for(["民生", "副刊", "体育"])
    assert str(refused.value) == (
        "没有这些栏目：体育、副刊。现有栏目：民生（minsheng）。请先建好栏目，或加 --create-sections。"
    )
    made = sections_for(["民生", "副刊"], create=True)
    assert (made["副刊"].title, made["副刊"].slug, made["副刊"].live) == ("副刊", "fukan", True)


def test_a_title_of_two_sections_names_neither(section):
    a_section(title="民生", slug="minsheng-2")
    with pytest.raises(ArchiveRefused):
        sections_for(["民生"])
    assert sections_for(["minsheng-2"]) == {
        "minsheng-2": SectionPage.objects.get(slug="minsheng-2")
    }


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "档案名须有 1 至 50 个字。"),
        ("长" * 51, "档案名须有 1 至 50 个字。"),
        ("版面", "档案名“版面”留给从版面导入的稿件，请换一个。"),
    ],
)
def test_an_archive_has_a_fit_name(section, archive, name, message):
    with pytest.raises(ArchiveRefused, match=message):
        import_archive(archive(line(1)), archive=name, sections={})


def test_an_imported_story_can_be_edited_at_the_desk(section, archive, client):
    run(archive(line(1)))
    story = ArticlePage.objects.get()
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    address = reverse("wagtailadmin_pages:edit", args=[story.pk])
    assert client.get(address).context["form"]["title"].value() == "旧闻1"
    story.title = "改过"
    story.save_revision().publish()
    story.refresh_from_db()
    assert (story.title, story.latest_revision_id == story.live_revision_id) == ("改过", True)
