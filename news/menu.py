"""Entries of the desk's menu that lead to no list, who sees them, and the short way to the front page."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from wagtail.admin.menu import MenuItem

from news.models import HomePage
from news.sections import sections_open_to


class FrontPageMenuItem(MenuItem):
    """The front page's form, for those who arrange it."""

    def is_shown(self, request):
        return request.user.has_perm("news.change_homepage")


class ImportMenuItem(MenuItem):
    """The import of a page, for whoever may begin a story somewhere."""

    def is_shown(self, request):
        return bool(sections_open_to(request.user))


def import_item():
    return ImportMenuItem(
        "从版面导入", reverse("import_page"), name="import-page", icon_name="doc-empty", order=20
    )


def front_page_item():
    return FrontPageMenuItem(
        "头版", reverse("front_page"), name="front-page", icon_name="home", order=30
    )


def edit_front_page(request):
    """Lead to the front page's form, so that the menu need not ask for its number on every screen."""
    return redirect("wagtailadmin_pages:edit", get_object_or_404(HomePage).pk)
