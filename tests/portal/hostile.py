"""Files that mean harm or are broken, each made here and small to carry."""

import io
import zipfile
import zlib

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(fill=lambda page: page.write_row(0, 0, ["名称", "级别"]), **options):
    """Return a workbook whose one sheet `fill` has written."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, **options}) as book:
        fill(book.add_worksheet("名单"))
    return stream.getvalue()


def repacked(data, *, replaced=(), without=(), method=zipfile.ZIP_DEFLATED):
    """Return the same container with entries added, replaced or left out."""
    replaced = dict(replaced)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", method) as new:
        for entry in old.infolist():
            if entry.filename not in {*without, *replaced}:
                new.writestr(entry.filename, old.read(entry))
        for name, content in replaced.items():
            new.writestr(name, content)
    return stream.getvalue()


def sheet(rows, head=""):
    """Return the markup of a sheet with these rows."""
    return f'<worksheet xmlns="{MAIN}">{head}<sheetData>{rows}</sheetData></worksheet>'


def with_sheet(rows, head=""):
    """Return a workbook whose sheet has this markup."""
    return repacked(workbook(), replaced={SHEET: sheet(rows, head)})


def cell(place, value=1):
    return f'<c r="{place}"><v>{value}</v></c>'


def related(kind, target, name="xl/_rels/workbook.xml.rels"):
    """Return a workbook with a relationship of that kind to that target beside those that it has."""
    data = workbook()
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        relations = old.read("xl/_rels/workbook.xml.rels").decode()
    one = f'<Relationship Id="rId99" Type="{LINK}/{kind}" Target="{target}"/></Relationships>'
    return repacked(data, replaced={name: relations.replace("</Relationships>", one)})


def lying(data, name, size):
    """Return the container with the unpacked size of one entry written falsely into its directory."""
    stream = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        entry = container.getinfo(name)
    at = stream.index(b"PK\x01\x02")
    while stream[at + 46 : at + 46 + len(name)] != name.encode():
        at = stream.index(b"PK\x01\x02", at + 4)
    stream[at + 24 : at + 28] = size.to_bytes(4, "little")
    local = entry.header_offset
    stream[local + 22 : local + 26] = size.to_bytes(4, "little")
    return bytes(stream)


def pdf(*objects, extra=b""):
    """Return a PDF of these objects, the first of them its catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF"
        % (
            size,
            table,
            size,
            extra,
            len(out),
        )
    )


def pdf_stream(content, about=b""):
    return b"<</Length %d%b>>stream\n%b\nendstream" % (len(content), about, content)


def pdf_page(content, *, pages=1, about=b"", packed=0, media=b"[0 0 595 842]", turn=0):
    """Return a PDF whose pages all show `content`, with Song type as F1 that is not inside the file."""
    for _ in range(packed):
        content = zlib.compress(content, 9)
    if packed:
        about += b"/Filter[%b]" % (b"/FlateDecode" * packed)
    kids = b" ".join(b"%d 0 R" % (6 + index) for index in range(pages))
    song = (
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/CIDSystemInfo"
        b"<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor<</Type/FontDescriptor"
        b"/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
        b"/Descent -120/CapHeight 880/StemV 93>>>>"
    )
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox%b/Rotate %d/Contents 3 0 R"
        b"/Resources<</Font<</F1 4 0 R>>>>>>" % (media, turn)
    )
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, pages),
        pdf_stream(content, about),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[5 0 R]>>",
        song,
        *[page] * pages,
    )


def words(text, x, y, size=12):
    """Return the operators that show `text` at a place counted from the page's bottom left."""
    return b"BT /F1 %d Tf %d %d Td <%b> Tj ET\n" % (
        size,
        x,
        y,
        text.encode("utf-16-be").hex().encode(),
    )


def line(x0, y0, x1, y1):
    """Return the operators that draw a straight line."""
    return b"%d %d m %d %d l S\n" % (x0, y0, x1, y1)
