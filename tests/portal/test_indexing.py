"""Places are found by every name under which they are known; synonyms are words that mean the same."""

import pytest

from portal.loading import load_places
from portal.models import Place, PlaceName, Synonym
from portal.search.finding import find
from portal.search.language import parse
from portal.search.vocabulary import current
from tests.factories import PlaceFactory

pytestmark = pytest.mark.django_db

HEAD = "code,name,short_name,level,parent,other_names\n"


def found(typed):
    hits = find(parse(typed), [Place.objects.all()]).strict
    return sorted(str(each) for each in Place.objects.filter(pk__in=[hit.key for hit in hits]))


@pytest.mark.parametrize(
    "typed", ["郑", "州", "鄭州", "zhengzhou", "zz", "绿城", "lvcheng", "410100"]
)
def test_a_place_is_found_by_its_names_their_sound_and_its_code(typed):
    place = PlaceFactory(code="410100", name="郑州市", short_name="郑州")
    PlaceName.objects.create(place=place, name="绿城")
    PlaceFactory(name="开封市")
    assert found(typed) == ["郑州市"]


def test_how_a_source_prints_a_place_is_no_name_of_it():
    place = PlaceFactory(name="郑州市")
    PlaceName.objects.create(place=place, name="郑卅", kind=PlaceName.Kind.PRINTED)
    assert found("卅") == []
    assert current().names == ["郑州市"]


def test_places_of_a_file_are_found():
    load_places(f"{HEAD}x-a,新区,,zone,,别名：商都\nx-b,老区,,zone,x-a,\n".encode())
    assert (found("商都"), found("区")) == (["新区"], ["新区", "老区"])
    load_places(f"{HEAD}x-a,南区,,zone,,\n".encode())
    assert (found("新区"), found("南区")) == ([], ["南区"])


def test_the_vocabulary_follows_every_write():
    place = PlaceFactory(name="郑州市", short_name="郑州")
    assert current().names == ["郑州", "郑州市"]
    other = PlaceName.objects.create(place=place, name="绿城")
    assert current().others("绿城") == ["郑州", "郑州市"]
    PlaceName.objects.filter(pk=other.pk).update(name="商都")
    assert (current().others("绿城"), current().others("商都")) == ([], ["郑州", "郑州市"])
    Synonym.objects.create(words="停暖 停止供暖")
    assert current().others("停暖") == ["停止供暖"]
    assert "停暖" not in current().names
    Synonym.objects.update(words="停暖 停止供热")
    assert current().others("停暖") == ["停止供热"]
    Synonym.objects.all().delete()
    place.delete()
    assert (current().names, current().others("停暖")) == ([], [])


@pytest.mark.parametrize("number", [1, 3])
def test_the_vocabulary_costs_the_same_at_any_size(number, django_assert_num_queries):
    for _ in range(number):
        PlaceFactory()
    current()
    # One for each table of words, one for the last change that readers could see.
    with django_assert_num_queries(7):
        current()
