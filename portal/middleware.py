"""What surrounds every answer: the Content-Security-Policy of each area, and acts at the desk that are refused."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.contrib import messages
from django.db.models import ProtectedError
from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from portal.models import Busy

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


class DeskRefusalMiddleware:
    """Say at the desk why something was not done, where the views let the error through.

    A deletion: Wagtail warns of uses that its reference index knows; of the others (a place's districts,
    what an account has published) the database speaks first. An act that waited in vain for another one.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        """Lead back to the page that asked, with what stands against it; None for any other error."""
        if request.method != "POST" or not request.path_info.startswith(DESK_PREFIX):
            return None
        if isinstance(exception, Busy) or "database is locked" in str(exception):
            messages.error(request, str(Busy()))
            return HttpResponseRedirect(_page_before(request))
        if not isinstance(exception, ProtectedError):
            return None
        kinds = sorted({str(used._meta.verbose_name) for used in exception.protected_objects})
        messages.error(
            request,
            f"没有删除：还有记录要用到它（{'、'.join(kinds)}）。"
            "不再使用的账号请停用，其他内容请先改掉这些记录。",
        )
        return HttpResponseRedirect(request.get_full_path())


def _page_before(request):
    """Return the page of the desk from which this was sent; the desk's first page when it is not known."""
    before = request.headers.get("Referer", "")
    here = {request.get_host()}
    is_own = url_has_allowed_host_and_scheme(before, here, require_https=request.is_secure())
    return before if is_own else DESK_PREFIX
