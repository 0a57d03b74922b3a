"""What of the register is found: public institutions under all their names, and notices that stand.

A notice that was withdrawn or replaced is found no more from that instant on; what was wrong in it leads nobody.
"""

from collections import defaultdict

from institutions.models import Institution, InstitutionName, Notice
from institutions.noticetext import privacy
from institutions.queryanswers import answer_count, answer_status
from portal.search import answering, kinds
from portal.search.kinds import Aspects, Kind, Result
from portal.search.regions import regions_of

# So much of a notice is read for a passage.
_LONGEST = 20_000


def register_all():
    """Let readers find this floor's kinds; called once when the app is ready."""
    kinds.register(
        Kind("institution", "定点机构", Institution.objects.public, _institutions, _of_institutions)
    )
    kinds.register(
        Kind("notice", "通知", Notice.objects.standing, _notices, _of_notices, is_titled=True)
    )
    answering.register(answer_status)
    answering.register(answer_count)


def _institutions(keys):
    names = defaultdict(list)
    known = InstitutionName.objects.known().filter(institution__in=keys).order_by("pk")
    for institution, name in known.values_list("institution", "name"):
        names[institution].append(name)
    rows = Institution.objects.filter(pk__in=keys).select_related("place__parent").order_by()
    return {str(row.pk): _institution(row, names[row.pk]) for row in rows}


def _institution(row, names):
    others = [name for name in dict.fromkeys(names) if name != row.name]
    told = [
        f"又名：{'、'.join(others)}。" if others else "",
        f"地址：{row.address}。" if row.address else "",
    ]
    where = "".join(place.name for place in (row.place and row.place.parent, row.place) if place)
    facts = tuple(filter(None, (where, row.get_level_display())))
    return Result(row.name, row.get_absolute_url(), "".join(told), facts=facts)


def _of_institutions(keys):
    seats = dict(Institution.objects.filter(pk__in=keys).order_by().values_list("pk", "place"))
    regions = regions_of(filter(None, seats.values()))
    return {str(pk): Aspects(places=regions.get(place, ())) for pk, place in seats.items()}


def _notices(keys):
    rows = Notice.objects.filter(pk__in=keys).select_related("issuer").order_by()
    return {
        str(row.pk): Result(
            privacy.mask(row.title),
            row.get_absolute_url(),
            privacy.mask(row.text)[:_LONGEST],
            row.issued_on,
            tuple(filter(None, (row.issuer.name, row.doc_number))),
        )
        for row in rows.defer("warnings", "stated_counts")
    }


def _of_notices(keys):
    rows = Notice.objects.filter(pk__in=keys).order_by().values_list("pk", "issued_on", "area")
    told = list(rows)
    regions = regions_of(area for _, _, area in told if area)
    return {
        str(pk): Aspects(year=day.year if day else None, places=regions.get(area, ()))
        for pk, day, area in told
    }
