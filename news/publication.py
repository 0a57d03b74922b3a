"""Which saves of a story readers can see, and the change that each writes in its own transaction.

Wagtail publishes and withdraws in several ways (the desk, bulk actions, schedules, deletion), of which
some save the plain page and some announce themselves only after their transaction. All of them save or
delete the row, so that is where the change is written.
"""

from django.db.models.signals import post_save, pre_delete, pre_save
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page

from news.models import ArticlePage
from portal.models import Change
from portal.references import format_reference

# What of a story's row says whether readers see it, and whether they see something new: its words come
# with a revision (or, in an alias, which has none, with a time of publication), its address with a move.
SEEN = ("live", "live_revision_id", "last_published_at", "url_path")


def act_between(before, after):
    """Return what readers saw happen between two states (values of `SEEN`), or None.

    A row that did not exist yet was not live.
    """
    was_live, *old = before
    is_live, *new = after
    if is_live and not was_live:
        return Change.Act.PUBLISH
    if was_live and not is_live:
        return Change.Act.WITHDRAW
    if is_live and old != new:
        return Change.Act.UPDATE
    return None


def _is_story(page):
    return isinstance(page, ArticlePage) or page.cached_content_type.model_class() is ArticlePage


def _write(page, act):
    # The row may be the plain page of a story, which knows no reference of its own.
    reference = format_reference("article", page.pk)
    Change.objects.record(act=act, reference=reference, by=get_active_log_context().user)


def _remember(sender, instance, raw=False, **kwargs):
    if raw or not _is_story(instance):
        return
    row = Page.objects.filter(pk=instance.pk).values_list(*SEEN).first()
    instance._state_before_save = row or (False,)


def _tell(sender, instance, raw=False, **kwargs):
    if raw or not _is_story(instance):
        return
    act = act_between(instance._state_before_save, [getattr(instance, name) for name in SEEN])
    if act:
        _write(instance, act)


def _tell_deletion(sender, instance, **kwargs):
    # Deleting a section deletes its stories' rows one by one; each was readable until now.
    if Page.objects.filter(pk=instance.pk, live=True).exists():
        _write(instance, Change.Act.WITHDRAW)


def watch():
    """Connect to the saves of stories; called once when the app is ready."""
    for sender in (Page, ArticlePage):
        pre_save.connect(_remember, sender=sender, dispatch_uid=f"news.before.{sender.__name__}")
        post_save.connect(_tell, sender=sender, dispatch_uid=f"news.after.{sender.__name__}")
    pre_delete.connect(_tell_deletion, sender=ArticlePage, dispatch_uid="news.deleted")
