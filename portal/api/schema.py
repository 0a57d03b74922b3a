"""How drf-spectacular learns of our addresses: each view describes itself, nothing is guessed.

Knows that the generator asks a view's schema for an operation, and that only addresses of `Reading` views
below /api/v1/ are described.
"""

from drf_spectacular.openapi import AutoSchema

PREFIX = "/api/v1/"


class Described(AutoSchema):
    """Ask the view for its operation."""

    def get_operation(self, path, path_regex, path_prefix, method, registry):
        """Return the operation as the view itself describes it."""
        return self.view.operation(registry)


def only_ours(endpoints):
    """Return the endpoints below the API's prefix that describe themselves (a hook of drf-spectacular)."""
    return [
        endpoint
        for endpoint in endpoints
        if endpoint[0].startswith(PREFIX) and isinstance(endpoint[3].cls.schema, Described)
    ]
