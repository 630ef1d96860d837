"""When therapy ends and how Maintenance goes on: from what two people typed to the calendar."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bedside.protocol.doses_of_day import doses_of_day
from bedside.protocol.model import Protocol
from bedside.protocol.reader import ProtocolFileError, read_protocol_text
from bedside.protocol.schedule import ScheduleFacts, project
from bedside.protocol.site_plan import filled_plan, with_site_values
from bedside.protocol.site_value_reader import read_site_values_text
from bedside.protocol.site_values import SiteValuesError
from bedside.protocol.therapy_end import TherapyEnd
from bedside.units.refusal import Refused
from tests.protocol.small_protocol import SMALL
from tests.protocol.test_cycle_cases import commissioned

FILE = Path(__file__).parents[1] / "cases" / "end_of_therapy.toml"
CASES: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
DRUG = ("mercaptopurine", "PO")


def facts_of(given: dict[str, Any]) -> ScheduleFacts:
    actual = {"induction": given["start"]}
    if "maintenance" in given:
        actual["maintenance"] = given["maintenance"]
    return ScheduleFacts(
        given["start"], actual, diagnosed_on=given.get("diagnosed"), arm="", group="LR"
    )


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_case(case: dict[str, Any], shelf: dict[str, Protocol]) -> None:
    given, expect, protocol = case["given"], case["expect"], shelf[case["given"]["protocol"]]
    assert case["source"]
    if "refused" in expect:
        with pytest.raises(SiteValuesError, match=expect["refused"]):
            commissioned(protocol, given["commissioned"])
        return
    values = commissioned(protocol, given["commissioned"])
    filled, clashes = filled_plan(protocol, values)
    facts = facts_of(given)
    plan = project(filled, facts)
    assert plan.end_of_therapy == expect.get("ends")
    assert [clash.words for clash in clashes if expect.get("clash", "-") not in clash.words] == []
    assert bool(clashes) is ("clash" in expect)
    if clashes:
        with pytest.raises(Refused, match="two people settle"):
            with_site_values(protocol, values)
        return
    assert with_site_values(protocol, values) == filled
    if "on" in expect:
        _check_cycles(filled, facts, expect)


def _check_cycles(filled: Protocol, facts: ScheduleFacts, expect: dict[str, Any]) -> None:
    plan = project(filled, facts)
    first = filled.course("maintenance").drugs[0].days.repeat_from
    doses = plan.course("maintenance").doses
    seen = [d for d in doses if (d.drug, d.route) == DRUG and first and d.course_day >= first]
    assert [dose.on for dose in seen] == expect["on"]
    for dose in seen:
        assert dose in doses_of_day(filled, facts, dose.on)
    if "before" in expect:
        before = [d for d in doses if (d.drug, d.route) == DRUG and d not in seen]
        assert [dose.on for dose in before] == expect["before"]
        assert all(dose in doses_of_day(filled, facts, dose.on) for dose in before)
        assert not any(drug == "mercaptopurine" and course == "maintenance"
                       for course, drug, *_ in plan.unscheduled)  # fmt: skip
    if "cycle" in expect:
        assert [seen[-1].cycle, seen[-1].cycle_day] == expect["cycle"]
    if "words" in expect:
        assert any(expect["words"] in why for *_, why in plan.unscheduled)


ALL = {
    "therapy-length": "104 weeks",
    "therapy-from": "diagnosis",
    "cycles-from": "57 day",
    "cycles-length": "28 days",
    "route/mercaptopurine/not-public": "PO",
    "days/mercaptopurine/not-public": "1 to 56",
    "cycle-days/mercaptopurine/not-public": "1 to 28",
}
LENGTHS = ("induction", "ib", "ade", "mae", "marma", "octadad-1", "octadad-2")


@pytest.mark.parametrize(
    ("group", "arm", "courses"),
    [
        ("LR", "", ["ib"]),
        ("MR", "standard", ["ib"]),
        ("MR", "experimental", ["ade", "mae"]),
        ("HR", "experimental", ["ade", "mae"]),
    ],
)
def test_interfant06_is_walked_from_diagnosis_to_the_end_of_maintenance(
    group: str, arm: str, courses: list[str], interfant06: Protocol
) -> None:
    """Every course has its dates, and mercaptopurine its last on the last day of therapy."""
    typed = {f"maintenance/{key}": text for key, text in ALL.items()}
    typed |= {f"{key}/length": "40 days" for key in LENGTHS}
    values = commissioned(interfant06, typed)
    filled, clashes = filled_plan(interfant06, values)
    assert clashes == ()
    facts = ScheduleFacts(
        date(2026, 9, 3),
        lengths=values.lengths,
        arm=arm,
        group=group,
        transplanted=False,
        diagnosed_on=date(2026, 9, 1),
    )
    plan = project(filled, facts)
    keys = ["induction", *courses, "marma", "octadad-1", "octadad-2", "maintenance"]
    assert [course.key for course in plan.courses] == keys
    assert None not in {course.start for course in plan.courses}
    assert plan.end_of_therapy == date(2028, 8, 29)
    assert plan.course("maintenance").doses[-1].on == plan.end_of_therapy
    assert plan.course("maintenance").end == plan.end_of_therapy


def test_an_end_counted_from_a_course_moves_with_it(interfant06: Protocol) -> None:
    """Its projected start counts until it has begun; today's doses need the actual one."""
    typed = {
        "maintenance/therapy-length": "10 weeks",
        "maintenance/therapy-from": "marma",
        "induction/length": "40 days",
        "ib/length": "40 days",
    }
    values = commissioned(interfant06, typed)
    filled, _ = filled_plan(interfant06, values)
    facts = ScheduleFacts(date(2026, 9, 3), lengths=values.lengths, group="LR")
    plan = project(filled, facts)
    assert plan.course("marma").start == date(2026, 11, 22)
    assert plan.end_of_therapy == date(2027, 1, 31)
    assert filled.therapy_words == "10 weeks from the start of MARMA"


def test_values_that_name_no_day_of_this_protocol_are_refused(interfant06: Protocol) -> None:
    head = 'protocol = "interfant06"\nedition = "1"\n'
    wrong = '[therapy]\nlength = 104\nunit = "weeks"\nfrom = "epi-1"\n'
    with pytest.raises(SiteValuesError, match="'epi-1' is no day to count from: write diagnosis"):
        read_site_values_text(head + wrong, "x.toml", protocol=interfant06)
    part = '[[later-cycles]]\ncourse = "maintenance"\nfrom-day = 57\nevery-days = 28\n'
    with pytest.raises(SiteValuesError, match="stand there twice"):
        read_site_values_text(head + part + part, "x.toml")
    for text in ('[[later-cycles]]\ncourse = "maintenance"\n', '[therapy]\nunit = "weeks"\n'):
        with pytest.raises(SiteValuesError, match="missing"):
            read_site_values_text(head + text, "x.toml")
    unknown = part.replace("maintenance", "epi-1")
    with pytest.raises(SiteValuesError, match="is no course of the protocol"):
        read_site_values_text(head + unknown, "x.toml", protocol=interfant06)


def test_a_protocol_file_states_any_length_with_its_day() -> None:
    line = next(line for line in SMALL.splitlines() if line.startswith("therapy"))
    first = read_protocol_text(SMALL, "x.toml").courses[0].key

    def read(therapy: str) -> TherapyEnd | None:
        return read_protocol_text(
            SMALL.replace(line, f"therapy = {{ {therapy} }}"), "x.toml"
        ).therapy

    stated = 'evidence = "stated", source = ["S1"]'
    assert read(f'length = 104, unit = "weeks", from = "diagnosis", {stated}') == TherapyEnd(
        104, "weeks", "diagnosis"
    )
    assert read(f'length = 9, unit = "months", from = "{first}", {stated}') == TherapyEnd(
        9, "months", first
    )
    for wrong in (
        stated,
        f'years-from-induction = 2, length = 104, unit = "weeks", from = "diagnosis", {stated}',
        'length = 104, unit = "weeks", from = "diagnosis", evidence = "absent"',
        f'length = 104, unit = "fortnights", from = "diagnosis", {stated}',
        f'length = 104, unit = "weeks", from = "nowhere", {stated}',
    ):
        with pytest.raises(ProtocolFileError):
            read(wrong)


def test_how_many_days_it_can_be_at_most() -> None:
    assert TherapyEnd(104, "weeks", "diagnosis").most_days == 728
    assert TherapyEnd(2, "years", "induction").most_days == 732


@pytest.mark.parametrize("typed", ["104", "104.5 weeks", "0 weeks", "104 fortnights", "1101 days"])
def test_a_length_without_a_whole_number_and_its_unit_is_refused(typed: str) -> None:
    from bedside.protocol.typed_kinds import read_kind

    with pytest.raises(Refused):
        read_kind("therapy", typed)
