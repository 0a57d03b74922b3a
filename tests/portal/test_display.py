"""The large-text mode: chosen by a link, kept in a cookie, answered by one private stylesheet."""

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from portal.display import STYLES, stylesheet


@pytest.mark.parametrize("size", ["standard", "large"])
def test_a_choice_leads_back_and_changes_the_stylesheet(client, size):
    response = client.get("/display/", {"size": size, "next": "/news/?page=2"})
    assert (response.status_code, response["Location"]) == (302, "/news/?page=2")
    assert client.get("/display.css").content.decode() == STYLES[size]


def test_the_choice_is_kept_for_a_year_and_undone_by_standard(client):
    cookie = client.get("/display/", {"size": "large"}).cookies["display"]
    assert (cookie.value, cookie["max-age"], cookie["samesite"]) == ("large", 31_536_000, "Lax")
    cookie = client.get("/display/", {"size": "standard"}).cookies["display"]
    assert (cookie.value, cookie["max-age"]) == ("", 0)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/",
        "//example.com/",
        "javascript:alert(1)",
        "///example.com",
        "",
        "\\\\a",
    ],
)
def test_a_choice_leads_to_no_other_site(client, address):
    response = client.get("/display/", {"size": "large", "next": address})
    assert (response.status_code, response["Location"]) == (302, "/")


@pytest.mark.django_db
@pytest.mark.parametrize("size", [None, "", "huge"])
def test_an_unknown_size_is_named(client, size):
    response = client.get("/display/", {} if size is None else {"size": size})
    assert response.status_code == 400
    assert (
        f"参数 size 应为 standard 或 large，{f'收到的是“{size}”' if size else '没有填写'}。"
        in response.content.decode()
    )
    assert dict(response.cookies) == {}


@given(st.text(max_size=30))
def test_whatever_the_cookie_holds_the_stylesheet_is_one_of_two(value):
    request = RequestFactory().get("/display.css")
    request.COOKIES["display"] = value
    assert stylesheet(request).content.decode() == STYLES.get(value, STYLES["standard"])


def test_the_stylesheet_is_private_and_pages_do_not_depend_on_it(client):
    response = client.get("/display.css")
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response["Cache-Control"] == "private, no-cache"
    assert response["Vary"] == "Cookie"
    assert client.post("/display.css").status_code == 405
    assert client.post("/display/", {"size": "large"}).status_code == 405


@pytest.mark.django_db
def test_a_page_is_the_same_bytes_for_every_reader(home, client):
    standard = client.get("/").content
    client.cookies["display"] = "large"
    assert client.get("/").content == standard
