"""Draws the recovery sheet: one page, the code large enough to type from it by a torch."""

from bedside.documents.fonts import Face
from bedside.documents.frame import BLUE, draw_bar
from bedside.documents.page import HEAVY, PORTRAIT, THIN, Paper, Particulars
from bedside.documents.typed import legible_value
from bedside.documents.words import BODY, CAPTION, STRONG, Style, words, wrap
from bedside.papers.recovery_sheet import RecoverySheet
from bedside.units.dates import write_date_time

_TEXT = Style(Face.PLAIN, 11)
_CODE = Style(Face.BOLD, 22)
_GROUPS = 4  # on one line
_ABOUT = (
    "This code opens the ward when its passphrase is lost. Who has it can read every infant's "
    "record on this ward. Nobody can make it again without the passphrase or this sheet.",
    "1. Lock this sheet into the ward's safe, in a closed envelope, signed across the flap.",
    "2. Keep no photograph and no file of it. If it was saved as a file, delete the file now.",
    "3. When it was opened or used, make a new code on the same day: the old one ends.",
)
_OPENED = ("Opened on", "by", "because", "new code made on")


def draw_recovery_sheet(sheet: RecoverySheet) -> bytes:
    """Draw the sheet as a PDF of one page; the same value gives the same bytes.

    Raises:
        Refused: something cannot be printed whole.
    """
    paper = Paper(
        PORTRAIT,
        Particulars(
            title="Recovery sheet",
            author=sheet.site,
            subject="Opens a ward whose passphrase is lost: lock it away",
            keywords="",
            program=sheet.program,
        ),
    )
    compose(paper, sheet)
    return paper.finish()


def compose(paper: Paper, sheet: RecoverySheet) -> None:
    """Draw the sheet onto a paper."""
    sheet = legible_value(sheet, {"code"})
    form = paper.form
    y = draw_bar(
        paper, BLUE, 14.0, ("Recovery sheet", "title", 18.5), ("", "kind"), ("LOCK AWAY", "what")
    )
    place = wrap(sheet.site, _TEXT.at(14), "ward", form.room, 3)
    y = paper.put_lines(place, form.left, y + 10, 6.5) + 6
    groups = sheet.code.replace("-", " ").split()
    rows = (" ".join(groups[at : at + _GROUPS]) for at in range(0, len(groups), _GROUPS))
    lines = [line for row in rows for line in wrap(row, _CODE, "recovery code", form.room - 16, 1)]
    high = 10.0 * len(lines) + 8
    paper.box((form.left, y), (form.room, high), HEAVY)
    paper.put_lines(lines, form.left + 8, y + 11, 10)
    y += high + 6
    for text in _ABOUT:
        said = wrap(text, _TEXT, "what to do", form.room, 4)
        y = paper.put_lines(said, form.left, y + 4, 5.4) + 2
    y += 10
    for text in _OPENED:
        y += 10
        after = paper.put(words(text, BODY), form.left, y) + 3
        paper.rule((after, y + 1), (form.right, y + 1), THIN)
    _foot(paper, sheet)


def _foot(paper: Paper, sheet: RecoverySheet) -> None:
    form = paper.form
    y = form.height - 20
    paper.rule((form.left, y), (form.right, y), HEAVY)
    made = f"Ward made {write_date_time(sheet.made_at)}, {sheet.program}."
    paper.put(words(made, CAPTION), form.left, y + 4.5)
    by = f"First people: {sheet.people[0]}; {sheet.people[1]}"
    paper.put_lines(wrap(by, STRONG, "people", form.room, 2), form.left, y + 9, 4.5)
