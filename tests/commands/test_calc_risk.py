"""`calc risk`: the contract of its keys, every rule's edge through the front door, and tables of cases."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

CASES = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "risk.toml").read_text(encoding="utf-8")
)["case"]
RISK = [case for case in CASES if "kmt2a" in case["given"]]


def words(given: dict[str, Any]) -> list[str]:
    return [
        "risk",
        f"--protocol={given['protocol']}",
        f"--birth={given['born']}",
        f"--diagnosed={given['diagnosed']}",
        f"--kmt2a={given['kmt2a']}",
        f"--wbc={given['wbc']}",
        f"--day8-blasts={given['blasts']}",
    ]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in RISK])
def test_every_case_through_the_front_door(case: dict[str, Any], calc: Any) -> None:
    ran = calc(*words(case["given"]), "--json")
    expect = case["expect"]
    if "refused" in expect:
        assert (ran.code, ran.out) == (2, "")
        assert expect["refused"] in ran.err
        return
    found = json.loads(ran.out)
    assert ran.code == 0
    assert found["group"] == expect.get("group")
    assert found["missing"] == expect.get("missing", [])
    assert expect.get("because", "") in " ".join(found["because"])


def test_words_for_a_person(calc: Any) -> None:
    known = calc(*words(RISK[1]["given"]))
    assert "Interfant-06: HR" in known.out
    assert "300 ×10⁹/L or more: yes" in known.out
    open_case = next(case for case in RISK if len(case["expect"].get("missing", [])) == 2)
    asked = calc(*words(open_case["given"]))
    assert "not yet known: HR or MR" in asked.out
    assert "enter the white cells at diagnosis and the blasts in blood on day 8" in asked.out


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("kmt2a", "maybe", "rearranged, germline, not-evaluable or unknown"),
        ("wbc", "300", "has no unit"),
        ("wbc", "300,5 10^9/L", "decimal mark here is a point"),
        ("day8-blasts", "1000", "has no unit"),
        ("day8-blasts", "Unknown", "no number"),
        ("diagnosed", "01.05.2026", "--diagnosed"),
    ],
)
def test_what_cannot_be_read_is_refused(option: str, value: str, said: str, calc: Any) -> None:
    typed = [word for word in words(RISK[0]["given"]) if not word.startswith(f"--{option}")]
    ran = calc(*typed, f"--{option}={value}")
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_an_option_left_out_is_not_an_unknown(calc: Any) -> None:
    ran = calc(*words(RISK[0]["given"])[:-1])
    assert ran.code == 2
    assert "--day8-blasts" in ran.err


def test_in_a_table(calc: Any, tmp_path: Path) -> None:
    table = tmp_path / "table.txt"
    lines = [" ".join(f"'{word}'" for word in words(case["given"])) for case in RISK]
    table.write_text("\n".join(lines), encoding="utf-8")
    found = [json.loads(line) for line in calc("--lines", str(table)).out.splitlines()]
    assert [line.get("group") for line in found] == [case["expect"].get("group") for case in RISK]


def test_a_count_that_is_hard_to_believe_is_said_first(calc: Any) -> None:
    """1500 ×10⁹/L blasts are answered with a notice; few blasts on day 8 are what is hoped for."""
    line = [word for word in words(RISK[0]["given"]) if not word.startswith("--day8-blasts")]
    many = calc(*line, "--day8-blasts=1500 10^9/L")
    assert many.code == 0 and many.out.startswith("Note: --day8-blasts: ")
    few = json.loads(calc(*line, "--day8-blasts=5 /uL", "--json").out)
    assert few["notes"] == []


@pytest.mark.parametrize(("diagnosed", "older"), [("2027-06-01", False), ("2027-06-02", True)])
def test_a_child_older_than_the_protocol_takes_is_said(
    calc: Any, diagnosed: str, *, older: bool
) -> None:
    """Entry at 365 days old or less; a 23-month-old in a risk group is a slip in a year."""
    ran = calc(
        "risk", "--protocol=interfant06", "--birth=2026-06-01", f"--diagnosed={diagnosed}",
        "--kmt2a=rearranged", "--wbc=100 10^9/L", "--day8-blasts=5 /uL", "--json",
    )  # fmt: skip
    notes = json.loads(ran.out)["notes"]
    assert bool(notes) is older
    assert (
        not older
        or "366 days old at diagnosis: Interfant-06 takes infants “365 days old or" in notes[0]
    )
