"""Which institution the lines of a draft mean: asked of `institutions.matching`, one question for each name.

Knows what of a line bears on the question: its name, its district and credit code, and the city of the
notice. Lines of one notice with the same `matching_key` mean one institution, and get one answer;
where they print different districts or credit codes, nobody but an editor can say so.
"""

from dataclasses import dataclass

from institutions.creditcodes import tidy_credit_code
from institutions.knownnames import city_of, matcher
from institutions.matching import Candidate
from institutions.models import Institution, NoticeLine

_BATCH = 500


@dataclass(frozen=True)
class Proposal:
    """What is proposed for one name: `linked` when it is certain, else `candidates`, each with its reason.

    `mixed`: the lines of this name print different places or codes, so that they may be several.
    """

    linked: Candidate | None
    candidates: tuple[Candidate, ...]
    reason: str
    mixed: bool = False


def proposals(notice, lines):
    """Return {key: Proposal} for the names of these lines of `notice`; no query but the matcher's."""
    known, city = matcher(), city_of(notice.area)
    by_key = {}
    for line in lines:
        by_key.setdefault(line.matching_key, []).append(line)
    return {key: _proposal(known, city, told) for key, told in by_key.items()}


def _proposal(known, city, lines):
    districts = {line.details["district"] for line in lines if line.details.get("district")}
    codes = {code for line in lines if (code := tidy_credit_code(line.details.get("code") or ""))}
    first = lines[0]
    aliases = tuple(
        line.details[name]
        for line in lines
        for name in ("alias", "former_name")
        if line.details.get(name)
    )
    found = known.match(
        first.name,
        resolved=first.resolved_name or None,
        city=city or None,
        district=min(districts, default=None),
        credit_code=min(codes, default=None),
        aliases=tuple(dict.fromkeys(aliases)),
    )
    if len(districts) > 1 or len(codes) > 1:
        near = (found.linked,) if found.linked else ()
        reason = "同名的条目印着不同的地区或代码，可能是几家：请逐条填写完整名称。"
        return Proposal(None, near + found.candidates, reason, mixed=True)
    return Proposal(found.linked, found.candidates, found.reason)


def into_proposals(notice, lines):
    """Return {words: Proposal} for the institutions into which these lines merge others, as printed."""
    known, city = matcher(), city_of(notice.area)
    found = {}
    for words in {line.into_as_printed for line in lines if line.into_as_printed}:
        match = known.match(
            words, resolved=None, city=city or None, district=None, credit_code=None
        )
        found[words] = Proposal(match.linked, match.candidates, match.reason)
    return found


def institutions_by_code(codes):
    """Return {code: Institution with its place}; one query for each 500 codes."""
    wanted, found = sorted(set(codes)), {}
    for start in range(0, len(wanted), _BATCH):
        rows = Institution.objects.filter(code__in=wanted[start : start + _BATCH])
        found.update({row.code: row for row in rows.select_related("place")})
    return found


def link_certain(notice, lines):
    """Link those of `lines`, undecided and not saved here, whose institution is certain; return the lines changed.

    What is linked here an editor still sees, with the reason, before anything is published.
    """
    told = proposals(notice, lines)
    merged = into_proposals(notice, lines)
    certain = [one.linked for one in (*told.values(), *merged.values()) if one.linked]
    rows = institutions_by_code(candidate.institution for candidate in certain)
    changed = []
    for line in lines:
        proposal = told[line.matching_key]
        if proposal.linked and line.decision == NoticeLine.Decision.UNDECIDED:
            line.institution = rows[proposal.linked.institution]
            line.decision = NoticeLine.Decision.MATCHED
            line.decision_reason = proposal.linked.reason[:300]
            changed.append(line)
        into = merged.get(line.into_as_printed)
        if line.action == "merge" and line.into_id is None and into and into.linked:
            whole = rows[into.linked.institution]
            if whole != line.institution:
                line.into = whole
                changed.append(line)
    return list({id(line): line for line in changed}.values())
