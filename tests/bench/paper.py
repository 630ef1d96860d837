"""The azacitidine sheet against a bare page: the same words, rules, fonts and code, drawn by hand.

The floor is read off the finished sheet: each text where it stands, in its face and size, each box,
and the square code worked out anew each time. It measures, lays out, checks and escapes nothing.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass

from msgspec.structs import replace

from tests.bench.measure import Measure, by_turns

NAME = "draw the azacitidine sheet"
FLOOR = "bare ReportLab page, same marks"
LIMIT = 1.5
CODE_RUN = 1.0  # the height of the code's boxes: the code itself is worked out anew
A4 = (595.2756, 841.8898)


@dataclass(frozen=True)
class Marks:
    """What stands on the page: texts (x, y, face, size, text) and boxes (x, y, width, height)."""

    texts: tuple[tuple[float, float, str, float, str], ...]
    boxes: tuple[tuple[float, float, float, float], ...]


def measure_sheet(runs: int) -> Measure:
    """Draw by turns; each turn has a sheet number, and so a code, of its own."""
    from bedside.documents.sheet import draw_dosing_sheet
    from tests.documents.examples import dosing_sheet

    sheet = dosing_sheet()
    draw_bare = bare_page(read_marks(draw_dosing_sheet(sheet)))

    def ours(turn: int) -> bytes:
        return draw_dosing_sheet(
            replace(sheet, head=replace(sheet.head, sheet_number=f"NQ-{turn}"))
        )

    return Measure(NAME, FLOOR, "ms", *by_turns(ours, draw_bare, runs), LIMIT)


def read_marks(pdf: bytes) -> Marks:
    """Read texts and boxes off a page."""
    from pypdf import PdfReader

    texts, boxes = [], []

    def text(words: str, cm: list[float], tm: list[float], font: dict | None, size: float) -> None:
        if words.strip() and font is not None:
            face = str(font["/BaseFont"]).split("+")[-1]
            x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
            texts.append((x, y, face, abs(size * tm[3]), words.strip("\n")))

    def operand(name: bytes, words: list, cm: list[float], tm: list[float]) -> None:
        if name == b"re" and float(words[3]) != CODE_RUN:
            boxes.append(tuple(float(word) for word in words))
        elif name == b"l":
            boxes.append((float(words[0]), float(words[1]), 0.1, 0.1))

    PdfReader(io.BytesIO(pdf)).pages[0].extract_text(
        visitor_text=text, visitor_operand_before=operand
    )
    return Marks(tuple(texts), tuple(boxes))


def bare_page(marks: Marks) -> Callable[[int], bytes]:
    """Return a function that draws these marks, and a code, on a page of their own."""
    import segno
    from reportlab.pdfgen.canvas import Canvas
    from segno.utils import matrix_to_lines

    def draw(turn: int) -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=1)
        for x, y, face, size, words in marks.texts:
            canvas.setFont(face, size)
            canvas.drawString(x, y, words)
        path = canvas.beginPath()
        for box in marks.boxes:
            path.rect(*box)
        canvas.drawPath(path, stroke=1, fill=0)
        code = canvas.beginPath()
        content = f"BEDSIDE 1/NQ-{turn}/1/412K 7Q2M 9TXR/5D41A0C39BE27F18"
        matrix = segno.make(content, error="m", boost_error=False, micro=False).matrix
        for (left, row), (right, _) in matrix_to_lines(matrix, 500, 60, incby=-1):
            code.rect(left, row, right - left, 1)
        canvas.drawPath(code, stroke=0, fill=1)
        canvas.showPage()
        canvas.save()
        return out.getvalue()

    return draw
