"""A dose by mouth recorded as given is held against what was decided, signed or not."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bedside.units.quantities import DrugAmount
from bedside.units.refusal import Refused
from bedside.ward.facts import facts_of
from bedside.ward.given_doses import given_form, record_given
from bedside.ward.signatures import confirmed_signer
from bedside.ward.titration_decisions import record_decision
from bedside.ward.titration_signing import sign_decision
from bedside.ward.views.given import GivenAs
from bedside.ward.views.maintenance import NewTitration
from tests.ward.maintenance_bench import DAY_1, in_maintenance
from tests.ward.ordering import PAPER, by
from tests.ward.wards import DOCTOR, NURSE, Bench

ORAL = ("maintenance", 2, "mercaptopurine", "PO or NG")
SECOND = "F. Okafor, pharmacist"
WHY = "given at home before it was signed"


@pytest.fixture
def decided(bench: Bench) -> Bench:
    """Day 2 of Maintenance; mercaptopurine 22 mg, 125 %, decided on day 1 and signed by nobody else."""
    in_maintenance(bench)
    bench.weigh(9000)
    decide(bench, "125", "22")
    day = DAY_1 + timedelta(days=1)
    bench.at(day.year, day.month, day.day, 9, 0)
    return bench


def decide(bench: Bench, percent: str, mg: str) -> None:
    form = NewTitration(
        "mercaptopurine",
        bench.ward.today(),
        "recorded",
        Decimal(percent),
        Decimal(mg),
        reason="decided so",
    )
    signer = confirmed_signer(bench.ward, f"{DOCTOR}, physician", "", bench.ward.now())
    bench.decision = record_decision(bench.ward, bench.infant, form, signer, who=DOCTOR)


def verify(bench: Bench, *meanings: str) -> None:
    who = "M. Castellano, pharmacist"
    signer = confirmed_signer(bench.ward, who, "", bench.ward.now())
    for meaning in meanings:
        sign_decision(bench.ward, bench.decision, meaning, signer, who=who, alone=True)


def give(bench: Bench, mg: str, reason: str = "", second: str = "") -> int:
    given = GivenAs(DrugAmount(Decimal(mg)), reason, second)
    on_paper = by(bench.ward, bench.infant, paper=PAPER)
    return record_given(bench.ward, bench.infant, *ORAL, on_paper, who=NURSE, given=given)


def kept(bench: Bench, row: int) -> str:
    return facts_of(bench.ward, bench.infant).bases[row].reason


def test_the_form_says_what_was_decided_by_whom_and_what_is_not_signed(decided: Bench) -> None:
    form = given_form(decided.ward, decided.infant, *ORAL)
    assert form.decided.startswith(f"Decided: 125 %, 22 mg, from 01-Oct-2026, by {DOCTOR}")
    assert "NOT VERIFIED yet" in form.decided
    assert (form.waiting, form.worked, form.steps) == ("VERIFIED", None, ())
    verify(decided, "verified")
    assert given_form(decided.ward, decided.infant, *ORAL).waiting == "RELEASED"
    verify(decided, "released")
    form = given_form(decided.ward, decided.infant, *ORAL)
    assert (form.waiting, form.worked) == ("", DrugAmount(Decimal(22)))


def test_ten_times_the_decided_dose_is_refused_to_one_person(decided: Bench) -> None:
    """220 mg for 22 mg: no reason is enough, and a second person without a reason is not either."""
    verify(decided, "verified", "released")
    for reason, second in ((WHY, ""), (WHY, NURSE), ("", SECOND)):
        with pytest.raises(Refused, match=r"22 mg was decided, 220 mg was typed.*× 10"):
            give(decided, "220", reason, second)
    with pytest.raises(Refused, match="÷ 10"):
        give(decided, "2.2", WHY)
    assert facts_of(decided.ward, decided.infant).doses == ()
    row = give(decided, "220", "read off the bottle", SECOND)
    assert kept(decided, row) == f"read off the bottle; read by a second person, {SECOND}"


def test_another_amount_than_decided_needs_its_reason(decided: Bench) -> None:
    verify(decided, "verified", "released")
    with pytest.raises(Refused, match="22 mg was decided, 20 mg was given: say why"):
        give(decided, "20")
    assert kept(decided, give(decided, "20", "part was spat out")) == "part was spat out"


def test_a_dose_whose_decision_is_not_signed_needs_its_reason(decided: Bench) -> None:
    with pytest.raises(Refused, match="The decision is NOT VERIFIED yet"):
        give(decided, "22")
    verify(decided, "verified")
    with pytest.raises(Refused, match="The decision is NOT RELEASED yet"):
        give(decided, "22")
    assert kept(decided, give(decided, "22", WHY)) == (
        f"{WHY}; given while the decision was NOT RELEASED"
    )


def test_a_released_decision_given_as_decided_asks_nothing(decided: Bench) -> None:
    verify(decided, "verified", "released")
    assert kept(decided, give(decided, "22")) == ""


def test_a_stopped_drug_is_not_recorded_by_one_person(decided: Bench) -> None:
    decide(decided, "0", "0")
    verify(decided, "verified", "released")
    with pytest.raises(Refused, match="the drug is stopped"):
        give(decided, "22", WHY)
    give(decided, "22", WHY, SECOND)
