"""What each cell of the ward board says: as lines to draw, and as one sentence to read out."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from bedside.desktop.direction import apart
from bedside.desktop.flowing import whole
from bedside.desktop.runs import Line, Run
from bedside.desktop.vial_words import in_units, seconds_until
from bedside.units.dates import write_time
from bedside.ward.fever_clock import clock_lines
from bedside.ward.views.board import BoardRow
from bedside.ward.views.marks import DueItem, HeldItem, VialClockView

BED, INFANT, COURSE, DUE, HELD, CLOCKS, DLT = range(7)
COLUMNS = ("bed", "infant", "course", "due", "held", "clocks", "dlt")
_TIME_WIDE, _MARK_WIDE, _RING_WIDE, _DLT_WIDE = 68.0, 23.0, 39.0, 26.0
_SOON_S = 6 * 60
_DUE_TONES = {"late": "stop", "stop": "stop", "hold": "hold", "due": "hold", "recorded": "quiet"}


def lines_of(row: BoardRow, column: int, now: datetime) -> tuple[Line, ...]:
    """The lines of one cell, not yet broken to its width."""
    return _clocks(row, now) if column == CLOCKS else _STILL[column](row)


def lines_with(row: BoardRow, column: int, now: datetime) -> tuple[Line, ...]:
    """The lines of a cell below which another one is drawn: course below infant, DLT below clocks."""
    below = {INFANT: COURSE, CLOCKS: DLT}.get(column)
    lines = lines_of(row, column, now)
    if below is None:
        return lines
    if column == CLOCKS and not (row.clocks or row.infusions or row.fever or row.checks):
        lines = ()  # "none" would be read as a word about what stands below it
    return (*lines, *lines_of(row, below, now))


def words_of(row: BoardRow, column: int, now: datetime) -> str:
    """The same as one sentence."""
    match column:
        case 0:
            return _t("bed {0}").format(row.bed) if row.bed else _t("no bed")
        case 1:
            parts = (row.family, row.given, row.age_text, row.sex, row.hospital_number)
            return ", ".join(part for part in (*parts, row.same_family) if part)
        case 2:
            return ", ".join(part for part in (*_course(row), row.protocol_title) if part)
        case 3:
            none = _t("nothing due") if row.judged else _t("being judged…")
            return "; ".join(_due_words(item) for item in row.due) or none
        case 4:
            held = [_held_words(item) for item in row.held]
            held += [] if row.judged else [_t("orders and checks are being judged…")]
            return "; ".join(held) or _t("nothing held")
        case 5:
            words = [_clock_words(clock, now) for clock in row.clocks]
            words += [*_fever_words(row, now), *map(", ".join, row.infusions)]
            words += [_t("open check: {0}, {1}").format(*check) for check in checks_of(row)]
            words += [] if row.judged else [_t("open checks are being judged…")]
            return "; ".join(words) or _t("no clock, no open check")
        case _:
            due = (_decisions(row),) if row.dlt.decisions_due else ()
            wait = () if row.judged or row.dlt.opened is None else (_t("being judged…"),)
            return ", ".join((row.dlt.headline, *due, *row.dlt.details, *wait))


def _bed(row: BoardRow) -> tuple[Line, ...]:
    return (Line((Run(row.bed, "bed", "title"),)),)


def _infant(row: BoardRow) -> tuple[Line, ...]:
    lines = [
        Line((Run(f"{apart(row.family)} ", weight="bold"), Run(apart(row.given)))),
        Line((Run(f"{row.age_text} ", weight="strong"), Run(row.sex, colour="quiet"))),
    ]
    if row.same_family:
        lines.append(
            Line(
                (
                    Run(
                        row.same_family.replace("bed ", "bed\u00a0"),
                        "caption",
                        "medium",
                        box="underlined",
                    ),
                )
            )
        )
    return tuple(lines)


def _course_lines(row: BoardRow) -> tuple[Line, ...]:
    title, day = _course(row)
    name = Run(title.replace("part ", "part\u00a0"), weight="strong")
    head = Line((name,), 20.0, "priming") if row.priming else Line((name,))
    protocol = Run(row.protocol_title, "caption", colour="quiet")
    if not day:
        return head, Line((protocol,))
    return head, Line((Run(f"{day}  ", "course_day", "bold"), protocol))


def _due(row: BoardRow) -> tuple[Line, ...]:
    if not row.due:
        return (_none(row),)
    lines = [_due_line(item) for item in row.due]
    if row.judged and all(item.done for item in row.due):
        lines.append(Line((Run(_t("nothing more due today"), colour="quiet"),), _MARK_WIDE))
    return tuple(lines)


def _due_line(item: DueItem) -> Line:
    tone = _DUE_TONES.get(item.mark, "ink")
    runs = []
    if item.at is not None:
        when = "stop" if item.mark == "late" else "ink"
        runs.append(Run(f"{write_time(item.at)}  ", weight="strong", colour=when))
    if item.intrathecal:
        runs += [Run("INTRATHECAL", "caption", "title", "it", "filled"), Run(" ")]
    if item.drug:
        runs.append(Run(f"{item.drug} ", weight="bold"))
    runs.append(Run(item.text))
    if item.note:
        weight = "text" if item.mark == "recorded" else "strong"
        runs.append(Run(f" {item.note}", weight=weight, colour=tone))
    if item.site_value:
        runs += [Run(" "), Run(_t("site value"), "caption", colour="quiet", box="dotted")]
    return Line(tuple(runs), _MARK_WIDE, item.mark)


def _held(row: BoardRow) -> tuple[Line, ...]:
    if not row.held:
        return (_none(row),)
    lines = []
    for item in row.held:
        tone = {"hold": "hold", "stop": "stop", "mend": "hold"}.get(item.mark, "ink")
        lines.append(
            Line((Run(whole(item.headline), weight="strong", colour=tone),), _MARK_WIDE, item.mark)
        )
        lines += [
            Line((Run(whole(detail), "caption", colour="quiet"),), _MARK_WIDE, runs_on=True)
            for detail in ((item.brief,) if item.brief else item.details)
        ]
    return tuple(lines) if row.judged else (*lines, _none(row))


def _clocks(row: BoardRow, now: datetime) -> tuple[Line, ...]:
    if not (row.clocks or row.infusions or row.fever or row.checks):
        return (_none(row),)
    lines = []
    for clock in row.clocks:
        first, second, third = clock_texts(clock, now)
        tone = _clock_tone(clock, now)
        lines += [
            Line((Run(first, "body", "strong"),), _RING_WIDE),
            Line((Run(second, "body", "strong", tone),), _RING_WIDE),
            Line((Run(third, "caption", colour="quiet"),), _RING_WIDE),
        ]
    if row.fever is not None:
        told = clock_lines(row.fever, now)
        lines += [
            Line((Run(told.first, "body", "strong"),), _RING_WIDE),
            Line((Run(told.second, "body", "strong", told.tone),), _RING_WIDE),
            Line((Run(told.third, "caption", colour="quiet"),), _RING_WIDE),
        ]
    for drug, state, bag in row.infusions:
        tone = "ink" if state.startswith("runs") else "hold"
        lines.append(Line((Run(drug, "body", "bold"),), _MARK_WIDE, "clock"))
        lines.append(Line((Run(whole(state), "body", "strong", tone),), _MARK_WIDE))
        if bag:
            lines.append(Line((Run(whole(bag), "caption", colour="quiet"),), _MARK_WIDE))
    for step, what in checks_of(row):
        lines.append(Line((Run(step, "body", "strong"),), _MARK_WIDE, "check"))
        lines.append(Line((Run(whole(what), "caption", colour="quiet"),), _MARK_WIDE))
    return tuple(lines)


def checks_of(row: BoardRow) -> list[tuple[str, str]]:
    """What waits for another person, a line for each step, with the days of each drug."""
    days: dict[tuple[str, str], list[str]] = {}
    for one in row.checks:
        days.setdefault((one.step, one.drug), []).append(str(one.course_day))
    words = {
        "first count": _t("both counts wait"),
        "second count": _t("second count waits"),
        "verify": _t("pharmacist verifies"),
        "release": _t("pharmacist releases"),
    }
    said = _t("{0} day {1}")
    return [
        (words[step], said.format(drug, ", ".join(of_days)))
        for (step, drug), of_days in days.items()
    ]


def _none(row: BoardRow) -> Line:
    """Said where nothing stands: none, once that is known; an order may be void before it is judged."""
    if row.judged:
        return Line((Run(_t("none"), colour="quiet"),))
    return Line((Run(_t("being judged…"), colour="quiet"),), _MARK_WIDE, "unknown")


def _fever_words(row: BoardRow, now: datetime) -> list[str]:
    if row.fever is None:
        return []
    told = clock_lines(row.fever, now)
    return [f"{told.first}, {told.second}, {told.third}"]


def clock_texts(clock: VialClockView, now: datetime) -> tuple[str, str, str]:
    """The three short lines beside a clock's ring."""
    now = clock.holds(now)
    finish = write_time(clock.finish_by)
    to_finish = seconds_until(clock.finish_by, now)
    if clock.started_at is not None:
        started = _t("started {0}").format(write_time(clock.started_at))
        if to_finish >= 0:
            return _t("all in by {0}").format(finish), _left(to_finish), started
        over = _t("{0} past the limit").format(in_units(-to_finish))
        return _t("limit was {0}").format(finish), over, _t("ask the prescriber")
    to_start = seconds_until(clock.latest_start, now)
    if to_start >= 0:
        start_by = _t("start by {0}").format(write_time(clock.latest_start))
        soon = _t("soon: {0}").format(in_units(to_start))
        left = soon if to_start < _SOON_S else _left(to_start)
        return start_by, left, _t("finish by {0}").format(finish)
    passed = _t("latest start was {0}").format(write_time(clock.latest_start))
    if clock.standing(now) == "too late":
        late = _t("too late for {0} min").format(clock.infusion_minutes)
        shortest = _t("{0} min: start by {1}").format(
            clock.shortest_minutes, write_time(clock.latest_start_shortest)
        )
        return passed, late, shortest
    return passed, _t("discard vial"), _t("too late for any infusion")


def clock_left(clock: VialClockView, now: datetime) -> float:
    """Which share of the clock's minutes is left, for its ring."""
    left = seconds_until(clock.finish_by, clock.holds(now))
    return max(0.0, left / (clock.within_minutes * 60))


def _clock_tone(clock: VialClockView, now: datetime) -> str:
    limit = clock.finish_by if clock.started_at is not None else clock.latest_start
    left = seconds_until(limit, clock.holds(now))
    if left < 0:
        return "stop"
    return "hold" if left < _SOON_S else "priming"


def _left(seconds: int) -> str:
    return _t("{0} left").format(in_units(seconds))


def _dlt(row: BoardRow) -> tuple[Line, ...]:
    if row.dlt.state == "not in this protocol":
        return (Line((Run(row.dlt.headline, colour="quiet"),)),)
    lines = [Line((Run(row.dlt.headline, weight="strong"),), _DLT_WIDE, dlt=row.dlt.state)]
    if row.dlt.decisions_due:
        lines.append(Line((Run(_decisions(row), weight="strong"),), _DLT_WIDE, "unknown"))
    told = row.dlt.details[-1:]  # one line beside the state; the infant's own page says the rest
    if not row.judged and row.dlt.opened is not None:
        told = (_t("being judged…"),)
    return (*lines, *(Line((Run(text, "caption", colour="quiet"),)) for text in told))


def _decisions(row: BoardRow) -> str:
    due = row.dlt.decisions_due
    return _t("decision due") if due == 1 else _t("{0} decisions due").format(due)


def _course(row: BoardRow) -> tuple[str, str]:
    return row.course_title, "" if row.course_day is None else _t("day {0}").format(row.course_day)


def _due_words(item: DueItem) -> str:
    parts = (
        item.mark,
        "" if item.at is None else write_time(item.at),
        _t("intrathecal") if item.intrathecal else "",
        item.drug,
        item.text,
        item.note,
        _t("site value") if item.site_value else "",
    )
    return " ".join(part for part in parts if part)


def _held_words(item: HeldItem) -> str:
    return ", ".join((item.headline, *item.details))


def _clock_words(clock: VialClockView, now: datetime) -> str:
    return ", ".join(clock_texts(clock, now))


def _t(text: str) -> str:
    return QCoreApplication.translate("Board", text)


_STILL = {
    BED: _bed,
    INFANT: _infant,
    COURSE: _course_lines,
    DUE: _due,
    HELD: _held,
    DLT: _dlt,
}
