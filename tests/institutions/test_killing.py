"""A process killed while it publishes leaves all or nothing, at whichever statement it dies."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from tests.factories import UserFactory
from tests.institutions.factories import KindFactory, a_notice

ROOT = Path(__file__).resolve().parent.parent.parent
NAMES = ("新城医院", "老城医院", "东城医院")
NOTHING, EVERYTHING = [0, 0, 0, 0, 0], [1, 3, 3, 3, 1]


def address_of_this_database():
    """Return the DATABASE_URL of the database that the tests of this process write to."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


@pytest.mark.django_db(transaction=True)
def test_a_killed_publication_leaves_all_or_nothing(tmp_path):
    kind, editor = KindFactory(), UserFactory()
    notice = a_notice(*({"name": name} for name in NAMES), kind=kind)
    environment = {
        "YOUJU_DEV": "1",
        "YOUJU_VAR": str(tmp_path),
        "DATABASE_URL": address_of_this_database(),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.institutions.killed_publications",
            str(notice.pk),
            str(editor.pk),
        ],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    assert {ended for ended, _ in told} == {signal.SIGKILL}
    assert [rows for _, rows in told] == [NOTHING] * (len(told) - 1) + [EVERYTHING]
    assert len(told) > 10
