"""Editors at the desk at the same moment: one is first, the other is told so, and what stands is whole."""

import threading

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from indices.models import EditionDimension, Release, Score
from news.roles import Role, install_roles
from portal.models import Change
from tests.factories import PlaceFactory, UserFactory, a_site
from tests.indices.factories import EditionFactory, a_dimension, a_draft, released

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def editors():
    """Two clients of two data editors."""
    a_site()
    group = install_roles()[Role.DATA_EDITOR]
    clients = [Client(), Client()]
    for client in clients:
        user = UserFactory()
        user.groups.add(group)
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return clients


def at_once(*jobs):
    """Run the jobs at the same moment, each on a connection of its own; return what each gave or raised."""
    outcomes = [None] * len(jobs)
    together = threading.Barrier(len(jobs))

    def run(number, job):
        together.wait()
        try:
            outcomes[number] = job()
        except Exception as error:
            outcomes[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number, job)) for number, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def sent(editors, name, release, told):
    """Send the same form from both desks at once; return the status codes."""
    address = reverse(f"release:{name}", args=[release.pk])
    answers = at_once(*(lambda one=one: one.post(address, told).status_code for one in editors))
    return sorted(answers)


def test_one_draft_published_by_two(editors):
    edition = EditionFactory()
    draft = a_draft(edition, (a_dimension(edition), PlaceFactory(), {"rank": 1}))
    assert sent(editors, "publish", draft, {"version": draft.version}) == [302, 302]
    assert (Score.objects.count(), Change.objects.count()) == (1, 1)


def test_two_drafts_of_one_cell(editors):
    edition, place = EditionFactory(), PlaceFactory()
    overall = a_dimension(edition)
    released(edition, (overall, place, {"rank": 1}))
    drafts = [
        a_draft(edition, (overall, place, {"rank": rank}), explanation="勘误") for rank in (2, 3)
    ]
    jobs = [
        lambda one=one, draft=draft: (
            one.post(
                reverse("release:publish", args=[draft.pk]), {"version": draft.version}
            ).status_code
        )
        for one, draft in zip(editors, drafts, strict=True)
    ]
    # The second finds what the first has published and is shown both.
    assert sorted(at_once(*jobs)) == [200, 302]
    assert Score.objects.current().count() == 1
    assert Release.objects.published().count() == 2


def test_one_release_undone_by_two(editors):
    edition = EditionFactory()
    release = released(edition, (a_dimension(edition), PlaceFactory(), {"rank": 1}))
    sent(editors, "reverse", release, {"explanation": "读错了"})
    assert Release.objects.filter(replaces=release).count() == 1
    assert not Score.objects.current().exists()


def test_a_draft_deleted_while_it_is_published(editors):
    edition = EditionFactory()
    draft = a_draft(edition, (a_dimension(edition), PlaceFactory(), {"rank": 1}))
    first, second = editors
    outcomes = at_once(
        lambda: first.post(reverse("release:delete", args=[draft.pk])).status_code,
        lambda: (
            second.post(
                reverse("release:publish", args=[draft.pk]), {"version": draft.version}
            ).status_code
        ),
    )
    assert set(outcomes) <= {302, 404}
    published = Release.objects.published().filter(pk=draft.pk).count()
    assert Release.objects.count() == Score.objects.count() == published


def test_one_table_of_dimensions_saved_by_two(editors):
    edition = EditionFactory()
    told = {
        "version": 1,
        "root": 0,
        "form-TOTAL_FORMS": 1,
        "form-INITIAL_FORMS": 0,
        "form-0-label": "总指数",
    }
    address = reverse("edition:dimensions", args=[edition.pk])
    answers = at_once(*(lambda one=one: one.post(address, told).status_code for one in editors))
    assert sorted(answers) in ([200, 302], [302, 409])
    assert EditionDimension.objects.count() == 1
