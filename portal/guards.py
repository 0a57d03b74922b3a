"""Which rows the database itself refuses to change: the guards of closed and published records.

A model says it once, by its class attribute `guard`: `CLOSE_ONLY`, `PUBLISHED`,
`LinesOf("notice")`, `Permanent(("code",))` or `APPEND_ONLY`; the bases in `portal.records` say it for their children. This
module turns the rules into triggers after each migration, and reports those that are missing or
altered. The SQL is in `portal.triggers`. An attempt, in the ORM, in bulk or in raw SQL, ends in
`django.db.IntegrityError` with Chinese words, on both databases.
"""

from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.core.checks import Warning
from django.db import DEFAULT_DB_ALIAS, connections, router, transaction
from django.db.backends.signals import connection_created
from django.db.backends.utils import truncate_name
from django.db.models.signals import post_migrate, pre_migrate

from portal.triggers import (
    PREFIX,
    Always,
    Refusal,
    UnderPublished,
    UnlessFirstSetting,
    WhenChanged,
    WhenFuture,
    WhenOverlapping,
    WhenSet,
    language,
)

_LONGEST_NAME = 63  # PostgreSQL's limit for an identifier


class Rule:
    """What a table refuses. `refusals(model)` lists it, one trigger each."""

    def refusals(self, model):
        """Return the list of refusals on `model`'s table."""
        raise NotImplementedError

    def _refusal(self, model, event, when, words, suffix=""):
        table = model._meta.db_table
        name = truncate_name(f"{PREFIX}{table}_{event.lower()}{suffix}", _LONGEST_NAME)
        return Refusal(name, table, event, when, f"“{model._meta.verbose_name}”{words}")

    def _never_truncated(self, model):
        return self._refusal(model, "TRUNCATE", Always(), "受保护，不可整表清空。")

    def _never_future(self, model, *columns):
        words = "记录的时间是事实，不能晚于现在。"
        return [
            self._refusal(model, event, WhenFuture(columns), words, suffix="_time")
            for event in ("INSERT", "UPDATE")
        ]


@dataclass(frozen=True)
class AppendOnly(Rule):
    """Rows are inserted and then stay as they are: no update, no delete."""

    def refusals(self, model):
        """Return the list of refusals on `model`'s table."""
        return [
            self._refusal(model, "UPDATE", Always(), "只增不改：一经记入，不可修改。"),
            self._refusal(model, "DELETE", Always(), "只增不改：一经记入，不可删除。"),
            self._never_truncated(model),
        ]


@dataclass(frozen=True)
class CloseOnly(Rule):
    """Rows of a `Recorded` model: no delete, and no update but the one that closes the row.

    That one gives `known_to` its value and alters nothing else. `known_from` and `known_to` are never in the future.
    `apart` names columns: no two current rows with the same values in them overlap in valid time. On
    PostgreSQL the app's migration makes that an exclusion constraint.
    """

    apart: tuple[str, ...] = ()

    def refusals(self, model):
        """Return the list of refusals on `model`'s table."""
        closing = UnlessFirstSetting("known_to", _columns(model))
        return [
            self._refusal(model, "UPDATE", closing, "一经记入，除关闭一次外，不可修改。"),
            self._refusal(model, "DELETE", Always(), "一经记入，不可删除。"),
            self._never_truncated(model),
            *self._never_future(model, "known_from", "known_to"),
            *self._never_overlapping(model),
        ]

    def _never_overlapping(self, model):
        if not self.apart:
            return []
        columns = tuple(model._meta.get_field(name).column for name in self.apart)
        words = "与同一对象的另一条现行记录时间重叠。"
        return [self._refusal(model, "INSERT", WhenOverlapping(columns), words, suffix="_overlap")]


@dataclass(frozen=True)
class Published(Rule):
    """Source documents: drafts are free; published ones refuse all but one withdrawal.

    A withdrawal sets `withdrawn_at`, `withdrawn_by` and `reason` together and alters nothing else.
    `published_at` and `withdrawn_at` are never in the future.
    """

    def refusals(self, model):
        """Return the list of refusals on `model`'s table."""
        withdrawal = UnlessFirstSetting(
            "withdrawn_at",
            _columns(model),
            together=(model._meta.get_field("withdrawn_by").column, "reason"),
            once_set="published_at",
        )
        return [
            self._refusal(model, "UPDATE", withdrawal, "已经发布，除撤回一次外，不可修改。"),
            self._refusal(model, "DELETE", WhenSet("published_at"), "已经发布，不可删除。"),
            self._never_truncated(model),
            *self._never_future(model, "published_at", "withdrawn_at"),
        ]


@dataclass(frozen=True)
class LinesOf(Rule):
    """Lines of a source document: fixed once the document in `parent` is published."""

    parent: str

    def refusals(self, model):
        """Return the list of refusals on `model`'s table."""
        field = model._meta.get_field(self.parent)
        document, key = field.related_model._meta, field.target_field.column
        under = UnderPublished(document.db_table, key, field.column)
        acts = {"INSERT": "增加", "UPDATE": "修改", "DELETE": "删除"}
        return [
            *(
                self._refusal(model, event, under, f"所属的文件已经发布，不可{act}。")
                for event, act in acts.items()
            ),
            self._never_truncated(model),
        ]


@dataclass(frozen=True)
class Permanent(Rule):
    """Rows whose `fields` never change: what the public cites by a code. Unless `deletable`, they stay for ever."""

    fields: tuple[str, ...]
    deletable: bool = False

    def refusals(self, model):
        """Return the list of refusals on `model`'s table."""
        columns = tuple(model._meta.get_field(name).column for name in self.fields)
        names = "、".join(str(model._meta.get_field(name).verbose_name) for name in self.fields)
        kept = self._refusal(
            model, "UPDATE", WhenChanged(columns), f"的{names}一经确定，不可修改。"
        )
        if self.deletable:
            return [kept]
        deleted = self._refusal(model, "DELETE", Always(), "不可删除。")
        return [kept, deleted, self._never_truncated(model)]


APPEND_ONLY = AppendOnly()
CLOSE_ONLY = CloseOnly()
PUBLISHED = Published()


def _columns(model):
    return tuple(field.column for field in model._meta.local_concrete_fields)


def _wanted(connection):
    """Return {name: refusal} that this database should have, for the tables that exist."""
    tables = set(connection.introspection.table_names())
    sql = language(connection)
    return {
        refusal.name: refusal
        for model in apps.get_models()
        if isinstance(getattr(model, "guard", None), Rule)
        and not model._meta.proxy
        and model._meta.db_table in tables
        and router.allow_migrate_model(connection.alias, model)
        for refusal in model.guard.refusals(model)
        if sql.create(refusal)
    }


def install(using=DEFAULT_DB_ALIAS):
    """Make every guard that is missing or altered, drop those no longer declared; safe to repeat.

    Nothing is written, and no table locked, when all stand as they should.
    """
    connection = connections[using]
    sql = language(connection)
    wanted, standing = _wanted(connection), sql.standing()
    sound = sql.sound(wanted.values())
    if sound == set(wanted) == set(standing):
        return
    new = [refusal for name, refusal in wanted.items() if name not in sound]
    drops = [sql.drop(name, table) for name, table in standing.items() if name not in sound]
    creates = [statement for refusal in new for statement in sql.create(refusal)]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in [*sql.prepare(), *drops, *creates]:
            cursor.execute(statement)
        for statement in sql.seal(new):
            cursor.execute(statement)


def _remove(using):
    connection = connections[using]
    sql = language(connection)
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for name, table in sql.standing().items():
            cursor.execute(sql.drop(name, table))


@contextmanager
def lifted(using=DEFAULT_DB_ALIAS):
    """Take all guards away and put them back: for the flush between tests, and for nothing else."""
    _remove(using)
    try:
        yield
    finally:
        install(using)


def missing_guards(app_configs, databases=None, **kwargs):
    """System check: warn of each guard missing, altered or disabled in the given databases.

    Warnings, not errors: `migrate` runs this check before it mends what is reported, and an error
    would keep it from doing so.
    """
    found = []
    for alias in databases or ():
        wanted = _wanted(connections[alias])
        sound = language(connections[alias]).sound(wanted.values())
        found += [
            Warning(
                f"数据库 {alias} 的表 {refusal.table} 缺少保护触发器 {name}，或其内容被改动。",
                hint="运行 manage.py migrate 会重新安装。",
                id="portal.W010",
            )
            for name, refusal in wanted.items()
            if name not in sound
        ]
    return found


def lift_before_migrate(sender, using, plan, **kwargs):
    """On SQLite, take the guards away before a migration that has something to do.

    SQLite alters a table by remaking it, and refuses that while a trigger names it. PostgreSQL's
    guards stand through migrations.
    """
    if plan and language(connections[using]).guards_block_migrations:
        _remove(using)


def install_after_migrate(sender, using, **kwargs):
    """Install the guards when a migration or a flush has ended."""
    install(using)


def fire_on_replace(sender, connection, **kwargs):
    """Make SQLite run DELETE triggers for rows that REPLACE removes; by default it does not."""
    if connection.vendor == "sqlite":
        connection.connection.execute("PRAGMA recursive_triggers = ON")


def connect(sender):
    """Wire the guards to migrations and connections; `sender` is the app config told of them."""
    pre_migrate.connect(lift_before_migrate, sender=sender, dispatch_uid="portal.guards.lift")
    post_migrate.connect(install_after_migrate, sender=sender, dispatch_uid="portal.guards.install")
    connection_created.connect(fire_on_replace, dispatch_uid="portal.guards.replace")
