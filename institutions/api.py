"""The check as JSON for machines: the same question and the same answer as the page's.

Knows the names of the answer's parts, which stay, and how a wrong question is refused: problem details
(RFC 9457) in Chinese that name the parameter. Read-only, without cookies or accounts.
"""

from datetime import UTC

from django.http import HttpResponse
from rest_framework.exceptions import APIException
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView

from institutions.checking import check
from institutions.finding import MOST, meant
from institutions.models import Institution
from institutions.pages.questions import PARAMETERS, kinds_offered, question_of, receipt_address
from institutions.pages.quotations import quotations
from portal.addresses import client_address
from portal.parameters import BadParameter

METHODS = "GET, HEAD, OPTIONS"


class CheckThrottle(AnonRateThrottle):
    """As many questions of one address as a newsroom's table needs; nothing is kept of what was asked."""

    scope = "institution_check"
    rate = "600/min"

    def get_ident(self, request):
        return client_address(request)


class ProblemRenderer(JSONRenderer):
    """JSON under the media type of problem details."""

    media_type = "application/problem+json"


class Problem(Exception):
    """A question that gets no answer: status, sentence, and further members of the problem."""

    def __init__(self, status, title, detail, **members):
        self.body = {
            "type": "about:blank",
            "title": title,
            "status": status,
            "detail": detail,
            **members,
        }
        super().__init__(detail)


class CheckView(APIView):
    """Answer whether an institution was designated for a kind on a day, with the lines quoted."""

    authentication_classes = ()
    permission_classes = ()
    throttle_classes = (CheckThrottle,)
    renderer_classes = (JSONRenderer,)

    def perform_content_negotiation(self, request, force=False):
        """Answer in JSON whatever the client accepts: there is nothing else to choose."""
        return JSONRenderer(), JSONRenderer.media_type

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

    def options(self, request):
        """Say which methods there are; the answer's parts are described in the schema."""
        return HttpResponse(status=204, headers={"Allow": METHODS})

    def handle_exception(self, error):
        """Turn what was refused into problem details; what is our own fault goes on as it is."""
        headers = {}
        if isinstance(error, BadParameter):
            error = Problem(400, "参数有误", str(error), parameter=error.name)
        elif isinstance(error, APIException):
            wait = getattr(error, "wait", None)
            headers = {"Retry-After": str(max(1, round(wait)))} if wait else {}
            error = Problem(error.status_code, "请求被拒绝", str(error.detail))
        if not isinstance(error, Problem):
            raise error
        response = Response(error.body, status=error.body["status"], headers=headers)
        self.request.accepted_renderer = ProblemRenderer()
        self.request.accepted_media_type = ProblemRenderer.media_type
        return response

    def finalize_response(self, request, response, *args, **kwargs):
        """Let nothing on the way keep an answer: it holds for its instant, and tells what was asked."""
        response["Cache-Control"] = "private, no-store"
        return super().finalize_response(request, response, *args, **kwargs)


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
        "known_at": _instant(answer.known_at),
        "learned_at": _instant(checked.learned_at),
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
            "published_at": _instant(notice.published_at),
            "withdrawn_at": _instant(notice.withdrawn_at),
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


def _instant(at):
    """An instant of UTC with its microseconds, as `known_at` takes it back."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None
