"""Public pages that are no Wagtail pages: a topic's and a person's stories; error reports."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from news.forms import ErrorReportForm
from news.heads import person_head, topic_head
from news.lists import person_stories, topic_stories
from news.models import ErrorReport, Person, Topic
from news.reporting import NotPublicError, TooManyReportsError, receive, sender_of
from portal.addresses import client_address
from portal.references import BadReference, describe, format_reference

NOT_THERE = "没有要纠错的这一页。"


@require_safe
def topic(request, slug):
    """Show a topic and its public stories."""
    topic = get_object_or_404(Topic.objects.public(), slug=slug)
    context = {"topic": topic, **topic_stories(topic, request)}
    context["head"] = topic_head(topic, request, context["stories"])
    return render(request, "news/topic.html", context)


@require_safe
def person(request, slug):
    """Show a person and the public stories that carry the name."""
    person = get_object_or_404(Person.objects.public().select_related("portrait"), slug=slug)
    context = {"person": person, **person_stories(person, request)}
    context["head"] = person_head(person, context["stories"])
    return render(request, "news/person.html", context)


def _reported(request):
    """Return the reference in the address and what it points at; what is not public is not found.

    `ref` is any reference (`institution:<code>`), `article` the number of a story.
    """
    reference = request.GET.get("ref", "")
    try:
        reference = reference or format_reference("article", request.GET.get("article", ""))
    except BadReference as error:
        raise Http404(NOT_THERE) from error
    target = describe(reference)
    if target is None:
        raise Http404(NOT_THERE)
    return reference, target


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def error_report(request):
    """Take a reader's report on a public story, and lead to the page of its number."""
    reference, target = _reported(request)
    form = ErrorReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            report = receive(
                reference=reference,
                text=form.cleaned_data["text"],
                contact=form.cleaned_data["contact"],
                sender=sender_of(client_address(request), timezone.localdate()),
            )
        except NotPublicError as error:
            raise Http404(NOT_THERE) from error
        except TooManyReportsError as error:
            return _too_many(request, target, error.retry_after)
        return redirect("error_report_status", report.number)
    return render(
        request,
        "news/report_form.html",
        {"form": form, "target": target, "is_story": reference.startswith("article:")},
        status=422 if form.is_bound else 200,
    )


def _too_many(request, target, retry_after):
    minutes = -(-retry_after // 60)
    response = render(
        request, "news/report_refused.html", {"target": target, "minutes": minutes}, status=429
    )
    response["Retry-After"] = str(retry_after)
    return response


@never_cache
@require_safe
def error_report_status(request, number):
    """Show state and answer of a report to whoever has its number; never words or contact of its sender."""
    report = get_object_or_404(ErrorReport, number=number.upper())
    return render(
        request,
        "news/report_status.html",
        {"report": report, "target": describe(report.reference)},
    )
