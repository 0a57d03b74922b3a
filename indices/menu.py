"""The entry of the desk's menu that leads to the import of scores, for whoever may draft a release."""

from django.urls import reverse
from wagtail.admin.menu import MenuItem

from indices.loading import ScoresImporter

_importer = ScoresImporter()


class ImportMenuItem(MenuItem):
    """Shown to those whose import would be taken."""

    def is_shown(self, request):
        return _importer.allowed(request.user)


def import_item(order):
    """Return the entry, at this place of the menu."""
    address = reverse(_importer.name)
    return ImportMenuItem(
        _importer.title, address, name="indices-import", icon_name=_importer.icon, order=order
    )
