"""Reading the API in tests: all rows of a list through its pages, and any answer as text."""

import io

from python_calamine import CalamineWorkbook

API = "/api/v1/"


def rows_of(client, name, **asked):
    """Return all rows of a resource, page after page."""
    link, rows = f"{API}{name}/", []
    while link:
        response = client.get(link, asked)
        assert response.status_code == 200, response.content.decode()
        body = response.json()
        rows += body["results"]
        link, asked = body["next"], None
    return rows


def text_of(response):
    """Return the words of an answer, whatever its format."""
    body = response.getvalue()
    if not response["Content-Type"].endswith("sheet"):
        return body.decode()
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_index(0)
    return "\n".join(",".join(map(str, row)) for row in sheet.to_python())
