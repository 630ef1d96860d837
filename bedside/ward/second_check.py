"""The blind second check of a dose: two people count weight, dose and volume, each alone.

The first person's figures are kept at once and shown to nobody until the second has counted. The
program compares, says what a difference looks like, and keeps both for ever; it chooses none. A
check belongs to one order: when the order is struck out, the check ends with it, and says so.
"""

from decimal import Decimal
from typing import TYPE_CHECKING, cast

from bedside.protocol.blind_check import Comparison, Counted, compare_counts, headline, row_words
from bedside.store.check_records import FirstCount, SecondCheck
from bedside.store.signature_records import DoseOrder
from bedside.units.dates import write_time
from bedside.units.quantities import BodyWeight, DrugAmount, DrugUnit
from bedside.units.refusal import Refused
from bedside.ward.check_reading import CheckRows, counted_by, rows_of
from bedside.ward.check_sheet import (
    earlier_weight,
    given_lines,
    order_figures,
    pharmacy_words,
    title_of,
)
from bedside.ward.check_standing import check_state, waiting_count
from bedside.ward.check_validity import rule_words
from bedside.ward.facts import facts_of
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.signatures import same_person, sign, why_same
from bedside.ward.views.check_state import CountedBy, Planned
from bedside.ward.views.second_check import CheckResult, CheckSheet, ResultRow
from bedside.ward.views.signatures import Signer
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.change import Change


def check_sheet(ward: Ward, infant_id: int, planned: Planned) -> CheckSheet:
    """What a person who counts is given; asked anew for each of the two.

    Raises:
        Refused: nothing is ordered and released, or the check is matched already.
    """
    rows, order = _countable(ward, infant_id, planned)
    facts = facts_of(ward, infant_id)
    cannot: tuple[str, ...] = ()
    try:
        order_figures(ward, facts, order)
    except Refused as refused:
        cannot = refused.reasons
    waiting = waiting_count(ward, rows)
    return CheckSheet(
        title=title_of(ward, facts, order),
        order_id=order.id,
        unit=cast(DrugUnit, order.unit),
        lines=given_lines(ward, facts, order),
        first=None if waiting is None else counted_by(ward, waiting),
        try_number=len(rows.seconds) + 1,
        earlier=earlier_weight(ward, facts, order),
        pharmacy=pharmacy_words(ward),
        demonstration=ward.demonstration,
        cannot=cannot,
        holds=rule_words(ward),
    )


@one_act
def record_first(
    ward: Ward, infant_id: int, planned: Planned, counted: Counted, signer: Signer, *, who: str
) -> int:
    """Keep and sign what the first person counted; nobody sees it before the second has counted.

    Args:
        ward: the ward.
        infant_id: the infant.
        planned: course key, course day, drug and route.
        counted: her three figures.
        signer: from `confirmed_signer`.
        who: who records.

    Raises:
        Refused: nothing is ordered and released, the site's values are missing, the check is
            matched already, or somebody has counted first and waits.
    """
    who = named(who)
    rows, order = _countable(ward, infant_id, planned)
    order_figures(ward, facts_of(ward, infant_id), order)
    waiting = waiting_count(ward, rows)
    if waiting is not None:
        raise Refused(
            f"{waiting.name} has counted first at {write_time(ward.local(waiting.counted_at))}: "
            "your count is the second. Leave, and open the check again."
        )
    number = 1 + max((row.try_number for row in rows.firsts), default=0)
    columns = _columns(ward, infant_id, order, counted, signer) | {"try_number": number}
    with ward.store.change(who, "counted a dose first, blind", ward.now()) as change:
        row_id = change.add(FirstCount, **columns)
        _sign(ward, change, infant_id, "first_count", row_id, signer)
        return row_id


@one_act
def record_second(
    ward: Ward, infant_id: int, planned: Planned, counted: Counted, signer: Signer, *, who: str
) -> CheckResult:
    """Compare the second person's count with the first's and with the order; keep and sign it.

    Returns:
        The comparison, matched or not: both are kept.

    Raises:
        Refused: nobody has counted first, or it was the same person; what was typed stays.
    """
    who = named(who)
    rows, order = _countable(ward, infant_id, planned)
    facts = facts_of(ward, infant_id)
    figures = order_figures(ward, facts, order)
    first = waiting_count(ward, rows)
    if first is None:
        raise Refused("Nobody has counted this dose first today: your count would be the first.")
    by = Signer(first.person_id, first.name, first.role)
    if same_person(by, signer):
        raise Refused(
            f"{first.name} has counted first: the same person cannot be the second. "
            "Nothing was compared; another person types her own three figures.",
            *why_same(by, signer),
        )
    found = compare_counts(
        _of_row(first), counted, figures.counted, step_ml=figures.step_ml, mark=ward.decimal_mark
    )
    columns = _columns(ward, infant_id, order, counted, signer)
    columns |= {"try_number": first.try_number, "first_id": first.id, "outcome": found.result}
    with ward.store.change(who, "counted a dose second, blind", ward.now()) as change:
        row_id = change.add(SecondCheck, **columns)
        _sign(ward, change, infant_id, "second_check", row_id, signer)
    return CheckResult(
        title=title_of(ward, facts, order),
        headline=headline(found),
        matched=found.result == "matched",
        rows=_result_rows(found, ward.decimal_mark),
        first=counted_by(ward, first),
        second=CountedBy(signer.name, signer.role, ward.now(), signer.person_id),
        try_number=first.try_number,
        pharmacy=pharmacy_words(ward),
    )


def _result_rows(found: Comparison, mark: str) -> tuple[ResultRow, ...]:
    return tuple(
        ResultRow(
            each.measure,
            each.unit,
            each.first,
            each.second,
            each.right,
            *row_words(each, mark),
            each.looks,
        )
        for each in found.measures
    )


def _countable(ward: Ward, infant_id: int, planned: Planned) -> tuple[CheckRows, DoseOrder]:
    """The counts and the order of a dose that may be counted now."""
    from bedside.ward.orders import order_state

    rows = rows_of(ward, infant_id, planned)
    blocks = order_state(ward, infant_id, *planned).blocks_giving
    if rows.order is None or blocks:
        raise Refused(*(blocks or ("This dose is not ordered: a physician prescribes it first.",)))
    state = check_state(ward, infant_id, *planned)
    if state.stage == "matched":
        raise Refused(f"The second check of this dose is {state.words}: nothing more is counted.")
    return rows, rows.order


def _columns(
    ward: Ward, infant_id: int, order: DoseOrder, counted: Counted, signer: Signer
) -> dict[str, object]:
    volume = counted.volume_ml * 1000
    if volume != int(volume):
        raise Refused("A volume is read to a thousandth of a mL at most.")
    if counted.dose.unit != order.unit:
        raise ValueError("a dose is counted in the unit of its order")
    return {
        "infant_id": infant_id,
        "order_id": order.id,
        "weight_g": counted.weight.g,
        "dose": counted.dose.value,
        "unit": counted.dose.unit,
        "volume_ul": int(volume),
        "name": signer.name,
        "role": signer.role,
        "person_id": signer.person_id,
        "counted_at": ward.now(),
    }


def _of_row(row: FirstCount) -> Counted:
    dose = DrugAmount(row.dose, cast(DrugUnit, row.unit))
    return Counted(BodyWeight(row.weight_g), dose, Decimal(row.volume_ul) / 1000)


def _sign(
    ward: Ward, change: "Change", infant_id: int, table: str, row_id: int, signer: Signer
) -> None:
    sign(
        ward,
        change,
        infant_id=infant_id,
        table_name=table,
        row_id=row_id,
        meaning="checked",
        signer=signer,
    )
