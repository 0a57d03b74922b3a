"""Who may do what with notices at the desk, and the draft that an address names as its editor saw it."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from wagtail.permission_policies import ModelPermissionPolicy

from institutions.models import Notice

policy = ModelPermissionPolicy(Notice)


def require(request, act):
    """Refuse an account that has not the permission `act` (add, change, delete, publish, view) on notices."""
    if not policy.user_has_permission(request.user, act):
        raise PermissionDenied


def notice_for(request, pk, act="change"):
    """Return the notice with what its screens show of other rows; refuse an account without the permission."""
    require(request, act)
    rows = Notice.objects.select_related(
        "issuer", "scheme", "area__parent__parent", "replaces", "published_by"
    )
    return get_object_or_404(rows, pk=pk)


def as_seen(request, notice):
    """Return `notice` with the version that the editor's form carries, so that a later one is noticed."""
    seen = request.POST.get("version", "")
    if not (seen.isascii() and seen.isdigit() and len(seen) <= 9):
        raise BadRequest("表单不完整，请重新打开这份通知。")
    notice.version = int(seen)
    return notice


def address(notice, name="edit", *args):
    """Return the address of a screen of this notice."""
    return reverse(f"notice:{name}", args=[notice.pk, *args])


def trail(notice=None, last=None):
    """Return the path of links above a screen of this notice."""
    steps = [{"url": reverse("notice:index"), "label": "通知"}]
    if notice is not None:
        steps.append({"url": address(notice), "label": notice.title})
    if last:
        steps.append({"url": "", "label": last})
    return steps
