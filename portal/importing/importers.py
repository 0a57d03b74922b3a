"""What an app says of one kind of table that it takes in, and the one way to carry its plan out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from portal.importing.plans import Plan
from portal.tabular import Column, read_table
from portal.tabular.sheets import MAX_ROWS


@dataclass(frozen=True)
class Upload:
    """One file as it was given."""

    name: str
    data: bytes


class Importer:
    """One kind of table: subclass it, give the words, and write `plan` and `apply`. Instances keep nothing.

    `name` is unique and names the addresses; `permission` is "app.codename". `options_form` is a form of
    further fields; its cleaned data come as `options`, {} without a form.
    """

    name = ""
    title = ""
    icon = "upload"
    explanation = ""
    columns: tuple[Column, ...] = ()
    permission = ""
    options_form = None
    max_rows = MAX_ROWS

    def allowed(self, user) -> bool:
        """Whether this account may import."""
        return user.has_perm(self.permission)

    def read(self, upload: Upload, *, options: Mapping[str, Any]) -> Any:
        """Return what the file says, without asking the database. Raises UnreadableFile."""
        return read_table(upload.name, upload.data, self.columns, max_rows=self.max_rows)

    def plan(self, table: Any, *, options: Mapping[str, Any], by) -> Plan:
        """Return what would be done about `table`, as `read` returned it; write nothing.

        It is asked for the preview, and again at the confirmation, inside the transaction that applies it.
        """
        raise NotImplementedError

    def apply(self, plan: Plan, *, options: Mapping[str, Any], by) -> Any:
        """Do what the plan says, in the transaction of the caller, and return what `done` is to know."""
        raise NotImplementedError

    def done(self, result: Any) -> tuple[str, str]:
        """Return what to tell the editor, in Chinese, and the address to lead to."""
        raise NotImplementedError


def carry_out(importer: Importer, plan: Plan, *, options: Mapping[str, Any], by) -> Any:
    """Apply a plan, all or nothing, and return what the importer's `apply` returns.

    Raises ValueError for a plan with problems.
    """
    if plan.problems:
        raise ValueError("a plan with problems is not applied")
    with transaction.atomic():
        return importer.apply(plan, options=options, by=by)
