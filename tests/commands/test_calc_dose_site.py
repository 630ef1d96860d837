"""`calc dose` with a site's own values: every kind of dose, reductions, and what is still missing."""

import json
from pathlib import Path
from typing import Any

import pytest

SITE = """
protocol = "aall15p1"
edition = "1"

[confirmed]
by = ["A. One", "B. Two"]
on = 2026-10-01

[site]
bsa-formula = "haycock"
age-anchor = "diagnosis"

[[dose]]
course = "induction"
drug = "cytarabine"
route = "IV"
value = 75
unit = "mg/m2"
age-factors = [ { from-month = 0, factor = "2/3" }, { from-month = 6, factor = "3/4" } ]

[[dose]]
course = "induction"
drug = "hydrocortisone"
route = "IT"
by-age = [ { from-month = 0, value = 6, unit = "mg" }, { from-month = 12, value = 8, unit = "mg" } ]

[[days]]
course = "induction"
drug = "hydrocortisone"
route = "IT"
days = [1, 15, 29]

[[drug]]
drug = "cytarabine"
rounding = { name = "to 0.5 mg", step = 0.5, most-percent = 5 }
concentration-mg-per-ml = 20
vial-mg = 100
"""
RIGHT = {
    "--protocol": "aall15p1",
    "--course": "induction",
    "--day": "8",
    "--birth": "2026-05-12",
    "--course-day-1": "2026-11-01",
    "--weight": "6.2 kg",
    "--length": "63 cm",
    "--diagnosed": "2026-10-30",
}


@pytest.fixture
def site(tmp_path: Path) -> str:
    path = tmp_path / "site.toml"
    path.write_text(SITE, encoding="utf-8")
    return str(path)


def options(site: str, **changed: str | None) -> list[str]:
    named = {f"--{key.replace('_', '-')}": value for key, value in changed.items()}
    both = {**RIGHT, "--site-values": site, **named}
    return [f"{key}={value}" for key, value in both.items() if value is not None]


def doses(calc: Any, site: str, **changed: str | None) -> dict[str, dict[str, Any]]:
    ran = calc("dose", *options(site, **changed), "--json")
    assert (ran.code, ran.err) == (0, ""), ran.err
    return {f"{dose['drug']} {dose['route']}": dose for dose in json.loads(ran.out)["doses"]}


def test_a_site_dose_is_worked_with_its_own_formula_and_anchor(calc: Any, site: str) -> None:
    """0.024265 × 63^0.3964 × 6.2^0.5378 = 0.334493 m²; × 75 × 2/3 = 16.7247 mg; to 0.5 mg: 16.5 mg."""
    found = doses(calc, site)["cytarabine IV"]
    assert (found["status"], found["evidence"], found["protocol_dose"]) == (
        "ready",
        "site",
        "75 mg/m2",
    )
    assert (found["age_factor"], found["prepared"], found["volume"]) == (
        "2/3",
        "16.5 mg",
        "0.83 mL",
    )
    assert found["change_percent"] == "-1.34"
    assert found["cautions"] == [
        "Turns 6 months on day 12, 12-Nov-2026: this does not change the dose in this course, "
        "factor 2/3 stays, because the age is taken on the day of diagnosis."
    ]


def test_site_days_make_a_disputed_day_a_day(calc: Any, site: str) -> None:
    found = doses(calc, site, day="1")["hydrocortisone IT"]
    assert (found["status"], found["prepared"], found["protocol_dose"]) == (
        "ready",
        "6 mg",
        "6 mg/dose",
    )


def test_a_blocked_dose_says_what_who_and_where(calc: Any, site: str) -> None:
    found = doses(calc, site)["vincristine IV"]
    assert found["status"] == "blocked"
    assert found["missing"] == [
        {
            "fact": "the dose of vinCRIStine intravenous in Induction",
            "who": "two people of this site, each from its controlled copy of the protocol",
            "where": "Commissioning, or “dose” in the site values file",
        }
    ]
    plain = calc("dose", *options(site))
    assert (
        "  Needed: the dose of vinCRIStine intravenous in Induction. Who: two people" in plain.out
    )
    no_length = doses(calc, site, length=None)["cytarabine IV"]
    assert no_length["missing"][0]["where"].endswith("--length")
    no_day = doses(calc, site, diagnosed=None)["cytarabine IV"]
    assert no_day["missing"][0]["fact"].startswith("the day of diagnosis")


def test_a_reduction_holds_for_its_own_drug_only(calc: Any, site: str) -> None:
    reduced = {
        "drug": "cytarabine",
        "percent": "75 %",
        "reason": "after mucositis",
        "decided_by": "Dr X",
    }
    found = doses(calc, site, **reduced)
    words = "75 % of the protocol dose, after mucositis (Dr X)"
    assert found["cytarabine IV"]["modification"] == words
    assert found["cytarabine IV"]["prepared"] == "12.5 mg"
    assert found["vincristine IV"]["modification"] == "no: 100 % of the protocol dose"


def test_a_drug_by_two_routes_on_one_day_is_reduced_by_its_route(calc: Any, site: str) -> None:
    """Day 15 has cytarabine into the vein and into the spine: a reduction names which."""
    reduced = {"percent": "75 %", "reason": "after mucositis", "decided_by": "Dr X", "day": "15"}
    ran = calc("dose", *options(site, drug="cytarabine", **reduced))
    assert ran.code == 2
    assert "cytarabine IV" in ran.err and "cytarabine IT" in ran.err
    found = doses(calc, site, drug="cytarabine IV", **reduced)
    assert found["cytarabine IV"]["prepared"] == "12.5 mg"
    assert found["cytarabine IT"]["modification"] == "no: 100 % of the protocol dose"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"percent": "75 %"}, "--drug: a changed dose needs its drug, share, reason and who"),
        ({"drug": "cytarabine", "percent": "75 %", "reason": "r"}, "--decided-by: a changed"),
        (
            {"drug": "etoposide", "percent": "75 %", "reason": "r", "decided_by": "w"},
            "--drug: “etoposide” is not due on day 8 of Induction",
        ),
        (
            {"drug": "cytarabine", "percent": "0 %", "reason": "r", "decided_by": "w"},
            "not 0 %",
        ),
        ({"drug": "cytarabine", "percent": "75", "reason": "r", "decided_by": "w"}, "--percent: "),
        ({"drug": "cytarabine", "percent": "75 %", "reason": " ", "decided_by": "w"}, "reason"),
        ({"diagnosed": "30.10.2026"}, "--diagnosed: "),
    ],
)
def test_a_reduction_that_is_not_whole_is_refused(
    changed: dict[str, str], said: str, calc: Any, site: str
) -> None:
    ran = calc("dose", *options(site, **changed))
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_values_that_do_not_fit_the_protocol_are_refused(calc: Any, tmp_path: Path) -> None:
    path = tmp_path / "site.toml"
    path.write_text(SITE.replace('"induction"', '"indcution"', 1), encoding="utf-8")
    ran = calc("dose", *options(str(path)))
    assert ran.code == 2
    assert "'indcution' is no course of the protocol" in ran.err


def test_the_hours_after_methotrexate_are_told(calc: Any, tmp_path: Path) -> None:
    path = tmp_path / "hours.toml"
    hours = (
        '[[hours]]\ncourse = "interim-maintenance"\ndrug = "leucovorin"\nroute = "PO or IV"\n'
        "first-hour = 42\nevery-hours = 6\nuntil-umol-per-l = 0.25\n"
    )
    path.write_text(SITE + hours, encoding="utf-8")
    of_day = {"course": "interim-maintenance", "day": "3"}
    told = doses(calc, str(path), **of_day)["leucovorin PO or IV"]["steps"]
    assert told[-1] == (
        "Hours: hour 42 after methotrexate begins, then every 6 hours, until methotrexate is below "
        "0.25 µmol/L."
    )
    assert doses(calc, str(path), **of_day)["leucovorin PO or IV"]["cautions"] == []
    path.write_text(SITE + hours.replace("= 42", "= 72"), encoding="utf-8")
    said = doses(calc, str(path), **of_day)["leucovorin PO or IV"]["cautions"]
    assert "Hours and days: planned on day 3, before hour 72 after methotrexate of day 1." in said


def test_octadad_means_its_first_part(calc: Any) -> None:
    """The course key of the contract; the answer says which part."""
    ran = calc(
        "dose", "--protocol", "interfant06", "--course", "octadad", "--day", "1",
        "--birth", "2026-05-01", "--course-day-1", "2026-11-20", "--weight", "6.2 kg",
    )  # fmt: skip
    assert ran.code == 0 and "OCTADAD part 1, day 1" in ran.out
