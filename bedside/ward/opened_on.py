"""What a course was opened on: kept line by line with its opening, and read back as it was seen.

A value that was struck out or measured again afterwards never rewrites what stood on the page when
somebody opened the course (hazards H14, H29). Both are said beside it. Openings that an older
program recorded have no lines; the page says so and makes none up.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from msgspec.structs import replace

from bedside.protocol.model import Course
from bedside.store.opening_records import OpenedOn
from bedside.store.queries import of_infant, one
from bedside.store.records import BloodCount, Measurement, Record, StartAnswer
from bedside.store.ward_file import Reader
from bedside.units.dates import write_date_time
from bedside.units.quantities import BodyWeight
from bedside.units.writer import write_number, write_weight
from bedside.ward.answer_basis import rest_words
from bedside.ward.facts import InfantFacts
from bedside.ward.gate_conditions import answer_to, asked_of_a_person
from bedside.ward.gate_facts import newest, standing_answer
from bedside.ward.gates import ANSWERED, TITLES, WEIGHED, Gate
from bedside.ward.views.where import Result, RuleRow
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.change import Change

COUNT, ANSWER, WEIGHT = "blood_count", "start_answer", "measurement"
_KINDS: dict[str, type[Record]] = {COUNT: BloodCount, ANSWER: StartAnswer, WEIGHT: Measurement}
Ref = tuple[str, int]  # a table and the number of a row in it


def keep_opening(
    change: "Change", ward: Ward, facts: InfantFacts, opened: tuple[int, Gate]
) -> None:
    """Keep, with an opening, every line of the start rule as it was judged.

    Args:
        change: the change that records day 1.
        ward: the ward.
        facts: the infant's facts when the course was opened.
        opened: the number of the recorded day 1, and the start rule as it was judged.
    """
    start_id, gate = opened
    refs = _refs(ward, facts, gate)
    for place, row in enumerate(gate.rows, 1):
        table, number = refs.get(row.measure, ("", None))
        change.add(
            OpenedOn,
            infant_id=facts.infant.id,
            start_id=start_id,
            place=place,
            measure=row.measure,
            needed=row.needed,
            seen=row.seen,
            unit=row.unit,
            seen_at=row.at,
            source=row.source,
            result=row.result,
            main=row.main,
            site_value=row.site_value,
            of_table=table,
            of_row=number,
        )


def _refs(ward: Ward, facts: InfantFacts, gate: Gate) -> Mapping[str, Ref]:
    """The records that carried what was seen, by the title of the line."""
    found: dict[str, Ref] = {}
    for key, seen in (("anc", gate.anc), ("platelets", gate.platelets)):
        if seen.row_id is not None:
            found[TITLES[key]] = (COUNT, seen.row_id)
    if gate.answer is not None:
        found[ANSWERED] = (ANSWER, gate.answer.id)
    for part in asked_of_a_person(gate.course):
        row = answer_to(facts, gate.course.key, part, ward.now())
        if row is not None:
            found[part.words] = (ANSWER, row.id)
    weight = facts.weight(ward.now())
    if weight is not None:
        found[WEIGHED] = (WEIGHT, weight.id)
    return found


def opened_on(ward: Ward, facts: InfantFacts, course: Course) -> tuple[RuleRow, ...]:
    """The lines of the start rule as they were seen when a course was opened; empty: not kept.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        course: a course that was opened.
    """
    start = facts.start_of(course.key)
    if start is None:
        return ()
    with ward.store.reading() as connection:
        rows = [
            row
            for row in of_infant(connection, OpenedOn, facts.infant.id)
            if row.start_id == start.id
        ]
        return tuple(
            _row(ward, facts, row, _since(ward, facts, connection, row))
            for row in sorted(rows, key=lambda row: row.place)
        )


def _row(ward: Ward, facts: InfantFacts, row: OpenedOn, since: tuple[str, bool]) -> RuleRow:
    return RuleRow(
        measure="Weight at opening" if row.measure == WEIGHED else row.measure,
        needed=row.needed,
        seen=row.seen,
        unit=row.unit,
        at=None if row.seen_at is None else ward.local(row.seen_at),
        source=row.source,
        result=cast(Result, row.result),
        main=row.main,
        site_value=row.site_value,
        since=since[0],
        struck=since[1],
        over=_over(ward, facts, row),
    )


def _over(ward: Ward, facts: InfantFacts, row: OpenedOn) -> str:
    """What else a yes was given over, and why, while the answer stands."""
    if row.of_table != ANSWER:
        return ""
    answer = next((one for one in facts.answers if one.id == row.of_row), None)
    return "" if answer is None else rest_words(ward, facts, answer)


def _since(ward: Ward, facts: InfantFacts, connection: Reader, row: OpenedOn) -> tuple[str, bool]:
    """What became of a line since the opening, and whether its record was struck out."""
    now, kept = _newer(ward, facts, row), None
    if row.of_table and row.of_row is not None:
        kept = one(connection, _KINDS[row.of_table], row.of_row)
    elif row.seen_at is not None and row.measure not in TITLES.values():
        from bedside.ward.opened_results import carrier_of, newer_result  # few courses ask

        kept = carrier_of(connection, row)
        now = "" if kept is None else newer_result(ward, row, kept)
    if kept is not None and kept.voided_at is not None:
        when = write_date_time(ward.local(kept.voided_at))
        words = f"struck out since, {when}, {kept.voided_by}: {kept.void_reason}"
        return f"{words}; on record now: {now}" if now else words, True
    told = now and row.of_table != WEIGHT  # the weight of now has a line of its own
    return (f"newer: {now}" if told else ""), False


def _newer(ward: Ward, facts: InfantFacts, row: OpenedOn) -> str:
    """What the newest record says, where it is another one than that of the opening."""
    if row.of_table == WEIGHT:
        weight = facts.weight(ward.now())
        if weight is None or weight.id == row.of_row:
            return ""
        words = write_weight(BodyWeight(weight.weight_g))
        return f"{words}, {write_date_time(ward.local(weight.measured_at))}"
    if row.measure == ANSWERED:
        start = next((one for one in facts.starts if one.id == row.start_id), None)
        key = "" if start is None else start.course_key
        answer, _ = standing_answer(facts, key, ward.now())
        if answer is None or answer.id == row.of_row:
            return ""
        return f"{answer.answer}, {write_date_time(ward.local(answer.answered_at))}"
    for key in ("anc", "platelets"):
        if row.measure == TITLES[key]:
            return _newer_count(ward, facts, row, key)
    return ""


def _newer_count(ward: Ward, facts: InfantFacts, row: OpenedOn, key: str) -> str:
    seen = newest(ward, facts, "anc" if key == "anc" else "platelets", ward.now())
    if seen.row_id is None or seen.row_id == row.of_row or seen.at is None:
        return ""
    value = seen.why_unknown if seen.value is None else f"{write_number(seen.value)} per µL"
    return f"{value}, {write_date_time(seen.at)}"


def with_weight_now(rows: tuple[RuleRow, ...], now: tuple[RuleRow, ...]) -> tuple[RuleRow, ...]:
    """The lines of the opening, then the weight as of now: each day of a block needs one in date."""
    weighed = tuple(
        replace(row, measure="Weight in date, now") for row in now if row.measure == WEIGHED
    )
    return (*rows, *weighed)
