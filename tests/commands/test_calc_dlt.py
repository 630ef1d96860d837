"""`calc dlt`: state and verdicts from a history, another rule, and each refusal with its place."""

import json
from pathlib import Path
from typing import Any

import pytest

from bedside.ward.signed_values import SignedRow, SignedValues, write_signed

INVENTED = Path(__file__).resolve().parents[1] / "protocol" / "invented_dlt_rule.toml"
ASKED = ("dlt", "--protocol", "aall15p1")
STARTED = """
on = 2026-11-20
[start]
induction = 2026-08-26
epi-1 = 2026-09-30
consolidation = 2026-10-05
"""
MUCOSITIS = """
[[toxicity]]
key = "m"
term = "Mucositis oral"
onset = 2026-10-31
haematological = false
grade = [ { from = 2026-10-31, grade = 2 }, { from = 2026-11-02, grade = 3 } ]
resolved = 2026-11-16
attribution = { azacitidine = "possible" }
"""
DECISION = """
[[decision]]
toxicity = "m"
decision = "does not count"
by = "Dr I. Halvorsen, consultant"
at = 2026-11-17T09:00:00+01:00
reason = "grade 3 for days only"
"""


@pytest.fixture
def history(tmp_path: Path) -> Any:
    """Writes a history."""

    def write(text: str) -> str:
        file = tmp_path / "history.toml"
        file.write_text(text, encoding="utf-8")
        return str(file)

    return write


def test_state_period_and_verdicts(calc: Any, history: Any) -> None:
    ran = calc(*ASKED, "--json", history(STARTED + MUCOSITIS))
    assert ran.code == 0
    told = json.loads(ran.out)
    assert (told["state"], told["opened"], told["closed"]) == ("open", "2026-09-30", None)
    assert told["due"] == ["m"]
    assert told["rule_kind"] == "screening"
    (row,) = told["reviewed"]
    assert (row["term"], row["verdict"], row["worst_grade"]) == ("Mucositis oral", "ask", 3)
    assert row["rule"] == "not haematological, grade 3, azacitidine possible"
    assert (row["decided"], row["due"], row["course"]) == (None, True, "consolidation")


def test_a_decision_is_read_and_shown(calc: Any, history: Any) -> None:
    file = history(STARTED + MUCOSITIS + DECISION)
    told = json.loads(calc(*ASKED, "--json", file).out)
    assert (told["due"], told["reviewed"][0]["decided"]) == ([], "does not count")
    words = calc(*ASKED, file).out
    assert "Decided: does not count, Dr I. Halvorsen, consultant, 17-Nov-2026 09:00" in words
    assert "The rule proposes; a named physician decides." in words


def test_a_grade_after_the_decision_asks_again(calc: Any, history: Any) -> None:
    text = STARTED + MUCOSITIS.replace("resolved = 2026-11-16", "resolved = 2026-11-19") + DECISION
    assert "Decided on earlier facts: decide again." in calc(*ASKED, history(text)).out


def test_the_counts_close_it(calc: Any, history: Any) -> None:
    text = STARTED.replace("on = 2026-11-20", "") + "di-part-1 = 2026-12-27\n"
    text += '[[count]]\non = 2027-02-03\nanc = "0.5 10^9/L"\nplatelets = "50 10^9/L"\n'
    text += '[[count]]\non = 2027-02-01\nanc = "pending"\n'
    text += '[[answer]]\ncourse = "epi-4"\nanswer = "yes"\nat = 2027-02-03T13:00:00+01:00\n'
    told = json.loads(calc(*ASKED, "--json", history(text)).out)
    assert (told["state"], told["closed"]) == ("closed without DLT", "2027-02-03")
    assert told["on"] == "2027-02-03"


def test_the_sites_own_rule(calc: Any, history: Any) -> None:
    told = json.loads(
        calc(*ASKED, "--rule", str(INVENTED), "--json", history(STARTED + MUCOSITIS)).out
    )
    assert (told["rule"], told["rule_kind"]) == ("Invented definition", "definition")
    assert told["rule_confirmed_by"] == ["Ines Halvorsen, consultant", "Petra Marek, pharmacist"]
    assert told["reviewed"][0]["verdict"] == "ask"


def signed(folder: Path, **numbers: str) -> str:
    """A signed file of a site with these numbers of its DLT rule."""
    at = ("A. Keller, pharmacist", "2026-11-19T10:00:00+01:00")
    rows = tuple(
        SignedRow("aall15p1", "dlt", f"dlt/{key}", text, "", *at, "B. Okonjo, nurse", at[1], "")
        for key, text in numbers.items()
    )
    by = ("A. Keller, pharmacist", "B. Okonjo, nurse")
    body = 'protocol = "aall15p1"\nedition = "6 numbers"\n'
    file = folder / "site.toml"
    file.write_bytes(write_signed(SignedValues("aall15p1", "1", False, body, rows, by, "")))
    return str(file)


WHOLE = {
    "opens": "epi-1", "closes": "epi-4", "grade": "4 grade", "infants": "44 infants",
    "acceptable": "7 %", "chance": "7 %",
}  # fmt: skip


def test_the_commissioned_rule_of_a_signed_file(calc: Any, history: Any, tmp_path: Path) -> None:
    """Finding: `calc dlt` knew the screening rule only, whatever two people had commissioned."""
    asked = (*ASKED, "--site-values", signed(tmp_path, **WHOLE))
    out = calc(*asked, history(STARTED + MUCOSITIS)).out
    assert (
        "Rule: The site's DLT rule, 6 of 6 numbers commissioned by two people: A. Keller, pharmacist "
        "and B. Okonjo, nurse, 19-Nov-2026 10:00"
    ) in out
    told = json.loads(calc(*asked, "--json", history(STARTED + MUCOSITIS)).out)
    assert (told["rule_kind"], told["due"]) == ("commissioned", [])
    assert told["reviewed"][0]["rule"] == "below grade 4"


def test_which_site_file_is_no_dlt_rule(calc: Any, history: Any, tmp_path: Path) -> None:
    file, told = signed(tmp_path, grade="4 grade"), history(STARTED)
    ran = calc(*ASKED, "--site-values", file, told)
    assert (ran.code, "(1 of 6 numbers)" in ran.err) == (2, True)
    both = calc(*ASKED, "--site-values", file, "--rule", str(INVENTED), told)
    assert (both.code, "name one of them" in both.err) == (2, True)
    by_hand = tmp_path / "hand.toml"
    by_hand.write_text('protocol = "aall15p1"\nedition = "1"\n')
    ran = calc(*ASKED, "--site-values", str(by_hand), told)
    assert (ran.code, "(0 of 6 numbers)" in ran.err) == (2, True)


def test_outside_ungraded_and_not_evaluable_in_words(calc: Any, history: Any) -> None:
    text = STARTED + '[not-evaluable]\nby = "Dr A"\non = 2026-11-01\nreason = "left"\n'
    text += '[[toxicity]]\nterm = "Nausea"\nonset = 2026-09-01\ngrade = 3\nresolved = 2026-09-04\n'
    text += '[[toxicity]]\nterm = "Pain"\nonset = 2026-10-04\nctcae = "6.0"\n'
    out = calc(*ASKED, history(text)).out
    assert "State: not evaluable" in out
    assert "Nausea, since 01-Sep-2026, before the period" in out
    assert "Pain, since 04-Oct-2026, not graded" in out


def test_nothing_at_all_is_not_started(calc: Any, history: Any) -> None:
    told = json.loads(calc(*ASKED, "--json", history("")).out)
    assert (told["state"], told["opened"], told["reviewed"]) == ("not started", None, [])
    assert calc(*ASKED, history("")).out.count("Opens on day 1 of EPI #1.") == 1


def test_lines(calc: Any, history: Any, tmp_path: Path) -> None:
    file = history(STARTED)
    table = tmp_path / "table.txt"
    table.write_text(f"dlt --protocol aall15p1 {file}\ndlt --protocol interfant06 {file}\n")
    first, second = calc("--lines", str(table)).out.splitlines()
    assert json.loads(first)["state"] == "open"
    assert "has no DLT period" in json.loads(second)["error"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[start]\nepi-9 = 2026-09-30", "start > epi-9: no course has this key"),
        ('[start]\nepi-1 = "soon"', "start > epi-1: a day is needed"),
        ("[start]\nepi-1 = 0026-09-30", "a day is needed"),
        ("[[toxicity]]\nonset = 2026-10-01", "toxicity 1 > term: this is missing"),
        ('[[toxicity]]\nterm = "Pain"', "toxicity 1 (Pain) > onset: a day is needed"),
        ('[[toxicity]]\nterm = "Pain"\nonset = 2026-10-01\ngrade = 6', "a grade is from 0 (gone) to 5"),
        ('[[toxicity]]\nterm = "Pain"\nonset = 2026-10-01\ngrade = true', "a whole number"),
        ('[[toxicity]]\nterm = "Pain"\nonset = 2026-10-01\nresolved = 2026-09-01', "before the onset"),
        ('[[toxicity]]\nterm = "Pain"\nonset = 2026-10-01\nattribution = { x = "maybe" }', "attribution > x"),
        ('[[toxicity]]\nterm = "Pain"\nonset = 2026-10-01\nseverity = 3', "severity: this key is not known"),
        ('[[toxicity]]\nkey = "a"\nterm = "Pain"\nonset = 2026-10-01\n[[toxicity]]\nkey = "a"\nterm = "Rash"\nonset = 2026-10-01', "stands there twice"),
        ("[[count]]\nat = 2026-10-01T06:30:00", "a moment is needed"),
        ('[[count]]\non = 2026-10-01\nanc = "500"', "count 1 > anc"),
        ('[[decision]]\ntoxicity = "9"\ndecision = "counts"\nby = "Dr A"\non = 2026-10-01\nreason = "r"', "no toxicity has the key '9'"),
        ('[[answer]]\ncourse = "epi-9"\nanswer = "yes"\non = 2026-10-01', "answer 1 > course"),
        ("starts = 1", "is start meant?"),
        ("a = = 1", "cannot be read"),
    ],
)  # fmt: skip
def test_each_fault_is_refused_with_its_place(
    calc: Any, history: Any, text: str, said: str
) -> None:
    ran = calc(*ASKED, history(text))
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_files_that_are_not_there(calc: Any, history: Any) -> None:
    assert "there is no file" in calc(*ASKED, "nowhere.toml").err
    assert "cannot be read" in calc(*ASKED, "--rule", "nowhere.toml", history("")).err


def test_a_protocol_without_the_period(calc: Any, history: Any) -> None:
    ran = calc("dlt", "--protocol", "interfant06", history(""))
    assert (ran.code, "has no DLT period" in ran.err) == (2, True)
