"""Registers this floor's screens, the desk's style sheet, and what the desk does without."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks

from portal.viewsets import VIEWSETS

# Wagtail's help leads to its own site in English.
UNUSED_MENU_ITEMS = {"help"}


@hooks.register("register_admin_viewset")
def screens():
    return VIEWSETS


@hooks.register("insert_global_admin_css")
def desk_style():
    return format_html('<link rel="stylesheet" href="{}">', static("portal/desk.css"))


@hooks.register("construct_main_menu")
def leave_out_unused(request, items):
    items[:] = [item for item in items if item.name not in UNUSED_MENU_ITEMS]
