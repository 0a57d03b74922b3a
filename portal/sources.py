"""The document that states facts: from draft to published to withdrawn.

Knows which document stands at an instant, and who published or withdrew it and why. Hides the
optimistic lock. `Notice` and `Release` are `SourceDocument`s; their lines declare
`guard = LinesOf("notice")` (see `portal.guards`), and the facts that they state are `Recorded`.

An app's verb publishes in this order, in one transaction: `mark_published` (it locks the document, so
its lines stand still), then the lines are read, then `records.supersede` with the document's
`published_at`, then one row of `portal.Change`.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, router, transaction
from django.db.models import F, Q

from portal import guards
from portal.records import instant, lost_rules, past_instant


class AlreadyPublished(Exception):
    """A source document was to be published or edited a second time."""


class NotPublished(Exception):
    """A source document that is no published one was to be withdrawn or replaced."""


class AlreadyWithdrawn(Exception):
    """A source document was to be withdrawn a second time."""


class StaleVersion(Exception):
    """A save from an old version. `mine` is what was to be saved, `theirs` what stands now or None."""

    def __init__(self, mine, theirs):
        self.mine, self.theirs = mine, theirs
        if theirs is None:
            super().__init__("这条记录在您打开之后已被删除，未保存。")
        else:
            super().__init__(
                f"这条记录在您打开之后已被他人修改：您打开的是第 {mine.version} 版，"
                f"现在是第 {theirs.version} 版，未保存。请比较后再改。"
            )

    def differences(self):
        """Return [(label, mine, theirs)] for the fields in which the two versions differ, as editors see them."""
        if self.theirs is None:
            return []
        return [
            (field.verbose_name, _shown(self.mine, field), _shown(self.theirs, field))
            for field in self.mine._meta.concrete_fields
            if field.name != "version"
            and getattr(self.mine, field.attname) != getattr(self.theirs, field.attname)
        ]


def _shown(row, field):
    """Return the value of a field: of a choice its label, of a relation the row that it points at."""
    if field.choices:
        return getattr(row, f"get_{field.name}_display")()
    return getattr(row, field.name)


class Versioned(models.Model):
    """One row that several editors may hold open: a save from an old version is refused.

    `save` raises StaleVersion. QuerySet updates and bulk writes pass the lock by; verbs that use them
    must raise `version` themselves.
    """

    version = models.PositiveIntegerField("版本", default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, **kwargs):
        """Save and raise `version` by one, or raise StaleVersion when another save came between."""
        if self._state.adding:
            super().save(**kwargs)
            return
        alias = kwargs.get("using") or router.db_for_write(type(self), instance=self)
        rows = type(self)._base_manager.using(alias).filter(pk=self.pk)
        seen = self.version
        with transaction.atomic(using=alias):
            if not rows.filter(version=seen).update(version=seen + 1):
                raise StaleVersion(self, rows.first())
            self.version = seen + 1
            try:
                super().save(**kwargs)
            except BaseException:
                self.version = seen
                raise


class SourceDocumentQuerySet(models.QuerySet):
    """Questions that one asks of source documents."""

    def published(self, at=None):
        """Return the documents published by the instant `at` (now when None), withdrawn ones too.

        The instant of publication counts. A plan (`publish_after`) publishes nothing. Raises
        ValueError for a naive datetime.
        """
        return self.filter(published_at__lte=instant(at))

    def standing(self, at=None):
        """Return the documents published by the instant `at` and not withdrawn or replaced by then.

        At the instant of a withdrawal or of the successor's publication the document stands no more;
        a successor that is still a draft replaces nothing. A document that was replaced does not
        come back when its successor is withdrawn: then neither stands.
        """
        at = instant(at)
        return self.published(at).filter(
            Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=at),
            Q(replaced_by__published_at__isnull=True) | Q(replaced_by__published_at__gt=at),
        )


class SourceDocument(Versioned):
    """One document that states facts: editable until published, then only withdrawn or replaced."""

    source_words = models.TextField(
        "来源说明",
        help_text="文件出自哪里，照原样写明：发布机构、标题、日期、版面或网址。",
    )
    publish_after = models.DateTimeField(
        "计划发布时间", null=True, blank=True, help_text="只是计划；到时仍须发布。"
    )
    published_at = models.DateTimeField("发布时间", null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="发布人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    replaces = models.OneToOneField(
        "self",
        verbose_name="取代的文件",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        help_text="更正已发布的文件时，选择被更正的那一份。",
    )
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="撤回人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    reason = models.TextField("撤回理由", blank=True, editable=False)

    objects = SourceDocumentQuerySet.as_manager()

    guard = guards.PUBLISHED

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")
        constraints = [
            models.CheckConstraint(
                condition=~Q(source_words=""),
                name="%(app_label)s_%(class)s_names_its_source",
                violation_error_message="来源说明不能为空。",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="%(app_label)s_%(class)s_published_by",
                violation_error_message="发布时间和发布人必须同时填写。",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(reason=""),
                name="%(app_label)s_%(class)s_withdrawn_by",
                violation_error_message="撤回时间、撤回人和撤回理由必须同时填写。",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True)
                | Q(published_at__isnull=False, withdrawn_at__gte=F("published_at")),
                name="%(app_label)s_%(class)s_withdrawn_after",
                violation_error_message="只有已发布的文件才能撤回，且不能早于发布时间。",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")),
                name="%(app_label)s_%(class)s_replaces_other",
                violation_error_message="文件不能取代自己。",
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1),
                name="%(app_label)s_%(class)s_version",
                violation_error_message="版本从 1 开始。",
            ),
        ]

    def save(self, **kwargs):
        """Save a draft; raise AlreadyPublished for a published document, else as `Versioned.save`."""
        if self.published_at is not None and not self._state.adding:
            raise AlreadyPublished("文件已经发布，不能修改；请另发一份更正并取代它。")
        super().save(**kwargs)

    @classmethod
    def check(cls, **kwargs):
        """Run Django's checks, and see that the base's constraints and permission were not dropped."""
        return [*super().check(**kwargs), *lost_rules(cls, SourceDocument)]

    def clean(self):
        """Refuse to replace a document that was never published."""
        super().clean()
        if self.replaces is not None and self.replaces.published_at is None:
            raise ValidationError({"replaces": "只有已发布的文件才需要取代；草稿请直接修改。"})

    def mark_published(self, *, by, at=None):
        """Make this saved draft published by `by` at `at` (default now), in the caller's transaction.

        Raises AlreadyPublished, StaleVersion when the draft was saved by another meanwhile,
        NotPublished when it replaces a document not published before `at`, and ValueError for a
        future or naive instant.
        """
        at = past_instant(at)
        if self.published_at is not None:
            raise AlreadyPublished("文件已经发布，不能再次发布。")
        rows = self._rows()
        with transaction.atomic(using=rows.db):
            replaced = self._rows(self.replaces_id)
            if self.replaces_id and not replaced.filter(published_at__lt=at).exists():
                raise NotPublished("被取代的文件在此之前没有发布。")
            changed = rows.filter(version=self.version, published_at__isnull=True).update(
                published_at=at, published_by=by, version=F("version") + 1
            )
            if not changed:
                raise StaleVersion(self, rows.first())
        self.published_at, self.published_by, self.version = at, by, self.version + 1

    def withdraw(self, *, by, reason, at=None):
        """Withdraw this published document once, for a reason that is shown to readers.

        In the caller's transaction; what its facts become is the caller's. Raises NotPublished,
        AlreadyWithdrawn, and ValueError for an empty reason or a future or naive instant.
        """
        at, reason = past_instant(at), reason.strip()
        if not reason:
            raise ValueError("撤回必须写明理由。")
        rows = self._rows()
        changed = rows.filter(published_at__lte=at, withdrawn_at__isnull=True).update(
            withdrawn_at=at, withdrawn_by=by, reason=reason
        )
        if not changed:
            if rows.filter(withdrawn_at__isnull=False).exists():
                raise AlreadyWithdrawn("文件已经撤回。")
            raise NotPublished("只有已发布的文件才能撤回。")
        self.withdrawn_at, self.withdrawn_by, self.reason = at, by, reason

    def _rows(self, pk=None):
        alias = router.db_for_write(type(self), instance=self)
        return type(self)._base_manager.using(alias).filter(pk=pk or self.pk)
