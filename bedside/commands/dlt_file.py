"""Reads the history that `calc dlt` is asked about: course starts, counts, answers, toxicities, decisions.

Strict, with every fault named with its place. What is left out is not known: a toxicity without
grades is not graded, one without attributions is not assessed, and neither is read as "no".
"""

from collections.abc import Callable, Collection
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TypeVar

from msgspec import Struct

from bedside.clinical.ctcae.catalogue import term_named
from bedside.commands.blood_counts import or_bound, read_possible_anc, read_possible_platelets
from bedside.commands.maintenance_file import UNKNOWN, text_of_file
from bedside.protocol.dlt import AnswerFact, CountFact, DltFacts
from bedside.protocol.dlt_review import Decision, NotEvaluable
from bedside.protocol.dlt_toxicity import STEPS, WORST_GRADE, ToxicityHistory, own_key
from bedside.protocol.model import Protocol
from bedside.protocol.toml_table import Faults, FileTable, read_toml
from bedside.units.dates import FIRST_YEAR, LAST_YEAR
from bedside.units.refusal import Refused

VERSIONS = ("4.03", "5.0", "6.0")
NOON = time(12, tzinfo=UTC)
NO_DAY = date(FIRST_YEAR, 1, 1)
Read = TypeVar("Read")


class History(Struct, frozen=True):
    """What the file says; ``on`` is the day asked about, else the newest day in the file."""

    on: date
    facts: DltFacts
    toxicities: tuple[ToxicityHistory, ...]
    decisions: tuple[Decision, ...]
    not_evaluable: NotEvaluable | None


def read_history(name: str, protocol: Protocol) -> History:
    """Read a history.

    Raises:
        Refused: it is not there, is no small text file, or has a fault; each with its place.
    """
    text = text_of_file(name, "FILE", "course starts, counts and toxicities")
    return history_of_text(text, Path(name).name, protocol)


def history_of_text(text: str, name: str, protocol: Protocol) -> History:
    """Read a history from its text; ``name`` is the file's name for messages."""
    top, faults = read_toml(text, name, Refused)
    return history_of_table(top, faults, protocol)


def history_of_table(top: FileTable, faults: Faults, protocol: Protocol) -> History:
    """Read a history from the table that holds it.

    Raises:
        Refused: with every fault found.
    """
    starts = _starts(top, protocol)
    facts = DltFacts(
        starts=starts,
        counts=tuple(_count(table) for table in top.tables("count")),
        answers=tuple(_answer(table, protocol) for table in top.tables("answer")),
    )
    toxicities = _toxicities(top, starts)
    keys = [each.key for each in toxicities]
    decisions = tuple(_decision(table, keys) for table in top.tables("decision"))
    off = top.table("not-evaluable")
    not_evaluable = None if off is None else NotEvaluable(*_said(off))
    if off is not None:
        off.done()
    on = _day(top, "on") if top.has("on") else None
    top.done()
    if faults.found:
        raise Refused(*faults.found)
    return History(
        on or _newest(facts, toxicities, decisions), facts, toxicities, decisions, not_evaluable
    )


def _newest(
    facts: DltFacts, toxicities: Collection[ToxicityHistory], decisions: Collection[Decision]
) -> date:
    """The newest day in the file; the first possible one where there is none at all."""
    days = [NO_DAY, *facts.starts.values()]
    days += [at.date() for at, _, _ in facts.counts] + [each[3].date() for each in facts.answers]
    days += [decision.at.date() for decision in decisions]
    for each in toxicities:
        days += [each.onset, *(on for on, _ in each.grades)]
    return max(days)


def _starts(top: FileTable, protocol: Protocol) -> dict[str, date]:
    table = top.table("start")
    starts: dict[str, date] = {}
    if table is None:
        return starts
    known = [course.key for course in protocol.courses]
    for key in list(table.values):
        if key in known:
            starts[key] = _day(table, key)
        else:
            table.has(key)
            table.fault(key, f"no course has this key: write one of {', '.join(known)}.")
    return starts


def _count(table: FileTable) -> CountFact:
    count = (
        _moment(table),
        _quantity(table, "anc", or_bound(read_possible_anc)),
        _quantity(table, "platelets", or_bound(read_possible_platelets)),
    )
    table.done()
    return count


def _answer(table: FileTable, protocol: Protocol) -> AnswerFact:
    course = table.choice("course", [course.key for course in protocol.courses])
    question = table.text("question", "toxicity-resolved")
    said = table.choice("answer", ("yes", "no"))
    at = _moment(table)
    table.done()
    return (course, question, "yes" if said == "yes" else "no", at)


def _toxicities(top: FileTable, starts: dict[str, date]) -> tuple[ToxicityHistory, ...]:
    toxicities: list[ToxicityHistory] = []
    for number, table in enumerate(top.tables("toxicity"), start=1):
        read = _toxicity(table, number, starts)
        if read.key in {other.key for other in toxicities}:
            table.fault("key", f"{read.key!r} stands there twice: give each its own key.")
        toxicities.append(read)
    return tuple(toxicities)


def _toxicity(table: FileTable, number: int, starts: dict[str, date]) -> ToxicityHistory:
    name = table.text("term")
    table.place = f"toxicity {number} ({name})" if name else table.place
    onset = _day(table, "onset")
    began = max((day for day in starts.values() if day <= onset), default=None)
    course = next((key for key, day in starts.items() if day == began), "")
    version = table.choice("ctcae", VERSIONS, "5.0")
    known = term_named(name, version)
    blood = None if known is None else known.haematological
    toxicity = ToxicityHistory(
        key=table.text("key", str(number)),
        term=own_key(name) if known is None else known.key,
        group=table.text("group", "" if known is None else known.group),
        haematological=table.flag("haematological") if table.has("haematological") else blood,
        version=version,
        onset=onset,
        grades=_grades(table, onset),
        attributions=_attributions(table),
        course=table.choice("course", list(starts), course) if starts else "",
        name=name,
        at_least=table.has("at-least") and table.flag("at-least"),
    )
    table.done()
    return toxicity


def _grades(table: FileTable, onset: date) -> tuple[tuple[date, int], ...]:
    """One grade since the onset, or a list of them; and the day on which it was gone."""
    grades: list[tuple[date, int]] = []
    if isinstance(table.values.get("grade"), int):
        grades.append((onset, _whole_grade(table)))
    else:
        for each in table.tables("grade"):
            grades.append((_day(each, "from"), _whole_grade(each)))
            each.done()
    if table.has("resolved"):
        grades.append((_day(table, "resolved"), 0))
    if any(on < onset for on, _ in grades):
        table.fault("grade", "a grade begins before the onset: correct one of the two days.")
    return tuple(grades)


def _whole_grade(table: FileTable) -> int:
    """A grade from 0 (gone) to 5."""
    if table.values.get("grade") == 0 and not isinstance(table.values["grade"], bool):
        table.has("grade")
        return 0
    grade = table.whole("grade", needed=True) or 0
    if grade > WORST_GRADE:
        table.fault("grade", f"a grade is from 0 (gone) to {WORST_GRADE}, not {grade}.")
    return grade


def _attributions(table: FileTable) -> tuple[tuple[str, str], ...]:
    attributed = table.table("attribution")
    if attributed is None:
        return ()
    steps = (*STEPS, "not assessed")
    return tuple((to, attributed.choice(to, steps)) for to in list(attributed.values))


def _decision(table: FileTable, keys: list[str]) -> Decision:
    toxicity = table.text("toxicity")
    if toxicity and toxicity not in keys:
        table.fault("toxicity", f"no toxicity has the key {toxicity!r}: write its key or number.")
    said = table.choice("decision", ("counts", "does not count"))
    decision = Decision(toxicity, "counts" if said == "counts" else "does not count", *_said(table))
    table.done()
    return decision


def _said(table: FileTable) -> tuple[str, datetime, str]:
    """Who decided, when, and why."""
    return table.text("by"), _moment(table), table.text("reason")


def _day(table: FileTable, key: str) -> date:
    value = table.values.get(key)
    table.has(key)
    right = isinstance(value, date) and not isinstance(value, datetime)
    if isinstance(value, date) and right and FIRST_YEAR <= value.year <= LAST_YEAR:
        return value
    shown = "nothing" if value is None else str(value)
    table.fault(key, f"a day is needed, as 2026-11-20 without quotes, not {shown}.")
    return NO_DAY


def _moment(table: FileTable) -> datetime:
    """A moment with its offset, or a day (``on``), which is then its noon."""
    if table.has("on") and not table.has("at"):
        return datetime.combine(_day(table, "on"), NOON)
    value = table.values.get("at")
    table.has("at")
    if isinstance(value, datetime) and value.utcoffset() is not None:
        return value
    table.fault("at", "a moment is needed, as 2026-11-20T06:30:00+01:00 without quotes, or on = D.")
    return datetime.combine(NO_DAY, NOON)


def _quantity(table: FileTable, key: str, read: Callable[[str], Read]) -> Read | None:
    text = table.text(key, "")
    if not text or text in UNKNOWN:
        return None
    try:
        return read(text)
    except Refused as refused:
        table.fault(key, " ".join(refused.reasons))
        return None
