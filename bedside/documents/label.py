"""Draws the label of a preparation, 62 by 29 mm, a page each: whose, what, how much, by which route.

An intrathecal preparation and a vinca alkaloid differ from all others by shape, not by colour: a black
band with the word, a black legend. A vial with a time limit says in reverse by when all of it is in.
"""

from collections.abc import Sequence
from math import floor

from bedside.documents.codes import draw_code
from bedside.documents.day_sheet_legend import FATAL, IV_ONLY
from bedside.documents.fonts import Face
from bedside.documents.frame import particulars
from bedside.documents.line_code import BAR, draw_line_code, line_code_width
from bedside.documents.page import FIRM, THIN, Format, Paper
from bedside.documents.wording import dose, paper_date, short_date, short_moment, short_weekday_date
from bedside.documents.words import (
    BLACK,
    CODE,
    STRONG,
    WHITE,
    Style,
    Words,
    fit,
    fitting,
    settle,
    too_long,
    words,
    wrapped,
)
from bedside.papers.day_sheet import Label
from bedside.papers.label_code import label_code
from bedside.papers.label_digits import label_digits
from bedside.units.dates import write_time
from bedside.units.refusal import Refused

LABEL = Format(62, 29, 2, 60.2)
LEAST = 6.4  # points
_RIGHT = 45.8  # where the text ends: codes and times stand beyond it
_SQUARE, _SQUARE_AT = 12.4, (47.6, 1.5)
_BOX = (46.8, 19.3, 14.0, 8.5)
_BAND = (0.8, 0.8, 5.0, 27.4)
_PLAIN = Style(Face.PLAIN, 8)
_PAIRS = (  # of dose and route, the best first
    (12.5, STRONG),
    (12.5, STRONG.at(8)),
    (12.5, STRONG.at(7)),
    (12.5, STRONG.at(LEAST)),
    (11, STRONG.at(LEAST)),
    (10, STRONG.at(LEAST)),
    (10, _PLAIN.at(LEAST)),
    (9, _PLAIN.at(LEAST)),
)
_WHITE = Style(Face.BOLD, 7, WHITE)


def draw_label(label: Label) -> bytes:
    """Draw the labels of one administration as a PDF; the same value gives the same bytes.

    Args:
        label: the finished value; nothing on it is worked out here.

    Raises:
        Refused: a name, drug or dose does not fit or cannot be printed; nothing is ever cut.
    """
    paper = Paper(LABEL, particulars(label.head, "Label", f"{label.drug}, {label.route}"))
    compose(paper, label)
    return paper.finish()


def compose(paper: Paper, label: Label) -> None:
    """Draw the label of each dose of the day that is still to give onto a paper, a page each.

    Raises:
        Refused: there is none.
    """
    _judge(label)
    done = {one.number for one in label.settled} | set(label.over)
    left = [number for number in range(1, label.count + 1) if number not in done]
    if not left:
        raise Refused("Not printed: every dose of this day is on record, or its time is over.")
    for number in left:
        if number > left[0]:
            paper.next_page()
        _draw_one(paper, label, number)


def _judge(label: Label) -> None:
    if (label.kind == "intrathecal") != (label.route == "intrathecal"):
        raise Refused(f"Not printed: this label says {label.route}, and is not that kind of label.")
    if label.kind == "vinca" and label.route != "intravenous":
        raise Refused("Not printed: a vinca alkaloid is FATAL by any route but into a vein.")
    if not label.head.commissioned or label.head.read_only:
        raise Refused("Not printed: a label is made only from confirmed values, and on record.")


def _draw_one(paper: Paper, label: Label, number: int) -> None:
    left = LABEL.left
    if label.kind == "intrathecal":
        left = _draw_band(paper)
    _draw_whose(paper, label, left)
    info = _draw_what(paper, label, left)
    if label.kind == "vinca":
        _draw_legend(paper)
        bars = (24.1, 3.7)
    elif len(info) == 1:
        paper.put_lines(info, left, 20.2, 0)
        bars = (21.4, 6.2)
    else:
        paper.put_lines(info, left, 20.2, 2.6)
        bars = (23.7, 4.0)
    _draw_codes(paper, label, left, bars, number)
    if label.finish_by is not None:
        _draw_finish(paper, write_time(label.finish_by), label.finish_hour)
    else:
        _draw_use_by(paper)


def _draw_band(paper: Paper) -> float:
    """The word up the left edge, on black; return where the text begins."""
    x, y, wide, high = _BAND
    paper.box((x, y), (wide, high), 0, BLACK)
    word = words("INTRATHECAL", Style(Face.BOLD, 9.2, WHITE))
    paper.put_turned(word, x + wide / 2 + 1.2, y + high / 2 + word.width / 2, 90)
    return x + wide + 1.4


def _draw_whose(paper: Paper, label: Label, left: float) -> None:
    room = _RIGHT - left
    bold = STRONG.at(9)
    said, field = f"{label.family}, {label.given}", "name on the label"
    ways = ((bold, 1), (bold.at(8), 1), (bold.at(7), 1), (bold.at(LEAST), 2))
    name = settle(said, ways, field, room)
    sizes, base = ((8, 7.5, 7, LEAST), 7.7) if len(name) == 1 else ((7, LEAST), 7.9)
    pair = _beside(label.hospital_number, paper_date(label.born), room, sizes)
    if pair is None:
        _draw_long_number(paper, label, left)
    else:
        paper.put_lines(name, left, 4.2 if len(name) == 1 else 2.9, 2.45)
        paper.put(pair[0], left, base)
        paper.put(pair[1], _RIGHT, base, "right")
    paper.rule((left, 8.7), (_RIGHT, 8.7), FIRM * 0.6)


def _beside(
    number: str, born: str, room: float, sizes: Sequence[float]
) -> tuple[Words, Words] | None:
    """The number, bold, and the birth on one line, as large as they fit; None where they do not."""
    for size in sizes:
        first = words(number, STRONG.at(size), "hospital number")
        second = words(born, _PLAIN.at(size))
        if first.width + second.width + 1.5 <= room:
            return first, second
    return None


def _draw_long_number(paper: Paper, label: Label, left: float) -> None:
    """Three lines: a number of sixteen wide letters has the last one to itself, the birth stands above it.

    Raises:
        Refused: the name is too long beside it.
    """
    room = _RIGHT - left
    small, field = STRONG.at(LEAST), "name on the label"
    born = words(paper_date(label.born), _PLAIN.at(LEAST))
    name = settle(f"{label.family}, {label.given}", ((STRONG.at(7), 1), (small, 2)), field, room)
    if len(name) > 1 and name[1].width + born.width + 1.5 > room:
        raise too_long(f"{label.family}, {label.given}", f"{field}, beside so long a number")
    ways = [(STRONG.at(7), 1), (small, 1), (_PLAIN.at(LEAST), 1)]
    (number,) = settle(label.hospital_number, ways, "hospital number", room)
    paper.put_lines(name, left, 2.9, 2.45)
    paper.put(born, _RIGHT, 5.35, "right")
    paper.put(number, left, 7.9)


def _draw_what(paper: Paper, label: Label, left: float) -> tuple[Words, ...]:
    """Draw the drug with its volume and the dose with its route; return the line that follows, or two."""
    room = _RIGHT - left
    info = _info(label)
    volume = words(dose(label.volume, "volume"), _PLAIN.at(7.5)) if label.volume else None
    name = words(label.drug, STRONG.at(10), "drug on the label")
    beside = 0.0 if volume is None else volume.width + 1.5
    lines = _weekly_lines(label, room) if label.rhythm else _info_lines(info, room)
    if volume is not None and words(label.drug, STRONG.at(7.5)).width + beside > room:
        longer = (
            None
            if label.rhythm
            else _info_lines((f"{label.volume}; {info[0]}".strip(), info[1]), room)
        )
        if longer is not None:  # else it stays beside a smaller name
            lines, volume, beside = longer, None, 0.0
    name = fit(label.drug, name.style, "drug on the label", room - beside, LEAST)
    paper.put(name, left, 12.5)
    if volume is not None:
        paper.put(volume, _RIGHT, 12.5, "right")
    final, route = _dose_and_route(label, room)
    paper.put(final, left, 17.0)
    paper.put(route, _RIGHT, 17.0, "right")
    if lines is None:
        raise too_long(" ".join(info), "line of the label")
    return lines


def _weekly_lines(label: Label, room: float) -> tuple[Words, ...]:
    """That it is once a week on a line of its own, as heavy as the dose: taken for daily it kills."""
    day = f"{label.course} day {label.day}, {short_weekday_date(label.on)}"
    field = "line of the label"
    return (
        words(label.rhythm, STRONG.at(8.5), field),
        fit(day, _PLAIN, field, room, LEAST),
    )


def _info_lines(said: tuple[str, str], room: float) -> tuple[Words, ...] | None:
    """What follows the dose, course and day: on one line, else on two; None where it has no room."""
    field = "line of the label"
    whole = " ".join(filter(None, said))
    one = fitting(whole, _PLAIN, field, room, LEAST)
    if one is not None:
        return (one,)
    for size in (7.5, 7, LEAST):  # a number of the course does not stand before its day
        style = _PLAIN.at(size)
        parted = [wrapped(text, style, field, room, 1) for text in said]
        if parted[0] is not None and parted[1] is not None:
            return (*parted[0], *parted[1])
    return wrapped(whole, _PLAIN.at(LEAST), field, room, 2)


def _dose_and_route(label: Label, room: float) -> tuple[Words, Words]:
    """The dose as large as its route beside it allows.

    Raises:
        Refused: they do not fit beside one another.
    """
    said = dose(label.final, "dose on the label")
    for size, style in _PAIRS:
        final = words(said, STRONG.at(size), "dose on the label")
        route = words(label.route, style, "route")
        if final.width + route.width + 2 <= room:
            return final, route
    raise too_long(f"{label.final} {label.route}", "dose on the label, with its route")


def _info(label: Label) -> tuple[str, str]:
    """What follows the dose, in two parts: where one line has no room, each has its own."""
    if label.made_at is not None:
        return "", f"made {short_moment(label.made_at)}, over {label.minutes} min"
    day = f"day {label.day}, {short_date(label.on)}"
    return label.course, day


def _draw_legend(paper: Paper) -> None:
    x, wide = 0.8, _RIGHT - 0.2
    paper.box((x, 17.8), (wide, 5.5), 0, BLACK)
    for at, text in enumerate((IV_ONLY, FATAL)):
        line = fit(text, _WHITE, "legend", wide - 0.6, LEAST)
        paper.put(line, x + wide / 2, 20.2 + at * 2.55, "centre")


def _draw_codes(
    paper: Paper, label: Label, left: float, bars: tuple[float, float], number: int
) -> None:
    head = label.head
    part = label.parts[number - 1] if label.parts else ""
    square = label_code(label.study_number, head.sheet_number, label.dose_id, head.copy, part)
    draw_code(paper, square, _SQUARE_AT, _SQUARE)
    _draw_code_words(paper, label)
    figures = label_digits(head.sheet_number, head.copy, number if part else 0, label.count)
    after = floor((left + 2.2) / BAR) * BAR  # whole dots of a label printer: no bar has a grey edge
    if figures:
        draw_line_code(paper, figures, (after, bars[0]), bars[1])
        after += line_code_width(figures) + 2.2
    said, second = f"{number} of {label.count}", "DEMO" if head.demonstration else ""
    when = _when(label, number)
    if when:
        said, second = f"{said} {second}".strip(), when
    tight = bars[1] < 5
    base = bars[0] + (1.35 if tight else 2.5)
    for text in (said, second):
        if text:
            sizes = (STRONG.at(7), STRONG.at(LEAST), _PLAIN.at(LEAST), _PLAIN.at(6))
            ways = [(style, 1) for style in sizes[tight:]]  # the last for a day of three figures
            (line,) = settle(text, ways, "number of the label", _RIGHT - after)
            paper.put(line, after, base)
        base += 2.2 if tight else 3.1


def _when(label: Label, number: int) -> str:
    """What a preparation is told by from another of its drug: its time of the day; "" of the only one."""
    if label.kind == "vinca":  # its legend has taken the line with the day
        return f"day {label.day}, {short_date(label.on)}".replace(" ", "\u202f")
    if label.hours:
        return label.hours[number - 1]
    if label.count > 1:
        return "at ___:___"  # the site's hours stand in no rule: by hand
    return label.lasts


def _draw_code_words(paper: Paper, label: Label) -> None:
    """The code under its square; of a label printed again, which copy it is."""
    groups, middle = label.head.code.split(" "), _SQUARE_AT[0] + _SQUARE / 2
    style = CODE.at(LEAST)
    paper.put(words(" ".join(groups[:2]), style, "code"), middle, 16.3, "centre")
    rest = words(" ".join(groups[2:]), style, "code")
    if label.head.copy == 1:
        paper.put(rest, middle, 18.6, "centre")
        return
    left, right = _BOX[0], _BOX[0] + _BOX[2]
    room = right - left - rest.width - 0.8
    style = _PLAIN.at(LEAST)  # smaller from the tenth copy on
    copy = fit(f"copy {label.head.copy}", style, "copy", room, 5)
    paper.put(rest, left, 18.6)
    paper.put(copy, right, 18.6, "right")


def _draw_finish(paper: Paper, by: str, hour: str) -> None:
    """By when all of it is in; where the hour comes twice, which of the two stands below it."""
    x, y, wide, high = _BOX
    paper.box((x, y), (wide, high), 0, BLACK)
    first, second, size = (3.0, 7.2, 11.6) if not hour else (2.6, 5.7, 9)
    paper.put(words("FINISH BY", _WHITE.at(6.6)), x + wide / 2, y + first, "centre")
    paper.put(words(by, _WHITE.at(size)), x + wide / 2, y + second, "centre")
    if hour:
        plain = Style(Face.PLAIN, LEAST, WHITE)
        paper.put(fit(hour, plain, "hour", wide - 0.6, 5.4), x + wide / 2, y + 7.9, "centre")


def _draw_use_by(paper: Paper) -> None:
    """How long a preparation may stand is the pharmacy's to say: it writes it."""
    x, y, wide, high = _BOX
    paper.box((x, y), (wide, high), FIRM * 0.7)
    paper.put(words("use by", _PLAIN.at(LEAST)), x + 0.8, y + 2.5)
    paper.rule((x + 1, y + high - 1.4), (x + wide - 1, y + high - 1.4), THIN * 0.6)
