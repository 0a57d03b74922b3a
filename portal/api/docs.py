"""The schema of the API, made from the resources as they are, and the page that explains it.

The page's interface comes whole from our own address (drf-spectacular-sidecar); its words are put into
Chinese by a script of ours, and without scripts the page leads to the schema.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from portal.api.encoding import encoded
from portal.api.formats import MEDIA_TYPES
from portal.api.problems import unknown_parameter
from portal.api.reading import Reading, conditional
from portal.api.resources import resources


class SchemaView(Reading):
    """The OpenAPI 3.1 description."""

    schema = None

    def get(self, request):
        """Return the schema as JSON; it names the codes that exist, so it is made for each request."""
        for name in request.GET:
            raise unknown_parameter(name, ())
        schema = SchemaGenerator().get_schema(request=None, public=True)
        response = HttpResponse(encoded(schema).encode(), content_type=MEDIA_TYPES["json"])
        return conditional(request, response)


@require_safe
def docs(request):
    """Show the documentation page."""
    return render(request, "portal/api_docs.html", {"resources": resources()})
