"""Weights and lengths: judged against the infant's own last ones before they are kept."""

from datetime import datetime, timedelta

from bedside.clinical.plausibility import Plausibility
from bedside.clinical.plausibility import judge_length as clinical_length
from bedside.clinical.plausibility import judge_weight as clinical_weight
from bedside.store.queries import one
from bedside.store.records import Infant, Measurement
from bedside.units.dates import write_date_time
from bedside.units.quantities import BodyLength, BodyWeight
from bedside.units.refusal import Refused
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.forms import NewSize
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.views.pages import Judged
from bedside.ward.ward import Ward


def judge_weight(ward: Ward, infant_id: int, weight: BodyWeight, at: datetime) -> Judged:
    """Judge a typed weight against the infant's own last weights and growth."""
    return _judged(_weight(ward, facts_of(ward, infant_id), weight, at))


def judge_length(ward: Ward, infant_id: int, length: BodyLength, at: datetime) -> Judged:
    """Judge a typed length against the infant's own last lengths and growth."""
    return _judged(_length(ward, facts_of(ward, infant_id), length, at))


@one_act
def record_size(ward: Ward, infant_id: int, size: NewSize, *, who: str) -> int:
    """Keep a weight, with or without a length; orders whose dose is another by it end.

    Raises:
        Refused: impossible, unusual without a reason, so far from her own that it needs a second
            person and none is named, or in the future.
    """
    from bedside.ward.order_ending import changing_doses

    who = named(who)
    facts = facts_of(ward, infant_id)
    reasons = [
        *check_moment(ward, facts.infant, size.measured_at, "A weight measured"),
        *_bounds(ward, facts, size, who),
    ]
    if reasons:
        raise Refused(*reasons)
    with changing_doses(ward, infant_id, who, "recorded a weight") as change:
        return change.add(
            Measurement,
            infant_id=infant_id,
            measured_at=size.measured_at,
            weight_g=size.weight.g,
            length_mm=None if size.length is None else size.length.mm,
            unusual_reason=_reason_kept(size),
        )


@one_act
def void_size(ward: Ward, measurement_id: int, reason: str, *, who: str) -> None:
    """Strike a weight out, with the reason; it stays readable. Orders that rested on it end."""
    from bedside.ward.order_ending import changing_doses

    if not reason.strip():
        raise Refused("A correction needs its reason.")
    with ward.store.reading() as connection:
        infant_id = one(connection, Measurement, measurement_id).infant_id
    with changing_doses(ward, infant_id, named(who), "struck out a weight") as change:
        change.void(Measurement, measurement_id, reason.strip())


def check_moment(ward: Ward, infant: Infant, at: datetime, what: str) -> list[str]:
    """Why a time cannot be right for something that was measured; empty when it can."""
    now = ward.now()
    shown = write_date_time(ward.local(at))
    if at > now + timedelta(minutes=1):
        return [f"{what} at {shown} lies in the future; it is {write_date_time(now)} now."]
    if ward.local(at).date() < infant.born:
        return [f"{what} at {shown} is before the infant was born."]
    return []


def second_reader_trouble(ward: Ward, second: str, who: str) -> str:
    """Why somebody is not the second person of a value; "" where she is.

    Args:
        ward: the ward.
        second: name and role of the second person, "" while nobody is named.
        who: name and role of who records.
    """
    from bedside.ward.one_person import why_not_two  # nothing of it is read at a start

    if not second.strip():
        return "Name the second person who read it: one person alone may not record this."
    why = why_not_two(ward, second, who)
    return f"{second.strip()} records it: the second person is another one. {why}" if why else ""


def _reason_kept(size: NewSize) -> str:
    reason, second = size.unusual_reason.strip(), size.second_person.strip()
    return f"{reason}; read by a second person, {second}" if second and reason else reason


def _bounds(ward: Ward, facts: InfantFacts, size: NewSize, who: str) -> list[str]:
    judged = [_weight(ward, facts, size.weight, size.measured_at)]
    if size.length is not None:
        judged.append(_length(ward, facts, size.length, size.measured_at))
    trouble = second_reader_trouble(ward, size.second_person, who)
    far = [found.words for found in judged if found.by_two]
    reasons = [found.words for found in judged if found.level == "impossible" and not found.by_two]
    reasons += [*far, trouble] if far and trouble else []
    unusual = [found.words for found in judged if found.level == "unusual" or found.by_two]
    if not reasons and unusual and not size.unusual_reason.strip():
        reasons = [f"{words} Measure again and type it a second time." for words in unusual]
    return reasons


def _weight(ward: Ward, facts: InfantFacts, weight: BodyWeight, at: datetime) -> Plausibility:
    last = tuple(
        (ward.local(row.measured_at), BodyWeight(row.weight_g)) for row in facts.measurements
    )
    return clinical_weight(
        weight,
        last=last,
        birth=facts.infant.born,
        sex="f" if facts.infant.sex == "f" else "m",
        at=ward.local(at),
        growth=ward.growth,
        mark=ward.decimal_mark,
    )


def _length(ward: Ward, facts: InfantFacts, length: BodyLength, at: datetime) -> Plausibility:
    last = tuple(
        (ward.local(row.measured_at), BodyLength(row.length_mm))
        for row in facts.measurements
        if row.length_mm is not None
    )
    return clinical_length(
        length,
        last=last,
        birth=facts.infant.born,
        sex="f" if facts.infant.sex == "f" else "m",
        at=ward.local(at),
        growth=ward.growth,
        mark=ward.decimal_mark,
    )


def _judged(found: Plausibility) -> Judged:
    return Judged(found.level, found.words, found.compared, by_two=found.by_two)
