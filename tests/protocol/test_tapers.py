"""Tapers: a day of a taper is never dosed like the days before it."""

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bedside.protocol.dose_in_force import dose_in_force
from bedside.protocol.doses import DoseWorking, work_dose
from bedside.protocol.drug_in_words import drug_lines
from bedside.protocol.lint import examine
from bedside.protocol.model import Course, DrugPlan, Origin, Protocol
from bedside.protocol.numbers import protocol_inventory
from bedside.protocol.reader import ProtocolFileError, read_protocol
from bedside.protocol.site_dose_reader import read_site_dose
from bedside.protocol.site_plan import filled_plan
from bedside.protocol.site_text import SiteHead, site_values_text
from bedside.protocol.site_value_reader import read_site_values_text
from bedside.protocol.site_values import SiteValues, SiteValuesError
from bedside.protocol.toml_table import Faults, FileTable
from bedside.units.quantities import BodySurface, BodyWeight
from tests.protocol.small_protocol import SMALL

FILE = Path(__file__).parents[1] / "cases" / "tapers.toml"
LISTED: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"), parse_float=Decimal)[
    "case"
]
BIRTH, DAY_1 = date(2026, 7, 1), date(2026, 11, 1)
ROUTE = "PO, NG or IV"
HEAD = SiteHead("1", False, (), None, "", "")


def test_the_case_file_is_whole() -> None:
    names = [case["name"] for case in LISTED]
    assert len(LISTED) >= 22 and len(set(names)) == len(names)
    assert all(set(case) == {"name", "given", "expect", "source"} for case in LISTED)


def site_of(given: dict[str, Any]) -> SiteValues:
    key = (given["course"], given["drug"], given["route"])
    doses = {}
    if "own" in given:
        faults = Faults("case")
        dose = read_site_dose(FileTable(dict(given["own"]), "dose", faults))
        assert dose is not None and not faults.found, faults.found
        doses[key] = dose
    days = {key: tuple(given["days"])} if "days" in given else {}
    return SiteValues(protocol=given["protocol"], edition="1", doses=doses, days=days)


def plan_of(course: Course, drug: str) -> DrugPlan:
    return next(plan for plan in course.drugs if plan.drug == drug)


def work(protocol: Protocol, site: SiteValues, given: dict[str, Any]) -> DoseWorking:
    course = protocol.course(given["course"])
    return work_dose(
        plan_of(course, given["drug"]),
        course,
        birth=BIRTH,
        course_day_1=DAY_1,
        on=DAY_1 + timedelta(days=given["day"] - 1),
        weight=BodyWeight(5500),
        surface=BodySurface(Decimal("0.3")),
        site=site,
    )


@pytest.mark.parametrize("filled", [False, True], ids=["file", "plan"])
@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in LISTED])
def test_case(case: dict[str, Any], shelf: dict[str, Protocol], filled: bool) -> None:
    """Asked of the protocol file's own plan, and of the plan with the site's values in it."""
    given, expect = case["given"], case["expect"]
    site, protocol = site_of(given), shelf[given["protocol"]]
    if filled:
        protocol = filled_plan(protocol, site)[0]
    found = work(protocol, site, given)
    reasons = " ".join(found.blocked_by)
    if "not-due" in expect:
        assert "is not due on day" in reasons
        return
    if "blocked" in expect:
        assert (found.status, found.prepared) == ("blocked", None)
        assert expect["blocked"] in reasons
        assert "two people" in found.missing[0].who
        assert (
            any("taper" in missing.fact for missing in found.missing)
            or "settle" in reasons
            or ("is not in public sources" in expect["blocked"])
        )
        return
    assert found.blocked_by == ()
    assert found.unrounded is not None and found.prepared is not None
    milligrams = found.prepared.value / (1000 if found.prepared.unit == "micrograms" else 1)
    assert milligrams == Decimal(expect["each-dose"])
    if "times" in expect:
        assert found.doses_per_day == expect["times"]


def test_a_step_says_that_it_is_one(aall15p1: Protocol) -> None:
    case = next(case for case in LISTED if case["name"].endswith("second step, twice a day"))
    site = site_of(case["given"])
    found = work(aall15p1, site, case["given"])
    assert found.steps[0] == (
        "Protocol dose: 0.5 mg per m², a step of the taper (site value, 1): "
        "per dose, 2 times a day, 1 mg per m² per day."
    )
    assert found.evidence == "site"


def test_the_taper_of_a_course_in_words(aall15p1: Protocol) -> None:
    course = aall15p1.course("di-part-1")
    plan = course.plan("dexamethasone", ROUTE)
    assert dose_in_force(plan, course, SiteValues()).taper == (
        "taper: dose by day, not public (days 15, 16, 17, 18, 19, 20, 21)"
    )
    lines = {line.aspect: line for line in drug_lines(plan, {})}
    assert "taper: dose by day, not public" in lines["taper"].words
    first = aall15p1.course("induction").plan("dexamethasone", ROUTE)
    open_words = {line.aspect: line for line in drug_lines(first, {})}["taper"].words
    assert open_words == "taper: dose by day, not public (nor whether there is one)"
    for own, words in (
        ({"value": 2, "unit": "mg per m2", "no-taper": True}, "no taper (site value)"),
        (
            {
                "limits-only": True,
                "taper": [{"days": [29], "value": 1, "unit": "mg per dose", "times": 1}],
            },
            "taper: day 29: 1 mg each dose, once a day (site value)",
        ),
    ):
        given = {"protocol": "aall15p1", "course": "induction", "drug": "dexamethasone"}
        site = site_of({**given, "route": ROUTE, "own": own})
        assert dose_in_force(first, aall15p1.course("induction"), site).taper == words


def test_a_note_that_speaks_of_a_taper_is_never_dosed_in_full(aall15p1: Protocol) -> None:
    """An edition that holds the taper in a note only: nothing is worked out from it."""
    course = aall15p1.course("di-part-1")
    at = [plan.drug for plan in course.drugs].index("dexamethasone")
    plan = replace(course.drugs[at], taper=None, note="Full dose to day 14, then tapered.")
    drugs = (*course.drugs[:at], plan, *course.drugs[at + 1 :])
    courses = tuple(
        replace(course, drugs=drugs) if one.key == course.key else one for one in aall15p1.courses
    )
    protocol = replace(aall15p1, courses=courses)
    given = {"protocol": "aall15p1", "course": "di-part-1", "drug": "dexamethasone", "day": 3}
    site = site_of({**given, "route": ROUTE, "own": {"value": 2, "unit": "mg per m2"}})
    found = work(protocol, site, given)
    assert "speaks of a taper" in " ".join(found.blocked_by)
    assert any("a note says “taper”" in note for note in examine(protocol).notes)


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("Begins with a loading dose.", "“loading dose”"),
        ("Given in steps of a week.", "“step”"),
        ("The dose by day is in the protocol.", "“dose by day”"),
        ("The register names no taper.", ""),
    ],
)
def test_check_finds_a_dose_that_changes_in_a_note(tmp_path: Path, note: str, told: str) -> None:
    path = tmp_path / "small.toml"
    line = '  dose   = { evidence = "absent" }\n'
    path.write_text(SMALL.replace(line, f'{line}  note = "{note}"\n'), encoding="utf-8")
    found = [each for each in examine(read_protocol(path)).notes if "a note says" in each]
    assert (told in found[0]) if told else not found


def test_no_file_of_this_program_speaks_of_a_taper_in_a_note(shelf: dict[str, Protocol]) -> None:
    for protocol in shelf.values():
        assert not [note for note in examine(protocol).notes if "a note says" in note]


@pytest.mark.parametrize(
    ("taper", "words"),
    [
        ('{ on = [2], evidence = "stated", source = ["S1"] }', "day 2 of the taper is no day"),
        ('{ evidence = "stated", source = ["S1"] }', "stated days of a taper are listed"),
        ('{ on = [7], evidence = "absent" }', "absent ones are left out"),
        ('{ on = [7], evidence = "related", source = ["S1"] }', "stated in a source, or absent"),
    ],
)
def test_a_taper_that_cannot_be_is_refused(tmp_path: Path, taper: str, words: str) -> None:
    path = tmp_path / "small.toml"
    line = '  dose   = { evidence = "absent" }\n'
    path.write_text(SMALL.replace(line, f"{line}  taper = {taper}\n"), encoding="utf-8")
    with pytest.raises(ProtocolFileError, match=words):
        read_protocol(path)


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ({"taper": [{"days": [1], "times": 1}]}, "a step needs its value and unit"),
        (
            {
                "taper": [
                    {"days": [1, 2], "value": 2, "unit": "mg per dose", "times": 1},
                    {"days": [2], "value": 1, "unit": "mg per dose", "times": 1},
                ]
            },
            "rise, each once",
        ),
        ({"taper": [{"days": [1], "value": 1, "unit": "mg per dose"}]}, "times"),
        (
            {
                "taper": [{"days": [1], "value": 1, "unit": "mg per dose", "times": 1}],
                "no-taper": True,
            },
            "keep one of them",
        ),
        (
            {"taper": [{"days": [1], "value": 1, "unit": "units per dose", "times": 1}]},
            "different units",
        ),
    ],
)
def test_steps_of_a_site_that_cannot_be_are_refused(own: dict[str, Any], words: str) -> None:
    faults = Faults("case")
    read_site_dose(FileTable({"value": 2, "unit": "mg per m2", **own}, "dose", faults))
    assert any(words in fault for fault in faults.found), faults.found


def test_steps_and_bands_by_age_share_their_unit() -> None:
    faults = Faults("case")
    own = {
        "by-age": [{"from-month": 0, "value": 1, "unit": "mg"}],
        "taper": [{"days": [1], "value": 1, "unit": "units per dose", "times": 1}],
    }
    read_site_dose(FileTable(own, "dose", faults))
    assert any("different units" in fault for fault in faults.found)


def read(text: str, protocol: Protocol) -> SiteValues:
    return read_site_values_text(text, "case", protocol=protocol)


def test_a_taper_is_asked_for_and_written_into_the_sites_file(aall15p1: Protocol) -> None:
    numbers = protocol_inventory(aall15p1)
    asked = [
        number.id for group in numbers.groups for number in group.numbers if number.kind == "taper"
    ]
    key = "di-part-1/taper/dexamethasone/po-ng-or-iv"
    assert asked == ["induction/taper/dexamethasone/po-ng-or-iv", key]
    number = numbers.number(key)
    assert (number.evidence, number.public) == ("absent", ())
    assert number.related == ("AALL15P1 register: taper on days 15, 16, 17, 18, 19, 20, 21",)
    typed = number.read("days 15 to 21: 1 mg/m2, 3 times a day").canonical
    recorded = {key: typed, "induction/taper/dexamethasone/po-ng-or-iv": "not stated"}
    site = read(site_values_text(aall15p1, numbers, recorded, {}, HEAD), aall15p1)
    dose = site.doses["di-part-1", "dexamethasone", ROUTE]
    assert (dose.has_dose, dose.taper_days) == (False, (15, 16, 17, 18, 19, 20, 21))
    assert [step.times for step in dose.taper] == [3]
    assert site.doses["induction", "dexamethasone", ROUTE].no_taper
    assert not site_values_text(aall15p1, numbers, {}, {}, HEAD).count("taper")


def test_a_taper_where_the_protocol_asks_for_none_is_refused(aall15p1: Protocol) -> None:
    text = (
        'protocol = "aall15p1"\nedition = "1"\n[[dose]]\ncourse = "di-part-1"\n'
        'drug = "thioguanine"\nroute = "PO or NG"\nvalue = 7\nunit = "mg per m2"\nno-taper = true\n'
    )
    with pytest.raises(SiteValuesError, match="names no taper of thioguanine"):
        read(text, aall15p1)


def test_other_days_of_the_site_still_clash(aall15p1: Protocol) -> None:
    """Days of a taper are added to the site's days; a day that no source and no step has is not."""
    given = {"protocol": "aall15p1", "course": "induction", "drug": "dexamethasone", "day": 8}
    steps = [{"days": [29], "value": 1, "unit": "mg per m2", "times": 1}]
    own = {"value": 2, "unit": "mg per m2", "taper": steps}
    for days, clash in ((range(8, 29), False), (range(7, 29), True)):
        site = site_of({**given, "route": ROUTE, "own": own, "days": list(days)})
        filled, clashes = filled_plan(aall15p1, site)
        assert bool(clashes) is clash
        scheduled = filled.course("induction").plan("dexamethasone", ROUTE).days.scheduled
        assert scheduled == tuple(range(8, 30))


def test_the_origin_of_a_taper_is_cited(aall15p1: Protocol) -> None:
    taper = aall15p1.course("di-part-1").plan("dexamethasone", ROUTE).taper
    assert taper is not None and isinstance(taper.origin, Origin)
    assert (taper.origin.evidence, taper.origin.sources) == ("stated", ("S1",))
