"""The Content-Security-Policy of each area, and the other headers that every page carries."""

import pytest

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
