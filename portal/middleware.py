"""What surrounds every answer: the Content-Security-Policy of each area, and deletions that are refused."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.contrib import messages
from django.db.models import ProtectedError
from django.http import HttpResponseRedirect

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


class ProtectedDeletionMiddleware:
    """Say at the desk why something cannot be deleted, where Wagtail's views let the error through.

    Wagtail warns of uses that its reference index knows; of the others (a place's districts, what an
    account has published) the database speaks first.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        """Lead back to the page that asked for the deletion, with the uses that stand against it."""
        asked = request.method == "POST" and request.path_info.startswith(DESK_PREFIX)
        if not asked or not isinstance(exception, ProtectedError):
            return None
        kinds = sorted({str(used._meta.verbose_name) for used in exception.protected_objects})
        messages.error(
            request,
            f"没有删除：还有记录要用到它（{'、'.join(kinds)}）。"
            "不再使用的账号请停用，其他内容请先改掉这些记录。",
        )
        return HttpResponseRedirect(request.get_full_path())
