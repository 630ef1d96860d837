"""A unit slip on the command line never opens a start rule, and is named (H3, H14)."""

import json
from pathlib import Path
from typing import Any

import pytest

EPI = ("gate", "--protocol", "aall15p1", "--course", "epi-1")
YES = ("--confirm", "toxicity-resolved=yes")
FEVER = ("fever", "--temperatures", "none", "--now", "2026-11-20T10:42+01:00")
RISK = ("risk", "--protocol", "interfant06", "--birth", "2026-05-01", "--diagnosed", "2026-09-01")
GENE = ("--kmt2a", "rearranged")
SWAP = "as when per µL are typed as ×10⁹/L"
# Each is a count per µL typed with ×10⁹/L (or ×10³/µL), a thousand times the truth.
SLIPS = (
    ((*EPI, *YES, "--anc", "480 10^9/L", "--platelets", "68 10^9/L"), "--anc", SWAP),
    ((*EPI, *YES, "--anc", "620 /uL", "--platelets", "50000 10^9/L"), "--platelets", SWAP),
    ((*EPI, *YES, "--anc", "480 10^3/uL"), "--anc", "as when per µL are typed as ×10³/µL"),
    ((*EPI, *YES, "--anc", "200001 /uL"), "--anc", "at most 200 000 per µL"),
    (("anc", "--wbc", "1600 10^9/L", "--neutrophils", "28 %"), "--wbc", SWAP),
    (("anc", "--wbc", "3000001 /uL", "--neutrophils", "1 %"), "--wbc", "at most 3 000 000"),
    (("anc", "--wbc", "1600 10^9/L", "--neutrophils", "480 G/L"), "--neutrophils", SWAP),
    ((*FEVER, "--anc", "480 10^9/L"), "--anc", SWAP),
    (("phoenix", "--platelets", "26000 10^9/L"), "--platelets", SWAP),
    ((*RISK, *GENE, "--wbc", "310000 10^9/L", "--day8-blasts", "unknown"), "--wbc", SWAP),
    ((*RISK, *GENE, "--wbc", "unknown", "--day8-blasts", "9000 G/L"), "--day8-blasts", SWAP),
    (("grade", "--term", "Neutrophil count decreased", "--value", "480 10^9/L"), "--value", SWAP),
    (("grade", "--term", "Anemia", "--value", "8.4 g/L"), "--value", "as when g/dL are typed"),
    (("grade", "--term", "ALT", "--value", "80 U/L", "--baseline", "60000 U/L"), "--baseline", "50 000"),
)  # fmt: skip


@pytest.mark.parametrize(("words", "option", "said"), SLIPS)
def test_an_impossible_count_is_refused(
    calc: Any, words: tuple[str, ...], option: str, said: str
) -> None:
    ran = calc(*words)
    assert (ran.code, ran.out) == (2, "")
    told = ran.err.replace("\u202f", " ").replace("\u00a0", " ")
    assert option in told and said in told and len(ran.err.splitlines()) == 1


def test_a_table_refuses_it_in_its_line_and_answers_the_next(calc: Any, tmp_path: Path) -> None:
    table = tmp_path / "table"
    counts = " ".join(f"'{word}'" for word in (*EPI, "--platelets", "68 10^9/L"))
    table.write_text(f"{counts} --anc '480 10^9/L'\n{counts} --anc '480 /uL'\n", encoding="utf-8")
    first, second = (json.loads(line) for line in calc("--lines", str(table)).out.splitlines())
    assert SWAP in first["error"] and "open" not in first
    assert second["open"] is False


@pytest.mark.parametrize(
    ("command", "opening"),
    [
        (("dlt", "--protocol", "aall15p1"), "[[count]]\non = 2027-02-03\n"),
        (
            ("maintenance", "--protocol", "aall15p1", "--birth", "2025-09-14",
             "--cycle-1-day-1", "2026-08-20", "--rule", "icicle-all-14"),
            "[[count]]\non = 2026-09-01\n",
        ),
    ],
)  # fmt: skip
def test_a_history_with_it_is_refused_with_its_place(
    calc: Any, tmp_path: Path, command: tuple[str, ...], opening: str
) -> None:
    file = tmp_path / "history.toml"
    file.write_text(f'{opening}anc = "500 10^9/L"\nplatelets = "50000 G/L"\n', encoding="utf-8")
    ran = calc(*command, str(file))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count(SWAP) == 2 and "count 1" in ran.err


def test_an_unusual_count_is_answered_and_doubted_first(calc: Any) -> None:
    words = (*EPI, *YES, "--anc", "60 10^9/L", "--platelets", "68 10^9/L")
    lines = calc(*words).out.splitlines()
    assert lines[0].startswith("Note: --anc: 60") and "NOT KNOWN" in lines[1]
    found = json.loads(calc(*words, "--json").out)
    (note,) = found["notes"]
    assert "very high ANC" in note
    assert found["open"] is None and found["rules"][0]["result"] == "unknown"
    low = json.loads(calc(*EPI, "--platelets", "68 /uL", "--json").out)
    assert "as when ×10⁹/L are typed as per µL" in low["notes"][0]
    usual = calc(
        *EPI,
        *YES,
        "--anc",
        "620 /uL",
        "--platelets",
        "68 10^9/L",
        "--kmt2a",
        "rearranged",
        "--json",
    )
    assert json.loads(usual.out)["notes"] == []
    high = calc("anc", "--wbc", "160 10^9/L", "--neutrophils", "48 %").out
    assert high.startswith("Note: the ANC: 76")


def test_an_unusual_count_opens_when_it_is_given_twice_alike(calc: Any) -> None:
    words = (*EPI, *YES, "--anc", "60 10^9/L", "--platelets", "1900 G/L")
    one = json.loads(calc(*words, "--again", "anc=60000 /uL", "--json").out)
    assert [rule["result"] for rule in one["rules"]] == ["met", "unknown", "met"]
    assert one["open"] is None
    both = ("--again", "anc=60000 /uL", "--again", "platelets=1900 G/L")
    assert json.loads(calc(*words, *both, "--json").out)["open"] is True
    closed = json.loads(calc(*EPI, *YES, "--anc", "60 G/L", "--platelets", "9 G/L", "--json").out)
    assert closed["open"] is False  # a part that is not met closes, whatever is doubted


@pytest.mark.parametrize(
    ("again", "said"),
    [
        ("anc=6 G/L", "another count"),
        ("plt=60 G/L", "none of anc or platelets"),
        ("platelets=60 G/L", "with --platelets"),
        ("anc=sixty", "--again anc"),
    ],
)
def test_another_count_the_second_time_is_refused(calc: Any, again: str, said: str) -> None:
    ran = calc(*EPI, *YES, "--anc", "60 10^9/L", "--again", again)
    assert (ran.code, ran.out) == (2, "") and said in ran.err


@pytest.mark.parametrize(
    ("term", "low", "high"),
    [
        ("Hypokalemia", "5 mmol/L", "3.4 mmol/L"),
        ("Hypokalemia", "3.4 mmol/L", "3.4 mmol/L"),
        ("Anemia", "15 g/dL", "100 g/L"),  # two units: 150 and 100 g/L
        ("Blood bilirubin increased", "2 mg/dL", "17 umol/L"),
    ],
)
def test_limits_of_normal_the_wrong_way_round_are_refused(
    calc: Any, term: str, low: str, high: str
) -> None:
    words = ("grade", "--term", term, "--value", low, "--lln", low, "--uln", high)
    ran = calc(*words)
    assert (ran.code, ran.out) == (2, "") and "--lln is not below --uln" in ran.err


def test_limits_of_normal_in_their_order_are_taken(calc: Any) -> None:
    for low, high in (("100 g/L", "15 g/dL"), ("100 g/L", "150 g/L")):
        words = ("grade", "--term", "Anemia", "--value", "9 g/dL", "--lln", low, "--uln", high)
        assert json.loads(calc(*words, "--json").out)["grade"] == 2


def test_the_surface_of_a_body_no_infant_has_says_so_first(calc: Any) -> None:
    """The formulas are checked against published adults, so the figure stays (1.0375: hand-worked)."""
    told = calc("bsa", "--weight", "62 kg", "--length", "62.5 cm")
    first, *rest = told.out.splitlines()
    assert told.code == 0 and "1.0375" in "".join(rest)
    assert first.startswith("Note: --weight: 62 kg is no weight of an infant (0.5 kg to 30 kg)")
    both = json.loads(calc("bsa", "--weight", "75 kg", "--length", "170 cm", "--json").out)
    assert [note.split(":")[0] for note in both["notes"]] == ["--weight", "--length"]
