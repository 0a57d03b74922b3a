"""What holds in every test: no network, no lasting files, nothing left from another test."""

import shutil
import socket
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import caches
from django.db import connection
from django.test import TransactionTestCase, override_settings

from tests.flushing import read_tables, return_to

LOCAL = {"localhost", "127.0.0.1", "::1", "", None}


class DistantAddressError(RuntimeError):
    """A test asked for an address that is not on this machine."""


def pytest_unconfigure():
    """Remove this process's folder of the SQLite database (tests/settings.py has made it)."""
    if connection.vendor == "sqlite":
        shutil.rmtree(Path(connection.settings_dict["TEST"]["NAME"]).parent, ignore_errors=True)


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """Refuse every connection and every name that leads away from this machine."""
    connect, connect_ex, getaddrinfo = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.getaddrinfo,
    )

    def check(host):
        if host not in LOCAL:
            raise DistantAddressError(f"a test asked for {host!r}")

    def guarded(original):
        def method(self, address):
            if self.family in (socket.AF_INET, socket.AF_INET6):
                check(address[0])
            return original(self, address)

        return method

    def guarded_lookup(host, *args, **kwargs):
        check(host.decode() if isinstance(host, bytes) else host)
        return getaddrinfo(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded(connect))
        patch.setattr(socket.socket, "connect_ex", guarded(connect_ex))
        patch.setattr(socket, "getaddrinfo", guarded_lookup)
        yield


@pytest.fixture(autouse=True, scope="session")
def media_of_this_run(tmp_path_factory):
    """Uploads and renditions of the tests go into a folder of this run."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture(autouse=True, scope="session")
def committed_rows_go_with_their_test():
    """After a test that commits, return to the migrations' rows (root page, locale, rights)."""
    pristine = {}

    def set_up(cls):
        if not pristine:
            pristine.update(read_tables())

    def tear_down(self):
        return_to(pristine)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_setup", classmethod(set_up))
        patch.setattr(TransactionTestCase, "_fixture_teardown", tear_down)
        yield


@pytest.fixture(autouse=True)
def empty_caches():
    """No test sees what another has cached; query counts do not depend on the tests before."""
    ContentType.objects.clear_cache()
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture
def home(db):
    """The front page of a site with 新闻 under it and no section yet."""
    from tests.factories import a_site

    return a_site()


@pytest.fixture
def section(home):
    """One section of that site."""
    from tests.factories import a_section

    return a_section(title="民生", slug="minsheng")


@pytest.fixture
def desk(client):
    """A site with its roles; `desk(role)` is a client signed in as an account of that role."""
    from news.roles import install_roles
    from tests.factories import UserFactory, a_site

    client.home = a_site()
    groups = install_roles()

    def sign_in(role):
        client.user = UserFactory()
        client.user.groups.add(groups[role])
        client.force_login(client.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in
