"""A publication killed at each of its statements, in a process that has nothing else to lose.

`python -m tests.institutions.killed_publications NOTICE EDITOR` publishes in one child after another, each
killed one statement later than the one before, the last once all is committed, and prints what the
database then held as JSON: for each child the signal that ended it and how many rows of each kind stand.
Not a test: a process that forks must have no threads, no event loop and no open connection.
"""

import json
import os
import signal
import sys
from importlib import import_module

MOST = 200
NAME = "医院"


class Killer:
    """Kills its own process instead of running the statement of a number."""

    def __init__(self, number):
        self.left = number

    def __call__(self, execute, sql, params, many, context):
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1
        return execute(sql, params, many, context)


def publish_and_die(notice, editor, number):
    """Publish until the statement of this number, or to the end, and die."""
    from django.db import connection

    from institutions.models import Notice
    from institutions.publishing import publish
    from portal.models import User

    with connection.execute_wrapper(Killer(number)):
        publish(Notice.objects.get(pk=notice), by=User.objects.get(pk=editor))
    os.kill(os.getpid(), signal.SIGKILL)


def written():
    """Return how many rows of each kind a publication has written."""
    from institutions.models import Designation, Institution, InstitutionName, Notice
    from portal.models import Change

    published = Notice.objects.exclude(published_at=None)
    rows = (published, Institution, InstitutionName, Designation, Change)
    return [getattr(one, "objects", one).count() for one in rows]


def close_all():
    """Leave no connection, in use or in the pool, that a child would share."""
    from django.db import connection

    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()


def main(notice, editor):
    """Kill one child after another until one has committed, and print what each left."""
    import django

    django.setup()
    # Loaded once here, or each child loads the dictionaries of pinyin for itself.
    import_module("portal.names").pinyin_slug(NAME)
    told, nothing = [], written()
    for number in range(MOST):
        close_all()
        child = os.fork()
        if child == 0:
            try:
                publish_and_die(notice, editor, number)
            finally:
                os._exit(1)
        _, ended = os.waitpid(child, 0)
        told.append([os.WTERMSIG(ended), written()])
        if told[-1][1] != nothing:
            break
    close_all()
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
