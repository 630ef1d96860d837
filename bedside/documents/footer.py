"""The foot of every page: which sheet and copy, until when, on what it rests, whose it is, and its code."""

from msgspec import Struct

from bedside.documents.codes import code_content, draw_code
from bedside.documents.frame import full_name
from bedside.documents.page import FIRM, PORTRAIT, Paper
from bedside.documents.wording import dated, paper_date, paper_moment, paper_weekday_moment
from bedside.documents.words import CAPTION, CODE, STRONG, Words, parted, settle, words
from bedside.papers.values import PaperHead, PaperInfant

CHECK_AGAINST = "Decision support only: verify against the protocol document."
_ASK = "Scan to ask."
_BOTTOM = 6.5  # millimetres below the last baseline
_GAP = 3.0
_SIDE_UPRIGHT, _SIDE_LANDSCAPE = 18.0, 13.0

Lines = tuple[tuple[tuple[float, Words], ...], ...]  # each line's words with their places


class Foot(Struct, frozen=True):
    """A foot made ready: its lines of words with their places, and its upper edge."""

    lines: Lines
    identity: tuple[Words, ...]
    code: Words
    content: str
    side: float  # of the square code
    leading: float
    top: float

    @property
    def beside(self) -> float:
        """The width that code and code words take at the right of the last line."""
        return max(self.code.width, self.side) if self.upright else self.side + 3 + self.code.width

    @property
    def upright(self) -> bool:
        """Whether the code in words stands under the square code, not beside it."""
        return self.side > _SIDE_LANDSCAPE


def lay_foot(paper: Paper, head: PaperHead, infant: PaperInfant, formula: str = "") -> Foot:
    """Measure the foot, which is the same on every page but for the page number.

    Args:
        paper: the page it will stand on.
        head: the paper's numbers.
        infant: for the line that says whose paper it is.
        formula: the worked formula, where the paper has one.

    Raises:
        Refused: something in it does not fit.
    """
    upright = paper.form is PORTRAIT
    side = _SIDE_UPRIGHT if upright else _SIDE_LANDSCAPE
    code = words(head.code, CODE.at(8.5), "code")
    room = paper.form.room - side - 5
    lines = _lines(head, formula, room, upright)
    beside = code.width if upright else code.width + side + 3
    identity = _identity(infant, paper.form.room - beside - 34)
    crowded = len(lines) + len(identity) > (6 if upright else 4)
    leading = 3.6 if crowded else 4.1
    height = 3.8 + leading * (len(lines) + len(identity) - 1)
    needed = side + (5.9 if upright else 0.6)
    top = paper.form.height - _BOTTOM - max(height, needed)
    content = code_content(head)
    return Foot(lines, identity, code, content, side, leading, top)


def _lines(head: PaperHead, formula: str, room: float, upright: bool) -> Lines:
    replaces = f", replaces {dated(head.replaces)}" if head.replaces else ""
    which = [
        ("Sheet", head.sheet_number, "sheet number"),
        ("Copy", f"{head.copy}{replaces}", "copy it replaces"),
        ("Valid until", paper_weekday_moment(head.valid_until), "valid until"),
    ]
    rests_on = [
        ("Edition", dated(head.edition), "edition"),
        ("Audit head", in_fours(head.audit_head), "audit head"),
        (
            "Printed",
            f"{paper_moment(head.printed_at)}, {head.printed_by}",
            "words that say who printed it",
        ),
        ("Facts", in_fours(head.facts_digest[:16]), "digest of the facts"),
        ("Program", head.program, "program"),
    ]
    if not upright:
        site = ("Site", head.site, "site")
        checked = ("", CHECK_AGAINST, "advice in the foot")
        lapses = [("", head.lapses, "what ends it")] if head.lapses else []
        return _flow([*which, *lapses, *rests_on, site, checked], room, 24)
    worked = f"Worked: {formula}. {CHECK_AGAINST}" if formula else CHECK_AGAINST
    return (
        *_flow(which, room, 12),
        *_sentence(f"{head.lapses} {_ASK}".strip(), room),
        *_flow(rests_on, room, 12),
        *_sentence(worked, room),
    )


def _sentence(text: str, room: float) -> Lines:
    ways = ((CAPTION, 1), (CAPTION.at(7), 1), (CAPTION, 3))  # no line for its last word alone
    return tuple(((0.0, line),) for line in settle(text, ways, "worked formula", room))


def _flow(pairs: list[tuple[str, str, str]], room: float, stops: int) -> Lines:
    """Set pairs of caption and value side by side, each beginning at the next free stop."""
    lines: list[list[tuple[float, Words]]] = [[]]
    used, stop = 0.0, room / stops
    for caption, value, field in pairs:
        name = words(caption, CAPTION)
        indent = name.width + 1.2 if caption else 0.0
        said = _value(value, field, room - indent) if caption else (words(value, CAPTION, field),)
        start = (int((used + _GAP) / stop) + 1) * stop if lines[-1] else 0.0
        if lines[-1] and start + indent + said[0].width > room:
            lines.append([])
            start = 0.0
        if caption:
            lines[-1].append((start, name))
        lines[-1].append((start + indent, said[0]))
        used = start + indent + said[0].width
        for more in said[1:]:
            lines.append([(start + indent, more)])
            used = room
    return tuple(tuple(line) for line in lines)


def _value(text: str, field: str, room: float) -> tuple[Words, ...]:
    small = STRONG.at(8)
    ways = ((STRONG, 1), (small, 1), (STRONG.at(7.5), 1), (small, 3))  # a line is room for a hand
    return settle(parted(text, small, field, room), ways, field, room)


def in_fours(figures: str) -> str:
    """Letters and figures in groups of four, to be read off and typed."""
    return " ".join(figures[at : at + 4] for at in range(0, len(figures), 4))


def _identity(infant: PaperInfant, room: float) -> tuple[Words, ...]:
    text = f"{full_name(infant)}   {infant.hospital_number}   born\u00a0{paper_date(infant.born)}"
    return settle(
        text,
        ((STRONG, 1), (STRONG.at(8.5), 1), (STRONG.at(8), 3), (STRONG.at(7.5), 4)),
        "name in the foot",
        room,
    )


def draw_foot(paper: Paper, foot: Foot, page: int, pages: int) -> None:
    """Draw the foot of a page.

    Args:
        paper: the page.
        foot: as laid.
        page: this page, from 1.
        pages: how many there are.
    """
    form = paper.form
    paper.rule((form.left, foot.top), (form.right, foot.top), FIRM)
    last = form.height - _BOTTOM
    base = last - foot.leading * (len(foot.lines) + len(foot.identity) - 1)
    for line in foot.lines:
        for x, part in line:
            paper.put(part, form.left + x, base)
        base += foot.leading
    paper.put_lines(foot.identity, form.left, base, foot.leading)
    if form is PORTRAIT:
        _draw_code_upright(paper, foot, last)
    else:
        _draw_code_landscape(paper, foot, last)
    number = words(f"Page {page} of {pages}", STRONG)
    paper.put(number, form.right - foot.beside - 4, last, "right")


def _draw_code_upright(paper: Paper, foot: Foot, last: float) -> None:
    right = paper.form.right
    draw_code(paper, foot.content, (right - foot.side, last - 3.4 - foot.side), foot.side)
    paper.put(foot.code, right, last, "right")


def _draw_code_landscape(paper: Paper, foot: Foot, last: float) -> None:
    right = paper.form.right
    draw_code(paper, foot.content, (right - 1 - foot.side, last + 1.3 - foot.side), foot.side)
    paper.put(foot.code, right - foot.side - 3, last, "right")
