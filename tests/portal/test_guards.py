"""The database itself refuses: attempts by ORM, in bulk and in raw SQL, on both databases."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, connection, models, transaction
from django.db.models.signals import post_migrate, pre_migrate
from django.utils import timezone

from portal import guards
from portal.records import close, supersede
from tests.portal.sample.models import Entry, Reading, Report, ReportLine, Seat, Sitting
from tests.refusals import execute, words_of_refusal

T1 = datetime(2026, 1, 1, 8, tzinfo=UTC)

sqlite_only = pytest.mark.skipif("connection.vendor != 'sqlite'")
postgresql_only = pytest.mark.skipif("connection.vendor != 'postgresql'")


@pytest.fixture
def editor(db):
    return get_user_model().objects.create_user("editor")


@pytest.fixture
def row(db):
    (row,) = supersede([], [Reading(subject="郑州", value=1)], at=T1)
    return row


@pytest.fixture
def report(editor):
    """A published report of one line."""
    report = Report.objects.create(title="年报", source_words="年报第一页")
    ReportLine.objects.create(report=report, subject="郑州")
    report.mark_published(by=editor, at=T1)
    return report


@pytest.fixture
def draft(db):
    """A draft of one line."""
    draft = Report.objects.create(title="草稿", source_words="年报第二页")
    ReportLine.objects.create(report=draft, subject="洛阳")
    return draft


class TestRecorded:
    KEPT = "“读数”一经记入，除关闭一次外，不可修改。"
    NO_DELETE = "“读数”一经记入，不可删除。"
    NO_FUTURE = "“读数”记录的时间是事实，不能晚于现在。"

    def test_closed_once_and_nothing_else(self, row):
        close([row])
        assert words_of_refusal(Reading.objects.update, known_to=timezone.now()) == self.KEPT
        assert words_of_refusal(Reading.objects.update, known_to=None) == self.KEPT

    @pytest.mark.parametrize(
        "assignment",
        [
            "value = 2",
            "value = NULL",
            "subject = '洛阳'",
            "valid_from = '2020-01-01'",
            "known_from = '2025-01-01 00:00:00+00:00'",
            "id = id + 1000",
            "known_to = '2026-02-01 00:00:00+00:00', value = 2",
            "subject = subject",
        ],
    )
    def test_no_update_in_sql(self, row, assignment):
        statement = f"UPDATE sample_reading SET {assignment}"  # noqa: S608
        assert words_of_refusal(execute, statement) == self.KEPT

    def test_closing_in_sql(self, row):
        execute("UPDATE sample_reading SET known_to = '2026-02-01 00:00:00+00:00'")
        assert Reading.objects.current().count() == 0

    def test_no_update_in_orm(self, row):
        row.value = 2
        assert words_of_refusal(row.save) == self.KEPT
        assert words_of_refusal(Reading.objects.bulk_update, [row], ["value"]) == self.KEPT
        assert Reading.objects.get().value == 1

    def test_no_delete(self, row):
        assert words_of_refusal(row.delete) == self.NO_DELETE
        assert words_of_refusal(Reading.objects.all().delete) == self.NO_DELETE
        assert words_of_refusal(execute, "DELETE FROM sample_reading") == self.NO_DELETE
        assert Reading.objects.count() == 1

    @pytest.mark.parametrize("field", ["known_from", "known_to"])
    def test_no_future(self, db, field):
        times = {"known_from": T1, field: timezone.now() + timedelta(minutes=2)}
        row = Reading(subject="郑州", **times)
        assert words_of_refusal(row.save) == self.NO_FUTURE

    def test_no_closing_in_the_future(self, row):
        tomorrow = {"known_to": timezone.now() + timedelta(days=1)}
        assert words_of_refusal(Reading.objects.update, **tomorrow) == self.NO_FUTURE

    @sqlite_only
    def test_replace_deletes_nothing(self, row):
        by_key = (
            "REPLACE INTO sample_reading (id, subject, value, known_from)"
            " VALUES (%s, '郑州', 2, '2026-01-01')"
        )
        by_unique_subject = (
            "INSERT OR REPLACE INTO sample_reading (subject, value, known_from)"
            " VALUES ('郑州', 2, '2026-01-01')"
        )
        assert words_of_refusal(execute, by_key, row.pk) == self.NO_DELETE
        assert words_of_refusal(execute, by_unique_subject) == self.NO_DELETE


class TestPublished:
    KEPT = "“报告”已经发布，除撤回一次外，不可修改。"

    def test_a_draft_is_free(self, draft):
        Report.objects.update(title="改过")
        execute("UPDATE sample_report SET source_words = '改过'")
        draft.delete()
        assert (Report.objects.count(), ReportLine.objects.count()) == (0, 0)

    @pytest.mark.parametrize(
        "assignment",
        [
            "title = '改过'",
            "source_words = '改过'",
            "published_at = NULL, published_by_id = NULL",
            "version = version + 1",
            "reason = '改过'",
            "title = title",
        ],
    )
    def test_no_update_once_published(self, report, assignment):
        statement = f"UPDATE sample_report SET {assignment}"  # noqa: S608
        assert words_of_refusal(execute, statement) == self.KEPT

    def test_withdrawn_once_and_nothing_else(self, report, editor):
        withdrawal = {"withdrawn_at": T1, "withdrawn_by": editor, "reason": "数据有误"}
        with_title = {**withdrawal, "title": "改过"}
        assert words_of_refusal(Report.objects.update, **with_title) == self.KEPT
        Report.objects.update(**withdrawal)
        assert words_of_refusal(Report.objects.update, reason="另一个理由") == self.KEPT
        undone = {"withdrawn_at": None, "withdrawn_by": None, "reason": ""}
        assert words_of_refusal(Report.objects.update, **undone) == self.KEPT

    def test_no_delete_once_published(self, report):
        refusal = "“报告”已经发布，不可删除。"
        assert words_of_refusal(execute, "DELETE FROM sample_report") == refusal

    @pytest.mark.parametrize("field", ["published_at", "withdrawn_at"])
    def test_no_future(self, editor, field):
        late = timezone.now() + timedelta(minutes=2)
        times = {"published_at": T1, "withdrawn_at": T1, field: late}
        people = {"published_by": editor, "withdrawn_by": editor}
        report = Report(title="年报", source_words="x", reason="数据有误", **people, **times)
        assert words_of_refusal(report.save) == "“报告”记录的时间是事实，不能晚于现在。"


class TestLines:
    def test_lines_of_a_draft_are_free(self, draft):
        ReportLine.objects.create(report=draft, subject="开封")
        ReportLine.objects.update(subject="改过")
        ReportLine.objects.all().delete()
        assert ReportLine.objects.count() == 0

    def test_no_insert_under_a_published_document(self, report):
        lines = [ReportLine(report=report, subject=name) for name in ("洛阳", "开封")]
        refusal = "“报告的一行”所属的文件已经发布，不可增加。"
        assert words_of_refusal(lines[0].save) == refusal
        assert words_of_refusal(ReportLine.objects.bulk_create, lines) == refusal
        statement = f"INSERT INTO sample_reportline (report_id, subject) VALUES ({report.pk}, 'x')"  # noqa: S608
        assert words_of_refusal(execute, statement) == refusal

    def test_no_update_and_no_delete(self, report):
        changed = "“报告的一行”所属的文件已经发布，不可修改。"
        deleted = "“报告的一行”所属的文件已经发布，不可删除。"
        assert words_of_refusal(execute, "UPDATE sample_reportline SET subject = 'x'") == changed
        assert words_of_refusal(execute, "DELETE FROM sample_reportline") == deleted
        assert words_of_refusal(report.delete) == deleted

    def test_no_move_into_or_out_of_a_published_document(self, report, draft):
        changed = "“报告的一行”所属的文件已经发布，不可修改。"
        inside, outside = report.lines.all(), draft.lines.all()
        assert words_of_refusal(inside.update, report=draft) == changed
        assert words_of_refusal(outside.update, report=report) == changed

    @postgresql_only
    @pytest.mark.django_db(transaction=True)
    def test_no_line_slips_in_while_its_document_is_being_published(self, draft, editor):
        other = connection.copy()
        line = f"INSERT INTO sample_reportline (report_id, subject) VALUES ({draft.pk}, 'x')"  # noqa: S608
        try:
            with transaction.atomic():
                draft.mark_published(by=editor)
                with other.cursor() as cursor:
                    cursor.execute("SET lock_timeout = '50ms'")
                    with pytest.raises(OperationalError, match="lock timeout"):
                        cursor.execute(line)
            with other.cursor() as cursor:
                # The connection goes back to the pool, for others to use.
                cursor.execute("RESET lock_timeout")
            with other.cursor() as cursor, pytest.raises(IntegrityError, match="已经发布"):
                cursor.execute(line)
        finally:
            other.close()


class TestAppendOnly:
    def test_no_update_and_no_delete(self, db):
        Entry.objects.create(text="一")
        changed, deleted = (f"“日志”只增不改：一经记入，不可{act}。" for act in ("修改", "删除"))
        assert words_of_refusal(Entry.objects.update, text="二") == changed
        assert words_of_refusal(execute, "UPDATE sample_entry SET text = text") == changed
        assert words_of_refusal(execute, "DELETE FROM sample_entry") == deleted


class TestPermanent:
    KEPT = "“席位”的代码一经确定，不可修改。"

    def test_the_code_stays_and_the_rest_may_change(self, db):
        seat = Seat.objects.create(code="a", colour="红")
        assert words_of_refusal(Seat.objects.update, code="b") == self.KEPT
        assert words_of_refusal(execute, "UPDATE sample_seat SET code = 'b', colour = '绿'") == (
            self.KEPT
        )
        seat.code = "b"
        assert words_of_refusal(seat.save) == self.KEPT
        assert words_of_refusal(Seat.objects.bulk_update, [seat], ["code"]) == self.KEPT
        execute("UPDATE sample_seat SET code = 'a', colour = '绿'")
        seat.refresh_from_db()
        assert (seat.code, seat.colour) == ("a", "绿")

    def test_it_is_not_deleted(self, db):
        seat, refusal = Seat.objects.create(code="a"), "“席位”不可删除。"
        assert words_of_refusal(seat.delete) == refusal
        assert words_of_refusal(execute, "DELETE FROM sample_seat") == refusal

    @sqlite_only
    def test_nor_replaced(self, db):
        seat = Seat.objects.create(code="a")
        statement = "REPLACE INTO sample_seat (id, code, colour) VALUES (%s, 'b', '')"
        assert words_of_refusal(execute, statement, seat.pk) == "“席位”不可删除。"


# First and last day in May of a sitting beside one from the 10th to the 20th.
MEETING = [(20, 25), (5, 10), (12, 13), (1, 30), (20, None), (None, 10), (None, None)]
APART = [(21, 25), (5, 9), (21, None), (None, 9)]


@sqlite_only
class TestApart:
    """On PostgreSQL the app's own exclusion constraint does this, and no trigger is made."""

    def sit(self, seat, first, last, **known):
        first, last = (None if day is None else date(2026, 5, day) for day in (first, last))
        row = Sitting(seat=seat, valid_from=first, valid_to=last, known_from=T1, **known)
        Sitting.objects.bulk_create([row])
        return row

    @pytest.mark.parametrize("days", MEETING)
    def test_current_rows_do_not_meet(self, db, days):
        seat = Seat.objects.create(code="a")
        self.sit(seat, 10, 20)
        refusal = "“在席”与同一对象的另一条现行记录时间重叠。"
        assert words_of_refusal(self.sit, seat, *days) == refusal
        other = Seat.objects.create(code="b")
        self.sit(other, *days)
        assert words_of_refusal(self.sit, other, 10, 20) == refusal

    @pytest.mark.parametrize("days", APART)
    def test_rows_apart_stand_together(self, db, days):
        seat = Seat.objects.create(code="a")
        self.sit(seat, 10, 20)
        self.sit(seat, *days)
        assert Sitting.objects.current().count() == 2

    def test_closed_rows_do_not_count(self, db):
        seat = Seat.objects.create(code="a")
        close([self.sit(seat, 10, 20)])
        self.sit(seat, 10, 20)
        self.sit(seat, 10, 20, known_to=T1 + timedelta(days=1))
        reopen = "UPDATE sample_sitting SET known_to = NULL"
        assert words_of_refusal(execute, reopen).endswith("除关闭一次外，不可修改。")


@postgresql_only
def test_on_postgresql_no_trigger_keeps_rows_apart(db):
    names = {refusal.name for refusal in Sitting.guard.refusals(Sitting)}
    made = set(guards.language(connection).standing())
    assert names - made == {"guard_sample_sitting_insert_overlap"}


@postgresql_only
@pytest.mark.parametrize("model", [Entry, Reading, Report, ReportLine, Seat, Sitting])
def test_no_truncation(db, model):
    refusal = f"“{model._meta.verbose_name}”受保护，不可整表清空。"
    assert words_of_refusal(execute, f"TRUNCATE {model._meta.db_table} CASCADE") == refusal


def reported():
    """Return the names of the guards that the system check misses."""
    return sorted(w.msg.split("触发器 ")[1].split("，")[0] for w in missing())


def missing():
    return guards.missing_guards(None, databases=["default"])


def drop(name, table):
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    execute(f"DROP TRIGGER {name}{on}")


@pytest.mark.django_db
class TestInstallation:
    def test_check_finds_nothing_and_needs_databases(self):
        assert missing() == []
        assert guards.missing_guards(None) == []

    def test_a_missing_guard_is_reported_and_mended(self):
        drop("guard_sample_entry_delete", "sample_entry")
        (warning,) = missing()
        assert (warning.id, warning.msg) == (
            "portal.W010",
            "数据库 default 的表 sample_entry 缺少保护触发器 guard_sample_entry_delete，或其内容被改动。",
        )
        guards.install()
        assert missing() == []

    def test_an_altered_guard_is_reported_and_mended(self):
        drop("guard_sample_entry_delete", "sample_entry")
        if connection.vendor == "sqlite":
            body = "WHEN 0 BEGIN SELECT RAISE(ABORT, 'x'); END"
        else:
            body = "FOR EACH ROW WHEN (false) EXECUTE FUNCTION guard_refuse('x')"
        execute(f"CREATE TRIGGER guard_sample_entry_delete BEFORE DELETE ON sample_entry {body}")
        assert reported() == ["guard_sample_entry_delete"]
        guards.install()
        assert missing() == []

    @postgresql_only
    def test_a_disabled_guard_is_reported_and_mended(self):
        execute("ALTER TABLE sample_entry DISABLE TRIGGER guard_sample_entry_delete")
        assert reported() == ["guard_sample_entry_delete"]
        guards.install()
        assert missing() == []

    @postgresql_only
    def test_an_altered_function_is_reported_and_mended(self):
        execute(
            "CREATE OR REPLACE FUNCTION guard_line() RETURNS trigger LANGUAGE plpgsql"
            " AS 'BEGIN RETURN NEW; END'"
        )
        lines = [name for name in reported() if name.startswith("guard_sample_")]
        assert lines == [
            "guard_sample_reportline_delete",
            "guard_sample_reportline_insert",
            "guard_sample_reportline_update",
        ]
        guards.install()
        assert missing() == []

    def test_a_guard_no_longer_declared_goes(self, monkeypatch):
        monkeypatch.setattr(Entry, "guard", None)
        guards.install()
        Entry.objects.create(text="一")
        Entry.objects.all().delete()
        monkeypatch.undo()
        assert "guard_sample_entry_delete" in reported()

    def test_repeated_it_only_asks(self, django_assert_num_queries):
        with django_assert_num_queries(3):
            guards.install()

    def test_lifted_and_put_back(self):
        Entry.objects.create(text="一")
        with guards.lifted():
            Entry.objects.all().delete()
        assert (Entry.objects.count(), missing()) == (0, [])

    def test_put_back_after_a_failure(self):
        with pytest.raises(RuntimeError), guards.lifted():
            raise RuntimeError
        assert missing() == []


@pytest.mark.django_db(transaction=True)
def test_a_migration_may_alter_guarded_tables():
    """What `migrate` sends before and after; the parent of guarded lines is remade on SQLite."""
    sender = SimpleNamespace(name="portal")
    short = Report._meta.get_field("title")
    long = models.CharField(max_length=300)
    long.set_attributes_from_name("title")
    long.model = Report
    guards.lift_before_migrate(sender, "default", plan=[])
    assert missing() == []
    guards.lift_before_migrate(sender, "default", plan=["a migration"])
    for old, new in ((short, long), (long, short)):
        with connection.schema_editor() as editor:
            editor.alter_field(Report, old, new)
    assert count_sample_guards() == {"sqlite": 0, "postgresql": 25}[connection.vendor]
    guards.install_after_migrate(sender, "default")
    assert missing() == []


def count_sample_guards():
    return sum(name.startswith("guard_sample_") for name in guards.language(connection).standing())


@pytest.mark.django_db(transaction=True)
def test_migrating_back_and_forth():
    """The tables go with their guards, and come with them."""
    with guards.lifted():
        call_command("migrate", "sample", "zero", verbosity=0)
        assert count_sample_guards() == 0
        call_command("migrate", "sample", verbosity=0)
        assert count_sample_guards() == {"sqlite": 20, "postgresql": 25}[connection.vendor]
    assert missing() == []


def test_the_app_wires_the_signals():
    receivers = [str(r[0][0]) for signal in (pre_migrate, post_migrate) for r in signal.receivers]
    assert [name for name in receivers if name.startswith("portal.guards")] == [
        "portal.guards.lift",
        "portal.guards.install",
    ]
