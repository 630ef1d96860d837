"""What a start rule looks at: the newest count, the standing answer, the gene, the weight, and their age.

The newest specimen in which a value was asked for decides: while its result is pending the value is
unknown, even if an older one would pass. A value older than the site's limit is unknown too. Of two
specimens of the same minute the lower value counts (`bedside.ward.same_minute`).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from bedside.store.records import BloodCount, StartAnswer
from bedside.units.bounds import Bound
from bedside.units.counted import so_many
from bedside.units.dates import write_date, write_time
from bedside.units.quantities import BodyWeight
from bedside.units.writer import write_number, write_weight
from bedside.ward.count_bounds import bounds_of
from bedside.ward.facts import InfantFacts
from bedside.ward.same_minute import counting, figure_of, newest_of
from bedside.ward.ward import Ward

TOXICITY_QUESTION = "toxicity-resolved"
NOT_SAID = "from where: not said"


class Seen(Struct, frozen=True):
    """A value for the start rule: what was seen, when, from where, and why it may not count.

    ``bound``: the laboratory gave a bound and no number; ``why_unknown`` then holds it in words.
    """

    value: int | None
    at: datetime | None
    source: str
    why_unknown: str = ""
    row_id: int | None = None  # of the count that was looked at
    bound: Bound[int] | None = None
    told: str = ""  # of two ANCs that contradicted each other: which counts, and why


GENE_WORDS = {
    "rearranged": "KMT2A rearranged",
    "germline": "KMT2A germline",
    "not-evaluable": "KMT2A not evaluable",
}


def standing_answer(
    facts: InfantFacts, course_key: str, as_of: datetime
) -> tuple[StartAnswer | None, str]:
    """The last answer to "any toxicity resolved?", and why it no longer holds ("" when it does)."""
    answers = answers_of(facts, course_key, as_of)
    if not answers:
        return None, ""
    answer = answers[-1]
    for toxicity in facts.toxicities:
        for grade in facts.grades_of(toxicity.id):
            if grade.grade > 0 and answer.answered_at < grade.recorded_at <= as_of:
                return answer, f"{toxicity.term} grade {grade.grade} was recorded after the answer"
    return answer, ""


def answers_of(facts: InfantFacts, course_key: str, as_of: datetime) -> list[StartAnswer]:
    """The answers to "any toxicity resolved?" for a course, at or before a time, in their order."""
    return [
        row
        for row in facts.answers
        if row.course_key == course_key
        and row.question == TOXICITY_QUESTION
        and row.answered_at <= as_of
    ]


def newest(
    ward: Ward, facts: InfantFacts, measure: Literal["anc", "platelets"], as_of: datetime
) -> Seen:
    """The value of the newest specimen in which it was asked for, at or before a time."""
    state = f"{measure}_state"
    asked = (
        row
        for row in reversed(facts.counts)
        if row.taken_at <= as_of and getattr(row, state) != "not done"
    )
    tied = newest_of(asked)
    if not tied:
        return Seen(None, None, "", "not recorded")
    seen = _seen(ward, counting(tied, measure), measure, as_of)
    return seen if len(tied) == 1 else _of_several(seen, tied, measure)


def _seen(
    ward: Ward, row: BloodCount, measure: Literal["anc", "platelets"], as_of: datetime
) -> Seen:
    """A measure of one count."""
    at = ward.local(row.taken_at)
    state: str = getattr(row, f"{measure}_state")
    source = f"laboratory, {row.specimen}" if row.specimen else NOT_SAID
    limit = ward.site.count_age_hours
    old = as_of - row.taken_at > timedelta(hours=limit)
    bound = bounds_of(row).get(measure)
    if bound is not None:
        return _bounded(
            row, measure, Seen(None, at, source, state, row.id, bound), limit if old else 0
        )
    if state != "done":
        return Seen(None, at, source, _why_unknown(state), row.id)
    value: int = getattr(row, f"{measure}_per_ul")
    if measure == "anc" and row.anc_source == "analyser" and row.wbc_per_ul is not None:
        from bedside.ward.anc_ruling import ruling_anc  # few counts have both

        ruling, told = ruling_anc(row)
        value, source = value if ruling is None else ruling, f"{source}, {told}" if told else source
    if old:
        why = f"{write_number(value)}, older than {so_many(limit, 'hour')}"
        return Seen(None, at, source, why, row.id)
    settled = row.unusual_reason if measure == "anc" else ""
    return Seen(value, at, source, row_id=row.id, told=settled)


def _of_several(
    seen: Seen, tied: Sequence[BloodCount], measure: Literal["anc", "platelets"]
) -> Seen:
    """Of several specimens of one minute: what counts, with every value and its place in words.

    While another of them is pending, the value is known only to be at most this one.
    """
    pending = any(getattr(row, f"{measure}_state") == "pending" for row in tied)
    if pending and seen.bound is not None and seen.bound.sign == ">":
        seen = replace(seen, bound=None, why_unknown=f"{seen.why_unknown}, another pending")
    elif pending and seen.value is not None:
        words = f"at most {write_number(seen.value)}, another specimen pending"
        seen = replace(seen, value=None, bound=Bound("<", seen.value + 1), why_unknown=words)
    each = [f"{_written(row, measure)} {row.specimen or NOT_SAID}" for row in tied]
    if seen.at is None or len({_written(row, measure) for row in tied}) == 1:
        return seen
    told = f"{' and '.join(each)} at {write_time(seen.at)}; the lower counts"
    return replace(seen, source=f"{seen.source}: {told}" if ", the lower" in seen.source else told)


def _written(row: BloodCount, measure: Literal["anc", "platelets"]) -> str:
    value = figure_of(row, measure)
    if value is not None:
        return write_number(value)
    state: str = getattr(row, f"{measure}_state")
    return state.removesuffix(" per µL")


def _bounded(
    row: BloodCount, measure: Literal["anc", "platelets"], seen: Seen, too_old: int
) -> Seen:
    """A bound as a start rule reads it, unless it is too old or the specimen says a lower ANC."""
    if too_old:
        words = seen.why_unknown.removesuffix(" per µL")
        return replace(
            seen, why_unknown=f"{words}, older than {so_many(too_old, 'hour')}", bound=None
        )
    if measure != "anc" or row.anc_source != "analyser" or row.wbc_per_ul is None:
        return seen
    from bedside.ward.anc_ruling import lower_worked_out  # few counts have both

    lower = lower_worked_out(row, seen.bound)
    if lower is None:
        return seen
    value, told = lower
    return Seen(value, seen.at, f"{seen.source}, {told}", row_id=seen.row_id)


def _why_unknown(state: str) -> str:
    """Why a count has no value: pending or unusable."""
    if state == "unusable":
        return "the specimen was unusable"
    return state


def gene_words(kmt2a: str) -> str:
    """The KMT2A status in words."""
    return GENE_WORDS.get(kmt2a, "KMT2A unknown")


def weight_trouble(ward: Ward, facts: InfantFacts, as_of: datetime) -> str:
    """Why the last weight cannot carry a dose now; "" when it can (hazards H5, H6)."""
    row = facts.weight(as_of)
    if row is None:
        return "No weight is recorded: weigh the infant and record it."
    limit = ward.site.weight_age_days
    age = (ward.local(as_of).date() - ward.local(row.measured_at).date()).days
    if age > limit:
        return (
            f"The last weight ({write_weight(BodyWeight(row.weight_g))}, "
            f"{write_date(ward.local(row.measured_at).date())}) is {so_many(age, 'day')} old; "
            f"at most {limit} are allowed here. Weigh the infant again."
        )
    return ""
