"""The open tasks of the ward, gathered from what each page says already: nothing is judged a second time.

Due, late, held, clocks and DLT come from the ward list's own rows; orders and checks from the orders;
rounds and proposals from the ward's round; papers from what was printed. A task has a key that stays
while it is the same task, so that who took it is known.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from bedside.papers.handover import Kind
from bedside.units.dates import write_date, write_time
from bedside.ward.board import board
from bedside.ward.board_dlt import judge_board
from bedside.ward.due_ended import DO_NOT_GIVE, STOP_IT
from bedside.ward.due_orders import unrecorded_words
from bedside.ward.facts import InfantFacts, facts_of_all, prints_of
from bedside.ward.orders import order_rows
from bedside.ward.printing import printed_papers
from bedside.ward.rest import key_of_record
from bedside.ward.standing import standing_of
from bedside.ward.toxicity_ward_round import ward_round
from bedside.ward.vial_order import order_ended
from bedside.ward.vial_told import vial_told
from bedside.ward.views.board import BoardRow
from bedside.ward.views.handover import OpenTask
from bedside.ward.views.marks import Mark, VialClockView
from bedside.ward.views.orders import OrderRow, Stage
from bedside.ward.views.round import WardRoundRow
from bedside.ward.ward import Ward

_NEXT: dict[Stage, str] = {
    "prescribed": "a pharmacist verifies",
    "verified": "a pharmacist releases",
    "sent back": "sent back: a physician prescribes anew",
    "void": "its order is void: a physician prescribes anew",
}
_RANK: tuple[Kind, ...] = (
    "clock", "due", "check", "order", "not recorded", "held", "DLT", "round", "laboratory", "paper",
)  # fmt: skip


def tasks_now(ward: Ward) -> tuple[OpenTask, ...]:
    """Every open task: late ones first, then what stops a dose, by the time, then by sort and bed."""
    judge_board(ward)  # the list then says which DLT decisions are due
    rows = {row.infant_id: row for row in board(ward).rows}
    rounds = {row.infant_id: row for row in ward_round(ward)}
    found: list[OpenTask] = []
    for facts in facts_of_all(ward):
        row = rows[facts.infant.id]
        orders = order_rows(ward, facts)
        found += [_vial(ward, row, clock, void=_void(orders, facts, clock)) for clock in row.clocks]
        found += _of_list(ward, row)
        found += _of_round(ward, row, rounds[row.infant_id])
        found += _of_orders(ward, orders, row)
        found += _not_recorded(ward, facts, row)
        found += _papers(ward, facts, row)
    far = datetime.max.replace(tzinfo=UTC)
    found.sort(
        key=lambda task: (
            task.mark != "late", not _stops(task), task.at or far, _RANK.index(task.kind), _bed(task.bed), task.key,
        )
    )  # fmt: skip
    return tuple(found)


def _stops(task: OpenTask) -> bool:
    """Whether it is a stop that waits for a person, a physician above all; an old paper is none."""
    return task.mark == "stop" and task.kind == "held"


def _task(
    row: BoardRow,
    kind: Kind,
    mark: Mark,
    key: str,
    words: str,
    *,
    at: datetime | None = None,
    note: str = "",
) -> OpenTask:
    return OpenTask(
        key=f"{kind}|{row.infant_id}|{key}",
        infant_id=row.infant_id,
        bed=row.bed,
        infant=f"{row.family}, {row.given}",
        alike=row.same_family,
        kind=kind,
        mark=mark,
        at=at,
        words=words,
        note=note,
    )


def _of_list(ward: Ward, row: BoardRow) -> Iterator[OpenTask]:
    """What the ward list says of an infant: fever, due, held, DLT."""
    yield from _fever(ward, row)
    today = ward.today().isoformat()
    for item in row.due:
        if item.mark in ("due", "late"):
            words = " ".join(part for part in (item.drug, item.text) if part)
            when = today if item.at is None else item.at.isoformat()
            key = f"{when}|{words}"
            yield _task(row, "due", item.mark, key, words, at=item.at, note=item.note)
    for held in row.held:
        what, _, why = held.headline.partition(": ")
        note = "; ".join(part for part in (why, *held.details) if part)
        yield _task(row, "held", held.mark, what, f"review: {what}", note=note)
    count = row.dlt.decisions_due
    if count:
        words = "1 toxicity asks" if count == 1 else f"{count} toxicities ask"
        yield _task(row, "DLT", "due", "decide", f"{words} for a DLT decision")


def _vial(ward: Ward, row: BoardRow, clock: VialClockView, *, void: bool) -> OpenTask:
    """A running vial: what is to be done with it now, never by a time that has passed."""
    standing, begun = clock.standing(ward.now()), clock.started_at is not None
    head, told = vial_told(clock, ward.now())
    if void:
        head, told = f"order VOID, {head}", STOP_IT if begun else DO_NOT_GIVE
    shorter = standing == "too late"  # by when it can still be started
    waits = clock.latest_start_shortest if shorter else clock.latest_start
    end = clock.finish_by if begun else waits
    mark: Mark = "late" if standing in ("too late", "discard", "over time") else "clock"
    return _task(row, "clock", mark, str(clock.dose_id), f"azaCITIDine {head}: {told}", at=end)


def _void(orders: tuple[OrderRow, ...], facts: InfantFacts, clock: VialClockView) -> bool:
    """Whether the order of a running vial does not stand any more."""
    made = next(row for row in facts.doses if row.id == clock.dose_id)
    return order_ended(orders, key_of_record(made))


def _fever(ward: Ward, row: BoardRow) -> Iterator[OpenTask]:
    fever = row.fever
    if fever is None:
        return
    key = f"fever {fever.episode_id}"
    if fever.given_at is None:
        late = fever.due_at < ward.now()
        mark: Mark = "late" if late else "clock"
        due = write_time(fever.due_at)
        words = (
            f"first antibiotic now: it was due by {due}" if late else f"first antibiotic by {due}"
        )
        yield _task(row, "clock", mark, key, words, at=fever.due_at, note=fever.because)
    else:
        note = f"first antibiotic given {write_time(fever.given_at)}"
        yield _task(row, "clock", "clock", f"{key} open", "fever clock open", note=note)


def _of_round(ward: Ward, row: BoardRow, found: WardRoundRow) -> Iterator[OpenTask]:
    if found.due:
        last = f"last round {found.round_words}" if found.round_words else "no round yet"
        key = ward.today().isoformat()
        yield _task(row, "round", "due", key, "toxicity round", note=last)
    if found.proposals:
        one = found.proposals == 1
        words = "1 laboratory proposal" if one else f"{found.proposals} laboratory proposals"
        yield _task(row, "laboratory", "due", "proposals", f"answer {words}")


def _of_orders(ward: Ward, orders: tuple[OrderRow, ...], row: BoardRow) -> Iterator[OpenTask]:
    """Orders that wait for somebody's step, and released doses of today that wait for their check."""
    soon = ward.today() + timedelta(days=1)
    for order in orders:
        course, day, drug, route = order.key
        key = f"{course}|{day}|{drug}|{route}"
        when = "" if order.on == ward.today() else f"for {write_date(order.on)}"
        stage = order.state.stage
        if stage == "released" and not order.given and order.on <= ward.today():
            if not order.checked_by_two:
                words = f"blind second check: {order.words}"
                yield _task(row, "check", "due", key, words, note=order.checked)
        elif (step := _step(order, soon=order.on <= soon)) and order.on >= ward.today():
            words = f"{step}: {order.words}"
            yield _task(row, "order", "due", f"{key}|{stage}", words, note=when)


def _step(order: OrderRow, *, soon: bool) -> str:
    """What an order waits for; "" for nothing that can be done now."""
    if order.given:
        return ""
    stage = order.state.stage
    if stage == "not ordered":
        return "a physician prescribes" if soon and not order.why_not else ""
    return _NEXT.get(stage, "")


def _not_recorded(ward: Ward, facts: InfantFacts, row: BoardRow) -> Iterator[OpenTask]:
    """Planned doses of days gone by of which nothing is recorded."""
    standing = standing_of(ward, facts)
    if standing.running is None:
        return
    projected = standing.projected(standing.running.key)
    if projected is None:
        return
    missing, kinds = unrecorded_words(facts, projected.doses, standing.today)
    if missing:
        words = f"say what became of {missing} of {standing.running.title}"
        yield _task(row, "not recorded", "unknown", standing.running.key, words, note=kinds)


def _papers(ward: Ward, facts: InfantFacts, row: BoardRow) -> Iterator[OpenTask]:
    """Papers that may still lie about and do not hold any more."""
    with ward.store.reading() as connection:
        if not prints_of(connection, facts.infant.id):
            return
    papers = printed_papers(ward, facts)
    standing = {paper.sheet_number for paper in papers if not (paper.replaced or paper.void)}
    for paper in papers:
        if paper.replaced and paper.sheet_number in standing:
            continue  # whoever printed the later copy was told to take it away
        if paper.out_of_date and not paper.is_over and not paper.void:
            words = f"take away: {paper.title}, {paper.sheet_number} copy {paper.copy}"
            key = str(paper.print_id)
            yield _task(row, "paper", "stop", key, words, note=paper.out_of_date)


def _bed(bed: str) -> tuple[int, str]:
    """Beds in the order of their figures: 9 before 10."""
    figures = "".join(letter for letter in bed if letter.isdecimal())
    return int(figures) if figures else 0, bed
