"""The site's own values: read whole, refused with every fault, used for their own protocol only."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bedside.protocol.model import Protocol
from bedside.protocol.site_values import (
    NO_SITE_VALUES,
    SiteValues,
    SiteValuesError,
    read_site_values,
    read_site_values_text,
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
    assert values.dose_for("aall15p1", key) == DoseRate(Decimal(75), "mg", "m2")
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
        ('unit = "mg per m2"', 'unit = "mg/m2"', "'mg/m2' is not known"),
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
