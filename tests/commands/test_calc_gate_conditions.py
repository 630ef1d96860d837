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


EPI = ("gate", "--protocol", "aall15p1", "--course", "epi-1", "--anc", "900 /uL", "--platelets")
MET = (*EPI, "90000 /uL", "--confirm", "toxicity-resolved=yes")


@pytest.mark.parametrize(
    ("line", "gene", "is_open"),
    [
        (MET, "rearranged", True),
        (MET, "germline", False),  # leaves protocol therapy after Induction
        (MET, "not-evaluable", None),
        (MET, None, True),  # nothing was said of the gene: the start rule alone is answered
        ((*EPI, "40000 /uL"), "not-evaluable", False),
        (("gate", "--protocol", "aall15p1", "--course", "consolidation"), "germline", False),
        (("gate", "--protocol", "aall15p1", "--course", "consolidation"), "rearranged", None),
        (("gate", "--protocol", "aall15p1", "--course", "induction"), "germline", None),
    ],
)
def test_a_gene_that_is_named_is_judged(
    line: tuple[str, ...], gene: str | None, is_open: bool | None, calc: Any
) -> None:
    """Only KMT2A rearranged goes on to EPI #1 (register of AALL15P1)."""
    found = json.loads(calc(*line, *(() if gene is None else ("--kmt2a", gene)), "--json").out)
    assert found["open"] is is_open
    judged = [rule for rule in found["rules"] if rule["key"] == "kmt2a-to-continue"]
    assert len(judged) == (gene is not None and "induction" not in line)
    assert all(rule["kmt2a"] and rule["observed"].startswith("KMT2A ") for rule in judged)


RULED = """
protocol = "interfant06"
edition = "invented 1"
[[start]]
course = "marma"
results = [{ analyte = "bilirubin", at-most = 3, times-uln = true }]
"""
MARMA = ("gate", "--protocol", "interfant06", "--course", "marma", "--json", "--site-values")


@pytest.mark.parametrize(
    ("more", "is_open"),
    [
        ((), None),
        (("--result", "bilirubin=51 umol/L"), None),  # its upper limit of normal is not given
        (("--result", "bilirubin=51 umol/L", "--uln", "bilirubin=17 umol/L"), True),
        (("--result", "bilirubin=52 umol/L", "--uln", "bilirubin=17 umol/L"), False),
    ],
)
def test_a_laboratory_result_of_the_sites_rule(
    more: tuple[str, ...], is_open: bool | None, calc: Any, tmp_path: Path
) -> None:
    """Three times 17 is 51."""
    file = tmp_path / "site.toml"
    file.write_text(RULED, encoding="utf-8")
    found = json.loads(calc(*MARMA, str(file), *more).out)
    assert found["open"] is is_open
    assert bool(found["waits_for"]) is (is_open is None)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--result", "creatinine=51 umol/L"), "it asks for bilirubin"),
        (("--result", "bilirubin=51"), "--result bilirubin: Bilirubin, total is taken in"),
        (("--result", "bilirubin=p umol/L"), "write a number with its unit"),
        (("--uln", "bilirubin=17 umol/L"), "write the result too"),
    ],
)
def test_results_that_cannot_be_are_refused(
    more: tuple[str, ...], words: str, calc: Any, tmp_path: Path
) -> None:
    file = tmp_path / "site.toml"
    file.write_text(RULED, encoding="utf-8")
    ran = calc(*MARMA, str(file), *more)
    assert ran.code != 0 and words in ran.err
