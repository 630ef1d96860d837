"""What must stand before a dose is given: a released order, a matched check, two identifiers, a signature.

A dose of paper hours names the two people of the paper check and why it was on paper. It is marked
as such for ever, and is never counted as a blind check (`DoseGiving`).
"""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bedside.store.check_records import DoseGiving
from bedside.store.queries import of_infant
from bedside.units.dates import write_date, write_date_time
from bedside.units.paper_letters import bare
from bedside.units.refusal import Refused
from bedside.ward.check_standing import check_state
from bedside.ward.one_person import why_one_person
from bedside.ward.people import LONGEST_NAME, person_key
from bedside.ward.signatures import sign
from bedside.ward.two_identifiers import check_identifiers
from bedside.ward.views.check_state import CheckState, Planned
from bedside.ward.views.given import WHOLE_DAY, GivenBy, OfDay, PaperCheck
from bedside.ward.views.orders import ENDED
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.change import Change

ON_PAPER = (
    "The program cannot hold the order of this dose, so nobody checks it here: record it from "
    "paper, with the two people of the paper check."
)


def why_not_give(ward: Ward, infant_id: int, planned: Planned) -> tuple[str, ...]:
    """Every reason why a dose may not be given today: its order, then its second check; () when it may."""
    from bedside.ward.orders import order_state

    order = order_state(ward, infant_id, *planned)
    if order.stage == "on paper":
        return (ON_PAPER,)
    if order.blocks_giving:
        return order.blocks_giving
    return check_state(ward, infant_id, *planned).blocks_giving


def checked_before(ward: Ward, infant_id: int, planned: Planned) -> CheckState | None:
    """The check under which a vial was made, or None where there never was an order of it.

    A vial that runs is not lost to a formality: the check need not be of today, and a weight that
    has grown old since is not asked about. Only what was struck out since stops it.

    Raises:
        Refused: the order or its check is void since, with why.
    """
    from bedside.ward.orders import order_state

    order = order_state(ward, infant_id, *planned)
    state = check_state(ward, infant_id, *planned)
    if order.order_id is None and state.tries == 0:
        return None
    if order.stage in (*ENDED, "not ordered"):
        raise Refused(*(order.blocks_giving or ("The order of this dose does not stand.",)))
    if state.check_id is None:
        raise Refused(*state.blocks_giving)
    return state


def check_paper(paper: PaperCheck) -> None:
    """Refuse a check on paper that does not name two different people and the reason."""
    names = [paper.first.strip(), paper.second.strip()]
    reasons = []
    if not all(person_key(name) for name in names):
        reasons.append("From paper: type the names of the two people who checked it on paper.")
    elif why := why_one_person(*names):
        reasons.append(f"From paper: two different people check a dose. {why}")
    if any(len(name) > LONGEST_NAME or not bare(name).isprintable() for name in names):
        reasons.append(f"A name is one line of at most {LONGEST_NAME} letters.")
    if not paper.reason.strip():
        reasons.append("From paper: why was it not checked here? Say it, for example: no power.")
    if reasons:
        raise Refused(*reasons)


def given_at(ward: Ward, by: GivenBy, planned_on: date) -> datetime:
    """When a dose was given, in the ward's zone.

    Raises:
        Refused: it lies in the future, before the planned day, or on an earlier day without paper.
    """
    at = ward.now() if by.at is None else by.at
    if at > ward.now() + timedelta(minutes=1):
        raise Refused(f"{write_date_time(ward.local(at))} lies in the future: check the time.")
    day = ward.local(at).date()
    if day < planned_on:
        raise Refused(
            f"It is planned for {write_date(planned_on)}; {write_date(day)} lies before: check the "
            "date."
        )
    if day != ward.today() and by.paper is None:
        raise Refused(
            f"It was given on {write_date(day)}, not today: record it from paper, with the two "
            "people of the paper check."
        )
    return ward.local(at)


def check_given(
    ward: Ward, infant_id: int, planned: Planned, by: GivenBy, of: OfDay = WHOLE_DAY
) -> CheckState | None:
    """The check that a dose given today rests on; None where it was checked on paper.

    Args:
        ward: the ward.
        infant_id: the infant.
        planned: course key, course day, drug and route.
        by: who gave it.
        of: which dose of the day, of a drug that is given several times: the label must be its own.

    Raises:
        Refused: the identifiers are not this infant's, the order is not released, the check is not
            matched, or the check on paper is not whole.
    """
    on_paper = by.paper is not None
    check_identifiers(ward, infant_id, by.identifiers, planned, on_paper=on_paper, of=of)
    if by.paper is not None:
        check_paper(by.paper)
        return None
    reasons = why_not_give(ward, infant_id, planned)
    if reasons:
        raise Refused(*reasons)
    return check_state(ward, infant_id, *planned)


def keep_giving(
    change: "Change",
    ward: Ward,
    infant_id: int,
    planned: Planned,
    times: tuple[date, datetime],
    by: GivenBy,
    check: CheckState | None,
    of: OfDay = WHOLE_DAY,
) -> int:
    """Keep when a dose was planned and given, how it was checked, and who signs that it was given.

    Args:
        change: the change that records the dose.
        ward: the ward.
        infant_id: the infant.
        planned: course key, course day, drug and route.
        times: the planned day, and when it was given.
        by: who gave it.
        check: the matched check; None for a check on paper.
        of: which dose of the day, of a drug that is given several times.
    """
    paper = by.paper if check is None else None
    row_id = change.add(
        DoseGiving,
        infant_id=infant_id,
        course_key=planned[0],
        course_day=planned[1],
        drug=planned[2],
        route=planned[3],
        planned_on=times[0],
        given_at=times[1],
        order_id=None if check is None else check.order_id,
        check_id=None if check is None else check.check_id,
        paper_first="" if paper is None else paper.first.strip(),
        paper_second="" if paper is None else paper.second.strip(),
        paper_reason="" if paper is None else paper.reason.strip(),
        hour=of.hour,
        turn=of.turn,
    )
    sign(
        ward,
        change,
        infant_id=infant_id,
        table_name="dose_giving",
        row_id=row_id,
        meaning="given",
        signer=by.signer,
    )
    return row_id


def strike_giving(
    change: "Change", infant_id: int, planned: Planned, reason: str, of: OfDay = WHOLE_DAY
) -> None:
    """Strike out what was kept of a dose given, when the dose itself is struck out."""
    for row in of_infant(change.connection, DoseGiving, infant_id):
        same = (row.course_key, row.course_day, row.drug, row.route) == planned
        if same and (row.hour, row.turn) == (of.hour, of.turn):
            change.void(DoseGiving, row.id, reason)
