"""The portal app: registers its system checks and installs the database guards after migrations."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "门户基础"

    def ready(self):
        from portal import checks, guards  # noqa: F401  (importing registers the checks)

        guards.connect(self)
