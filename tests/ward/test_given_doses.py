"""Doses recorded as given, with their amount and what they were worked out under."""

from decimal import Decimal

import pytest
from msgspec.structs import replace

from bedside.protocol.site_values import NO_SITE_VALUES, SiteDose, SiteValues
from bedside.units.quantities import BodyLength, BodyWeight, DoseRate, DrugAmount
from bedside.units.refusal import Refused
from bedside.ward.amount_per_kg import above_words, per_kg_words
from bedside.ward.dosing import doses_page
from bedside.ward.exposure import cumulative_doses
from bedside.ward.facts import facts_of
from bedside.ward.forms import NewSize
from bedside.ward.given_doses import given_form, record_given
from bedside.ward.giving import finish_infusion, start_infusion, start_vial
from bedside.ward.reductions import preview_reduction, save_reduction
from bedside.ward.values_digest import values_digest
from bedside.ward.views.given import GivenAs
from bedside.ward.views.reductions import NewReduction
from bedside.ward.weighing import record_size
from tests.ward.ordering import PAPER, by, ready
from tests.ward.wards import NURSE, Bench

DAUNORUBICIN = ("daunorubicin", "IV")
VALUES: SiteValues = replace(
    NO_SITE_VALUES,
    protocol="aall15p1",
    edition="1",
    doses={("induction", *DAUNORUBICIN): SiteDose(DoseRate(Decimal(2), "mg", "kg"))},
)  # invented: no figure of any protocol


SECOND = "F. Okafor, pharmacist"


def days(bench: Bench) -> list[int]:
    """The days of daunorubicin in Induction."""
    facts = facts_of(bench.ward, bench.infant)
    return list(facts.protocol.course("induction").plan(*DAUNORUBICIN).days.scheduled)


@pytest.fixture
def dosed(bench: Bench) -> Bench:
    """An infant of 6 kg in Induction; this site gives daunorubicin 2 mg per kg: 12 mg."""
    bench.site()
    bench.enrol()
    bench.at(2026, 9, 28, 9, 0)
    size = NewSize(BodyWeight(6000), BodyLength(600), bench.clock(), "typed a second time")
    record_size(bench.ward, bench.infant, size, who=NURSE)
    bench.ward.values = VALUES
    return bench


def give(bench: Bench, day: int, given: GivenAs | None = None) -> int:
    """Recorded from paper: what is told here does not hang on how it was checked."""
    on_paper = by(bench.ward, bench.infant, paper=PAPER)
    planned = ("induction", day, *DAUNORUBICIN)
    return record_given(bench.ward, bench.infant, *planned, on_paper, who=NURSE, given=given)


def mg(text: str) -> DrugAmount:
    return DrugAmount(Decimal(text))


def given_words(bench: Bench, drug: str) -> str:
    rows = cumulative_doses(bench.ward, bench.infant).rows
    return next(row.given for row in rows if (row.drug, row.route) == (drug, "intravenous"))


def name(bench: Bench) -> str:
    return bench.ward.drugs.display_name("daunorubicin")


def test_a_worked_dose_keeps_its_amount_and_what_it_rested_on(dosed: Bench) -> None:
    """2 mg per kg × 6 kg = 12 mg on each of two days: 24 mg, 4 mg per kg."""
    first, second, *_ = days(dosed)
    form = given_form(dosed.ward, dosed.infant, "induction", first, *DAUNORUBICIN)
    assert form.worked == mg("12")
    row = give(dosed, first)
    give(dosed, second)
    facts = facts_of(dosed.ward, dosed.infant)
    basis = facts.bases[row]
    assert (basis.amount, basis.unit, basis.worked) == (Decimal(12), "mg", Decimal(12))
    assert (basis.share, basis.reason) == (Decimal(100), "")
    assert (basis.protocol_edition, basis.protocol_digest) == (
        facts.protocol.edition,
        facts.protocol.digest,
    )
    assert given_words(dosed, name(dosed)) == "4 mg per kg on 2 days"
    before = values_digest(dosed.ward.values_for("aall15p1", "induction"))
    assert basis.values_digest == before
    dosed.ward.values = replace(VALUES, weight_age_days=3)
    assert values_digest(dosed.ward.values_for("aall15p1", "induction")) != before


def test_given_otherwise_needs_its_reason_and_counts_as_given(dosed: Bench) -> None:
    """10 of 12 mg at 6 kg are 1.666… mg per kg."""
    first = days(dosed)[0]
    with pytest.raises(Refused, match="12 mg was worked out, 10 mg was given"):
        give(dosed, first, GivenAs(mg("10")))
    assert facts_of(dosed.ward, dosed.infant).doses == ()
    row = give(dosed, first, GivenAs(mg("10"), "part of it was spilt"))
    facts = facts_of(dosed.ward, dosed.infant)
    basis = facts.bases[row]
    assert (basis.amount, basis.worked, basis.reason) == (
        Decimal(10),
        Decimal(12),
        "part of it was spilt",
    )
    assert facts.doses[0].note == "part of it was spilt"
    assert given_words(dosed, name(dosed)) == "1.67 mg per kg on 1 day"


def test_ten_times_the_worked_dose_is_refused_to_one_person(dosed: Bench) -> None:
    """120 mg for 12 mg: a reason is not enough, nor is the one who signs as the second person."""
    first = days(dosed)[0]
    for second in ("", NURSE, "E. Sorensen, RN"):
        with pytest.raises(Refused, match=r"120 mg was typed.*× 10"):
            give(dosed, first, GivenAs(mg("120"), "it is true", second))
    with pytest.raises(Refused, match="say why"):
        give(dosed, first, GivenAs(mg("120"), "", SECOND))
    assert facts_of(dosed.ward, dosed.infant).doses == ()
    row = give(dosed, first, GivenAs(mg("120"), "it is true", SECOND))
    basis = facts_of(dosed.ward, dosed.infant).bases[row]
    assert basis.reason == f"it is true; read by a second person, {SECOND}"


def test_an_unknown_amount_is_not_nothing(dosed: Bench) -> None:
    first, second, *_ = days(dosed)
    with pytest.raises(Refused, match="is not known: say why"):
        give(dosed, first, GivenAs(None))
    give(dosed, first, GivenAs(None, "given elsewhere"))
    give(dosed, second)
    assert given_words(dosed, name(dosed)) == "2 days, amount not known"


@pytest.mark.parametrize("amount", ["0", "1000001"])
def test_an_amount_that_cannot_be_meant_is_refused(dosed: Bench, amount: str) -> None:
    with pytest.raises(Refused, match="more than nothing"):
        give(dosed, days(dosed)[0], GivenAs(mg(amount), "why"))


def test_micrograms_and_milligrams_make_one_sum(dosed: Bench) -> None:
    """12 mg and 11 000 micrograms are 23 mg; over 6 kg 3.8333… mg per kg."""
    first, second, *_ = days(dosed)
    give(dosed, first)
    thousand = DrugAmount(Decimal(11000), "micrograms")
    row = give(dosed, second, GivenAs(thousand, "as the syringe says"))
    assert facts_of(dosed.ward, dosed.infant).bases[row].worked is None  # of another unit
    assert given_words(dosed, name(dosed)) == "3.83 mg per kg on 2 days"


def test_units_and_milligrams_make_none(dosed: Bench) -> None:
    first, second, *_ = days(dosed)
    give(dosed, first)
    units = DrugAmount(Decimal(5), "units")
    with pytest.raises(Refused, match="another kind of unit"):
        give(dosed, second, GivenAs(units, "as the syringe says"))
    give(dosed, second, GivenAs(units, "as the syringe says", SECOND))
    assert given_words(dosed, name(dosed)) == "2 days, amount not known"


def test_a_dose_that_is_not_public_takes_what_the_order_says(dosed: Bench) -> None:
    dosed.ward.values = NO_SITE_VALUES
    first, second, *_ = days(dosed)
    form = given_form(dosed.ward, dosed.infant, "induction", first, *DAUNORUBICIN)
    assert form.worked is None
    with pytest.raises(Refused, match="Nothing is there to compare it with"):
        give(dosed, first, GivenAs(mg("9.5")))
    with pytest.raises(Refused, match="not the same"):
        give(dosed, first, GivenAs(mg("9.5"), again=mg("95")))
    give(dosed, first, GivenAs(mg("9.5"), again=mg("9.5")))
    with pytest.raises(Refused, match=r"9\.5 mg was given last.*× 10"):
        give(dosed, second, GivenAs(mg("95"), "as the syringe says"))
    assert given_words(dosed, name(dosed)) == "9.5 mg in all on 1 day"
    give(dosed, second, GivenAs(None, "given elsewhere"))
    assert given_words(dosed, name(dosed)) == "2 days, amount not known"


def test_azacitidine_keeps_its_vials_amount_and_its_share(bench: Bench) -> None:
    """15.5 mg × 80 % = 12.4 mg; the next day 50 % of the last dose is 40 % of the protocol's."""
    bench.open_epi_1()
    bench.at(2026, 10, 7, 10, 0)
    order = NewReduction(
        "epi-1", "azacitidine", 1, None, Decimal(80), "standard", "mucositis", "Dr Test"
    )
    save_reduction(bench.ward, bench.infant, order, who=NURSE)
    ready(bench.ward, bench.infant)
    dose = start_vial(bench.ward, bench.infant, "epi-1", 1, bench.clock(), 30, who=NURSE)
    given = by(bench.ward, bench.infant)
    start_infusion(bench.ward, dose, bench.clock(), given, who=NURSE)
    bench.at(2026, 10, 7, 10, 30)
    clock = doses_page(bench.ward, bench.infant).clock
    assert clock is not None
    finish_infusion(bench.ward, clock.dose_id, bench.clock(), who=NURSE)
    facts = facts_of(bench.ward, bench.infant)
    (basis,) = facts.bases.values()
    assert (basis.amount, basis.unit, basis.share) == (Decimal("12.4"), "mg", Decimal(80))
    assert given_words(bench, "azaCITIDine") == "2 mg per kg on 1 day"
    halved = replace(order, from_day=2, percent=Decimal(50), of_what="last")
    view = preview_reduction(bench.ward, bench.infant, halved)
    assert view.share_words.startswith("40 % of the protocol dose from day 2 on")


def test_an_amount_with_nothing_to_compare_is_held_against_every_known_dose(dosed: Bench) -> None:
    """S2-9: 350 mg was taken when it was typed twice; now it is asked.

    By hand: √(60 × 6 / 3600) = 0.3162 m²; 30 mg per m² of a related protocol is 9.487 mg, 9.5 in
    two figures; 95 mg by 6 kg is 15.8 mg per kg.
    """
    dosed.ward.values = NO_SITE_VALUES
    first, second, *_ = days(dosed)
    twice = GivenAs(mg("95"), again=mg("95"))
    with pytest.raises(Refused, match="largest dose of this drug that is known here") as refused:
        give(dosed, first, twice)
    said = str(refused.value)
    assert "9.5 mg for this infant (Induction: 30 mg per m², ALL-BFM 95 (a related" in said
    assert "15.8 mg per kg (6 kg of 28-Sep-2026)" in said
    for one in (replace(twice, reason="from the order"), replace(twice, second_person=SECOND)):
        with pytest.raises(Refused):
            give(dosed, first, one)
    row = give(dosed, first, replace(twice, reason="from the order", second_person=SECOND))
    kept = facts_of(dosed.ward, dosed.infant).bases[row].reason
    assert kept == f"from the order; read by a second person, {SECOND}"
    with pytest.raises(Refused, match="largest dose"):  # the last one was as far
        give(dosed, second, GivenAs(mg("95"), "as yesterday"))
    with pytest.raises(Refused, match="largest dose"):
        give(dosed, second, GivenAs(DrugAmount(Decimal(12_000), "micrograms"), "as yesterday"))


def test_the_form_carries_the_weight_and_what_is_known(dosed: Bench) -> None:
    form = given_form(dosed.ward, dosed.infant, "induction", days(dosed)[0], *DAUNORUBICIN)
    assert form.bound is not None
    assert per_kg_words(form.bound, mg("12")) == "That is 2 mg per kg (6 kg of 28-Sep-2026)."
    (most,) = form.bound.largest
    assert most.amount == mg("12") and "Induction: 2 mg per kg (site value, 1)" in most.words
    assert above_words(form.bound, mg("12")) == "" != above_words(form.bound, mg("12.1"))
    assert above_words(form.bound, DrugAmount(Decimal(500), "units")) == ""
    nobody = replace(form.bound, weight_g=None)
    assert per_kg_words(nobody, mg("12")) == "Per kg cannot be said: no weight is recorded."
