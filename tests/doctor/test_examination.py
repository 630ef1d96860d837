"""The whole examination: in order, in plain words or JSON, and never stopped by one trouble."""

import io
import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bedside.doctor import Finding, books, examination, examine, run

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=ZoneInfo("Europe/Berlin"))


def test_this_machine_is_examined_in_order(tmp_path):
    names = [finding.name for finding in examine(tmp_path / "ward", NOW)]
    assert names == [
        "Python", "Python libraries", "system libraries of Qt", "SQLite", "program files",
        "protocols and tables", "site values", "Qt", "screen fonts", "printer", "display", "disk space",
        "ward folder", "ward", "encryption", "people", "copies", "second medium", "clock", "time zone",
    ]  # fmt: skip


def test_this_machine_is_fit(tmp_path):
    out = io.StringIO()
    code = run(tmp_path / "ward", NOW, False, out)
    assert "NOT FIT" not in out.getvalue()
    assert code == 0
    assert "This workstation is fit for Bedside" in out.getvalue().splitlines()[-1]


def test_json_says_the_same(tmp_path):
    out = io.StringIO()
    assert run(tmp_path / "ward", NOW, True, out) == 0
    answer = json.loads(out.getvalue())
    assert answer["fit"] is True
    assert {"name", "verdict", "sentence"} == set(answer["findings"][0])


def test_one_thing_that_is_not_fit_makes_exit_1(tmp_path):
    out = io.StringIO()
    code = run(tmp_path / "ward", datetime(1970, 1, 1, tzinfo=NOW.tzinfo), False, out)
    assert code == 1
    assert "NOT FIT  clock: It shows 01-Jan-1970" in out.getvalue()
    assert out.getvalue().endswith("NOT FIT for Bedside: see the 1 line so marked.\n")


def test_an_examination_that_fails_is_a_finding_and_hides_no_other(tmp_path, monkeypatch):
    def broken() -> Finding:
        raise ImportError("no such library")

    monkeypatch.setattr(books, "books", broken)
    findings = examine(tmp_path / "ward", NOW)
    found = next(finding for finding in findings if finding.name == "protocols and tables")
    assert found.verdict == "not fit"
    assert "no such library" in found.sentence
    assert findings[-1].name == "time zone"


def test_a_ward_that_cannot_be_examined_is_a_finding(tmp_path, monkeypatch):
    def broken(folder):
        raise MemoryError

    monkeypatch.setattr(examination.ward_store, "ward_state", broken)
    found = next(finding for finding in examine(tmp_path, NOW) if finding.name == "ward")
    assert found == Finding("ward", "not fit", "It could not be examined: MemoryError")


def test_a_missing_program_file_is_named(monkeypatch):
    def nowhere(*parts: str):
        raise FileNotFoundError("/".join(parts))

    monkeypatch.setattr(books, "place", nowhere)
    finding = books.program_files()
    assert finding.verdict == "not fit"
    assert "resources/protocols/aall15p1.toml" in finding.sentence


@pytest.mark.parametrize(
    ("verdicts", "last"),
    [
        (["fit"], "This workstation is fit for Bedside."),
        (["fit", "look"], "This workstation is fit for Bedside; 1 thing to look at."),
        (["look", "look"], "This workstation is fit for Bedside; 2 things to look at."),
        (["look", "not fit", "not fit"],
         "This workstation is NOT FIT for Bedside: see the 2 lines so marked."),
    ],
)  # fmt: skip
def test_the_last_line_sums_up(verdicts, last):
    findings = tuple(Finding("x", verdict, "y") for verdict in verdicts)
    assert examination.in_words(findings).splitlines()[-1] == last
