"""Rows handed out as a file for people: CSV, XLSX or JSON, streamed, under a name that every system has."""

from django.http import FileResponse, StreamingHttpResponse

from portal.tabular import write_csv, write_json, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(name, form, columns, rows, *, sheet):
    """Return the response that hands out `rows` in the format `form` (csv, xlsx, json) as `name.form`.

    `name` is of letters, digits and hyphens; `sheet` is the title of a workbook's sheet.
    """
    if form == "xlsx":
        book = write_xlsx(columns, rows, sheet=sheet)
        return FileResponse(book, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
    parts = write_json(columns, rows) if form == "json" else write_csv(columns, rows)
    return streamed(name, form, parts)


def streamed(name, form, parts):
    """Return the response that hands out these bytes, part by part, as `name.form` (csv or json)."""
    kind = "application/json" if form == "json" else "text/csv; charset=utf-8"
    response = StreamingHttpResponse(parts, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response
