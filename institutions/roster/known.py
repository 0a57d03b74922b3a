"""What the register holds when a roster is compared with it, at hand in memory: no query for each row."""

from collections import defaultdict

from institutions.knownnames import city_of, matcher
from institutions.models import Designation, Institution, InstitutionName, Kind
from portal.models import Place
from portal.names import fold

_DEPTH = 3


class Held:
    """Institutions, their periods and names, the kinds of `scheme` and the places inside `area`."""

    def __init__(self, scheme, area):
        self.area = area
        self.matcher = matcher()
        self.city = city_of(area)
        self.by_code = {row.code: row for row in Institution.objects.select_related("place")}
        self._periods = defaultdict(set)
        periods = Designation.objects.current().filter(kind__scheme=scheme).order_by()
        for institution, kind, *days in periods.values_list(
            "institution", "kind", "valid_from", "valid_to"
        ):
            self._periods[institution, kind].add(tuple(days))
        self._keys = defaultdict(set)
        names = InstitutionName.objects.current().order_by().values_list("institution", "key")
        for institution, key in names:
            self._keys[institution].add(key)
        self._kinds = self._kinds_of(scheme)
        self._places = self._places_in(area)

    @staticmethod
    def _kinds_of(scheme):
        found = {}
        for kind in Kind.objects.filter(scheme=scheme).select_related("scheme"):
            words = {kind.code, fold(kind.name), fold(str(kind)), *kind.printed_keys}
            found.update(dict.fromkeys(words, kind))
        return found

    @staticmethod
    def _places_in(area):
        """Return {code or folded name: [places]} of `area` and everything inside it."""
        inside, level = [area], [area]
        for _ in range(_DEPTH):
            level = list(Place.objects.filter(parent__in=level))
            inside += level
        found = defaultdict(list)
        for place in inside:
            for word in {place.code, place.name_key, place.short_name_key} - {""}:
                found[word].append(place)
        return found

    def kind(self, words):
        """Return the kind that these words name, or None."""
        return self._kinds.get(words) or self._kinds.get(fold(words))

    def places(self, words):
        """Return the places inside the area that these words, a code or a name, may mean."""
        return self._places.get(words) or self._places.get(fold(words)) or []

    def bears(self, institution, name):
        """Return whether `name` is or was a name of this institution."""
        return fold(name) in self._keys[institution.pk]

    def period_at(self, institution, kind, first, last):
        """Return what the register holds for these days: "same", "other" (a period that meets them), or None."""
        periods = self._periods.get((institution.pk, kind.pk), ())
        if (first, last) in periods:
            return "same"
        met = any(
            (end is None or first is None or first <= end)
            and (last is None or start is None or start <= last)
            for start, end in periods
        )
        return "other" if met else None
