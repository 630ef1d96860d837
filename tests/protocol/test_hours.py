"""Hours of a drug that follows another one: from what two people typed to times of the day."""

import tomllib
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from bedside.protocol.hours import HourRule, against_doses_a_day, all_hours, hours_on
from bedside.protocol.hours_on_days import hours_against_days
from bedside.protocol.lint import examine
from bedside.protocol.model import Origin, Protocol
from bedside.protocol.numbers import protocol_inventory
from bedside.protocol.reader import ProtocolFileError, read_protocol_text
from bedside.protocol.site_plan import filled_plan
from bedside.protocol.site_value_reader import read_site_values_text
from bedside.protocol.site_values import SiteValuesError
from tests.protocol.test_cycle_cases import commissioned

FILE = Path(__file__).parents[1] / "cases" / "hours.toml"
CASES: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["case"]
WHERE = "leucovorin/po-or-iv"
COURSE = "interim-maintenance"
RESOURCES = Path(__file__).parents[2] / "resources" / "protocols"
HEAD = 'protocol = "aall15p1"\nedition = "1"\n'
HOURS = '[[hours]]\ncourse = "interim-maintenance"\ndrug = "{}"\nroute = "{}"\nfirst-hour = 30\n'


def rule_of(protocol: Protocol, typed: dict[str, str]) -> HourRule:
    recorded = {f"{COURSE}/{key}/{WHERE}": text for key, text in typed.items()}
    filled, clashes = filled_plan(protocol, commissioned(protocol, recorded))
    assert clashes == ()
    found = filled.course(COURSE).plan("leucovorin", "PO or IV").hours
    assert found is not None
    return found


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_case(case: dict[str, Any], aall15p1: Protocol) -> None:
    given, expect = case["given"], case["expect"]
    rule = rule_of(aall15p1, given["commissioned"])
    found = hours_on(rule, given["began"].replace(tzinfo=UTC), given["on"], UTC)
    assert [[hour, at.replace(tzinfo=None)] for hour, at in found] == expect["at"]
    assert rule.words == expect["words"] and case["source"]
    assert (rule.origin.evidence == "site") is bool(given["commissioned"])


def test_a_file_that_states_hours_is_compared_with_the_copy() -> None:
    text = (RESOURCES / "aall15p1.toml").read_text("utf-8")
    absent = '{ after = "methotrexate", evidence = "absent"'
    stated = '{ after = "methotrexate", first-hour = 30, every-hours = 9, until-umol-per-l = 0.7, evidence = "stated", source = ["S1"]'
    protocol = read_protocol_text(text.replace(absent, stated), "x.toml")
    group = protocol_inventory(protocol).group(COURSE)
    public = {one.id.split("/")[1]: one.public for one in group.numbers if "/hours-" in one.id}
    assert public == {
        "hours-first": ("30 hours",),
        "hours-every": ("9 hours",),
        "hours-until": ("0.7 µmol/L",),
    }
    again = HOURS.format("leucovorin", "PO or IV") + "every-hours = 9\nuntil-umol-per-l = 0.7\n"
    values = read_site_values_text(HEAD + again, "site.toml", protocol=protocol)
    assert filled_plan(protocol, values)[1] == ()
    same = {"hours-first": "30 hours", "hours-every": "9 hours", "hours-until": "0.7 µmol/L"}
    assert rule_of(protocol, same).origin.evidence == "stated"
    for typed, words in (
        (same | {"hours-every": "8 hours"}, "this site entered hour 30"),
        (dict.fromkeys(same, "not stated"), "this site's copy states none"),
    ):
        recorded = {f"{COURSE}/{key}/{WHERE}": text for key, text in typed.items()}
        (clash,) = filled_plan(protocol, commissioned(protocol, recorded))[1]
        assert words in clash.words and clash.what == "hours"


@pytest.mark.parametrize(
    "wrong",
    [
        'after = "methotrexate", evidence = "stated", source = ["S1"]',
        'after = "methotrexate", every-hours = 6, evidence = "absent"',
        'after = "nobody", evidence = "absent"',
        'after = "etoposide", evidence = "absent"',
    ],
)
def test_hours_that_cannot_be_are_refused(wrong: str) -> None:
    text = (RESOURCES / "aall15p1.toml").read_text("utf-8")
    absent = 'after = "methotrexate", evidence = "absent"'
    with pytest.raises(ProtocolFileError, match="hours"):
        read_protocol_text(text.replace(absent, wrong), "x.toml")


def test_hours_of_a_drug_without_any_are_refused(aall15p1: Protocol) -> None:
    good = HEAD + HOURS.format("leucovorin", "PO or IV")
    read_site_values_text(good, "x.toml", protocol=aall15p1)
    with pytest.raises(SiteValuesError, match="counts no hours of it"):
        read_site_values_text(HEAD + HOURS.format("cytarabine", "IV"), "x.toml", protocol=aall15p1)
    elsewhere = good.replace("interim-maintenance", "induction")
    with pytest.raises(SiteValuesError, match="leucovorin is not given in Induction"):
        read_site_values_text(elsewhere, "x.toml", protocol=aall15p1)
    twice = good + HOURS.format("leucovorin", "PO or IV")
    with pytest.raises(SiteValuesError, match="stand there twice"):
        read_site_values_text(twice, "x.toml")


def test_an_interval_without_the_first_hour_is_no_rule(aall15p1: Protocol) -> None:
    rule = rule_of(aall15p1, {"hours-every": "9 hours"})
    assert (rule.first, rule.every) == (None, None)
    assert all_hours(rule, datetime(2027, 3, 3, 8, 0, tzinfo=UTC), UTC) == ()


def test_a_rule_in_words() -> None:
    rule = HourRule("methotrexate", 30, None, Decimal("0.7"), Origin("site", ()))
    assert rule.words == "hour 30 after methotrexate begins, until methotrexate is below 0.7 µmol/L"
    assert replace(rule, until=None).words == "hour 30 after methotrexate begins"


@pytest.mark.parametrize(
    ("first", "every", "a_day", "agree"),
    [
        (42, 6, 4, True),
        (42, 6, 2, False),
        (30, 9, 2, True),
        (30, 9, 3, True),
        (30, 9, 4, False),
        (30, 36, 1, True),
        (30, None, 1, True),
        (30, None, 2, False),
        (None, None, 2, True),
    ],
)
def test_hours_and_doses_a_day(
    first: int | None, every: int | None, a_day: int, *, agree: bool
) -> None:
    words = against_doses_a_day(HourRule("methotrexate", first, every), a_day)
    assert (words == "") is agree and (agree or f"{a_day} a day" in words)


@pytest.mark.parametrize(
    ("zone", "began", "hour", "clock"),
    [
        # summer time ends on 25-Oct-2026 at 03:00, begins on 28-Mar-2027 at 02:00 (hazard H45)
        ("Europe/Berlin", "2026-10-24T08:00+02:00", 42, "2026-10-26T01:00+01:00"),
        ("Europe/Berlin", "2027-03-27T08:00+01:00", 42, "2027-03-29T03:00+02:00"),
        ("Europe/Berlin", "2026-10-20T08:00+02:00", 42, "2026-10-22T02:00+02:00"),
        # in America on 01-Nov-2026 at 02:00, on 14-Mar-2027 at 02:00
        ("America/Chicago", "2026-10-30T08:00-05:00", 48, "2026-11-01T07:00-06:00"),
        ("America/Chicago", "2027-03-12T08:00-06:00", 48, "2027-03-14T09:00-05:00"),
        # the hour that comes twice, each time round; the hour that never comes
        ("Europe/Berlin", "2026-10-23T08:30+02:00", 42, "2026-10-25T02:30+02:00"),
        ("Europe/Berlin", "2026-10-23T08:30+02:00", 43, "2026-10-25T02:30+01:00"),
        ("Europe/Berlin", "2027-03-26T08:30+01:00", 42, "2027-03-28T03:30+02:00"),
    ],
)
def test_hours_are_hours_that_passed_over_the_nights_of_the_clock_change(zone, began, hour, clock):
    """The beginning comes with its offset fixed, as a ward reads it: the zone says what the clock shows."""
    start, at = datetime.fromisoformat(began), datetime.fromisoformat(clock)
    found = hours_on(HourRule("methotrexate", hour), start, at.date(), ZoneInfo(zone))
    assert [(one, told.isoformat(timespec="minutes")) for one, told in found] == [(hour, clock)]
    assert at - start == timedelta(hours=hour)


DAYS_CASES: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["days-case"]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in DAYS_CASES])
def test_hours_against_the_days_on_which_they_are_planned(
    case: dict[str, Any], aall15p1: Protocol
) -> None:
    given = case["given"]
    course = aall15p1.course(COURSE)
    methotrexate, leucovorin = (
        next(one for one in course.drugs if one.drug == drug and one.route != "IT")
        for drug in ("methotrexate", "leucovorin")
    )
    rule = HourRule("methotrexate", given.get("first"), given.get("every"))
    drugs = (
        replace(
            methotrexate, days=replace(methotrexate.days, scheduled=tuple(given["methotrexate"]))
        ),
        replace(
            leucovorin, days=replace(leucovorin.days, scheduled=tuple(given["days"])), hours=rule
        ),
    )
    found = hours_against_days(replace(course, drugs=drugs))
    said = [words.removeprefix(f"{course.title}, leucovorin: ") for words in found]
    assert said == case["expect"] and case["source"]


def test_a_check_of_a_protocol_file_says_hours_that_miss_their_days() -> None:
    text = (RESOURCES / "aall15p1.toml").read_text("utf-8")
    absent = '{ after = "methotrexate", evidence = "absent"'
    stated = '{ after = "methotrexate", first-hour = 96, evidence = "stated", source = ["S1"]'
    notes = examine(read_protocol_text(text.replace(absent, stated), "x.toml")).notes
    assert any("leucovorin: planned on days 3, 4, before hour 96" in note for note in notes), notes
    assert not any(
        "leucovorin: planned" in note for note in examine(read_protocol_text(text, "x.toml")).notes
    )
