"""Where the second check of a planned dose stands, without a figure of it.

Apart from the counting itself: the ward list asks it for every infant, and needs nothing of a form.
"""

from msgspec.structs import replace

from bedside.store.check_records import DoseGiving, FirstCount, SecondCheck
from bedside.store.queries import of_infant
from bedside.units.dates import write_date_time, write_time
from bedside.ward.check_reading import CheckRows, counted_by, rows_of, unsigned
from bedside.ward.check_validity import holds_words, over_words, still_holds
from bedside.ward.views.check_state import CheckState, CountedBy, Stage
from bedside.ward.ward import Ward

NO_CHECK = "No blind second check is matched for this dose: two people count it, each alone."


def check_state(
    ward: Ward, infant_id: int, course_key: str, day: int, drug: str, route: str
) -> CheckState:
    """Where the second check of a planned dose stands now; no figure of it is told.

    Args:
        ward: the ward.
        infant_id: the infant.
        course_key: the course.
        day: its course day.
        drug: the drug's key.
        route: its route.
    """
    rows = rows_of(ward, infant_id, (course_key, day, drug, route))
    void = _void_words(ward, rows)
    if rows.order is None:
        stage: Stage = "void" if void else "not checked"
        return CheckState(stage, void or "not checked", (void or NO_CHECK,), len(rows.seconds))
    waiting, last = waiting_count(ward, rows), rows.last
    if waiting is not None:
        by = counted_by(ward, waiting)
        words = f"first counted by {by.words} at {write_time(by.at)}; the second counts now"
        return _state(rows, "first counted", words, first=by)
    if last is None:
        stage = "void" if void else "not checked"
        return _state(rows, stage, void or "not checked")
    return _compared_state(ward, rows, last)


def _compared_state(ward: Ward, rows: CheckRows, last: SecondCheck) -> CheckState:
    first = next(row for row in rows.firsts if row.id == last.first_id)
    by = (counted_by(ward, first), counted_by(ward, last))
    two = f"{by[0].words} and {by[1].words}"
    if last.outcome != "matched":
        words = f"differs, try {last.try_number}: {two}, {write_time(by[1].at)}; count again"
        return _state(rows, "differs", words, by)
    with ward.store.reading() as connection:
        why = unsigned(ward, connection, (first, last))
    why = why or _order_void(ward, rows)
    if why:
        return _state(rows, "void", f"the check of {two} is void: {why}", by)
    if used := _used(ward, rows, last):
        words = f"matched by {two}, {write_time(by[1].at)}, and given for {used}; count anew"
        return _state(rows, "not checked", words, by)
    if not still_holds(ward, last.counted_at):
        words = f"matched {over_words(ward, last.counted_at)}; count again"
        return replace(_state(rows, "not checked", words, by), check_id=last.id)
    words = f"matched by {two}, {write_time(by[1].at)}; {holds_words(ward, last.counted_at)}"
    return CheckState("matched", words, (), len(rows.seconds), last.order_id, last.id, by[0], by[1])


def _used(ward: Ward, rows: CheckRows, last: SecondCheck) -> str:
    """For which dose of the day a check was used; "" where it was not, or a day has one dose.

    A check is of one dose that is drawn up; the next one of the day is counted anew.
    """
    if rows.order is None or rows.order.doses_per_day == 1:
        return ""
    with ward.store.reading() as connection:
        givings = of_infant(connection, DoseGiving, last.infant_id)
    for row in givings:
        if row.check_id == last.id and row.hour is not None:
            return f"hour {row.hour}"
        if row.check_id == last.id and row.turn is not None:
            return f"dose {row.turn} of the day"
    return ""


def _order_void(ward: Ward, rows: CheckRows) -> str:
    """Why the order under a check is void though nobody has struck it out yet; "" where it stands."""
    from bedside.ward.orders import order_state

    row = rows.order
    if row is None:
        return ""
    key = (row.course_key, row.course_day, row.drug, row.route)
    order = order_state(ward, row.infant_id, *key)
    return "; ".join(order.why) if order.stage == "void" else ""


def _state(
    rows: CheckRows,
    stage: Stage,
    words: str,
    by: tuple[CountedBy, CountedBy] | None = None,
    first: CountedBy | None = None,
) -> CheckState:
    order = None if rows.order is None else rows.order.id
    blocks = NO_CHECK if words == "not checked" else f"Second check: {words}."
    first, second = (first, None) if by is None else by
    return CheckState(
        stage,
        words,
        (blocks,),
        len(rows.seconds),
        order,
        None,
        first,
        second,
    )


def _void_words(ward: Ward, rows: CheckRows) -> str:
    """What became of a check whose order was struck out since; "" where none was matched."""
    matched = [row for row in rows.former_seconds if row.outcome == "matched"]
    if not matched:
        return ""
    order = next(one for one in rows.former if one.id == matched[-1].order_id)
    when = write_date_time(ward.local(matched[-1].counted_at))
    return f"the check of {when} is void with its order: {order.void_reason}"


def waiting_count(ward: Ward, rows: CheckRows) -> FirstCount | None:
    """The first count that waits for a second; one whose time is over counts no more."""
    row = rows.waiting
    if row is None or not still_holds(ward, row.counted_at):
        return None
    return row
