"""The page Fever of one infant: the clock, what was done, what the signs mean, the signs themselves."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import cast

from msgspec.structs import replace

from bedside.clinical.fever import DefinitionFinding, FeverState
from bedside.clinical.fever_rules import FeverBook, Site
from bedside.clinical.fever_temperature import SITE_WORDS
from bedside.clinical.vital_signs import SIGNS, Kind
from bedside.store.fever_records import VitalSign
from bedside.store.queries import of_infant
from bedside.units.dates import write_date_time
from bedside.units.writer import write_number
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.fever_acts import acts_of, steady_now
from bedside.ward.fever_clock import fever_clock
from bedside.ward.fever_definition import which_holds
from bedside.ward.fever_expected import fall_answer, fall_question
from bedside.ward.fever_phoenix import phoenix_of
from bedside.ward.fever_state import (
    readings_of,
    settings_of,
    signs_of_illness,
    state_of,
    usual_of,
    why_no_value,
)
from bedside.ward.views.fever import (
    ActRow,
    FeverClockView,
    FeverView,
    SignCell,
    SignSet,
    StateLine,
    TrendPoint,
)
from bedside.ward.views.marks import Mark
from bedside.ward.ward import Ward

MOST_SETS = 40
_MARKS: dict[str, Mark] = {"met": "stop", "not met": "none", "unknown": "unknown"}


def fever_page(
    ward: Ward, infant_id: int, ran_since: tuple[datetime, int] | None = None
) -> FeverView:
    """The page as of now.

    Args:
        ward: the ward.
        infant_id: the infant.
        ran_since: a moment seen before and the seconds that ran since, where somebody counted.

    Raises:
        Refused: there is no such infant.
    """
    facts = facts_of(ward, infant_id)
    with ward.store.reading() as connection:
        every = of_infant(connection, VitalSign, infant_id, include_void=True)
        settings = settings_of(connection)
        steady = steady_now(ward, ran_since)
        fall = fall_answer(ward, connection, facts, settings.definition, steady.now)
        question = fall_question(ward, connection, facts, settings.definition, steady.now)
    rows = sorted((row for row in every if row.voided_at is None), key=lambda row: row.taken_at)
    state = state_of(ward, facts, rows, settings, steady.now, fall)
    clock = fever_clock(ward, facts)
    notes = [steady.words, _corrected(facts, every, clock)]
    book = settings.book
    return FeverView(
        infant_id=infant_id,
        allergies=facts.infant.allergies or "unknown",
        clock=clock,
        clock_notes=tuple(words for words in notes if words),
        acts=_acts(ward, facts, clock),
        site=_line(book, state.site),
        ctcae=_beside(_line(book, state.ctcae), state.site),
        act_now=state.act,
        notes=(*_no_value(ward, rows, steady.now), *state.notes),
        unusual=_grouped(signs_of_illness(ward, facts, rows, steady.now)),
        phoenix=phoenix_of(ward, facts, rows, steady.now, infection=clock is not None),
        sets=_sets(ward, facts, rows),
        trend=_trend(ward, rows),
        limit_celsius=_limit(book, state),
        definition_key=settings.definition.key,
        holds=which_holds(ward, settings),
        fall=question,
        definitions=tuple((one, book.find(one).title) for one in book.choices()),
        contacts=tuple(" ".join(part for part in line if part) for line in ward.site.contacts),
        closed_before=_closed_before(ward, facts),
        last_site=next((row.word for row in reversed(rows) if row.kind == "temperature"), ""),
    )


def _grouped(signs: Sequence[str]) -> tuple[str, ...]:
    """Signs of one band of age side by side, the band said once behind them."""
    found: dict[str, list[str]] = {}
    for words in signs:
        told, bracket, band = words.partition(" (")
        found.setdefault(bracket + band, []).append(told)
    return tuple("; ".join(told) + band for band, told in found.items())


def _line(book: FeverBook, found: DefinitionFinding) -> StateLine:
    details = (found.fever.words, found.neutropenia_words)
    source = book.cite(book.find(found.key))
    return StateLine(found.title, _MARKS[found.verdict], found.words, details, source)


def _beside(line: StateLine, site: DefinitionFinding) -> StateLine:
    """CTCAE's line, without the very count that stands in the site's line above it."""
    fever, neutrophils = line.details
    count, _, limit = neutrophils.rpartition(": ")
    if not count or not site.neutropenia_words.startswith(f"{count}: "):
        return line
    return replace(line, details=(fever, f"neutrophils {limit}"))


def _acts(ward: Ward, facts: InfantFacts, clock: FeverClockView | None) -> tuple[ActRow, ...]:
    if clock is None:
        return ()
    return tuple(
        ActRow(act.id, act.kind, ward.local(act.at), act.words, act.recorded_by)
        for act in acts_of(facts, clock.episode_id)
    )


def _corrected(facts: InfantFacts, every: Sequence[VitalSign], clock: FeverClockView | None) -> str:
    """Whether the temperature that started the clock was struck out since."""
    if clock is None:
        return ""
    began = {episode.id: episode.vital_sign_id for episode in facts.fevers}[clock.episode_id]
    for row in every:
        if row.id == began and row.voided_at is not None:
            return (
                f"The temperature that started this clock was struck out by {row.voided_by}: "
                f"{row.void_reason}. The clock runs until a person closes it."
            )
    return ""


def _closed_before(ward: Ward, facts: InfantFacts) -> str:
    closed = [act for act in facts.fever_acts if act.kind == "closed"]
    if not closed:
        return ""
    last = max(closed, key=lambda act: act.at)
    began = {episode.id: episode.first_fever_at for episode in facts.fevers}[last.episode_id]
    return (
        f"Last fever: {write_date_time(ward.local(began))}, closed "
        f"{write_date_time(ward.local(last.at))} by {last.recorded_by}: {last.words}"
    )


def _sets(ward: Ward, facts: InfantFacts, rows: Sequence[VitalSign]) -> tuple[SignSet, ...]:
    sets = []
    for taken_at, group in groupby(rows, key=lambda row: row.taken_at):
        listed = list(group)
        cells = {row.kind: _cell(ward, facts, row) for row in listed}
        sets.append(SignSet(ward.local(taken_at), cells, listed[0].recorded_by))
    return tuple(reversed(sets))[:MOST_SETS]


def _cell(ward: Ward, facts: InfantFacts, row: VitalSign) -> SignCell:
    if row.state != "done":
        return SignCell(row.kind, why_no_value(row), mark="unknown", record_id=row.id)
    text = written(row, ward.decimal_mark)
    usual = usual_of(ward, facts, row)
    if usual is None:
        return SignCell(row.kind, text, record_id=row.id)
    mark: Mark = "hold" if usual.side in ("low", "high") else "none"
    note = "; ".join(words for words in (usual.words, usual.other) if words)
    return SignCell(row.kind, text, note, mark, row.id)


def written(row: VitalSign, mark: str) -> str:
    """A vital sign as it is shown; the typed degrees stand beside a temperature typed in °F."""
    if row.value_hundredths is None:
        return row.word
    number = write_number(Decimal(row.value_hundredths) / 100, mark)
    if row.kind != "temperature":
        return f"{number} {SIGNS[cast(Kind, row.kind)].unit}"
    typed = f" ({row.typed})" if row.typed.endswith("°F") else ""
    return f"{number} °C{typed} {SITE_WORDS[cast(Site, row.word)]}"


def _no_value(ward: Ward, rows: Sequence[VitalSign], now: datetime) -> tuple[str, ...]:
    """That the newest temperature has no value: nothing follows from it, least of all that it is normal."""
    newest = [row for row in rows if row.kind == "temperature" and row.taken_at <= now]
    if not newest or newest[-1].state == "done":
        return ()
    at = write_date_time(ward.local(newest[-1].taken_at))
    return (f"The temperature of {at} has no value ({why_no_value(newest[-1])}): take it again.",)


def _trend(ward: Ward, rows: Sequence[VitalSign]) -> tuple[TrendPoint, ...]:
    return tuple(
        TrendPoint(reading.at, reading.celsius, SITE_WORDS[reading.site])
        for reading in readings_of(ward, rows)
    )


def _limit(book: FeverBook, state: FeverState) -> Decimal | None:
    """The site's limit of one reading, where it is the same wherever it is taken."""
    limits = {
        rule.celsius for rule in book.find(state.site.key).temperature if rule.kind == "single"
    }
    return limits.pop() if len(limits) == 1 else None
