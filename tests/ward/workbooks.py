"""Small workbooks of the same shape as the NCI's, made by hand: none of its words are in here."""

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

HEAD = (
    "MedDRA Code",
    "MedDRA SOC",
    "CTCAE Term",
    *(f"Grade {grade} \u00a0\u00a0" for grade in range(1, 6)),
    "Definition",
    "Navigational Note",
    "CTCAE v5.0 Change",
)
ROWS = (
    ("1", "Organ one", "Invented ache", "a little", "more", "much", "-", "-", "An ache.", "", ""),
    ("2", "Organ two", "Anemia", "pale", "paler", "palest", "worse", "Death", "-", "See ache.", ""),
    ("", "", "", "", "", "", "", "", "", "", ""),
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(version: str = "5.0", rows=ROWS, head=HEAD, name: str | None = None) -> bytes:
    """A workbook with one sheet named as the NCI names it."""
    title = f"CTCAE v{version} Clean Copy" if name is None else name
    sheet = "".join(_row(at, row) for at, row in enumerate((head, *rows) if head else (), 1))
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" '
        f'Type="{_RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}"><sheets>'
        f'<sheet name="{title}" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" '
        f'Type="{_RELATION}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{sheet}</sheetData>'
        "</worksheet>",
    }
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for path, text in parts.items():
            file.writestr(path, text)
    return packed.getvalue()


def _row(number: int, cells) -> str:
    written = "".join(
        f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
        for at, cell in enumerate(cells)
        if cell
    )
    return f'<row r="{number}">{written}</row>'
