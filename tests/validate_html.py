"""Asks the Nu validator about the demonstration's public pages: `make html`.

Walks every link from the front page with Django's test client, so no server is needed, adds the
answers that no link leads to (errors, an empty search, a report's own page), and hands all pages to the
validator, which npm brings into .var/ (development only). What the demonstration has no example of is
written for the walk and rolled back. Java and npm are needed; without them it says so.
"""

import datetime
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import html5lib
from django.utils import timezone

VALIDATOR = "vnu-jar@26.9.27"
NODE = Path(".var/node")
JAR = NODE / "node_modules/vnu-jar/build/dist/vnu.jar"
# Wagtail's own pages, files, and what is no page.
OUTSIDE = ("/admin/", "/static/", "/media/", "/documents/", "/api/", "/feeds/")
UNLINKED = ("/no-such-page/", "/news/?page=abc", "/search/?q=", "/search/?q=%22")
PAGE_LIMIT = 500


def say(words):
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def walk(client):
    """Return {address: HTML} of every public page within reach, `PAGE_LIMIT` of them at most."""
    waiting, pages, seen = ["/", *UNLINKED], {}, set()
    while waiting and len(pages) < PAGE_LIMIT:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        response = client.get(address)
        if response.status_code in (301, 302):
            waiting += links(address, [response["Location"]])
        elif response.get("Content-Type", "").startswith("text/html"):
            body = b"".join(response) if response.streaming else response.content
            pages[address] = body.decode()
            document = html5lib.parse(pages[address], namespaceHTMLElements=False)
            waiting += links(address, [a.get("href") for a in document.iter("a") if a.get("href")])
    return pages


def an_unusual_story():
    """Publish a reprint with a video and with pictures of which one is decoration."""
    from news.models import ArticlePage, SectionPage
    from portal.models import Picture

    picture = {"picture": Picture.objects.first().pk, "caption": "图说", "credit": "绘"}
    article = ArticlePage(
        title="《书名》与 <标记> & “引号”",
        kicker="引题 一，二",
        dateline="据某社北京电",
        is_reprint=True,
        source_name="某报",
        source_headline="原标题",
        source_author="某人",
        source_url="https://example.com/?a=1&b=2",
        printed_on=datetime.date(2020, 8, 19),
        paper="某报",
        page_number="A05",
        page_name="都市新闻",
        issue_number="1",
        body=[
            {"type": "paragraph", "value": "<ul><li>以列表开头</li></ul>"},
            {"type": "picture", "value": {**picture, "alt": "", "decorative": True}},
            {
                "type": "video",
                "value": {
                    "video": "https://www.bilibili.com/video/BV1xx411c7mD",
                    "caption": "一段视频",
                },
            },
        ],
    )
    SectionPage.objects.first().add_child(instance=article)
    article.save_revision().publish()
    return article


def answers_without_a_link(client):
    """Return {name: HTML} of what no link and no address leads to: a report's pages, failures."""
    from django.http import HttpRequest
    from django.shortcuts import render

    from news.models import ArticlePage, ErrorReport
    from portal import views

    story = ArticlePage.objects.published().first()
    form = f"/report/?article={story.pk}"
    report = ErrorReport.objects.create(
        reference=story.reference,
        subject=story.title,
        text="有误",
        sender="f" * 64,
        answer="已改。",
        answered_at=timezone.now(),
        state=ErrorReport.State.FIXED,
    )
    request = HttpRequest()
    request.META = {"SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80"}
    target = {"title": story.title, "url": story.get_url()}
    responses = {
        f"{form} 空表": client.post(form, {"text": ""}),
        f"{form} 过于频繁": render(
            request, "news/report_refused.html", {"target": target, "minutes": 3}
        ),
        f"/report/{report.number}/": client.get(f"/report/{report.number}/"),
        "403": views.permission_denied(request, None),
        "500": views.server_error(request),
        "暂停登录": render(request, "portal/locked_out.html"),
    }
    return {name: response.content.decode() for name, response in responses.items()}


def collect():
    """Return {address or name: HTML} of every public page; leaves the database as it was."""
    from django.db import transaction
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    with transaction.atomic():
        an_unusual_story()
        pages = {**walk(client), **answers_without_a_link(client)}
        transaction.set_rollback(True)
    return pages


def links(page, targets):
    """Return the addresses on this site, without fragments, that `targets` on `page` lead to."""
    found = []
    for target in targets:
        parts = urlsplit(urldefrag(urljoin(f"http://127.0.0.1{page}", target)).url)
        here = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost")
        if here and not parts.path.startswith(OUTSIDE):
            found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found


def bring_validator():
    """Fetch the validator once; its archive holds the program whole, so no script of it is run."""
    if not JAR.exists():
        say(f"正在取得 {VALIDATOR}…")
        command = ["npm", "install", "--silent", "--no-save", "--ignore-scripts"]
        subprocess.run([*command, "--prefix", NODE, VALIDATOR], check=True)


def validate(pages):
    """Run the validator over `pages`, print its findings by address, return its exit code."""
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (address, html) in enumerate(pages.items()):
            path = Path(folder) / f"{number:04}.html"
            path.write_text(html, encoding="utf-8")
            names[path.name] = address
        command = ["java", "-jar", JAR, "--format", "gnu", "--skip-non-html", folder]
        process = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    finding = re.compile(r'^"?file:[^"]*?/(\d{4}\.html)"?')
    for line in process.stderr.splitlines():
        say(finding.sub(lambda match: names[match.group(1)], line))
    return process.returncode


def main():
    """Return 0 when every page is valid, or when there is nothing to validate with."""
    missing = [command for command in ("java", "npm") if shutil.which(command) is None]
    if missing:
        say(f"没有找到 {' 和 '.join(missing)}，没有校验 HTML。")
        return 0
    sys.path.insert(0, str(Path.cwd()))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django

    django.setup()

    # A page that fails raises here; what is refused on purpose need not be logged.
    logging.disable(logging.CRITICAL)
    bring_validator()
    pages = collect()
    code = validate(pages)
    say(f"校验了 {len(pages)} 个页面：{'全部合格' if code == 0 else '有不合格的'}。")
    return code


if __name__ == "__main__":
    sys.exit(main())
