"""Rows for tests: a site with sections, stories live and hidden, people, topics, pictures, accounts."""

import io

import factory
from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from factory.django import DjangoModelFactory
from PIL import Image
from wagtail.documents.models import Document
from wagtail.models import Page, Site
from wagtail_factories import PageFactory

from news.models import (
    ArticlePage,
    ErrorReport,
    HomePage,
    NewsIndexPage,
    Person,
    PlainPage,
    SectionPage,
    Topic,
)
from portal.models import Organisation, Picture, Place, User

PASSWORD = "a-password-for-tests"


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence("user{}".format)
    password = factory.LazyFunction(lambda: make_password(PASSWORD))


class PlaceFactory(DjangoModelFactory):
    class Meta:
        model = Place

    code = factory.Sequence("x-place-{}".format)
    name = factory.Sequence("第{}市".format)
    level = Place.Level.PREFECTURE


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    code = factory.Sequence("organisation-{}".format)
    name = factory.Sequence("第{}机构".format)


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    name = factory.Sequence("记者{}".format)
    slug = factory.Sequence("person-{}".format)


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = Topic

    name = factory.Sequence("专题{}".format)
    slug = factory.Sequence("topic-{}".format)


class PictureFactory(DjangoModelFactory):
    class Meta:
        model = Picture

    class Params:
        size = (1200, 800)

    title = factory.Sequence("图片{}".format)
    file = factory.LazyAttribute(lambda row: picture_file(row.size))


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = Document

    title = factory.Sequence("文件{}".format)
    file = factory.LazyFunction(lambda: ContentFile(b"a,b\r\n", name="table.csv"))


class ErrorReportFactory(DjangoModelFactory):
    class Meta:
        model = ErrorReport

    reference = "article:1"
    subject = "一篇稿件"
    text = "第二段的数字有误。"
    sender = "f" * 64


class HomePageFactory(PageFactory):
    class Meta:
        model = HomePage

    title = "首页"
    slug = "shouye"


class NewsIndexPageFactory(PageFactory):
    class Meta:
        model = NewsIndexPage

    title = "新闻"
    slug = "news"


class SectionPageFactory(PageFactory):
    class Meta:
        model = SectionPage

    title = factory.Sequence("栏目{}".format)
    slug = factory.Sequence("section-{}".format)


class PlainPageFactory(PageFactory):
    class Meta:
        model = PlainPage

    title = factory.Sequence("文字页面{}".format)
    slug = factory.Sequence("plain-{}".format)


class ArticlePageFactory(PageFactory):
    """A story whose slug is left to the page itself; `live=False` makes a draft."""

    class Meta:
        model = ArticlePage

    title = factory.Sequence("稿件标题{}".format)
    slug = ""
    body = factory.LazyFunction(lambda: paragraphs("第一段。", "第二段。"))


def picture_file(size=(1200, 800), colour=(180, 40, 30), kind="PNG"):
    """Return an image file of one colour."""
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, kind)
    return ImageFile(io.BytesIO(buffer.getvalue()), name=f"picture.{kind.lower()}")


def paragraphs(*texts):
    """Return a story's body of plain paragraphs, as it is stored."""
    html = "".join(f"<p>{text}</p>" for text in texts)
    return [{"type": "paragraph", "value": html}]


def a_site():
    """Return the front page of a site that holds 新闻 and nothing else; the default site leads to it."""
    root = Page.get_first_root_node()
    for child in root.get_children():
        child.specific.delete()
    root = Page.get_first_root_node()
    home = HomePageFactory(parent=root)
    NewsIndexPageFactory(parent=home)
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    return home


def a_section(**fields):
    """Return a new section of the site that `a_site` made."""
    return SectionPageFactory(parent=NewsIndexPage.objects.get(), **fields)


def an_article(section, **fields):
    """Return a story in `section`, published through a revision as the desk does it."""
    article = ArticlePageFactory(parent=section, live=False, **fields)
    article.save_revision().publish()
    article.refresh_from_db()
    return article


def a_draft(section, **fields):
    """Return a story in `section` that nobody has published."""
    article = ArticlePageFactory(parent=section, live=False, **fields)
    article.save_revision()
    return article
