"""What the orders of an infant ask for today: for the ward list, and for the page Where are we.

A nurse who works from the ward list alone must learn that an order is void, that a dose is blocked,
that somebody has still to prescribe, verify or release, that a planned dose of a day gone by is not
recorded, and that a printed paper is to be taken away (hazards H5, H6, H30).

Doses by needle or line only: doses by mouth are ordered on paper. A dose that is held is told as
held; its order is not asked for before the hold has ended.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from bedside.protocol.drugs import by_needle, route_words
from bedside.protocol.schedule import ProjectedDose
from bedside.units.dates import write_date_time
from bedside.units.registry import watched_amount
from bedside.ward.broken_off import broken_off, broken_words
from bedside.ward.due import dose_record, unrecorded
from bedside.ward.due_ended import (
    NOT_NOW,
    NOTES,
    STOP_IT,
    OrderOf,
    broken_items,
    ended_items,
    ended_words,
)
from bedside.ward.due_unplanned import NotPlanned
from bedside.ward.facts import InfantFacts, prints_of
from bedside.ward.order_facts import OrderFacts, key_of
from bedside.ward.orders import state_of, why_not_prescribe
from bedside.ward.rest import rest_words
from bedside.ward.standing import Standing, doses_today
from bedside.ward.views.board import OpenCheck
from bedside.ward.views.marks import HeldItem, Mark
from bedside.ward.views.orders import ENDED, OrderKey, OrderState, Stage
from bedside.ward.ward import Ward

WHO: dict[Stage, str] = {
    "not ordered": "a physician prescribes it",
    "prescribed": "a pharmacist verifies it",
    "verified": "a pharmacist releases it",
}
BLOCKED: tuple[Mark, str] = ("hold", "blocked")
TAKE_AWAY = "take away, print anew"
_MOST_LINES = 3
_BY_NEEDLE = "by needle or line"


class OrdersTold(Struct, frozen=True):
    """What is to be told of an infant's orders.

    Args:
        notes: beside each dose due today: a mark and a few words.
        items: void orders, blocked doses, doses not recorded, papers to take away.
        waiting: who has still to sign for a dose of today; the ward list says it beside the dose.
        headline: a mark and one sentence, None where nothing stands in the way.
        not_planned: for the head of the first page, None where every drug is planned.
        days_open: that drugs of the running course have no days here, "" where all have.
        undosed: of the doses of today whose amount is not known here, "" where all are.
        checks: what waits for another person's check or signature.
    """

    notes: Mapping[OrderKey, tuple[Mark, str]]
    items: tuple[HeldItem, ...]
    waiting: tuple[HeldItem, ...] = ()
    headline: tuple[Mark, str] | None = None
    not_planned: NotPlanned | None = None
    days_open: str = ""
    undosed: str = ""
    checks: tuple[OpenCheck, ...] = ()


def orders_told(ward: Ward, facts: InfantFacts, standing: Standing) -> OrdersTold:
    """Judge an infant's orders for today.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        standing: where she is up to.
    """
    everything = doses_today(ward, facts)
    due = tuple(dose for dose in everything if by_needle(dose.route))
    today, later = _judged(ward, facts, everything)
    papers = _papers(ward, facts)
    ended = ended_items((*today, *later))
    said = " ".join(item.headline for item in ended)
    items = (
        *ended,
        *(one for one in broken_items(ward, facts, standing) if one.headline not in said),
        *_blocked_items(today),
        *_not_recorded(ward, facts, standing),
        *papers,
    )
    return OrdersTold(
        notes={key_of(one.dose): _note(one) for one in today},
        items=items,
        waiting=_waiting_items(today),
        headline=_headline(
            today, later, alone=len(due) == 1 and all(by_needle(one.dose.route) for one in today)
        ),
    )


def _judged(
    ward: Ward, facts: InfantFacts, due: tuple[ProjectedDose, ...]
) -> tuple[tuple[OrderOf, ...], tuple[OrderOf, ...]]:
    """The doses of today that ask for something, and the later ones whose order does not stand."""
    with ward.store.reading() as connection:
        known = OrderFacts(ward, facts, connection, product=watched_amount)
        orders = known.newest_orders()
        later = [
            dose
            for key in orders
            if (dose := known.planned.get(key)) is not None and dose.on > ward.today()
        ]
        found: list[list[OrderOf]] = [[], []]
        later.sort(key=lambda dose: (dose.on, dose.course_day))
        for place, doses in enumerate((due, later)):
            for dose in doses:
                if known.held(dose) or not (key_of(dose) in orders or known.is_known(dose)):
                    continue
                state = state_of(known, connection, key_of(dose), orders)
                if state.stage == "not ordered" and _clock_runs(facts, dose):
                    continue  # taken over after a restore: nobody prescribes what runs already
                ended = state.stage in ENDED
                if ended or (place == 0 and _asks(state.stage, state.why)):
                    found[place].append(_order_of(known, dose, state))
    return tuple(found[0]), tuple(found[1])


def _order_of(known: OrderFacts, dose: ProjectedDose, state: OrderState) -> OrderOf:
    ended, record = state.stage in ENDED, dose_record(known.facts, dose)
    running = record is not None and record.state == "vial running"
    infusing = running and record is not None and record.started_at is not None
    broken, rest = "", ""
    if record is not None and broken_off(record):
        broken, rest = broken_words(record), rest_words(known.facts, record)
    stands = state.stage in ("prescribed", "verified", "released")
    blocked = state.why if stands else () if running else why_not_prescribe(known, dose)
    why = state.why if ended else ()
    name = _name(known.ward, dose)
    return OrderOf(dose, name, state.stage, why, blocked, running, infusing, broken, rest)


def _clock_runs(facts: InfantFacts, dose: ProjectedDose) -> bool:
    record = dose_record(facts, dose)
    return record is not None and record.state == "vial running"


def _asks(stage: Stage, why: tuple[str, ...]) -> bool:
    return stage in NOTES or (stage == "released" and bool(why))


def _name(ward: Ward, dose: ProjectedDose) -> str:
    name = ward.drugs.display_name(dose.drug)
    return f"{name} {route_words(dose.route)}" if dose.route == "IT" else name


def _note(one: OrderOf) -> tuple[Mark, str]:
    """What stands beside a dose of today."""
    if one.ended:
        if one.infusing:
            return "stop", "order VOID: STOP the infusion"
        if one.running:
            return "stop", "order VOID, vial clock runs"
        if one.broken:
            return "stop", one.broken
        if one.blocked:
            return "stop", f"{NOTES[one.stage][1].partition(':')[0]}, dose blocked"
        return NOTES[one.stage]
    return BLOCKED if one.blocked else NOTES[one.stage]


def _blocked_items(today: Iterable[OrderOf]) -> list[HeldItem]:
    days: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for one in today:
        if one.blocked and not one.ended:
            days[one.name, one.blocked].append(str(one.dose.course_day))
    return [
        HeldItem("hold", f"{name} day {', '.join(of_days)} blocked", why, "orders")
        for (name, why), of_days in days.items()
    ]


def _waiting_items(today: Iterable[OrderOf]) -> tuple[HeldItem, ...]:
    """Who has still to sign for a dose of today."""
    names: dict[Stage, list[str]] = defaultdict(list)
    for one in today:
        if not one.ended and not one.blocked:
            names[one.stage].append(one.name)
    return tuple(
        HeldItem("mend", f"{NOTES[stage][1]}: {_joined(of_stage)}", (WHO[stage],), "orders")
        for stage, of_stage in names.items()
    )


def _not_recorded(ward: Ward, facts: InfantFacts, standing: Standing) -> list[HeldItem]:
    """Doses by needle of the running course whose day has gone by and nobody recorded anything."""
    running = standing.running
    projected = None if running is None else standing.projected(running.key)
    days: dict[str, list[ProjectedDose]] = defaultdict(list)
    for dose in () if projected is None else projected.doses:
        past = dose.on < standing.today and by_needle(dose.route)
        if past and unrecorded(facts, dose):
            days[_name(ward, dose)].append(dose)
    if not days:
        return []
    lines = [
        f"{name} day {', '.join(str(dose.course_day) for dose in doses)}"
        for name, doses in days.items()
    ]
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], f"and {len(lines) - _MOST_LINES + 1} more drugs"]
    count = sum(map(len, days.values()))
    doses = "1 past dose" if count == 1 else f"{count} past doses"
    words = f"{doses} {_BY_NEEDLE} not recorded"  # the headline counts those by mouth as well
    return [HeldItem("unknown", words, tuple(lines), "orders")]


def unrecorded_words(
    facts: InfantFacts, doses: Iterable[ProjectedDose], today: date
) -> tuple[str, str]:
    """How many planned doses before today nobody recorded, and what they are made up of.

    Returns:
        "54 planned doses" and "47 by needle or line, 7 by mouth": the first is empty where all is
        recorded; the second names one kind only where there is one.
    """
    missing = [dose for dose in doses if dose.on < today and unrecorded(facts, dose)]
    if not missing:
        return "", ""
    needle = sum(by_needle(dose.route) for dose in missing)
    mouth = len(missing) - needle
    kinds = ((needle, _BY_NEEDLE), (mouth, "by mouth"))
    said = [(f"{count} {how}" if needle and mouth else how) for count, how in kinds if count]
    count = "1 planned dose" if len(missing) == 1 else f"{len(missing)} planned doses"
    return count, ", ".join(said)


def _papers(ward: Ward, facts: InfantFacts) -> tuple[HeldItem, ...]:
    """The printed papers that say something that does not hold any more."""
    with ward.store.reading() as connection:
        if not prints_of(connection, facts.infant.id):
            return ()
    from bedside.ward.due_papers import papers_to_take_away

    papers = papers_to_take_away(ward, facts)
    if not papers:
        return ()
    count = "1 printed paper is" if len(papers) == 1 else f"{len(papers)} printed papers are"
    numbers = ", ".join(f"{paper.sheet_number} copy {paper.copy}" for paper in papers)
    lines = tuple(
        f"{paper.title}, {paper.sheet_number} copy {paper.copy}, printed "
        f"{write_date_time(paper.printed_at)} by {paper.printed_by}"
        for paper in papers
    )
    return (HeldItem("mend", f"{count} out of date: {TAKE_AWAY}", lines, "papers", numbers),)


def _headline(
    today: tuple[OrderOf, ...], later: tuple[OrderOf, ...], *, alone: bool
) -> tuple[Mark, str] | None:
    """The one sentence for the first page; what stands against a dose of today comes first.

    Args:
        today: the doses of today that ask for something.
        later: later doses whose order does not stand any more.
        alone: one dose by needle is due today: it needs no name.
    """
    ended = [one for one in today if one.ended]
    if ended:
        stage: Stage = "sent back" if all(one.stage == "sent back" for one in ended) else "void"
        names = "" if alone else _joined(one.name for one in ended)
        words = ended_words(stage, names, blocked=all(one.blocked for one in ended))
        if any(one.infusing for one in ended):
            words = f"order VOID, its infusion runs: {STOP_IT}"
        elif any(one.running for one in ended):
            words = "order VOID, its vial clock runs: do not give it"
        elif broken := next((one for one in ended if one.broken), None):
            words = f"{broken.name}: {broken.broken}: {broken.rest}"
        return "stop", f"{words[:1].upper()}{words[1:]}."
    blocked = [one.name for one in today if one.blocked]
    if blocked:
        return "hold", f"Blocked today: {_joined(blocked)}."
    waiting = _waiting_items(today)
    if waiting:
        words = "; ".join(item.headline for item in waiting)
        return "mend", f"{words[:1].upper()}{words[1:]}."
    if later:
        days = dict.fromkeys(str(one.dose.course_day) for one in later)
        then = NOT_NOW if all(one.blocked for one in later) else "prescribe anew"
        return "mend", f"Orders VOID, day {', '.join(days)}: {then}."
    return None


def _joined(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))
