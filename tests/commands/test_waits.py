"""Blocked is a state with words: each answer says which fact is missing, who supplies it, and where."""

import json
from pathlib import Path
from typing import Any

import pytest

RISK = ("risk", "--protocol", "interfant06", "--birth", "2026-05-01", "--diagnosed", "2026-10-31")
KNOWN = ("--kmt2a", "rearranged", "--wbc", "310 10^9/L", "--day8-blasts", "200 /uL")
UNKNOWN = ("--kmt2a", "rearranged", "--wbc", "unknown", "--day8-blasts", "unknown")
EPI = ("gate", "--protocol", "aall15p1", "--course", "epi-1")
MOUTH = ("maintenance", "--protocol", "aall15p1", "--birth", "2025-09-14", "--cycle-1-day-1")


def waits(calc: Any, *line: str) -> list[str]:
    """The missing facts; each names who and where."""
    found = json.loads(calc(*line, "--json").out)["waits_for"]
    assert all(set(one) == {"fact", "who", "where"} and all(one.values()) for one in found)
    return [one["fact"] for one in found]


@pytest.mark.parametrize(
    ("line", "facts"),
    [
        ((*RISK, *KNOWN), []),
        ((*RISK, *UNKNOWN), ["the white cells at diagnosis", "the blasts in blood on day 8"]),
        ((*RISK, "--kmt2a", "unknown", *UNKNOWN[2:]), "the KMT2A result"),
        (EPI, ["Neutrophils (ANC)", "Platelets", "Any toxicity resolved"]),
        (
            (*EPI, "--anc", "400 /uL", "--platelets", "9 G/L", "--confirm", "toxicity-resolved=no"),
            [],
        ),
        (("gate", "--protocol", "aall15p1", "--course", "maintenance"), "the start rule of Maint"),
        (("gate", "--protocol", "interfant06-blinatumomab", "--course", "blinatumomab"), "CD19"),
        (("gate", "--protocol", "interfant06-blinatumomab", "--course", "blinatumomab"), "28 days"),
        ((*MOUTH, "2026-10-01"), ["the titration rule of Maintenance"]),
        ((*MOUTH, "2026-10-01", "--rule", "icicle-all-14"), "No count is recorded"),
        (("schedule", "--protocol", "interfant06", "--start", "2026-09-01"), "arm not recorded"),
        (("schedule", "--protocol", "interfant06", "--start", "2026-09-01"), "length of Induction"),
        (("schedule", "--protocol", "interfant06", "--start", "2026-09-01"), "vinCRIStine in Indu"),
        (("schedule", "--protocol", "aall15p1", "--start", "2026-09-01"), "the length of Consolid"),
    ],
)
def test_what_is_missing_is_named(line: tuple[str, ...], facts: list[str] | str, calc: Any) -> None:
    found = waits(calc, *line)
    if isinstance(facts, str):
        assert any(facts in one for one in found), found
    else:
        assert found == facts


def test_what_is_known_is_not_asked_for_again(calc: Any, tmp_path: Path) -> None:
    """With every length entered by the site, only what the register leaves open is asked for."""
    lengths = ("induction", "consolidation", "interim-maintenance", "di-part-1", "di-part-2")
    text = 'protocol = "aall15p1"\nedition = "1"\n[lengths]\n'
    file = tmp_path / "site.toml"
    file.write_text(text + "".join(f"{key} = 36\n" for key in lengths), "utf-8")
    plan = ("schedule", "--protocol", "aall15p1", "--start", "2026-09-01")
    found = waits(calc, *plan, "--site-values", str(file))
    assert found and all("the days of" in one for one in found)
    begun = waits(calc, *plan, "--actual", "epi-1=2026-10-07")
    assert "the length of Induction" not in begun and "the length of Consolidation" in begun


def test_a_person_reads_it_too(calc: Any) -> None:
    told = calc(*RISK, *UNKNOWN).out
    assert "Needed: the white cells at diagnosis. Who: whoever enters the blood counts." in told
    assert "or --platelets." in calc(*EPI).out


IB = ("dose", "--protocol", "interfant06", "--course", "ib", "--day", "3", "--birth", "2026-05-01")
IB = (*IB, "--course-day-1", "2026-11-20", "--weight", "6.2 kg")


def test_a_day_without_public_days_says_who_knows_them(calc: Any) -> None:
    """`doses` is empty: without this a program reads that nothing is due and nothing is missing."""
    facts = waits(calc, *IB)
    assert len(facts) == 6 and "the days of cytarabine intrathecal in IB" in facts
    rows = json.loads(calc(*IB, "--json").out)["left_open"]
    assert [one["missing"][0]["fact"] for one in rows] == facts
    told = calc(*IB).out
    assert "Needed: the days of each. Who: two people of this site" in told
    assert "Where: Commissioning, or “days” in the site values file." in told


def test_a_blocked_dose_waits_at_the_top_of_the_answer_too(calc: Any) -> None:
    line = [*IB[:2], "aall15p1", *IB[3:]]
    line[4], line[6] = "induction", "8"
    found = json.loads(calc(*line, "--json").out)
    missing = [one for dose in found["doses"] for one in dose["missing"]]
    assert missing and found["waits_for"] == [dict(one) for one in missing]


def test_a_calendar_tells_a_person_who_and_where(calc: Any) -> None:
    told = calc("schedule", "--protocol", "interfant06", "--start", "2026-09-01").out
    lengths = (
        "Needed. Who: two people of this site, each from its controlled copy of the protocol. "
    )
    lengths += (
        "Where: Commissioning, or “lengths” in the site values file.\n  the length of Induction\n"
    )
    assert lengths in told
    assert "first whether it is given at all. Who: two people of this site" in told
    assert "  when therapy of Interfant-06 ends\n" in told
