"""Registers this floor's screens, the desk's style sheet, and what the desk does without."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.telepath import register
from wagtail.admin.ui.sidebar import BaseSidebarAdapter, MainMenuModule
from wagtail.admin.views.account import AvatarSettingsPanel

from portal.accounts import AvatarForm, shown_name
from portal.viewsets import VIEWSETS

# Wagtail's help leads to its own site in English.
UNUSED_MENU_ITEMS = {"help"}
# The site's address is set when it is founded; changing it here would take the site away.
UNUSED_SETTINGS = {"sites"}


class NamedMainMenuAdapter(BaseSidebarAdapter):
    """The sidebar with the whole name of the account, where Wagtail shows the given name alone."""

    js_constructor = "wagtail.sidebar.MainMenuModule"

    def js_args(self, menu):
        items, account_items, account = menu.js_args()
        name = shown_name(menu.user)
        return [items, account_items, {**account, "name": name}]


register(NamedMainMenuAdapter(), MainMenuModule)

# Wagtail has a setting for the forms of pictures and of accounts, and none for this one.
AvatarSettingsPanel.form_class = AvatarForm


@hooks.register("register_admin_viewset")
def screens():
    return VIEWSETS


@hooks.register("insert_global_admin_css")
def desk_style():
    return format_html('<link rel="stylesheet" href="{}">', static("portal/desk.css"))


@hooks.register("construct_main_menu")
def leave_out_unused(request, items):
    items[:] = [item for item in items if item.name not in UNUSED_MENU_ITEMS]


@hooks.register("construct_settings_menu")
def leave_out_unused_settings(request, items):
    items[:] = [item for item in items if item.name not in UNUSED_SETTINGS]
