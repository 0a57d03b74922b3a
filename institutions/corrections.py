"""What was put right or taken back in the register: notices, merges of the desk, declarations that it is complete.

A notice that corrects another gives no reason beside its own text; a withdrawal always gives one. Why a
declaration of completeness was taken back is the desk's own note and is not told.
"""

from django.db.models import Q
from django.urls import reverse

from institutions.models import Coverage, Institution, Merge, Notice
from institutions.noticetext import privacy
from portal.corrections import Told, register
from portal.models import Change
from portal.references import Target, format_reference


def register_all():
    """Teach the kernel this floor's kinds; called once when the app is ready."""
    register("notice", "通知", rows=_notices, tell=_tell_notice)
    register("merge", "机构合并", rows=_merges, tell=_tell_merge)
    register("coverage", "收录完整声明", rows=_coverages, tell=_tell_coverage)


def _notices():
    rows = Notice.objects.published()
    rows = rows.filter(Q(replaces__isnull=False) | Q(withdrawn_at__isnull=False))
    return rows.select_related("replaces").defer(
        "text", "warnings", "stated_counts", "replaces__text"
    )


def _tell_notice(notice, act):
    title, url = privacy.mask(notice.title), notice.get_absolute_url()
    if act == Change.Act.WITHDRAW:
        return Told(title, url, reason=privacy.mask(notice.reason))
    replaced = notice.replaces
    earlier = Target(privacy.mask(replaced.title), replaced.get_absolute_url())
    return Told(title, url, replaces=format_reference("notice", replaced.pk), earlier=earlier)


def _merges():
    """Return the merges that were undone, of institutions that readers can see."""
    seen = Institution.objects.public().order_by().values("pk")
    rows = Merge.objects.filter(undone_by__isnull=False, part__in=seen, whole__in=seen)
    return rows.select_related("part", "whole", "undone_by")


def _tell_merge(merge, act):
    return Told(
        f"{merge.part.name}并入{merge.whole.name}",
        reverse("institution_history", args=[merge.part.code]),
        reason=privacy.mask(merge.undone_by.source_words),
    )


def _coverages():
    return Coverage.objects.select_related("kind__scheme", "area")


def _tell_coverage(coverage, act):
    days = f"{coverage.valid_from:%Y-%m-%d}起"
    if coverage.valid_to is not None:
        days += f"，至{coverage.valid_to:%Y-%m-%d}"
    return Told(f"{coverage.kind}，{coverage.area.name}：{days}收录完整")
