"""Interfant-06: a dose that is public, and one whose route and days only the site knows; never by another route."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from bedside.units.refusal import Refused
from bedside.ward.facts import facts_of
from bedside.ward.printing import make_paper, paper_choices
from tests.ward.day_bench import in_induction, label_key, printed, sheet_key, sign
from tests.ward.maintenance_bench import in_maintenance
from tests.ward.test_day_sheets import words_of
from tests.ward.wards import NURSE, Bench

ASPARAGINASE = ("induction", 15, "asparaginase-e-coli", "IV")
VINCRISTINE = ("induction", 15, "vincristine", "IV")  # as the site entered it
VALUES = """
protocol = "interfant06"
edition  = "invented 1 of 01-Sep-2026"

[confirmed]
by = ["A. One", "B. Two"]
on = 2026-09-01

[site]
name = "Hospital"
ward = "Ward 4"
place = "shared-care"
weight-age-days = 2

[[contact]]
role = "Pharmacy"
number = "1"

[[drug]]
drug = "asparaginase-e-coli"
rounding = { name = "to 50 units", step = 50, most-percent = 10, unit = "units" }
concentration = { value = 1000, unit = "units" }
syringe-step-ml = 0.01

[[drug]]
drug = "vincristine"
rounding = { name = "to 0.05 mg", step = 0.05, most-percent = 10 }
concentration = { value = 1, unit = "mg" }
syringe-step-ml = 0.01

[[dose]]
course = "induction"
drug = "vincristine"
route = "IV"
value = 0.05
unit = "mg per kg"

[[days]]
course = "induction"
drug = "vincristine"
route = "IV"
days = [8, 15, 22, 29]
"""


def interfant(bench: Bench, values: str = VALUES) -> Bench:
    """Day 15 of Induction, of an infant who was entered while the trial was open."""
    entered = {"protocol_key": "interfant06", "elsewhere": "entered while entry was open"}
    return in_induction(bench, 15, values, study_number="INT-0042", **entered)


def test_units_are_in_words_and_the_age_factor_in_the_sum(bench, tmp_path) -> None:
    """10 000 units per m² of 0.326769 m² are 3 267.69; the protocol's factor of her age goes on top."""
    interfant(bench)
    sign(bench, ASPARAGINASE)
    words = words_of(printed(bench, sheet_key(ASPARAGINASE), tmp_path).path)
    assert "asparaginase (native E. coli)" in words and "10 000 units per m²" in words
    assert " units intravenous" in words and " IU" not in words
    assert "Risk group" in words  # standards 3.2: it stands in the patient box where there is one
    assert "An earlier reaction to any asparaginase?" in words
    label = words_of(printed(bench, label_key(ASPARAGINASE), tmp_path).path)
    assert "asparaginase (native E. coli)" in label and "units" in label


def test_a_route_and_days_of_the_site_make_a_sheet(bench, tmp_path) -> None:
    interfant(bench)
    sign(bench, VINCRISTINE)
    key = sheet_key(VINCRISTINE, "IV")
    words = words_of(printed(bench, key, tmp_path).path)
    assert "0.3 mg intravenous, over ______ minutes" in words
    assert "no infusion time is in public sources" in words
    assert "FATAL IF GIVEN BY OTHER ROUTES" in words
    choices = {one.key for one in paper_choices(bench.ward, facts_of(bench.ward, bench.infant))}
    assert key in choices


def _only(bench: Bench) -> tuple[list[object], list[object]]:
    """The site's dose and days of vincristine, whatever route they stand under."""
    values = bench.ward.values
    return list(values.doses.values()), list(values.days.values())


@pytest.mark.parametrize("route", ["IT", "IM", "SC", "PO"])
def test_a_vinca_by_any_other_route_has_no_paper_whatever_a_site_typed(
    bench, tmp_path: Path, route: str
) -> None:
    """H19: the last guard, should a file of site values ever carry such a route."""
    interfant(bench)
    values, (dose,), (days,) = bench.ward.values, *_only(bench)
    key = ("induction", "vincristine", route)
    bench.ward.values = replace(values, doses={key: dose}, days={key: days})
    for kind in ("day-sheet", "label"):
        for drug in (":vincristine", ""):
            key = f"{kind}:induction:15:{route}{drug}"
            with pytest.raises(Refused) as caught:
                make_paper(bench.ward, bench.infant, key, tmp_path / "out", who=NURSE)
            said = str(caught.value)
            assert "FATAL IF GIVEN BY OTHER ROUTES" in said or "A label is for one drug" in said
    assert not (tmp_path / "out").exists()


def test_a_drug_without_days_or_route_has_no_sheet(bench, tmp_path) -> None:
    interfant(bench, VALUES.split("[[dose]]", maxsplit=1)[0])
    with pytest.raises(Refused, match="No dose of vinCRIStine intravenous is planned on day 15"):
        printed(bench, sheet_key(VINCRISTINE, "IV"), tmp_path)


def test_doses_by_mouth_of_maintenance_are_decided_elsewhere(bench, tmp_path) -> None:
    in_maintenance(bench)
    key = "day-sheet:maintenance:1:PO:mercaptopurine"
    with pytest.raises(Refused, match="decided and signed at each check, for weeks"):
        make_paper(bench.ward, bench.infant, key, tmp_path, who=NURSE)
    assert bench.ward.today() >= date(2026, 9, 1)
