"""From a report in hand to its published table at the desk, and back by undoing it: how many clicks it takes."""

from decimal import Decimal

import pytest
from django.conf import settings
from django.test import Client

from indices.models import Edition, Release, Score
from news.roles import Role, install_roles
from tests.factories import OrganisationFactory, PlaceFactory, UserFactory, a_site
from tests.indices.factories import EditionFactory, a_dimension, a_draft, released

CITIES = ["杭州市", "郑州市", "上海市"]
BLOCK = "城市\t总指数得分\t总指数排名\n上海市\t90.50\t1\n杭州市\t88.00\t2\n郑州市\t81.20\t3"


@pytest.fixture
def data_editor(context, live_server):
    """The browser is signed in as a data editor."""
    a_site()
    user = UserFactory(username="shuju", last_name="周", first_name="敏")
    user.groups.add(install_roles()[Role.DATA_EDITOR])
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}]
    )
    yield user
    for page in context.pages:
        page.wait_for_load_state("networkidle")
        page.goto("about:blank")


@pytest.fixture
def last_year(data_editor):
    """Last year's edition of a series, published, and the places that it ranks."""
    edition = EditionFactory(index__name="数字治理指数", index__code="zhili", year=2019, unit="分")
    overall = a_dimension(edition, decimals=2)
    infra = a_dimension(edition, "infra", "数字基础设施", weight=25)
    places = [PlaceFactory(name=name) for name in CITIES]
    lines = [(overall, place, {"rank": rank}) for rank, place in enumerate(places, 1)]
    released(edition, *lines, (infra, places[0], {"rank": 1}), by=data_editor)
    return edition


class Hand:
    """One editor's hand on the mouse: every click is counted, typing is free."""

    def __init__(self, page):
        self.page, self.clicks = page, 0

    def click(self, locator):
        locator.click()
        self.clicks += 1

    def write(self, locator, words):
        self.click(locator)
        self.page.keyboard.insert_text(words)

    def lead(self, locator):
        with self.page.expect_navigation():
            self.click(locator)


def standing(edition):
    """[(place, rank, score)] of the overall score, as it stands."""
    rows = Score.objects.current().filter(dimension__edition=edition).order_by("rank")
    return list(rows.values_list("place__name", "rank", "value"))


def make_edition(hand):
    """From the desk's first page to the empty table of a new edition with last year's dimensions."""
    page = hand.page
    page.goto("/admin/")
    hand.click(page.get_by_role("button", name="指数"))
    hand.lead(page.get_by_role("link", name="版次", exact=True))
    hand.lead(page.get_by_role("link", name="新建版次"))
    page.locator("#id_index").select_option(label="数字治理指数")
    hand.clicks += 1
    hand.write(page.locator("#id_label"), "2020年版")
    hand.write(page.locator("#id_year"), "2020")
    hand.write(page.get_by_label("来源说明"), "数字治理报告（2020），第 12 页")
    hand.lead(page.get_by_role("button", name="新建，接着填维度"))
    hand.lead(page.get_by_role("button", name="保存维度"))


def test_a_report_takes_fifteen_clicks_to_be_published_and_three_to_be_undone(
    page, data_editor, last_year
):
    hand = Hand(page)
    make_edition(hand)
    hand.write(page.locator("#grid-block"), BLOCK)
    hand.click(page.locator("#grid-fill"))
    page.locator(".grid__table tbody tr").nth(2).wait_for()
    hand.lead(page.locator("#grid-save"))
    hand.lead(page.get_by_role("link", name="预览与发布…"))
    hand.lead(page.get_by_role("link", name="发布…", exact=True))
    hand.lead(page.get_by_role("button", name="确认发布"))
    edition = Edition.objects.get(code="2020")
    assert standing(edition) == [
        ("上海市", 1, Decimal("90.5")),
        ("杭州市", 2, Decimal(88)),
        ("郑州市", 3, Decimal("81.2")),
    ]
    labels = [row.label for row in edition.dimensions.order_by("position")]
    assert labels == ["总指数", "数字基础设施"]
    assert hand.clicks == 15
    hand.lead(page.get_by_role("link", name="撤销这次发布…"))
    hand.write(page.get_by_label("撤销的理由"), "读错了表")
    hand.lead(page.get_by_role("button", name="撤销这次发布"))
    page.get_by_text("已撤销：恢复到这次发布之前的数据").wait_for()
    assert standing(edition) == []
    assert hand.clicks == 18


@pytest.mark.parametrize("width", [1280, 390])
def test_the_desk_of_the_indices_can_be_used_by_everyone_at_every_width(
    page, data_editor, last_year, axe, width
):
    overall = last_year.dimensions.get(parent=None)
    place = overall.scores.order_by("rank").first().place
    mine = a_draft(last_year, (overall, place, {"rank": 5}), explanation="勘误")
    published = Release.objects.published().get()
    released(last_year, (overall, place, {"rank": 6}), explanation="又一次勘误", by=data_editor)
    new = EditionFactory(index=last_year.index, year=2020)
    OrganisationFactory(name="数据研究院")
    shown = [
        f"releases/edit/{mine.pk}/",
        f"releases/edit/{mine.pk}/publish/",
        f"releases/edit/{published.pk}/",
        f"releases/edit/{published.pk}/reverse/",
        f"editions/dimensions/{new.pk}/",
        f"editions/checks/{last_year.pk}/",
    ]
    page.set_viewport_size({"width": width, "height": 900})
    for address in shown:
        page.goto(f"/admin/indices/{address}")
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
