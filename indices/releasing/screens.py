"""The page of one release: a draft with its differences and what stands against it, or a published one."""

from django.http import Http404
from django.shortcuts import render
from wagtail.log_actions import registry

from indices.models import Release
from indices.publishing import problems_of
from indices.releasing.access import called, policy, trail
from indices.releasing.checks import short_report
from indices.releasing.differing import ACTS, differences, in_order, lines_by_act, overtaken
from indices.releasing.forms import HeadForm
from portal.accounts import shown_name
from portal.figures import quoted_by
from portal.paging import page_of
from portal.references import format_reference

_PER_PAGE = 100
_OVERTAKEN_SHOWN = 50
_CONFLICTS_SHOWN = 20
_LOG_SHOWN = 20


def last_published(edition):
    """Return the number of the edition's last published release, 0 before the first: what an editor has seen."""
    rows = Release.objects.filter(edition=edition, published_at__isnull=False)
    return rows.order_by("-published_at", "-pk").values_list("pk", flat=True).first() or 0


def show(request, template, release, last, **context):
    """Answer with one of the screens of a release; `last` names it in the path above, None for its own page."""
    context |= {
        "release": release,
        "edition": release.edition,
        "header_title": last or called(release),
        "header_icon": "doc-full",
        "breadcrumbs_items": trail(release, last),
    }
    return render(request, f"indices/admin/{template}.html", context)


def show_draft(request, release, *, form=None):
    """Answer with the page of a draft; `form` is its head as it was sent, when that was refused."""
    passed, number = overtaken(release, _OVERTAKEN_SHOWN)
    report = short_report(release)
    head = form or HeadForm(instance=release, for_user=request.user)
    context = {
        "form": head,
        "overtaken": passed,
        "overtaken_count": number,
        "standing": last_published(release.edition),
        "problems": () if passed else problems_of(release),
        "report": report,
        "conflicts": report.conflicts[:_CONFLICTS_SHOWN] if report else (),
        "author": shown_name(release.created_by),
        **_rows(request, release),
        **_rights(request),
    }
    return show(request, "release_draft", release, None, **context)


def show_published(request, release):
    """Answer with the page of a published release: what it changed, its log, the way to undo it."""
    context = {
        "publisher": shown_name(release.published_by),
        "author": shown_name(release.created_by),
        "successor": getattr(release, "replaced_by", None),
        "stories": quoted_by(format_reference("release", release.pk)),
        "entries": registry.get_logs_for_instance(release).select_related("user")[:_LOG_SHOWN],
        **_rows(request, release),
        **_rights(request),
    }
    return show(request, "release_published", release, None, **context)


def counts_of(release):
    """Return [(act, its words, number of lines)] of a release."""
    return [(act, ACTS[act], lines.count()) for act, lines in lines_by_act(release).items()]


def _rows(request, release):
    """Return the counts by act and one page of differences, of all acts or of the one that is asked for."""
    by_act = lines_by_act(release)
    counts = counts_of(release)
    act = request.GET.get("show", "")
    if act and act not in by_act:
        raise Http404
    lines = by_act[act] if act else release.lines.all()
    page = page_of(request, in_order(lines), _PER_PAGE)
    return {
        "counts": counts,
        "total": sum(number for *_, number in counts),
        "act": act,
        "page": page,
        "differences": differences(release, list(page.object_list)),
    }


def _rights(request):
    may = policy.user_has_permission
    acts = ("change", "delete", "publish")
    return {f"may_{act}": may(request.user, act) for act in acts}
