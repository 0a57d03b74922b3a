"""The story: its headline's three parts, who made it, where it was printed, and its body."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageManager, PageQuerySet, PageViewRestriction
from wagtail.search import index

from news.blocks import StoryBlock
from news.models.slugs import DaySequence, PageWithOwnSlug
from news.panels import STORY_FORM
from news.permissions import StoryPermissionTester
from news.visibility import public, restricted
from portal.references import format_reference
from portal.search.keeping import reindex

REPRINT_FIELDS = ("source_name", "source_headline", "source_author", "source_url")


class ArticleQuerySet(PageQuerySet):
    """Questions that one asks of stories."""

    def published(self):
        """Return the stories that any reader may see now, newest first.

        Live and under no view restriction; scheduled, expired and withdrawn stories are not live.
        """
        return public(self).newest_first()

    def newest_first(self):
        """Put the stories in the order in which readers first saw them, the latest first."""
        return self.order_by("-first_published_at", "-pk")

    def in_section(self, section):
        """Return the stories of one section."""
        return self.child_of(section)

    def about(self, topic):
        """Return the stories that carry `topic`."""
        return self.filter(topics=topic)

    def by(self, person):
        """Return the stories over which `person`'s name stands, in whatever role."""
        return self.filter(pk__in=ArticleCredit.objects.filter(person=person).values("page"))

    def at(self, url_path):
        """Return the live story at one address of the tree, with what its page asks for first; or None."""
        # The address has no index of its own; its last part has.
        slug = url_path.rstrip("/").rsplit("/", 1)[-1]
        stories = self.live().filter(slug=slug, url_path=url_path).select_related("cover")
        return stories.annotate(is_restricted=restricted()).first()

    def for_lists(self):
        """Bring the cover with its finished sizes along, so that a list costs the same at any length."""
        return self.select_related("cover").prefetch_related("cover__renditions")


class ArticlePage(PageWithOwnSlug, Page):
    """One story."""

    kicker = models.CharField("引题", max_length=100, blank=True, help_text="主题之上的小标题。")
    deck = models.CharField("副题", max_length=150, blank=True, help_text="主题之下的补充标题。")
    display_title = models.CharField(
        "列表标题",
        max_length=60,
        blank=True,
        help_text="用于列表、订阅和分享卡片；留空则用主题。",
    )
    summary = models.CharField(
        "摘要", max_length=200, blank=True, help_text="列表和分享时显示；留空则取正文开头。"
    )
    cover = models.ForeignKey(
        "portal.Picture",
        verbose_name="封面图",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="用于列表和分享卡片，不在正文中显示。",
    )
    dateline = models.CharField(
        "电头", max_length=50, blank=True, help_text="如“本报讯”“据新华社北京8月18日电”。"
    )
    topics = ParentalManyToManyField(
        "news.Topic", verbose_name="专题", blank=True, related_name="articles"
    )
    body = StreamField(StoryBlock(), verbose_name="正文", blank=True)

    printed_on = models.DateField("见报日期", null=True, blank=True)
    paper = models.CharField("报纸", max_length=50, blank=True)
    page_number = models.CharField("版次", max_length=10, blank=True, help_text="如“A05”。")
    page_name = models.CharField("版面", max_length=30, blank=True, help_text="如“都市新闻”。")
    issue_number = models.CharField("期号", max_length=20, blank=True)

    is_reprint = models.BooleanField("转载", default=False)
    source_name = models.CharField("来源媒体", max_length=100, blank=True)
    source_headline = models.CharField("原标题", max_length=200, blank=True)
    source_author = models.CharField("原作者", max_length=100, blank=True)
    source_url = models.URLField("原文网址", max_length=500, blank=True)

    objects = PageManager.from_queryset(ArticleQuerySet)()

    edit_handler = STORY_FORM
    template = "news/article_page.html"
    parent_page_types = ["news.SectionPage"]
    subpage_types = []
    page_description = "一篇稿件"
    # Not by the signal of its own row; see `save`.
    search_auto_update = False
    search_fields = [
        *Page.search_fields,
        index.SearchField("kicker", boost=1.5),
        index.SearchField("deck", boost=1.5),
        index.SearchField("display_title", boost=1.5),
        index.SearchField("summary", boost=1.5),
        index.SearchField("body"),
        index.RelatedFields("credits", [index.SearchField("name")]),
        # What is offered while typing is offered at the desk alone: of drafts as well.
        index.AutocompleteField("draft_title"),
        index.AutocompleteField("kicker"),
        index.AutocompleteField("deck"),
        index.AutocompleteField("display_title"),
        index.FilterField("printed_on"),
    ]

    class Meta:
        verbose_name = "稿件"
        verbose_name_plural = "稿件"
        constraints = [
            models.CheckConstraint(
                condition=Q(is_reprint=False)
                | (
                    ~Q(source_name="")
                    & ~Q(source_headline="")
                    & ~Q(source_author="")
                    & ~Q(source_url="")
                ),
                name="reprint_names_its_source",
                violation_error_message="转载稿须写明来源媒体、原标题、原作者和原文网址。",
            ),
        ]

    def save(self, *args, **kwargs):
        """Save, and index the story as it then is: with its byline, which is saved after its own row."""
        super().save(*args, **kwargs)
        reindex(ArticlePage, [self.pk])

    def permissions_for_user(self, user):
        return StoryPermissionTester(user, self)

    def wanted_slug(self):
        return DaySequence.take(timezone.localdate())

    def clean(self):
        super().clean()
        if self.is_reprint:
            missing = [name for name in REPRINT_FIELDS if not getattr(self, name)]
            if missing:
                raise ValidationError(
                    {
                        name: f"转载稿须填写{self._meta.get_field(name).verbose_name}。"
                        for name in missing
                    }
                )

    def get_view_restrictions(self):
        """Return the restrictions; a story that came with the answer that it has none asks no more."""
        if self.alias_of_id is None and getattr(self, "is_restricted", True) is False:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    @property
    def reference(self):
        """How other records point at this story (see `portal.references`)."""
        return format_reference("article", self.pk)

    @property
    def list_title(self):
        """The title for lists, feeds and share cards."""
        return self.display_title or self.title

    @cached_property
    def standfirst(self):
        """The summary, or the opening of the text cut at 90 characters."""
        from news.reading import opening

        return self.summary or opening(self.body, 90)

    @property
    def updated_at(self):
        """When readers last saw a change after the first publication; None while there was none."""
        first, last = self.first_published_at, self.last_published_at
        if first and last and (last - first).total_seconds() >= 60:
            return last
        return None

    def get_context(self, request, *args, **kwargs):
        from news.heads import article_head
        from news.reading import article_context

        shown = article_context(self, request)
        context = {**super().get_context(request, *args, **kwargs), **shown}
        return context | {"head": article_head(self, request, shown)}


class ArticleCredit(Orderable):
    """One name over or under a story, with the role and affiliation it had for this story."""

    class Role(models.TextChoices):
        REPORTER = "reporter", "记者"
        CORRESPONDENT = "correspondent", "通讯员"
        INTERN = "intern", "实习生"
        AUTHOR = "author", "作者"
        TEXT_AND_PICTURES = "text_and_pictures", "文/图"
        TEXT = "text", "文"
        PICTURES = "pictures", "图"
        PHOTOGRAPHER = "photographer", "摄影"
        GRAPHICS = "graphics", "制图"
        TRANSLATOR = "translator", "翻译"
        PLANNER = "planner", "策划"
        EDITOR = "editor", "编辑"
        RESPONSIBLE_EDITOR = "responsible_editor", "责编"
        PROOFREADER = "proofreader", "校对"
        REVIEWER = "reviewer", "审核"

    # Those who stand under the story, in the line of the desk; the others are the byline.
    DESK_ROLES = (Role.EDITOR, Role.RESPONSIBLE_EDITOR, Role.PROOFREADER, Role.REVIEWER)

    page = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="credits")
    role = models.CharField("角色", max_length=20, choices=Role, default=Role.REPORTER)
    person = models.ForeignKey(
        "news.Person",
        verbose_name="人物",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="credits",
        help_text="选择后署名链接到此人的页面；一次性的作者可只填姓名。",
    )
    name = models.CharField("姓名", max_length=50, blank=True, help_text="留空则用人物的姓名。")
    affiliation = models.CharField(
        "单位", max_length=50, blank=True, help_text="留空则用人物的单位。"
    )

    class Meta(Orderable.Meta):
        verbose_name = "署名"
        verbose_name_plural = "署名"
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(name=""),
                name="credit_names_someone",
                violation_error_message="请选择人物或填写姓名。",
            )
        ]

    def __str__(self):
        return f"{self.get_role_display()} {self.name}"

    def save(self, *args, **kwargs):
        self._take_from_person()
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        self._take_from_person()

    def _take_from_person(self):
        if self.person:
            self.name = self.name or self.person.name
            self.affiliation = self.affiliation or self.person.affiliation

    @property
    def belongs_to_desk(self):
        """Whether this name stands under the story instead of over it."""
        return self.role in self.DESK_ROLES
