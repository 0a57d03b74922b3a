"""What every address of the API does, whatever it gives."""

import pytest

from portal.api import AddressThrottle

pytestmark = pytest.mark.django_db
PATH = "/api/v1/places/"


def statuses(client, *forwarded, method="get"):
    ask = getattr(client, method)
    return [ask(PATH, headers={"X-Forwarded-For": hops}).status_code for hops in forwarded]


def test_behind_a_proxy_each_client_has_its_own_limit(client, settings, monkeypatch):
    """What stands before the proxy's own word is the client's claim, and makes nobody another one."""
    monkeypatch.setattr(AddressThrottle, "rate", "2/min")
    settings.BEHIND_PROXY = True
    one = ("192.0.2.1", "198.51.100.1, 192.0.2.1", "198.51.100.2, 192.0.2.1")
    assert statuses(client, *one) == [200, 200, 429]
    assert statuses(client, "192.0.2.2", "2001:db8::1", "2001:db8::2", "2001:db8::3") == [
        200,
        200,
        200,
        429,
    ]


def test_without_a_proxy_nobody_is_who_the_header_says(client, monkeypatch):
    monkeypatch.setattr(AddressThrottle, "rate", "2/min")
    assert statuses(client, "192.0.2.1", "192.0.2.2", "192.0.2.3") == [200, 200, 429]


@pytest.mark.parametrize("method", ["head", "options", "post"])
def test_every_method_counts(client, monkeypatch, method):
    monkeypatch.setattr(AddressThrottle, "rate", "2/min")
    statuses(client, "192.0.2.1", "192.0.2.1", method=method)
    refused = client.get(PATH)
    assert (refused.status_code, refused["Cache-Control"]) == (429, "no-store")
    assert 0 < int(refused["Retry-After"]) <= 60
