"""Which place a row of a report is about: by code, by name, by rule, or by an editor's remembered word.

Nothing is guessed: a name that fits several places, or none, stays unmatched with the reason. Hides how
names are held in memory; a file of a million rows asks the database thrice.
"""

from collections import defaultdict
from dataclasses import dataclass

from indices.models import PlaceJudgement
from portal.models import Place, PlaceName
from portal.names import fold

# What a printed name may leave out, or have beside the name in the list of places.
_ENDINGS = ("市", "省", "地区", "自治州", "盟", "县", "区")
_MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a row belongs: the place, or None with the reason in Chinese and the places that come close."""

    place: Place | None
    reason: str = ""
    candidates: tuple[Place, ...] = ()


class Places:
    """All places by code and by name, for the names that one series prints; `level` is asked first."""

    def __init__(self, index, level=""):
        self.level = level
        self._by_pk = {row.pk: row for row in Place.objects.select_related("parent")}
        self._by_code = {row.code: row for row in self._by_pk.values()}
        self._by_key = defaultdict(set)
        self._by_rule = defaultdict(set)
        for row in self._by_pk.values():
            self._by_key[row.name_key].add(row.pk)
            self._by_key[row.short_name_key].add(row.pk)
            self._add_rules(row)
        for pk, key in PlaceName.objects.order_by().values_list("place", "key"):
            self._by_key[key].add(pk)
        judged = PlaceJudgement.objects.filter(index=index).order_by()
        self._judged = dict(judged.values_list("key", "place"))
        self._asked = {}

    def find(self, *, code="", name=""):
        """Return the Placed of a row that prints this code (of a place, any case) and this name; either may be ''.

        A code decides; a name beside it that means another place contradicts it, and nothing is placed.
        """
        asked = (code, name)
        if asked not in self._asked:
            self._asked[asked] = self._find(code.strip().lower(), fold(name), name.strip())
        return self._asked[asked]

    def _find(self, code, key, name):
        by_name = self._named(key, name) if key else None
        if not code:
            return by_name or Placed(None, "没有代码，也没有名称。")
        place = self._by_code.get(code)
        if place is None:
            return Placed(None, f"没有代码为“{code}”的地方。")
        if by_name and by_name.place not in (None, place) and key not in self._keys(place):
            other = by_name.place
            return Placed(
                None, f"代码 {code} 是{place.name}，名称“{name}”却是{other.name}（{other.code}）。"
            )
        return Placed(place)

    def _named(self, key, name):
        if key in self._judged:
            return Placed(self._by_pk[self._judged[key]])
        for names in (self._by_key, self._by_rule):
            found = sorted(names.get(key, ()))
            fitting = [pk for pk in found if self._by_pk[pk].level == self.level] or found
            if len(fitting) == 1:
                return Placed(self._by_pk[fitting[0]])
            if fitting:
                candidates = tuple(self._by_pk[pk] for pk in fitting[:_MOST_SHOWN])
                words = "、".join(f"{row.name}（{row.code}）" for row in candidates)
                return Placed(None, f"“{name}”可能是：{words}，请指明是哪一个。", candidates)
        return Placed(None, f"没有名为“{name}”的地方。")

    def _keys(self, place):
        return {key for key, pks in self._by_key.items() if place.pk in pks}

    def _add_rules(self, row):
        short = row.short_name_key or row.name_key
        for ending in _ENDINGS:
            self._by_rule[short + ending].add(row.pk)
        if row.parent is not None:
            above = {row.parent.name_key, row.parent.short_name_key} - {""}
            for prefix in above:
                for own in {row.name_key, row.short_name_key} - {""}:
                    self._by_rule[prefix + own].add(row.pk)


def remember(index, name, place, *, by):
    """Keep an editor's word that in this series `name` means `place`; the later word counts."""
    PlaceJudgement.objects.update_or_create(
        index=index, key=fold(name), defaults={"name": name.strip(), "place": place, "by": by}
    )
