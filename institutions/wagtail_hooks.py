"""Registers this floor's screens and addresses at the desk; knows nothing itself."""

from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from institutions.review.listing import NoticeViewSet
from institutions.roster import RosterImporter
from institutions.viewsets import CHOOSERS, SCREENS
from portal.importing import import_addresses


class RegisterGroup(ViewSetGroup):
    """定点机构 in the desk's menu, and what stands under it."""

    menu_label = "定点机构"
    menu_icon = "clipboard-list"
    menu_order = 40
    items = [NoticeViewSet(), *SCREENS]


@hooks.register("register_admin_viewset")
def screens():
    return [RegisterGroup(), *CHOOSERS]


@hooks.register("register_admin_urls")
def addresses():
    return import_addresses("institutions/roster/", RosterImporter())
