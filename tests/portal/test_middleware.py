"""The Content-Security-Policy of each area, and the other headers that every page carries."""

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import OperationalError, transaction

from portal.middleware import DeskRefusalMiddleware
from portal.models import Busy, Change, Place, User
from tests.factories import PlaceFactory, UserFactory

STRICT = {
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "font-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'self'",
    "frame-src https://player.bilibili.com https://v.qq.com",
    "img-src 'self' data:",
    "manifest-src 'self'",
    "media-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
}
DESK = STRICT - {
    "frame-src https://player.bilibili.com https://v.qq.com",
    "img-src 'self' data:",
    "script-src 'self'",
    "style-src 'self'",
} | {
    "frame-src https://player.bilibili.com https://v.qq.com 'self'",
    "img-src 'self' data: blob:",
    "script-src 'self' 'unsafe-inline'",
    "style-src 'self' 'unsafe-inline'",
}


def policy(response):
    return set(response["Content-Security-Policy"].split("; "))


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/healthz", "/admin/login/", "/no-such-page/"])
def test_readers_and_the_sign_in_page_get_the_strict_policy(client, path):
    assert policy(client.get(path)) == STRICT


@pytest.mark.django_db
def test_the_desk_gets_what_wagtail_needs(admin_client):
    assert policy(admin_client.get("/admin/")) == DESK


@pytest.mark.django_db
def test_every_page_carries_the_other_headers(client):
    response = client.get("/healthz")
    assert {name: response[name] for name in ("X-Content-Type-Options", "X-Frame-Options")} == {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
    assert response["Permissions-Policy"].startswith("camera=(), ")
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"


@pytest.mark.django_db
def test_what_is_still_used_cannot_be_deleted_and_the_desk_says_why(admin_client):
    city = PlaceFactory()
    # As `load_places` writes them, past Wagtail's index of references.
    Place.objects.bulk_create([Place(code="410102", name="中原区", level="county", parent=city)])
    address = f"/admin/place/delete/{city.pk}/"
    response = admin_client.post(address, follow=True)
    assert (response.redirect_chain, Place.objects.count()) == ([(address, 302)], 2)
    assert "没有删除：还有记录要用到它（地方）。" in response.content.decode()


@pytest.mark.django_db
def test_an_account_that_has_published_stays(admin_client):
    user = UserFactory()
    with transaction.atomic():
        Change.objects.record(act=Change.Act.UPDATE, reference="article:1", by=user)
    address = f"/admin/users/delete/{user.pk}/"
    response = admin_client.post(address, follow=True)
    assert response.redirect_chain == [(address, 302)]
    assert "没有删除：还有记录要用到它（变更）。" in response.content.decode()
    assert User.objects.filter(pk=user.pk).exists()


@pytest.mark.parametrize("error", [Busy(), OperationalError("database is locked")])
@pytest.mark.parametrize(
    ("before", "led_to"),
    [
        ("http://testserver/admin/notice/", "http://testserver/admin/notice/"),
        ("https://x.example/", "/admin/"),
    ],
)
def test_an_act_that_waited_in_vain_leads_back_and_says_so(rf, error, before, led_to):
    request = rf.post("/admin/notice/publish/1/", HTTP_REFERER=before)
    request._messages = CookieStorage(request)
    response = DeskRefusalMiddleware(None).process_exception(request, error)
    assert (response.status_code, response["Location"]) == (302, led_to)
    assert [str(message) for message in request._messages] == [str(Busy())]


def test_other_errors_of_the_desk_stay_errors(rf):
    middleware = DeskRefusalMiddleware(None)
    assert middleware.process_exception(rf.post("/admin/"), OperationalError("disk full")) is None
    assert middleware.process_exception(rf.get("/admin/"), Busy()) is None
    assert middleware.process_exception(rf.post("/news/"), Busy()) is None
