"""Who may do what with releases at the desk, and the draft that an address names as its editor saw it."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from wagtail.permission_policies import ModelPermissionPolicy

from indices.models import Release

policy = ModelPermissionPolicy(Release)


def require(request, act):
    """Refuse an account that has not the permission `act` (add, change, delete, publish, view) on releases."""
    if not policy.user_has_permission(request.user, act):
        raise PermissionDenied


def release_for(request, pk, act="change"):
    """Return the release with what its screens show of other rows; refuse an account without the permission."""
    require(request, act)
    rows = Release.objects.select_related(
        "edition__index", "replaces", "replaced_by", "published_by", "created_by"
    )
    return get_object_or_404(rows, pk=pk)


def number_told(request, name):
    """Return the number that the editor's form carries; a form without it is a bad request."""
    given = request.POST.get(name, "")
    if not (given.isascii() and given.isdigit() and len(given) <= 18):
        raise BadRequest("表单不完整，请重新打开这次发布。")
    return int(given)


def as_seen(request, release):
    """Return `release` with the version that the editor's form carries, so that a later one is noticed."""
    release.version = number_told(request, "version")
    return release


def address(release, name="edit"):
    """Return the address of a screen of this release."""
    return reverse(f"release:{name}", args=[release.pk])


def trail(release=None, last=None):
    """Return the path of links above a screen of this release."""
    steps = [{"url": reverse("release:index"), "label": "数据发布"}]
    if release is not None:
        steps.append({"url": address(release), "label": called(release)})
    if last:
        steps.append({"url": "", "label": last})
    return steps


def called(release):
    """Return what the desk calls a release: edition, nature, number."""
    return f"{release}·{release.pk}"
