"""`calc schedule`: the whole calendar, from actual and expected starts, with nothing guessed."""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bedside.places import place

SITE = str(place("resources", "demo", "site_values.toml"))
ORDER = [
    "induction", "epi-1", "consolidation", "epi-2", "interim-maintenance", "epi-3", "di-part-1",
    "epi-4", "di-part-2", "maintenance",
]  # fmt: skip


def schedule(calc: Any, *more: str, start: str = "2026-09-01") -> dict[str, Any]:
    """The calendar as JSON."""
    ran = calc("schedule", "--protocol", "aall15p1", "--start", start, *more, "--json")
    assert (ran.code, ran.err) == (0, ""), ran.err
    return json.loads(ran.out)


def refused(calc: Any, *more: str) -> str:
    """The one line of a refusal."""
    ran = calc("schedule", "--protocol", "aall15p1", "--start", "2026-09-01", *more)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1
    return ran.err


def by_key(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The courses by key."""
    return {course["course"]: course for course in found["courses"]}


def test_all_courses_stand_in_order_with_title_and_phase(calc: Any) -> None:
    found = schedule(calc)
    assert [course["course"] for course in found["courses"]] == ORDER
    assert all(course["title"] and course["phase"] for course in found["courses"])
    assert found["end_of_therapy"] == "2028-09-01"


def test_induction_stands_where_it_was_put(calc: Any) -> None:
    induction = by_key(schedule(calc))["induction"]
    assert induction["planned_start"] == induction["start"] == "2026-09-01"
    assert induction["basis"] == "projected"
    vincristine = [dose["date"] for dose in induction["doses"] if dose["drug"] == "vincristine"]
    assert vincristine == ["2026-09-08", "2026-09-15", "2026-09-22", "2026-09-29"]


def test_an_actual_start_moves_what_follows_and_keeps_the_first_plan(calc: Any) -> None:
    before, after = by_key(schedule(calc)), by_key(schedule(calc, "--actual", "epi-1=2026-10-14"))
    assert after["induction"]["start"] == "2026-09-01"
    assert after["induction"]["basis"] == after["epi-1"]["basis"] == "actual"
    assert after["epi-1"]["start"] == "2026-10-14"
    assert after["consolidation"]["start"] == "2026-10-19"
    assert after["consolidation"]["basis"] == "projected"
    for key in ORDER:
        assert after[key]["planned_start"] == before[key]["planned_start"]


def test_azacitidine_stands_on_five_days_of_each_block(calc: Any) -> None:
    found = by_key(schedule(calc, "--actual", "epi-1=2026-10-14"))
    for key in ("epi-1", "epi-2", "epi-3", "epi-4"):
        days = [dose["date"] for dose in found[key]["doses"]]
        first = date.fromisoformat(found[key]["start"])
        assert days == [(first + timedelta(days=after)).isoformat() for after in range(5)]
        assert {dose["drug"] for dose in found[key]["doses"]} == {"azacitidine"}
        assert [dose["course_day"] for dose in found[key]["doses"]] == [1, 2, 3, 4, 5]


def test_every_dose_lies_on_its_course_day(calc: Any) -> None:
    for course in schedule(calc)["courses"]:
        first = date.fromisoformat(course["start"])
        for dose in course["doses"]:
            assert date.fromisoformat(dose["date"]) == first + timedelta(dose["course_day"] - 1)


def test_nothing_is_planned_after_the_end_of_therapy(calc: Any) -> None:
    found = schedule(calc)
    last = max(dose["date"] for course in found["courses"] for dose in course["doses"])
    assert last <= found["end_of_therapy"]


def test_an_unknown_length_is_said_and_a_site_length_is_used(calc: Any) -> None:
    assert "not public" in by_key(schedule(calc))["epi-1"]["certainty"]
    entered = schedule(calc, "--site-values", SITE)
    assert entered["demonstration"] is True
    assert by_key(entered)["epi-1"]["start"] == "2026-10-06"
    assert by_key(entered)["epi-1"]["certainty"] == "site value"


def test_the_chemotherapy_of_a_block_carries_the_paper_s_own_day_too(calc: Any) -> None:
    found = by_key(schedule(calc))
    assert {dose["second_label"] for dose in found["epi-1"]["doses"]} == {None}
    assert all(
        dose["second_label"] == dose["course_day"] + 5 for dose in found["consolidation"]["doses"]
    )


def test_what_the_sources_dispute_is_never_planned(calc: Any) -> None:
    found = schedule(calc)
    maintenance = by_key(found)["maintenance"]
    given = {(dose["drug"], dose["route"], dose["course_day"]) for dose in maintenance["doses"]}
    assert not {("methotrexate", "IT", 92), ("methotrexate", "IT", 99)} & given
    assert not {("hydrocortisone", "IT", 92), ("hydrocortisone", "IT", 99)} & given
    assert not any(
        drug == "methotrexate" and route == "PO" and day > 91 for drug, route, day in given
    )
    open_drugs = {(one["course"], one["drug"], one["route"]) for one in found["unscheduled"]}
    assert ("maintenance", "methotrexate", "IT") in open_drugs
    assert all(one["words"] for one in found["unscheduled"])


def test_induction_may_have_begun_on_another_day_than_planned(calc: Any) -> None:
    found = schedule(calc, "--actual", "induction=2026-09-03")
    induction = by_key(found)["induction"]
    assert (induction["planned_start"], induction["start"]) == ("2026-09-01", "2026-09-03")
    assert induction["basis"] == "actual"
    assert found["end_of_therapy"] == "2028-09-03"


def test_a_start_on_a_leap_day_has_an_end(calc: Any) -> None:
    """H9: the ruling on 29 February is the one of ages."""
    assert schedule(calc, start="2028-02-29")["end_of_therapy"] == "2030-03-01"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--arm", "A"), "has one arm"),
        (("--risk", "HR"), "no public risk groups"),
        (("--actual", "epi-1=2026-08-14"), "Induction"),
        (("--actual", "epi-1=2026-10-14", "--actual", "epi-2=2026-10-14"), "EPI #2"),
        (("--actual", "epi-1=2026-10-14", "--actual", "epi-1=2026-10-15"), "given twice"),
        (("--actual", "marma=2026-10-14"), "interim-maintenance"),
        (("--actual", "epi-1=14.10.2026"), "--actual epi-1"),
        (("--actual", "epi-1"), "COURSE=D"),
        (("--actual", "=2026-10-14"), "COURSE=D"),
        (("--site-values", "absent.toml"), "absent.toml"),
    ],
)
def test_refusals(calc: Any, more: tuple[str, ...], said: str) -> None:
    assert said in refused(calc, *more)


def test_words_name_each_date_by_itself(calc: Any) -> None:
    """H18: no run of days is drawn together with a dash."""
    ran = calc("schedule", "--protocol", "aall15p1", "--start", "2026-09-01")
    assert "Tue 08-Sep-2026" in ran.out
    assert "end of therapy 01-Sep-2028" in ran.out
    assert "planned up to and on 01-Sep-2028; whether that day itself has one" in ran.out
    assert not re.search(r"days? \d+\s*[-–]\s*\d+", ran.out)


INTERFANT = ("schedule", "--protocol", "interfant06", "--start", "2026-09-01", "--json")
LENGTHS = """protocol = "interfant06"
edition = "invented 1"
demonstration = true
[lengths]
induction = 36
ib = 40
ade = 30
mae = 30
marma = 60
"""


def interfant(calc: Any, *more: str) -> dict[str, Any]:
    """A calendar of Interfant-06."""
    ran = calc(*INTERFANT, *more)
    assert (ran.code, ran.err) == (0, ""), ran.err
    return json.loads(ran.out)


def test_an_arm_shows_its_own_courses_only(calc: Any) -> None:
    standard = interfant(calc, "--arm", "standard", "--risk", "LR")
    assert (standard["arm"], standard["risk"]) == ("standard", "LR")
    assert "ib" in by_key(standard) and "ade" not in by_key(standard)
    experimental = interfant(calc, "--arm", "experimental")
    assert "ib" not in by_key(experimental) and {"ade", "mae"} <= set(by_key(experimental))


def test_an_open_arm_dates_nothing_that_depends_on_it(calc: Any, tmp_path: Path) -> None:
    """H11: never the courses of both arms in one chain, never an arm chosen for anybody."""
    file = tmp_path / "lengths.toml"
    file.write_text(LENGTHS, encoding="utf-8")
    site = ("--site-values", str(file))
    found = by_key(interfant(calc, *site))
    assert list(found)[:4] == ["induction", "ib", "ade", "mae"]
    for key in ("ib", "ade", "mae", "marma", "octadad-1"):
        assert (found[key]["start"], found[key]["planned_start"]) == (None, None)
        assert "IB or ADE/MAE" in found[key]["certainty"]
    assert by_key(interfant(calc, *site, "--arm", "standard"))["marma"]["start"] == "2026-11-16"
    assert by_key(interfant(calc, *site, "--arm", "experimental"))["marma"]["start"] == "2026-12-06"


def test_a_course_that_has_begun_shows_the_arm(calc: Any) -> None:
    found = interfant(calc, "--actual", "ib=2026-10-10")
    assert found["arm"] == "standard"
    assert "ade" not in by_key(found)


def test_after_an_actual_start_the_chain_goes_on_whatever_the_arm(
    calc: Any, tmp_path: Path
) -> None:
    file = tmp_path / "lengths.toml"
    file.write_text(LENGTHS, encoding="utf-8")
    found = by_key(interfant(calc, "--actual", "marma=2026-12-01", "--site-values", str(file)))
    assert found["marma"]["start"] == "2026-12-01"
    assert found["octadad-1"]["start"] == "2027-01-30"
    assert found["octadad-1"]["planned_start"] is None


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--arm", "A"), "standard (IB) or experimental (ADE/MAE)"),
        (("--risk", "HRR"), "LR, MR or HR"),
        (("--arm", "standard", "--actual", "ade=2026-10-10"), "more than one arm"),
        (("--actual", "ib=2026-10-10", "--actual", "mae=2026-12-10"), "more than one arm"),
    ],
)
def test_an_arm_that_cannot_be_is_refused(calc: Any, more: tuple[str, ...], said: str) -> None:
    ran = calc(*INTERFANT, *more)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_start_that_is_not_known_is_null(calc: Any) -> None:
    words = ("--protocol", "interfant06", "--start", "2026-09-01", "--arm", "standard", "--json")
    marma = by_key(json.loads(calc("schedule", *words).out))["marma"]
    assert (marma["start"], marma["basis"], marma["doses"]) == (None, None, [])
    assert "not public" in marma["certainty"]


def test_lr_takes_ib_and_no_arm_is_chosen(calc: Any) -> None:
    found = interfant(calc, "--risk", "LR")
    assert (found["arm"], found["arm_title"], found["path"]["ask"]) == ("standard", "IB", "")
    assert "ade" not in by_key(found)
    ran = calc(*INTERFANT, "--risk", "LR", "--arm", "ADE/MAE")
    assert (ran.code, ran.out) == (2, "")
    assert "never randomised" in ran.err


def test_an_arm_is_named_by_its_title_too(calc: Any) -> None:
    for typed in ("ADE/MAE", "ade/mae", "experimental"):
        found = interfant(calc, "--arm", typed, "--risk", "MR")
        assert (found["arm"], found["arm_title"]) == ("experimental", "ADE/MAE")
        assert list(by_key(found)) == [
            "induction",
            "ade",
            "mae",
            "marma",
            "octadad-1",
            "octadad-2",
            "maintenance",
        ]


def test_what_is_open_is_asked(calc: Any) -> None:
    found = interfant(calc)
    assert found["path"]["ask"] == "arm not recorded: ask; the risk group too"
    assert "Arm not recorded: ask" in calc(*INTERFANT[:-1]).out


def test_a_transplant_replaces_octadad_and_maintenance(calc: Any) -> None:
    done = interfant(calc, "--risk", "HR", "--arm", "IB", "--transplant", "yes")
    assert list(by_key(done)) == ["induction", "ib", "marma"]
    assert "worked out" in done["path"]["left_out"]["octadad-1"]
    ran = calc("schedule", "--protocol", "aall15p1", "--start", "2026-09-01", "--transplant", "no")
    assert ran.code == 2
    assert "leave out --transplant" in ran.err


def test_germline_on_aall15p1_ends_with_induction(calc: Any) -> None:
    ran = calc(
        "schedule",
        "--protocol",
        "aall15p1",
        "--start",
        "2026-09-01",
        "--kmt2a",
        "germline",
        "--json",
    )
    assert list(by_key(json.loads(ran.out))) == ["induction"]


def test_vinca_beside_intrathecal_is_listed(calc: Any) -> None:
    ran = calc("schedule", "--protocol", "aall15p1", "--start", "2026-09-01", "--json")
    found = json.loads(ran.out)["conflicts"]
    assert [(item["date"], item["course_day"]) for item in found[:2]] == [
        ("2026-09-15", 15),
        ("2026-09-29", 29),
    ]
    assert found[0]["drugs"] == ["vincristine", "cytarabine", "hydrocortisone"]
    assert "separate them" in found[0]["words"]
    words = calc("schedule", "--protocol", "aall15p1", "--start", "2026-09-01").out
    assert "SEPARATE THEM" in words
    assert "SEPARATE THEM" not in calc(*INTERFANT[:-1]).out


def test_starts_that_overlap_are_said(calc: Any) -> None:
    """EPI #1 has 5 days, 14 to 18 October: Consolidation on the 18th overlaps, on the 19th not."""
    begun = ("--actual", "epi-1=14-Oct-2026", "--actual")
    found = schedule(calc, *begun, "consolidation=18-Oct-2026")
    assert found["cautions"] == [
        "Consolidation began on 18-Oct-2026, day 5 of EPI #1, which has 5 days: they overlap. "
        "Check both dates."
    ]
    assert schedule(calc, *begun, "consolidation=19-Oct-2026")["cautions"] == []
    ran = calc(
        "schedule", "--protocol", "aall15p1", "--start", "2026-09-01", *begun,
        "consolidation=18-Oct-2026",
    )  # fmt: skip
    assert "CHECK: Consolidation began on 18-Oct-2026, day 5 of EPI #1" in ran.out


ENDS = """
[therapy]
length = 104
unit = "weeks"
from = "diagnosis"
"""


def test_the_end_of_therapy_counts_from_the_day_that_the_site_names(
    calc: Any, tmp_path: Path
) -> None:
    """Counted by hand: 28-Aug-2026 and 728 days are 25-Aug-2028."""
    file = tmp_path / "ends.toml"
    file.write_text(LENGTHS + ENDS, encoding="utf-8")
    site = ("--site-values", str(file))
    open_end = interfant(calc, *site)
    assert open_end["end_of_therapy"] is None
    assert any("day of diagnosis" in one["fact"] for one in open_end["waits_for"])
    said = calc(*(word for word in INTERFANT if word != "--json"), *site).out
    assert "(104 weeks from diagnosis; the day of diagnosis is missing: add --diagnosed)" in said
    known = interfant(calc, *site, "--diagnosed", "2026-08-28")
    assert known["end_of_therapy"] == "2028-08-25"
    assert known["end_of_therapy_rule"] == "104 weeks from diagnosis"
    none = interfant(calc)
    assert "when therapy of Interfant-06 ends" in {one["fact"] for one in none["waits_for"]}
    late = calc(*INTERFANT, "--diagnosed", "2026-09-02")
    assert late.code != 0 and "lies after --start" in late.err
