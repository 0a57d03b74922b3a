"""Registers this floor's screens and addresses at the desk; knows nothing itself."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from indices.grid.views import grid_addresses
from indices.loading import ScoresImporter
from indices.menu import import_item
from indices.releasing.outcomes import REVERSED
from indices.viewsets import CHOOSERS, SCREENS
from portal.importing import import_addresses


class IndexGroup(ViewSetGroup):
    """指数 in the desk's menu, and what stands under it."""

    menu_label = "指数"
    menu_icon = "order"
    menu_order = 41
    items = SCREENS

    def get_submenu_items(self):
        # The places count from 1 and equal ones keep their order: right below the releases.
        return [*super().get_submenu_items(), import_item(order=1)]


@hooks.register("register_admin_viewset")
def screens():
    return [IndexGroup(), *CHOOSERS]


@hooks.register("register_admin_urls")
def addresses():
    return [*grid_addresses(), *import_addresses("indices/import/", ScoresImporter())]


@hooks.register("insert_global_admin_css")
def desk_style():
    return format_html('<link rel="stylesheet" href="{}">', static("indices/desk.css"))


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action(REVERSED, "撤销发布", "以一份更正撤销")
