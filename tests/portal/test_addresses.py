import pytest
from axes.models import AccessAttempt

from portal.addresses import client_address


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "expected"),
    [
        (False, None, "192.0.2.1"),
        (False, "198.51.100.7", "192.0.2.1"),
        (True, None, "192.0.2.1"),
        (True, "198.51.100.7", "198.51.100.7"),
        (True, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (True, "203.0.113.9,", "192.0.2.1"),
        (True, "198.51.100.7:40112", "198.51.100.7"),
        (True, "[2001:db8:1:2:3:4:5:6]:40112", "2001:db8:1:2::"),
        (True, "2001:db8:1:2:ffff::9", "2001:db8:1:2::"),
        (True, "::ffff:198.51.100.7", "198.51.100.7"),
        (True, "unknown", "192.0.2.1"),
        (True, "x" * 3000, "192.0.2.1"),
    ],
)
def test_the_address_is_what_our_own_proxy_saw(rf, settings, behind_proxy, forwarded, expected):
    settings.BEHIND_PROXY = behind_proxy
    headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
    request = rf.get("/", REMOTE_ADDR="192.0.2.1", headers=headers)
    assert client_address(request) == expected


@pytest.mark.parametrize("forwarded", ["", "unknown"])
def test_behind_a_socket_nothing_is_known_without_the_proxys_word(rf, settings, forwarded):
    settings.BEHIND_PROXY = True
    request = rf.get("/", REMOTE_ADDR="", headers={"X-Forwarded-For": forwarded})
    assert client_address(request) == ""


@pytest.mark.django_db
def test_signing_in_survives_a_strange_hop(client, settings):
    settings.BEHIND_PROXY = True
    words = {"username": "nobody", "password": "wrong"}
    response = client.post("/admin/login/", words, headers={"X-Forwarded-For": "a stranger"})
    assert (response.status_code, AccessAttempt.objects.get().ip_address) == (200, "127.0.0.1")
