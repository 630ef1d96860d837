"""Doses already given whose weight, body size or opening count was struck out or corrected afterwards.

A given dose is a fact and stays one. But whoever reads it must see that what it was worked out with
does not stand any more, and what it would be by what stands now (hazards H1, H4, H29).

Decision: the dose by what stands now is worked out with the weight and length that stand for the
moment of giving. A new weight measured after the dose says nothing about it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bedside.protocol.schedule import ProjectedDose
from bedside.store.laboratory_records import LabResult
from bedside.store.queries import of_infant
from bedside.store.records import BloodCount, DoseRecord, Measurement, StartAnswer
from bedside.store.ward_file import Reader
from bedside.units.dates import write_date
from bedside.units.quantities import BodyLength, BodyWeight, DrugAmount
from bedside.units.rounding import half_up
from bedside.units.writer import write_amount, write_length, write_weight
from bedside.ward.facts import InfantFacts, facts_as_of
from bedside.ward.gates import judge_gate, moment_of_opening
from bedside.ward.ward import Ward
from bedside.ward.worked import amount_given, worked_dose

GIVEN = ("given", "vial running")
WEIGHT_SINCE = "weight struck out since"
LENGTH_SINCE = "length struck out since"
RULE_SINCE = "start rule does not hold since"
_FINEST = 6  # decimals of a dose that the site does not round


class GivenSince(Struct, frozen=True):
    """A dose that was given on something that does not stand any more.

    Args:
        dose_id: number of the dose record.
        course_key, course_day, drug, route: which planned dose it is.
        short: for a narrow cell: "weight struck out since".
        words: the whole of it, with the dose by what stands now.
    """

    dose_id: int
    course_key: str
    course_day: int
    drug: str
    route: str
    short: str
    words: str


def given_since(ward: Ward, facts: InfantFacts) -> Mapping[int, GivenSince]:
    """The doses of an infant that are to be marked, by the number of their dose record.

    Only marked doses are in it. Where nothing was ever struck out it costs one short reading.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
    """
    if not any(row.state in GIVEN for row in facts.doses):
        return {}
    with ward.store.reading() as connection:
        sizes = of_infant(connection, Measurement, facts.infant.id, include_void=True)
        rules = _struck_of_rules(connection, facts)
    if not rules and all(row.voided_at is None for row in sizes):
        return {}
    closed = _closed_since(ward, facts) if rules else {}
    return _marked(ward, facts, sizes, closed)


def given_if_struck(ward: Ward, facts: InfantFacts, measurement_id: int) -> tuple[str, ...]:
    """What would be said of given doses if a weight were struck out now, a line each.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        measurement_id: the weight (with or without a length) that somebody is about to strike out.
    """
    kept = tuple(row for row in facts.measurements if row.id != measurement_id)
    if len(kept) == len(facts.measurements):
        return ()
    with ward.store.reading() as connection:
        sizes = of_infant(connection, Measurement, facts.infant.id, include_void=True)
    before = _marked(ward, facts, sizes, {})
    after = _marked(ward, replace(facts, measurements=kept), sizes, {})
    days = {row.id: row.due_on for row in facts.doses}
    return tuple(
        f"{ward.drugs.display_name(one.drug)} day {one.course_day}, "
        f"{write_date(days[dose_id])}: {one.words}"
        for dose_id, one in after.items()
        if dose_id not in before
    )


def _marked(
    ward: Ward,
    facts: InfantFacts,
    sizes: Sequence[Measurement],
    closed: Mapping[str, str],
) -> dict[int, GivenSince]:
    found = {}
    for row in facts.doses:
        if row.state not in GIVEN:
            continue
        reasons = [
            pair
            for pair in (_size_since(ward, facts, row, sizes), _rule_since(closed, row))
            if pair is not None
        ]
        if reasons:
            found[row.id] = GivenSince(
                row.id,
                row.course_key,
                row.course_day,
                row.drug,
                row.route,
                "; ".join(short for short, _ in reasons),
                "; ".join(words for _, words in reasons),
            )
    return found


def _struck_of_rules(connection: Reader, facts: InfantFacts) -> bool:
    """Whether a count, an answer, or a result that a start asks for, was ever struck out."""
    kinds: list[type[BloodCount | LabResult | StartAnswer]] = [BloodCount, StartAnswer]
    rules = (facts.protocol.course(start.course_key).start_rule for start in facts.starts)
    if any(rule is not None and rule.results for rule in rules):
        kinds.append(LabResult)
    return any(
        row.voided_at is not None
        for kind in kinds
        for row in of_infant(connection, kind, facts.infant.id, include_void=True)
    )


def _size_since(
    ward: Ward, facts: InfantFacts, row: DoseRecord, sizes: Sequence[Measurement]
) -> tuple[str, str] | None:
    """What is to be said of the weight or length of one dose; None where both stand."""
    at = row.reconstituted_at or row.recorded_at
    standing = {size.id for size in facts.measurements}
    weight = next((size for size in sizes if size.id == row.measurement_id), None)
    lengths = [size for size in sizes if size.length_mm is not None and _stood(size, row, at)]
    length = max(lengths, key=lambda size: (size.measured_at, size.id), default=None)
    lost_weight = weight is not None and weight.id not in standing
    lost_length = length is not None and length.id not in standing
    if not lost_weight and not lost_length:
        return None
    per, now, used = _by_what_stands(ward, facts, row, at)
    given = amount_given(facts, row)
    if weight is not None and lost_weight and per != "dose":
        base, short = f"{write_weight(BodyWeight(weight.weight_g))}", WEIGHT_SINCE
        fate = _fate(weight)
    elif length is not None and length.length_mm is not None and lost_length and per == "m2":
        base, short = f"a length of {write_length(BodyLength(length.length_mm))}", LENGTH_SINCE
        fate = _fate(length)
    else:
        return None
    amount = "" if given is None else f"{write_amount(given)} "
    return short, f"given {amount}on {base}, {fate}; {_instead(given, now, used)}"


def _stood(size: Measurement, row: DoseRecord, at: datetime) -> bool:
    """Whether a measurement was on record, and not struck out, when a dose was worked out."""
    return (
        size.measured_at <= at
        and size.recorded_at <= row.recorded_at
        and (size.voided_at is None or size.voided_at > at)
    )


def _fate(size: Measurement) -> str:
    if size.voided_at is None:  # asked before it is struck out
        return "which is struck out with this"
    return f"struck out since: {size.void_reason}"


def _instead(given: DrugAmount | None, now: DrugAmount | None, used: Measurement | None) -> str:
    """What the dose would be by what stands for the moment of giving."""
    if used is None:
        return "no weight stands for that time now"
    by = f"by the weight in force, {write_weight(BodyWeight(used.weight_g))},"
    if now is None:
        return f"{by} it cannot be worked out"
    if now == given:
        return f"{by} it is the same dose"
    return f"{by} it would be {write_amount(now)}"


def _by_what_stands(
    ward: Ward, facts: InfantFacts, row: DoseRecord, at: datetime
) -> tuple[str, DrugAmount | None, Measurement | None]:
    """What the dose is worked out per, what it would be now, and from which weight."""
    then = replace(
        facts, measurements=tuple(size for size in facts.measurements if size.measured_at <= at)
    )
    dose = ProjectedDose(row.due_on, row.course_key, row.course_day, None, row.drug, row.route)
    try:
        working = worked_dose(ward, then, dose)
    except KeyError:  # the protocol of today does not name this dose any more
        return "kg", None, then.weight(at)
    per = "" if working.rate is None else working.rate.per
    if working.compared is None:
        return per, None, then.weight(at)
    one_of_several = row.hour is not None or row.turn is not None
    whole = working.compared.value * (1 if one_of_several else working.doses_per_day or 1)
    return per, DrugAmount(half_up(whole, _FINEST), working.compared.unit), then.weight(at)


def _closed_since(ward: Ward, facts: InfantFacts) -> dict[str, str]:
    """The courses whose start rule held at opening and does not by what stands now.

    Azacitidine blocks, and courses that ask something of the infant herself: those whose orders a
    start rule ends, too.
    """
    found = {}
    for start in facts.starts:
        course = facts.protocol.course(start.course_key)
        rule = course.start_rule
        if rule is None or not (course.kind == "priming" or rule.has_conditions):
            continue
        moment = moment_of_opening(ward, facts, course)
        gate = judge_gate(ward, facts, course, moment)
        if gate.open is True:
            continue
        seen = facts_as_of(ward, facts.infant.id, start.recorded_at)
        if judge_gate(ward, seen, course, moment).open is True:
            found[course.key] = (
                f"given in {course.title}, opened on values struck out since; by what stands now, "
                f"on its day 1: {gate.short}"
            )
    return found


def _rule_since(closed: Mapping[str, str], row: DoseRecord) -> tuple[str, str] | None:
    words = closed.get(row.course_key)
    return None if words is None else (RULE_SINCE, words)
