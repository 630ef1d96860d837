"""What is due today for an infant, and what is held or unknown and why."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from bedside.protocol.continuous_words import plan_route_words
from bedside.protocol.model import DrugPlan
from bedside.protocol.schedule import ProjectedDose
from bedside.protocol.separation import separation_conflicts
from bedside.store.records import DoseRecord, Task
from bedside.units.dates import write_date, write_date_time, write_time
from bedside.ward.broken_off import broken_off, broken_words
from bedside.ward.due_ahead import coming_holds, shifts_in_sight
from bedside.ward.facts import InfantFacts
from bedside.ward.gates import blocked_words
from bedside.ward.not_given_words import not_given_words
from bedside.ward.rest import rest_words, still_to_give
from bedside.ward.restored_blocks import restored_item, restored_short
from bedside.ward.standing import Standing, doses_on, holds_of
from bedside.ward.vial_clocks import vial_runs
from bedside.ward.vial_told import LOST_NOTES
from bedside.ward.views.marks import DueItem, HeldItem, Mark, VialClockView
from bedside.ward.ward import Ward

Ordered = Mapping[tuple[str, int, str, str], tuple[Mark, str]]  # course key, day, drug, route
NO_ORDERS: Ordered = {}
FORGOTTEN = "nobody recorded what became of"
TO_RECORD = 3  # days for which a dose stands in the list of what is to record, today the first


def due_today(ward: Ward, facts: InfantFacts, ordered: Ordered = NO_ORDERS) -> tuple[DueItem, ...]:
    """What is due today: tasks with a time first, late ones at the top, then planned doses.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        ordered: what the orders ask for beside a dose (`bedside.ward.due_orders`).
    """
    today = ward.today()
    items = [
        _task_item(ward, task)
        for task in facts.tasks
        if ward.local(task.due_at).date() == today
        or (task.done_at is None and ward.local(task.due_at).date() < today)
    ]
    items += _hours_off_plan(ward, facts)
    items.sort(key=lambda item: (item.mark != "late", item.at is None, item.at))
    planned = doses_on(ward, facts, [today - timedelta(days=back) for back in range(TO_RECORD)])
    doses = tuple(dose for dose in planned if dose.on == today)
    apart = separation_conflicts(doses, ward.drugs)
    vinca = {drug for conflict in apart for drug in conflict.vinca}
    for dose in doses:
        item = _with_order(_dose_item(ward, facts, dose), dose, ordered)
        if apart and item.mark in ("due", "clock"):
            apart_words = _keep_apart(item, dose.drug in vinca)
            noted = (item.note, apart_words) if item.mark == "due" else (apart_words,)
            item = replace(item, note="; ".join(filter(None, dict.fromkeys(noted))))
        items.append(_followed(ward, facts, dose, _with_hours(ward, facts, dose, item)))
    items.sort(key=lambda item: item.mark != "late")
    return (*_intrathecal_together(items), *_days_before(ward, facts, planned[len(doses) :]))


def or_not_known(items: tuple[DueItem, ...], days_open: str) -> tuple[DueItem, ...]:
    """The same, with a line where no drug is left to give and the days of drugs are not known here.

    Args:
        items: what is due today.
        days_open: what is not known, "" where every drug has its days (`due_unplanned.days_open`).
    """
    left = [item for item in items if not item.done and item.mark != "unknown"]
    to_give = (item.drug or item.intrathecal for item in left)
    if not days_open or any(to_give):
        return items
    return (*items, DueItem("unknown", None, "", days_open))


def _with_order(item: DueItem, dose: ProjectedDose, ordered: Ordered) -> DueItem:
    """A dose with what its order asks for; a dose that is recorded, held or blocked stays as it is."""
    told = ordered.get((dose.course_key, dose.course_day, dose.drug, dose.route))
    if told is None and item.mark == "clock" and item.note in LOST_NOTES:
        return replace(item, mark="stop")
    if told is None or item.mark not in ("due", "clock"):
        return item
    return replace(item, mark=told[0], note=told[1])


def _keep_apart(item: DueItem, vinca: bool) -> str:
    """What stands beside a vinca alkaloid or an intrathecal drug on a day that has both."""
    if item.intrathecal:
        return "vinca today as well: SEPARATE in time and place"
    return "intrathecal today as well: SEPARATE in time and place" if vinca else item.note


def _with_hours(ward: Ward, facts: InfantFacts, dose: ProjectedDose, item: DueItem) -> DueItem:
    """A dose that is given several times a day: how often, and each of them; most are not."""
    plan = plan_of(facts, dose)
    if plan.continuous or item.intrathecal:
        return item
    if (plan.hours is not None or facts.of_day) and (item.mark == "due" or item.done):
        from bedside.ward.due_at_hours import at_its_hours

        item = at_its_hours(ward, facts, dose, plan, item)
    if item.done or item.mark == "hold":
        return item
    from bedside.ward.day_often import often_words

    often = often_words(ward, facts, dose, plan)
    return replace(item, text=f"{item.text}, {often}") if often else item


def _followed(ward: Ward, facts: InfantFacts, dose: ProjectedDose, item: DueItem) -> DueItem:
    """A dose that is still to be given with the drug that must follow it, as leucovorin methotrexate."""
    rules = [plan.hours for plan in facts.protocol.course(dose.course_key).drugs]
    follows = any(rule is not None and rule.after == dose.drug for rule in rules)
    if not follows or item.intrathecal or item.mark not in ("due", "late", "clock"):
        return item
    from bedside.ward.followed_by import follow_short

    return replace(item, note="; ".join(filter(None, (item.note, follow_short(ward, facts, dose)))))


def _hours_off_plan(ward: Ward, facts: InfantFacts) -> tuple[DueItem, ...]:
    """Hours on no planned day, and doses of the days before not recorded; () in the most courses."""
    rules = (
        plan.hours
        for start in facts.starts[-1:]
        for plan in facts.protocol.course(start.course_key).drugs
    )
    found: tuple[DueItem, ...] = ()
    if any(rule is not None and rule.first is not None for rule in rules):
        from bedside.ward.due_at_hours import hours_left_over, off_plan_today

        found = (*hours_left_over(ward, facts), *off_plan_today(ward, facts))
    if any(key[-1] < ward.today() and key not in facts.recorded for key in facts.of_day):
        from bedside.ward.due_turns import turns_left_over

        found = (*found, *turns_left_over(ward, facts))
    return found


def _days_before(
    ward: Ward, facts: InfantFacts, planned: Sequence[ProjectedDose]
) -> tuple[DueItem, ...]:
    """Last, as nothing of it is to be given now: the days just gone by that nobody recorded."""
    if not planned:
        return ()
    from bedside.ward.due_days_before import days_left_over

    return days_left_over(ward, facts, planned)


def _intrathecal_together(items: list[DueItem]) -> tuple[DueItem, ...]:
    intrathecal = [item for item in items if item.intrathecal]
    others = [item for item in items if not item.intrathecal]
    if not intrathecal:
        return tuple(others)
    names = " and ".join(item.drug for item in intrathecal)
    marks = {item.mark for item in intrathecal}
    first: tuple[Mark, ...] = ("stop", "hold")
    mark = next(
        (one for one in first if one in marks), "due" if marks - {"recorded"} else "recorded"
    )
    joined = replace(
        intrathecal[0],
        mark=mark,
        drug="",
        text=f"own sheet: {names}",
        note=_note_together(intrathecal),
    )
    return (joined, *others)


def _note_together(intrathecal: list[DueItem]) -> str:
    """One note for all; where they differ, each with its drug."""
    notes = list(dict.fromkeys(item.note for item in intrathecal))
    if len(notes) == 1:
        return notes[0]
    return "; ".join(f"{item.drug} {item.note}" for item in intrathecal if item.note)


def _task_item(ward: Ward, task: Task) -> DueItem:
    due = ward.local(task.due_at)
    if task.done_at is not None:
        done = f"recorded {write_time(ward.local(task.done_at))}"
        return DueItem("recorded", due, "", task.text, done, task.site_value)
    late = ward.now() - due
    if late > timedelta(0):
        return DueItem("late", due, "", task.text, late_words(late), task.site_value)
    return DueItem("due", due, "", task.text, "", task.site_value)


def late_words(late: timedelta) -> str:
    """How late something is: "30 min late"."""
    minutes = int(late.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} min late"
    if minutes < 48 * 60:
        return f"{minutes // 60} h late"
    return f"{minutes // (24 * 60)} days late"


def dose_record(facts: InfantFacts, dose: ProjectedDose) -> DoseRecord | None:
    """What was recorded of a planned dose."""
    return facts.recorded.get((dose.course_key, dose.course_day, dose.drug, dose.route, dose.on))


def unrecorded(facts: InfantFacts, dose: ProjectedDose) -> bool:
    """Whether nobody recorded what became of a dose; one that is held counts as told.

    A broken-off infusion of which more is to be given, as a physician decided, is not recorded yet.
    """
    record = dose_record(facts, dose)
    told = record is not None and not still_to_give(facts, record)
    return not told and not held_on(facts, dose)


def held_on(facts: InfantFacts, dose: ProjectedDose) -> bool:
    """Whether a hold of the course or of this drug is in force on the day of a dose."""
    return bool(holds_of(facts, dose.course_key, dose.drug, dose.on))


def plan_of(facts: InfantFacts, dose: ProjectedDose) -> DrugPlan:
    """The line of the protocol file that a planned dose comes from."""
    for plan in facts.protocol.course(dose.course_key).drugs:
        if (plan.drug, plan.route) == (dose.drug, dose.route):
            return plan
    raise KeyError((dose.course_key, dose.drug, dose.route))


def _dose_item(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> DueItem:
    plan = plan_of(facts, dose)
    mark, note = (
        _recorded(ward, facts, dose)
        or _running_for_days(ward, facts, dose, plan)
        or _not_yet(ward, facts, dose)
    )
    name, text = ward.drugs.display_name(dose.drug), plan_route_words(plan, dose.route)
    record = dose_record(facts, dose)
    left_out = mark == "hold" and record is not None and record.state == "not given"
    return DueItem(mark, None, name, text, note, False, dose.route == "IT", left_out)


def _recorded(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> tuple[Mark, str] | None:
    """What was recorded of a dose, or lost by a restore; None for nothing."""
    record = dose_record(facts, dose)
    asked = restored_short(facts, (dose.course_key, dose.course_day, dose.drug, dose.route))
    if asked:
        return "hold", asked
    if record is not None and record.state == "given":
        return "recorded", _given_words(record) if record.note else "recorded"
    if record is not None and record.state == "not given":
        return "hold", not_given_words(record)  # no tick: it is not to be read as given
    if record is not None and record.state == "vial running":
        return "clock", vial_runs(ward, facts, record)
    if record is None or not broken_off(record):
        return None
    decided = f"{broken_words(record)}; {rest_words(facts, record)}"
    if still_to_give(facts, record):
        return "due", decided
    return ("recorded", decided) if record.id in facts.rests else ("stop", broken_words(record))


def _given_words(record: DoseRecord) -> str:
    from bedside.ward.held_given import IN_SPITE, spite_words

    return f"recorded, {IN_SPITE}" if spite_words(record) else "recorded"


def _running_for_days(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, plan: DrugPlan
) -> tuple[Mark, str] | None:
    """A continuous infusion that runs, or is paused, on the day of a dose."""
    if not plan.continuous or not facts.infusions:
        return None
    from bedside.ward.continuous import running_words

    runs = running_words(ward, facts, (dose.course_key, dose.drug, dose.route))
    if runs and held_on(facts, dose):
        return "stop", f"held, but {runs}"
    return ("clock", runs) if runs else None


def _not_yet(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> tuple[Mark, str]:
    """A dose of which nothing is recorded."""
    if held_on(facts, dose):
        return "hold", "held"
    course = facts.protocol.course(dose.course_key)
    blocked = "" if dose.route == "IT" else blocked_words(ward, facts, course)
    return ("hold", blocked) if blocked else ("due", "")


def held_items(ward: Ward, facts: InfantFacts, standing: Standing) -> tuple[HeldItem, ...]:
    """What is held or unknown, each with its reason."""
    items = list(restored_item(ward, facts))
    gate = standing.gate
    if (
        standing.waiting
        and standing.next is not None
        and gate is not None
        and gate.open is not True
    ):
        mark = "hold" if gate.open is False else "unknown"
        word = "held" if gate.open is False else "unknown"
        moments = dict.fromkeys(row.at for row in (gate.anc, gate.platelets))
        when = tuple(f"count of {write_date_time(moment)}" for moment in moments if moment)
        items.append(
            HeldItem(
                "hold" if mark == "hold" else "unknown",
                f"{standing.next.title} {word}: {gate.short}",
                when,
            )
        )
    for hold in standing.holds:
        what = ward.drugs.display_name(hold.drug) if hold.drug else "course"
        last = "" if hold.until_on is None else f" to {write_date(hold.until_on)}"
        since = f"since {write_date(hold.from_on)}{last}, {hold.recorded_by}"
        items.append(HeldItem("hold", f"{what} held: {hold.reason}", (since,)))
    items += [
        HeldItem("hold", words, (f"recorded by {hold.recorded_by}",))
        for hold, words in coming_holds(ward, facts)
    ]
    items += [
        HeldItem("hold", words, (f"recorded by {shift.recorded_by}",))
        for shift, words in shifts_in_sight(ward, facts)
    ]
    if facts.enrolment.kmt2a == "unknown":
        items.append(
            HeldItem("unknown", "KMT2A unknown", ("needed before the course after Induction",))
        )
    return tuple(items)


def next_due(items: tuple[DueItem, ...], clocks: tuple[VialClockView, ...]) -> datetime | None:
    """The earliest time at which something of this infant is due, for the board's order."""
    times = [item.at for item in items if item.at is not None and item.mark in ("due", "late")]
    times += [one.latest_start if one.started_at is None else one.finish_by for one in clocks]
    return min(times) if times else None
