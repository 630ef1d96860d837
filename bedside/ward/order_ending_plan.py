"""Orders that a hold, a shift, a reduction's end or the end of either would end, told before it is recorded."""

from datetime import date

from msgspec.structs import replace

from bedside.store.records import Hold
from bedside.ward.facts import InfantFacts
from bedside.ward.order_ending import LAST, would_end
from bedside.ward.shifting import meant_shift
from bedside.ward.views.delay import NewHold, NewShift
from bedside.ward.ward import Ward


def ends_by_hold(ward: Ward, infant_id: int, form: NewHold) -> tuple[str, ...]:
    """The signed orders that a hold or a delay would end, a line each."""

    def held(facts: InfantFacts) -> InfantFacts:
        row = Hold(
            id=LAST,
            recorded_at=ward.now(),
            recorded_by="nobody yet",
            infant_id=infant_id,
            course_key=form.course_key,
            drug=form.drug,
            from_on=form.from_on,
            until_on=form.until_on,
            reason=form.reason.strip() or "reason not typed yet",
        )
        return replace(facts, holds=(*facts.holds, row))

    return would_end(ward, infant_id, held)


def ends_by_ending_hold(ward: Ward, infant_id: int, hold_id: int, last_on: date) -> tuple[str, ...]:
    """The signed orders that end when a hold ends after a day, or is taken back."""

    def ended(facts: InfantFacts) -> InfantFacts:
        rows = [replace(one, until_on=last_on) if one.id == hold_id else one for one in facts.holds]
        kept = [one for one in rows if one.until_on is None or one.until_on >= one.from_on]
        return replace(facts, holds=tuple(kept))

    return would_end(ward, infant_id, ended)


def ends_by_shift(ward: Ward, infant_id: int, form: NewShift) -> tuple[str, ...]:
    """The signed orders that a shift of one drug's doses would end."""

    def shifted(facts: InfantFacts) -> InfantFacts:
        return replace(facts, shifts=(*facts.shifts, meant_shift(ward, facts, form)))

    return would_end(ward, infant_id, shifted)


def ends_by_taking_back_shift(ward: Ward, infant_id: int, shift_id: int) -> tuple[str, ...]:
    """The signed orders that end when a shift is taken back."""

    def back(facts: InfantFacts) -> InfantFacts:
        kept = tuple(one for one in facts.shifts if one.id != shift_id)
        return replace(facts, shifts=kept)

    return would_end(ward, infant_id, back)


def ends_by_ending_reduction(
    ward: Ward, infant_id: int, reduction_id: int, last_day: int
) -> tuple[str, ...]:
    """The signed orders that end when a reduction ends after a course day, or is taken back."""

    def ended(facts: InfantFacts) -> InfantFacts:
        rows = [
            replace(one, until_day=last_day) if one.id == reduction_id else one
            for one in facts.reductions
        ]
        kept = [one for one in rows if one.until_day is None or one.until_day >= one.from_day]
        return replace(facts, reductions=tuple(kept))

    return would_end(ward, infant_id, ended)
