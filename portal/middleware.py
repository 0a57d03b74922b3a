"""The Content-Security-Policy of each area: strict for readers, as wide as Wagtail needs for the desk."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware

# Wagtail starts its date pickers and inline panels from inline scripts, styles its preview panel
# with attributes, and shows chosen pictures from blobs while they upload.
DESK_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
}
DESK_PREFIX = "/admin/"
SIGN_IN_PREFIXES = ("/admin/login/", "/admin/password_reset/")


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Send the settings' policy, widened under the desk but not on its sign-in pages."""

    def process_response(self, request, response):
        path = request.path_info
        if path.startswith(DESK_PREFIX) and not path.startswith(SIGN_IN_PREFIXES):
            response._csp_update = DESK_POLICY
        return super().process_response(request, response)
