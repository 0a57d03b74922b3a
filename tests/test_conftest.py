"""What the suite promises to every test: no network, the migrations' rows, an empty cache."""

import socket

import pytest
from django.conf import settings
from django.core.cache import cache
from wagtail.models import Locale, Page

from tests.conftest import DistantAddressError


def test_a_distant_address_is_refused():
    with pytest.raises(DistantAddressError), socket.socket() as client:
        client.connect(("192.0.2.1", 80))
    with pytest.raises(DistantAddressError):
        socket.create_connection(("youju.example", 80))


def test_this_machine_is_within_reach():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()


# Each of these starts from the migrations' rows although the one before it has emptied the tables.
@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_the_migrations_rows_survive_a_flush(turn):
    assert Page.objects.filter(depth=1).count() == 1
    assert [locale.language_code for locale in Locale.objects.all()] == ["zh-hans"]


@pytest.mark.parametrize("turn", [1, 2])
def test_the_cache_is_empty(turn):
    assert cache.get("turn") is None
    cache.set("turn", turn)


def test_uploads_stay_out_of_the_project():
    assert settings.BASE_DIR not in settings.MEDIA_ROOT.parents
