"""A process killed while it publishes leaves all or nothing, at whichever statement it dies."""

import asyncio
import os
import signal

import pytest
from django.db import connection, connections

from institutions.models import Designation, Institution, InstitutionName, Notice
from institutions.publishing import publish
from portal.models import Change
from tests.factories import UserFactory
from tests.institutions.factories import KindFactory, a_notice

NAMES = ("新城医院", "老城医院", "东城医院")


class Killer:
    """Kills its own process instead of running the statement of a number, or once all is committed."""

    def __init__(self, number):
        self.left = number

    def __call__(self, execute, sql, params, many, context):
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1
        return execute(sql, params, many, context)


def in_a_process_of_its_own(act):
    """Do `act` in a child with connections of its own; return how it ended, as `os.waitpid` tells."""
    connections.close_all()
    if connection.vendor == "postgresql":
        # What lies in the pool would be the child's as well.
        connection.close_pool()
    child = os.fork()
    if child == 0:
        try:
            act()
        finally:
            os._exit(1)
    return os.waitpid(child, 0)[1]


def publish_and_die(pk, editor, number):
    with connection.execute_wrapper(Killer(number)):
        publish(Notice.objects.get(pk=pk), by=editor)
    os.kill(os.getpid(), signal.SIGKILL)


def written():
    """How many rows of each kind a publication has written."""
    published = Notice.objects.exclude(published_at=None)
    rows = (published, Institution, InstitutionName, Designation, Change)
    return tuple(getattr(one, "objects", one).count() for one in rows)


def drives_a_browser():
    """Whether this process has driven a browser before: its event loop does not survive a fork."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


@pytest.mark.django_db(transaction=True)
def test_a_killed_publication_leaves_all_or_nothing():
    if drives_a_browser():
        pytest.skip(
            "this process has driven a browser and cannot be forked; run this module by itself"
        )
    kind, editor = KindFactory(), UserFactory()
    notice = a_notice(*({"name": name} for name in NAMES), kind=kind)
    nothing, everything = written(), (1, 3, 3, 3, 1)
    assert nothing == (0, 0, 0, 0, 0)
    seen = []
    for number in range(200):
        ended = in_a_process_of_its_own(
            lambda number=number: publish_and_die(notice.pk, editor, number)
        )
        assert os.WIFSIGNALED(ended)
        assert os.WTERMSIG(ended) == signal.SIGKILL
        seen.append(written())
        if seen[-1] != nothing:
            break
    assert seen == [nothing] * (len(seen) - 1) + [everything]
    assert len(seen) > 10
