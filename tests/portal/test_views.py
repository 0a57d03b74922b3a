"""Is the process alive, can it serve; the error pages."""

import re

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client


def test_a_live_process_answers_without_the_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Cache-Control"] == ("max-age=0, no-cache, no-store, must-revalidate, private")


@pytest.mark.django_db
def test_a_site_with_all_migrations_is_ready(client):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_a_site_with_a_migration_to_run_is_not_ready(client):
    MigrationRecorder.Migration.objects.get(app="news", name="0001_initial").delete()
    response = client.get("/readyz")
    assert (response.status_code, response.content.decode()) == (503, "有 1 个迁移未执行\n")


@pytest.mark.django_db
def test_a_site_without_its_database_is_not_ready(client):
    def away(execute, sql, params, many, context):
        raise OperationalError("gone")

    with connection.execute_wrapper(away):
        response = client.get("/readyz")
    assert (response.status_code, response.content.decode()) == (503, "数据库无法连接\n")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_reading_is_allowed(client, path):
    assert client.post(path).status_code == 405


@pytest.mark.django_db
def test_a_wrong_parameter_is_named(client):
    response = client.get("/display/?size=x")
    assert response.status_code == 400
    assert "参数 size 应为 standard 或 large，收到的是“x”。" in response.content.decode()


@pytest.mark.django_db
def test_a_refusal_of_djangos_own_tells_nothing_of_the_settings(client):
    response = client.get("/", headers={"host": "other.example"})
    page = response.content.decode()
    assert (response.status_code, "ALLOWED_HOSTS" in page) == (400, False)
    assert "网址中的参数无法理解。" in page


def test_a_form_that_did_not_come_from_our_page_is_refused_in_chinese(home):
    response = Client(enforce_csrf_checks=True).post("/report/?article=1", {"text": "有误"})
    page = response.content.decode()
    assert response.status_code == 403
    assert re.search(r"<h1>(.*?)</h1>", page)[1] == "没有提交成功"
    assert re.search(r'<html lang="([^"]*)"', page)[1] == "zh-Hans"
