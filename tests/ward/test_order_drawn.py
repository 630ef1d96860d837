"""A signature holds for the volume it was given on: what a dose is drawn up from is signed with it (H1, H30, H40)."""

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from bedside.protocol.site_values import NO_SITE_VALUES, Strength, Tablet
from bedside.units.quantities import DrugAmount
from bedside.units.refusal import Refused
from bedside.units.rounding import RoundingRule
from bedside.ward.check_standing import check_state
from bedside.ward.commission_compare import withdraw as withdraw_value
from bedside.ward.commissioning import enter, finish_pass
from bedside.ward.due_orders import orders_told
from bedside.ward.facts import facts_of
from bedside.ward.order_drawn import (
    BEFORE,
    Drawn,
    drawn_line,
    read_on_screen,
    signed_drawn,
    why_other,
)
from bedside.ward.order_ending_values import ends_by_withdrawing
from bedside.ward.order_striking import withdraw
from bedside.ward.orders import order_board, order_state
from bedside.ward.paper_keys import SHEET
from bedside.ward.printing import make_paper, printed_papers
from bedside.ward.second_check import check_sheet, record_second
from bedside.ward.standing import standing_of
from tests.ward.commissioned import KELLER, OKONJO
from tests.ward.ordering import (
    AZACITIDINE,
    FIRST,
    PRESCRIBER,
    SECOND,
    check,
    counted,
    figures,
    measurable,
    order,
    row_of,
    signer,
)
from tests.ward.wards import NURSE, Bench

FORMULARY = "formulary/azacitidine"
RIGHT = counted("6.2", "15.5", "1.55")  # by hand: 2.5 × 6.2 = 15.5 mg; 15.5 ÷ 10 = 1.55 mL
REASON = "concentration 10 mg/mL became 4 mg/mL: 1.55 mL would be 3.88 mL"  # 15.5 ÷ 4 = 3.875


@pytest.fixture
def released(bench: Bench) -> Bench:
    """Day 1 of EPI #1, released at 10 mg/mL and 0.01 mL, as two people commissioned them."""
    bench.open_epi_1()
    bench.at(2026, 10, 7, 10, 0)
    order(bench.ward, bench.infant)
    return bench


def commission(bench: Bench, **changed: str) -> None:
    """Two people take numbers of the formulary back and type them anew, each alone."""
    numbers = {f"{FORMULARY}/{name.replace('_', '-')}": text for name, text in changed.items()}
    for number in numbers:
        withdraw_value(bench.ward, "site", number, "another preparation is bought", who=KELLER)
    for who in (KELLER, OKONJO):
        for number, text in numbers.items():
            enter(bench.ward, "site", number, text, who=who)
        finish_pass(bench.ward, "site", FORMULARY, who=who)


def state(bench: Bench):
    return order_state(bench.ward, bench.infant, *AZACITIDINE)


def test_another_concentration_ends_order_check_sheet_and_is_told(released, tmp_path) -> None:
    """Commissioned by two people in the ordinary way, after everything was signed and checked."""
    ward, infant = released.ward, released.infant
    assert check(ward, infant).matched
    make_paper(ward, infant, f"{SHEET}:epi-1", folder=tmp_path, who=NURSE)
    commission(released, concentration="4 mg/mL")
    assert (state(released).stage, state(released).why) == ("void", (REASON,))
    checked = check_state(ward, infant, *AZACITIDINE)
    assert checked.stage == "void" and REASON in checked.words
    facts = facts_of(ward, infant)
    assert [bool(paper.out_of_date) for paper in printed_papers(ward, facts)] == [True]
    told = orders_told(ward, facts, standing_of(ward, facts))
    assert any("VOID" in item.headline and REASON in item.details for item in told.items)
    assert told.headline is not None and told.headline[0] == "stop"
    with pytest.raises(Refused, match=r"3\.88 mL"):
        check_sheet(ward, infant, AZACITIDINE)


def test_withdrawing_a_concentration_tells_beforehand_which_orders_fall(released) -> None:
    """Each order by its infant, before anything is recorded; and what is told is what comes."""
    ward, head = released.ward, released.ward.store.audit_head()
    told = ends_by_withdrawing(ward, "site", f"{FORMULARY}/concentration")
    (line,) = told
    facts = facts_of(ward, released.infant)
    assert line.startswith(
        f"{facts.infant.family}, {facts.infant.given}: azaCITIDine day 1, 15.5 mg: "
    )
    assert ward.store.audit_head() == head, "only looked at"
    assert state(released).stage == "released"
    withdraw_value(ward, "site", f"{FORMULARY}/concentration", "another is bought", who=KELLER)
    assert state(released).stage == "void"
    assert set(state(released).why) <= set(line.partition("15.5 mg: ")[2].split("; "))
    assert ends_by_withdrawing(ward, "site", f"{FORMULARY}/concentration") == ()


def test_a_count_that_waits_is_not_compared_with_another_volume(released) -> None:
    from bedside.ward.second_check import record_first

    ward, infant = released.ward, released.infant
    record_first(ward, infant, AZACITIDINE, RIGHT, signer(ward, FIRST), who=FIRST)
    commission(released, concentration="4 mg/mL")
    with pytest.raises(Refused, match="became 4 mg/mL"):
        record_second(
            ward,
            infant,
            AZACITIDINE,
            counted("6.2", "15.5", "3.88"),
            signer(ward, SECOND),
            who=SECOND,
        )


def test_another_mark_of_the_syringe_ends_it_and_another_drugs_does_not(released) -> None:
    ward = released.ward
    values = ward.values_for("aall15p1", "epi-1")
    other = {**values.strengths, "cytarabine": Strength(DrugAmount(Decimal(20)))}
    ward.values = replace(values, strengths=other)
    assert state(released).stage == "released"
    ward.values = NO_SITE_VALUES
    commission(released, syringe_step="0.1 mL")
    assert state(released).why == ("syringe step 0.01 mL became 0.1 mL: 1.55 mL would be 1.6 mL",)


def test_an_order_anew_at_the_new_concentration_holds_and_is_counted_by_it(released) -> None:
    commission(released, concentration="4 mg/mL")
    order(released.ward, released.infant)
    assert state(released).stage == "released"
    assert figures(released.ward, released.infant) == counted("6.2", "15.5", "3.88")


def test_what_is_signed_is_shown_to_each_who_signs(released) -> None:
    line = "Signed with: concentration 10 mg/mL; syringe step 0.01 mL; volume 1.55 mL"
    (row,) = [one for one in order_board(released.ward, released.infant).rows if one.day == 1]
    assert row.steps[-1] == row.state.steps[-1] == line


@pytest.mark.parametrize("without", ["concentration_mg_per_ml", "syringe_step_ml"])
def test_a_dose_that_nobody_could_check_is_not_prescribed(bench, without) -> None:
    bench.open_epi_1()
    measurable(bench.ward)
    bench.ward.values = replace(bench.ward.values, **{without: {}})
    (why,) = row_of(bench.ward, bench.infant, AZACITIDINE).why_not
    what = "concentration" if "concentration" in without else "syringe step"
    assert why == (
        "Without a volume nobody can check this dose, so nobody signs it. Missing: the "
        f"{what} of azaCITIDine. Who: two people of this site. Where: Commission (F7), This site, "
        "Formulary."
    )
    with pytest.raises(Refused, match=f"the {what} of azaCITIDine. Who: two people"):
        order(bench.ward, bench.infant)


def test_the_reasons_name_old_and_new() -> None:
    signed = Drawn("10 mg/mL", "0.01 mL", "100 mg", "", "1.59 mL", "1")
    assert why_other(signed, signed) == ()
    assert why_other(None, signed) == (BEFORE,)
    cases = [
        (
            {"concentration": "4 mg/mL", "volume": "3.98 mL"},
            "concentration 10 mg/mL became 4 mg/mL: 1.59 mL would be 3.98 mL",
        ),
        (
            {"concentration": "", "volume": ""},
            "concentration was 10 mg/mL, it is not entered now: 1.59 mL cannot be worked out any more",
        ),
        ({"vial": "10 mg", "vials": "2"}, "vial 100 mg became 10 mg: the volume stays 1.59 mL, 1 vial would be 2 vials"),
        ({"volume": "1.6 mL"}, "1.59 mL would be 1.6 mL"),
    ]  # fmt: skip
    for changed, words in cases:
        assert why_other(signed, replace(signed, **changed)) == (words,)
    unknown = Drawn()
    assert why_other(unknown, replace(unknown, concentration="10 mg/mL", volume="1.59 mL")) == (
        "concentration was not entered when it was signed, it is 10 mg/mL now: no volume was signed, "
        "it would be 1.59 mL",
    )
    for drawn in (signed, unknown, Drawn(tablet="50 mg, in halves", tablets="1.5")):
        assert signed_drawn(f"a step; volume 3 mL\n{drawn_line(drawn)}") == drawn
    assert signed_drawn("2.5 mg/kg × 6.2 kg = 15.5 mg.") is None


CONCENTRATIONS = st.sampled_from([None, Decimal(4), Decimal(10), Decimal(25)])
STEPS = st.sampled_from([None, Decimal("0.01"), Decimal("0.05"), Decimal("0.1")])
VIALS = st.sampled_from([None, Decimal(10), Decimal(100)])
ROUNDINGS = st.sampled_from([None, Decimal("0.1"), Decimal("0.5"), Decimal(1)])
WEIGHT, RATE = Decimal("6.2"), Decimal("2.5")


class SignedWith(RuleBasedStateMachine):
    """Every value that a volume rests on is changed in any order; the order stands only while all is as signed."""

    bench: Bench

    @initialize()
    def begin(self) -> None:
        self.own: dict[str, Decimal | None] = {"concentration": None, "vial": None, "step": None}
        self.general = {"concentration": Decimal(10), "vial": Decimal(100), "step": Decimal("0.01")}
        self.rounding: Decimal | None = None
        self.tablet = False
        self.others = 0
        self.signed: tuple | None = None
        self.put()
        self.sign()

    def put(self) -> None:
        general, drug = self.general, "azacitidine"
        strengths = {"cytarabine": Strength(DrugAmount(Decimal(20 + self.others)))}
        if any(self.own[name] is not None for name in ("concentration", "vial")) or self.tablet:
            strengths[f"{drug} IV"] = Strength(
                _amount(self.own["concentration"]),
                _amount(self.own["vial"]),
                Tablet(DrugAmount(Decimal("7.75"))) if self.tablet else None,
            )
        steps = {drug: general["step"], f"{drug} IV": self.own["step"], "cytarabine": Decimal(1)}
        rules = {} if self.rounding is None else {drug: RoundingRule("r", self.rounding, None)}
        self.bench.ward.values = replace(
            NO_SITE_VALUES,
            protocol="aall15p1",
            confirmed_by=(FIRST, PRESCRIBER),
            concentration_mg_per_ml=_kept({drug: general["concentration"]}),
            vial_mg=_kept({drug: general["vial"], "cytarabine": Decimal(1)}),
            strengths=strengths,
            syringe_step_ml=_kept(steps),
            rounding=rules,
            site_name=f"Site {self.others}",
        )

    def now(self) -> tuple:
        """What would be drawn up, by hand from the values and plain sums."""
        amount = WEIGHT * RATE
        if self.rounding is not None:
            amount = _to_step(amount, self.rounding)
        own = any(self.own[name] is not None for name in ("concentration", "vial")) or self.tablet
        entered = self.own if own else self.general
        if self.tablet:
            return (amount, "tablets")
        concentration, vial = entered["concentration"], entered["vial"]
        step = self.own["step"] if self.own["step"] is not None else self.general["step"]
        volume = vials = None
        if concentration is not None:
            volume = _to_step(amount / concentration, step or Decimal("0.01"))
        if vial is not None:
            vials = (amount / vial).to_integral_value(ROUND_CEILING)
        return (amount, concentration, step, vial, volume, vials)

    @rule(what=st.sampled_from(["own", "general"]), value=CONCENTRATIONS)
    def concentration(self, what: str, value: Decimal | None) -> None:
        getattr(self, what)["concentration"] = value
        self.put()

    @rule(what=st.sampled_from(["own", "general"]), value=STEPS)
    def step(self, what: str, value: Decimal | None) -> None:
        getattr(self, what)["step"] = value
        self.put()

    @rule(what=st.sampled_from(["own", "general"]), value=VIALS)
    def vial(self, what: str, value: Decimal | None) -> None:
        getattr(self, what)["vial"] = value
        self.put()

    @rule(value=ROUNDINGS)
    def round(self, value: Decimal | None) -> None:
        self.rounding = value
        self.put()

    @rule(there=st.booleans())
    def in_tablets(self, there: bool) -> None:
        self.tablet = there
        self.put()

    @rule()
    def something_else(self) -> None:
        self.others += 1
        self.put()

    @rule()
    def sign_anew(self) -> None:
        found = self.now()
        assume(found[1] not in (None, "tablets") and found[2] is not None)
        assume(state(self.bench).stage == "void")
        self.sign()

    def sign(self) -> None:
        ward, infant = self.bench.ward, self.bench.infant
        if state(self.bench).stage == "released":
            rows = [row_of(ward, infant, AZACITIDINE)]
            who = signer(ward, PRESCRIBER)
            withdraw(ward, infant, rows, "the next run begins", who, who=PRESCRIBER)
        order(ward, infant)
        self.signed = self.now()
        assert check(ward, infant).matched

    @invariant()
    def a_signature_holds_for_what_was_signed(self) -> None:
        if getattr(self, "signed", None) is None:
            return
        found = state(self.bench)
        checked = check_state(self.bench.ward, self.bench.infant, *AZACITIDINE).stage
        if self.now() == self.signed:
            assert (found.stage, checked) == ("released", "matched"), found.why
        else:
            assert (found.stage, checked) == ("void", "void")
            assert found.why and all(found.why)


def _amount(value: Decimal | None) -> DrugAmount | None:
    return None if value is None else DrugAmount(value)


def _kept(values: dict[str, Decimal | None]) -> dict[str, Decimal]:
    return {key: value for key, value in values.items() if value is not None}


def _to_step(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def test_a_signature_holds_only_for_what_was_signed(tmp_path) -> None:
    SignedWith.bench = Bench(tmp_path / "ward")
    SignedWith.bench.open_epi_1()
    SignedWith.bench.at(2026, 10, 7, 10, 0)
    machine = SignedWith.TestCase
    machine.settings = settings(
        max_examples=4,
        stateful_step_count=8,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    machine().runTest()


def test_the_line_is_read_in_full_words_and_kept_as_it_was_signed() -> None:
    """On the screen "mg per mL" as everywhere; what is sealed and compared does not change."""
    signed = Drawn("10 mg/mL", "0.01 mL", "100 mg", "", "1.55 mL", "1")
    kept = drawn_line(signed)
    assert "concentration 10 mg per mL; syringe step 0.01 mL" in read_on_screen(kept)
    assert "10 mg/mL" in kept
    assert signed_drawn(kept) == signed
    assert read_on_screen("2.5 mg/mL somewhere else") == "2.5 mg/mL somewhere else"
