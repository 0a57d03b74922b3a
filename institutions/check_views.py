"""按日期查资格: the page that answers one question with its evidence, and the receipt printed from it.

Thin: the question is read by `institutions.pages.questions`, the institution found by `institutions.finding`,
the answer given by `institutions.checking`. Answers are kept by no cache and told to no other site: the
address says who was asked about.
"""

from functools import wraps

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from institutions.checking import check, check_many
from institutions.finding import LONGEST, MOST, meant
from institutions.heads import check_head
from institutions.models import Institution
from institutions.pages.questions import (
    CHECK,
    PARAMETERS,
    RECEIPT_PARAMETERS,
    address,
    kinds_offered,
    question_of,
    receipt_address,
    receipt_question_of,
)
from institutions.pages.quotations import quotations
from institutions.receipts import check_code, is_sound, stamp
from institutions.register.answers import Rule
from portal.parameters import BadParameter

# What fits on the receipt's one page.
QUOTED_ON_RECEIPT = 3


def kept_private(view):
    """Let no cache keep what `view` answers, and no page that is reached from it learn its address.

    A question tells of an illness: on a shared machine the next reader must not find the answer in the
    browser's cache, and neither another site nor the log of our own next page is given the address.
    """

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return never_cache(wrapped)


@kept_private
@require_safe
def check_page(request):
    """Answer the question in the address; ask for what it lacks; let the reader choose where several fit."""
    kinds = kinds_offered()
    asked = {name: request.GET.get(name, "") for name in PARAMETERS}
    context = {"kinds": kinds, "asked": asked, "longest": LONGEST}
    try:
        question = question_of(request.GET, kinds)
    except BadParameter as error:
        return _page(request, context | {"problem": str(error)}, status=400)
    asked["on"] = question.on.isoformat()
    context["question"] = question
    if not question.institution or question.kind is None:
        begun = question.institution or question.kind
        return _page(request, context | {"begun": begun})
    bearer, choices = meant(question.institution, question.on, question.known_at)
    if bearer is None:
        offered = [(found, _address_of(question, found.bearer)) for found in choices]
        return _page(request, context | {"found": offered, "most": MOST, "searched": True})
    return _answered(request, context, question, bearer)


def _page(request, context, status=200):
    context["head"] = check_head()
    return render(request, "institutions/check.html", context, status=status)


def _address_of(question, institution):
    return address(CHECK, institution.code, question.kind.code, question.on, question.known_at)


def _answered(request, context, question, bearer):
    """Show the answer, and in one line each those for the other kinds."""
    others = [kind for kind in context["kinds"] if kind != question.kind]
    answers = check_many(
        Institution(pk=bearer.institution),
        [question.kind, *others],
        question.on,
        question.known_at,
    )
    checked, *rest = answers
    code, kind, on = checked.institution.code, question.kind.code, question.on
    context["asked"]["institution"] = checked.institution.name_on
    context |= {
        "checked": checked,
        "bearer": bearer,
        "quotations": quotations(checked.lines),
        "others": [
            (other, address(CHECK, code, other.kind.code, on, question.known_at))
            for other in rest
            if other.kind.scheme_id == question.kind.scheme_id
            or other.answer.rule is not Rule.NOT_LISTED
        ],
        "receipt": receipt_address(checked),
        "present": address(CHECK, code, kind, on),
        "data": address("institution_check_api", code, kind, on, checked.known_at),
    }
    return render(request, "institutions/check_answer.html", context)


@kept_private
@require_safe
def receipt(request):
    """Show a receipt whose check code is right, with the same answer for ever; refuse a wrong one.

    Without any parameter: the form by which a printed receipt is checked.
    """
    given = {name: request.GET.get(name, "") for name in RECEIPT_PARAMETERS}
    if not any(given.values()):
        return render(request, "institutions/receipt_form.html", {"given": given})
    try:
        asked, code = receipt_question_of(request.GET)
    except BadParameter as error:
        context = {"given": given, "problem": str(error)}
        return render(request, "institutions/receipt_form.html", context, status=400)
    if not is_sound(code, *asked):
        context = {"given": given, "refused": True}
        return render(request, "institutions/receipt_form.html", context, status=400)
    return _receipt(request, *asked)


def _receipt(request, institution, kind, on, known_at):
    """Show the receipt of a question (codes, a date, an instant) whose check code is right."""
    found = Institution.objects.public().filter(code=institution).first()
    kind = next((offered for offered in kinds_offered() if offered.code == kind), None)
    if found is None or kind is None:
        raise Http404("回执上的机构或类别已不在本站。")
    checked, now = check(found, kind, on, known_at), check(found, kind, on)
    quoted = quotations(checked.lines)
    return render(
        request,
        "institutions/receipt.html",
        {
            "checked": checked,
            "quotations": quoted[:QUOTED_ON_RECEIPT],
            "more": max(0, len(quoted) - QUOTED_ON_RECEIPT),
            "stamp": stamp(known_at),
            "code": check_code(found.code, kind.code, on, known_at),
            "address": request.build_absolute_uri(receipt_address(checked)),
            "now": now if _says(now) != _says(checked) else None,
            "present": address(CHECK, found.code, kind.code, on),
        },
    )


def _says(checked):
    """Return what an answer says, by which it is told from another; that time goes on is no difference."""
    answer = checked.answer
    unknown = [code for code in answer.unknown if code != "day_to_come"]
    return answer.verdict, answer.rule, checked.answered_for.pk, checked.lines, unknown
