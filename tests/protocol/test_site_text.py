"""The file of site values that commissioning writes: read back, it says what was typed."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from msgspec.structs import replace

from bedside.protocol.maintenance_text import rule_faults
from bedside.protocol.model import Protocol
from bedside.protocol.numbers import protocol_inventory, site_inventory
from bedside.protocol.site_text import SiteHead, site_values_text
from bedside.protocol.site_value_reader import read_site_values_text
from bedside.protocol.site_values import SiteValues, Strength, Tablet
from bedside.protocol.strengths import strength_of
from bedside.units.quantities import DrugAmount

HEAD = SiteHead(
    edition="3 numbers",
    demonstration=False,
    people=("M. Keller, pharmacist", 'A. "Ada" Okonjo, physician'),
    on=date(2026, 11, 21),
    site_name="North Quay",
    ward_name="Ward 4",
)


def written(
    protocol: Protocol, recorded: dict[str, str], site: dict[str, str] | None = None
) -> str:
    return site_values_text(protocol, protocol_inventory(protocol), recorded, site or {}, HEAD)


def read(
    protocol: Protocol, recorded: dict[str, str], site: dict[str, str] | None = None
) -> SiteValues:
    return read_site_values_text(written(protocol, recorded, site), "site.toml", protocol=protocol)


def test_head(aall15p1: Protocol) -> None:
    values = read(aall15p1, {})
    assert values.confirmed_by == HEAD.people and values.confirmed_on == HEAD.on
    assert (values.site_name, values.ward_name) == ("North Quay", "Ward 4")
    assert values.confirmed_courses is None  # inside the ward each course is asked for itself
    leaving = replace(HEAD, courses=("epi-1", "epi-2"))
    text = site_values_text(aall15p1, protocol_inventory(aall15p1), {}, {}, leaving)
    assert read_site_values_text(text, "x").confirmed_courses == ("epi-1", "epi-2")
    nobody = replace(HEAD, people=(), on=None, demonstration=True, site_name="", ward_name="")
    text = site_values_text(aall15p1, protocol_inventory(aall15p1), {}, {}, nobody)
    assert "[site]" not in text and "[confirmed]" not in text
    assert read_site_values_text(text, "x").demonstration


def test_a_dose_with_all_that_limits_it(aall15p1: Protocol) -> None:
    values = read(
        aall15p1,
        {
            "induction/dose/daunorubicin/iv": "77 mg/m2",
            "induction/most/daunorubicin/iv": "3.5 mg",
            "induction/age-factors/daunorubicin/iv": "from 0 months 8/9; from 17 months 1",
            "induction/times/daunorubicin/iv": "2 times",
            "induction/length": "33 days",
        },
    )
    dose = values.dose_for("aall15p1", ("induction", "daunorubicin", "IV"))
    assert dose is not None and dose.rate is not None and dose.most is not None
    assert (dose.rate.value, dose.rate.per, dose.most.value) == (77, "m2", Decimal("3.5"))
    assert [(band.from_month, band.factor) for band in dose.age_factors] == [
        (0, Fraction(8, 9)),
        (17, Fraction(1)),
    ]
    assert dose.doses_per_day == 2
    assert values.lengths_for("aall15p1") == {"induction": 33}


def test_a_dose_by_age(aall15p1: Protocol) -> None:
    text = "from 0 months 6 mg; from 17 months 8.5 mg"
    values = read(aall15p1, {"induction/dose/methotrexate/it": text})
    dose = values.dose_for("aall15p1", ("induction", "methotrexate", "IT"))
    assert dose is not None and dose.rate is None
    assert [(band.from_month, band.amount.value) for band in dose.by_age] == [
        (0, 6),
        (17, Decimal("8.5")),
    ]


def test_what_is_public_is_not_written_again(aall15p1: Protocol) -> None:
    """The protocol file holds it; only what stands against it is written, and will block."""
    same = {
        "epi-1/dose/azacitidine/iv": "2.5 mg/kg",
        "epi-1/days/azacitidine/iv": "1 to 5",
        "epi-1/times/azacitidine/iv": "1 times",
        "epi-1/most/azacitidine/iv": "not stated",
        "epi-1/length": "5 days",
        "epi-1/start/anc": "500 /µL",
        "epi-1/start/platelets": "50000 /µL",
        "epi-1/start/toxicity-resolved": "yes",
        "epi-1/start/others": "not stated",
    }
    values = read(aall15p1, same)
    assert (values.doses, values.days, values.lengths, values.starts) == ({}, {}, {}, {})
    other = read(
        aall15p1, same | {"epi-1/days/azacitidine/iv": "1 to 4", "epi-1/start/anc": "600 /µL"}
    )
    assert other.days_for("aall15p1", ("epi-1", "azacitidine", "IV")) == (1, 2, 3, 4)
    rule = other.start_rule_for("aall15p1", "epi-1")
    assert rule is not None and [part.at_least_per_ul for part in rule.measures] == [600, 50_000]


@pytest.mark.parametrize(
    ("texts", "counts", "asked"),
    [
        (("777 /µL", "88000 /µL", "yes"), [777, 88_000], ["toxicity-resolved"]),
        (("777 /µL", "not stated", "no"), [777], []),
        (("not stated", "88000 /µL", "not stated"), [88_000], []),
        (("not stated", "not stated", "yes"), [], ["toxicity-resolved"]),
        (("not stated", "not stated", "no"), None, None),
        (("777 /µL", "88000 /µL", ""), None, None),  # a part that is not recorded yet: no rule
        (("777 /µL", "", "yes"), None, None),
    ],
)
def test_a_start_rule(aall15p1: Protocol, texts, counts, asked) -> None:
    keys = ("anc", "platelets", "toxicity-resolved")
    recorded = {
        f"maintenance/start/{key}": text for key, text in zip(keys, texts, strict=True) if text
    } | {"maintenance/start/others": "not stated"}
    rule = read(aall15p1, recorded).start_rule_for("aall15p1", "maintenance")
    if counts is None:
        assert rule is None
        return
    assert rule is not None
    assert [part.at_least_per_ul for part in rule.measures] == counts
    assert [part.key for part in rule.confirmations] == asked


def test_the_sites_own_route_where_none_is_public(shelf: dict[str, Protocol]) -> None:
    values = read(
        shelf["interfant06"],
        {
            "induction/route/vincristine/not-public": "IV",
            "induction/dose/vincristine/not-public": "77 mg/m2",
            "induction/days/vincristine/not-public": "1, 4",
            "induction/dose/daunorubicin/not-public": "78 mg/m2",
        },
    )
    assert values.days_for("interfant06", ("induction", "vincristine", "IV")) == (1, 4)
    assert values.dose_for("interfant06", ("induction", "daunorubicin", "not public")) is not None


def test_formulary_and_settings(aall15p1: Protocol) -> None:
    values = read(
        aall15p1,
        {},
        {
            "formulary/azacitidine/strength": "100 mg",
            "formulary/azacitidine/concentration": "11 mg/mL",
            "formulary/azacitidine/syringe-step": "0.07 mL",
            "formulary/azacitidine/step": "0.3 mg",
            "formulary/azacitidine/most-percent": "7 %",
            "formulary/azacitidine/minutes": "33 min",
            "formulary/vincristine/strength": "1 mg",
            "formulary/cytarabine/minutes": "34 min",
            "formulary/pegaspargase/strength": "3750 units",
            "formulary/pegaspargase/concentration": "750 units/mL",
            "formulary/pegaspargase/step": "75 units",
            "formulary/pegaspargase/most-percent": "not stated",
            "settings/place": "shared-care",
            "settings/weight-age": "3 days",
            "settings/count-age": "33 hours",
            "settings/bsa-formula": "haycock",
            "settings/age-anchor": "dose-day",
            "settings/telephone/pharmacy": "0407741",
        },
    )
    rule = values.rounding["azacitidine"]
    assert (rule.name, rule.step, rule.most_percent) == ("to 0.3 mg", Decimal("0.3"), 7)
    exact = values.rounding["pegaspargase"]
    assert (exact.step, exact.unit, exact.most_percent) == (75, "units", 0)
    assert values.concentration_mg_per_ml == {"azacitidine": 11}
    assert values.vial_mg == {"azacitidine": 100, "vincristine": 1}
    assert values.syringe_step_ml == {"azacitidine": Decimal("0.07")}
    assert values.strengths == {
        "pegaspargase": Strength(
            DrugAmount(Decimal(750), "units"), DrugAmount(Decimal(3750), "units")
        )
    }
    assert values.planned_minutes == {"azacitidine": 33, "cytarabine": 34}
    assert (values.place, values.weight_age_days, values.count_age_hours) == ("shared-care", 3, 33)
    assert (values.bsa_formula, values.age_anchor) == ("haycock", "dose-day")
    assert values.contacts == (("Cytotoxic pharmacy", "", "0407741"),)


def test_a_step_rounds_in_the_unit_of_its_doses(shelf: dict[str, Protocol]) -> None:
    """A step is never a bare number: milligrams for a dose in micrograms are a thousand times as much."""
    protocol = shelf["interfant06-blinatumomab"]
    drug = {
        "most-percent": "7 %",
        "strength": "38.5 micrograms",
        "concentration": "12 micrograms/mL",
    }
    site = {f"formulary/blinatumomab/{key}": text for key, text in drug.items()}
    for step, size, unit in (
        ("0.3 micrograms", "0.3", None),
        ("0.0003 mg", "0.3", None),
        ("0.3 mg", "300", None),
        ("3 units", "3", "units"),
    ):
        values = read(protocol, {}, site | {"formulary/blinatumomab/step": step})
        rule = values.rounding["blinatumomab"]
        assert (rule.name, rule.step, rule.unit) == (f"to {step}", Decimal(size), unit)
        assert values.vial_mg == {"blinatumomab": Decimal("0.0385")}
        assert values.concentration_mg_per_ml == {"blinatumomab": Decimal("0.012")}
    units = {
        "formulary/asparaginase-e-coli/step": "75 units",
        "formulary/asparaginase-e-coli/most-percent": "7 %",
    }
    assert (
        read(shelf["interfant06"], {}, units).rounding["asparaginase-e-coli"].name == "to 75 units"
    )
    recorded = {"induction/dose/pegaspargase/iv-or-im": "7700 units/m2"}
    peg = {key.replace("asparaginase-e-coli", "pegaspargase"): text for key, text in units.items()}
    assert "pegaspargase" in read(shelf["aall15p1"], recorded, peg).rounding
    assert read(shelf["aall15p1"], {}, peg).rounding["pegaspargase"].unit == "units"


RULE = {
    "check-every": "13 days",
    "stop/anc": "333 /µL",
    "stop/platelets": "33000 /µL",
    "resume/anc": "555 /µL",
    "resume/platelets": "55000 /µL",
    "resume/percent": "100 %",
    "resume/of": "before",
    "reduce/anc": "444 /µL",
    "reduce/platelets": "44000 /µL",
    "reduce/percent": "44 %",
    "reduce/of": "start",
    "raise/anc": "1777 /µL",
    "raise/times": "2 times",
    "raise/checks": "3 times",
    "raise/within": "39 days",
    "raise/same-dose": "39 days",
    "start/mercaptopurine": "33 mg/m2",
    "steps/mercaptopurine": "100, 117",
    "every/mercaptopurine": "day",
    "start/methotrexate": "from 0 months 11 mg/m2; from 17 months 12 mg/m2",
    "steps/methotrexate": "not stated",
    "every/methotrexate": "week",
    "follows/mercaptopurine": "own",
    "follows-after/mercaptopurine": "not stated",
    "follows/methotrexate": "own",
    "follows-after/methotrexate": "not stated",
}


def rule_text(protocol: Protocol, **changed: str) -> str:
    texts = {f"maintenance-rule/{key}": text for key, text in RULE.items()}
    texts |= {f"maintenance-rule/{key.replace('__', '/')}": text for key, text in changed.items()}
    return written(protocol, texts)


def test_the_titration_rule(aall15p1: Protocol) -> None:
    text = rule_text(aall15p1)
    assert "stop = { anc-at-most-per-ul = 333, platelets-at-most-per-ul = 33000 }" in text
    assert 'percent = 44, of = "start" }' in text and "same-dose-days = 39" in text
    assert 'start = [{ from-month = 0, value = 33, unit = "mg per m2" }]' in text
    assert "steps = { percent = [100, 117] }" in text
    assert "methotrexate" not in text.split("[maintenance]")[1]  # no steps: it is not titrated
    read_site_values_text(text, "site.toml", protocol=aall15p1)


def test_parts_of_the_rule_that_a_copy_lacks(aall15p1: Protocol) -> None:
    none = {f"raise__{key}": "not stated" for key in ("anc", "times", "checks", "within")}
    none |= {f"reduce__{key}": "not stated" for key in ("anc", "platelets", "percent", "of")}
    text = rule_text(aall15p1, **{"check-every": "not stated"}, **none)
    rule = text.split("[maintenance]")[1]
    assert "raise" not in rule and "reduce" not in rule and "check-every" not in rule
    again = rule_text(
        aall15p1, **{"raise__same-dose": "not stated", "steps__methotrexate": "100, 133"}
    )
    assert "same-dose" not in again and "from-month = 17, value = 12" in again


def test_a_drug_whose_raise_follows_another(aall15p1: Protocol) -> None:
    """Which raise it follows and after how many days is the copy's; half of it is refused."""
    followed = {
        "steps__methotrexate": "100, 117",
        "follows__methotrexate": "mercaptopurine",
        "follows-after__methotrexate": "13, 27",
    }
    text = rule_text(aall15p1, **followed)
    assert 'follows = { drug = "mercaptopurine", after-days = [13, 27] }' in text
    rule = read_site_values_text(text, "site.toml", protocol=aall15p1).maintenance_for("aall15p1")
    assert rule is not None and rule.drugs[1].follows is not None
    assert rule.drugs[1].follows.after_days == (13, 27) and rule.drugs[0].follows is None
    whole = {f"maintenance-rule/{key}": told for key, told in RULE.items()}
    half = whole | {"maintenance-rule/follows/methotrexate": "mercaptopurine"}
    assert rule_faults(half) == (
        "methotrexate is raised after a raise of mercaptopurine: after how many days is not typed.",
    )
    days = whole | {"maintenance-rule/follows-after/methotrexate": "13"}
    assert rule_faults(days) == (
        "methotrexate: days after a raise are typed, but it follows no other drug.",
    )
    assert "[maintenance]" not in written(aall15p1, half)


def test_no_rule_without_stop_and_resumption(aall15p1: Protocol) -> None:
    assert "[maintenance]" not in rule_text(aall15p1, stop__anc="not stated")
    assert "[maintenance]" not in rule_text(aall15p1, resume__platelets="not stated")


def test_half_a_rule_is_none(aall15p1: Protocol) -> None:
    """Without the part that is missing it would propose another dose than the copy."""
    whole = {f"maintenance-rule/{key}": text for key, text in RULE.items()}
    assert "[maintenance]" in written(aall15p1, whole)
    for number_id in whole:  # one number on which the two do not agree yet
        left = {key: text for key, text in whole.items() if key != number_id}
        assert "[maintenance]" not in written(aall15p1, left), number_id
    for key in ("reduce/of", "reduce/anc", "raise/times", "stop/anc", "resume/percent"):
        half = whole | {f"maintenance-rule/{key}": "not stated"}
        assert "[maintenance]" not in written(aall15p1, half), key
        (reason,) = rule_faults(half)
        assert "some are typed and some not" in reason and key.split("/")[1] in reason
    assert not rule_faults(whole)


def test_a_drug_that_stands_twice_in_a_course_is_written_once(aall15p1: Protocol) -> None:
    course = aall15p1.courses[0]
    twice = replace(aall15p1, courses=(replace(course, drugs=(course.drugs[0], course.drugs[0])),))
    assert written(twice, {"induction/dose/methotrexate/it": "7.7 mg"}).count("[[dose]]") == 1


def test_a_tablet_stands_by_mouth_beside_the_liquid_of_other_routes(aall15p1: Protocol) -> None:
    """7.7 mg tablets in halves by mouth; what is drawn up into a vein keeps its concentration."""
    site = {
        "formulary/methotrexate/concentration": "11 mg/mL",
        "formulary/methotrexate/tablet": "7.7 mg",
        "formulary/methotrexate/tablet-parts": "2",
        "formulary/mercaptopurine/tablet": "77 mg",
        "formulary/mercaptopurine/tablet-parts": "not stated",
        "formulary/dexamethasone/tablet": "not stated",
        "formulary/dexamethasone/tablet-parts": "4",
    }
    values = read(aall15p1, {}, site)
    assert values.strengths == {
        "methotrexate PO": Strength(tablet=Tablet(DrugAmount(Decimal("7.7"), "mg"), 2)),
        "mercaptopurine PO": Strength(tablet=Tablet(DrugAmount(Decimal(77), "mg"), 1)),
    }
    assert strength_of(values, "methotrexate", "PO").tablet is not None
    assert strength_of(values, "methotrexate", "IT").tablet is None


def test_only_what_is_given_by_mouth_is_asked_for_tablets(aall15p1: Protocol) -> None:
    asked = {
        number.drug
        for group in site_inventory([aall15p1]).groups
        for number in group.numbers
        if number.id.endswith(("/tablet", "/tablet-parts"))
    }
    assert "mercaptopurine" in asked
    assert not asked & {"azacitidine", "vincristine", "daunorubicin"}
