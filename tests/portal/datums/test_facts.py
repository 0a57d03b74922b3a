"""A datum as programs read it: null for what is not disclosed, digits as they are stored."""

import json
from datetime import date
from decimal import Decimal

from portal.datums import Datum
from portal.datums.facts import facts_of, observation
from portal.datums.views import Told
from portal.figures import Source
from portal.heads.linkeddata import data_block


def told(value, text):
    source = Source("年报", "/reports/1/", "得分 0.50", "第3页")
    datum = Datum(
        "score:1", "甲市得分", value, "分", text, (source,), "2019 年的数据", date(2020, 1, 2)
    )
    return Told(datum, None, "http://site/d/score:1/?known_at=x", (), "引文")


def test_digits_stay_and_an_undisclosed_value_is_null_and_never_0(settings):
    settings.PUBLIC_URL = "https://site.example"
    assert facts_of(told(Decimal("0.50"), "0.50分"))["value"] == Decimal("0.50")
    facts = facts_of(told(None, "未披露"))
    assert (facts["value"], facts["text"], facts["unit"]) == (None, "未披露", "分")
    assert facts["url"] == "https://site.example/d/score:1/"
    assert facts["sources"] == [
        {
            "title": "年报",
            "url": "https://site.example/reports/1/",
            "quote": "得分 0.50",
            "locator": "第3页",
        }
    ]


def test_the_linked_data_is_an_observation(settings):
    settings.PUBLIC_URL = "https://site.example"
    block = data_block([observation(told(Decimal("0.50"), "0.50分"))])
    assert '"value":0.50,' in block
    document = json.loads(block.partition(">")[2].removesuffix("</script>"))
    assert document["@context"] == "https://schema.org"
    assert document["@graph"] == [
        {
            "@type": "Observation",
            "@id": "https://site.example/d/score:1/",
            "url": "https://site.example/d/score:1/",
            "name": "甲市得分：0.50分",
            "measuredProperty": "甲市得分",
            "value": 0.5,
            "unitText": "分",
            "observationDate": "2020-01-02",
            "isBasedOn": [
                {"@type": "CreativeWork", "name": "年报", "url": "https://site.example/reports/1/"}
            ],
        }
    ]
    assert '"value"' not in data_block([observation(told(None, "未披露"))])
