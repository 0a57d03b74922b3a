"""Which stories quote a record: by which block, through which corrections, and what must not be told."""

import pytest

from institutions.publishing import draft_correction
from news.quoting import quoting_stories
from portal.figures import quoted_by, quoted_by_many
from portal.references import Target
from tests.factories import UserFactory, a_draft, a_section, an_article
from tests.institutions.factories import (
    KindFactory,
    a_line,
    a_notice,
    an_institution,
    published,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def medical():
    return KindFactory()


def listing(notice, kind=None):
    value = {"title": "", "notice": notice.pk, "kind": kind and kind.pk}
    return {"type": "notice_list", "value": value}


def card(institution):
    return {"type": "institution_card", "value": {"institution": institution.pk, "on": None}}


def of(record):
    """The titles of the stories that quote this notice or institution."""
    code = getattr(record, "code", record.pk)
    kind = "institution" if hasattr(record, "code") else "notice"
    return [target.title for target in quoted_by(f"{kind}:{code}")]


def test_a_notice_is_quoted_by_the_stories_that_list_it_newest_first(section, medical):
    notice = published(a_notice(an_institution(), kind=medical))
    other = published(a_notice(an_institution("另一医院"), kind=medical))
    older = an_article(section, title="旧稿", body=[listing(notice)])
    an_article(section, title="新稿", display_title="列表标题", body=[listing(notice)])
    an_article(section, title="无关", body=[listing(other)])
    assert of(notice) == ["列表标题", "旧稿"]
    assert quoted_by(f"notice:{notice.pk}")[1] == Target("旧稿", older.url)


def test_only_what_readers_see_is_told(section, medical):
    notice = published(a_notice(an_institution(), kind=medical))
    a_draft(section, title="草稿", body=[listing(notice)])
    an_article(section, title="撤稿", body=[listing(notice)]).unpublish()
    changed = an_article(section, title="正在加写")
    changed.body = [("notice_list", {"title": "", "notice": notice, "kind": None})]
    changed.save_revision()
    assert of(notice) == []
    changed.get_latest_revision().publish()
    assert of(notice) == ["正在加写"]
    changed.body = []
    changed.save_revision().publish()
    assert of(notice) == []


def test_a_correction_is_quoted_by_the_stories_that_list_what_it_corrects(section, medical):
    hospital, added = an_institution(), an_institution("补登医院")
    notice = published(a_notice(hospital, kind=medical))
    an_article(section, title="一篇稿", body=[listing(notice)])
    draft = draft_correction(notice, by=UserFactory())
    draft.lines.all().delete()
    a_line(draft, added, medical)
    assert of(added) == []
    correction = published(draft)
    assert (of(notice), of(correction)) == (["一篇稿"], ["一篇稿"])
    assert (of(hospital), of(added)) == ([], ["一篇稿"])


def test_an_institution_is_quoted_by_its_card_and_by_the_lists_that_name_it(section, medical):
    care = KindFactory(scheme=medical.scheme)
    hospital, other = an_institution("甲医院"), an_institution("乙医院")
    notice = a_notice(hospital, kind=medical)
    a_line(notice, other, care)
    notice = published(notice)
    an_article(section, title="全部名单", body=[listing(notice)])
    an_article(section, title="只列医疗", body=[listing(notice, medical)])
    an_article(section, title="两段", body=[listing(notice, care), card(hospital)])
    assert of(hospital) == ["两段", "只列医疗", "全部名单"]
    assert of(other) == ["两段", "全部名单"]


def test_a_list_by_scheme_and_day_quotes_no_institution(section, medical):
    hospital = an_institution()
    published(a_notice(hospital, kind=medical))
    value = {
        "title": "名单",
        "scheme": medical.scheme.pk,
        "kind": None,
        "district": None,
        "on": None,
    }
    an_article(section, body=[{"type": "register_list", "value": value}])
    assert of(hospital) == []


def test_a_draft_notice_tells_of_no_institution(section, medical):
    hospital = an_institution()
    draft = a_notice(hospital, kind=medical)
    an_article(section, title="一篇稿", body=[listing(draft)])
    assert of(hospital) == []


@pytest.mark.parametrize("reference", ["article:1", "notice:99", "notice:x", "institution:none"])
def test_what_is_not_there_is_quoted_by_nobody(reference):
    assert quoted_by(reference) == []


@pytest.mark.parametrize("count", [1, 3])
def test_asking_costs_the_same_for_any_number(home, medical, count, django_assert_num_queries):
    section = a_section()
    references = []
    for number in range(count):
        hospitals = [an_institution(f"第{number}{n}医院") for n in range(count)]
        notice = published(a_notice(*hospitals, kind=medical))
        for _ in range(count):
            an_article(section, body=[listing(notice, medical), card(hospitals[0])])
        references += [f"notice:{notice.pk}", *(f"institution:{row.code}" for row in hospitals)]
    quoted_by_many(references)  # the addresses of sections are remembered
    with django_assert_num_queries(8):
        found = quoting_stories(references)
    assert {len(targets) for targets in found.values()} == {count}
