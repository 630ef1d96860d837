"""The first page of a transfer summary: where she is up to, fever, whom to ring, what must not be given."""

from collections.abc import Sequence

from msgspec.structs import replace

from bedside.documents.flow import LINE, Part, Picture, Title
from bedside.documents.fonts import Face
from bedside.documents.marks import stop_octagon
from bedside.documents.page import FIRM, HEAVY, PORTRAIT, THIN, Paper
from bedside.documents.typed import told, told_runs
from bedside.documents.wording import dated, paper_moment
from bedside.documents.words import (
    BLACK,
    BODY,
    CAPTION,
    STRONG,
    WHITE,
    Style,
    Words,
    fitting,
    settle,
    words,
    wrapped,
)
from bedside.papers.transfer import StripBox, TransferSummary

_ROOM = PORTRAIT.room
_FEVER, _GAP, _RING = 119.0, 3.0, 62.0
_STRIP = 9.6
_NARROW = 5.4
_PAST = (0.83, 0.83, 0.83)
_WRITE = (
    ("Temp. °C, how, when", "Heart rate", "Breathing rate", "Blood pressure", "Cap. refill, s"),
    (
        "Weight today, kg",
        "Bag or line looks",
        "Wet nappies 24 h",
        "Antibiotic at",
        "Who is writing",
    ),
)


def front_parts(value: TransferSummary) -> list[Part]:
    """Measure the first page.

    Raises:
        Refused: something cannot be printed or does not fit.
    """
    she = "she" if value.whose.sex == "female" else "he"
    moment = f"sent to: ______________________   {paper_moment(value.head.printed_at)}"
    parts = [
        Part(Title("1", f"Where {she} is up to", moment), _where(value), together=True),
        Part(
            Title(
                "2",
                f"If {she} arrives with you",
                "emergency care first; the call does not replace it",
            ),
            (_boxes(value),),
            together=True,
        ),
        Part(Title("3", "Must not be given here"), (_must_not(value),), together=True),
    ]
    number = 4
    if value.dlt_words:
        parts.append(
            Part(Title("4", value.dlt_words, value.dlt_note), (_dlt(value),), together=True)
        )
        number = 5
    title = Title(str(number), "Have ready when you ring", "write here")
    parts.append(Part(title, (_write_in(),), together=True))
    return [replace(part, gap=2.0) for part in parts]


def _where(value: TransferSummary) -> tuple[Picture, ...]:
    big = settle(
        value.as_of.where,
        ((Style(Face.BOLD, 18), 1), (Style(Face.BOLD, 14), 1), (Style(Face.BOLD, 11), 2)),
        "where she is up to",
        _ROOM,
    )
    following = told(
        dated(f"Next: {value.next_words}"), ((STRONG, 1), (STRONG.at(8.5), 3)), "next", _ROOM
    )
    lines = [
        line for text in value.so_far for line in told(dated(text), ((BODY, 4),), "so far", _ROOM)
    ]
    leading = big[0].style.size * 0.42
    high = 2.0 + leading * len(big)

    def head(paper: Paper, y: float) -> None:
        paper.put_lines(big, paper.form.left, y + 0.6 + leading, leading)

    def below(paper: Paper, y: float) -> None:
        paper.put_lines((*following, *lines), paper.form.left, y + 3.6, 4.1)

    return (
        Picture(high, head),
        Picture(_STRIP + 4.6, lambda paper, y: _draw_strip(paper, value.strip, y + 3.4)),
        Picture(1.0 + 4.1 * (len(following) + len(lines)), below),
    )


def _draw_strip(paper: Paper, boxes: Sequence[StripBox], y: float) -> None:
    """The courses in their order, not to scale: past grey, azacitidine blocks narrow with their number."""
    blocks = sum(box.priming for box in boxes)
    wide = (_ROOM - _NARROW * blocks) / max(len(boxes) - blocks, 1)
    x = paper.form.left
    for box in boxes:
        width = _NARROW if box.priming else wide
        done = box.state == "past"
        fill = (BLACK if done else None) if box.priming else (_PAST if done else None)
        weight = HEAVY if box.state == "now" else THIN
        paper.box((x, y), (width, _STRIP), weight, fill)
        colour = WHITE if box.priming and done else BLACK
        if box.priming:
            name = words(box.title.partition("#")[2] or "1", Style(Face.BOLD, 9, colour), "block")
            paper.put(name, x + width / 2, y + _STRIP / 2 + 1.1, "centre")
        else:
            face = Face.PLAIN if box.state == "later" else Face.BOLD
            _draw_name(paper, box.title, face, (x + 1.0, y, width - 1.6))
        if box.state == "now":
            tag = words("now", STRONG.at(8))
            paper.put(tag, x + width / 2, y - 1.0, "centre")
        x += width


def _draw_name(paper: Paper, title: str, face: Face, room: tuple[float, float, float]) -> None:
    """A course's name in up to three lines, each as large as it fits; a long word is set smaller."""
    x, y, width = room
    for size in (8.0, 7.5, 7.0, 6.5, 6.0, 5.5):
        lines = wrapped(title, Style(face, size), "course", width, 3)
        if lines is not None and len(lines) * size * 0.42 <= _STRIP - 0.6:
            leading = size * 0.42
            middle = y + _STRIP / 2 + size * 0.127
            paper.put_lines(lines, x, middle - leading * (len(lines) - 1) / 2, leading)
            return
    line = fitting(title, Style(face, 6), "course", width, 4.5)
    if line is not None:
        paper.put(line, x, y + _STRIP / 2)


Numbered = list[tuple[str, list[list[Words]]]]
Telephones = list[tuple[tuple[Words, ...], tuple[Words, ...]]]


def _boxes(value: TransferSummary) -> Picture:
    """Fever and whom to ring, side by side."""
    fever, rings = _fever(value), _rings(value)
    whose = told(dated(value.fever_words), ((CAPTION, 6),), "whose fever rule", _FEVER - 5)
    fever_high = 13 + sum(LINE * 1.1 * len(lines) + 1.2 for _, lines in fever) + 3.6 * len(whose)
    ring_high = 18 + sum(3.9 * len(who) + _number_high(number) for who, number in rings)
    high = max(fever_high, ring_high)

    def paint(paper: Paper, y: float) -> None:
        left = paper.form.left
        right = left + _FEVER + _GAP
        paper.box((left, y), (_FEVER, high), HEAVY)
        paper.box((right, y), (_RING, high), HEAVY)
        _box_head(paper, (left, y, _FEVER), "FEVER", "as it is counted here")
        _box_head(paper, (right, y, _RING), "RING", "day and night")
        base = y + 11.6
        for number, lines in fever:
            paper.put(words(number, STRONG.at(10)), left + 2.5, base)
            for line in lines:
                paper.put_row(line, left + 8, base)
                base += LINE * 1.1
            base += 1.2
        paper.put_lines(whose, left + 2.5, y + high - 2.0 - 3.6 * (len(whose) - 1), 3.6)
        _draw_rings(paper, rings, (right, y, high))

    return Picture(high, paint)


def _fever(value: TransferSummary) -> Numbered:
    """The instruction in numbered sentences, bold up to the colon."""
    found: Numbered = []
    for number, text in enumerate(value.fever, 1):
        name, colon, rest = text.partition(":")
        runs = [
            (f"{name}{colon}", STRONG),
            *([(dated(rest.strip()), BODY)] if rest.strip() else []),
        ]
        found.append((str(number), told_runs(runs, "fever", _FEVER - 13, 6)))
    return found


def _rings(value: TransferSummary) -> Telephones:
    big = Style(Face.BOLD, 15)
    return [
        (
            told(ring.who, ((BODY, 1), (BODY.at(8), 2)), "whom to ring", _RING - 5),
            told(
                ring.number, ((big, 1), (big.at(12), 1), (STRONG, 3)), "telephone number", _RING - 5
            ),
        )
        for ring in value.rings
    ]


def _number_high(number: Sequence[Words]) -> float:
    return number[0].style.size * 0.42 * len(number) + 3.0


def _box_head(paper: Paper, place: tuple[float, float, float], title: str, note: str) -> None:
    x, y, wide = place
    paper.put(words(title, Style(Face.BOLD, 13)), x + 2.5, y + 5.6)
    paper.put(words(note, CAPTION), x + wide - 2.5, y + 5.2, "right")
    paper.rule((x, y + 7.6), (x + wide, y + 7.6), THIN)


def _draw_rings(
    paper: Paper,
    rings: Sequence[tuple[tuple[Words, ...], tuple[Words, ...]]],
    place: tuple[float, float, float],
) -> None:
    x, y, high = place
    base = y + 11.6
    for who, number in rings:
        base = paper.put_lines(who, x + 2.5, base, 3.9)
        leading = number[0].style.size * 0.42
        base = paper.put_lines(number, x + 2.5, base + leading + 0.6, leading)
        base += 5.2
    low = y + high - 8.0
    paper.rule((x, low), (x + _RING, low), THIN)
    paper.put(words("Called at, spoke to", CAPTION), x + 2.5, low + 3.4)


def _must_not(value: TransferSummary) -> Picture:
    rows = [
        told_runs(
            [(dated(bold), STRONG), *(((dated(rest), BODY),) if rest else ())],
            "what must not be given",
            _ROOM - 16,
            5,
        )
        for bold, rest in value.must_not
    ]
    high = max(11.0, 2.0 + sum(4.2 * len(lines) + 0.4 for lines in rows))

    def paint(paper: Paper, y: float) -> None:
        stop_octagon(paper, paper.form.left + 5.5, y + min(high / 2, 8.0), 4.8)
        base = y + 4.4
        for lines in rows:
            for line in lines:
                paper.put_row(line, paper.form.left + 14, base)
                base += 4.2
            base += 0.4

    return Picture(high, paint)


def _dlt(value: TransferSummary) -> Picture:
    lines = [
        line
        for text in value.dlt_lines
        for line in told(dated(text), ((BODY, 8),), "DLT period", _ROOM - 16)
    ]
    high = max(9.0, 2.0 + 4.2 * len(lines))

    def paint(paper: Paper, y: float) -> None:
        x, middle = paper.form.left + 5.5, y + 5.0
        paper.disc((x, middle), 3.6, None, FIRM)
        paper.stroke([(x, middle - 2.4), (x, middle), (x + 1.8, middle)], FIRM)
        paper.put_lines(lines, paper.form.left + 14, y + 4.4, 4.2)

    return Picture(high, paint)


def _write_in() -> Picture:
    high = 9.4

    def paint(paper: Paper, y: float) -> None:
        wide = _ROOM / 5
        for row, captions in enumerate(_WRITE):
            for column, caption in enumerate(captions):
                x, top = paper.form.left + wide * column, y + high * row
                paper.box((x, top), (wide, high), THIN)
                paper.put(words(caption, CAPTION), x + 1.0, top + 3.2)

    return Picture(2 * high, paint)
