"""A process killed while it publishes a notice leaves all or nothing, at whichever statement it dies."""

import pytest

from tests.factories import UserFactory
from tests.institutions.factories import KindFactory, a_notice
from tests.killing import rows_after_each_kill

NAMES = ("新城医院", "老城医院", "东城医院")


@pytest.mark.django_db(transaction=True)
def test_a_killed_publication_leaves_all_or_nothing(tmp_path):
    editor = UserFactory()
    notice = a_notice(*({"name": name} for name in NAMES), kind=KindFactory())
    *killed, whole = rows_after_each_kill("notice", notice, editor, tmp_path)
    assert killed == [[0, 0, 0, 0, 0]] * len(killed)
    assert whole == [1, 3, 3, 3, 1]
