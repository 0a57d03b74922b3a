"""Who writes, and what stories are about: people and topics, each with a page of its stories."""

from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.search import index

from news.models.slugs import free_slug
from portal.models import SLUG_RULE
from portal.names import pinyin_slug
from portal.search.vocabulary import beginning_keys, name_keys


class Addressed(index.Indexed, models.Model):
    """A thing with a name and a page of its own, whose old addresses keep leading to it."""

    address_name: str  # the URL's name, which takes the slug

    name = models.CharField("名称", max_length=50)
    slug = models.CharField(
        "网址标识",
        max_length=60,
        unique=True,
        blank=True,
        validators=[RegexValidator(SLUG_RULE, "只能用小写字母、数字和连字符。")],
        help_text="留空则用拼音自动生成。改动后旧网址自动转到新网址。",
    )

    search_fields = [
        index.SearchField("name", boost=2),
        index.SearchField("sounds"),
        index.SearchField("introduction"),
        index.AutocompleteField("name"),
        index.AutocompleteField("sounds_begun"),
        index.AutocompleteField("slug"),
    ]

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(slug__regex=SLUG_RULE),
                name="%(class)s_slug_fits_addresses",
                violation_error_message="网址标识只能用小写字母、数字和连字符。",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="%(class)s_has_a_name",
                violation_error_message="名称不能为空。",
            ),
        ]

    def __str__(self):
        return self.name

    @transaction.atomic
    def save(self, *args, **kwargs):
        self._give_slug()
        before = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        super().save(*args, **kwargs)
        if before and before.slug != self.slug:
            old_path = Redirect.normalise_path(before.get_absolute_url())
            # An address that comes back into use must not lead away from itself.
            Redirect.objects.filter(
                old_path=Redirect.normalise_path(self.get_absolute_url())
            ).delete()
            Redirect.objects.update_or_create(
                old_path=old_path,
                site=None,
                defaults={"redirect_link": self.get_absolute_url(), "is_permanent": True},
            )

    def get_absolute_url(self):
        return reverse(self.address_name, args=[self.slug])

    def sounds(self):
        """Return its name by sound, as search keeps it (`name_keys`)."""
        return name_keys(self.name)

    def sounds_begun(self):
        """Return its name by sound, as it is offered while being typed."""
        return beginning_keys(self.name)

    def full_clean(self, *args, **kwargs):
        self._give_slug()
        super().full_clean(*args, **kwargs)

    def _give_slug(self):
        if not self.slug and self.name:
            others = type(self).objects.exclude(pk=self.pk)
            self.slug = free_slug(
                pinyin_slug(self.name) or type(self).__name__.lower(),
                lambda slug: others.filter(slug=slug).exists(),
            )


class PersonQuerySet(models.QuerySet):
    """Questions that one asks of people."""

    def public(self):
        """Return those whose names stand over or under a story that any reader may see now."""
        from news.models import ArticleCredit, ArticlePage

        stories = ArticlePage.objects.published().order_by()
        credits = ArticleCredit.objects.filter(page__in=stories, person=OuterRef("pk"))
        return self.filter(Exists(credits))


class Person(Addressed):
    """One person whose name stands over stories, or under them in the line of the desk."""

    address_name = "person"

    account = models.OneToOneField(
        "portal.User",
        verbose_name="登录账号",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        help_text="此人写新稿时自动署名。",
    )
    affiliation = models.CharField(
        "单位", max_length=50, blank=True, help_text="如“郑报全媒体”；署名时自动带出，可逐篇改。"
    )
    position = models.CharField("职务", max_length=50, blank=True)
    introduction = models.TextField("简介", blank=True, max_length=500)
    portrait = models.ForeignKey(
        "portal.Picture",
        verbose_name="头像",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = PersonQuerySet.as_manager()

    search_fields = [
        *Addressed.search_fields,
        index.SearchField("affiliation"),
        index.SearchField("position"),
        index.AutocompleteField("affiliation"),
    ]

    class Meta(Addressed.Meta):
        verbose_name = "人物"
        verbose_name_plural = "人物"
        ordering = ["name", "pk"]


class TopicQuerySet(models.QuerySet):
    """Questions that one asks of topics."""

    def public(self):
        """Return those that a story carries which any reader may see now."""
        from news.models import ArticlePage

        stories = ArticlePage.objects.published().order_by()
        return self.filter(Exists(stories.filter(topics=OuterRef("pk"))))


class Topic(Addressed):
    """One subject that stories of any section share."""

    address_name = "topic"

    introduction = models.TextField("导语", blank=True, max_length=500)

    objects = TopicQuerySet.as_manager()

    class Meta(Addressed.Meta):
        verbose_name = "专题"
        verbose_name_plural = "专题"
        ordering = ["name", "pk"]
