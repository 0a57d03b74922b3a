"""The indices' pages in a browser: no fault for axe in light, dark and large text, room at every width."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from indices.models import Comparability
from tests.factories import PlaceFactory, a_site
from tests.htmlcheck import valid_html
from tests.indices.factories import (
    EditionFactory,
    IndexFactory,
    a_dimension,
    a_draft,
    a_ranking,
    released,
)

LONG = "克孜勒苏柯尔克孜自治州与伊犁哈萨克自治州"
SEEN = {
    "series": (".series-one", ".scores-mark"),
    "index": (".best", ".chart-drawing", ".comparability-full", ".edition-list"),
    "edition": (
        *(".ranking .moved-same", ".ranking .unknown", ".chart-drawing", ".dimensions .depth-2"),
        *(".release-correction .changes", ".scores-citation", ".scores-demonstration"),
    ),
    "sorted": ('.ranking [aria-sort="descending"]', ".ranking .chosen"),
    "one": (".ranking",),
    "release": (".changes", ".pages"),
    "asking": (".compare-index",),
    "compared": (".ranking", ".chart-drawing", ".compare-dimensions"),
    "nothing": (".register-nothing",),
}


def a_broad_edition(index, year, places, dimensions):
    """An edition with as many dimensions, long names among them, a missing value and a correction of all."""
    edition = EditionFactory(
        index=index, year=year, unit="分", universe_size=len(places), released_on=date(year, 8, 18)
    )
    overall = a_dimension(edition, label="总体", decimals=2)
    columns = [overall]
    for number in range(1, dimensions):
        above = columns[1] if number == 2 else None
        label = f"第{number}维度：公共交通与通达程度"
        columns.append(a_dimension(edition, f"d{number}", label, above, weight=Decimal("12.5")))
    lines = [
        (column, place, {"value": Decimal(1000 - rank) / 10, "rank": rank})
        for column in columns
        for rank, place in enumerate(places, 1)
        if rank % 7 or column == overall
    ]
    released(edition, *lines)
    lines = [(overall, place, {"rank": rank}) for rank, place in enumerate(places, 1)]
    released(edition, *lines, explanation="总体得分有误，撤去")
    return edition


@pytest.fixture
def addresses(live_server):
    """Addresses of every kind of page of the indices, with all that it can hold."""
    a_site()
    index = IndexFactory(code="vitality", name="城市活力指数", is_demonstration=True)
    places = [PlaceFactory(name=f"{LONG}{n}" if n == 3 else f"第{n}市") for n in range(1, 121)]
    earlier, later = (a_broad_edition(index, year, places, 10) for year in (2019, 2020))
    Comparability.objects.create(earlier=earlier, later=later, extent="full", reason="口径未变")
    one, _ = a_ranking(EditionFactory(index__code="single", year=2020, universe_size=100), size=1)
    a_draft(EditionFactory(index__code="hidden"))
    codes = "&".join(f"place={place.code}" for place in places[:5])
    correction = later.releases.exclude(explanation="").get()
    last = (later.dimensions.get(parent=None), places[0], {"status": "missing"})
    released(later, last, explanation="第一名的位次也撤去")
    return {
        "series": "/indices/",
        "index": "/indices/vitality/",
        "edition": later.get_absolute_url(),
        "sorted": f"{later.get_absolute_url()}?sort=-d2&place={places[2].code}",
        "one": one.get_absolute_url(),
        "release": f"{later.get_absolute_url()}releases/{correction.pk}/",
        "asking": "/indices/compare/",
        "compared": f"/indices/compare/?index=vitality&{codes}",
        "nothing": "/indices/compare/?index=single",
    }


@pytest.mark.parametrize("mode", ["light", "dark", "large"])
def test_no_page_of_the_indices_has_a_violation(page, axe, addresses, mode):
    page.emulate_media(color_scheme="dark" if mode == "dark" else "light")
    if mode == "large":
        page.goto("/display/?size=large&next=/indices/")
    for (name, address), width in product(addresses.items(), (320, 1280)):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address)
        assert [part for part in SEEN[name] if page.locator(part).count() == 0] == [], name
        assert (name, axe(page)) == (name, [])
        assert (name, page.evaluate("document.documentElement.scrollWidth")) == (name, width)
        if mode == "light":
            valid_html(page.evaluate("fetch(location).then(answer => answer.text())"))


def test_the_places_stay_in_sight_while_the_table_scrolls(page, addresses):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(addresses["edition"])
    name = page.locator(".ranking tbody .ranking-place").first
    before = name.bounding_box()["x"]
    page.locator(".ranking-scroll").first.evaluate("box => { box.scrollLeft = 400 }")
    assert page.locator(".ranking-scroll").first.evaluate("box => box.scrollLeft") == 400
    assert name.bounding_box()["x"] == before


@pytest.fixture
def plain_page(browser, live_server):
    """A tab without scripts."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def test_a_reader_sorts_and_compares_without_a_script(plain_page, addresses):
    page = plain_page
    page.goto(addresses["edition"])
    page.get_by_role("link", name="总体", exact=True).click()
    assert page.locator(".ranking tbody th").first.inner_text() == "第120市"
    page.get_by_role("link", name="并排比较").click()
    page.get_by_role("combobox", name="第 1 个地方").select_option(label="第1市")
    page.get_by_role("combobox", name="第 2 个地方").select_option(label="第2市")
    page.get_by_role("checkbox", name="总体").check()
    page.get_by_role("button", name="比较", exact=True).click()
    cells = page.locator(".ranking tbody tr").first.locator("th, td").all_inner_texts()
    assert cells == ["总体", "缺数据", "第2"]
    assert page.url.endswith("place=&place=&place=&dimension=overall")
