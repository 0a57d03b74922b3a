"""A publication killed at each of its statements, in a process that has nothing else to lose.

`python -m tests.killed_publications WHICH DOCUMENT EDITOR` publishes a notice or a release in one child after
another, each killed one statement later than the one before, the last once all is committed, and prints
what the database then held as JSON: for each child the signal that ended it and how many rows of each kind
stand. Not a test: a process that forks must have no threads, no event loop and no open connection.
"""

import json
import os
import signal
import sys
from importlib import import_module

MOST = 200
NAME = "医院"


def notice(pk, editor):
    """Publish a notice."""
    from institutions.models import Notice
    from institutions.publishing import publish

    publish(Notice.objects.get(pk=pk), by=editor)


def release(pk, editor):
    """Publish a release of scores."""
    from indices.models import Release
    from indices.publishing import publish

    publish(Release.objects.get(pk=pk), by=editor)


def rows_of_notices():
    """Return the QuerySets of what a notice's publication writes."""
    from institutions.models import Designation, Institution, InstitutionName, Notice

    published = Notice.objects.exclude(published_at=None)
    return [published, Institution.objects, InstitutionName.objects, Designation.objects]


def rows_of_releases():
    """Return the QuerySets of what a release's publication writes or closes."""
    from indices.models import Release, Score

    published = Release.objects.exclude(published_at=None)
    return [published, Score.objects.current(), Score.objects.filter(known_to__isnull=False)]


ACTS = {"notice": (notice, rows_of_notices), "release": (release, rows_of_releases)}


class Killer:
    """Kills its own process instead of running the statement of a number."""

    def __init__(self, number):
        self.left = number

    def __call__(self, execute, sql, params, many, context):
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1
        return execute(sql, params, many, context)


def publish_and_die(act, document, editor, number):
    """Publish until the statement of this number, or to the end, and die."""
    from django.db import connection

    from portal.models import User

    with connection.execute_wrapper(Killer(number)):
        act(document, User.objects.get(pk=editor))
    os.kill(os.getpid(), signal.SIGKILL)


def close_all():
    """Leave no connection, in use or in the pool, that a child would share."""
    from django.db import connection

    connection.close()
    if connection.vendor == "postgresql":
        connection.close_pool()


def main(which, document, editor):
    """Kill one child after another until one has committed, and print what each left."""
    import django

    django.setup()
    # Loaded once here, or each child loads the dictionaries of pinyin for itself.
    import_module("portal.names").pinyin_slug(NAME)
    from portal.models import Change

    act, rows = ACTS[which]

    def written():
        return [query.count() for query in (*rows(), Change.objects)]

    told, nothing = [], written()
    for number in range(MOST):
        close_all()
        child = os.fork()
        if child == 0:
            try:
                publish_and_die(act, int(document), int(editor), number)
            finally:
                os._exit(1)
        _, ended = os.waitpid(child, 0)
        told.append([os.WTERMSIG(ended), written()])
        if told[-1][1] != nothing:
            break
    close_all()
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
