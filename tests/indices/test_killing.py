"""A process killed while it publishes a release leaves all or nothing, at whichever statement it dies."""

import pytest

from tests.factories import PlaceFactory, UserFactory
from tests.indices.factories import a_draft, a_ranking
from tests.killing import rows_after_each_kill


@pytest.mark.django_db(transaction=True)
def test_a_killed_publication_leaves_all_or_nothing(tmp_path):
    editor = UserFactory()
    edition, (first, second, _) = a_ranking()
    overall = edition.dimensions.get()
    lines = ((overall, first, {"rank": 2}), (overall, second, None))
    added = (overall, PlaceFactory(), {"rank": 1})
    release = a_draft(edition, *lines, added, by=editor, explanation="勘误")
    *killed, whole = rows_after_each_kill("release", release, editor, tmp_path)
    assert killed == [[1, 3, 0, 1]] * len(killed)
    assert whole == [2, 3, 2, 2]
