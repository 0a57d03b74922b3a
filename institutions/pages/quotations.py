"""A quoted line as readers see it: its words, its notice, and from which day on whose word it counts.

Knows how each basis of a day is named in words. Private persons' numbers that a notice prints are masked.
"""

from dataclasses import dataclass
from datetime import date

from institutions.models import NoticeLine
from institutions.noticetext import privacy
from institutions.register.lines import Action, Basis, Document, Line, effect

_BASES = {
    Basis.LINE: "这一条自己载明的日期",
    Basis.NOTICE: "文件载明的生效日期",
    Basis.AGREEMENT: "协议的起始日",
    Basis.EDITOR: "编辑认定",
    Basis.ISSUED_ONLY: "文件只有印发日期，没有载明生效日期",
    Basis.NONE: "通知日期未录入",
}


@dataclass(frozen=True)
class Quotation:
    """One quoted line: the stored row, the day from which it has effect (None: unknown), and whose word."""

    line: NoticeLine
    day: date | None
    basis: Basis

    @property
    def notice(self):
        return self.line.notice

    @property
    def title(self):
        return privacy.mask(self.line.notice.title)

    @property
    def words(self):
        return privacy.mask(self.line.quote)

    @property
    def name(self):
        return privacy.mask(self.line.name)

    @property
    def basis_words(self):
        """Whose word the day is, or why there is none; an editor's with the reason."""
        if self.basis is Basis.EDITOR:
            return f"{_BASES[self.basis]}：{self.notice.stated_basis}"
        return _BASES[self.basis]


def quotations(lines) -> list[Quotation]:
    """Return the Quotations of NoticeLines that have their notices; asks the database nothing."""
    return [_quotation(line) for line in lines]


def _quotation(row):
    notice = row.notice
    document = Document(
        notice.pk,
        notice.published_at,
        issued_on=notice.issued_on,
        effective_on=notice.effective_on,
        stated_on=notice.stated_on,
        stated_basis=notice.stated_basis,
    )
    line = Line(
        notice.pk,
        row.number,
        Action(row.action),
        row.institution_id,
        row.kind_id,
        row.on,
        row.on_is_last_day,
        row.term_from,
        row.term_to,
        row.new_name,
        row.into_id,
    )
    return Quotation(row, *effect(line, document))
