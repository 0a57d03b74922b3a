"""Groups of words that mean the same: two words at least, each once."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portal.models import Synonym
from portal.models.synonyms import MOST_WORDS

pytestmark = pytest.mark.django_db


def test_a_group_has_its_words_in_order():
    row = Synonym(words="  停暖　停止供暖  停暖 ")
    row.full_clean()
    row.save()
    assert (row.words, row.group, str(row)) == (
        "停暖 停止供暖",
        ("停暖", "停止供暖"),
        "停暖、停止供暖",
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("停暖", "至少写两个不同的词，用空格分开。"),
        ("ＧＤＰ gdp", "至少写两个不同的词，用空格分开。"),
        (" ".join(map(str, range(MOST_WORDS + 1))), f"一组至多 {MOST_WORDS} 个词。"),
    ],
)
def test_what_is_no_group_is_refused_in_words(words, message):
    with pytest.raises(ValidationError) as refused:
        Synonym(words=words).full_clean()
    assert refused.value.message_dict["words"][0] == message


def test_the_largest_group_is_taken():
    Synonym(words=" ".join(map(str, range(MOST_WORDS)))).full_clean()


def test_the_database_refuses_one_word():
    Synonym.objects.create(words="停暖 停止供暖")
    with pytest.raises(IntegrityError, match="synonym_has_two_words"), transaction.atomic():
        Synonym.objects.create(words="停暖")


def test_the_database_refuses_a_group_twice():
    Synonym.objects.create(words="停暖 停止供暖")
    with pytest.raises(IntegrityError), transaction.atomic():
        Synonym.objects.create(words="停暖 停止供暖")
