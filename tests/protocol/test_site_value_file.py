"""The site's own values: read whole, refused with every fault, used for their own protocol only."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bedside.protocol.model import Protocol
from bedside.protocol.site_value_checks import check_site_values
from bedside.protocol.site_value_reader import read_site_values, read_site_values_text
from bedside.protocol.site_values import (
    NO_SITE_VALUES,
    AgeDose,
    SiteDose,
    SiteValues,
    SiteValuesError,
)
from bedside.units.quantities import DoseRate, DrugAmount

SMALL = """
protocol = "aall15p1"
edition  = "2"

[confirmed]
by = ["A. One", "B. Two"]
on = 2026-10-01

[site]
name = "Hospital"
place = "shared-care"
weight-age-days = 3

[[contact]]
role = "Pharmacy"
number = "1"

[lengths]
induction = 35

[[drug]]
drug = "azacitidine"
rounding = { name = "to 0.1 mg", step = 0.1, most-percent = 5 }
concentration-mg-per-ml = 10
vial-mg = 100
stop-mg = 20

[[dose]]
course = "induction"
drug = "cytarabine"
route = "IV"
value = 75
unit = "mg per m2"
"""


def test_demonstration_values(demonstration: SiteValues) -> None:
    assert demonstration.demonstration is True
    assert "demonstration" in demonstration.edition
    assert dict(demonstration.lengths) == {
        "induction": 35,
        "consolidation": 37,
        "interim-maintenance": 30,
        "di-part-1": 37,
        "di-part-2": 23,
    }
    rule = demonstration.rounding["azacitidine"]
    assert (rule.step, rule.most_percent) == (Decimal("0.1"), Decimal(5))
    assert demonstration.concentration_mg_per_ml["azacitidine"] == 10
    assert demonstration.vial_mg["azacitidine"] == 100
    assert demonstration.syringe_step_ml["azacitidine"] == Decimal("0.05")
    assert demonstration.planned_minutes["azacitidine"] == 30
    assert (demonstration.weight_age_days, demonstration.count_age_hours) == (2, 48)
    assert demonstration.place == "tertiary"
    assert demonstration.confirmed_by is not None
    assert demonstration.confirmed_on == date(2026, 10, 1)
    assert len(demonstration.contacts) == 3
    assert dict(demonstration.doses) == {}  # no invented dose of any drug


def test_demonstration_lengths_fit_the_protocol(
    demonstration: SiteValues, aall15p1: Protocol
) -> None:
    for key, days in demonstration.lengths.items():
        assert days >= (aall15p1.course(key).last_dosing_day or 0)


def test_nothing_commissioned() -> None:
    assert NO_SITE_VALUES.lengths_for("aall15p1") == {}
    assert NO_SITE_VALUES.dose_for("aall15p1", ("induction", "cytarabine", "IV")) is None
    assert NO_SITE_VALUES.confirmed_by is None
    assert not NO_SITE_VALUES.demonstration


def test_values_hold_for_their_own_protocol_only() -> None:
    """H12: the Induction of one protocol is not the Induction of another."""
    values = read_site_values_text(SMALL, "site.toml")
    key = ("induction", "cytarabine", "IV")
    assert values.lengths_for("aall15p1") == {"induction": 35}
    assert values.lengths_for("interfant06") == {}
    assert values.dose_for("aall15p1", key) == SiteDose(DoseRate(Decimal(75), "mg", "m2"))
    assert values.dose_for("interfant06", key) is None
    assert values.stops["azacitidine"] == DrugAmount(Decimal(20))
    assert values.place == "shared-care"


def test_least_file() -> None:
    values = read_site_values_text('protocol = "aall15p1"\nedition = "1"\n', "site.toml")
    assert values.confirmed_by is None
    assert (values.place, values.contacts, values.weight_age_days) == ("unknown", (), None)


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ('edition  = "2"', 'edition = "2"\nlengts = 1', "is lengths meant?"),
        ('edition  = "2"\n', "", "edition: this is missing"),
        ('["A. One", "B. Two"]', '["A. One"]', "two different people"),
        ('["A. One", "B. Two"]', '["A. One", " a. one "]', "two different people"),
        ('["A. One", "B. Two"]', '["A. One", " "]', "two different people"),
        ("on = 2026-10-01", 'on = "2026-10-01"', "the day of confirming is needed"),
        ("on = 2026-10-01", "on = 2026-10-01T10:00:00", "the day of confirming is needed"),
        ("on = 2026-10-01", "", "the day of confirming is needed"),
        ("induction = 35", "induction = 0", "lengths > induction: a whole number from 1"),
        ("induction = 35", "induction = 35.5", "lengths > induction: a whole number from 1"),
        ('drug = "azacitidine"', 'drug = "azacitadine"', "not in the drug list"),
        ("step = 0.1", "step = 0", "a number above 0"),
        (", most-percent = 5", "", "most-percent: this is missing"),
        ("step = 0.1, ", "", "step: this is missing"),
        ("vial-mg = 100", "vial-mg = -100", "a number above 0"),
        ("value = 75\n", "", "value: this is missing"),
        ('value = 75\nunit = "mg per m2"', "", "a dose needs its value and unit"),
        ('unit = "mg per m2"', 'unit = "mg/m3"', "'mg/m3' is not known"),
        ('place = "shared-care"', 'place = "home"', "'home' is not known"),
        ('role = "Pharmacy"', 'role = ""', "contact 1 > role"),
        ("[[dose]]", SMALL[SMALL.index("[[dose]]") :] + "\n[[dose]]", "stands there twice"),
        ("[[dose]]", '[[drug]]\ndrug = "azacitidine"\n\n[[dose]]', "stands there twice"),
        ("[site]", "[site]\nward = 4", "site > ward"),
    ],
)
def test_fault_names_place_and_cure(written: str, instead: str, said: str) -> None:
    assert written in SMALL
    with pytest.raises(SiteValuesError) as refused:
        read_site_values_text(SMALL.replace(written, instead, 1), "site.toml")
    assert all(reason.startswith("site.toml: ") for reason in refused.value.reasons)
    assert any(said in reason for reason in refused.value.reasons), refused.value.reasons


def test_every_fault_at_once() -> None:
    broken = SMALL.replace("induction = 35", "induction = 0").replace("step = 0.1", "step = -1")
    with pytest.raises(SiteValuesError) as refused:
        read_site_values_text(broken, "site.toml")
    assert len(refused.value.reasons) == 2


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "site.toml"
    path.write_bytes(SMALL.encode() + b"# \xff")
    with pytest.raises(SiteValuesError, match="not UTF-8"):
        read_site_values(path)


FULL = (
    SMALL.replace("[site]", '[site]\nbsa-formula = "haycock"\nage-anchor = "dose-day"')
    + """
most          = { value = 100, unit = "mg" }
age-factors   = [ { from-month = 0, factor = "2/3" }, { from-month = 6, factor = "3/4" }, { from-month = 12, factor = "1" } ]
doses-per-day = 3

[[dose]]
course = "induction"
drug   = "methotrexate"
route  = "IT"
by-age = [ { from-month = 0, value = 6, unit = "mg" }, { from-month = 12, value = 8, unit = "mg" } ]

[[days]]
course = "induction"
drug   = "hydrocortisone"
route  = "IT"
days   = [1, 15, 29]

[[start]]
course = "consolidation"
anc-at-least-per-ul = 500
platelets-at-least-per-ul = 50000
confirm = [ { key = "toxicity-resolved", words = "Any toxicity has resolved" } ]

[[start]]
course  = "di-part-2"
confirm = [ { key = "well", words = "The infant is well" } ]
"""
)


def test_every_kind_of_entry(aall15p1: Protocol) -> None:
    values = read_site_values_text(FULL, "site.toml", protocol=aall15p1)
    assert (values.bsa_formula, values.age_anchor) == ("haycock", "dose-day")
    dose = values.dose_for("aall15p1", ("induction", "cytarabine", "IV"))
    assert dose is not None
    assert (dose.most, dose.doses_per_day) == (DrugAmount(Decimal(100)), 3)
    assert [(band.from_month, str(band.factor)) for band in dose.age_factors] == [
        (0, "2/3"),
        (6, "3/4"),
        (12, "1"),
    ]
    fixed = values.dose_for("aall15p1", ("induction", "methotrexate", "IT"))
    assert fixed == SiteDose(
        None, by_age=(AgeDose(0, DrugAmount(Decimal(6))), AgeDose(12, DrugAmount(Decimal(8))))
    )
    key = ("induction", "hydrocortisone", "IT")
    assert values.days_for("aall15p1", key) == (1, 15, 29)
    assert values.days_for("interfant06", key) == ()
    assert values.days_for("aall15p1", ("induction", "hydrocortisone", "IV")) == ()
    rule = values.start_rule_for("aall15p1", "consolidation")
    assert rule is not None
    assert [(part.measure, part.at_least_per_ul) for part in rule.measures] == [
        ("anc", 500),
        ("platelets", 50_000),
    ]
    assert [(part.key, part.words) for part in rule.confirmations] == [
        ("toxicity-resolved", "Any toxicity has resolved")
    ]
    assert rule.measures[0].origin.evidence == "site"
    assert rule.measures[0].origin.named == "site values, 2"
    assert values.start_rule_for("interfant06", "consolidation") is None
    assert values.start_rule_for("aall15p1", "induction") is None


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ('"haycock"', '"mine"', "bsa-formula: 'mine' is not known"),
        ('"dose-day"', '"birth"', "age-anchor: 'birth' is not known"),
        ("from-month = 0, factor", "from-month = 1, factor", "begin at month 0 and rise"),
        ("from-month = 6", "from-month = 12", "begin at month 0 and rise"),
        ("from-month = 6", "from-month = -6", "a whole number from 1 is needed"),
        ("from-month = 6", "from-month = 6.5", "a whole number from 1 is needed"),
        ("from-month = 6, ", "", "from-month: this is missing"),
        ('factor = "2/3"', 'factor = "0.67"', "is not an exact factor up to 1"),
        ('factor = "2/3"', "factor = 0.67", "a text in quotes is needed"),
        ('factor = "2/3"', 'factor = "3/2"', "is not an exact factor up to 1"),
        ('factor = "2/3"', 'factor = "2/0"', "is not an exact factor up to 1"),
        ('value = 100, unit = "mg"', 'value = 100, unit = "units"', "write its cap in mg too"),
        ('value = 100, unit = "mg"', 'value = 0, unit = "mg"', "a number above 0"),
        ('value = 100, unit = "mg"', "value = 100", "most > unit: this is missing"),
        ("doses-per-day = 3", "doses-per-day = 0", "a whole number from 1"),
        ("value = 6, unit", "valu = 6, unit", "is value meant?"),
        ('value = 8, unit = "mg"', 'value = 8, unit = "units"', "write all in one"),
        ("from-month = 12, value", "from-month = 0, value", "begin at month 0 and rise"),
        ("by-age", 'value = 5\nunit = "mg per dose"\nby-age', "keep one of them"),
        (
            "by-age",
            'age-factors = [ { from-month = 0, factor = "2/3" } ]\nby-age',
            "takes no age factor",
        ),
        ("days   = [1, 15, 29]", "", "days: this is missing"),
        ("days   = [1, 15, 29]", "days = []", "no day is listed"),
        ("[1, 15, 29]", "[1, 15.5, 29]", "15.5 is not a whole number"),
        ("[1, 15, 29]", "[1, 15, 15]", "day 15 stands there twice"),
        ('drug   = "hydrocortisone"', 'drug = "hydrocortison"', "not in the drug list"),
        ('"IT"\ndays', '"ITH"\ndays', "'ITH' is not a known route"),
        ('route  = "IT"\ndays', "days", "route: this is missing"),
        ("[[days]]", FULL[FULL.index("[[days]]") : FULL.index("[[start]]")] + "[[days]]", "twice"),
        ('course  = "di-part-2"', 'course = "consolidation"', "stands there twice"),
        ('confirm = [ { key = "well", words = "The infant is well" } ]', "", "write at least one"),
        (
            'confirm = [ { key = "well"',
            'confirm = [ { key = "well", words = "a" }, { key = "well"',
            "'well' stands there twice",
        ),
        ("anc-at-least-per-ul = 500", "anc-at-least-per-ul = 0.5", "a whole number from 1"),
        ("[1, 15, 29]", "[1, 15, 36]", "day 36 lies after the last day of the course, 35"),
        ('course = "consolidation"', 'course = "consolidatoin"', "is no course of the protocol"),
        ("induction = 35", "indcution = 35", "lengths > indcution: 'indcution' is no course"),
        (
            'course = "induction"\ndrug   = "methotrexate"',
            'course = "ib"\ndrug = "methotrexate"',
            "dose methotrexate IT in ib: 'ib' is no course of the protocol",
        ),
        ('route  = "IT"\nby-age', 'route = "IV"\nby-age', 'by another route: write "IT"'),
        ('drug   = "methotrexate"', 'drug = "etoposide"', "etoposide is not given in Induction"),
        (
            'course = "induction"\ndrug   = "hydrocortisone"',
            'course = "ib"\ndrug = "hydrocortisone"',
            "days hydrocortisone IT in ib",
        ),
    ],
)
def test_each_new_entry_is_checked(
    written: str, instead: str, said: str, aall15p1: Protocol
) -> None:
    assert written in FULL
    with pytest.raises(SiteValuesError) as refused:
        read_site_values_text(FULL.replace(written, instead, 1), "site.toml", protocol=aall15p1)
    assert all(reason.startswith("site.toml: ") for reason in refused.value.reasons)
    assert any(said in reason for reason in refused.value.reasons), refused.value.reasons


def test_a_cap_without_a_dose_is_one_fault() -> None:
    text = FULL.replace('value = 75\nunit = "mg per m2"\n', "")
    with pytest.raises(SiteValuesError) as refused:
        read_site_values_text(text, "site.toml")
    assert len(refused.value.reasons) == 1


def test_values_of_another_protocol_are_not_checked_against_this_one(
    interfant06: Protocol, aall15p1: Protocol
) -> None:
    with pytest.raises(SiteValuesError, match="values for aall15p1, not for interfant06"):
        read_site_values_text(FULL, "site.toml", protocol=interfant06)
    check_site_values(read_site_values_text(FULL, "site.toml"), aall15p1, "site.toml")
    with pytest.raises(SiteValuesError, match=r"store: protocol: these are values"):
        check_site_values(read_site_values_text(FULL, "site.toml"), interfant06, "store")
