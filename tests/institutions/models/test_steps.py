"""Steps of a review: each says what was done, and those of a published notice stay as they are."""

import pytest
from django.db import IntegrityError, transaction

from institutions.models import ReviewStep
from tests.factories import UserFactory
from tests.institutions.factories import KindFactory, NoticeFactory, a_notice, published

pytestmark = pytest.mark.django_db


def a_step(notice, words="认定"):
    return ReviewStep.objects.create(notice=notice, words=words, by=UserFactory())


def test_a_step_says_what_was_done():
    assert str(a_step(NoticeFactory())) == "认定"
    with pytest.raises(IntegrityError), transaction.atomic():
        a_step(NoticeFactory(), words="")


def test_the_steps_of_a_published_notice_stay():
    notice = a_notice({"name": "新城医院"}, kind=KindFactory())
    step = a_step(notice)
    published(notice)
    for act in (lambda: a_step(notice), step.delete, step.save):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_the_steps_of_a_draft_go_with_it():
    notice = NoticeFactory()
    a_step(notice)
    notice.delete()
    assert not ReviewStep.objects.exists()
