"""One datum's address, for readers and for programs: the same facts as a page and as JSON.

Knows the parameters that an address takes and how the two forms are told apart: `format=`, else the Accept
header, a page where both would do. The JSON has the API's manners; a wrong address is answered in the form that
was asked for.
"""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from portal.api import Problem, Reading, asking, encoded
from portal.api.conditions import last_change
from portal.api.problems import not_found, problem_of, unknown_parameter
from portal.api.questions import single
from portal.api.reading import conditional
from portal.canonical import canonical_address
from portal.datums import FORMAT, KNOWN_AT, RESERVED, Datum, NoDatum, address_of, read, tell
from portal.datums.facts import facts_of, observation
from portal.figures import BadFigureReference, quoted_by_many
from portal.heads import Head
from portal.heads.publictags import Column
from portal.models import SiteIdentity
from portal.parameters import BadParameter, instant_of
from portal.references import BadReference, Target

JSON, HTML = "application/json", "text/html"
FORMS = ("html", "json")
CATALOGUE = "数据目录"


@dataclass(frozen=True)
class Told:
    """A datum as an address asks for it, with who quotes it and how it is cited.

    `permalink` is fixed to what was known at the instant asked, or at the last change of anything.
    """

    datum: Datum
    known_at: datetime | None
    permalink: str
    stories: tuple[Target, ...]
    citation: str

    @property
    def url(self):
        """The one address of the datum, as known now."""
        return address_of(self.datum.reference)

    @property
    def json(self):
        """The same as JSON, as known at the same instant."""
        address = address_of(self.datum.reference, self.known_at)
        return f"{address}{'&' if '?' in address else '?'}{FORMAT}=json"


@csrf_exempt
def datum(request, reference):
    """Answer with the page or with JSON; a browser's question before reading for another site's page with the latter."""
    if request.method == "OPTIONS" or _wants_json(request):
        return DatumData.as_view()(request, reference=reference)
    return _page(request, reference)


class DatumData(Reading):
    """A datum as JSON."""

    schema = None

    def get(self, request, reference):
        """Return the datum; Problem 404 for one that no reader can see, 400 for a wrong parameter."""
        told = _told(request, reference)
        response = HttpResponse(encoded(facts_of(told)).encode(), content_type=JSON)
        response["Link"] = f'<{canonical_address(told.url)}>; rel="canonical"'
        return conditional(request, response)


@require_safe
def _page(request, reference):
    try:
        told = _told(request, reference)
    except (Problem, BadParameter) as error:
        body = problem_of(error).body
        status = body["status"]
        response = render(request, f"{status}.html", {"reason": body["detail"]}, status=status)
    else:
        context = {"told": told, "datum": told.datum, "head": _head(told)}
        response = render(request, "portal/datum.html", context)
    patch_vary_headers(response, ("Accept",))
    return response


def _head(told):
    heading = told.datum.heading
    sources = "".join(f"出自{source.title}。" for source in told.datum.sources[:1])
    return Head(
        title=heading,
        description=f"{heading}。{sources}出处、原文、先前的说法和引用它的稿件。",
        path=told.url,
        keywords=(told.datum.title,),
        trail=((CATALOGUE, reverse("data")), (heading, told.url)),
        nodes=(observation(told),),
        column=Column(CATALOGUE, "数据发布"),
    )


def _wants_json(request):
    asked = request.GET.get(FORMAT)
    if asked in FORMS:
        return asked == "json"
    return request.get_preferred_type([HTML, JSON]) == JSON


def _told(request, head):
    """Return what an address asks for; raises Problem or BadParameter."""
    given = _given(request.GET)
    known_at = _known_at(given.pop(KNOWN_AT, ""))
    given.pop(FORMAT, None)
    try:
        reference = read(head, given)
        if isinstance(reference, str) and given:
            raise unknown_parameter(next(iter(given)), RESERVED)
        told = tell(reference, known_at)
    except BadFigureReference as error:
        raise _refusal(error) from error
    except (BadReference, NoDatum) as error:
        raise not_found(str(error)) from error
    site = SiteIdentity.for_request(request).name
    at = known_at or last_change() or timezone.now()
    permalink = canonical_address(address_of(told.pinned or told.reference, at))
    quoting = quoted_by_many(told.records).values() if told.records else ()
    return Told(
        told,
        known_at,
        permalink,
        tuple(dict.fromkeys(story for stories in quoting for story in stories)),
        _citation(told, site, at, permalink),
    )


def _given(parameters):
    """Return the parameters, each given once and not empty, of characters that can be seen."""
    given = {name: single(parameters, name) for name in parameters}
    for name, value in given.items():
        if not value.isprintable():
            raise BadParameter(name, "可见的文字", "")
    if given.get(FORMAT, FORMS[0]) not in FORMS:
        raise BadParameter(FORMAT, f"以下之一：{'、'.join(FORMS)}", given[FORMAT])
    return given


def _known_at(given):
    if not given:
        return None
    return instant_of(KNOWN_AT, asking.KNOWN_AT.read(given))


def _refusal(error):
    """Return what answers a wrong figure: 400 with the parameter's name, 404 where the figure itself is none."""
    name = error.parameter[:50]
    if not name:
        return not_found(str(error))
    return Problem(400, "参数有误", f"参数 {name} 有误：{error}", parameter=name)


def _citation(told, site, at, permalink):
    """Return how the datum is cited, after GB/T 7714—2015 (electronic resources)."""
    day = timezone.localdate(at)
    return f"{told.heading}[DS/OL]. {site}, {day.year}({day.isoformat()}). {permalink}"
