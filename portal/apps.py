"""The portal app: registers its system checks, its API and the desk's date fields, and installs the database guards
after migrations."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "门户基础"

    def ready(self):
        from portal import checks, guards, indexing, widgets  # noqa: F401  (importing registers the checks)
        from portal.api import changes, corrections, places
        from portal.opendata import own as owndatasets

        widgets.use_in_forms_of_models()

        guards.connect(self)
        places.register_all()
        changes.register_all()
        corrections.register_all()
        owndatasets.register_all()
        indexing.register_all()
