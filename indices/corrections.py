"""What was put right in the indices: releases that correct earlier scores, each with the reason that readers see."""

from django.urls import reverse

from indices.models import Edition, Release
from portal.corrections import Told, register
from portal.models import Change
from portal.references import Target, format_reference


def register_all():
    """Teach the kernel this floor's kind; called once when the app is ready."""
    register("release", "指数数据", rows=_releases, tell=_tell)


def _releases():
    """Return the published releases of editions that readers can see."""
    rows = Release.objects.published().filter(
        edition__in=Edition.objects.public().order_by().values("pk")
    )
    return rows.select_related("edition__index").defer("edition__method")


def _tell(release, act):
    reason = release.reason if act == Change.Act.WITHDRAW else release.explanation
    told = {"title": str(release.edition), "url": _page(release, release.pk), "reason": reason}
    if release.replaces_id is None:
        return Told(**told)
    # Of the same edition, and published before it was replaced.
    earlier = Target(f"{release.edition}的先前发布", _page(release, release.replaces_id))
    replaces = format_reference("release", release.replaces_id)
    return Told(**told, replaces=replaces, earlier=earlier)


def _page(release, pk):
    edition = release.edition
    return reverse("release", args=[edition.index.code, edition.code, pk])
