"""The large-text mode (适老版): a reader's choice, kept in a cookie, working without scripts.

The choice lives in a stylesheet of its own, not in the pages: every page is the same for every reader and
may be kept by any cache, the cookie is read only where /display.css is answered, and that answer is private.
"""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.parameters import BadParameter

COOKIE = "display"
YEAR = 60 * 60 * 24 * 365

# Every length of the pages is in rem, and their columns ask for rem too, so one rule enlarges all: text
# of 18 px becomes 25 px, more than the 18 pt that the rules for the elderly's sites ask for.
STYLES = {
    "standard": ".display-standard{display:none}",
    "large": ":root{font-size:140%}.display-large{display:none}",
}


@never_cache
@require_safe
def choose(request):
    """Remember the size asked for and lead back to `next`, if that is an address of this site."""
    size = request.GET.get("size", "")
    if size not in STYLES:
        raise BadParameter("size", " standard 或 large", size)
    wanted = request.GET.get("next", "/")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(wanted if safe else "/")
    if size == "standard":
        response.delete_cookie(COOKIE, samesite="Lax")
    else:
        response.set_cookie(
            COOKIE, size, max_age=YEAR, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
        )
    return response


@require_safe
def stylesheet(request):
    """Answer the style of this reader's size; what the cookie says is never repeated, only compared."""
    style = STYLES.get(request.COOKIES.get(COOKIE), STYLES["standard"])
    response = HttpResponse(style, content_type="text/css; charset=utf-8")
    # Browsers keep no cookie beside what they cache: they must ask each time, for these forty bytes.
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Cookie"])
    return response
