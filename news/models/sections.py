"""The pages that hold stories: front page, all news, sections; and plain pages of text."""

from django.db import models
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from news.blocks import StoryBlock
from news.models.slugs import PageWithOwnSlug
from news.panels import HOME_FORM, NEWS_INDEX_FORM, PLAIN_FORM, SECTION_FORM
from news.permissions import PartOfTheSite


class HomePage(PartOfTheSite, PageWithOwnSlug, Page):
    """The front page."""

    edit_handler = HOME_FORM
    template = "news/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["news.NewsIndexPage", "news.PlainPage"]
    max_count = 1
    page_description = "首页"

    class Meta:
        verbose_name = "首页"

    def route(self, request, path_components):
        """Lead to a story (news, section, slug) in one query where the walk down the tree takes six."""
        from news.models import ArticlePage

        if len(path_components) == 3:
            story = ArticlePage.objects.at(f"{self.url_path}{'/'.join(path_components)}/")
            if story:
                return RouteResult(story)
        return super().route(request, path_components)

    def get_context(self, request, *args, **kwargs):
        from news.front import front_page
        from news.heads import home_head

        context = {**super().get_context(request, *args, **kwargs), **front_page(self, request)}
        return context | {"head": home_head(self, request)}


class FrontSlot(Orderable):
    """One place on the front page that an editor gives to a story, until a time if one is set.

    The first slot is the lead, the following ones stand beside it. A slot whose story is not public,
    or whose time is over, is filled by rule (see `news.front`); so is one that repeats a story. The database
    does not forbid repeating: exchanging two slots' stories in one save would break on the way.
    """

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="slots")
    article = models.ForeignKey(
        "news.ArticlePage", verbose_name="稿件", on_delete=models.CASCADE, related_name="+"
    )
    expires_at = models.DateTimeField(
        "撤下时间", null=True, blank=True, help_text="到时自动换成最新稿件；留空则一直保留。"
    )

    class Meta(Orderable.Meta):
        verbose_name = "头版位置"
        verbose_name_plural = "头版位置"

    def __str__(self):
        return f"头版：{self.article}"

    def expired(self, at=None):
        """Whether the slot's time is over at `at` (now)."""
        return self.expires_at is not None and self.expires_at <= (at or timezone.now())


class NewsIndexPage(PartOfTheSite, PageWithOwnSlug, Page):
    """All news: every story, newest first."""

    edit_handler = NEWS_INDEX_FORM
    template = "news/news_index_page.html"
    parent_page_types = ["news.HomePage"]
    subpage_types = ["news.SectionPage"]
    max_count = 1
    page_description = "全部新闻，下设各栏目"

    class Meta:
        verbose_name = "新闻总页"

    def get_context(self, request, *args, **kwargs):
        from news.heads import news_index_head
        from news.lists import news_index

        context = {**super().get_context(request, *args, **kwargs), **news_index(request)}
        return context | {"head": news_index_head(request, context["stories"])}


class SectionPage(PartOfTheSite, PageWithOwnSlug, Page):
    """One section (栏目) of the news."""

    introduction = models.CharField("栏目简介", max_length=200, blank=True)

    edit_handler = SECTION_FORM
    template = "news/section_page.html"
    parent_page_types = ["news.NewsIndexPage"]
    subpage_types = ["news.ArticlePage"]
    page_description = "一个栏目"

    search_fields = [*Page.search_fields, index.SearchField("introduction", boost=1.5)]

    class Meta:
        verbose_name = "栏目"
        verbose_name_plural = "栏目"

    def get_context(self, request, *args, **kwargs):
        from news.heads import section_head
        from news.lists import section

        context = {**super().get_context(request, *args, **kwargs), **section(self, request)}
        return context | {"head": section_head(self, request, context["stories"])}


class PlainPage(PartOfTheSite, PageWithOwnSlug, Page):
    """A page of text that editors keep: about us, privacy, how we correct."""

    body = StreamField(StoryBlock(), verbose_name="正文", blank=True)
    in_footer = models.BooleanField("在页脚显示链接", default=True)

    edit_handler = PLAIN_FORM
    template = "news/plain_page.html"
    parent_page_types = ["news.HomePage"]
    subpage_types = []
    page_description = "关于、隐私、更正制度等文字页面"

    search_fields = [*Page.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "文字页面"
        verbose_name_plural = "文字页面"

    def get_context(self, request, *args, **kwargs):
        from news.heads import plain_head

        context = super().get_context(request, *args, **kwargs)
        return context | {"head": plain_head(self, request)}
