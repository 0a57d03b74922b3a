"""One question to the matcher: the printed name, the ways to read it, and where it was printed.

Knows how the issuer's city or the line's district completes a bare name (市人民医院), and when a name tells its city by
itself. It hides the folding.
"""

from dataclasses import dataclass, replace

from institutions.matching.anatomy import Anatomy, anatomy
from institutions.matching.localities import as_locality, lies_in, lies_in_district, words_of
from institutions.noticetext.places import Area, full_city
from portal.names import fold


@dataclass(frozen=True, slots=True)
class Question:
    """A name as printed and its context, folded.

    `forms` are the printed name and, where it differs, the same with the city in front or without a department;
    `aliases` stand in brackets beside it.
    """

    forms: tuple[str, ...]
    aliases: tuple[str, ...]
    city: str | None
    district: str | None
    code: str

    @classmethod
    def of(
        cls,
        printed: str,
        *,
        resolved: str | None,
        city: str | None,
        district: str | None,
        credit_code: str | None,
        aliases: tuple[str, ...],
    ) -> "Question":
        """Fold what was printed; a bare 市人民医院 that nobody resolved gets the issuer's city in front."""
        city = full_city(fold(city)) if city else None
        plain = fold(printed)
        full = fold(resolved) if resolved else Area(city).resolved(plain)
        return cls(
            forms=(plain, full) if full != plain else (plain,),
            aliases=tuple(sorted({fold(alias) for alias in aliases} - {plain, full, ""})),
            city=city,
            district=fold(district) if district else None,
            code=fold(credit_code or ""),
        )

    def placed(self, form: str) -> Anatomy:
        """The parts of a form; where it names no place and nothing of its own, with the place that it must mean."""
        parts = anatomy(form)
        if parts.places or not parts.is_generic or parts.is_military or parts.level == "省":
            return parts
        place = self.district if parts.level in {"区", "县"} else self.city
        return replace(parts, places=(as_locality(place),)) if place else parts

    def elsewhere(self, form: str, cities: frozenset[str]) -> bool:
        """Whether an institution in `cities` is in another city than the one that the name or the issuer tells."""
        return not tells_city(form, cities) and lies_in(cities, self.city) is False

    def unsure_place(self, form: str, cities: frozenset[str]) -> str:
        """Why a known name equal to `form` may still be another institution's, as far as places tell; '' when not."""
        if tells_city(form, cities):
            return ""
        if self.elsewhere(form, cities):
            return f"但登记的所在地不在{self.city}"
        parts = anatomy(form)
        if parts.is_generic and not parts.is_military and not lies_in(cities, self.city):
            return "但名称没有说明是哪个城市的"
        if lies_in_district(cities, self.district) is False:
            return f"但登记的所在地不在{self.district}"
        return ""


def tells_city(form: str, cities: frozenset[str] = frozenset()) -> bool:
    """Whether the name itself says in which city or province the institution lies (and, if known, says it rightly)."""
    return any(
        place.tells_city and (not cities or place.word in words_of(cities))
        for place in anatomy(form).places
    )
