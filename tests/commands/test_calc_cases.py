"""Every worked case that has a calc command is asked through that command, in words a person types.

The case files are written for the rooms behind; here the same expected answers must come out of
the front door. Where the command asks for less than the room (no station's comma, no surface by
itself) a case is passed over, and a count at the end shows how many were asked.
"""

import json
import tomllib
from collections.abc import Callable
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from bedside.places import place

CASES = Path(__file__).resolve().parents[1] / "cases"
SITE = str(place("resources", "demo", "site_values.toml"))
# What the command's own strict reading says before the room behind is asked.
REFUSED_EARLIER = (
    "--formula: ",
    "--minutes: ",
    "--reconstituted: ",
    "asks nothing to be confirmed",
    "has no course",
)
Given = dict[str, Any]
Expect = dict[str, Any]
Found = dict[str, Any]


def options(**given: Any) -> list[str]:
    """Options as typed; what is None is left out."""
    return [
        f"--{key.replace('_', '-')}={value}" for key, value in given.items() if value is not None
    ]


def mosteller(cm: Decimal, kg: Decimal) -> Decimal:
    """The surface worked out here once more, from the published formula."""
    return (cm * kg / 3600).sqrt().quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)


def age_words(given: Given) -> list[str]:
    return ["age", *options(birth=given["born"], on=given["on"])]


def check_age(found: Found, given: Given, expect: Expect) -> None:
    keys = {"months": "completed_months", "years": "completed_years"}
    assert {key: found[keys.get(key, key)] for key in expect} == expect


def surface_words(given: Given) -> list[str]:
    return ["bsa", *options(**given)]


def check_surface(found: Found, given: Given, expect: Expect) -> None:
    assert abs(Decimal(found["bsa_m2"]) - Decimal(expect["m2"])) <= Decimal("0.00055")


def growth_words(given: Given) -> list[str]:
    size = {key: given.get(key) for key in ("weight", "length")}
    return ["zscore", *options(sex=given["sex"], age_days=given["day"], **size)]


def check_growth(found: Found, given: Given, expect: Expect) -> None:
    within = Decimal(expect.get("within", "0"))
    for key in ("weight_for_age", "length_for_age", "weight_for_length"):
        score = found[f"{key}_z"]
        if key not in expect:
            assert score is None
        else:
            assert abs(Decimal(score) - Decimal(expect[key])) <= within


def anc_words(given: Given) -> list[str]:
    more = {"neutrophils": given["neutrophils"], "bands": given.get("bands")}
    return ["anc", *options(wbc=given.get("white_cells"), **more)]


def check_anc(found: Found, given: Given, expect: Expect) -> None:
    assert found["anc_per_ul"] == expect["per_ul"]


def weight_words(given: Given) -> list[str]:
    return ["bsa", *options(weight=given["text"], length="60 cm")]


def check_weight(found: Found, given: Given, expect: Expect) -> None:
    assert Decimal(found["bsa_m2"]) == mosteller(Decimal(60), Decimal(expect["grams"]) / 1000)


def length_words(given: Given) -> list[str]:
    return ["bsa", *options(weight="6.2 kg", length=given["text"])]


def check_length(found: Found, given: Given, expect: Expect) -> None:
    assert Decimal(found["bsa_m2"]) == mosteller(
        Decimal(expect["millimetres"]) / 10, Decimal("6.2")
    )


def count_words(option: str) -> Callable[[Given], list[str]]:
    """A count is read by way of the start rule."""
    asked = {"protocol": "aall15p1", "course": "epi-1"}
    return lambda given: ["gate", *options(**asked, **{option: given["text"]})]


def check_count(option: str) -> Callable[[Found, Given, Expect], None]:
    def check(found: Found, given: Given, expect: Expect) -> None:
        seen = {rule["key"]: rule["observed"] for rule in found["rules"]}
        assert seen[option] == f"{expect['per_ul']} /uL"

    return check


def percent_words(given: Given) -> list[str]:
    return ["anc", *options(wbc="100000 /uL", neutrophils=given["text"])]


def check_percent(found: Found, given: Given, expect: Expect) -> None:
    assert found["anc_per_ul"] == Decimal(expect["number"]) * 1_000


def azacitidine_words(given: Given) -> list[str] | None:
    if given.get("rate") != "2.5 mg/kg" or "weight" not in given:
        return None
    block = options(protocol="aall15p1", course="epi-1", day=1, weight=given["weight"])
    return ["dose", *block, *options(birth="2026-05-01", course_day_1="2026-11-20")]


def check_azacitidine(found: Found, given: Given, expect: Expect) -> None:
    (dose,) = found["doses"]
    assert dose["unrounded"] == expect["amount"]


def dose_words(given: Given) -> list[str] | None:
    if "weight" not in given or "surface" in given or "given-mg" in given:
        return None  # it needs a weight, and knows neither a surface alone nor what went in before
    asked = {key: given[key] for key in ("protocol", "course", "day", "weight")}
    born, day_1 = given.get("born", "2026-05-01"), given.get("day-1", "2026-11-20")
    site = SITE if given.get("site") == "demonstration" else None
    return ["dose", *options(**asked, birth=born, course_day_1=day_1, site_values=site)]


def check_dose(found: Found, given: Given, expect: Expect) -> None:
    drugs = {(one["drug"], one["route"]): one for one in found["doses"]}
    one = drugs.get((given["drug"], given["route"]))
    if one is None:
        assert "blocked" in expect  # not due on that day: not even listed
    elif "blocked" in expect:
        assert (one["status"], one["prepared"]) == ("blocked", None)
        assert any(expect["blocked"] in reason for reason in one["blocked_by"])
    else:
        compare_dose(one, expect)


def compare_dose(one: Found, expect: Expect) -> None:
    """Compare each expected fact with the key of the contract that carries it."""
    told = {
        "unrounded": one["unrounded"].partition(" ")[0],
        "prepared": one["prepared"].partition(" ")[0],
        "unit": one["prepared"].partition(" ")[2],
        "age-factor": one["age_factor"],
        "change-percent": one["change_percent"],
        "volume-ml": None if one["volume"] is None else one["volume"].removesuffix(" mL"),
        "vials": one["vials"],
    }
    assert {key: told[key] for key in expect if key in told} == {
        key: value for key, value in expect.items() if key in told
    }


def infusion_words(given: Given) -> list[str] | None:
    return None if "zone" in given else ["infusion", *options(**given)]


def check_infusion(found: Found, given: Given, expect: Expect) -> None:
    for key in ("finish-by", "latest-start"):
        told = datetime.fromisoformat(found[key.replace("-", "_")])
        assert told == datetime.fromisoformat(expect[key])
        assert told.isoformat()[-6:] == expect[key][-6:]


def start_words(given: Given) -> list[str]:
    asked = {key: given.get(key) for key in ("course", "anc", "platelets")}
    answer = given.get("toxicity-resolved")
    confirm = None if answer is None else f"toxicity-resolved={answer}"
    protocol = given.get("protocol", "aall15p1")
    return ["gate", *options(protocol=protocol, **asked, confirm=confirm)]


def check_start(found: Found, given: Given, expect: Expect) -> None:
    assert found["open"] is {"yes": True, "no": False, "unknown": None}[expect["open"]]
    assert [rule["result"] for rule in found["rules"]] == expect["parts"]


def schedule_words(given: Given) -> list[str] | None:
    lengths = given.get("lengths")
    if "start" not in given or {"holds", "today"} & set(given) or isinstance(lengths, dict):
        return None  # the command knows no holds and no today; lengths come from a file
    actual = [f"--actual={key}={day}" for key, day in given.get("actual", {}).items()]
    site = SITE if lengths == "demonstration" else None
    asked = options(protocol=given["protocol"], start=given["start"], site_values=site)
    return ["schedule", *asked, *actual]


def check_schedule(found: Found, given: Given, expect: Expect) -> None:
    courses = {course["course"]: course for course in found["courses"]}
    for wanted, key in (("starts", "start"), ("planned", "planned_start"), ("ends", "end")):
        for course, day in expect.get(wanted, {}).items():
            assert courses[course][key] == day.isoformat()
    for course, words in expect.get("certainty", {}).items():
        assert courses[course]["certainty"] == words
    for course in expect.get("none", []):
        assert course not in courses or courses[course]["start"] is None
    if "end-of-therapy" in expect:
        assert found["end_of_therapy"] == expect["end-of-therapy"].isoformat()
    left_out = [[one["course"], one["drug"], one["route"]] for one in found["unscheduled"]]
    assert all(one in left_out for one in expect.get("unscheduled", []))
    check_days(courses, expect)


def check_days(courses: dict[str, Found], expect: Expect) -> None:
    """Compare the dates of a drug, all of them or the first, the last and how many."""

    def dates(one: Given) -> list[str]:
        return [
            dose["date"]
            for dose in courses[one["course"]]["doses"]
            if (dose["drug"], dose["route"]) == (one["drug"], one["route"])
        ]

    for one in expect.get("doses", []):
        assert dates(one) == [day.isoformat() for day in one["on"]]
    for one in expect.get("runs", []):
        days = dates(one)
        edges = (one["first"].isoformat(), one["last"].isoformat())
        assert (days[0], days[-1], len(days)) == (*edges, one["days"])
    for one in expect.get("cycles", []):
        doses = courses[one["course"]]["doses"]
        on = {
            (dose["cycle"], dose["cycle_day"]) for dose in doses if dose["date"] == str(one["on"])
        }
        assert on == {(one["cycle"], one["cycle-day"])}


Words = Callable[[Given], list[str] | None]
Check = Callable[[Found, Given, Expect], None]
BY_ASK: dict[str, tuple[Words, Check]] = {
    "age": (age_words, check_age),
    "surface": (surface_words, check_surface),
    "growth": (growth_words, check_growth),
    "anc": (anc_words, check_anc),
    "read weight": (weight_words, check_weight),
    "read length": (length_words, check_length),
    "read anc": (count_words("anc"), check_count("anc")),
    "read platelets": (count_words("platelets"), check_count("platelets")),
    "read percent": (percent_words, check_percent),
    "dose": (azacitidine_words, check_azacitidine),
}
BY_FILE: dict[str, tuple[Words, Check]] = {
    "doses.toml": (dose_words, check_dose),
    "schedule.toml": (schedule_words, check_schedule),
    "infusion.toml": (infusion_words, check_infusion),
    "start_rules.toml": (start_words, check_start),
}


def with_a_command() -> list[Any]:
    """Each case that a calc command can be asked, with its words, named by file and case."""
    found = []
    for file in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(file.read_text(encoding="utf-8")).get("case", ()):
            asking = BY_FILE.get(file.name) or BY_ASK.get(case.get("ask", ""))
            if asking is None or case["given"].get("mark", ".") != ".":
                continue
            words = asking[0](case["given"])
            if words is not None:
                name = f"{file.stem}: {case['name']}"
                found.append(pytest.param(words, asking[1], case, id=name))
    return found


ASKED = with_a_command()


@pytest.mark.parametrize(("words", "check", "case"), ASKED)
def test_case(calc: Any, words: list[str], check: Check, case: dict[str, Any]) -> None:
    ran = calc(*words, "--json")
    expect = case["expect"]
    if "refused" in expect and words[0] == "gate" and ran.code == 0:
        # the room refuses to judge a course without a public rule; the command says so
        found = json.loads(ran.out)
        assert (found["open"], found["rules"][0]["kind"]) == (None, "not public")
    elif "refused" in expect:
        assert (ran.code, ran.out) == (2, "")
        assert any(words in ran.err for words in (expect["refused"], *REFUSED_EARLIER))
    elif "blocked" in expect and ran.code == 2:  # an impossible weight or day never gets as far
        assert ran.out == ""
        assert "no weight of an infant" in ran.err or "day" in ran.err
    else:
        assert (ran.code, ran.err) == (0, ""), ran.err
        check(json.loads(ran.out), case["given"], expect)


def test_more_than_a_hundred_cases_were_asked() -> None:
    assert len(ASKED) > 100
