"""The offices that issue notices, found among the organisations by their printed name, or made from it."""

from django.db import transaction
from wagtail.log_actions import log

from institutions.noticetext import read_notice
from portal.models import Organisation
from portal.names import fold, pinyin_slug

# Up to this length a text is read again to learn its office's full name; that takes some milliseconds.
_SHORT = 100_000


def issuer_named(words):
    """Return the organisation whose name or short name these words are, whatever their width; None for no or several."""
    key = fold(words or "")
    if not key:
        return None
    rows = Organisation.objects.select_related("place__parent")
    found = [row for row in rows if key in (fold(row.name), fold(row.short_name))]
    return found[0] if len(found) == 1 else None


def issuer_as_read(notice):
    """Return the full name of the office as the notice's text tells it, else as it is printed; '' without."""
    read = read_notice(notice.text).issuer if len(notice.text) <= _SHORT else None
    return read or notice.issuer_as_printed


@transaction.atomic
def found_issuer(name, notice, *, by):
    """Give the draft `notice` the office of this name, making the organisation when there is none.

    It lies in the area of the notice. Raises StaleVersion when the draft was saved by another meanwhile,
    ValueError without a name.
    """
    name = name.strip()
    if not fold(name):
        raise ValueError("请填写发文机关的名称。")
    notice.issuer = issuer_named(name)
    if notice.issuer is None:
        notice.issuer = Organisation(code=_free_code(name), name=name[:200], place=notice.area)
        notice.issuer.save()
        log(notice.issuer, "wagtail.create", user=by)
    notice.save()
    return notice.issuer


def _free_code(name):
    base = pinyin_slug(name, 44) or "jigou"
    code, number = base, 1
    while Organisation.objects.filter(code=code).exists():
        number += 1
        code = f"{base}-{number}"
    return code
