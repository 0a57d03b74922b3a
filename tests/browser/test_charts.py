"""Charts as a browser sets them: words of a readable size that neither touch nor leave the drawing."""

from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import find
from django.template.loader import render_to_string

from portal.charts import Bar, Break, Point
from tests.portal.charts.reading import course, plot, ranking, score

NAMES = ["北京", "黔西南布依族苗族自治州", "呼伦贝尔市（含满洲里市）"]

# Of the drawing that is shown: pairs of texts that touch, texts that leave it, and the smallest size in pixels.
# The rectangle of a text is its line; the letters fill about two thirds of that height.
LOOK = """() => {
  const touching = [], outside = [], sizes = [];
  for (const drawing of document.querySelectorAll('.chart-drawing')) {
    if (getComputedStyle(drawing).display === 'none') continue;
    const whole = drawing.getBoundingClientRect();
    const scale = whole.width / drawing.viewBox.baseVal.width;
    const texts = [...drawing.querySelectorAll('text')].map((text) => {
      const line = text.getBoundingClientRect();
      sizes.push(parseFloat(getComputedStyle(text).fontSize) * scale);
      return {left: line.left, right: line.right, top: line.top + line.height * .18,
              bottom: line.bottom - line.height * .18, words: text.textContent};
    });
    texts.forEach((one, index) => {
      if (one.left < whole.left - 1 || one.right > whole.right + 1 || one.bottom > whole.bottom + 1)
        outside.push(one.words);
      for (const other of texts.slice(0, index))
        if (Math.min(one.right, other.right) - Math.max(one.left, other.left) > .5
            && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > .5)
          touching.push([other.words, one.words]);
    });
  }
  return {touching, outside, sideways: document.documentElement.scrollWidth - innerWidth,
          small: sizes.filter((size) => size < 12), found: sizes.length > 100};
}"""


def charts():
    bars = tuple(
        Bar(NAMES[index % 3], score(f"{99 - index}.25"), str(index + 1), highlighted=index == 6)
        for index in range(30)
    )
    years = [[(index * step) % 40 + 1 for index in range(15)] for step in (1, 3, 7, 11)]
    scores = [[f"{90 - index - place}.25" for index in range(5)] for place in range(4)]
    return [
        ranking(bars=bars, note="满分100分。", source="《报告》"),
        ranking(
            bars=(Bar("上海", Point("第1至3位", 1, 3)), Bar("郑州", Point("未披露"))),
            measure="rank",
        ),
        course(*years, [None] * 15, breaks=(Break(5, "换了方法"), Break(9, "评估对象扩大"))),
        plot(*scores, [None] * 5),
    ]


@pytest.fixture(scope="module")
def page_text():
    """A page of all kinds, with its styles in it, so that it needs no server."""
    styles = "".join(
        f"<style>{Path(find(f'portal/{name}.css')).read_text('utf-8')}</style>"
        for name in ("base", "frame", "charts")
    )
    figures = "".join(render_to_string("components/chart.html", {"chart": one}) for one in charts())
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    return f'<!doctype html><html lang="zh-Hans"><head><title>图</title>{head}{styles}</head><body><div class="frame"><main>{figures}</main></div></body></html>'


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("size", ["100%", "140%"])
def test_words_are_readable_and_apart(browser, page_text, width, size):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_content(page_text)
    page.add_style_tag(content=f":root{{font-size:{size}}}")
    assert page.evaluate(LOOK) == {
        "touching": [],
        "outside": [],
        "sideways": 0,
        "small": [],
        "found": True,
    }
    page.close()


@pytest.mark.parametrize(("width", "shown"), [(360, "narrow"), (1280, "wide")])
def test_one_drawing_is_shown_at_a_time(browser, page_text, width, shown):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.set_content(page_text)
    seen = page.eval_on_selector_all(
        ".chart-drawing",
        "all => all.filter(one => getComputedStyle(one).display !== 'none').map(one => one.classList[1])",
    )
    assert seen == [f"chart-{shown}"] * 4
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, page_text, axe, scheme):
    page = browser.new_page(color_scheme=scheme)
    page.set_content(
        page_text.replace("<main>", "<main><h1>图</h1>").replace("<details", "<details open")
    )
    assert axe(page) == []
    page.close()
