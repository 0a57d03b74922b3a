"""The catalogue: its pages, and the addresses of files for people and of versions for machines."""

import hashlib
import json
import re
from datetime import timedelta

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date

from portal.models import Change, Dump, Place
from portal.opendata import datasets
from portal.opendata.own import change_coverage, place_coverage
from portal.opendata.views import DumpView
from tests.factories import PlaceFactory
from tests.portal.opendata.test_dumps import LOG, acts, only_the_log

pytestmark = pytest.mark.django_db
# A fixture that both files use.
catalogue_of_the_log = only_the_log
FOR_EVER = "public, max-age=31536000, immutable"


def linked(response):
    """Return the nodes that a page says in schema.org's words, by their types."""
    found = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', response.content.decode()
    )
    return {node["@type"]: node for node in json.loads(found[1])["@graph"]}


def test_the_catalogue_lists_what_can_be_taken(client):
    response = client.get("/data/")
    assert response.status_code == 200
    names = [one.name for one in datasets.datasets()]
    assert (
        re.findall(r'<h2 class="data-name"><a href="/data/([-a-z]+)/">', response.content.decode())
        == names
    )
    node = linked(response)["DataCatalog"]
    assert [one["identifier"] for one in node["dataset"]] == names
    assert {"designations", "scores", "places", "changes"} <= set(names)


@pytest.mark.parametrize("name", [one.name for one in datasets.datasets()])
def test_each_dataset_has_its_page_its_files_and_its_example(client, name):
    dataset = datasets.dataset_of(name)
    response = client.get(dataset.get_absolute_url())
    assert response.status_code == 200
    text = response.content.decode()
    keys = [column.key for column in dataset.resource.columns]
    assert re.findall(r"<td><code>(\w+)</code></td>", text) == keys
    node = linked(response)["Dataset"]
    assert [one["name"] for one in node["variableMeasured"]] == keys
    assert (node["name"], node["license"]) == (dataset.title, datasets.CC_BY)
    assert [one["encodingFormat"] for one in node["distribution"]][-1] == "application/json"
    assert client.get(dataset.example).status_code == 200
    for form in ("csv", "json", "xlsx"):
        file = client.get(f"/data/{name}/current.{form}")
        assert (file.status_code, file["Cache-Control"]) == (200, "public, no-cache")
    assert client.get(f"/data/{name}/current.csv").getvalue().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_at_any_length(client, only_the_log, count, django_assert_num_queries):
    acts(count)
    for version in range(1, count + 1):
        client.get(f"/data/changes/{version}.csv").getvalue()
    client.get("/data/")
    with django_assert_num_queries(CATALOGUE_QUERIES):
        client.get("/data/")
    with django_assert_num_queries(DATASET_QUERIES):
        response = client.get("/data/changes/")
    shown = re.findall(r'<th scope="row"><a href="(.*?)"', response.content.decode())
    assert shown == [f"/data/changes/{version}.csv" for version in range(count, 0, -1)]


CATALOGUE_QUERIES, DATASET_QUERIES = 6, 8


def test_a_version_can_be_kept_for_ever(client, only_the_log):
    acts(2)
    at = Change.objects.get(sequence=2).at
    first = client.get("/data/changes/2.csv")
    body = first.getvalue()
    assert body == b"sequence,reference\r\n1,article:1\r\n2,article:2\r\n"
    wanted = {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": 'attachment; filename="changes-2.csv"',
        "ETag": '"changes-2"',
        "Last-Modified": http_date(int(at.timestamp())),
        "Cache-Control": FOR_EVER,
        "Access-Control-Allow-Origin": "*",
    }
    assert {name: first[name] for name in wanted} == wanted
    assert "Content-Length" not in first
    again = client.get("/data/changes/2.csv")
    assert (again.getvalue(), again["Content-Length"]) == (body, str(len(body)))
    head = client.head("/data/changes/2.csv")
    assert {name: head[name] for name in wanted} == wanted
    assert (head["Content-Length"], head.getvalue()) == (str(len(body)), b"")
    kept = client.get("/data/changes/2.csv", HTTP_IF_NONE_MATCH='"changes-2"')
    assert (kept.status_code, kept.getvalue()) == (304, b"")


def test_a_reader_who_leaves_half_way_leaves_nothing(rf, only_the_log):
    acts(1200)
    request = rf.get("/data/changes/1200.csv")
    answer = DumpView.as_view()(request, name="changes", version=1200)
    parts = answer.streaming_content
    assert next(parts).startswith(b"sequence,reference\r\n")
    request_finished.disconnect(close_old_connections)
    answer.close()
    request_finished.connect(close_old_connections)
    assert list(parts) == []
    assert not Dump.objects.exists()


def test_a_head_makes_nothing(client, only_the_log):
    acts(1)
    head = client.head("/data/changes/1.csv")
    assert (head.status_code, head.getvalue(), "Content-Length" in head.headers) == (
        200,
        b"",
        False,
    )
    assert not Dump.objects.exists()


def test_a_checksum_as_sha256sum_reads_it(client, only_the_log):
    acts(1)
    answer = client.get("/data/changes/1.csv.sha256")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    body = client.get("/data/changes/1.csv").getvalue()
    wanted = f"{hashlib.sha256(body).hexdigest()}  changes-1.csv\n"
    assert answer.content.decode() == wanted
    assert client.get("/data/changes/1.csv.sha256").content.decode() == wanted
    assert Dump.objects.count() == 1


def test_the_latest_version_is_asked_each_time(client, only_the_log):
    assert client.get("/data/changes/latest.csv").status_code == 404
    acts(2)
    answer = client.get("/data/changes/latest.csv")
    assert (answer.status_code, answer["Location"]) == (302, "/data/changes/2.csv")
    assert answer["Cache-Control"] == "public, no-cache"
    answer = client.get("/data/changes/latest.csv.sha256")
    assert (answer.status_code, answer["Location"]) == (302, "/data/changes/2.csv.sha256")


@pytest.mark.parametrize(
    ("path", "status", "detail"),
    [
        ("changes/2.csv", 404, "没有版本 2。版本是一次变更的序号，见 /api/v1/changes/。"),
        ("changes/0.csv", 404, "没有版本 0。版本是一次变更的序号，见 /api/v1/changes/。"),
        ("changes/2.csv.sha256", 404, "没有版本 2。版本是一次变更的序号，见 /api/v1/changes/。"),
        ("nothing/1.csv", 404, "“nothing”没有整库文件，全部数据见 /data/。"),
        ("changes/1.csv?since=1", 400, "没有参数 since，这里不用参数。"),
        ("changes/latest.csv?q=1", 400, "没有参数 q，这里不用参数。"),
    ],
)
def test_what_is_not_there_is_a_problem(client, only_the_log, path, status, detail):
    acts(1)
    answer = client.get(f"/data/{path}")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert (answer.json()["detail"], answer["Cache-Control"]) == (detail, "no-store")


@pytest.mark.parametrize(
    "path", ["nothing/", "nothing/current.csv", "changes/current.ods", "changes/1.xlsx"]
)
def test_pages_that_are_not_there(client, only_the_log, path):
    assert client.get(f"/data/{path}").status_code == 404


def test_a_dataset_without_versions_says_so(client):
    assert client.get("/data/places/latest.csv").status_code == 404
    assert "整库文件" not in client.get("/data/places/").content.decode()


def test_datasets_without_a_resource_are_not_listed(client, monkeypatch):
    lost = datasets.Dataset("lost", "没有", "没有", datasets.Coverage)
    monkeypatch.setattr(datasets, "_datasets", {"lost": lost})
    assert datasets.datasets() == []
    assert client.get("/data/lost/").status_code == 404


def test_the_footer_leads_here(client):
    text = client.get("/data/places/").content.decode()
    assert text.count(f'<li><a href="{reverse("data")}">数据目录</a></li>') == 1
    assert text.count(f'<li><a href="{reverse("api_docs")}">开放接口</a></li>') == 1


def test_what_the_ground_floor_holds():
    Place.objects.all().delete()
    assert (place_coverage().held, change_coverage().held) == ((), ())
    for number in range(3):
        PlaceFactory(code=f"x-{number}")
    PlaceFactory(level="country")
    assert place_coverage().held == ("国家或地区 1 个", "地级 3 个")
    acts(2)
    told, day = change_coverage(), timezone.localdate(Change.objects.get(sequence=1).at)
    assert told.held == ("2 次变更，从第一次起，没有空号",)
    assert told.first == day
    assert told.last - day <= timedelta(days=1)
    assert LOG.touched() == Change.objects.get(sequence=2).at
