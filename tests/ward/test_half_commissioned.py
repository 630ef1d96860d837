"""One number of a drug on which two people disagree: no dose of it, and the reason where it is read."""

from bedside.ward.dosing import doses_page
from bedside.ward.facts import facts_of
from bedside.ward.standing import doses_today
from bedside.ward.worked import worked_dose
from tests.ward.commissioned import KELLER, OKONJO, type_all
from tests.ward.wards import Bench

FACTORS = "induction__age-factors__daunorubicin__iv"
OPEN = "The age factors of DAUNOrubicin intravenous in Induction: not settled at this site"


def test_a_dose_whose_age_factors_disagree_is_blocked_and_others_go_on(bench: Bench) -> None:
    """Invented: 77 mg per m² recorded, 2/3 typed by one and 3/4 by the other: 77 alone is too much."""
    bench.site()
    bench.enrol()
    bench.at(2026, 9, 8, 9, 0)  # day 8
    bench.weigh()
    for who, first in ((KELLER, "2/3"), (OKONJO, "3/4")):
        type_all(
            bench.ward,
            "aall15p1",
            "induction",
            who,
            **{FACTORS: f"from 0 months {first}; from 12 months 1"},
        )
    facts = facts_of(bench.ward, bench.infant)
    today = {dose.drug: dose for dose in doses_today(bench.ward, facts)}
    blocked = worked_dose(bench.ward, facts, today["daunorubicin"])
    assert (blocked.status, blocked.prepared) == ("blocked", None)
    assert any(OPEN in words for words in blocked.blocked_by)
    other = worked_dose(bench.ward, facts, today["cytarabine"])  # it lacks its rounding rule only
    assert other.unrounded is not None and not any(OPEN in words for words in other.blocked_by)
    shown = {line[0]: line[3] for line in doses_page(bench.ward, bench.infant).other_drugs}
    assert OPEN in shown["DAUNOrubicin"]
    # what limits a dose stands beside it: the rate alone would be read as the dose
    assert "times 5/9 from 0 months, 1 from 13 months" in shown["prednisoLONE"]
    assert shown["prednisoLONE"].endswith("at most 3 mg for one dose; 3 times a day")
