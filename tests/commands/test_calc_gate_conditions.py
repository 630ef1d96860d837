"""`calc gate` on what a protocol asks of the infant herself: the same cases as the rules (H14, H22)."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

FILE = Path(__file__).parents[1] / "cases" / "start_conditions.toml"
CASES: list[dict[str, Any]] = tomllib.loads(FILE.read_text("utf-8"))["case"]
OPEN = {"yes": True, "no": False, "unknown": None}
ASKED = ("cd19", "marrow", "no-transplant")
BLINA = ("gate", "--protocol", "interfant06-blinatumomab", "--course", "blinatumomab")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_command_line_tells_the_same(case: dict[str, Any], calc: Any) -> None:
    given = case["given"]
    words = ["gate", "--protocol", given["protocol"], "--course", given["course"]]
    options = {"--birth": "birth", "--course-day-1": "day-1", "--kmt2a": "kmt2a"}
    for option, key in options.items():
        words += [option, given[key]] if key in given else []
    for key in ASKED:
        words += ["--confirm", f"{key}={given[key]}"] if key in given else []
    found = json.loads(calc(*words, "--json").out)
    assert found["open"] is OPEN[case["expect"]["open"]]
    assert [rule["result"] for rule in found["rules"]] == case["expect"]["parts"]
    told = calc(*words).out
    assert "no count rule of this course is public" in told


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--birth", "2026-10-01", "--course-day-1", "2026-09-30"), "before the birth"),
        (("--kmt2a", "t(4;11)"), "rearranged"),
        (("--confirm", "cd20=yes"), "it asks cd19 or marrow"),
    ],
)
def test_what_cannot_be_is_refused(calc: Any, more: tuple[str, ...], words: str) -> None:
    ran = calc(*BLINA, *more)
    assert ran.code != 0 and words in ran.err
