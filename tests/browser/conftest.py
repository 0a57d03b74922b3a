"""A real browser before the live server: Debian's Chromium, driven by Playwright.

Knows how the browser is found and started without a network, and how axe is run in a page whose
Content-Security-Policy would refuse its script.
"""

import os
import shutil
from pathlib import Path

import axe_playwright_python
import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from playwright.sync_api import sync_playwright
from pytest_django.live_server_helper import LiveServer

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
AXE_SOURCE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def chromium_path():
    """Where Chromium is (`CHROMIUM`, else on the path); without it: skipped, in CI failed."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        reason = "没有找到 Chromium：浏览器测试需要 apt install chromium，或设置 CHROMIUM=路径。"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest.fixture(scope="session")
def browser(chromium_path):
    """One browser for the whole run."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, which Django would take for async code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=chromium_path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def live_server(transactional_db, monkeypatch):
    """One server a test, which waits for its last requests: none writes after the flush.

    pytest-django's own serves the whole run, and an editor's page that is being closed still sends
    requests (autosave, editing sessions) that would land in the next test's tables.
    """
    monkeypatch.setattr(ThreadedWSGIServer, "daemon_threads", False)
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture
def context(browser, live_server):
    """A fresh profile that speaks Chinese; addresses are relative to the live server."""
    context = browser.new_context(
        base_url=live_server.url, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context, live_server):
    """One tab. At its end the test fails if a script failed, if the policy refused something, or if
    the page asked for something that is not on this server."""
    page = context.new_page()
    problems = []

    def on_console(message):
        if "Content Security Policy" in message.text:
            problems.append(f"policy: {message.text}")

    def on_request(request):
        if not request.url.startswith((live_server.url, "data:", "blob:", "about:")):
            problems.append(f"outside request: {request.url}")

    page.on("console", on_console)
    page.on("request", on_request)
    page.on("pageerror", lambda error: problems.append(f"script error: {error}"))
    yield page
    assert problems == []


@pytest.fixture
def axe():
    """Return a function that runs axe on a page and returns what it found, one line a violation.

    `assert axe(page) == []`. The script enters through the browser's debugging protocol, which the
    page's policy does not govern: the policy itself stays as readers have it.
    """
    source = AXE_SOURCE.read_text(encoding="utf-8")

    def run(page):
        page.evaluate(source)
        result = page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", AXE_RULES
        )
        return [
            f"{violation['id']}: {' '.join(str(node['target']) for node in violation['nodes'])}"
            for violation in result["violations"]
        ]

    return run
