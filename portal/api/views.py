"""The addresses of resources: lists in pages or whole, details, the table of all, and what is not there."""

import re
from urllib.parse import urlencode

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.urls import reverse

from portal.api import describing
from portal.api.encoding import encoded
from portal.api.formats import MEDIA_TYPES, for_programs, format_of, json_rows, value_of
from portal.api.pages import one_of, page_of, whole_of
from portal.api.problems import not_found, unknown_parameter
from portal.api.questions import CURSOR, question_of
from portal.api.reading import Reading, conditional
from portal.api.resources import resources
from portal.parameters import BadParameter
from portal.tabular import write_csv, write_xlsx


class ListView(Reading):
    """The rows of a resource: a page as JSON, all of them as CSV or XLSX."""

    resource = None

    def get(self, request):
        """Return a page, or the whole list as a file when neither a limit nor a cursor is given."""
        question = question_of(self.resource, request.GET)
        form = format_of(request, question.format)
        if form != "json" and question.limit is None and not question.cursor:
            return _whole(request, question, form)
        page = page_of(question)
        link = _address_of(request, page.cursor) if page.cursor else None
        if form == "json":
            body = f'{{"next":{encoded(link)},"results":{json_rows(question.columns, page.rows)}}}'
            response = HttpResponse(body.encode(), content_type=MEDIA_TYPES["json"])
        else:
            response = _file(question, form, page.rows)
        if link:
            response["Link"] = f'<{link}>; rel="next"'
        return conditional(request, response, self.resource.modified())

    def operation(self, registry):
        """Return this address as OpenAPI describes it."""
        return describing.list_operation(self.resource, registry)


class DetailView(Reading):
    """One row of a resource, under the value of its key."""

    resource = None

    def get(self, request, **named):
        """Return the row; Problem 404 for one that no reader can see."""
        question = question_of(self.resource, request.GET, detail=True)
        form = format_of(request, question.format)
        key = named[self.resource.key]
        row = None
        if re.fullmatch(self.resource.key_pattern, key, re.ASCII):
            row = one_of(question, key)
        if row is None:
            raise not_found(f"没有找到{self.resource.title}“{key[:50]}”。")
        if form == "json":
            body = encoded({one.key: value_of(one, row) for one in question.columns})
            response = HttpResponse(body.encode(), content_type=MEDIA_TYPES["json"])
        else:
            response = _file(question, form, [row])
        return conditional(request, response, self.resource.modified())

    def operation(self, registry):
        """Return this address as OpenAPI describes it."""
        return describing.detail_operation(self.resource, registry)


class RootView(Reading):
    """The table of all resources."""

    def get(self, request):
        """Return each resource's name, title and address, with those of the schema and its page."""
        for name in request.GET:
            raise unknown_parameter(name, ())
        absolute = request.build_absolute_uri
        body = {
            "resources": [
                {"name": one.name, "title": one.title, "url": absolute(list_address(one))}
                for one in resources()
            ],
            "schema": absolute(reverse("api_schema")),
            "docs": absolute(reverse("api_docs")),
        }
        response = HttpResponse(encoded(body).encode(), content_type=MEDIA_TYPES["json"])
        return conditional(request, response)

    def operation(self, registry):
        """Return this address as OpenAPI describes it."""
        return describing.root_operation(registry)


class NowhereView(Reading):
    """Every other address below the API's: a problem, not a page."""

    schema = None

    def get(self, request):
        """Say that nothing is here."""
        raise not_found(f"这个地址没有内容，全部数据见 {reverse('api_root')}。")


def list_address(resource):
    """Return the address of a resource's list."""
    return reverse(f"api_{resource.name}")


def _address_of(request, cursor):
    """Return the address asked, with its parameters in their order and this cursor."""
    parameters = {name: value for name, value in request.GET.items() if name != CURSOR}
    return request.build_absolute_uri(f"{request.path}?{urlencode(parameters | {CURSOR: cursor})}")


def _whole(request, question, form):
    rows = whole_of(question)
    if request.method == "HEAD":
        # A stream, of which no length is told: nought would be wrong.
        response = StreamingHttpResponse((), content_type=_content_type(form))
    elif form == "csv":
        parts = write_csv([*for_programs(question.columns)], rows, bom=False)
        response = StreamingHttpResponse(parts, content_type=_content_type(form))
    else:
        response = FileResponse(_workbook(question, rows), content_type=_content_type(form))
    return _named(response, question, form)


def _file(question, form, rows):
    """Return a file of so few rows that their bytes are known before they are sent."""
    if form == "csv":
        body = b"".join(write_csv([*for_programs(question.columns)], rows, bom=False))
    else:
        with _workbook(question, rows) as book:
            body = book.read()
    return _named(HttpResponse(body, content_type=_content_type(form)), question, form)


def _workbook(question, rows):
    try:
        return write_xlsx([*for_programs(question.columns)], rows)
    except ValueError as error:
        raise BadParameter("format", " csv：行数超过一张工作表的上限", "xlsx") from error


def _content_type(form):
    return f"{MEDIA_TYPES[form]}; charset=utf-8" if form == "csv" else MEDIA_TYPES[form]


def _named(response, question, form):
    name = f"{question.resource.name}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
