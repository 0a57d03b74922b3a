"""How a refusal is written, found and compared as a trigger of PostgreSQL."""

import hashlib

from portal.triggers.conditions import (
    CLOCK_TOLERANCE,
    Always,
    UnderPublished,
    UnlessFirstSetting,
    WhenChanged,
    WhenFuture,
    WhenOverlapping,
    WhenSet,
    literal,
    read_guards,
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
        """Return the statements that make this trigger; none where a constraint does its work."""
        if isinstance(refusal.when, WhenOverlapping):
            return []
        function, arguments, condition = self._call(refusal)
        each = "STATEMENT" if refusal.event == "TRUNCATE" else "ROW"
        when = f" WHEN ({condition})" if condition else ""
        literals = ", ".join(literal(argument) for argument in (refusal.message, *arguments))
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
            case WhenChanged(columns):
                changed = " OR ".join(f'OLD."{c}" IS DISTINCT FROM NEW."{c}"' for c in columns)
                return "guard_refuse", (), changed
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
        rows = read_guards(
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
