"""A dose by mouth before and after: what a step is when it is given, who may decide it, and why.

By hand, the demonstration's rule: 45 mg per m² from 12 months on, rounded to 1 mg. 62 cm and 8.7 kg
give √(62 × 8.7 / 3600) = 0.387 m²: 100 % is 17.4 mg, given as 17; 125 % is 21.8 mg, given as 22.
22 ÷ 17 = 1.294: 29.4 % more, where the rule's own step is 25 %.
"""

from decimal import Decimal

import pytest

from bedside.store.queries import all_of
from bedside.store.signature_records import Signature
from bedside.units.refusal import Refused
from bedside.ward.signatures import confirmed_signer, signature_state
from bedside.ward.titration_change import dose_step
from bedside.ward.titration_decisions import asks_why, record_decision, strike_out_decision
from bedside.ward.titration_page import maintenance_page
from bedside.ward.titration_rows import titrations_of
from bedside.ward.titration_signing import sign_decision
from bedside.ward.views.maintenance import NewTitration
from tests.ward.maintenance_bench import in_maintenance
from tests.ward.wards import NURSE, Bench

MP, MTX = "mercaptopurine", "methotrexate"
PHYSICIAN = "I. Halvorsen, physician"
PHARMACIST = "M. Castellano, pharmacist"


@pytest.fixture
def ruled(bench: Bench) -> Bench:
    """100 % of mercaptopurine in force, 17 mg; two days later the same weight."""
    in_maintenance(bench)
    bench.weigh(8700)
    bench.count(1200, 150_000)
    record(bench, percent=Decimal(100), amount_mg=Decimal(17))
    bench.at(2026, 10, 3, 9, 0)
    bench.weigh(8700)
    return bench


def decision(bench: Bench, **columns: object) -> NewTitration:
    given = {"drug": MP, "from_on": bench.ward.today(), "decision": "recorded", **columns}
    return NewTitration(**given)


def record(bench: Bench, who: str = PHYSICIAN, **columns: object) -> int:
    signer = confirmed_signer(bench.ward, who, "", bench.ward.now())
    return record_decision(bench.ward, bench.infant, decision(bench, **columns), signer, who=who)


def step(bench: Bench, **columns: object):
    return dose_step(bench.ward, bench.infant, decision(bench, **columns))


def test_rounding_makes_a_step_of_25_per_cent_29(ruled: Bench) -> None:
    found = step(ruled, percent=Decimal(125))
    assert found.raises
    assert found.words == "17 mg to 22 mg: +29.4 %, where 100 % to 125 % is +25 %."
    assert found.lines[-1] == (
        "The difference is rounding to the tablet or the mark of the syringe."
    )
    lines = "\n".join(found.lines).replace("\u202f", " ")
    assert "Decided from 01-Oct-2026, NOT VERIFIED yet: 100 %, 17 mg." in lines
    (row,) = titrations_of(ruled.ward, ruled.infant)
    signer = confirmed_signer(ruled.ward, PHARMACIST, "", ruled.ward.now())
    for meaning in ("verified", "released"):
        sign_decision(ruled.ward, row.id, meaning, signer, who=PHARMACIST, alone=True)
    lines = "\n".join(step(ruled, percent=Decimal(125)).lines)
    assert "In force since 01-Oct-2026: 100 %, 17 mg." in lines
    record(ruled, percent=Decimal(150), reason="decided so")  # waits: nothing is compared with it
    assert step(ruled, percent=Decimal(125)).raises
    lines = found.lines and "\n".join(found.lines).replace("\u202f", " ")
    assert "becomes 17 mg" in lines and "becomes 22 mg" in lines and "half up" in lines
    assert lines.index("becomes 17 mg") < lines.index("becomes 22 mg") < lines.index("+29.4 %")


@pytest.mark.parametrize(
    ("changed", "raises"),
    [
        ({"percent": Decimal(100)}, False),
        ({"percent": Decimal(50)}, False),
        ({"percent": Decimal(0)}, False),
        ({"amount_mg": Decimal(18)}, True),
        ({"amount_mg": Decimal(16)}, False),
        ({"percent": Decimal(50), "amount_mg": Decimal(20)}, True),
        ({"drug": MTX, "percent": Decimal(100)}, False),  # its first dose
    ],
)
def test_a_raise_is_any_figure_that_rises(ruled: Bench, changed, raises: bool) -> None:
    assert step(ruled, **changed).raises is raises


def test_what_cannot_be_compared_counts_as_a_raise(bench: Bench) -> None:
    in_maintenance(bench, rule=False)
    record(bench, amount_mg=Decimal(17))
    bench.at(2026, 10, 2, 9, 0)
    found = step(bench, percent=Decimal(50))
    assert found.raises and "cannot be worked out" in found.words
    assert not step(bench, percent=Decimal(0)).raises
    assert "the site has no rule for it" in " ".join(found.lines)
    assert step(bench).words == "" and not step(bench, decision="accepted").raises


def test_a_dose_that_was_not_worked_from_todays_body_is_said(ruled: Bench) -> None:
    found = step(ruled, percent=Decimal(125), amount_mg=Decimal(25))
    assert found.words == "17 mg to 25 mg: +47.1 %, where 100 % to 125 % is +25 %."
    assert found.lines[-1].endswith(
        "and that 25 mg is decided, where 125 % comes to 22 mg for the body of today."
    )


def test_a_raise_needs_its_reason_and_a_lower_dose_does_not(ruled: Bench) -> None:
    with pytest.raises(Refused, match="needs its reason"):
        record(ruled, percent=Decimal(125), decision="overridden", reason="")
    assert len(titrations_of(ruled.ward, ruled.infant)) == 1
    why = "ANC above 1 500 for four weeks"
    record(ruled, percent=Decimal(125), decision="overridden", reason=why)
    ruled.at(2026, 10, 4, 9, 0)
    record(ruled, percent=Decimal(100))


def test_an_accepted_raise_needs_its_reason(bench: Bench) -> None:
    """The rule's own raise, too: a higher dose is never by default."""
    in_maintenance(bench)
    bench.weigh(8700)
    bench.count(1200, 150_000)
    record(bench, percent=Decimal(50))
    bench.at(2026, 10, 3, 9, 0)
    bench.weigh(8700)
    line = maintenance_page(bench.ward, bench.infant).drugs[0]
    with pytest.raises(Refused, match="Type the reason") as refused:
        record(bench, decision="accepted", shown=line.shown)
    assert asks_why(refused.value.reasons)
    record(bench, decision="accepted", shown=line.shown, reason="the start was half by a slip")


def test_a_raise_without_its_reason_says_so_in_words_the_form_knows(ruled: Bench) -> None:
    with pytest.raises(Refused) as refused:
        record(ruled, percent=Decimal(125), decision="overridden", reason="")
    assert asks_why(refused.value.reasons)
    with pytest.raises(Refused) as refused:
        record(ruled, percent=Decimal(500), reason="")
    assert not asks_why(refused.value.reasons)


def test_what_was_decided_elsewhere_is_recorded_without_argument(ruled: Bench) -> None:
    """Eyes 3: 50 to 75 % asked why, where the rule itself proposed 100 %; a slip is asked about still."""
    record(ruled, percent=Decimal(125), decision="recorded", reason="")
    assert [row.percent_tenths for row in titrations_of(ruled.ward, ruled.infant)] == [1000, 1250]
    ruled.at(2026, 10, 4, 9, 0)
    with pytest.raises(Refused, match="a decimal mark or a zero"):
        record(ruled, percent=Decimal(500), decision="recorded", reason="")


@pytest.mark.parametrize("who", [NURSE, "M. Castellano, pharmacist", "Somebody"])
def test_nobody_but_who_may_prescribe_decides(ruled: Bench, who: str) -> None:
    """Eyes 8: a nurse raised a dose with two keys; the file of roles holds without accounts, too."""
    with pytest.raises(Refused, match=r"prescribed|names no role"):
        record(ruled, who, percent=Decimal(50))
    row = titrations_of(ruled.ward, ruled.infant)[0]
    signer = confirmed_signer(ruled.ward, who, "", ruled.ward.now())
    with pytest.raises(Refused, match=r"prescribed|names no role"):
        strike_out_decision(ruled.ward, row.id, "not hers", signer, who=who)
    assert len(titrations_of(ruled.ward, ruled.infant)) == 1


def test_the_physician_stands_on_the_decision_and_falls_with_it(ruled: Bench) -> None:
    row = titrations_of(ruled.ward, ruled.infant)[0]
    signed = signature_state(ruled.ward, "titration", row.id).of("prescribed")
    assert [(one.name, one.role) for one in signed] == [("I. Halvorsen", "physician")]
    assert row.recorded_by == PHYSICIAN
    signer = confirmed_signer(ruled.ward, PHYSICIAN, "", ruled.ward.now())
    strike_out_decision(ruled.ward, row.id, "wrong infant", signer, who=PHYSICIAN)
    assert signature_state(ruled.ward, "titration", row.id).of("prescribed") == ()
    with ruled.ward.store.reading() as connection:
        kept = all_of(connection, Signature, include_void=True)
    assert [one.void_reason for one in kept] == ["wrong infant"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"amount_mg": Decimal("1.7")}, "1.7 mg is a tenth of 17 mg, in force"),
        ({"amount_mg": Decimal("1.8")}, "1.8 mg is about a tenth of 17 mg, in force"),
        ({"amount_mg": Decimal("0.17")}, "0.17 mg is a hundredth of 17 mg"),
        ({"amount_mg": Decimal("0.5")}, "0.5 mg is 1 / 34 of 17 mg"),
        ({"percent": Decimal(10)}, "10 % is a tenth of 100 %"),
        ({"drug": MTX, "percent": Decimal(1)}, "1 % is a hundredth of 100 %, the dose begun with"),
        ({"amount_mg": Decimal(0)}, ""),  # stopped
        ({"amount_mg": Decimal("2.2")}, ""),  # 1 / 7.7
        ({"percent": Decimal(50)}, ""),
        ({"drug": MTX, "percent": Decimal(50)}, ""),
    ],
)
def test_a_slip_of_the_decimal_mark_downwards_is_named(ruled: Bench, changed, said: str) -> None:
    """H1: 1.8 mg for 18 mg was recorded at once. By hand: 17 ÷ 1.8 = 9.4, 17 ÷ 0.5 = 34."""
    low = step(ruled, **changed).low
    assert low.startswith(said) and bool(low) is bool(said)
    assert not low or low.endswith("a decimal mark or a zero?")


def test_a_dose_so_low_is_typed_again_and_needs_its_reason(ruled: Bench) -> None:
    with pytest.raises(Refused, match="If it is meant, type the mg again") as refused:
        record(ruled, amount_mg=Decimal("1.8"))
    assert "needs its reason" in str(refused.value)
    with pytest.raises(Refused, match="typed 18 mg the second time"):
        record(ruled, amount_mg=Decimal("1.8"), again=Decimal(18), reason="liver")
    with pytest.raises(Refused, match="type the % again"):
        record(ruled, percent=Decimal(10), reason="liver")
    assert len(titrations_of(ruled.ward, ruled.infant)) == 1
    record(ruled, amount_mg=Decimal("1.8"), again=Decimal("1.80"), reason="liver")
    ruled.at(2026, 10, 5, 9, 0)
    assert step(ruled, amount_mg=Decimal("1.8")).low == ""  # what is in force goes on
