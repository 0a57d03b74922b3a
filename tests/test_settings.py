"""What the environment makes of the settings: each case is a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "SECRET_KEY": "a-key-of-the-tests-that-is-longer-than-fifty-characters-and-varied",
    "ALLOWED_HOSTS": "youju.example",
    "PUBLIC_URL": "https://youju.example",
    "DATABASE_URL": "sqlite://:memory:",
}


def python(code, **environment):
    """Run `code` with Django set up and nothing but `environment` said; return the process."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    start = "import json, django\ndjango.setup()\nfrom django.conf import settings\n"
    return subprocess.run(
        [sys.executable, "-c", start + code],
        env={**kept, "PYTHONUTF8": "1", "DJANGO_SETTINGS_MODULE": "portal.settings", **environment},
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def answer(code, **environment):
    """Return what the expression `code` is under these settings."""
    process = python(f"print(json.dumps({code}))", **environment)
    assert process.stderr == ""
    return json.loads(process.stdout)


def refusal(**environment):
    """Return the last line of the error with which these settings refuse to start."""
    process = python("", **environment)
    assert process.returncode == 1
    return process.stderr.strip().splitlines()[-1]


def test_without_a_key_it_does_not_start():
    assert refusal() == (
        "django.core.exceptions.ImproperlyConfigured: 缺少环境变量 SECRET_KEY。本机试用请运行 "
        "make run；正式部署请设置一个五十个字符以上的随机值。"
    )


def test_debug_is_refused_outside_the_development_mode():
    assert refusal(DEBUG="1", **PRODUCTION) == (
        "django.core.exceptions.ImproperlyConfigured: DEBUG 只能在开发模式（YOUJU_DEV=1）下打开。"
    )


def test_the_development_mode_starts_with_nothing_else_said():
    assert answer("[settings.DEBUG, settings.SECURE_SSL_REDIRECT]", YOUJU_DEV="1") == [False, False]


def test_production_is_closed_by_default():
    names = ("DEBUG", "DEVELOPMENT", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE")
    values = f"[getattr(settings, name) for name in {names}] + [settings.SECURE_HSTS_SECONDS]"
    assert answer(values, **PRODUCTION) == [False, False, True, True, 31_536_000]


def test_the_check_for_deployment_is_clean():
    process = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1", **PRODUCTION},
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (process.returncode, process.stdout, process.stderr) == (
        0,
        "System check identified no issues (0 silenced).\n",
        "",
    )


def test_sqlite_waits_and_writes_ahead(tmp_path):
    code = """
from django.db import connection, transaction
statements = []
def note(execute, sql, params, many, context):
    statements.append(sql)
    return execute(sql, params, many, context)
with connection.cursor() as cursor:
    pragmas = []
    for name in ("journal_mode", "busy_timeout", "synchronous", "foreign_keys"):
        pragmas += cursor.execute(f"PRAGMA {name}").fetchone()
connection.connection.set_trace_callback(statements.append)
with transaction.atomic():
    pass
print(json.dumps([pragmas, statements]))
"""
    process = python(code, YOUJU_DEV="1", DATABASE_URL=f"sqlite:///{tmp_path}/db.sqlite3")
    assert process.stderr == ""
    assert json.loads(process.stdout) == [
        ["wal", 20_000, 1, 1],
        ["BEGIN IMMEDIATE", "COMMIT"],
    ]


@pytest.mark.parametrize(
    ("extra", "pool"),
    [
        ({}, {"min_size": 2, "max_size": 10, "timeout": 3, "reconnect_timeout": 3}),
        (
            {"DATABASE_POOL_MIN": "1", "DATABASE_POOL_MAX": "4"},
            {"min_size": 1, "max_size": 4, "timeout": 3, "reconnect_timeout": 3},
        ),
    ],
)
def test_an_address_of_postgresql_brings_a_pool_and_keeps_its_own_options(extra, pool):
    address = "postgres://youju:word@db.example:5433/news?sslmode=require"
    names = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "CONN_HEALTH_CHECKS", "OPTIONS")
    values = f"{{name: settings.DATABASES['default'][name] for name in {names}}}"
    assert answer(values, **{**PRODUCTION, "DATABASE_URL": address}, **extra) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "news",
        "USER": "youju",
        "PASSWORD": "word",
        "HOST": "db.example",
        "PORT": 5433,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "sslmode": "require",
            "pool": pool,
            "connect_timeout": 5,
            "options": "-c statement_timeout=30000 -c lock_timeout=25000",
        },
    }


def test_options_of_the_address_stand_before_ours():
    address = "postgres://youju@/news?options=-c%20search_path%3Dyouju&connect_timeout=9"
    values = "[settings.DATABASES['default']['OPTIONS'][n] for n in ('options', 'connect_timeout')]"
    assert answer(values, **{**PRODUCTION, "DATABASE_URL": address}) == [
        "-c search_path=youju -c statement_timeout=30000 -c lock_timeout=25000",
        9,
    ]


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("sqlite:///data/news.sqlite3", str(ROOT / "data/news.sqlite3")),
        ("sqlite:////srv/news.sqlite3", "/srv/news.sqlite3"),
        ("sqlite://:memory:", ":memory:"),
    ],
)
def test_a_file_is_the_same_one_wherever_the_process_starts(address, name):
    values = "settings.DATABASES['default']['NAME']"
    assert answer(values, **{**PRODUCTION, "DATABASE_URL": address}) == name


@pytest.mark.parametrize("address", ["sqlite:///", "sqlite://", "sqlite://news.sqlite3"])
def test_an_address_without_a_file_is_refused(address):
    assert refusal(**{**PRODUCTION, "DATABASE_URL": address}) == (
        f"django.core.exceptions.ImproperlyConfigured: DATABASE_URL（{address}）没有写明数据库文件。"
        "应为 sqlite:///相对路径 或 sqlite:////绝对路径。"
    )


@pytest.mark.parametrize("name", ["django.request", "django.security.DisallowedHost"])
def test_what_clients_do_wrong_leaves_the_log_alone(name):
    values = f"__import__('logging').getLogger({name!r}).isEnabledFor(30)"
    assert answer(values, **PRODUCTION) is False


def test_our_own_faults_are_logged():
    assert answer(
        "__import__('logging').getLogger('django.request').isEnabledFor(40)", **PRODUCTION
    )
