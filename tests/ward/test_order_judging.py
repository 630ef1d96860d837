"""When an order no longer stands: the table that a pharmacist can read."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import tomli
from msgspec.structs import replace

from bedside.store.signature_records import DoseOrder
from bedside.units.quantities import DrugAmount
from bedside.ward.order_drawn import Drawn, drawn_line
from bedside.ward.order_judging import DoseNow, WeightUsed, struck_words, why_ended

FILE = Path(__file__).parents[1] / "cases" / "orders.toml"
CASES = tomli.loads(FILE.read_text(encoding="utf-8"))["case"]
WEIGHED = date(2026, 11, 19)
SIGNED = Drawn("10 mg/mL", "0.01 mL", "100 mg", "", "1.55 mL", "1")
ORDER = DoseOrder(
    id=1,
    recorded_at=datetime(2026, 11, 20, 8, 0, tzinfo=UTC),
    recorded_by="A. Okonjo, physician",
    infant_id=1,
    course_key="epi-1",
    course_day=3,
    drug="azacitidine",
    route="IV",
    due_on=date(2026, 11, 20),
    amount=Decimal("15.5"),
    unit="mg",
    doses_per_day=1,
    measurement_id=1,
    rule="2.5 mg/kg",
    share=Decimal(100),
    steps=f"2.5 mg/kg × 6.2 kg = 15.5 mg\n{drawn_line(SIGNED)}",
    protocol_edition="2026-11",
    protocol_digest="0" * 64,
    values_digest="1" * 64,
    family="SAMPLE",
    given="Ada",
    born=date(2026, 6, 12),
    hospital_number="0042137",
)


def used_in(case):
    told = case.get("used", {})
    return WeightUsed(6200, WEIGHED, told.get("struck"), told.get("became-g"))


def now_in(case):
    told = case.get("now", {})
    amount = told.get("amount", "15.5")
    on = told.get("on", date(2026, 11, 20))
    return DoseNow(
        on=None if on == "none" else on,
        held=told.get("held", ""),
        amount=DrugAmount(Decimal(amount)) if amount else None,
        drawn=replace(SIGNED, **told.get("drawn", {})),
        doses_per_day=told.get("doses-per-day", 1),
        share=Decimal(told.get("share", "100")),
        rule=told.get("rule", "2.5 mg/kg"),
        edition=told.get("edition", "2026-11"),
        blocked=tuple(told.get("blocked", ())),
        unconfirmed=tuple(told.get("unconfirmed", ())),
        closed=tuple(told.get("closed", ())),
        weight=WeightUsed(told.get("weight-g", 6200), told.get("weighed-on", WEIGHED)),
        family=told.get("family", "SAMPLE"),
        given=told.get("given", "Ada"),
        born=told.get("born", date(2026, 6, 12)),
        hospital_number=told.get("hospital-number", "0042137"),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_when_an_order_no_longer_stands(case):
    assert case["source"]
    assert list(why_ended(ORDER, used_in(case), now_in(case))) == case["void"]


def test_the_same_facts_give_the_same_answer_and_change_nothing():
    for case in CASES:
        used, now = used_in(case), now_in(case)
        assert why_ended(ORDER, used, now) == why_ended(ORDER, used, now)


def test_a_struck_out_weight_whose_reason_is_not_typed_yet():
    assert struck_words(WeightUsed(6200, WEIGHED, "")) == (
        "weight of 19-Nov-2026, 6.2 kg, was struck out"
    )
