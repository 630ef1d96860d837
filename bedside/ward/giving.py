"""Giving azacitidine: the vial clock from reconstitution to the end of the infusion.

The clock is a matter of recorded UTC times, so it survives a restart, sleep and the hour that the
clock goes back (hazard H16).
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from bedside.protocol.infusion import vial_clock
from bedside.protocol.model import DrugPlan
from bedside.protocol.schedule import ProjectedDose
from bedside.store.infusion_records import InfusionPart
from bedside.store.queries import one
from bedside.store.records import DoseRecord
from bedside.units.dates import write_date, write_date_time, write_time
from bedside.units.quantities import DrugAmount
from bedside.units.refusal import Refused
from bedside.ward.broken_off import WentIn, broken_head, part_columns
from bedside.ward.due import dose_record
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.giving_gate import (
    check_paper,
    checked_before,
    keep_giving,
    strike_giving,
    why_not_give,
)
from bedside.ward.label_before_giving import unread_note
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.restored_blocks import own_against, restored_against
from bedside.ward.standing import projection_of
from bedside.ward.two_identifiers import check_identifiers
from bedside.ward.vial_before_order import joined, made_before_order, vial_note
from bedside.ward.vial_clocks import clock_plan, clock_view
from bedside.ward.views.given import GivenAs, GivenBy, PaperCheck
from bedside.ward.ward import Ward
from bedside.ward.working import current_dose

if TYPE_CHECKING:
    from bedside.store.change import Change

DRUG = "azacitidine"
ROUTE = "IV"


@one_act
def start_vial(
    ward: Ward,
    infant_id: int,
    course_key: str,
    day: int,
    reconstituted_at: datetime,
    minutes: int,
    *,
    who: str,
    reason: str = "",
) -> int:
    """Start the vial clock of one azacitidine day.

    Args:
        ward: the ward.
        infant_id: the infant.
        course_key: the EPI block.
        day: its course day, due today.
        reconstituted_at: aware time of reconstitution, not in the future.
        minutes: planned infusion length.
        who: who records it.
        reason: why the vial was made before its order was released; needed then only.

    Raises:
        Refused: the dose is blocked, not released or not checked by two people, the day is not due,
            a clock runs already, the time is wrong: all before the 45 minutes run. Or the vial was
            made before its order and no reason is given.
    """
    who = named(who)
    facts = facts_of(ward, infant_id)
    dose = _planned(ward, facts, course_key, day)
    plan = clock_plan(facts.protocol.course(course_key), DRUG, ROUTE)
    working = current_dose(ward, facts, facts.protocol.course(course_key))
    reasons = [*working.refused, *_due(ward, facts, dose)]
    reasons += _vial_time(ward, plan, reconstituted_at, minutes)
    planned = (course_key, day, DRUG, ROUTE)
    _refuse(reasons or why_not_give(ward, infant_id, planned))
    note = vial_note(made_before_order(ward, infant_id, planned, reconstituted_at), reason)
    with ward.store.change(who, "started a vial clock", ward.now()) as change:
        return change.add(
            DoseRecord,
            infant_id=infant_id,
            course_key=course_key,
            course_day=day,
            due_on=dose.on,
            drug=DRUG,
            route=ROUTE,
            state="vial running",
            amount_ug=micrograms(working.working.prepared),
            measurement_id=None if working.weight is None else working.weight.id,
            reconstituted_at=reconstituted_at,
            infusion_minutes=minutes,
            started_at=None,
            finished_at=None,
            note=note,
        )


def _refuse(reasons: Sequence[str]) -> None:
    if reasons:
        raise Refused(*reasons)


@one_act
def start_infusion(ward: Ward, dose_id: int, at: datetime, by: GivenBy, *, who: str) -> None:
    """Record that the infusion was started, signed as given.

    Args:
        ward: the ward.
        dose_id: the dose whose vial clock runs.
        at: when it was started.
        by: who signs, and what she read off the infant's band.
        who: who records it.

    Raises:
        Refused: no clock runs, it can no longer be finished in time, the identifiers are not this
            infant's, its label was not read, or order or check were struck out since the vial was made.
    """
    row, facts = _running(ward, dose_id)
    clock = clock_view(ward, facts, row)
    if clock is None or row.started_at is not None:
        raise Refused("This infusion was started already.")
    if at > clock.latest_start:
        raise Refused(
            f"Too late: with {clock.infusion_minutes} minutes it had to start by "
            f"{write_time(clock.latest_start)}. "
            f"With {clock.shortest_minutes} minutes, the shortest, the latest start is "
            f"{write_time(clock.latest_start_shortest)}. After that, discard the vial."
        )
    if at < clock.reconstituted_at:
        raise Refused("The start lies before the reconstitution: check the time.")
    planned = (row.course_key, row.course_day, row.drug, row.route)
    _refuse(restored_against(ward, facts, planned))
    check_identifiers(ward, row.infant_id, by.identifiers, planned)
    check = checked_before(ward, row.infant_id, planned)
    if check is None:  # a vial that an older program let run: its check was on paper
        check_paper(by.paper or PaperCheck("", "", ""))
    note = joined(row.note, unread_note(by.identifiers))
    with ward.store.change(named(who), "started an infusion", ward.now()) as change:
        _renew(change, row, "started an infusion", started_at=at, note=note)
        keep_giving(change, ward, row.infant_id, planned, (row.due_on, at), by, check)


@one_act
def shorten_infusion(ward: Ward, dose_id: int, minutes: int, *, who: str, reason: str) -> None:
    """Plan a shorter infusion, so that the vial can still be used; who agreed is kept.

    Raises:
        Refused: it runs already, the length is not allowed, or nobody is named who agreed.
    """
    if not reason.strip():
        raise Refused("A shorter infusion needs its reason and who agreed to it.")
    row, facts = _running(ward, dose_id)
    if row.started_at is not None or row.infusion_minutes is None:
        raise Refused("The infusion runs already: its length cannot be planned anew.")
    plan = clock_plan(facts.protocol.course(row.course_key), row.drug, row.route)
    reasons = _minutes(plan, minutes)
    if reasons:
        raise Refused(*reasons)
    note = f"planned {minutes} min instead of {row.infusion_minutes}: {reason.strip()}"
    note = joined(row.note, note)
    _replace(ward, row, who, "planned a shorter infusion", infusion_minutes=minutes, note=note)


@one_act
def finish_infusion(ward: Ward, dose_id: int, at: datetime, *, who: str, reason: str = "") -> None:
    """Record the end of the infusion; one too short or too late is recorded as such, never hidden.

    Args:
        ward: the ward.
        dose_id: the running dose.
        at: when all of it was in.
        who: who records it.
        reason: needed when it took less time than the protocol allows (a second click, too).

    Raises:
        Refused: not started, the time is wrong, or shorter than allowed and no reason given.
    """
    row, facts = _running(ward, dose_id)
    clock = clock_view(ward, facts, row)
    if clock is None or row.started_at is None:
        raise Refused("This infusion was not started: record its start first.")
    if at < row.started_at or at > ward.now() + timedelta(minutes=1):
        raise Refused("The end lies before the start or in the future: check the time.")
    note = row.note
    least = timedelta(minutes=clock.shortest_minutes)
    if at - row.started_at < least:
        took = int((at - row.started_at).total_seconds() // 60)
        if not reason.strip():
            raise Refused(
                f"The infusion began {took} min ago; the protocol allows no less than "
                f"{clock.shortest_minutes} min. If it really is over, say why."
            )
        took_words = f"took {took} min, less than {clock.shortest_minutes}: {reason.strip()}"
        note = joined(note, took_words)
    if at > clock.finish_by:
        ended = write_time(ward.local(at))
        note = joined(note, f"ended {ended}, after the limit of {write_time(clock.finish_by)}")
    # the vial's own amount is kept with what it was worked out under
    from bedside.ward.given_doses import keep_basis

    amount = None if row.amount_ug is None else DrugAmount(Decimal(row.amount_ug) / 1000)
    dose = ProjectedDose(row.due_on, row.course_key, row.course_day, None, row.drug, row.route)
    with ward.store.change(named(who), "finished an infusion", ward.now()) as change:
        new = _renew(change, row, "finished an infusion", state="given", finished_at=at, note=note)
        keep_basis(change, ward, facts, (new, dose), GivenAs(amount, reason), amount)


@one_act
def lose_vial(ward: Ward, dose_id: int, reason: str, *, who: str) -> None:
    """Record that a vial was discarded before its infusion: the day can be given from a new one.

    Raises:
        Refused: no clock runs, no reason is given, or the infusion was started: part of the dose
            may be in, so it is broken off with how much went in.
    """
    row, _ = _running(ward, dose_id)
    if row.started_at is not None:
        raise Refused(
            "The infusion was started: say how much of it went in, nothing, or that it is not known."
        )
    if not reason.strip():
        raise Refused("Why was the vial discarded? Give the reason.")
    planned = (row.course_key, row.course_day, row.drug, row.route)
    with ward.store.change(named(who), "discarded a vial", ward.now()) as change:
        _renew(change, row, "discarded a vial", state="vial lost", note=reason.strip())
        strike_giving(change, row.infant_id, planned, f"vial discarded: {reason.strip()}")


@one_act
def break_off(ward: Ward, dose_id: int, went_in: WentIn, reason: str, *, who: str) -> None:
    """Record that a started infusion was stopped before all of it was in; its order ends with it.

    The day is not due in full any more: whatever is still to be given needs a new order, from a
    physician who sees how much went in.

    Args:
        ward: the ward.
        dose_id: the running dose.
        went_in: how much of it, in mg or by the volume that ran; nothing; or not known.
        reason: why it was stopped.
        who: who records it.

    Raises:
        Refused: it was not started, no reason, or more went in than the vial held.
    """
    from bedside.ward.order_ending import changing_doses

    row, _ = _running(ward, dose_id)
    if row.started_at is None:
        raise Refused("This infusion was not started: discard the vial.")
    if not reason.strip():
        raise Refused("Why was the infusion broken off? Give the reason.")
    now = ward.now()
    head = broken_head(write_time(ward.local(now)), went_in, row, ward.decimal_mark)
    note = joined(row.note, f"{head}: {reason.strip()}")
    planned = (row.course_key, row.course_day, row.drug, row.route)
    with changing_doses(ward, row.infant_id, named(who), "broke off an infusion") as change:
        new: dict[str, object] = {"state": "vial lost", "finished_at": now, "note": note}
        lost = _renew(change, row, "broke off an infusion", **new)
        part = part_columns(went_in, row)
        change.add(InfusionPart, infant_id=row.infant_id, dose_id=lost, **part)
        strike_giving(change, row.infant_id, planned, f"{head}: {reason.strip()}")


def planned_dose(
    ward: Ward, facts: InfantFacts, course_key: str, day: int, drug: str, route: str
) -> ProjectedDose | None:
    """The planned dose of a course day, or None."""
    for course in projection_of(ward, facts).courses:
        for dose in course.doses:
            if (dose.course_key, dose.course_day, dose.drug, dose.route) == (
                course_key,
                day,
                drug,
                route,
            ):
                return dose
    return None


def micrograms(amount: DrugAmount | None) -> int | None:
    """An amount in whole micrograms, as the store keeps it."""
    return None if amount is None else int((amount.value * 1000).to_integral_value())


def _planned(ward: Ward, facts: InfantFacts, course_key: str, day: int) -> ProjectedDose:
    if facts.start_of(course_key) is None:
        title = facts.protocol.course(course_key).title
        raise Refused(f"{title} is not opened: open it first, with its day 1.")
    dose = planned_dose(ward, facts, course_key, day, DRUG, ROUTE)
    if dose is None:
        raise Refused(f"Azacitidine is not planned on day {day} of this block.")
    return dose


def _due(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> list[str]:
    today: date = ward.today()
    if dose.on != today:
        return [f"Day {dose.course_day} is {write_date(dose.on)}; today is {write_date(today)}."]
    record = dose_record(facts, dose)
    if record is not None and record.state in ("given", "not given", "vial running"):
        done = "running" if record.state == "vial running" else record.state
        return [f"Azacitidine of day {dose.course_day} is recorded as {done} already."]
    return []


def _minutes(plan: DrugPlan, minutes: int) -> list[str]:
    allowed = plan.infusion_minutes
    if allowed is None or not allowed[0] <= minutes <= allowed[1]:
        words = "" if allowed is None else f"{allowed[0]} to {allowed[1]} minutes"
        return [f"The infusion takes {words}; {minutes} minutes were planned."]
    return []


def _vial_time(ward: Ward, plan: DrugPlan, at: datetime, minutes: int) -> list[str]:
    reasons = _minutes(plan, minutes)
    now = ward.now()
    if at > now + timedelta(minutes=1):
        reasons.append(f"{write_date_time(ward.local(at))} lies in the future: check the time.")
    within, allowed = plan.finish_within_minutes, plan.infusion_minutes
    if not reasons and within is not None and allowed is not None:
        clock = vial_clock(ward.local(at), minutes, allowed=allowed, within=within)
        if now > clock.latest_start:
            reasons.append(
                f"A vial reconstituted at {write_time(ward.local(at))} had to be started by "
                f"{write_time(ward.local(clock.latest_start))} with {minutes} minutes: "
                "take a new vial."
            )
    return reasons


def _running(ward: Ward, dose_id: int) -> tuple[DoseRecord, InfantFacts]:
    with ward.store.reading() as connection:
        row = one(connection, DoseRecord, dose_id)
    facts = facts_of(ward, row.infant_id)
    if row.state != "vial running" or row.voided_at is not None:
        from bedside.ward.vial_meanwhile import why_no_vial_runs

        raise Refused(*why_no_vial_runs(ward, facts, row))
    _refuse(own_against(ward, facts, (row.course_key, row.course_day, row.drug, row.route)))
    return row, facts


def _replace(ward: Ward, row: DoseRecord, who: str, act: str, **new: object) -> None:
    """Void the row and add the new state: what was recorded before stays readable."""
    with ward.store.change(named(who), act, ward.now()) as change:
        _renew(change, row, act, **new)


def _renew(change: "Change", row: DoseRecord, act: str, **new: object) -> int:
    kept = {
        name: getattr(row, name)
        for name in DoseRecord.__struct_fields__
        if name not in ("id", "recorded_at", "recorded_by", "voided_at", "voided_by", "void_reason")
    }
    change.void(DoseRecord, row.id, act)
    return change.add(DoseRecord, **{**kept, **new})
