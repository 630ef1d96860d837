"""Draws the blank form for counts in paper hours: lines with names, to be typed in when Bedside is back."""

from bedside.documents.flow import Part, Picture, Title, draw_pages, fact, flow, low_edge, sentence
from bedside.documents.fonts import Face
from bedside.documents.frame import ORANGE, particulars
from bedside.documents.marks import clock_colon
from bedside.documents.page import PORTRAIT, THIN, Paper
from bedside.documents.typed import IDENTITY, MARK, legible_value
from bedside.documents.whose_box import BarWords, draw_whose, foot_of, lay_whose
from bedside.documents.wording import paper_moment
from bedside.documents.words import CAPTION, STRONG, Style, words
from bedside.papers.reports import CountsForm

BLANK = "For paper hours: type every line in afterwards"
_ROOM = PORTRAIT.room
_LINES = 10
_HIGH, _HEAD = 11.4, 11.8
# caption, what stands under it, width in millimetres
_COLUMNS: tuple[tuple[str, tuple[str, ...], float], ...] = (
    ("Line", (), 10.0),
    ("Day", ("as 14 Oct",), 20.0),
    ("Time", ("taken",), 20.0),
    ("White cells", ("with unit",), 21.0),
    ("Neutroph.", ("% or number",), 21.0),
    ("Bands", ("%",), 13.0),
    ("Platelets", ("with unit",), 21.0),
    ("Hb", ("with unit",), 18.0),
    ("Specimen", ("line, vein,", "prick"), 23.0),
    ("By", ("initials",), 17.0),
)


def draw_counts_form(value: CountsForm) -> bytes:
    """Draw the form as a PDF; the same value gives the same bytes.

    Raises:
        Refused: something cannot be printed whole and safely; each reason says what.
    """
    subject = f"{value.whose.protocol}, blank form for blood counts"
    paper = Paper(PORTRAIT, particulars(value.head, "Blank counts form", subject))
    compose(paper, value)
    return paper.finish()


def compose(paper: Paper, value: CountsForm) -> None:
    """Draw the form onto a paper."""
    value = legible_value(value, IDENTITY | MARK)
    bar = BarWords(ORANGE, "BLOOD COUNTS", "", BLANK)
    about = f"{value.head.site}. {value.as_of.where}. Read name and number off the band before each line."
    box = lay_whose(PORTRAIT, bar, value.head, value.whose, value.as_of, about)
    foot = foot_of(paper, value.head, value.whose)
    low = low_edge(foot)
    parts = [_how(value), _lines(), _checked()]
    pages = flow(parts, (box.first_bottom, low), (box.next_bottom, low))

    def draw_top(at: int) -> None:
        draw_whose(paper, box, first=at == 0)

    draw_pages(paper, value.head, pages, foot, draw_top)


def _how(value: CountsForm) -> Part:
    example = f"0{value.mark}48"
    unit = "10⁹/L, per microlitre or G/L; haemoglobin g/L, g/dL or mmol/L"
    lines = (
        f"Write each value as the laboratory gives it, with its unit: {unit}.",
        f"A value below one has its zero: {example}. Nothing is worked out on this paper.",
        "No number? Write why: not done, pending, unusable (clotted, haemolysed). Never a zero for it.",
        "A wrong line is struck through with initials, and written anew on the next one.",
    )
    pieces = [sentence(_ROOM, text, "how to write") for text in lines]
    last = [f"{name} {said}" for name, said in value.last]
    if value.last_at is not None:
        said = f"{', '.join(last)}; taken {paper_moment(value.last_at)}. To compare, not to copy."
        return Part(
            Title("1", "How to write"),
            (*pieces, fact(_ROOM, "Last on record", said, "last count", 30.0)),
        )
    return Part(Title("1", "How to write"), tuple(pieces))


def _lines() -> Part:
    note = f"C1 to C{_LINES} are the names of the lines"
    return Part(
        Title("2", "Counts", note), (Picture(_HEAD + _HIGH * _LINES, _draw),), together=True
    )


def _draw(paper: Paper, y: float) -> None:
    x = paper.form.left
    for caption, below, wide in _COLUMNS:
        paper.box((x, y), (wide, _HEAD), THIN)
        paper.put(words(caption, STRONG.at(8)), x + 0.8, y + 3.6)
        for at, line in enumerate(below):
            paper.put(words(line, CAPTION), x + 0.8, y + 7.2 + 3.0 * at)
        for number in range(1, _LINES + 1):
            top = y + _HEAD + _HIGH * (number - 1)
            paper.box((x, top), (wide, _HIGH), THIN)
            if caption == "Line":
                name = words(f"C{number}", Style(Face.BOLD, 9.5))
                paper.put(name, x + wide / 2, top + _HIGH / 2 + 1.2, "centre")
            if caption == "Time":
                clock_colon(paper, x + wide / 2, top + _HIGH / 2)
        x += wide


def _checked() -> Part:
    captions = (
        "typed into Bedside by: name, day, time",
        "read back against this paper by: name, time",
    )

    def paint(paper: Paper, y: float) -> None:
        half = _ROOM / 2
        for at, caption in enumerate(captions):
            paper.box((paper.form.left + half * at, y), (half, 11.0), THIN)
            paper.put(words(caption, CAPTION), paper.form.left + half * at + 1.0, y + 3.2)

    return Part(Title("3", "When Bedside is back"), (Picture(11.6, paint),), together=True)
