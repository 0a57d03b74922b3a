"""A source document from draft to published to withdrawn or replaced, and the optimistic lock."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.sources import (
    AlreadyPublished,
    AlreadyWithdrawn,
    NotPublished,
    StaleVersion,
)
from tests.portal.sample.models import Report

T1 = datetime(2026, 1, 1, 8, tzinfo=UTC)
TICK = timedelta(microseconds=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return get_user_model().objects.create_user("editor")


def draft(title="年报", **fields):
    return Report.objects.create(title=title, source_words="统计年报第一页", **fields)


def published(editor, title="年报", at=T1, **fields):
    report = draft(title, **fields)
    report.mark_published(by=editor, at=at)
    return report


def titles(reports):
    return sorted(report.title for report in reports)


class TestQuestions:
    def test_a_draft_and_a_plan_are_public_nowhere(self):
        draft(publish_after=T1)
        assert titles(Report.objects.published()) == []
        assert titles(Report.objects.standing()) == []

    def test_published_from_its_instant_on(self, editor):
        published(editor)
        asked = [T1 - TICK, T1, None]
        assert [titles(Report.objects.published(at)) for at in asked] == [[], ["年报"], ["年报"]]
        assert [titles(Report.objects.standing(at)) for at in asked] == [[], ["年报"], ["年报"]]

    def test_withdrawn_stands_until_its_withdrawal(self, editor):
        report = published(editor)
        report.withdraw(by=editor, reason="数据有误", at=T1 + 2 * TICK)
        asked = [T1 + TICK, T1 + 2 * TICK, None]
        assert [titles(Report.objects.standing(at)) for at in asked] == [["年报"], [], []]
        assert [titles(Report.objects.published(at)) for at in asked] == [["年报"]] * 3

    def test_replaced_stands_until_its_successor_is_published(self, editor):
        report = published(editor)
        successor = draft("更正", replaces=report)
        assert titles(Report.objects.standing()) == ["年报"]
        successor.mark_published(by=editor, at=T1 + 2 * TICK)
        asked = [T1 + TICK, T1 + 2 * TICK, None]
        standing = [titles(Report.objects.standing(at)) for at in asked]
        assert standing == [["年报"], ["更正"], ["更正"]]

    def test_replaced_does_not_come_back(self, editor):
        successor = published(editor, "更正", T1 + TICK, replaces=published(editor))
        successor.withdraw(by=editor, reason="重复", at=T1 + 2 * TICK)
        assert titles(Report.objects.standing()) == []

    @pytest.mark.parametrize("count", [1, 3])
    def test_one_query(self, editor, count, django_assert_num_queries):
        for n in range(count):
            published(editor, str(n))
        with django_assert_num_queries(1):
            assert titles(Report.objects.standing()) == [str(n) for n in range(count)]

    def test_naive_instants_are_refused(self):
        with pytest.raises(ValueError, match="aware"):
            Report.objects.standing(datetime(2026, 1, 1))


class TestPublishing:
    def test_states_who_and_when_and_raises_the_version(self, editor):
        report = published(editor)
        stored = Report.objects.get(pk=report.pk)
        assert (stored.published_at, stored.published_by, stored.version) == (T1, editor, 2)
        assert (report.published_at, report.published_by, report.version) == (T1, editor, 2)

    def test_now_is_the_default(self, editor):
        before = timezone.now()
        report = published(editor, at=None)
        assert before <= report.published_at <= timezone.now()

    def test_never_in_the_future(self, editor):
        with pytest.raises(ValueError, match="记录的时间不能晚于现在。"):
            draft().mark_published(by=editor, at=timezone.now() + timedelta(seconds=5))

    def test_once(self, editor):
        report = published(editor)
        with pytest.raises(AlreadyPublished, match="文件已经发布，不能再次发布。"):
            report.mark_published(by=editor)

    def test_a_published_document_is_not_saved(self, editor):
        report = published(editor)
        report.title = "另一个"
        with pytest.raises(AlreadyPublished, match="文件已经发布，不能修改"):
            report.save()

    def test_a_draft_that_another_saved_is_not_published(self, editor):
        mine = draft()
        Report.objects.get(pk=mine.pk).save()
        with pytest.raises(StaleVersion):
            mine.mark_published(by=editor)
        assert Report.objects.published().count() == 0

    def test_replaces_only_what_was_published_before(self, editor):
        first = draft()
        with pytest.raises(NotPublished, match="被取代的文件在此之前没有发布。"):
            draft("更正", replaces=first).mark_published(by=editor)
        first.mark_published(by=editor, at=T1)
        with pytest.raises(NotPublished):
            Report.objects.get(title="更正").mark_published(by=editor, at=T1)

    def test_form_says_that_a_draft_is_not_replaced(self, editor):
        wrong = Report(title="更正", source_words="x", replaces=draft())
        with pytest.raises(ValidationError) as refused:
            wrong.full_clean()
        assert refused.value.message_dict == {
            "replaces": ["只有已发布的文件才需要取代；草稿请直接修改。"]
        }
        Report(title="更正", source_words="x", replaces=published(editor)).full_clean()

    def test_permission(self):
        codes = Permission.objects.filter(content_type__model="report").values_list(
            "codename", flat=True
        )
        assert sorted(codes) == [
            "add_report",
            "change_report",
            "delete_report",
            "publish_report",
            "view_report",
        ]


class TestWithdrawal:
    def test_states_who_when_and_why(self, editor):
        report = published(editor)
        report.withdraw(by=editor, reason=" 数据有误 ", at=T1 + TICK)
        stored = Report.objects.get(pk=report.pk)
        assert (stored.withdrawn_at, stored.withdrawn_by, stored.reason) == (
            T1 + TICK,
            editor,
            "数据有误",
        )
        assert (report.withdrawn_at, report.reason) == (T1 + TICK, "数据有误")

    def test_once(self, editor):
        report = published(editor)
        report.withdraw(by=editor, reason="数据有误")
        with pytest.raises(AlreadyWithdrawn, match="文件已经撤回。"):
            report.withdraw(by=editor, reason="再次")

    def test_only_what_is_published_by_then(self, editor):
        with pytest.raises(NotPublished, match="只有已发布的文件才能撤回。"):
            draft().withdraw(by=editor, reason="数据有误")
        with pytest.raises(NotPublished):
            published(editor).withdraw(by=editor, reason="数据有误", at=T1 - TICK)

    def test_needs_a_reason(self, editor):
        with pytest.raises(ValueError, match="撤回必须写明理由。"):
            published(editor).withdraw(by=editor, reason="  ")


class TestConstraints:
    """Each rule in its legal and its illegal state, written past the model's own methods."""

    def test_legal(self, editor):
        who = {"published_at": T1, "published_by": editor}
        withdrawn = {"withdrawn_at": T1, "withdrawn_by": editor, "reason": "数据有误"}
        draft(**who)
        draft(**who, **withdrawn)
        draft(replaces=draft())
        assert Report.objects.count() == 4

    @pytest.mark.parametrize(
        ("fields", "name"),
        [
            (["published_at"], "published_by"),
            (["published_by"], "published_by"),
            (["published_at", "published_by", "withdrawn_at"], "withdrawn_by"),
            (["published_at", "published_by", "withdrawn_by"], "withdrawn_by"),
            (["published_at", "published_by", "reason"], "withdrawn_by"),
            (["published_at", "published_by", "withdrawn_at", "withdrawn_by"], "withdrawn_by"),
            (["withdrawn_at", "withdrawn_by", "reason"], "withdrawn_after"),
        ],
    )
    def test_pairs(self, editor, fields, name):
        legal = {
            "published_at": T1,
            "published_by": editor,
            "withdrawn_at": T1,
            "withdrawn_by": editor,
            "reason": "数据有误",
        }
        with pytest.raises(IntegrityError, match=f"sample_report_{name}"), transaction.atomic():
            draft(**{field: legal[field] for field in fields})

    def test_withdrawal_after_publication(self, editor):
        with pytest.raises(IntegrityError, match="withdrawn_after"), transaction.atomic():
            draft(
                published_at=T1,
                published_by=editor,
                withdrawn_at=T1 - TICK,
                withdrawn_by=editor,
                reason="数据有误",
            )

    def test_replaces_another_document(self):
        report = draft()
        with pytest.raises(IntegrityError, match="replaces_other"), transaction.atomic():
            Report.objects.filter(pk=report.pk).update(replaces=report)

    def test_is_replaced_once(self):
        report = draft()
        draft(replaces=report)
        with pytest.raises(IntegrityError), transaction.atomic():
            draft(replaces=report)

    def test_names_its_source(self):
        with pytest.raises(IntegrityError, match="names_its_source"), transaction.atomic():
            Report.objects.create(title="年报")

    def test_version_starts_at_one(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            draft(version=0)

    def test_check_misses_no_lost_rule(self, monkeypatch):
        assert [e.id for e in Report.check() if e.id == "portal.E011"] == []
        monkeypatch.setattr(Report._meta, "default_permissions", ("add",))
        monkeypatch.setattr(Report._meta, "constraints", Report._meta.constraints[1:])
        (error,) = [e for e in Report.check() if e.id == "portal.E011"]
        assert error.msg == (
            "sample.Report 的 Meta 丢失了 SourceDocument 的规则："
            "sample_report_names_its_source、change、delete、view、publish。"
        )


class TestOptimisticLock:
    def test_each_save_raises_the_version(self):
        report = draft()
        report.save()
        report.save(update_fields=["title"])
        assert (report.version, Report.objects.get(pk=report.pk).version) == (3, 3)

    def test_a_save_from_an_old_version_shows_both(self):
        mine = draft()
        theirs = Report.objects.get(pk=mine.pk)
        theirs.title = "他人的题目"
        theirs.save()
        mine.title = "我的题目"
        with pytest.raises(StaleVersion) as refused:
            mine.save()
        assert str(refused.value) == (
            "这条记录在您打开之后已被他人修改：您打开的是第 1 版，现在是第 2 版，未保存。请比较后再改。"
        )
        assert (refused.value.mine, refused.value.theirs.version) == (mine, 2)
        assert refused.value.differences() == [("标题", "我的题目", "他人的题目")]
        assert Report.objects.get(pk=mine.pk).title == "他人的题目"

    def test_a_save_of_a_deleted_row(self):
        mine = draft()
        Report.objects.filter(pk=mine.pk).delete()
        with pytest.raises(StaleVersion, match="这条记录在您打开之后已被删除，未保存。") as refused:
            mine.save()
        assert (refused.value.theirs, refused.value.differences()) == (None, [])

    def test_a_save_that_fails_keeps_the_version(self):
        report = draft()
        report.source_words = ""
        with pytest.raises(IntegrityError), transaction.atomic():
            report.save()
        report.source_words = "统计年报第二页"
        report.save()
        assert (report.version, Report.objects.get(pk=report.pk).version) == (2, 2)
