"""The report of ranks in conflict: what an edition publishes against what its scores give, row by row.

For an edition as it stands, or as it would stand with a draft laid over it. Nothing is overwritten: the
published rank stays, and an editor looks at the report again.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from wagtail.permission_policies import ModelPermissionPolicy

from indices.checking import check_edition
from indices.models import Edition, Score
from indices.ranking import Outcome
from indices.releasing.access import release_for, trail
from portal.paging import page_of

_PER_PAGE = 100
# Beyond so many rows the report has a screen of its own and is not computed on others.
_SMALL = 20_000


@dataclass(frozen=True)
class Report:
    """The check of one edition: how many rows of each outcome, and [(dimension, place, verdict)] in conflict."""

    counts: dict[str, int]
    by_dimension: list
    conflicts: list

    @property
    def outcomes(self):
        """[(words, number)] in the order of Outcome."""
        return [(outcome.label, self.counts[outcome.value]) for outcome in Outcome]


def report_on(edition, release=None):
    """Return the Report on an edition, with the draft `release` laid over what stands."""
    counts = {outcome.value: 0 for outcome in Outcome}
    by_dimension, conflicts = [], []
    for checked in check_edition(edition, release=release):
        for outcome, number in checked.counts.items():
            counts[outcome] += number
        told = [checked.counts[outcome.value] for outcome in Outcome]
        by_dimension.append((checked.dimension, told))
        conflicts += [(checked.dimension, place, verdict) for place, verdict in checked.conflicts]
    return Report(counts, by_dimension, conflicts)


def short_report(release):
    """Return the Report on a draft's edition; None where it is too large to be shown beside other things."""
    held = Score.objects.current().filter(dimension__edition=release.edition).count()
    if held + release.lines.count() > _SMALL:
        return None
    return report_on(release.edition, release)


def check_draft(request, pk):
    """Show the report on an edition as it would be with this draft."""
    release = release_for(request, pk, "view")
    laid = release if release.published_at is None else None
    return _show(request, release.edition, laid, trail(release, "位次核对"))


def check_standing(request, pk):
    """Show the report on an edition as it stands."""
    if not ModelPermissionPolicy(Edition).user_has_permission(request.user, "view"):
        raise PermissionDenied
    edition = get_object_or_404(Edition.objects.select_related("index"), pk=pk)
    steps = [
        {"url": reverse("edition:index"), "label": "版次"},
        {"url": reverse("edition:edit", args=[pk]), "label": str(edition)},
        {"url": "", "label": "位次核对"},
    ]
    return _show(request, edition, None, steps)


def _show(request, edition, release, steps):
    report = report_on(edition, release)
    context = {
        "edition": edition,
        "release": release,
        "report": report,
        "headings": [outcome.label for outcome in Outcome],
        "page": page_of(request, report.conflicts, _PER_PAGE),
        "header_title": "位次核对",
        "header_icon": "tasks",
        "breadcrumbs_items": steps,
    }
    return render(request, "indices/admin/checks.html", context)
