"""A running vial with whose it is, for the clock that is read from across the room.

No dose, weight or volume is in it: a blind count beside it must not be given away (hazard H1).
"""

from datetime import UTC, datetime

from msgspec import Struct

from bedside.store.queries import one
from bedside.store.records import DoseRecord
from bedside.units.dates import write_date_time, write_time
from bedside.ward.facts import InfantFacts, facts_of_all
from bedside.ward.orders import order_rows
from bedside.ward.rest import key_of_record
from bedside.ward.vial_clocks import clock_view
from bedside.ward.vial_order import order_ended
from bedside.ward.views.marks import VialClockView
from bedside.ward.ward import Ward

_ROUTES = {"IV": "intravenous", "SC": "subcutaneous"}


class ClockShown(Struct, frozen=True):
    """One vial as it stands.

    Args:
        infant_id: whose it is.
        dose_id: the recorded dose.
        name: FAMILY, Given.
        bed: "bed 2".
        dose: drug, route, course and day, without an amount.
        clock: its times; None once it runs no more.
        void: its order does not stand any more.
        ended: how it ended, "" while it runs.
        lost: it ended as lost.
    """

    infant_id: int
    dose_id: int
    name: str
    bed: str
    dose: str
    clock: VialClockView | None
    void: bool = False
    ended: str = ""
    lost: bool = False


def clocks_shown(ward: Ward) -> tuple[ClockShown, ...]:
    """Every vial whose clock runs, the most urgent first."""
    found = [
        _shown(ward, facts, row)
        for facts in facts_of_all(ward)
        for row in facts.doses
        if row.state == "vial running" and clock_view(ward, facts, row) is not None
    ]
    return tuple(sorted(found, key=_asks_at))


def clock_shown(ward: Ward, dose_id: int) -> ClockShown | None:
    """A vial by its dose, also once its clock runs no more; None where it was struck out.

    Args:
        ward: the ward.
        dose_id: the recorded dose.
    """
    with ward.store.reading() as connection:
        meant = one(connection, DoseRecord, dose_id)
    # each act writes its record anew: the newest one of the same dose says how it stands
    key = key_of_record(meant)
    for facts in facts_of_all(ward):
        rows = [row for row in facts.doses if row.id >= dose_id and key_of_record(row) == key]
        if facts.infant.id == meant.infant_id and rows:
            return _shown(ward, facts, min(rows, key=lambda row: row.id))
    return None


def _asks_at(shown: ClockShown) -> datetime:
    clock = shown.clock
    if clock is None:
        return datetime.max.replace(tzinfo=UTC)
    moment = clock.latest_start if clock.started_at is None else clock.finish_by
    return moment.astimezone(UTC)


def _shown(ward: Ward, facts: InfantFacts, row: DoseRecord) -> ClockShown:
    infant = facts.infant
    course = facts.protocol.course(row.course_key)
    bed = f"bed {infant.bed}" if infant.bed else "no bed"
    drug = ward.drugs.display_name(row.drug)
    runs = row.state == "vial running"
    key = key_of_record(row)
    return ClockShown(
        infant_id=infant.id,
        dose_id=row.id,
        name=f"{infant.family}, {infant.given}",
        bed=bed,
        dose=f"{drug} {_ROUTES.get(row.route, row.route)}, {course.title} day {row.course_day}",
        clock=clock_view(ward, facts, row) if runs else None,
        void=runs and order_ended(order_rows(ward, facts), key),
        ended="" if runs else _ended(ward, row),
        lost=row.state == "vial lost",
    )


def _ended(ward: Ward, row: DoseRecord) -> str:
    """How a vial's clock came to its end."""
    if row.state == "vial lost":
        began = row.reconstituted_at
        made = "" if began is None else f", reconstituted {write_date_time(ward.local(began))}"
        return f"This vial is recorded as lost{made}. {row.note}".strip()
    if row.state == "given" and row.finished_at is not None:
        at = write_time(ward.local(row.finished_at))
        return f"The infusion is recorded as finished at {at}."
    return "This dose is recorded as not given."
