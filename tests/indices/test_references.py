"""Pointing at series, editions and releases: public ones only."""

import pytest

from portal.references import describe_many
from tests.factories import PlaceFactory
from tests.indices.factories import EditionFactory, a_dimension, a_draft, a_ranking

pytestmark = pytest.mark.django_db


def test_only_what_is_public_is_described(django_assert_num_queries):
    edition, _ = a_ranking(size=1, label="2020年版", code="2020", year=2020)
    release = edition.releases.get()
    hidden = EditionFactory()
    draft = a_draft(hidden, (a_dimension(hidden), PlaceFactory(), {"rank": 1}))
    correction = a_draft(edition)
    asked = [
        f"index:{edition.index.code}",
        f"edition:{edition.pk}",
        f"release:{release.pk}",
        f"index:{hidden.index.code}",
        f"edition:{hidden.pk}",
        f"release:{draft.pk}",
        f"release:{correction.pk}",
        "edition:999999999999999999999",
        "release:abc",
    ]
    name, address = edition.index.name, f"/indices/{edition.index.code}/"
    with django_assert_num_queries(3):
        found = describe_many(asked)
    assert {key: (target.title, target.url) for key, target in found.items()} == {
        asked[0]: (name, address),
        asked[1]: (f"{name}（2020年版）", f"{address}2020/"),
        asked[2]: (f"{name}（2020年版）·首次发布", f"{address}2020/#release-{release.pk}"),
    }
