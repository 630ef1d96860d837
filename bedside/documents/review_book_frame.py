"""What frames the review book: the bar, how to read it, the two reviewers' names, and the foot of each page."""

from msgspec import Struct

from bedside.documents.fonts import Face
from bedside.documents.footer import CHECK_AGAINST, in_fours
from bedside.documents.frame import BLUE, INVENTED, LATER_MISSING, draw_bar, draw_margin
from bedside.documents.marked_foot import draw_marked_foot
from bedside.documents.page import THIN, Paper
from bedside.documents.wording import dated
from bedside.documents.words import BODY, CAPTION, STRONG, Style, Words, words, wrap
from bedside.papers.mark import PaperMark
from bedside.papers.protocol_book import EVIDENCE_MEANS, BookHead, ProtocolBook

_BAR, _LEADING = 10.0, 4.2
_FOOT_HIGH = 23.5
_LINE_HIGH = 8.5  # a line to write a name on
NOT_OF_A_WARD = (
    "Not from a ward: no sheet number, no copy number, no code and no audit head; nobody can ask "
    "Bedside whether it still holds. Compare the file's sha256. Valid until a newer edition."
)
CONTROLLED = "DOCUMENT for controlled review"


class Frame(Struct, frozen=True):
    """The head and foot of every page, and the room between them (millimetres from above)."""

    title: str
    subtitle: str
    foot: tuple[str, ...]
    mark: PaperMark | None
    margin: tuple[str, ...]
    top: float
    bottom: float


class Opening(Struct, frozen=True):
    """The opening of the first page: lines with their own leading, and two lines to sign."""

    lines: tuple[Words, ...]
    meanings: tuple[tuple[Words, Words], ...]

    @property
    def height(self) -> float:
        """Its height in millimetres."""
        rows = len(self.lines) + len(self.meanings)
        return 5.5 + rows * _LEADING + 2 * _LINE_HIGH + 5.0


def lay_frame(paper: Paper, book: ProtocolBook, head: BookHead) -> Frame:
    """Measure what stands on every page.

    Raises:
        Refused: the edition does not fit.
    """
    form = paper.form
    digest = " ".join(book.digest[at : at + 8] for at in range(0, len(book.digest), 8))
    alone = head.audit_head if head.mark is None else ""
    ward = f"Audit head {in_fours(alone)}. " if alone else ""
    first = f"{book.title}, {book.edition}. Printed {head.printed_words}, {head.program}."
    foot: tuple[str, ...] = (dated(first), f"Protocol file sha256 {digest}. {ward}{CHECK_AGAINST}")
    if head.mark is None:
        foot = (*foot, NOT_OF_A_WARD)
    margin = [f"{head.emergency}. {LATER_MISSING}"] if head.emergency else []
    margin += [INVENTED] if head.demonstration else []
    bottom = form.height - _FOOT_HIGH - 1
    title = f"Review book, {book.title}"
    return Frame(title, CONTROLLED, foot, head.mark, tuple(margin), 8 + _BAR + 1.5, bottom)


def draw_frame(paper: Paper, frame: Frame, page: int, pages: int) -> None:
    """Draw bar and foot of one page."""
    draw_bar(
        paper,
        BLUE,
        _BAR,
        (frame.title, "title of the protocol", 15),
        (frame.subtitle, "kind of document"),
        (f"Page {page} of {pages}", "page"),
    )
    draw_marked_foot(paper, frame.mark, frame.foot, "", (page, pages), _FOOT_HIGH)
    draw_margin(paper, frame.margin)


def lay_opening(paper: Paper, book: ProtocolBook) -> Opening:
    """Measure the opening of the first page."""
    room = paper.form.room
    bold = Style(Face.BOLD, 10)
    lines = [*wrap(book.full_title, bold, "full title of the protocol", room, 3)]
    lines += wrap(f"Register: {book.registry}", BODY, "register", room, 2)
    if book.closed_to_entry:
        lines += wrap(f"CLOSED: {book.closed_to_entry}", STRONG, "closing to entry", room, 2)
    lines += wrap(
        "Two people compare each row with their own controlled copy of the protocol and put their "
        "initials beside it, one in each column. A row that differs is struck through, and what "
        "the controlled copy says is written beside it.",
        BODY,
        "how to use the book",
        room,
        3,
    )
    meanings = tuple((words(name, STRONG), words(means, BODY)) for name, means in EVIDENCE_MEANS)
    return Opening(tuple(lines), meanings)


def draw_opening(paper: Paper, opening: Opening, y: float) -> None:
    """Draw it from its upper edge."""
    form = paper.form
    y = paper.put_lines(opening.lines, form.left, y + 5, _LEADING)
    for name, means in opening.meanings:
        y += _LEADING
        paper.put(name, form.left, y)
        paper.put(means, form.left + 28, y)
    for number in (1, 2):
        y += _LINE_HIGH
        _draw_reviewer(paper, number, y)


def _draw_reviewer(paper: Paper, number: int, y: float) -> None:
    """A line to write on: name and role, initials, date, and the controlled copy that was used."""
    form = paper.form
    captions = (f"Reviewer {number}, name and role", "Initials", "Date", "Controlled copy, version")
    x = form.left
    for caption, share in zip(captions, (0.4, 0.14, 0.16, 0.3), strict=True):
        width = form.room * share
        after = paper.put(words(caption, CAPTION), x, y) + 1.5
        paper.rule((after, y + 0.8), (x + width - 4, y + 0.8), THIN)
        x += width
