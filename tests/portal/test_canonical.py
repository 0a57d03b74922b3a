"""The site's one address, and the names that outlive it."""

import pytest

from portal.canonical import absolute, canonical_address, tag


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/", "https://youju.example/"),
        ("", "https://youju.example/"),
        ("/a/?page=2#b", "https://youju.example/a/?page=2#b"),
        ("/郑/", "https://youju.example/%E9%83%91/"),
        ("http://mirror.example:81/a/", "https://youju.example/a/"),
    ],
)
def test_every_path_has_one_address(settings, path, address):
    settings.PUBLIC_URL = "https://youju.example/"
    assert canonical_address(path) == address


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("/a/", "https://youju.example/a/"),
        ("b/", "https://youju.example/news/b/"),
        ("#c", "https://youju.example/news/#c"),
        (" https://other.example/ ", "https://other.example/"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("javascript:alert(1)", ""),
        ("JaVaScRiPt:alert(1)", ""),
        ("data:text/html,x", ""),
        ("http://[", ""),
    ],
)
def test_what_a_page_writes_becomes_absolute_or_nothing(written, address):
    assert absolute(written, "https://youju.example/news/") == address


@pytest.mark.parametrize(
    ("public_url", "authority", "name"),
    [
        ("https://youju.example:8443/", "", "tag:youju.example,2026:article/7"),
        ("https://new.example", "youju.example,2026", "tag:youju.example,2026:article/7"),
        ("http://[::1]:8000", "", "tag:--1,2026:article/7"),
    ],
)
def test_a_name_holds_no_path_and_outlives_a_move(settings, public_url, authority, name):
    settings.PUBLIC_URL, settings.TAG_AUTHORITY = public_url, authority
    assert tag("article", 7) == name
