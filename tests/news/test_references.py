"""How others point at stories, and what they are told."""

import pytest

from portal.references import Target, describe_many
from tests.factories import a_draft, an_article


@pytest.mark.django_db
def test_public_stories_are_described_and_nothing_else(section):
    article = an_article(section, title="看得见")
    draft = a_draft(section)
    strange = ["article:99999999999999999999", "article:abc", f"article:0{article.pk}", "other:1"]
    assert describe_many([article.reference, draft.reference, *strange]) == {
        article.reference: Target(title="看得见", url=article.url)
    }


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["0", "-1", "9223372036854775808", "9" * 150, "1" * 5000, "%00"])
def test_a_report_about_a_number_that_no_story_has_is_not_found(home, client, number):
    assert client.get(f"/report/?article={number}").status_code == 404
