"""The ward board: every infant, late ones first, then by the next time due."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from bedside.clinical.age import age_on
from bedside.ward.due import NO_ORDERS, due_today, held_items, next_due, or_not_known
from bedside.ward.facts import InfantFacts, facts_of_all
from bedside.ward.fever_clock import fever_clock
from bedside.ward.infants import SEX_WORDS, dlt_line
from bedside.ward.standing import standing_of
from bedside.ward.vial_clocks import running_clocks
from bedside.ward.views.board import Board, BoardRow
from bedside.ward.views.fever import FeverClockView
from bedside.ward.views.marks import DltLine, DueItem, HeldItem, VialClockView
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.protocol.model import Course
    from bedside.ward.due_orders import OrdersTold


def board(ward: Ward) -> Board:
    """The ward list as of now."""
    with ward.one_moment(), ward.store.one_state():
        return _board(ward)


def _board(ward: Ward) -> Board:
    everyone = facts_of_all(ward)
    families = _families(everyone)
    judged = _judged(ward, everyone)
    orders = _orders(ward, everyone)
    placed = [_row(ward, facts, families, (judged, orders)) for facts in everyone]
    far = datetime.max.replace(tzinfo=UTC)
    placed.sort(key=lambda pair: (not pair[0].late, pair[1] or far, pair[0].bed))
    rows = tuple(row for row, _ in placed)
    if ward.kept_orders is not None:
        rows = _with_alike(rows, everyone)
    marks = [item.mark for row in rows for item in row.held if not _of_orders(item)]
    return Board(
        rows=rows,
        ordered_at=ward.now(),
        shift_text="",
        late=sum(row.late for row in rows),
        clocks_running=sum(
            len(row.clocks) + len(row.infusions) + (row.fever is not None) for row in rows
        ),
        held=marks.count("hold"),
        stopped=marks.count("stop"),
        unknown=marks.count("unknown"),
        void=sum(any(map(_of_orders, row.held)) for row in rows),
        mend=sum(any(item.mark == "mend" for item in row.held) for row in rows),
        checks=sum(len(row.checks) + row.dlt.decisions_due for row in rows),
        judged=ward.kept_orders is not None,
    )


def _with_alike(
    rows: tuple[BoardRow, ...], everyone: tuple[InfantFacts, ...]
) -> tuple[BoardRow, ...]:
    """The rows with every name that may be taken for another one; after the first paint."""
    from bedside.ward.board_names import alike_words

    found = alike_words(tuple(facts.infant for facts in everyone))
    return tuple(replace(row, same_family=found.get(row.infant_id, "")) for row in rows)


def _of_orders(item: HeldItem) -> bool:
    """Whether it is an order that does not stand any more."""
    return item.mark == "stop" and item.door == "orders"


def _orders(ward: Ward, everyone: tuple[InfantFacts, ...]) -> "Mapping[int, OrdersTold]":
    """What the orders ask for, once the list has been painted for the first time."""
    if ward.kept_orders is None:
        return {}
    from bedside.ward.board_orders import judged_orders

    return judged_orders(ward, everyone)


def _judged(ward: Ward, everyone: tuple[InfantFacts, ...]) -> Mapping[int, DltLine]:
    """The DLT states, once the list has been painted for the first time."""
    if ward.kept_dlt is None:
        return {}
    from bedside.ward.board_dlt import judged_lines

    return judged_lines(ward, everyone)


def _row(
    ward: Ward,
    facts: InfantFacts,
    families: Mapping[str, list[InfantFacts]],
    known: "tuple[Mapping[int, DltLine], Mapping[int, OrdersTold]]",
) -> tuple[BoardRow, datetime | None]:
    judged, told = known[0], known[1].get(facts.infant.id)
    standing, infant = standing_of(ward, facts), facts.infant
    due = _due(ward, facts, told)
    clocks = running_clocks(ward, facts)
    fever = fever_clock(ward, facts)
    waiting, running = fever is not None and fever.given_at is None, standing.running
    row = BoardRow(
        infant_id=infant.id,
        bed=infant.bed,
        family=infant.family,
        given=infant.given,
        age_text=age_on(infant.born, ward.today()).text,
        sex=SEX_WORDS[infant.sex],
        hospital_number=infant.hospital_number,
        same_family=_same_family(facts, families),
        course_title="not started" if running is None else running.title,
        course_day=standing.day,
        protocol_title=facts.protocol.title,
        priming=running is not None and running.kind == "priming",
        due=due,
        held=(*(() if told is None else told.items), *held_items(ward, facts, standing)),
        clocks=clocks,
        dlt=judged.get(infant.id) or dlt_line(ward, facts),
        late=_is_late(ward, due, clocks, fever if waiting else None),
        fever=fever,
        study_number=facts.enrolment.study_number,
        infusions=_infusions(ward, facts, running),
        checks=() if told is None else told.checks,
        judged=told is not None,
    )
    at = next_due(due, clocks)
    if waiting and fever is not None:
        at = fever.due_at if at is None else min(at, fever.due_at)
    return row, at


def _due(ward: Ward, facts: InfantFacts, told: "OrdersTold | None") -> tuple[DueItem, ...]:
    """What is due today; before the orders were judged, without what they say beside it."""
    if told is None:
        return due_today(ward, facts, NO_ORDERS)
    return or_not_known(due_today(ward, facts, told.notes), told.days_open)


def _infusions(
    ward: Ward, facts: InfantFacts, running: "Course | None"
) -> tuple[tuple[str, str, str], ...]:
    """The continuous infusions that run, or that the running course plans; few infants have one."""
    planned = running is not None and any(plan.continuous for plan in running.drugs)
    if not planned and not facts.infusions:
        return ()
    from bedside.ward.continuous import told_on_list

    return told_on_list(ward, facts)


def _is_late(
    ward: Ward,
    due: tuple[DueItem, ...],
    clocks: tuple[VialClockView, ...],
    fever: FeverClockView | None,
) -> bool:
    return (
        any(item.mark == "late" for item in due)
        or any(clock.standing(ward.now()) not in ("running", "infusing") for clock in clocks)
        or (fever is not None and fever.due_at < ward.now())
    )


def _families(everyone: tuple[InfantFacts, ...]) -> Mapping[str, list[InfantFacts]]:
    families: dict[str, list[InfantFacts]] = defaultdict(list)
    for facts in everyone:
        families[facts.infant.family.casefold()].append(facts)
    return families


def _same_family(facts: InfantFacts, families: Mapping[str, list[InfantFacts]]) -> str:
    beds = [
        other.infant.bed or other.infant.given
        for other in families[facts.infant.family.casefold()]
        if other.infant.id != facts.infant.id
    ]
    return f"same family name: bed {', '.join(beds)}" if beds else ""
