"""Direct answers of the register: one institution's status today, and how many are designated in a place.

Both ask what the institution's page and the finder ask. An institution answers only to a whole name or code:
what may be another one's name (a branch, a namesake) gets no answer.
"""

import re

from django.utils import timezone

from institutions.checking import known_of
from institutions.filters import RegisterFilter
from institutions.finding import Bearer, gathered
from institutions.models import Institution, InstitutionName
from institutions.pages.kindstates import kinds_told, states_of
from institutions.pages.questions import CHECK, address, kinds_offered
from institutions.register.counting import whole_of
from institutions.register.lineage import wholes
from portal.models import Place
from portal.names import fold
from portal.search.answering import DirectAnswer, parts_of, words_in
from portal.search.placenames import places_named
from portal.search.regions import regions_of
from portal.search.tokens import flat

STYLES = ("portal/register.css", "portal/check.css")
# What one adds to an institution's name to ask for its status.
_ASKED = re.compile(
    "(?:(?:现在|目前)?(?:是不是|是否|算不算|还是|属于|是|算)?(?:工伤保险|工伤|医保)?"
    "(?:定点资格|定点医疗机构|定点医院|定点机构|定点|资格)?[吗么呢]?)$"
)
# Another building or branch than the one that bears the name.
_BRANCH = re.compile("(?:院|院区|分部|门诊|门诊部|中心|店|站)$")
_COUNTED = (
    "定点",
    "定点机构",
    "定点医院",
    "定点医疗机构",
    "机构",
    "医院",
    "几家",
    "多少家",
    "家",
    "数量",
    "总数",
    "名单",
    "有哪些",
    "多少",
)
_MARK = "定点"
_BREAKS = re.compile(r"[\s,，;；?？!！、。\"“”「」]+")
_MOST_WORDS = 6


def answer_status(typed, _vocabulary):
    """Return today's answers for the one institution that is named; None where it is not certain which."""
    today = timezone.localdate()
    meant = _named(typed, today)
    if meant is None:
        return None
    kinds = kinds_offered()
    known = known_of([meant.pk], [kind.pk for kind in kinds])
    by_part = wholes(known.merges, today)
    told = kinds_told(known.register)
    heard = set().union(
        *(keys for row, keys in told.items() if meant.pk in (row, whole_of(row, by_part)))
    )
    offered = [kind for kind in kinds if kind.pk in heard]
    states = [
        (state, address(CHECK, meant.code, state.kind.code, today))
        for state in states_of(known, meant.pk, offered, today)
    ]
    given = {"institution": meant, "states": states, "today": today}
    return DirectAnswer("institutions/status_answer.html", given, STYLES)


def _named(typed, today):
    """Return the institution, as named today, that the query or one word of it names; None where unsure."""
    words = list(filter(None, _BREAKS.split(typed)))[:_MOST_WORDS]
    bare = [_bare(word) for word in words]
    borne = _bearers({typed, *words, *bare})
    for names in ([typed], words, bare):
        keys = [key for key in map(fold, names) if key in borne]
        if keys:
            found = gathered([bearer for key in keys for bearer in borne[key]], today)
            others = [word for word in bare if fold(word) not in borne]
            if len(found) == 1 and (names == [typed] or _agree(found[0].institution, others)):
                return found[0].institution
            return None
    return None


def _bearers(names):
    """Return {key: [bearers]} of the public institutions that exactly bear these names or codes; two queries."""
    keys = {fold(name) for name in names} - {""}
    public = Institution.objects.public()
    borne = (
        InstitutionName.objects.known().filter(key__in=keys, institution__in=public).order_by("pk")
    )
    coded = public.filter(code__in=keys).order_by()
    found = {}
    for key, pk, name in [
        *coded.values_list("code", "pk", "name"),
        *borne.values_list("key", "institution", "name"),
    ]:
        found.setdefault(key, []).append(Bearer(pk, name, exact=True))
    return found


def _bare(word):
    """Return a word without what is said behind a name to ask for its status."""
    return _ASKED.sub("", word)


def _agree(institution, others):
    """Say whether the other words leave it at this institution: no branch, and no place but its own."""
    if any(_BRANCH.search(word) for word in others):
        return False
    named = places_named({flat(word).strip() for word in others} - {""})
    if not named:
        return True
    within = regions_of([institution.place_id]).get(institution.place_id, ())
    codes = {code for code, _ in within}
    keys = set().union(*named.values())
    return all(
        codes & set(Place.objects.filter(pk__in=keys & of_name).values_list("code", flat=True))
        for of_name in named.values()
    )


def answer_count(typed, _vocabulary):
    """Return today's counts of a kind, or of a scheme, in the one place that is named; None where unsure."""
    if _MARK not in flat(typed):
        return None
    kinds = kinds_offered()
    places, names = places_named(parts_of(typed)), _names_of(kinds)
    used = words_in(typed, {*places, *names, *_COUNTED})
    if used is None:
        return None
    named = [places[word] for word in used if word in places]
    told = [word for word in used if word in names]
    # 医院 can be the name of a kind, and how one calls what is counted.
    kind, scheme = _meant(kinds, names, told)
    if scheme is None:
        kind, scheme = _meant(kinds, names, [word for word in told if word not in _COUNTED])
    if len(named) != 1 or len(named[0]) != 1 or scheme is None:
        return None
    asked = RegisterFilter(
        scheme=scheme, kind=kind, district=Place.objects.get(pk=named[0].pop()), kinds=tuple(kinds)
    )
    counts = asked.counts()
    if not counts.total.designations:
        return None
    given = {"asked": asked, "counts": counts, "finder": f"/institutions/?{asked.query()}"}
    return DirectAnswer("institutions/count_answer.html", given, STYLES)


def _names_of(kinds):
    """Return {word (flat form): primary keys of the kinds that it can mean}."""
    names = {}
    for kind in kinds:
        scheme = kind.scheme.name
        shorter = {scheme.removesuffix(_MARK), scheme.removesuffix(f"保险{_MARK}")}
        called = {scheme, *shorter, kind.name, f"{kind.name}机构", *kind.printed_names.splitlines()}
        for name in called:
            word = flat(name).strip()
            if len(word) > 1 and word != _MARK:
                names.setdefault(word, set()).add(kind.pk)
    return names


def _meant(kinds, names, told):
    """Return (kind, scheme) that all the words together mean; None for what they leave open."""
    keys = set.intersection(*(names[word] for word in told)) if told else set()
    fitting = [kind for kind in kinds if kind.pk in keys]
    schemes = {kind.scheme_id: kind.scheme for kind in fitting}
    if len(schemes) != 1:
        return None, None
    return (fitting[0] if len(fitting) == 1 else None), next(iter(schemes.values()))
