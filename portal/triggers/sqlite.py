"""How a refusal is written, found and compared as a trigger of SQLite."""

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
            f" FOR EACH ROW{when} BEGIN SELECT RAISE(ABORT, {literal(refusal.message)}); END"
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
            case WhenChanged(columns):
                return " OR ".join(f'OLD."{c}" IS NOT NEW."{c}"' for c in columns)
            case WhenOverlapping(keys):
                return self._overlap(refusal.table, keys)
            case UnderPublished(table, key, column):
                rows = {"INSERT": ["NEW"], "DELETE": ["OLD"], "UPDATE": ["OLD", "NEW"]}[
                    refusal.event
                ]
                keys = ", ".join(f'{row}."{column}"' for row in rows)
                return (
                    f'EXISTS (SELECT 1 FROM "{table}" WHERE "{key}" IN ({keys})'  # noqa: S608
                    ' AND "published_at" IS NOT NULL)'
                )

    def _overlap(self, table, keys):
        same = " AND ".join(f'"{key}" = NEW."{key}"' for key in keys)
        # Names of tables and columns come from our models; nothing that a user types is in them.
        rows = f'SELECT 1 FROM "{table}" WHERE {same} AND "known_to" IS NULL'  # noqa: S608
        ends = '"valid_to" IS NULL OR NEW."valid_from" IS NULL OR "valid_to" >= NEW."valid_from"'
        starts = '"valid_from" IS NULL OR NEW."valid_to" IS NULL OR "valid_from" <= NEW."valid_to"'
        return f'NEW."known_to" IS NULL AND EXISTS ({rows} AND ({ends}) AND ({starts}))'

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
        return read_guards(
            self.connection,
            "SELECT name, tbl_name, sql FROM sqlite_master"
            " WHERE type = 'trigger' AND substr(name, 1, length(%s)) = %s",
        )
