"""From a printed name to an institution, or to those among which an editor decides.

Knows what is certain and what is doubtful. A link needs a judgement that an editor made, or a name that is equal after
folding, that one institution alone bears, and that no code, city or district contradicts. Similarity never links.
"""

from collections.abc import Iterable, Iterator

from institutions.matching.anatomy import anatomy
from institutions.matching.asking import Question, tells_city
from institutions.matching.comparing import difference, may_be_one, similarity
from institutions.matching.index import CROWD, NameIndex
from institutions.matching.localities import as_locality, lies_in
from institutions.matching.values import LINKING, Candidate, Judgement, KnownName, Match
from portal.names import fold

MOST_CANDIDATES = 5
_KIND = {
    "official": "名称",
    "former": "曾用名",
    "alias": "别名",
    "short": "简称",
    "campus": "院区名",
}
# In which order candidates stand: by code, by equal name, by a name in brackets, by similarity.
_CODE, _NAME, _ALIAS, _SIMILAR = range(4)
Proposals = dict[str, tuple[int, Candidate]]


class Matcher:
    """The names of all institutions and the judgements of all editors, indexed once; then asked line by line.

    The answers do not depend on the order of either. A judgement on an institution without a name is passed over.
    """

    def __init__(self, names: Iterable[KnownName] | NameIndex, judgements: Iterable[Judgement]):
        self._index = names if isinstance(names, NameIndex) else NameIndex(names)
        self._judged: dict[str, list[tuple[str | None, str, bool]]] = {}
        for judgement in judgements:
            said = (_city_word(judgement.city), judgement.institution, judgement.same)
            self._judged.setdefault(fold(judgement.printed), []).append(said)

    def match(
        self,
        printed: str,
        *,
        resolved: str | None,
        city: str | None,
        district: str | None,
        credit_code: str | None,
        aliases: tuple[str, ...] = (),
    ) -> Match:
        """Find the institution that `printed` means.

        `resolved` is the name without a department and with the city in front, if the reader of the notice found one;
        `city` the issuer's (郑州市), `district` the line's, `aliases` the names in brackets beside the printed one.
        """
        question = Question.of(
            printed,
            resolved=resolved,
            city=city,
            district=district,
            credit_code=credit_code,
            aliases=aliases,
        )
        verdicts = self._verdicts(question)
        accepted = sorted(one for one, same in verdicts.items() if same)
        refused = {one for one, same in verdicts.items() if not same}
        if accepted:
            return self._as_judged(question, accepted)
        proposals = self._by_name(question, refused)
        for _, candidate in proposals.values():
            if candidate.certain:
                return Match(candidate, (), candidate.reason)
        for ground in (self._by_code, self._by_alias, self._by_similarity):
            for rank, candidate in ground(question, refused | proposals.keys()):
                proposals[candidate.institution] = (rank, candidate)
        return Match(None, _likeliest(proposals), _why_none(proposals, refused))

    def _verdicts(self, question: Question) -> dict[str, bool]:
        """What editors said of each institution; of the printed name before the completed one.

        A judgement without a city holds everywhere, but a bare 市人民医院 is never one in another city; what was said of
        the asked city, or of a name that tells its own, goes before. Where both were said, no wins over yes.
        """
        verdicts: dict[str, bool] = {}
        for form in reversed(question.forms):
            everywhere, here = {}, {}
            anywhere, asked = tells_city(form), _city_word(question.city)
            for city, institution, same in self._judged.get(form, ()):
                known = self._index.of_institution.get(institution)
                if known is None or (city and city != asked and not anywhere):
                    continue
                if city is None and _is_generic_elsewhere(question, form, known):
                    continue
                said = everywhere if city is None else here
                said[institution] = said.get(institution, True) and same
            if any(here.values()):
                everywhere = {one: same for one, same in everywhere.items() if not same}
            verdicts |= everywhere | here
        return verdicts

    def _as_judged(self, question: Question, accepted: list[str]) -> Match:
        holders = self._index.holding(question.code)
        reason = "编辑此前认定是同一家"
        if len(accepted) > 1:
            reason = f"编辑此前曾把这个名称认定为{len(accepted)}家不同的机构"
        elif holders and accepted[0] not in holders:
            reason = "编辑此前认定是同一家，但这次的信用代码属于另一家机构"
            accepted = [*accepted, *holders]
        else:
            linked = self._candidate(accepted[0], reason, certain=True)
            return Match(linked, (), reason)
        found = tuple(self._candidate(one, reason) for one in accepted[:MOST_CANDIDATES])
        return Match(None, found, reason)

    def _candidate(self, institution: str, reason: str, *, certain: bool = False) -> Candidate:
        name = self._index.of_institution[institution].name
        return Candidate(institution, name, reason, certain, 1.0)

    def _by_name(self, question: Question, refused: set[str]) -> Proposals:
        """Those who bear the very name; the one among them that is certain, if any is."""
        hits = self._bearers(question, question.forms)
        bearers = [
            one for one, (form, name) in hits.items() if not question.elsewhere(form, name.cities)
        ]
        holders = self._index.holding(question.code)
        if len(confirmed := [one for one in bearers if one in holders]) == 1:
            bearers = confirmed
        proposals: Proposals = {}
        for institution, (form, name) in hits.items():
            if institution in refused or _is_generic_elsewhere(question, form, name):
                continue
            doubt = self._doubt(question, form, name, bearers)
            kind = _KIND[name.kind]
            reason = "，".join(
                filter(None, ["名称相同" if kind == "名称" else f"与{kind}相同", doubt])
            )
            candidate = Candidate(institution, name.name, reason, not doubt, 1.0)
            proposals[institution] = (_NAME, candidate)
        return proposals

    def _bearers(
        self, question: Question, forms: tuple[str, ...]
    ) -> dict[str, tuple[str, KnownName]]:
        """For each institution that bears one of the forms, the form and its weightiest name of that form."""
        hits: dict[str, tuple[str, KnownName]] = {}
        for form in forms:
            for name in self._index.bearing(form):
                held = hits.get(name.institution)
                if held is None or (held[1].kind not in LINKING and name.kind in LINKING):
                    hits[name.institution] = (form, name)
        return hits

    def _doubt(self, question: Question, form: str, name: KnownName, bearers: list[str]) -> str:
        """Why an equal name is not enough to link; '' when it is."""
        holders = self._index.holding(question.code)
        if question.code and name.credit_code and fold(name.credit_code) != question.code:
            return "但登记的信用代码不同"
        if holders and name.institution not in holders:
            return "但信用代码属于另一家机构"
        if place := question.unsure_place(form, name.cities):
            return place
        if self._index.is_crowded(form):
            return f"但有{CROWD}家以上的机构用过这个名称"
        others = len(set(bearers) - {name.institution})
        if others:
            return f"但另有{others}家机构用过这个名称"
        if name.kind not in LINKING:
            return f"{_KIND[name.kind]}不能单独确定一家机构"
        said_beside = self._bearers(question, question.aliases)
        if said_beside and name.institution not in said_beside:
            return "但括注的名称属于另一家机构"
        return ""

    def _by_code(
        self, question: Question, passed_over: set[str]
    ) -> Iterator[tuple[int, Candidate]]:
        for institution in self._index.holding(question.code):
            if institution not in passed_over:
                known = self._index.of_institution[institution]
                score = max(similarity(form, fold(known.name)) for form in question.forms)
                reason = "同一信用代码，名称不同"
                yield _CODE, Candidate(institution, known.name, reason, False, score)

    def _by_alias(
        self, question: Question, passed_over: set[str]
    ) -> Iterator[tuple[int, Candidate]]:
        for institution, (form, name) in self._bearers(question, question.aliases).items():
            if institution not in passed_over and not _is_generic_elsewhere(question, form, name):
                reason = f"括注的名称“{name.name}”与其{_KIND[name.kind]}相同"
                yield _ALIAS, Candidate(institution, name.name, reason, False, 1.0)

    def _by_similarity(
        self, question: Question, passed_over: set[str]
    ) -> Iterator[tuple[int, Candidate]]:
        """The most similar names, one of each institution that is not passed over; nothing that contradicts."""
        best: dict[str, tuple[float, str, KnownName]] = {}
        for form in question.forms:
            asked = question.placed(form)
            for name in self._index.similar(asked):
                folded = fold(name.name)
                if name.institution in passed_over or folded == form:
                    continue
                if not self._may_mean(question, form, name):
                    continue
                if may_be_one(asked, anatomy(folded), name.cities):
                    score = min(similarity(form, folded), 0.99)
                    if name.institution not in best or score > best[name.institution][0]:
                        best[name.institution] = (score, form, name)
        ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
        for institution, (score, form, name) in ranked[:MOST_CANDIDATES]:
            reason = _how_similar(form, name, score)
            yield _SIMILAR, Candidate(institution, name.name, reason, False, score)

    def _may_mean(self, question: Question, form: str, name: KnownName) -> bool:
        """Whether code and city leave it open that `form` means the institution that bears `name`."""
        if name.credit_code and question.code not in {"", fold(name.credit_code)}:
            return False
        if question.elsewhere(form, name.cities):
            return False
        bare = anatomy(form)
        if bare.places or not bare.is_generic or bare.is_military:
            return True
        return lies_in(name.cities, question.city) is True


def _city_word(city: str | None) -> str | None:
    return as_locality(fold(city)).word if city else None


def _is_generic_elsewhere(question: Question, form: str, name: KnownName) -> bool:
    """Another city's 第一人民医院: the same words, and certainly not the same institution."""
    return anatomy(form).is_generic and question.elsewhere(form, name.cities)


def _how_similar(form: str, name: KnownName, score: float) -> str:
    other = "" if name.kind == "official" else f"与{_KIND[name.kind]}“{name.name}”"
    return f"{other}相似 {score:.2f}：{difference(form, fold(name.name))}"


def _likeliest(proposals: Proposals) -> tuple[Candidate, ...]:
    ranked = sorted(proposals.values(), key=lambda it: (it[0], -it[1].score, it[1].institution))
    return tuple(candidate for _, candidate in ranked[:MOST_CANDIDATES])


def _why_none(proposals: Proposals, refused: set[str]) -> str:
    grounds = {ground for ground, _ in proposals.values()}
    if _NAME in grounds:
        return "有同名机构，但不能确定是同一家，须编辑认定"
    if grounds:
        return "没有同名机构，有可能相同的机构，须编辑认定"
    if refused:
        return "编辑此前已判定与相近的机构不是同一家，没有其他相近的机构"
    return "没有同名或相近的机构"
