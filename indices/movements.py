"""Movement between two editions: only where an editor has declared them comparable.

A smaller rank is better: from 第10 to 第7 is 上升3位. Without a declaration there is no movement, and the
reason is said instead.
"""

from dataclasses import dataclass

from indices.models import Comparability

UNDECLARED = "两版的可比性未经声明，不作升降比较。"


@dataclass(frozen=True)
class Movement:
    """How a standing moved: `delta` in places (better is positive) and `words`; or None and the `reason`."""

    delta: int | None
    words: str
    reason: str = ""

    @property
    def direction(self):
        """'up', 'down', 'same', or '' where nothing may be said."""
        if self.delta is None:
            return ""
        return "up" if self.delta > 0 else "down" if self.delta < 0 else "same"


def movement(later, earlier, declaration):
    """Return the Movement from the statement `earlier` to `later` (either may be None) under a declaration or None.

    Only ranks that are published as one number move; an interval, a tier or a membership does not.
    """
    if declaration is None:
        return Movement(None, "", UNDECLARED)
    if declaration.extent != Comparability.Extent.FULL:
        return Movement(None, "", f"{declaration.get_extent_display()}：{declaration.reason}")
    for stated, edition in ((earlier, declaration.earlier), (later, declaration.later)):
        if stated is None or stated.rank is None:
            return Movement(None, "", f"{edition.label}的位次未披露。")
    delta = earlier.rank - later.rank
    if delta == 0:
        return Movement(0, "持平")
    return Movement(delta, f"上升{delta}位" if delta > 0 else f"下降{-delta}位")


def declarations(editions):
    """Return {(earlier pk, later pk): Comparability} among these editions; one query."""
    rows = Comparability.objects.among(editions).select_related("earlier", "later")
    return {(row.earlier_id, row.later_id): row for row in rows}
