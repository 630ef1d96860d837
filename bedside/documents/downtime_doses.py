"""What is planned on a downtime sheet: no amounts, room for what was done, or why it is not given."""

from collections.abc import Sequence

from msgspec import Struct

from bedside.documents.downtime_parts import HEAD, LINE, ROOM, SIDE, Block, block_head, mark, tab
from bedside.documents.marks import clock_colon
from bedside.documents.page import PORTRAIT, THIN, TINT, Paper
from bedside.documents.typed import told
from bedside.documents.wording import dated, no_day_range, typed_days, weekday_date
from bedside.documents.words import (
    BODY,
    CAPTION,
    STRONG,
    Words,
    fit,
    fitting,
    words,
    wrap,
)
from bedside.papers.downtime import (
    DowntimeDose,
    DowntimeInfant,
    DowntimeSheets,
    State,
)
from bedside.units.dates import write_time

_DOSE, _AT_AN_HOUR, _TWICE = 8.2, 10.4, 13.6
_MOST_TOLD = 12  # lines for what is on record of one dose
_ON_RECORD = 40  # room beside the drug for what is on record of the dose
_PAGE = 160.0  # millimetres of lines on one page
_FEWEST = 3  # lines that are worth a part of their own
_DOSE_HEADS = (
    (9, "Date"),
    (44, "Drug, route, from which day"),
    (116, "Given at"),
    (134, "By, with"),
    (160, "Not given: why"),
)
_SIDE = PORTRAIT.left
_ROOM = PORTRAIT.room
_HALF = _ROOM / 2 - 2


class DoseRow(Struct, frozen=True):
    """One planned line made ready; what stands against it takes the place of the boxes."""

    day: Words
    # "05:00", which hour it is, and which of two where the hour comes twice; the first empty: to be written
    hour: tuple[Words, Words, Words] | None
    turn: Words | None  # "dose 2 of 3", of a drug that has no hours
    drug: Words
    on_record: Words | None  # beside the drug, where it has room there
    told: tuple[Words, ...]  # else on lines of its own: nobody's reason is ever too long
    route: tuple[Words, ...]
    state: State
    against: tuple[Words, ...]
    legend: tuple[Words, ...] = ()

    @property
    def height(self) -> float:
        """Millimetres; a long route and a legend take lines of their own."""
        least = _DOSE if self.hour is None and self.turn is None else _AT_AN_HOUR
        if self.hour is not None and self.hour[2].text:
            least = _TWICE
        return max(least, 5.0 + 3.2 * (len(self.route) + len(self.told) + len(self.legend)))


def planned(_sheets: DowntimeSheets, infant: DowntimeInfant, room: float) -> list[Block]:
    """2: what is planned, without amounts, with room for what was done; as many pages as it takes.

    Args:
        infant: whose.
        room: millimetres that the page has left, for the first part.
    """
    rows: list[DoseRow | None] = [_dose_cells(dose) for dose in infant.doses]
    rows += [None] * (2 if len(rows) < 4 else 1)
    notes = [_intrathecal(infant)] if infant.intrathecal else []
    notes += [infant.plan_note] if infant.plan_note else []
    if not infant.doses and not notes:
        notes.append("Nothing is planned in these 72 hours.")
    said = [line for text in notes for line in told(dated(text), ((STRONG, 3),), "plan", ROOM)]
    rules = [
        line
        for text in infant.hour_notes
        for line in told(_whole(text), ((STRONG.at(8.5), 5),), "hours", ROOM)
    ]
    ruled = 3.8 * len(rules)
    starts = _starts(rows, room - HEAD - 7.5 - ruled - LINE * len(said), _PAGE - ruled)
    return [
        _planned_part(rows[first:until], first, said if until == len(rows) else [], rules)
        for first, until in zip(starts, [*starts[1:], len(rows)], strict=True)
    ]


def _high(row: DoseRow | None) -> float:
    return _DOSE if row is None else row.height


def _whole(text: str) -> str:
    """A note of hours whose level is not parted from its unit."""
    return no_day_range(text, "hours").replace(" µmol", "\u00a0µmol")


def _starts(rows: Sequence[DoseRow | None], first: float, later: float) -> list[int]:
    """The first line of each page; what is not parted on the first begins on the next."""
    starts, used, room = [0], 0.0, first
    if first < sum(_high(row) for row in rows[:_FEWEST]) or sum(map(_high, rows)) <= later / 2:
        room = later
    for at, row in enumerate(rows):
        if used + _high(row) > room:
            starts.append(at)
            used, room = 0.0, later
        used += _high(row)
    return starts


def _planned_part(
    part: Sequence[DoseRow | None], first: int, said: Sequence[Words], rules: Sequence[Words]
) -> Block:
    """One page of it; the rules of hours stand over each part, since their lines may go on."""
    ruled = 3.8 * len(rules) + (1.4 if rules else 0.0)
    high = HEAD + ruled + 4.6 + sum(_high(row) for row in part) + LINE * len(said) + 1.5

    def draw(paper: Paper, y: float) -> None:
        note = "no amounts here: from signed sheets only"
        block_head(paper, y, SIDE, ROOM, "2", "Planned in these 72 hours", note)
        paper.put_lines(rules, SIDE, y + HEAD + 3.2, 3.8)
        at = y + HEAD + ruled + 3.4
        for x, text in _DOSE_HEADS:
            paper.put(words(text, CAPTION), SIDE + x, at)
        at = y + HEAD + ruled + 4.6
        for number, row in enumerate(part, start=first):
            _dose_row(paper, at, number, row)
            at += _high(row)
        paper.put_lines(said, SIDE, at + 4.2, LINE)

    return Block(high, draw)


def _intrathecal(infant: DowntimeInfant) -> str:
    days = ", ".join(weekday_date(day) for day in infant.intrathecal)
    return f"Intrathecal due: {days}. From its own sheet only, never recorded here."


def _dose_cells(dose: DowntimeDose) -> DoseRow:
    ways = [(STRONG, 1), (STRONG.at(8), 2), (STRONG.at(7), 2), (STRONG.at(6), 3)]
    against = "" if dose.state == "go" else typed_days(dose.note)
    said = typed_days(dose.on_record)
    beside = fitting(said, BODY.at(8), "on record", _ON_RECORD - 2, 7)
    room = 69 - _ON_RECORD if beside is not None else 69
    return DoseRow(
        day=words(weekday_date(dose.on), STRONG.at(8.5), "date"),
        hour=_hour(dose),
        turn=words(dose.turn, STRONG, "dose of the day") if dose.turn else None,
        drug=fit(dose.drug, STRONG if not against else BODY, "drug", room, 6),
        on_record=beside,
        told=() if beside is not None else _told(said),
        route=told(
            no_day_range(dose.route, "plan"), [(BODY.at(8), 1), (BODY.at(8), 3)], "plan", 69
        ),
        state=dose.state,
        against=told(against, ways, "plan", 61) if against else (),
        legend=wrap(dose.legend, STRONG.at(8), "legend", 69, 3) if dose.legend else (),
    )


def _told(text: str) -> tuple[Words, ...]:
    """What is on record of a dose, on lines of its own; a reason without end never takes the sheet away."""
    return told(text, ((BODY.at(8), _MOST_TOLD),), "on record", 69)


def _hour(dose: DowntimeDose) -> tuple[Words, Words, Words] | None:
    if not dose.hour:
        return None
    at = "" if dose.at is None else write_time(dose.at)
    return (
        words(at, STRONG.at(12), "hour"),
        words(dose.hour, BODY.at(8), "hour"),
        words(dose.half, STRONG.at(8), "hour"),
    )


def _dose_row(paper: Paper, at: float, number: int, row: DoseRow | None) -> None:
    """One line: what is planned, and room for what was done, or in its place why it is not given."""
    high = _high(row)
    for x, wide in ((9, 34), (43, 72)):
        paper.box((SIDE + x, at), (wide, high), THIN)
    tab(paper, at, high, f"D{number + 1}")
    if row is None or not row.against:
        for x, wide in ((115, 18), (133, 26), (159, 25)):
            paper.box((SIDE + x, at), (wide, high), THIN)
        clock_colon(paper, SIDE + 124, at + high / 2)
    if row is None:
        return
    _when(paper, row, at, high)
    paper.put(row.drug, SIDE + 44.5, at + 3.6)
    if row.on_record is not None:
        paper.put(row.on_record, SIDE + 113.5, at + 3.6, "right")
    below = paper.put_lines((*row.route, *row.told), SIDE + 44.5, at + 6.9, 3.2)
    paper.put_lines(row.legend, SIDE + 44.5, below + 3.2, 3.2)
    if row.against:
        paper.box((SIDE + 115, at), (69, high), THIN, TINT)
        mark(paper, row.state, SIDE + 118, at + high / 2)
        leading = row.against[0].style.size * 0.4
        first = at + high / 2 + 1.1 - leading * (len(row.against) - 1) / 2
        paper.put_lines(row.against, SIDE + 121.5, first, leading)


def _when(paper: Paper, row: DoseRow, at: float, high: float) -> None:
    """The date; below it which dose of the day, or the hour where it has one, or a colon to write it at."""
    if row.turn is not None:
        paper.put(row.day, SIDE + 10, at + 3.8)
        paper.put(row.turn, SIDE + 10, at + 8.2)
        return
    if row.hour is None:
        paper.put(row.day, SIDE + 10, at + 5.0)
        return
    time, which, half = row.hour
    paper.put(row.day, SIDE + 10, at + 3.8)
    base = at + (max(9.0, high / 2 + 3.2) if not half.text else 9.0)
    if time.text:
        after = paper.put(time, SIDE + 10, base) + 2
        paper.put(which, after, base)
        paper.put(half, SIDE + 10, base + 3.4)
    else:
        clock_colon(paper, SIDE + 14, base - 1.6)
        paper.put(which, SIDE + 20, base)
