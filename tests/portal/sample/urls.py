"""The portal's addresses, and those of the sample's import."""

from django.urls import include, path
from wagtail.admin.auth import require_admin_access
from wagtail.utils.urlpatterns import decorate_urlpatterns

from portal.importing import import_addresses
from portal.urls import urlpatterns as portal_patterns
from tests.portal.sample.importing import OrganisationImporter

urlpatterns = [
    path(
        "admin/",
        include(
            decorate_urlpatterns(
                import_addresses("organisations-import/", OrganisationImporter()),
                require_admin_access,
            )
        ),
    ),
    *portal_patterns,
]
