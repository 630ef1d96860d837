"""A protocol file is examined: every planted slip is found, and the shipped files are sound."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bedside.places import place
from bedside.protocol.lint import Lint, examine_file
from tests.protocol.small_protocol import SMALL

CASES = Path(__file__).parents[1] / "cases" / "protocol_lint.toml"
LISTED = tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]


def examined(text: str, folder: Path) -> Lint:
    file = folder / "small.toml"
    file.write_text(text, encoding="utf-8")
    return examine_file(file)


def test_the_case_file_is_whole():
    assert len(LISTED) >= 30
    assert len({case["name"] for case in LISTED}) == len(LISTED)
    assert all(case["source"].strip() and case["expect"] for case in LISTED)


def test_the_small_protocol_is_sound(tmp_path):
    found = examined(SMALL, tmp_path)
    assert found.faults == () and found.notes == ()


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in LISTED])
def test_a_planted_slip_is_found(case: dict[str, Any], tmp_path):
    """H39: a slip in a protocol file is said before it reaches an infant."""
    find, put = case["given"]["find"], case["given"]["put"]
    assert find in SMALL, "the case looks for words that the small protocol does not have"
    found = examined(SMALL.replace(find, put, 1), tmp_path)
    expect = case["expect"]
    if "fault" in expect:
        assert found.protocol is None
        assert any(expect["fault"] in fault for fault in found.faults), found.faults
        return
    assert found.faults == ()
    if "note" in expect:
        assert any(expect["note"] in note for note in found.notes), found.notes
        return
    totals = {drug: words for course, drug, words in found.totals if not course}
    assert totals[expect["drug"]] == expect["total"]


def test_every_fault_is_said_at_once(tmp_path):
    text = SMALL.replace("value = 2.5", "value = 0", 1).replace("on = [1, 2],", "on = [0, 2],", 1)
    found = examined(text, tmp_path)
    assert len(found.faults) >= 2
    assert all(fault.startswith("small.toml: ") for fault in found.faults)


SHIPPED = sorted(place("resources", "protocols").glob("*.toml"))


@pytest.mark.parametrize("path", SHIPPED, ids=[path.stem for path in SHIPPED])
def test_a_shipped_file_is_sound(path: Path):
    found = examine_file(path)
    assert found.faults == ()
    assert not any("age factor does not rise" in note for note in found.notes)


def test_vincristine_beside_spinal_drugs_is_flagged_in_aall15p1():
    """By hand from the register: Induction days 15 and 29, part 1 of DI days 1 and 15."""
    notes = examine_file(place("resources", "protocols", "aall15p1.toml")).notes
    flagged = [note for note in notes if "to be separated" in note]
    assert flagged == [
        "Induction, day 29: vinCRIStine and intrathecal methotrexate on one day: to be separated.",
        "Induction, day 15: vinCRIStine and intrathecal cytarabine on one day: to be separated.",
        "Induction, days 15, 29: vinCRIStine and intrathecal hydrocortisone on one day: "
        "to be separated.",
        "Delayed Intensification part 1, days 1, 15: vinCRIStine and intrathecal cytarabine on "
        "one day: to be separated.",
        "Delayed Intensification part 1, days 1, 15: vinCRIStine and intrathecal hydrocortisone "
        "on one day: to be separated.",
    ]


def test_totals_of_aall15p1_by_hand():
    """From the register: 4 blocks of 5 days; cytarabine by vein 14 + 16 + 4 + 16 + 8 days."""
    found = examine_file(place("resources", "protocols", "aall15p1.toml"))
    whole = {drug: words for course, drug, words in found.totals if not course}
    assert whole["azaCITIDine"] == "20 dose days, 50 mg per kg in all"
    assert whole["cytarabine"] == "58 dose days"
    assert whole["vinCRIStine"] == "8 dose days"
    assert whole["DAUNOrubicin"] == "6 dose days"
    assert whole["dexamethasone"] == "42 dose days, 126 doses"
    marma = {drug: words for course, drug, words in found.totals if course == "Interim Maintenance"}
    assert marma["cytarabine"] == "4 dose days, 8 doses"


def test_totals_of_interfant_06_are_of_one_arm_each():
    """Nobody takes IB and ADE/MAE: each arm's total has its own courses and the shared ones."""
    found = examine_file(place("resources", "protocols", "interfant06.toml"))
    arms = {course.arm for course in found.protocol.courses if course.arm}
    labels = {label for label, _, _ in found.totals if label.startswith("all courses")}
    assert labels == {f"all courses, arm {arm}" for arm in arms} and len(arms) == 2
    assert not any(label == "" for label, _, _ in found.totals)
