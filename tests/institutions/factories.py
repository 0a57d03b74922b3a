"""Rows of the register for tests: schemes, kinds, institutions, notices with lines, drafts and published."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from institutions.founding import found_institutions
from institutions.models import Institution, Kind, Notice, NoticeLine, Scheme
from institutions.publishing import publish
from tests.factories import OrganisationFactory, PlaceFactory, UserFactory


class SchemeFactory(DjangoModelFactory):
    class Meta:
        model = Scheme

    code = factory.Sequence("scheme-{}".format)
    name = factory.Sequence("第{}制度".format)
    authority = "参保地工伤保险经办机构"


class KindFactory(DjangoModelFactory):
    class Meta:
        model = Kind

    scheme = factory.SubFactory(SchemeFactory)
    code = factory.Sequence("kind-{}".format)
    name = factory.Sequence("第{}类".format)


class NoticeFactory(DjangoModelFactory):
    """A draft that lacks nothing but lines."""

    class Meta:
        model = Notice

    title = factory.Sequence("关于公布第{}批定点机构的通知".format)
    text = "经研究，确定下列机构为定点机构。"
    source_words = "测试用的通知"
    issuer = factory.SubFactory(OrganisationFactory)
    scheme = factory.SubFactory(SchemeFactory)
    area = factory.SubFactory(PlaceFactory)
    effective_on = date(2020, 9, 1)


def an_institution(name="测试市人民医院", **fields):
    """An institution that stands in the register; no notice names it, so it is not public yet."""
    return found_institutions([(name, fields)], source_words="测试")[0]


def a_line(notice, institution=None, kind=None, *, action="designate", **fields):
    """One more line of a draft, decided: about `institution`, or a new one called `name`."""
    number = notice.lines.count() + 1
    name = fields.pop("name", None) or (institution.name if institution else f"第{number}家医院")
    decision = NoticeLine.Decision.MATCHED if institution else NoticeLine.Decision.NEW
    return NoticeLine.objects.create(
        **{
            "notice": notice,
            "number": number,
            "name": name,
            "quote": name,
            "action": action,
            "kind": kind,
            "institution": institution,
            "decision": decision,
            **fields,
        }
    )


def a_notice(*lines, kind=None, **fields):
    """A draft with a line for each of `lines`: an institution, or a dict of `a_line`'s arguments."""
    scheme = {"scheme": kind.scheme} if kind else {}
    notice = NoticeFactory(**{**scheme, **fields})
    for line in lines:
        told = {"institution": line} if isinstance(line, Institution) else dict(line)
        if told.get("action") not in ("rename", "merge"):
            told = {"kind": kind, **told}
        a_line(notice, **told)
    return notice


def published(notice, by=None):
    """This draft, published."""
    return publish(Notice.objects.get(pk=notice.pk), by=by or UserFactory())
