"""Planned doses recorded as given: how much, and the plan, edition and values it was given under."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bedside.protocol.continuous_words import plan_route_words
from bedside.protocol.doses import DoseWorking
from bedside.protocol.model import DrugPlan
from bedside.protocol.reductions import share_on
from bedside.protocol.schedule import ProjectedDose
from bedside.store.dose_records import DoseBasis
from bedside.store.records import DoseRecord
from bedside.units.dates import write_date
from bedside.units.quantities import DrugAmount
from bedside.units.refusal import Refused
from bedside.units.rounding import half_up
from bedside.ward.amount_per_kg import bound_of
from bedside.ward.check_standing import check_state
from bedside.ward.day_choice import choices_of, chosen_of, is_off_plan, off_plan_why
from bedside.ward.day_doses import DayDose, choice_words
from bedside.ward.due import dose_record, plan_of
from bedside.ward.due_at_hours import recorded_told
from bedside.ward.editions import keep_edition
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.given_times import check_time
from bedside.ward.giving import DRUG, planned_dose
from bedside.ward.giving_gate import check_given, given_at, keep_giving, why_not_give
from bedside.ward.held_given import hold_words, spite_note
from bedside.ward.label_before_giving import unread_note
from bedside.ward.meant_dose import check_amount, meant_dose
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.standing import hold_of
from bedside.ward.unnamed_given import names_asked, why_no_name
from bedside.ward.values_digest import values_digest
from bedside.ward.vial_before_order import joined
from bedside.ward.views.given import (
    WHOLE_DAY,
    DayChoice,
    GivenAs,
    GivenBy,
    GivenForm,
    OfDay,
)
from bedside.ward.ward import Ward
from bedside.ward.worked import reductions_of, worked_dose

if TYPE_CHECKING:
    from bedside.store.change import Change

FINEST = 6  # decimals of a dose that is worked out and not rounded by the site: a millionth of a mg
LARGEST = Decimal(1_000_000)
RUN_WORDS = (
    "A continuous infusion: this records that it ran on day {day} of {last}, with the amount of that "
    "day. An interruption, or a day on which it did not run in full, is said in the reason."
)


def given_form(
    ward: Ward,
    infant_id: int,
    course_key: str,
    day: int,
    drug: str,
    route: str,
    of: OfDay | None = None,
) -> GivenForm:
    """What a planned dose comes to on its own day, or one of its doses, before it is recorded as given.

    Args:
        ward: the ward.
        infant_id: the infant.
        course_key: the course.
        day: its course day.
        drug: the drug's key.
        route: its route.
        of: an hour on a day on which the drug is not planned, beside this one; None for this day.

    Raises:
        Refused: it is not planned, lies in the future, or was recorded already.
    """
    facts = facts_of(ward, infant_id)
    dose = _to_record(ward, facts, course_key, day, drug, route, of)
    working = worked_dose(ward, facts, dose)
    name = ward.drugs.display_name(drug)
    planned = (course_key, day, drug, route)
    choices = choices_of(ward, facts, dose, of)
    off = off_plan_why(ward, choices)
    why = off or why_not_give(ward, infant_id, planned)
    plan = plan_of(facts, dose)
    worked = _meant_of(working, one_of_several=bool(choices))
    meant = meant_dose(ward, facts, dose, worked)
    hold = hold_of(facts, dose)
    return GivenForm(
        f"{name} {plan_route_words(plan, route)}, {_day_words(dose, choices)}",
        worked if not meant.decided else None if meant.waiting else meant.amount,
        () if meant.decided else _steps(plan, working),
        _planned_on(dose, choices),
        why,
        "" if why else check_state(ward, infant_id, *planned).words,
        meant.decided,
        meant.waiting,
        meant.words,
        _run_words(ward, facts, dose, plan),
        "" if hold is None else hold_words(hold),
        bound=bound_of(ward, facts, dose),
        choices=tuple(DayChoice(one.of, choice_words(ward, one)) for one in choices),
        worked_whole_day=_meant_of(working, one_of_several=False),
        day_told="" if off else recorded_told(ward, facts, dose),
    )


def _steps(plan: DrugPlan, working: DoseWorking) -> tuple[str, ...]:
    """How a dose is worked out, or why not; of one without a drug's name first what is asked."""
    asked = names_asked(plan)
    return (*((asked,) if asked else ()), *working.steps, *working.blocked_by)


def _run_words(ward: Ward, facts: InfantFacts, dose: ProjectedDose, plan: DrugPlan) -> str:
    """What recording a day of a continuous infusion says; "" for every other dose."""
    if not plan.continuous:
        return ""
    from bedside.ward.continuous import run_of_day

    ran = run_of_day(ward, facts, (dose.course_key, dose.drug, dose.route), dose.course_day)
    told = f" By its record: {ran}." if ran else " Nobody has recorded when it was started."
    return RUN_WORDS.format(day=dose.course_day, last=plan.days.scheduled[-1]) + told


def _planned_on(dose: ProjectedDose, choices: Sequence[DayDose]) -> date:
    """The day that is recorded: the planned one, or that of an hour beside it."""
    at = choices[0].at if choices and choices[0].off_plan else None
    return dose.on if at is None else at.date()


def _day_words(dose: ProjectedDose, choices: Sequence[DayDose]) -> str:
    on = _planned_on(dose, choices)
    return f"day {dose.course_day - (dose.on - on).days}, {write_date(on)}"


@one_act
def record_given(
    ward: Ward,
    infant_id: int,
    course_key: str,
    day: int,
    drug: str,
    route: str,
    by: GivenBy,
    *,
    who: str,
    given: GivenAs | None = None,
) -> int:
    """Record that a planned dose of another drug than azacitidine was given, signed as given.

    Args:
        ward: the ward.
        infant_id: the infant.
        course_key: the course.
        day: its course day, today or before.
        drug: the drug's key.
        route: its route.
        by: who signs, what she read off the band, when it was given, and how it was checked.
        who: who records it.
        given: how much; as worked out where left out. Of a drug given several times a day, which one.

    Raises:
        Refused: it is not planned, lies in the future, was recorded already, its time is that of
            another dose of the day, or far from its hour and no reason is given, the amount cannot be
            meant, it is not what was decided or worked out and no reason is given, it is far from
            that and no second person is named, nothing is there to compare it with and it was not
            typed twice, no drug of an unnamed therapy is named, its decision is not signed and no reason is given, it is held and nobody says
            why it was given in spite of that, the identifiers are not this infant's, or it was neither checked here nor on paper.
    """
    who = named(who)
    facts = facts_of(ward, infant_id)
    asked = None if given is None else given.of
    dose = _to_record(ward, facts, course_key, day, drug, route, asked)
    chosen = chosen_of(ward, facts, dose, asked, by)
    one = chosen is not None and chosen.of != WHOLE_DAY
    worked = _meant_of(worked_dose(ward, facts, dose), one_of_several=one)
    meant = meant_dose(ward, facts, dose, worked)
    given = GivenAs(meant.amount if meant.decided else worked) if given is None else given
    unnamed = why_no_name(plan_of(facts, dose), given)
    faults = [*unnamed, *_held(facts, dose, given), *_faults(given, meant.amount)]
    if faults:
        raise Refused(*faults)
    given = replace(given, reason=check_amount(ward, meant, given, by, who))
    note = joined(given.reason.strip(), _of_hold(facts, dose, given))
    planned = (course_key, day, drug, route)
    on = _planned_on(dose, () if chosen is None else (chosen,))
    at = given_at(ward, by, on)
    of = WHOLE_DAY if chosen is None else chosen.of
    check = check_given(ward, infant_id, planned, by, of)
    timed = check_time(ward, facts, dose, chosen, at, given.at_reason)
    note = joined(joined(note, timed), unread_note(by.identifiers))
    with ward.store.change(who, "recorded a dose as given", ward.now()) as change:
        row_id = change.add(DoseRecord, **_columns(ward, facts, dose, note, of))
        keep_basis(change, ward, facts, (row_id, dose), given, worked)
        keep_giving(change, ward, infant_id, planned, (on, at), by, check, of)
        return row_id


def _columns(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, reason: str, of: OfDay
) -> dict[str, object]:
    """A dose given of another drug than azacitidine, as the store keeps it."""
    weight = facts.weight(ward.now())
    return {
        "infant_id": facts.infant.id,
        "course_key": dose.course_key,
        "course_day": dose.course_day,
        "due_on": dose.on,
        "drug": dose.drug,
        "route": dose.route,
        "state": "given",
        "amount_ug": None,  # the exact amount stands with its unit in what it rested on
        "measurement_id": None if weight is None else weight.id,
        "reconstituted_at": None,
        "infusion_minutes": None,
        "started_at": None,
        "finished_at": None,
        "note": reason.strip(),
        "hour": of.hour,
        "turn": of.turn,
    }


def keep_basis(
    change: "Change",
    ward: Ward,
    facts: InfantFacts,
    row: tuple[int, ProjectedDose],
    given: GivenAs,
    worked: DrugAmount | None,
) -> None:
    """Keep, with a dose given, its exact amount and what it was worked out under.

    Args:
        change: the change that records the dose.
        ward: the ward.
        facts: the infant's facts when it was given.
        row: the id of the dose record, and the planned dose.
        given: how much.
        worked: what the plan came to, None where it could not be worked out.
    """
    dose_id, dose = row
    keep_edition(change, ward, facts.protocol.key)
    share = share_on(reductions_of(facts), dose.course_key, dose.drug, dose.course_day)
    same_unit = worked is not None and given.amount is not None and worked.unit == given.amount.unit
    change.add(
        DoseBasis,
        infant_id=facts.infant.id,
        dose_id=dose_id,
        amount=None if given.amount is None else given.amount.value,
        unit="" if given.amount is None else given.amount.unit,
        worked=worked.value if worked is not None and same_unit else None,
        share=share,
        protocol_edition=facts.protocol.edition,
        protocol_digest=facts.protocol.digest,
        values_digest=values_digest(ward.values_for(facts.protocol.key, dose.course_key)),
        reason=given.reason.strip(),
    )


def _to_record(
    ward: Ward,
    facts: InfantFacts,
    course_key: str,
    day: int,
    drug: str,
    route: str,
    of: OfDay | None,
) -> ProjectedDose:
    if drug == DRUG:
        raise Refused("Azacitidine is recorded with its vial clock.")
    dose = planned_dose(ward, facts, course_key, day, drug, route)
    if dose is None:
        raise Refused(f"{drug} is not planned on day {day} of this course.")
    if of is not None and is_off_plan(ward, facts, dose, of):
        return dose
    if dose.on > ward.today():
        raise Refused(f"Day {day} is {write_date(dose.on)}: that day has not come yet.")
    if dose_record(facts, dose) is not None:
        raise Refused(f"{drug} of day {day} is recorded already.")
    return dose


def _held(facts: InfantFacts, dose: ProjectedDose, given: GivenAs) -> list[str]:
    """A dose that is held is recorded as given only by somebody who has seen it, and says why."""
    hold = hold_of(facts, dose)
    if hold is None or given.in_spite.strip():
        return []
    return [f"{hold_words(hold)}. If it was given in spite of the hold, say why."]


def _of_hold(facts: InfantFacts, dose: ProjectedDose, given: GivenAs) -> str:
    hold = hold_of(facts, dose)
    return "" if hold is None else spite_note(hold, given.in_spite)


def _meant_of(working: DoseWorking, *, one_of_several: bool) -> DrugAmount | None:
    """One dose, or all that is given on the day, as it would be drawn up; None where that is not known."""
    if working.compared is None:
        return None
    times = 1 if one_of_several else working.doses_per_day or 1
    whole = working.compared.value * times
    finest = half_up(whole, FINEST)
    return DrugAmount(finest if finest > 0 else whole, working.compared.unit)


def _faults(given: GivenAs, meant: DrugAmount | None) -> list[str]:
    amount = given.amount
    reasoned = bool(given.reason.strip())
    if amount is None:
        if meant is None or reasoned:
            return []
        return ["How much was given is not known: say why."]
    if not 0 < amount.value <= LARGEST:
        return ["Type how much was given: more than nothing, and at most 1 000 000."]
    return []
