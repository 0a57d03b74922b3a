"""The check as JSON for machines: the same question and the same answer as the page's.

Knows the names of the answer's parts, which stay, and how a wrong question is refused: problem details
(RFC 9457) in Chinese that name the parameter. Read-only, without cookies or accounts.
"""

from rest_framework.response import Response

from institutions.api.checkwords import check_operation
from institutions.checking import check
from institutions.finding import MOST, meant
from institutions.models import Institution
from institutions.pages.questions import PARAMETERS, kinds_offered, question_of, receipt_address
from institutions.pages.quotations import quotations
from portal.api import AddressThrottle, Problem, Reading, instant_text
from portal.parameters import BadParameter


class CheckThrottle(AddressThrottle):
    """As many questions of one address as a newsroom's table needs; nothing is kept of what was asked."""

    scope = "institution_check"


class CheckView(Reading):
    """Answer whether an institution was designated for a kind on a day, with the lines quoted."""

    throttle_classes = (CheckThrottle,)
    # Nothing on the way keeps an answer: it holds for its instant, and tells what was asked.
    cache_control = "private, no-store"

    def get(self, request):
        """Return the answer, or a Problem: 400 for a wrong parameter, 404 for no institution, 409 for several."""
        kinds = kinds_offered()
        for name in request.GET:
            if name not in PARAMETERS:
                raise BadParameter(name, f"以下之一：{'、'.join(PARAMETERS)}", request.GET[name])
        question = question_of(request.GET, kinds)
        for name, wanted in (("institution", "机构的名称或代码"), ("kind", "定点类别的代码")):
            if not getattr(question, name):
                raise BadParameter(name, wanted, "")
        bearer, choices = meant(question.institution, question.on, question.known_at)
        if choices:
            raise _several(question, choices)
        if bearer is None:
            detail = f"没有找到“{question.institution}”。没有找到不等于“否”：请换用全称、曾用名或机构代码。"
            raise Problem(404, "没有找到机构", detail, parameter="institution")
        institution = Institution(pk=bearer.institution)
        checked = check(institution, question.kind, question.on, question.known_at)
        return Response(answer_of(checked, request.build_absolute_uri))

    def operation(self, registry):
        """Return this address as OpenAPI describes it."""
        return check_operation(registry)


def _several(question, choices):
    detail = (
        f"“{question.institution}”可能指 {len(choices)} 家机构"
        f"{'（只列出前面这些）' if len(choices) == MOST else ''}，请用 candidates 中的代码再问。"
    )
    candidates = [
        {"code": found.bearer.code, "name": found.institution.name_on, "matched": found.name}
        for found in choices
    ]
    return Problem(409, "名称对应多家机构", detail, parameter="institution", candidates=candidates)


def answer_of(checked, absolute):
    """Return the answer as plain values, in the order in which they are written; `absolute` makes addresses whole."""
    answer, kind = checked.answer, checked.kind
    return {
        "verdict": str(answer.verdict),
        "verdict_label": answer.verdict.label,
        "rule": str(answer.rule),
        "rule_text": answer.rule.text,
        "institution": _institution(checked.institution, absolute),
        "answered_for": _institution(checked.answered_for, absolute),
        "kind": {
            "code": kind.code,
            "name": kind.name,
            "scheme": {"code": kind.scheme.code, "name": kind.scheme.name},
        },
        "on": answer.on.isoformat(),
        "known_at": instant_text(answer.known_at),
        "learned_at": instant_text(checked.learned_at),
        "covered": answer.covered,
        "lines": [_line(quotation, absolute) for quotation in quotations(checked.lines)],
        "unknown": [
            {"code": code, "text": text}
            for code, text in zip(answer.unknown, answer.sentences, strict=True)
        ],
        "authority": kind.scheme.authority,
        "receipt": absolute(receipt_address(checked)),
    }


def _institution(institution, absolute):
    return {
        "code": institution.code,
        "name": institution.name,
        "name_on": institution.name_on,
        "url": absolute(institution.get_absolute_url()),
    }


def _line(quotation, absolute):
    line, notice = quotation.line, quotation.notice
    return {
        "notice": {
            "id": notice.pk,
            "title": quotation.title,
            "issuer": notice.issuer.name,
            "doc_number": notice.doc_number or None,
            "issued_on": _day(notice.issued_on),
            "effective_on": _day(notice.effective_on),
            "stated_on": _day(notice.stated_on),
            "published_at": instant_text(notice.published_at),
            "withdrawn_at": instant_text(notice.withdrawn_at),
            "sha256": notice.file_sha256 or None,
            "url": absolute(notice.get_absolute_url()),
        },
        "number": line.number,
        "quote": quotation.words,
        "name_as_printed": quotation.name,
        "action": line.action,
        "kind": line.kind.code if line.kind else None,
        "on": _day(quotation.day),
        "basis": str(quotation.basis),
        "basis_text": quotation.basis_words,
    }


def _day(day):
    return day.isoformat() if day else None
