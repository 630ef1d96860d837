"""What the titration says besides the worked cases: stops of the site, both at once, odd doses."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace

from bedside.protocol.model import NOT_PUBLIC, Protocol
from bedside.protocol.titration import propose
from bedside.protocol.titration_facts import DoseSoFar, TitrationFacts
from bedside.units.quantities import BodySurface, DoseRate, DrugAmount
from bedside.units.refusal import Refused
from bedside.units.rounding import RoundingRule
from tests.protocol.titration_cases import (
    BORN,
    DAY_1,
    count_of,
    dose_of,
    example_rule,
    facts_of_case,
    invented_rule,
)

MP, MTX = "mercaptopurine", "methotrexate"


def facts(on: date, lines: list[str], so_far: list[str], **more: object) -> TitrationFacts:
    made = TitrationFacts(
        BORN,
        DAY_1,
        on,
        tuple(count_of(line) for line in lines),
        tuple(dose_of(line) for line in so_far),
        surface=BodySurface(Decimal("0.5")),
    )
    return replace(made, **more)


def test_no_dose_passes_the_stop_of_the_site() -> None:
    given = facts(
        date(2026, 10, 1), ["2026-10-01: 1000, 120000"], [], stops={MP: DrugAmount(Decimal(29))}
    )
    first, second = propose(example_rule(), given).drugs
    assert first.dose is not None
    assert first.dose.prepared is None
    assert "more than the site's stop of 29 mg" in first.dose.faults[0]
    assert second.dose is not None
    assert second.dose.prepared == DrugAmount(Decimal(10))


def test_a_rounding_step_in_another_unit_rounds_nothing() -> None:
    given = facts(
        date(2026, 10, 1),
        ["2026-10-01: 1000, 120000"],
        [],
        rounding={f"{MP} PO": RoundingRule("to 5", Decimal(5), Decimal(10), "units")},
    )
    dose = propose(example_rule(), given).drugs[0].dose
    assert dose is not None
    assert dose.prepared is None
    assert "is entered in units, its dose is in mg" in dose.faults[0]


def test_it_is_said_where_two_drugs_would_rise_on_one_day() -> None:
    counts = [f"2026-{day}: 1600, 120000" for day in ("10-27", "11-10", "11-24")]
    doses = [f"2026-09-01: {MP} 100", f"2026-09-01: {MTX} 100", f"2026-10-13: {MP} 125"]
    proposal = propose(example_rule(), facts(date(2026, 11, 24), counts, doses))
    assert [drug.action for drug in proposal.drugs] == ["raise", "raise"]
    assert all("would both rise today" in drug.cautions[-1] for drug in proposal.drugs)


def test_a_rule_that_raises_nothing_says_so() -> None:
    rule = replace(example_rule(), raising=None)
    first, _ = propose(rule, facts_of_case({"on": date(2026, 10, 1)})).drugs
    assert "The rule raises no dose." in first.because


def test_a_resumption_may_be_a_share_of_the_dose_begun_with() -> None:
    rule = invented_rule()
    rule = replace(rule, resume=replace(rule.resume, of="start"))
    doses = [f"2026-09-01: {MP} 150", f"2026-09-20: {MP} 0", f"2026-09-01: {MTX} 100"]
    counts = ["2026-09-20: 300, 120000", "2026-10-01: 1000, 100000"]
    first, _ = propose(rule, facts(date(2026, 10, 1), counts, doses)).drugs
    assert (first.action, first.percent) == ("resume", Decimal(50))


def test_a_resumption_at_half_ends_when_the_counts_hold() -> None:
    doses = [f"2026-09-01: {MP} 150", f"2026-09-20: {MP} 0", f"2026-09-25: {MP} 75"]
    counts = ["2026-09-20: 300, 120000", "2026-10-01: 1000, 100000"]
    first, second = propose(invented_rule(), facts(date(2026, 10, 1), counts, doses)).drugs
    assert (first.action, first.percent) == ("resume", Decimal(150))
    assert second.action == "start"


def test_half_waits_while_the_counts_are_between() -> None:
    doses = [f"2026-09-01: {MP} 150", f"2026-09-20: {MP} 0", f"2026-09-25: {MP} 75"]
    counts = ["2026-09-20: 300, 120000", "2026-10-01: 999, 100000"]
    first, _ = propose(invented_rule(), facts(date(2026, 10, 1), counts, doses)).drugs
    assert (first.action, first.percent) == ("keep", Decimal(75))
    assert any("at least 1\u202f000 per µL is needed to resume" in words for words in first.because)


def test_stopped_before_any_full_dose_resumes_at_the_dose_begun_with() -> None:
    counts = ["2026-09-01: 300, 120000", "2026-10-01: 1000, 120000"]
    first, _ = propose(
        example_rule(), facts(date(2026, 10, 1), counts, [f"2026-09-01: {MP} 0"])
    ).drugs
    assert (first.action, first.percent) == ("resume", Decimal(100))
    assert "No full dose of mercaptopurine came before" in first.cautions[0]


def test_a_dose_decided_for_a_later_day_is_said() -> None:
    doses = [f"2026-09-01: {MP} 100", f"2026-10-05: {MP} 125", f"2026-10-05: {MTX} 12 mg"]
    first, second = propose(
        example_rule(), facts(date(2026, 10, 1), ["2026-10-01: 1000, 120000"], doses)
    ).drugs
    assert first.cautions == ("Decided already: 125 % from 05-Oct-2026.",)
    assert second.cautions == ("Decided already: a dose from 05-Oct-2026.",)


def test_a_dose_needs_an_amount() -> None:
    empty = (DoseSoFar(MP, DAY_1, None),)
    with pytest.raises(Refused, match="says no amount"):
        propose(example_rule(), facts(date(2026, 10, 1), [], [], doses=empty))


def test_an_amount_in_another_unit_is_no_step() -> None:
    odd = (DoseSoFar(MP, DAY_1, None, DrugAmount(Decimal(30), "units")),)
    first, _ = propose(
        example_rule(), facts(date(2026, 10, 1), ["2026-10-01: 1000, 120000"], [], doses=odd)
    ).drugs
    assert (first.action, first.percent) == ("ask", None)
    assert "not known in per cent" in first.cautions[0]


def test_an_amount_without_a_body_is_no_step() -> None:
    given = facts(
        date(2026, 10, 1), ["2026-10-01: 1000, 120000"], [f"2026-09-01: {MP} 30 mg"], surface=None
    )
    first, _ = propose(example_rule(), given).drugs
    assert first.action == "ask"
    assert "enter the dose in per cent, or weight and length" in first.cautions[0]


def test_a_dose_per_kg_asks_for_a_weight_and_a_fixed_one_for_nothing() -> None:
    rule = invented_rule()
    given = facts(date(2026, 10, 1), ["2026-10-01: 1200, 120000"], [])
    _, per_kg = propose(rule, given).drugs
    assert per_kg.dose is not None
    assert per_kg.dose.faults == ("There is no weight: weigh the infant, this dose is per kg.",)
    band = replace(
        rule.drugs[1].start[0], rate=DoseRate(Decimal(5), "mg", "dose"), origin=NOT_PUBLIC
    )
    fixed = replace(rule, drugs=(rule.drugs[0], replace(rule.drugs[1], start=(band,))))
    _, dose = propose(fixed, given).drugs
    assert dose.dose is not None
    assert dose.dose.prepared == DrugAmount(Decimal(5))


def test_a_follower_says_why_it_does_not_rise_yet() -> None:
    given = facts(date(2026, 10, 1), ["2026-10-01: 1000, 120000"], [f"2026-09-01: {MTX} 100"])
    _, second = propose(example_rule(), given).drugs
    assert "which stands at not begun" in second.because[0]
    odd = (DoseSoFar(MP, DAY_1, None, DrugAmount(Decimal(300))), dose_of(f"2026-09-01: {MTX} 100"))
    _, second = propose(example_rule(), replace(given, doses=odd)).drugs
    assert "which stands at a dose not known in per cent" in second.because[0]


def test_a_rule_without_an_age_of_counts_takes_any() -> None:
    rule = replace(example_rule(), check_every_days=None)
    doses = [f"2026-09-01: {MP} 100", f"2026-09-20: {MP} 0", f"2026-09-01: {MTX} 100"]
    counts = ["2026-09-20: 300, 120000", "2026-09-25: 1000, 120000"]
    first, _ = propose(rule, facts(date(2026, 12, 1), counts, doses)).drugs
    assert first.action == "resume"


def test_a_rule_that_does_not_say_how_far_apart_checks_lie_raises_nothing() -> None:
    rule = example_rule()
    assert rule.raising is not None
    rule = replace(
        rule, check_every_days=None, raising=replace(rule.raising, least_days_apart=None)
    )
    counts = [f"2026-{day}: 1600, 120000" for day in ("09-15", "09-29", "10-13")]
    doses = [f"2026-09-01: {MP} 100", f"2026-09-01: {MTX} 100"]
    first, _ = propose(rule, facts(date(2026, 10, 13), counts, doses)).drugs
    assert (first.action, first.percent) == ("keep", Decimal(100))
    assert "does not say how many days lie between two checks" in first.missing[0]


def test_a_stop_holds_also_where_the_rule_has_no_dose_for_the_age() -> None:
    given = facts(date(2026, 10, 1), ["2026-10-01: 300, 120000"], [], birth=date(2026, 1, 1))
    proposal = propose(example_rule(), given)
    assert [drug.action for drug in proposal.drugs] == ["do not start", "do not start"]
    assert proposal.hold
    assert all(drug.dose is None and drug.missing for drug in proposal.drugs)


def test_no_dose_is_worked_from_an_impossible_body(aall15p1: Protocol) -> None:
    fences = aall15p1.course("maintenance").weight_range
    given = facts(
        date(2026, 10, 1), ["2026-10-01: 1000, 120000"], [], fences=fences,
        surface=BodySurface(Decimal(5)),
    )  # fmt: skip
    first, _ = propose(example_rule(), given).drugs
    assert first.dose is not None
    assert first.dose.prepared is None
    assert "A body surface of 5 m² is outside" in first.dose.faults[0]
