"""A legal row of each model of the register, from which a test changes what it is about."""

from datetime import UTC, date, datetime

from institutions.models import (
    Coverage,
    Designation,
    InstitutionName,
    Interruption,
    Match,
    Merge,
    Notice,
    NoticeLine,
)
from tests.factories import OrganisationFactory, PlaceFactory, UserFactory
from tests.institutions.factories import KindFactory, NoticeFactory, SchemeFactory, an_institution

T1 = datetime(2026, 1, 1, 8, tzinfo=UTC)
FIRST = date(2020, 9, 1)


def a_draft_line(**fields):
    """An unsaved line about an institution."""
    kind = KindFactory()
    line = NoticeLine(
        **{
            "notice": NoticeFactory(scheme=kind.scheme),
            "number": 1,
            "name": "新城医院",
            "quote": "新城医院",
            "action": "designate",
            "kind": kind,
            "institution": an_institution("新城医院"),
            "decision": "matched",
            **fields,
        }
    )
    line.key = fields.get("key", line.matching_key)
    return line


def a_notice_row(**fields):
    """An unsaved notice, published when `fields` say so."""
    return Notice(
        **{
            "title": "通知",
            "text": "名单",
            "source_words": "网站",
            "issuer": OrganisationFactory(),
            "scheme": SchemeFactory(),
            "area": PlaceFactory(),
            **fields,
        }
    )


def a_designation(**fields):
    """An unsaved period without known end, with the line that opens it."""
    line = fields.pop("line", None) or saved(a_draft_line())
    return Designation(
        **{
            "institution": line.institution,
            "kind": line.kind,
            "valid_from": FIRST,
            "basis": "notice",
            "state": "open",
            "opened_by": line,
            "known_from": T1,
            **fields,
        }
    )


def an_interruption(**fields):
    """An unsaved suspension."""
    line = saved(a_draft_line())
    return Interruption(
        **{
            "institution": line.institution,
            "kind": line.kind,
            "valid_from": FIRST,
            "nature": "suspended",
            "line": line,
            "known_from": T1,
            **fields,
        }
    )


def a_name(**fields):
    """An unsaved official name."""
    row = InstitutionName.of(
        an_institution(), fields.pop("text", "新城医院"), source_words="登记证书", known_from=T1
    )
    for name, value in fields.items():
        setattr(row, name, value)
    return row


def a_coverage(**fields):
    """An unsaved declaration."""
    return Coverage(
        **{
            "kind": KindFactory(),
            "area": PlaceFactory(),
            "valid_from": FIRST,
            "basis": "全部在册名单",
            "declared_by": UserFactory(),
            "known_from": T1,
            **fields,
        }
    )


def a_merge(**fields):
    """An unsaved merge of two institutions."""
    return Merge(
        **{
            "part": an_institution("甲医院"),
            "whole": an_institution("乙医院"),
            "on": FIRST,
            "source_words": "批复",
            "by": UserFactory(),
            "known_from": T1,
            **fields,
        }
    )


def a_match(**fields):
    """An unsaved judgement."""
    row = Match(
        **{"printed": "新城医院", "institution": an_institution(), "by": UserFactory(), **fields}
    )
    row.key = fields.get("key", "新城医院")
    return row


def saved(row):
    """Write a row past its own `save`, as bulk writes do; return it."""
    type(row)._base_manager.bulk_create([row])
    return row
