"""Registers this floor's screens and addresses at the desk; knows nothing itself."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from institutions.review.listing import NoticeViewSet
from institutions.roster import RosterImporter
from institutions.roster.menu import roster_item
from institutions.viewsets import CHOOSERS, SCREENS
from portal.importing import import_addresses


class RegisterGroup(ViewSetGroup):
    """定点机构 in the desk's menu, and what stands under it."""

    menu_label = "定点机构"
    menu_icon = "clipboard-list"
    menu_order = 40
    items = [NoticeViewSet(), *SCREENS]

    def get_submenu_items(self):
        # The places count from 1 and equal ones keep their order: right below the notices.
        return [*super().get_submenu_items(), roster_item(order=1)]


@hooks.register("register_admin_viewset")
def screens():
    return [RegisterGroup(), *CHOOSERS]


@hooks.register("register_admin_urls")
def addresses():
    return import_addresses("institutions/roster/", RosterImporter())
