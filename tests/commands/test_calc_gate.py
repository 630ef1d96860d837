"""`calc gate`: open, closed or unknown, never open by default (hazards H14, H15, H21, H22)."""

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

EPI = ("epi-1", "epi-2", "epi-3", "epi-4")
OTHERS = (
    "induction",
    "consolidation",
    "interim-maintenance",
    "di-part-1",
    "di-part-2",
    "maintenance",
)
YES = ("--confirm", "toxicity-resolved=yes")


def gate(calc: Any, course: str, *more: str) -> dict[str, Any]:
    """The judgement as JSON."""
    ran = calc("gate", "--protocol", "aall15p1", "--course", course, *more, "--json")
    assert (ran.code, ran.err) == (0, ""), ran.err
    return json.loads(ran.out)


@pytest.mark.parametrize("course", EPI)
@pytest.mark.parametrize(
    ("anc", "platelets", "is_open"),
    [
        ("500 /uL", "50000 /uL", True),
        ("0.5 10^9/L", "50 10^9/L", True),
        ("499 /uL", "50000 /uL", False),
        ("0.499 10^9/L", "50 G/L", False),
        ("500 /uL", "49999 /uL", False),
        ("500 /uL", "49.999 10^3/uL", False),
        ("0 /uL", "0 /uL", False),
        (None, "50000 /uL", None),
        ("500 /uL", None, None),
        (None, None, None),
        (None, "49999 /uL", False),
        ("499 /uL", None, False),
    ],
)
def test_counts_at_the_edge(
    calc: Any, course: str, anc: str | None, platelets: str | None, is_open: bool | None
) -> None:
    """H14: 500 and 499, 50 000 and 49 999, in every unit; H22: a missing one is unknown."""
    more = [*(("--anc", anc) if anc else ()), *(("--platelets", platelets) if platelets else ())]
    assert gate(calc, course, *more, *YES)["open"] is is_open


@pytest.mark.parametrize(
    ("confirm", "is_open", "result"),
    [
        (YES, True, "met"),
        (("--confirm", "toxicity-resolved=no"), False, "not met"),
        ((), None, "unknown"),
    ],
)
def test_only_an_explicit_yes_opens(
    calc: Any, confirm: tuple[str, ...], is_open: bool | None, result: str
) -> None:
    """H15: nothing stands for yes but yes."""
    found = gate(calc, "epi-1", "--anc", "500 /uL", "--platelets", "50000 /uL", *confirm)
    assert found["open"] is is_open
    assert [rule["result"] for rule in found["rules"]] == ["met", "met", result]


def test_each_rule_says_what_is_required_and_what_was_seen(calc: Any) -> None:
    found = gate(calc, "epi-1", "--anc", "0.48 10^9/L", "--platelets", "50000 /uL", *YES)
    anc, platelets, toxicity = found["rules"]
    assert (anc["measure"], anc["kind"], anc["key"]) == ("anc", "measure", "anc")
    assert (anc["required"], anc["observed"]) == ("at least 500 /uL", "480 /uL")
    assert (platelets["required"], platelets["observed"]) == ("at least 50000 /uL", "50000 /uL")
    assert (toxicity["confirm"], toxicity["kind"]) == ("toxicity-resolved", "confirm")
    assert "480" in anc["words"]


@pytest.mark.parametrize("course", OTHERS)
def test_a_course_without_a_public_start_rule_is_never_open(calc: Any, course: str) -> None:
    """H22: what is not public is unknown, whatever counts are given."""
    found = gate(calc, course, "--anc", "5000 /uL", "--platelets", "500000 /uL")
    assert found["open"] is None
    (rule,) = found["rules"]
    assert (rule["kind"], rule["result"]) == ("not public", "unknown")
    assert rule["words"]


def test_a_course_that_follows_directly_says_so(calc: Any) -> None:
    (rule,) = gate(calc, "consolidation")["rules"]
    assert "follows" in rule["required"]
    assert "EPI #1" in rule["words"]


def test_the_same_answer_twice_is_one_answer_and_two_are_refused(calc: Any) -> None:
    assert gate(calc, "epi-1", *YES, *YES)["rules"][2]["result"] == "met"
    ran = calc(
        "gate", "--protocol", "aall15p1", "--course", "epi-1", *YES,
        "--confirm", "toxicity-resolved=no",
    )  # fmt: skip
    assert (ran.code, ran.out) == (2, "")
    assert "twice" in ran.err


@pytest.mark.parametrize(
    "confirm",
    ["toxicity=yes", "toxicity-resolved=Yes", "toxicity-resolved=", "toxicity-resolved", "=yes",
     "toxicity-resolved=true", "toxicity-resolved=yes=no", "TOXICITY-RESOLVED=yes", "anc=yes"],
)  # fmt: skip
def test_a_confirmation_that_is_not_asked_or_not_clear_is_refused(calc: Any, confirm: str) -> None:
    ran = calc("gate", "--protocol", "aall15p1", "--course", "epi-1", "--confirm", confirm)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.splitlines()) == 1


def test_a_course_that_asks_nothing_refuses_any_confirmation(calc: Any) -> None:
    ran = calc("gate", "--protocol", "aall15p1", "--course", "consolidation", *YES)
    assert (ran.code, ran.out) == (2, "")
    assert "asks nothing" in ran.err


@pytest.mark.parametrize(
    ("protocol", "course", "said"),
    [
        ("aall15p2", "epi-1", "aall15p1"),
        ("../aall15p1", "epi-1", "aall15p1"),
        ("AALL15P1", "epi-1", "aall15p1"),
        ("aall15p1", "epi-5", "epi-4"),
        ("aall15p1", "marma", "interim-maintenance"),
        ("aall15p1", "", "epi-1"),
    ],
)
def test_unknown_protocols_and_courses_are_refused_with_the_known_ones(
    calc: Any, protocol: str, course: str, said: str
) -> None:
    """H11, H12: nothing is taken for another protocol or course."""
    ran = calc("gate", "--protocol", protocol, "--course", course)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_the_verdict_in_words_says_the_same_as_the_json(calc: Any) -> None:
    heads = {True: "OPEN", False: "CLOSED", None: "NOT KNOWN"}
    for anc, confirm in itertools.product(("500 /uL", "499 /uL", None), (YES, ())):
        more = [*(("--anc", anc) if anc else ()), "--platelets", "50 G/L", *confirm]
        words = calc("gate", "--protocol", "aall15p1", "--course", "epi-1", *more)
        verdict = gate(calc, "epi-1", *more)["open"]
        assert f"EPI #1: {heads[verdict]}" in words.out


IB_VALUES = """protocol = "interfant06"
edition = "invented 1"
[[start]]
course = "ib"
anc-at-least-per-ul = 500
platelets-at-least-per-ul = 50000
"""


def test_a_rule_that_is_not_public_is_the_sites_own_or_asked(calc: Any, tmp_path: Path) -> None:
    words = ("gate", "--protocol", "interfant06", "--course", "ib", "--json")
    asked = json.loads(calc(*words).out)
    assert asked["open"] is None
    assert "not public: ask" in asked["rules"][0]["required"]
    file = tmp_path / "site.toml"
    file.write_text(IB_VALUES, encoding="utf-8")
    counts = ("--anc", "500 /uL", "--platelets", "50000 /uL", "--site-values", str(file))
    assert json.loads(calc(*words, *counts).out)["open"] is True
    below = ("--anc", "499 /uL", "--site-values", str(file))
    assert json.loads(calc(*words, *below).out)["open"] is False


def test_a_site_rule_against_the_public_one_is_refused(calc: Any, tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    text = IB_VALUES.replace("interfant06", "aall15p1").replace('"ib"', '"epi-1"')
    file.write_text(text.replace("500\n", "400\n", 1), encoding="utf-8")
    ran = calc("gate", "--protocol", "aall15p1", "--course", "epi-1", "--site-values", str(file))
    assert (ran.code, ran.out) == (2, "")
    assert "settle which holds" in ran.err


def test_a_bound_is_taken_as_on_the_slip(calc):
    """Both parts are certainly not met; in JSON as the option takes them."""
    ran = calc(
        "gate", "--protocol=aall15p1", "--course=epi-1", "--anc=<0.1 10^9/L",
        "--platelets=< 5 10^9/L", "--json",
    )  # fmt: skip
    found = json.loads(ran.out)
    assert found["open"] is False
    assert [rule["observed"] for rule in found["rules"][:2]] == ["<100 /uL", "<5000 /uL"]
    assert [rule["result"] for rule in found["rules"][:2]] == ["not met", "not met"]
    refused = calc("gate", "--protocol=aall15p1", "--course=epi-1", "--platelets=>5000 10^9/L")
    assert refused.code == 2 and "at most 3" in refused.err


def test_an_open_course_says_that_kmt2a_was_not_given(calc: Any) -> None:
    """Only KMT2A rearranged goes on to EPI #1: unknown never passes; left out, it is said."""
    counts = ("--anc", "500 /uL", "--platelets", "50000 /uL", *YES)
    left_out = gate(calc, "epi-1", *counts)
    assert left_out["open"] is True
    assert left_out["notes"][0].startswith("KMT2A is not given")
    unknown = gate(calc, "epi-1", *counts, "--kmt2a", "unknown")
    assert (unknown["open"], unknown["notes"]) == (None, [])
    assert unknown["rules"][-1]["confirm"] == "kmt2a-to-continue"
    assert gate(calc, "epi-1", *counts, "--kmt2a", "rearranged")["notes"] == []
