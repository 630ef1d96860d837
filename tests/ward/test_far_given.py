"""A dose given far from what was meant is told everywhere until a physician has seen it."""

from decimal import Decimal

import pytest

from bedside.store.dose_records import GivenSeen
from bedside.store.queries import of_infant
from bedside.units.quantities import DrugAmount
from bedside.units.refusal import Refused
from bedside.ward.board import board
from bedside.ward.board_dlt import judge_board
from bedside.ward.corrections import correctable, strike_out
from bedside.ward.far_given_acts import TABLE, seen_forms, sign_seen
from bedside.ward.given_doses import record_given
from bedside.ward.handover_tasks import tasks_now
from bedside.ward.signatures import signature_state
from bedside.ward.titration_decisions import record_decision
from bedside.ward.views.given import GivenAs
from bedside.ward.views.maintenance import NewTitration
from bedside.ward.where import where_are_we
from tests.ward.maintenance_bench import in_maintenance
from tests.ward.ordering import PAPER, by, signer
from tests.ward.wards import DOCTOR, NURSE, Bench

ORAL = ("maintenance", 1, "mercaptopurine", "PO or NG")
TOLD = "mercaptopurine day 1, given 170 mg, decided 17 mg"
DECIDED = "held until the counts of tomorrow"


@pytest.fixture
def far(bench: Bench) -> Bench:
    """17 mg of mercaptopurine decided, 170 mg recorded with a reason and a second person."""
    in_maintenance(bench)
    bench.weigh(9000)
    dose = {"percent": Decimal(100), "amount_mg": Decimal(17), "reason": "begun so"}
    form = NewTitration("mercaptopurine", bench.ward.today(), "recorded", **dose)
    doctor = signer(bench.ward, f"{DOCTOR}, physician")
    record_decision(bench.ward, bench.infant, form, doctor, who=DOCTOR)
    given = GivenAs(DrugAmount(Decimal(170)), "read off the bottle", "F. Okafor, pharmacist")
    on_paper = by(bench.ward, bench.infant, paper=PAPER)
    record_given(bench.ward, bench.infant, *ORAL, on_paper, who=NURSE, given=given)
    return bench


def told(bench: Bench) -> list[tuple[str, str, str]]:
    """What stands in red under To put right of the first page, on the ward list and in the handover."""
    where = where_are_we(bench.ward, bench.infant)
    judge_board(bench.ward)
    (row,) = board(bench.ward).rows
    found = [("where", one.mark, one.headline) for one in where.mend if one.door == "given"]
    found += [("list", one.mark, one.headline) for one in row.held if one.door == "given"]
    return found + [
        ("handover", task.mark, task.words) for task in tasks_now(bench.ward) if "170" in task.words
    ]


def test_a_far_amount_is_told_until_a_physician_has_seen_it(far: Bench) -> None:
    assert told(far) == [
        ("where", "stop", TOLD),
        ("list", "stop", TOLD),
        ("handover", "stop", f"review: {TOLD}"),
    ]
    (shown,) = seen_forms(far.ward, far.infant)
    assert "read off the bottle; read by a second person, F. Okafor" in shown.recorded
    doctor = signer(far.ward, f"{DOCTOR}, physician")
    with pytest.raises(Refused, match="What was decided"):
        sign_seen(far.ward, far.infant, shown, " ", doctor, who=DOCTOR)
    with pytest.raises(Refused, match="nurse"):
        sign_seen(far.ward, far.infant, shown, DECIDED, signer(far.ward, NURSE), who=NURSE)
    assert told(far)
    row_id = sign_seen(far.ward, far.infant, shown, DECIDED, doctor, who=DOCTOR)
    assert told(far) == []
    with far.ward.store.reading() as connection:
        (kept,) = of_infant(connection, GivenSeen, far.infant)
    assert (kept.id, kept.told, kept.decided) == (row_id, TOLD, DECIDED)
    assert [one.name for one in signature_state(far.ward, TABLE, row_id).signed] == [DOCTOR]
    with pytest.raises(Refused, match="not as it was shown"):
        sign_seen(far.ward, far.infant, shown, DECIDED, doctor, who=DOCTOR)


def test_a_slip_of_typing_is_struck_out_with_what_was_said_of_it(far: Bench) -> None:
    (shown,) = seen_forms(far.ward, far.infant)
    doctor = signer(far.ward, f"{DOCTOR}, physician")
    sign_seen(far.ward, far.infant, shown, DECIDED, doctor, who=DOCTOR)
    (dose,) = [one for one in correctable(far.ward, far.infant) if one.kind == "dose"]
    strike_out(far.ward, far.infant, "dose", dose.record_id, "typed a zero too many", who=NURSE)
    with far.ward.store.reading() as connection:
        assert of_infant(connection, GivenSeen, far.infant) == []
        (kept,) = of_infant(connection, GivenSeen, far.infant, include_void=True)
    assert kept.void_reason == "typed a zero too many"
    assert told(far) == []


def test_what_is_near_to_its_decision_is_told_to_nobody(far: Bench) -> None:
    far.at(2026, 10, 2, 9, 0)
    given = GivenAs(DrugAmount(Decimal(18)), "the syringe holds 18 mg")
    on_paper, second = by(far.ward, far.infant, paper=PAPER), ("maintenance", 2, *ORAL[2:])
    record_given(far.ward, far.infant, *second, on_paper, who=NURSE, given=given)
    assert [one.title for one in seen_forms(far.ward, far.infant)] == ["mercaptopurine day 1"]
