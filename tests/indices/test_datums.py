"""What is told of a score, a rank and their kin: history and the releases that ended it, what is hidden, its cost."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from indices.models import Comparability, Edition, Score
from indices.publishing import publish
from portal.datums import NoDatum, address_of, tell
from portal.figures import parse
from portal.references import Target
from tests.factories import PlaceFactory, UserFactory
from tests.indices.factories import (
    EditionFactory,
    IndexFactory,
    a_dimension,
    a_draft,
    released,
)

pytestmark = pytest.mark.django_db
GOLDEN = Path(__file__).parent / "golden"
INSTANT = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d(:|%3A)\d\d(:|%3A)\d\d(\.\d{6})?Z|\d{4}\(\d{4}-\d\d-\d\d\)"
)


@pytest.fixture
def city():
    return PlaceFactory(code="410100", name="郑州市", short_name="郑州")


@pytest.fixture
def edition():
    index = IndexFactory(code="governance", name="数字治理指数")
    edition = EditionFactory(
        index=index, year=2020, reference_year=2019, title="数字治理报告（2020）", unit="分"
    )
    a_dimension(edition)
    return edition


def stated(edition, place, content, **fields):
    """Publish one statement about a place in the overall dimension; return its score."""
    dimension = edition.dimensions.get(parent=None)
    released(edition, (dimension, place, content), **fields)
    return Score.objects.current().filter(dimension=dimension, place=place).first()


def figure(name="rank", **parameters):
    told = {"place": "410100", "edition": "2020", "dimension": "overall"} | parameters
    query = "&".join(f"{key}={value}" for key, value in sorted(told.items()) if value)
    return parse(f"index.{name}:governance?{query}")


def corrected(edition, place, *ranks):
    """State these ranks one after the other, each correcting the one before; return the scores."""
    first = stated(edition, place, {"rank": ranks[0], "quote": "位列第七"})
    return [
        first,
        *(
            stated(edition, place, {"rank": rank}, explanation=f"应为第{rank}")
            for rank in ranks[1:]
        ),
    ]


def test_a_rank_is_told_with_its_source_and_the_days_it_holds_for(edition, city):
    score = stated(edition, city, {"rank": 7, "quote": "位列第七", "locator": "第3版"})
    datum = tell(figure())
    assert datum.heading == "郑州 2020 数字治理指数位次：第7"
    assert (datum.value, datum.unit, datum.holds) == (7, "位", "2019 年的数据")
    assert [(one.title, one.quote, one.locator) for one in datum.sources] == [
        ("《数字治理报告（2020）》", "", ""),
        ("测试用的报告", "位列第七", "第3版"),
    ]
    assert [(one.text, one.known_to, one.reference) for one in datum.history] == [
        ("第7", None, f"score:{score.pk}")
    ]
    assert datum.records == (f"edition:{edition.pk}",)
    assert datum.api == f"/api/v1/scores/{score.pk}/"


def test_what_is_not_disclosed_is_said_so_and_never_0(edition, city):
    stated(edition, city, {"rank": 7})
    datum = tell(figure("score"))
    assert (datum.value, datum.text, datum.unit) == (None, "未披露", "分")


def test_what_is_left_out_is_filled_in(edition, city):
    stated(edition, city, {"rank": 7})
    datum = tell(figure(edition="", dimension=""))
    assert datum.reference == "index.rank:governance?place=410100"
    assert datum.pinned == str(figure())


def test_a_correction_ends_a_statement_with_its_reason(edition, city):
    old, new = corrected(edition, city, 8, 7)
    releases = list(edition.releases.order_by("pk"))
    datum = tell(figure())
    assert datum.text == "第7"
    assert [(one.text, one.known_from, one.known_to, one.ended_by) for one in datum.history] == [
        ("第7", new.known_from, None, None),
        (
            "第8",
            old.known_from,
            new.known_from,
            Target("更正：应为第7", f"{edition.get_absolute_url()}#release-{releases[1].pk}"),
        ),
    ]


def test_as_known_before_the_correction_nothing_of_it_is_told(edition, city):
    old, new = corrected(edition, city, 8, 7)
    datum = tell(figure(), new.known_from - timedelta(microseconds=1))
    assert datum.text == "第8"
    assert [(one.text, one.known_to) for one in datum.history] == [("第8", None)]
    record = tell(f"score:{old.pk}", new.known_from - timedelta(microseconds=1))
    assert (record.known_to, record.standing) == (None, ())


def test_a_closed_score_is_still_told_with_what_stands_now(edition, city):
    old, new = corrected(edition, city, 8, 7)
    datum = tell(f"score:{old.pk}")
    assert (datum.text, datum.known_to) == ("第8", new.known_from)
    assert datum.standing == (Target("第7", f"/d/score:{new.pk}/"),)
    assert tell(f"score:{new.pk}").standing == ()


def test_a_score_that_was_taken_back_says_that_nothing_stands(edition, city):
    old = stated(edition, city, {"rank": 8})
    assert stated(edition, city, None, explanation="误录") is None
    datum = tell(f"score:{old.pk}")
    assert datum.standing == (Target("已撤去，本站现在没有这项数据", ""),)
    assert datum.history[0].ended_by.title == "更正：误录"
    with pytest.raises(NoDatum):
        tell(figure())


def test_a_movement_has_the_history_of_both_ranks(edition, city):
    later = EditionFactory(index=edition.index, year=2021)
    a_dimension(later)
    stated(edition, city, {"rank": 7})
    stated(later, city, {"rank": 4})
    Comparability.objects.create(earlier=edition, later=later, extent="full", reason="对象没有变")
    datum = tell(figure("movement", edition=""))
    assert datum.heading == "郑州 2021 数字治理指数位次的升降：上升3位"
    assert [one.text for one in datum.history] == ["2021：第4", "2020：第7"]
    assert datum.pinned == str(figure("movement", edition="2021", since="2020"))
    assert datum.records == (f"edition:{later.pk}", f"edition:{edition.pk}")


def test_an_order_names_who_stands_before(edition, city):
    best = PlaceFactory(name="杭州市", short_name="杭州")
    overall = edition.dimensions.get()
    released(edition, (overall, best, {"rank": 1}), (overall, city, {"rank": 2}))
    datum = tell(figure("order"))
    assert (datum.value, datum.unit, datum.text) == (1, "个", "仅次于杭州")


def test_a_demonstration_is_told_as_one(edition, city):
    edition.index.is_demonstration = True
    edition.index.save()
    stated(edition, city, {"rank": 7})
    assert tell(figure()).note == "演示数据：由程序生成，不是真实的评估结果。"


@pytest.mark.parametrize("form", ["html", "json"])
def test_drafts_and_embargoes_are_nowhere(client, home, edition, city, form):
    overall = edition.dimensions.get()
    draft = a_draft(edition, (overall, city, {"rank": 7}))
    address = f"{address_of(figure())}&format={form}"
    assert client.get(address).status_code == 404
    publish(draft, by=UserFactory())
    score = Score.objects.get()
    assert client.get(address).status_code == 200
    a_draft(
        edition,
        (overall, city, {"rank": 5, "quote": "漏出"}),
        explanation="漏出",
    )
    assert "漏出" not in client.get(address).content.decode()
    tomorrow = timezone.now() + timedelta(days=1)
    Edition.objects.filter(pk=edition.pk).update(embargoed_until=tomorrow)
    assert client.get(address).status_code == 404
    assert client.get(f"/d/score:{score.pk}/?format={form}").status_code == 404


@pytest.mark.parametrize("code", ["0", "x", "9" * 18, "9" * 19])
def test_no_such_score(code):
    with pytest.raises(NoDatum):
        tell(f"score:{code}")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("rank", 8), ("score:", 3)])
def test_the_cost_does_not_grow_with_the_history(
    edition, city, count, name, queries, django_assert_num_queries
):
    scores = corrected(edition, city, 20, *range(1, count + 1))
    reference = f"score:{scores[-1].pk}" if name == "score:" else figure(name)
    with django_assert_num_queries(queries):
        assert len(tell(reference).history) == count + 1


def test_the_bytes_of_the_json(client, home, edition, city, settings):
    settings.PUBLIC_URL = "https://site.example"
    corrected(edition, city, 8, 7)
    body = client.get(f"{address_of(figure())}&format=json").content.decode()
    keys = {row.pk: number for number, row in enumerate(Score.objects.order_by("pk"), 1)}
    body = re.sub(r"(score:|scores/)(\d+)", lambda m: f"{m[1]}{keys[int(m[2])]}", body)
    releases = {row.pk: n for n, row in enumerate(edition.releases.order_by("pk"), 1)}
    body = re.sub(r"release-(\d+)", lambda m: f"release-{releases[int(m[1])]}", body)
    text = INSTANT.sub("INSTANT", body) + "\n"
    assert text == (GOLDEN / "datum.json").read_bytes().decode()
