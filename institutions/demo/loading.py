"""Loading the demonstration's register: the verbs of the desk, in the order in which an editor would act.

Knows the files of this folder. The register's first load makes everything; after that all of it is the
editors', and a second load finds its notices and changes nothing.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from institutions import covering, merging
from institutions.models import Institution, InstitutionName, Kind, Notice, NoticeLine, Scheme
from institutions.naming import set_names
from institutions.publishing import draft_correction, publish, withdraw
from institutions.review.deciding import declare_new
from institutions.review.drafting import draft_notice
from portal.models import Organisation, Place

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Loaded:
    """How many of each were made, all 0 when they stand already; and the keys that stories point at.

    `notices` are by the name of their text's file, `institutions` by their present name.
    """

    published: int = 0
    drafts: int = 0
    founded: int = 0
    notices: dict[str, int] = field(default_factory=dict)
    institutions: dict[str, int] = field(default_factory=dict)


def load(*, by):
    """Make the demonstration's register in the name of `by`; return Loaded.

    In the caller's transaction. Needs the places of the demonstration.
    """
    told = tomllib.loads((HERE / "register.toml").read_text(encoding="utf-8"))
    notices = _standing(told["notices"])
    if notices:
        return Loaded(notices=notices, institutions=_by_name())
    before = Institution.objects.count()
    _make_places(told["places"])
    _make_issuers(told["issuers"])
    for position, scheme in enumerate(told["schemes"], start=1):
        _make_scheme(position, **scheme)
    for entry in told["notices"]:
        notices[entry["file"]] = _take_in(entry, by)
    _declare(told["coverage"], by)
    _merge(told["merge"], by)
    for entry in told["institutions"]:
        _describe(**entry, by=by)
    drafts = sum(1 for entry in told["notices"] if entry.get("draft"))
    published = Notice.objects.published().count()
    founded = Institution.objects.count() - before
    return Loaded(published, drafts, founded, notices, _by_name())


def _standing(entries):
    """Return {file: key} of the demonstration's notices that are there, of a corrected one the first."""
    files = {entry["source_words"]: entry["file"] for entry in entries}
    rows = Notice.objects.filter(source_words__in=files).order_by("-pk")
    return {files[words]: key for key, words in rows.values_list("pk", "source_words")}


def _by_name():
    return dict(Institution.objects.public().order_by().values_list("name", "pk"))


def _make_places(entries):
    for entry in entries:
        parent = Place.objects.get(code=entry["parent"]) if "parent" in entry else None
        facts = {"name": entry["name"], "level": entry["level"], "parent": parent}
        Place.objects.get_or_create(code=entry["code"], defaults=facts)


def _make_issuers(entries):
    for entry in entries:
        place = Place.objects.filter(code=entry["place"]).first()
        facts = {"name": entry["name"], "place": place}
        Organisation.objects.get_or_create(code=entry["code"], defaults=facts)


def _make_scheme(position, *, code, kinds, **words):
    scheme, _ = Scheme.objects.get_or_create(code=code, defaults={**words, "position": position})
    for number, kind in enumerate(kinds, start=1):
        facts = {"name": kind["name"], "printed_names": "\n".join(kind["printed"])}
        facts |= {"scheme": scheme, "position": number}
        Kind.objects.get_or_create(code=kind["code"], defaults=facts)


def _take_in(entry, by):
    """Read one notice, decide its names, publish it, and do what became of it later; return its key."""
    text = (HERE / "notices" / f"{entry['file']}.txt").read_text(encoding="utf-8")
    notice = draft_notice(text, source_words=entry["source_words"], by=by).notice
    for name, value in entry.get("head", {}).items():
        setattr(notice, name, value)
    notice.save()
    if entry.get("draft"):
        return notice.pk
    open_lines = notice.lines.filter(decision=NoticeLine.Decision.UNDECIDED)
    for key in dict.fromkeys(open_lines.values_list("key", flat=True)):
        declare_new(notice, [key], by=by)
    publish(notice, by=by)
    if "correction" in entry:
        _correct(notice, by=by, **entry["correction"])
    if "withdrawn" in entry:
        withdraw(notice, by=by, reason=entry["withdrawn"])
    return notice.pk


def _correct(notice, *, was, line, on, by, **told):
    """Publish a correction of one line's words and day; `told["is"]` is what `was` becomes."""
    draft = draft_correction(notice, by=by)
    draft.text = draft.text.replace(was, told["is"])
    draft.save()
    wrong = draft.lines.get(number=line)
    wrong.quote, wrong.on = wrong.quote.replace(was, told["is"]), on
    wrong.save()
    publish(draft, by=by)


def _declare(told, by):
    area = Place.objects.get(code=told["area"])
    for kind in Kind.objects.filter(code__in=told["kinds"]):
        covering.declare(kind=kind, area=area, first=told["first"], basis=told["basis"], by=by)


def _merge(told, by):
    part, whole = (Institution.objects.get(name=told[name]) for name in ("part", "whole"))
    merging.merge(part, whole, on=told["on"], source_words=told["source_words"], by=by)


def _describe(*, name, by, place, names=(), **facts):
    """Write down what is known of one institution, and its other names beside the official one."""
    institution = Institution.objects.get(name=name)
    institution.place = Place.objects.get(code=place)
    for fact, value in facts.items():
        setattr(institution, fact, value)
    institution.full_clean()
    institution.save()
    if not names:
        return
    own = InstitutionName.objects.current().filter(institution=institution, line=None)
    kept = [
        InstitutionName.of(institution, row.name, kind=row.kind, source_words=row.source_words)
        for row in own
    ]
    others = [InstitutionName.of(institution, **told) for told in names]
    set_names(institution, [*kept, *others], by=by)
