"""A DLT rule that two people have commissioned is named as the site's wherever it judges."""

from datetime import date

from bedside.ward.audit_reader import record_of_ward
from bedside.ward.cohort import cohort_page
from bedside.ward.dlt_page import dlt_page
from bedside.ward.dlt_rules import contradictions, rule_in_force
from bedside.ward.facts import facts_of
from bedside.ward.forms import Judgement, NewToxicity
from bedside.ward.infants import banner
from bedside.ward.toxicities import record_toxicity
from bedside.ward.views.toxicity import Attributed
from tests.ward.commissioned import KELLER, OKONJO, type_all
from tests.ward.wards import NURSE, Bench

AZA = Judgement(causes=(Attributed("drug", "azacitidine", "possible"),))


def test_a_commissioned_rule_is_named_wherever_it_judges(bench: Bench) -> None:
    """Finding: with 6 of 6 numbers by two people every place still said "Screening rule only"."""
    ward = bench
    ward.open_epi_1()
    ward.at(2026, 10, 20, 8, 0)
    toxicity = NewToxicity("Mucositis oral", 3, date(2026, 10, 18), "", "", judged=AZA)
    record_toxicity(ward.ward, ward.infant, toxicity, who=NURSE)
    assert not banner(ward.ward, ward.infant).dlt.rule
    type_all(ward.ward, "aall15p1", "dlt", KELLER, dlt__grade="4")
    assert dlt_page(ward.ward, ward.infant).screening
    assert type_all(ward.ward, "aall15p1", "dlt", OKONJO, dlt__grade="grade 4")
    page = dlt_page(ward.ward, ward.infant)
    named = f"6 of 6 numbers commissioned by two people: {KELLER} and {OKONJO}, 20-Oct-2026 08:00"
    assert page.rule_title == f"The site's DLT rule, {named}"
    assert not page.screening and page.filled_from == 4
    assert "screening rule" not in page.words
    assert "By the site's own DLT rule" in page.words
    assert page.rows[0].rule_words == "below grade 4"
    assert banner(ward.ward, ward.infant).dlt.rule == page.rule_title
    cohort = cohort_page(ward.ward, "aall15p1")
    assert cohort.rule_title == page.rule_title
    assert f"Site value, {KELLER} and {OKONJO}" in cohort.boundary_words
    facts = facts_of(ward.ward, ward.infant)
    contradicted = contradictions(
        rule_in_force(ward.ward, facts.protocol).rule, {"grade": "3 grade"}
    )
    assert "says grade 4 for" in contradicted[0] and "number is grade 3" in contradicted[0]
    values = [dict(line.fields) for line in record_of_ward(ward.ward).lines]
    assert {one.get("As read") for one in values} >= {"grade 4"}
