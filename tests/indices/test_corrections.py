"""Corrections of scores as readers are told of them: the reason, the release that was reversed, and no hidden edition."""

from datetime import timedelta

import pytest
from django.utils import timezone

from indices.models import Edition
from indices.publishing import reverse
from portal.corrections import Told, recent
from portal.references import Target
from tests.factories import PlaceFactory, UserFactory
from tests.indices.factories import EditionFactory, a_dimension, a_draft, released

pytestmark = pytest.mark.django_db


@pytest.fixture
def cell():
    edition = EditionFactory(index__code="governance", index__name="数字治理指数", year=2020)
    dimension, place = a_dimension(edition), PlaceFactory()
    released(edition, (dimension, place, {"rank": 8}))
    return edition, dimension, place


def told():
    return [(one.act_label, one.change.reference, one.told) for one in recent(9)]


def test_a_correction_gives_its_reason(cell):
    edition, *where = cell
    released(edition, (a_dimension(edition, "basis"), where[1], {"rank": 1}))
    assert told() == []
    a_draft(edition, (*where, {"rank": 7}), explanation="草稿里的理由")
    assert told() == []
    row = released(edition, (*where, {"rank": 7}), explanation="报告勘误")
    address = f"/indices/governance/2020/releases/{row.pk}/"
    words = Told("数字治理指数（2020）", address, reason="报告勘误")
    assert told() == [("更正", f"release:{row.pk}", words)]


def test_a_reversal_names_what_it_reverses(cell):
    edition, *where = cell
    wrong = released(edition, (a_dimension(edition, "basis"), where[1], {"rank": 1}))
    row = reverse(wrong, by=UserFactory(), explanation="误传")
    address = "/indices/governance/2020/releases/{}/".format
    (found,) = told()
    assert found[2] == Told(
        "数字治理指数（2020）",
        address(row.pk),
        reason="误传",
        replaces=f"release:{wrong.pk}",
        earlier=Target("数字治理指数（2020）的先前发布", address(wrong.pk)),
    )


def test_of_an_embargoed_edition_nothing_is_told(cell):
    edition, *where = cell
    released(edition, (*where, {"rank": 7}), explanation="报告勘误")
    later = timezone.now() + timedelta(hours=1)
    Edition.objects.filter(pk=edition.pk).update(embargoed_until=later)
    assert told() == []
    Edition.objects.filter(pk=edition.pk).update(embargoed_until=None)
    assert len(told()) == 1
