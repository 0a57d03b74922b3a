"""Founding a site: the pages, the words and the roles without which there is nothing to edit.

What is founded once belongs to the editors: a later founding brings back no section that they removed
and no text that they changed.
"""

from pathlib import Path
from urllib.parse import urlsplit

from django.db import transaction
from wagtail.models import Page, Site

from news.manuscripts import body_of, read_manuscripts
from news.models import HomePage, NewsIndexPage, PlainPage, SectionPage
from news.roles import install_roles
from portal.models import SiteIdentity

PLAIN_PAGES = Path(__file__).parent / "founding_pages"
PLAIN_PAGE_ORDER = ("about", "corrections-policy", "privacy")
SECTIONS = (
    ("yaowen", "要闻", "这座城市里值得先知道的事。"),
    ("minsheng", "民生", "办事、看病、上学、出行，与日子有关的消息。"),
    ("shuju", "数据", "名单、排名和统计，连同它们的口径与来源。"),
    ("shuoming", "说明", "本站怎样采写、核对和更正。"),
)


def address_of(url):
    """Return host name and port of a site's URL, the port of its scheme where it names none."""
    parts = urlsplit(url)
    return parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)


def _publish(parent, page):
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def _found_news(home):
    index = _publish(home, NewsIndexPage(title="新闻", slug="news"))
    for slug, title, introduction in SECTIONS:
        _publish(index, SectionPage(title=title, slug=slug, introduction=introduction))


def _found_home(root):
    home = _publish(root, HomePage(title="首页", slug="youju"))
    _found_news(home)
    manuscripts = read_manuscripts(PLAIN_PAGES)
    for name in PLAIN_PAGE_ORDER:
        manuscript = manuscripts[name]
        page = PlainPage(title=manuscript["headline"], slug=name, body=body_of(manuscript))
        _publish(home, page)
    return home


def _lead_site_to(home, hostname, port):
    """Make `home` the front page of the default site, and that site answer at the given address."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        site = Site(is_default_site=True)
    wanted = {"hostname": hostname, "port": port, "root_page_id": home.pk}
    if any(getattr(site, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(site, name, value)
        site.save()
    return site


def _remove_welcome(root):
    """Remove the page that a fresh Wagtail greets with: of no type of ours, with nothing under it.

    Comes after the site has another front page, because a site goes with its front page.
    """
    plain = [page for page in root.get_children() if page.specific_class is Page]
    for page in plain:
        if page.is_leaf():
            page.delete()


@transaction.atomic
def found_site(*, hostname, port):
    """Found the site at `hostname` and `port`, and return its front page; safe to repeat.

    A repetition brings the address and the roles' permissions up to date, and nothing else.
    """
    root = Page.get_first_root_node()
    home = HomePage.objects.first() or _found_home(root)
    if not NewsIndexPage.objects.exists():
        _found_news(home)
    site = _lead_site_to(home, hostname, port)
    _remove_welcome(root)
    SiteIdentity.for_site(site)
    install_roles()
    return home
