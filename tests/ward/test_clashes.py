"""Site values against the public source: said on the pages and refused, and nothing of them is used."""

from datetime import date
from decimal import Decimal

import pytest

from bedside.protocol.model import MeasureRule, Origin, StartRule
from bedside.protocol.site_values import SiteDose, SiteValues
from bedside.units.quantities import DoseRate
from bedside.units.refusal import Refused
from bedside.ward.courses import open_course
from bedside.ward.dosing import doses_page
from bedside.ward.facts import facts_of
from bedside.ward.sheets import check_sheet
from bedside.ward.where import where_are_we
from tests.ward.wards import DOCTOR, Bench

LOWER = StartRule((MeasureRule("anc", 300, Origin("site", (), "site values")),), ())
EPI = ("epi-1", "azacitidine", "IV")


def test_a_start_rule_against_the_public_one_opens_nothing(bench: Bench) -> None:
    bench.ready_for_epi_1()
    bench.ward.values = SiteValues(protocol="aall15p1", edition="7", starts={"epi-1": LOWER})
    page = where_are_we(bench.ward, bench.infant)
    assert "at least 300 per µL" in page.settle[0]
    assert "at least 500 per µL" in page.settle[0]
    assert not page.open_allowed
    with pytest.raises(Refused, match="two people settle which holds"):
        open_course(bench.ward, bench.infant, "epi-1", date(2026, 10, 7), who=DOCTOR)


def test_without_it_the_course_opens(bench: Bench) -> None:
    bench.ready_for_epi_1()
    bench.ward.values = SiteValues(protocol="aall15p1", edition="7")
    page = where_are_we(bench.ward, bench.infant)
    assert page.settle == ()
    assert page.open_allowed


@pytest.mark.parametrize(
    ("values", "theirs", "public"),
    [
        ({"days": {EPI: (1, 2, 3)}}, "days 1, 2, 3", "1, 2, 3, 4, 5"),
        ({"doses": {EPI: SiteDose(DoseRate(Decimal(3), "mg", "kg"))}}, "3 mg per kg", "2.5 mg"),
    ],
)
def test_a_drug_against_the_public_source_has_no_dose_and_no_sheet(
    bench: Bench, values: dict[str, object], theirs: str, public: str
) -> None:
    bench.open_epi_1()
    bench.ward.values = SiteValues(protocol="aall15p1", edition="7", **values)  # type: ignore[arg-type]
    facts = facts_of(bench.ward, bench.infant)
    refused = " ".join(check_sheet(bench.ward, facts, facts.protocol.course("epi-1")))
    page = doses_page(bench.ward, bench.infant)
    assert page.dose_text == ""
    for words in (refused, " ".join(page.blocked_by)):
        assert theirs in words
        assert public in words
        assert "two people settle" in words
    settle = " ".join(where_are_we(bench.ward, bench.infant).settle)
    assert theirs in settle
    assert public in settle


def test_another_drug_says_it_in_its_own_line(bench: Bench) -> None:
    bench.site()
    bench.enrol()
    key = ("induction", "vincristine", "IV")
    bench.ward.values = SiteValues(protocol="aall15p1", edition="7", days={key: (8, 15)})
    lines = {line[0]: line for line in doses_page(bench.ward, bench.infant).other_drugs}
    assert "8, 15, 22, 29: two people settle" in lines["vinCRIStine"][2]


def test_a_length_against_the_public_one_is_said(bench: Bench) -> None:
    bench.ready_for_epi_1()
    public = bench.ward.protocols["aall15p1"].course("epi-1").length_days
    bench.ward.values = SiteValues(protocol="aall15p1", edition="7", lengths={"epi-1": 9})
    settle = where_are_we(bench.ward, bench.infant).settle
    assert [f"length of 9 days, the public source states {public}" in one for one in settle] == [
        True
    ]


def test_what_lies_behind_her_is_not_said(bench: Bench) -> None:
    bench.open_epi_1()
    site = {("induction", "vincristine", "IV"): (8, 15)}
    bench.ward.values = SiteValues(protocol="aall15p1", edition="7", days=site)
    assert where_are_we(bench.ward, bench.infant).settle == ()
    assert len(bench.ward.clashes("aall15p1")) == 1
    assert bench.ward.clashes("no such protocol") == ()
