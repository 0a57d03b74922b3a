"""From read stories to drafts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import ReferenceIndex

from news.importing.drafting import (
    NO_HEADLINE,
    Draft,
    DraftRefused,
    body_blocks,
    changed_roles,
    digest_of,
    draft_of,
    save_drafts,
)
from news.models import ArchivedStory, ArticlePage
from news.pagetext.credits import Credit
from news.pagetext.notes import Note
from news.pagetext.reader import Entry, Story
from portal.models import Change
from tests.factories import PersonFactory, UserFactory


def heading(text):
    return Entry("heading", text)


def paragraph(text):
    return Entry("paragraph", text)


def a_heading_block(text, kicker=""):
    return {"type": "heading", "value": {"kicker": kicker, "text": text}}


def a_text_block(html):
    return {"type": "paragraph", "value": html}


def a_read_story(**fields):
    return Story(
        **{
            "headline": "滨河路桥今日通车",
            "kicker": "引题",
            "deck": "副题",
            "dateline": "本报讯",
            "credits": [Credit("记者", "本报", "张三"), Credit("制图", "", "李四")],
            "body": [paragraph("第一段。"), heading("小标题"), paragraph("第二段。")],
            **fields,
        }
    )


@pytest.mark.parametrize(
    ("entries", "blocks"),
    [
        ([], []),
        ([paragraph("甲"), paragraph("乙")], [a_text_block("<p>甲</p><p>乙</p>")]),
        (
            [paragraph("甲"), heading("小标题"), paragraph("乙")],
            [a_text_block("<p>甲</p>"), a_heading_block("小标题"), a_text_block("<p>乙</p>")],
        ),
        ([heading("小引题"), heading("小标题")], [a_heading_block("小标题", "小引题")]),
        (
            [heading("一"), heading("二"), heading("三")],
            [a_heading_block("二", "一"), a_heading_block("三")],
        ),
        (
            [heading("引"), heading("长" * 61)],
            [a_heading_block("引"), a_text_block(f"<p>{'长' * 61}</p>")],
        ),
        (
            [paragraph("<script>1 & 2</script>")],
            [a_text_block("<p>&lt;script&gt;1 &amp; 2&lt;/script&gt;</p>")],
        ),
    ],
)
def test_a_body_becomes_blocks(entries, blocks):
    assert body_blocks(entries) == blocks


@given(
    st.lists(
        st.builds(Entry, st.sampled_from(["heading", "paragraph"]), st.text("甲乙", min_size=1))
    )
)
def test_no_word_of_a_body_is_lost(entries):
    words = ""
    for block in body_blocks(entries):
        value = block["value"]
        words += "".join(value.values()) if block["type"] == "heading" else value
    assert words.replace("<p>", "").replace("</p>", "") == "".join(e.text for e in entries)


def test_a_story_is_known_by_its_words_and_not_by_the_notes_on_them():
    story = a_read_story()
    assert digest_of(story) == digest_of(a_read_story(joined=3, notes=[Note("joined", "连接")]))
    assert digest_of(story) != digest_of(a_read_story(deck="别的"))


def test_a_story_becomes_a_draft_that_no_reader_sees(section, client):
    person = PersonFactory(name="张三")
    by = UserFactory()
    (saved,) = save_drafts(
        [draft_of(a_read_story())], section=section, printed_on=date(2020, 8, 19), by=by
    )
    page = ArticlePage.objects.get()
    assert (saved.page, saved.created) == (page, True)
    assert (page.kicker, page.title, page.deck) == ("引题", "滨河路桥今日通车", "副题")
    assert (page.dateline, page.printed_on, page.owner) == ("本报讯", date(2020, 8, 19), by)
    assert (page.live, page.has_unpublished_changes, page.first_published_at) == (False, True, None)
    assert [(c.role, c.person, c.name, c.affiliation) for c in page.credits.all()] == [
        ("reporter", person, "张三", "本报"),
        ("graphics", None, "李四", ""),
    ]
    assert page.latest_revision.as_object().title == "滨河路桥今日通车"
    assert client.get(f"/news/minsheng/{page.slug}/").status_code == 404
    assert Change.objects.count() == 0
    assert ReferenceIndex.get_references_to(page).count() == 0


def test_the_same_stories_again_make_nothing_new(section):
    drafts = [draft_of(a_read_story()), draft_of(a_read_story(headline="另一篇"))]
    first = save_drafts(drafts, section=section)
    first[0].page.title = "编辑改过的标题"
    first[0].page.save_revision()
    again = save_drafts([*drafts, draft_of(a_read_story(headline="第三篇"))], section=section)
    assert [one.created for one in again] == [False, False, True]
    assert [one.page.pk for one in again[:2]] == [one.page.pk for one in first]
    assert ArticlePage.objects.count() == 3


def test_a_story_that_stands_twice_on_a_page_is_saved_once(section):
    saved = save_drafts([draft_of(a_read_story())] * 2, section=section)
    assert [one.created for one in saved] == [True, False]


def test_a_deleted_draft_may_be_imported_again(section):
    save_drafts([draft_of(a_read_story())], section=section)[0].page.delete()
    assert ArchivedStory.objects.count() == 0
    assert save_drafts([draft_of(a_read_story())], section=section)[0].created is True


def test_a_story_without_a_headline_says_so(section):
    (saved,) = save_drafts([draft_of(a_read_story(headline=""))], section=section)
    assert saved.page.title == NO_HEADLINE


def test_what_does_not_fit_is_refused_and_nothing_is_saved(section):
    good = draft_of(a_read_story())
    bad = Draft(
        digest="0" * 64,
        headline="长" * 256,
        kicker="长" * 101,
        deck="长" * 151,
        dateline="长" * 51,
        credits=[Credit("记者", "长" * 51, "长" * 52)],
    )
    with pytest.raises(DraftRefused) as refused:
        save_drafts([good, bad], section=section)
    assert refused.value.errors == [
        "第 2 篇：主题有 256 个字，最多 255 个。",
        "第 2 篇：引题有 101 个字，最多 100 个。",
        "第 2 篇：副题有 151 个字，最多 150 个。",
        "第 2 篇：电头有 51 个字，最多 50 个。",
        "第 2 篇：姓名有 52 个字，最多 50 个。",
        "第 2 篇：单位有 51 个字，最多 50 个。",
    ]
    assert ArticlePage.objects.count() == 0


def test_roles_that_the_desk_words_otherwise_are_told():
    draft = Draft("", "", credits=[Credit("首席记者", "", "张三"), Credit("制图", "", "李四")])
    assert changed_roles(draft) == [("首席记者", "记者")]
