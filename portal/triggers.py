"""How a refusal is written, found and compared as a trigger of SQLite and of PostgreSQL.

Knows the two databases' trigger languages and catalogues, and hides them from `portal.guards`,
which says only what is refused on which table. Both raise an integrity error with our words.
"""

import hashlib
from dataclasses import dataclass

PREFIX = "guard_"

# How far the clocks of application and database may differ before an instant counts as future.
CLOCK_TOLERANCE = "1 minute"


@dataclass(frozen=True)
class Always:
    """Refuse every such statement."""


@dataclass(frozen=True)
class WhenSet:
    """Refuse when `column` of the old row has a value."""

    column: str


@dataclass(frozen=True)
class UnlessFirstSetting:
    """Refuse an update unless it gives `column` its first value and alters nothing but `together`.

    `columns` are all columns of the table. With `once_set`, rows whose `once_set` is NULL are free.
    """

    column: str
    columns: tuple[str, ...]
    together: tuple[str, ...] = ()
    once_set: str = ""

    @property
    def changeable(self):
        """The columns that the one permitted update may alter."""
        return (self.column, *self.together)


@dataclass(frozen=True)
class WhenFuture:
    """Refuse when an instant in `columns` of the new row lies after now (and the tolerance)."""

    columns: tuple[str, ...]


@dataclass(frozen=True)
class UnderPublished:
    """Refuse when the parent (`column` → `table`.`key`) is published, before or after the write."""

    table: str
    key: str
    column: str


@dataclass(frozen=True)
class Refusal:
    """One trigger: which event on which table is refused, when, and in which words."""

    name: str
    table: str
    event: str
    when: Always | WhenSet | UnlessFirstSetting | WhenFuture | UnderPublished
    message: str


def _literal(text):
    return "'" + text.replace("'", "''") + "'"


def _guards(connection, query):
    with connection.cursor() as cursor:
        cursor.execute(query, [PREFIX, PREFIX])
        return cursor.fetchall()


class Sqlite:
    """SQLite: the condition stands in the trigger; the catalogue keeps its text as written."""

    guards_block_migrations = True

    def __init__(self, connection):
        self.connection = connection

    def create(self, refusal):
        """Return the statements that make this trigger; none for TRUNCATE, which SQLite has not."""
        if refusal.event == "TRUNCATE":
            return []
        condition = self._condition(refusal)
        when = f" WHEN {condition}" if condition else ""
        return [
            f'CREATE TRIGGER "{refusal.name}" BEFORE {refusal.event} ON "{refusal.table}"'
            f" FOR EACH ROW{when} BEGIN SELECT RAISE(ABORT, {_literal(refusal.message)}); END"
        ]

    def _condition(self, refusal):
        match refusal.when:
            case Always():
                return ""
            case WhenSet(column):
                return f'OLD."{column}" IS NOT NULL'
            case UnlessFirstSetting() as rule:
                kept = [
                    f'OLD."{column}" IS NEW."{column}"'
                    for column in rule.columns
                    if column not in rule.changeable
                ]
                first = f'OLD."{rule.column}" IS NULL AND NEW."{rule.column}" IS NOT NULL'
                free = f'OLD."{rule.once_set}" IS NULL OR ' if rule.once_set else ""
                return f"NOT ({free}({' AND '.join([first, *kept])}))"
            case WhenFuture(columns):
                now = f"strftime('%Y-%m-%d %H:%M:%f', 'now', '+{CLOCK_TOLERANCE}')"
                return " OR ".join(f'NEW."{column}" > {now}' for column in columns)
            case UnderPublished(table, key, column):
                rows = {"INSERT": ["NEW"], "DELETE": ["OLD"], "UPDATE": ["OLD", "NEW"]}[
                    refusal.event
                ]
                keys = ", ".join(f'{row}."{column}"' for row in rows)
                return (
                    f'EXISTS (SELECT 1 FROM "{table}" WHERE "{key}" IN ({keys})'  # noqa: S608
                    ' AND "published_at" IS NOT NULL)'
                )

    def prepare(self):
        """Return the statements that must precede triggers: none."""
        return []

    def seal(self, refusals):
        """Return the statements that follow the making of triggers: none."""
        return []

    def drop(self, name, table):
        """Return the statement that removes a trigger."""
        return f'DROP TRIGGER "{name}"'

    def standing(self):
        """Return {trigger name: table} of the guards in this database."""
        return {name: table for name, table, _ in self._catalogue()}

    def sound(self, refusals):
        """Return the names of those refusals whose trigger stands exactly as we would write it."""
        texts = {name: text for name, _, text in self._catalogue()}
        return {r.name for r in refusals if [texts.get(r.name)] == self.create(r)}

    def _catalogue(self):
        return _guards(
            self.connection,
            "SELECT name, tbl_name, sql FROM sqlite_master"
            " WHERE type = 'trigger' AND substr(name, 1, length(%s)) = %s",
        )


# Row images are compared as jsonb, not column by column: a trigger that named the columns would
# keep PostgreSQL from altering or dropping them in migrations.
_FUNCTIONS = {
    "guard_refuse": """
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = TG_ARGV[0];
END
""",
    # Arguments: message, column that gets its first value, column that once set makes the row fixed
    # (or empty), further columns that the permitted update may alter.
    "guard_first_setting": """
DECLARE
  before jsonb := to_jsonb(OLD);
  after jsonb := to_jsonb(NEW);
  changeable text[] := TG_ARGV[3:] || TG_ARGV[1];
BEGIN
  IF (TG_ARGV[2] <> '' AND before->>TG_ARGV[2] IS NULL)
     OR (before->>TG_ARGV[1] IS NULL AND after->>TG_ARGV[1] IS NOT NULL
         AND before - changeable = after - changeable) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = TG_ARGV[0];
END
""",
    # Arguments: message, parent's table, parent's key, column that points at it. The parent is
    # locked, so a line cannot slip in while another transaction is publishing its parent.
    "guard_line": """
DECLARE
  query text := format('SELECT published_at IS NOT NULL FROM %I WHERE %I = ($1).%I FOR SHARE',
                       TG_ARGV[1], TG_ARGV[2], TG_ARGV[3]);
  old_published boolean := false;
  new_published boolean := false;
BEGIN
  IF TG_OP <> 'INSERT' THEN EXECUTE query INTO old_published USING OLD; END IF;
  IF TG_OP <> 'DELETE' THEN EXECUTE query INTO new_published USING NEW; END IF;
  IF old_published OR new_published THEN
    RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = TG_ARGV[0];
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END
""",
}


class Postgres:
    """PostgreSQL: the catalogue rewrites a trigger's text, so its comment keeps a digest of it."""

    guards_block_migrations = False

    def __init__(self, connection):
        self.connection = connection

    def create(self, refusal):
        """Return the statements that make this trigger."""
        function, arguments, condition = self._call(refusal)
        each = "STATEMENT" if refusal.event == "TRUNCATE" else "ROW"
        when = f" WHEN ({condition})" if condition else ""
        literals = ", ".join(_literal(argument) for argument in (refusal.message, *arguments))
        return [
            f'CREATE TRIGGER "{refusal.name}" BEFORE {refusal.event} ON "{refusal.table}"'
            f" FOR EACH {each}{when} EXECUTE FUNCTION {function}({literals})"
        ]

    def _call(self, refusal):
        """Return the trigger's function, its arguments after the message, its condition."""
        match refusal.when:
            case Always():
                return "guard_refuse", (), ""
            case WhenSet(column):
                return "guard_refuse", (), f'OLD."{column}" IS NOT NULL'
            case UnlessFirstSetting() as rule:
                return "guard_first_setting", (rule.column, rule.once_set, *rule.together), ""
            case WhenFuture(columns):
                now = f"clock_timestamp() + interval '{CLOCK_TOLERANCE}'"
                return "guard_refuse", (), " OR ".join(f'NEW."{c}" > {now}' for c in columns)
            case UnderPublished(table, key, column):
                return "guard_line", (table, key, column), ""

    def prepare(self):
        """Return the statements that must precede triggers: their functions."""
        return [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
            f" AS $guard${body}$guard$"
            for name, body in _FUNCTIONS.items()
        ]

    def seal(self, refusals):
        """Return the statements that write each trigger's digest as its comment."""
        catalogue = self._catalogue()
        return [
            f'COMMENT ON TRIGGER "{refusal.name}" ON "{refusal.table}"'
            f" IS '{self._digest(refusal, catalogue[refusal.name])}'"
            for refusal in refusals
        ]

    def drop(self, name, table):
        """Return the statement that removes a trigger."""
        return f'DROP TRIGGER "{name}" ON "{table}"'

    def standing(self):
        """Return {trigger name: table} of the guards in this database."""
        return {name: row["table"] for name, row in self._catalogue().items()}

    def sound(self, refusals):
        """Return the names of those refusals whose trigger and function stand as made, enabled."""
        catalogue = self._catalogue()
        return {
            refusal.name
            for refusal in refusals
            if (row := catalogue.get(refusal.name))
            and row["enabled"] == "O"
            and row["comment"] == self._digest(refusal, row)
        }

    def _digest(self, refusal, row):
        function = self._call(refusal)[0]
        parts = [*self.create(refusal), _FUNCTIONS[function], row["definition"], row["body"]]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def _catalogue(self):
        rows = _guards(
            self.connection,
            "SELECT t.tgname, c.relname, pg_get_triggerdef(t.oid), p.prosrc, t.tgenabled::text,"
            " obj_description(t.oid, 'pg_trigger')"
            " FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE NOT t.tgisinternal AND pg_table_is_visible(c.oid)"
            " AND left(t.tgname, length(%s)) = %s",
        )
        keys = ("table", "definition", "body", "enabled", "comment")
        return {name: dict(zip(keys, row, strict=True)) for name, *row in rows}


def language(connection):
    """Return the trigger language of this connection's database."""
    return {"sqlite": Sqlite, "postgresql": Postgres}[connection.vendor](connection)
