"""The catalogue of data: its page, a page for each dataset, files for people, and whole versions for machines.

Thin: what a dataset says is in `portal.opendata.datasets`, how a version is made in `portal.opendata.dumps`.
"""

from django.http import Http404, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portal.api import Reading
from portal.api.problems import not_found, unknown_parameter
from portal.heads import Head
from portal.heads.publictags import Column
from portal.models import SiteIdentity
from portal.opendata import dumps
from portal.opendata.cataloguing import catalogue_node, dataset_node
from portal.opendata.datasets import dataset_of, datasets
from portal.opendata.files import file_for_people
from portal.opendata.pages import dataset_context, entries
from portal.parameters import BadParameter

TITLE = "数据目录"
DESCRIPTION = (
    "本站公开的全部数据：每一项收录了什么、没有收录什么，有哪些列，怎样下载，按什么条款使用。"
)
COLUMN = Column(TITLE, "数据发布", DESCRIPTION)
# The bytes of a version are the same for ever: whoever has them need not ask again.
FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def catalogue(request):
    """All datasets, with what each row is, and in which forms they can be taken."""
    listed = entries(datasets())
    node = catalogue_node(listed, SiteIdentity.for_request(request))
    trail = ((TITLE, reverse("data")),)
    head = Head(TITLE, DESCRIPTION, reverse("data"), trail=trail, nodes=(node,), column=COLUMN)
    return render(request, "portal/data.html", {"entries": listed, "head": head})


@require_safe
def dataset(request, name):
    """One dataset: coverage, columns, terms, versions and ways to take it."""
    found = _dataset(name)
    context = dataset_context(found)
    node = dataset_node(context, SiteIdentity.for_request(request))
    trail = ((TITLE, reverse("data")), (found.title, found.get_absolute_url()))
    path, keywords = found.get_absolute_url(), found.keywords
    told = {"keywords": keywords, "trail": trail, "nodes": (node,), "column": COLUMN}
    head = Head(found.title, found.about, path, **told)
    return render(request, "portal/dataset.html", {**context, "head": head})


@require_safe
@cache_control(public=True, no_cache=True)
def for_people(request, name, form):
    """All rows as they are now, for people; a bad request when a sheet cannot hold them."""
    found = _dataset(name)
    try:
        return file_for_people(found.resource, form)
    except ValueError as error:
        raise BadParameter("format", " csv：行数超过一张工作表的上限", form) from error


def _dataset(name):
    found = dataset_of(name)
    if found is None:
        raise Http404(f"没有数据“{name}”。")
    return found


class DumpView(Reading):
    """One version of a dataset, whole, as CSV for programs."""

    schema = None

    def get(self, request, name, version):
        """Return the file, part by part; Problem 404 for a version that is none."""
        asked = _asked(request, name)
        change = _change(version)
        known = dumps.recorded(name, version)
        # A stream even without a part: of what was never made, no length is told.
        made = StreamingHttpResponse(()) if request.method == "HEAD" else _streamed(asked, change)
        made["Content-Type"] = "text/csv; charset=utf-8"
        made["Content-Disposition"] = f'attachment; filename="{name}-{version}.csv"'
        if known is not None:
            made["Content-Length"] = known.size
        return _unchanging(request, made, change, f"{name}-{version}")


class ChecksumView(Reading):
    """The SHA-256 of one version, as `sha256sum --check` reads it; the file is made for it if it never was."""

    schema = None

    def get(self, request, name, version):
        """Return one line; Problem 404 for a version that is none, 503 while the database records nothing."""
        asked = _asked(request, name)
        change = _change(version)
        known = dumps.recorded(name, version) or dumps.make(name, asked.dump, change)
        if known is None:
            return HttpResponse(status=503, headers={"Retry-After": "30"})
        line = f"{known.sha256}  {name}-{version}.csv\n"
        made = HttpResponse(line, content_type="text/plain; charset=utf-8")
        return _unchanging(request, made, change, f"{name}-{version}-sha256")


class LatestView(Reading):
    """Where the current version is: asked each time."""

    schema = None

    def get(self, request, name, ending=""):
        """Lead to the current version; Problem 404 before the first."""
        change = dumps.version_of(_asked(request, name).dump)
        if change is None:
            raise not_found(f"“{name}”还没有任何版本。")
        view = "data_checksum" if ending else "data_dump"
        return HttpResponseRedirect(reverse(view, args=[name, change.sequence]))


def _asked(request, name):
    for parameter in request.GET:
        raise unknown_parameter(parameter, ())
    found = dataset_of(name)
    if found is None or found.dump is None:
        raise not_found(f"“{name[:50]}”没有整库文件，全部数据见 {reverse('data')}。")
    return found


def _change(version):
    change = dumps.change_of(version)
    if change is None:
        raise not_found(
            f"没有版本 {str(version)[:20]}。版本是一次变更的序号，见 {reverse('api_changes')}。"
        )
    return change


def _streamed(asked, change):
    # A generator, which the response closes when the reader leaves.
    return StreamingHttpResponse(iter(dumps.Making(asked.name, asked.dump, change)))


def _unchanging(request, response, change, tag):
    """Return the answer with its headers, or 304. The tag is that of the version, which names the bytes."""
    seconds, etag = int(change.at.timestamp()), quote_etag(tag)
    response["ETag"], response["Last-Modified"] = etag, http_date(seconds)
    response["Cache-Control"] = FOR_EVER
    return get_conditional_response(request, etag=etag, last_modified=seconds, response=response)
