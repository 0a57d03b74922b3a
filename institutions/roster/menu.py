"""The entry of the desk's menu that leads to the import of a roster, for whoever may publish one."""

from django.urls import reverse
from wagtail.admin.menu import MenuItem

from institutions.roster.importer import RosterImporter

_importer = RosterImporter()


class RosterMenuItem(MenuItem):
    """Shown to those whose import would be taken."""

    def is_shown(self, request):
        return _importer.allowed(request.user)


def roster_item(order):
    """Return the entry, at this place of the menu."""
    address = reverse(_importer.name)
    return RosterMenuItem(
        _importer.title, address, name="roster", icon_name=_importer.icon, order=order
    )
