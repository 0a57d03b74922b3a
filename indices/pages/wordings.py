"""How the pages put an edition's extent and provenance into words: universe, what is held, publishers, citation."""

from django.utils import timezone

# What is counted, by the level of the places that are measured.
_COUNTED = {
    "country": "个国家和地区",
    "province": "个省份",
    "prefecture": "个城市",
    "county": "个区县",
    "zone": "个功能区",
}


def counted(edition):
    """Return the counting word and noun of what the edition measures: 个城市."""
    return _COUNTED.get(edition.place_level, "个地方")


def extent_words(edition, held):
    """Return how many places the edition measures and of how many this portal states anything."""
    what, size = counted(edition), edition.universe_size
    if size is None:
        return f"本站收录 {held} {what}，评估总数未载明"
    if held >= size:
        return f"评估 {size} {what}，本站全部收录"
    return f"评估 {size} {what}，本站收录 {held} 个"


def title_of(edition):
    """Return the report's own title, or the series with the edition's label."""
    return edition.title or str(edition)


def names_of(publishers):
    """Return the publishers' names in their order, joined; '' when none is recorded."""
    return "、".join(row.organisation.name for row in publishers)


def source_of(edition, publishers):
    """Return a short line that says where the numbers are from, for charts and cards."""
    names = names_of(publishers)
    return f"{names}《{title_of(edition)}》" if names else edition.source_words


def citation(edition, publishers, *, site, address, updated_at):
    """Return how to cite the edition's data as held here, after GB/T 7714—2015 (electronic resources).

    More than three publishers: the first three and 等. `address` is fixed to what was known at
    `updated_at`, the instant of the latest release that it includes.
    """
    names = [row.organisation.name for row in publishers]
    authors = ", ".join(names[:3]) + (", 等" if len(names) > 3 else "")
    updated, today = timezone.localdate(updated_at), timezone.localdate()
    opening = f"{authors}. " if authors else ""
    return (
        f"{opening}{title_of(edition)}[DS/OL]. {site}, {updated.year}"
        f"({updated.isoformat()})[{today.isoformat()}]. {address}"
    )
