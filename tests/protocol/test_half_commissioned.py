"""What two people recorded in part, or against a public source: worked cases, down to the dose line."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bedside.clinical.body_size import body_surface
from bedside.protocol.doses import DoseWorking, work_dose
from bedside.protocol.missing import missing_volume
from bedside.protocol.model import Protocol
from bedside.protocol.numbers import protocol_inventory
from bedside.protocol.site_plan import filled_plan, with_site_values
from bedside.protocol.site_text import SiteHead, site_values_text
from bedside.protocol.site_value_reader import read_site_values_text
from bedside.protocol.site_values import SiteValues, SiteValuesError
from bedside.units.quantities import BodyLength, BodyWeight
from bedside.units.refusal import Refused

FILE = Path(__file__).parents[1] / "cases" / "half_commissioned.toml"
LISTED: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
HEAD = SiteHead("3 numbers", False, (), None, "", "")
WEIGHT, LENGTH = BodyWeight(6200), BodyLength(620)


def values_of(protocol: Protocol, given: dict[str, Any]) -> SiteValues:
    recorded = {f"{given['course']}/{key}": text for key, text in given["recorded"].items()}
    site = {
        f"formulary/{given['drug']}/{key}": text for key, text in given.get("formulary", {}).items()
    }
    text = site_values_text(protocol, protocol_inventory(protocol), recorded, site, HEAD)
    return read_site_values_text(text, "recorded", protocol=protocol)


def worked(protocol: Protocol, given: dict[str, Any], values: SiteValues) -> DoseWorking:
    course = protocol.course(given["course"])
    plan = next(one for one in course.drugs if one.drug == given["drug"])
    day_1 = date(2026, 10, 7)
    return work_dose(
        plan,
        course,
        birth=date(2026, 5, 20),
        course_day_1=day_1,
        on=day_1 + timedelta(days=given["day"] - 1),
        weight=WEIGHT,
        surface=body_surface(WEIGHT, LENGTH, "mosteller"),
        site=values,
        course_day=given["day"],
    )


def test_the_case_file_is_whole() -> None:
    names = [case["name"] for case in LISTED]
    assert len(LISTED) >= 14 and len(set(names)) == len(names)
    assert all(set(case) == {"name", "given", "expect", "source"} for case in LISTED)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in LISTED])
def test_case(case: dict[str, Any], shelf: dict[str, Protocol]) -> None:
    given, expect = case["given"], case["expect"]
    protocol = shelf[given["protocol"]]
    values = values_of(protocol, given)
    found = worked(protocol, given, values)
    said = " ".join((*found.steps, *found.blocked_by))
    assert found.status == expect["status"], said
    assert expect.get("words", "") in said
    assert "never" not in expect or expect["never"] not in said
    clashes = " ".join(clash.words for clash in filled_plan(protocol, values)[1])
    assert expect["clash"] in clashes if "clash" in expect else not clashes


@pytest.mark.parametrize(
    ("listed", "course", "confirmed"),
    [
        ("", "epi-2", True),  # a file by hand: both stand for all of it
        ('courses = ["epi-1"]', "epi-1", True),
        ('courses = ["epi-1"]', "epi-2", False),
        ("courses = []", "epi-1", False),
    ],
)
def test_two_people_confirm_only_the_courses_that_are_whole(
    listed: str, course: str, confirmed: bool, aall15p1: Protocol
) -> None:
    """A file of a ward that is half way said of every course that two people had confirmed it."""
    text = (
        'protocol = "aall15p1"\nedition = "1"\n[confirmed]\nby = ["A. One", "B. Two"]\n'
        f"on = 2026-11-21\n{listed}\n"
    )
    values = read_site_values_text(text, "x.toml", protocol=aall15p1)
    given = {"course": course, "day": 1, "drug": "azacitidine"}
    found = worked(aall15p1, given, values)
    assert found.confirmed is confirmed and found.status == "ready"
    assert ("Confirmed at this site by A. One and B. Two." in found.steps) is confirmed


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (
            '[confirmed]\nby = ["A. One", "B. Two"]\non = 2026-11-21\ncourses = ["epi-9"]',
            "'epi-9' is no course",
        ),
        ('[[not-stated]]\ncourse = "epi-9"\nwhat = "length"', "'epi-9' is no course"),
        ('[[not-stated]]\ncourse = "epi-1"\nwhat = "weight"', "what"),
        (
            '[[not-stated]]\ncourse = "epi-1"\nwhat = "dose"\ndrug = "cytarabine"\nroute = "IV"',
            "cytarabine is not given in EPI #1",
        ),
        (
            '[[dose]]\ncourse = "epi-1"\ndrug = "azacitidine"\nroute = "IV"\nvalue = 3\n'
            'unit = "mg per kg"\nlimits-only = true',
            "a dose stands there, too",
        ),
        (
            '[[dose]]\ncourse = "epi-1"\ndrug = "azacitidine"\nroute = "IV"\nvalue = 3\n'
            'unit = "mg per kg"\nunsettled = ["colour"]',
            "'colour' is none of times, most, age-factors",
        ),
        (
            '[[dose]]\ncourse = "epi-1"\ndrug = "azacitidine"\nroute = "IV"\nvalue = 3\n'
            'unit = "mg per kg"\nage-factors = []',
            "this is empty",
        ),
        (
            '[[dose]]\ncourse = "epi-1"\ndrug = "azacitidine"\nroute = "IV"\nby-age = []',
            "this is empty",
        ),
    ],
)
def test_what_cannot_be_in_the_file_is_refused(entry: str, said: str, aall15p1: Protocol) -> None:
    text = f'protocol = "aall15p1"\nedition = "1"\n{entry}\n'
    with pytest.raises(SiteValuesError) as refused:
        read_site_values_text(text, "x.toml", protocol=aall15p1)
    assert any(said in reason for reason in refused.value.reasons), refused.value.reasons


@pytest.mark.parametrize("what", ["length", "start"])
def test_what_the_copy_denies_is_refused_on_the_command_line_too(
    what: str, aall15p1: Protocol
) -> None:
    text = (
        f'protocol = "aall15p1"\nedition = "1"\n[[not-stated]]\ncourse = "epi-1"\nwhat = "{what}"\n'
    )
    values = read_site_values_text(text, "x.toml", protocol=aall15p1)
    with pytest.raises(Refused, match="two people settle which holds"):
        with_site_values(aall15p1, values)


def test_a_missing_volume_says_which_number_who_supplies_it_and_where():
    absent = ("concentration", "syringe step")
    assert missing_volume("azaCITIDine", absent).words == (
        "the concentration and the syringe step of azaCITIDine. Who: two people of this site. "
        "Where: Commission (F7), This site, Formulary."
    )
