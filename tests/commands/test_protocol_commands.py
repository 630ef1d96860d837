"""`bedside protocol`: list, check, show, review, diff, through the front door."""

import json
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from bedside.cli import main
from bedside.places import place
from tests.desktop.conftest import MORNING
from tests.made_wards import copy_demonstration
from tests.ward.wards import NURSE

SHIPPED = place("resources", "protocols")


def edited(tmp_path: Path, find: str, put: str, name: str = "aall15p1.toml") -> Path:
    text = (SHIPPED / name).read_text(encoding="utf-8")
    assert find in text
    file = tmp_path / name
    file.write_text(text.replace(find, put, 1), encoding="utf-8")
    return file


def test_list_names_each_protocol_and_what_is_closed(capsys) -> None:
    assert main(["protocol", "list"]) == 0
    said = capsys.readouterr().out
    lines = {line.split()[0]: line for line in said.splitlines()}
    assert "closed" in lines["interfant06"].replace("not stated as closed", "")
    assert "not stated as closed" in lines["aall15p1"]
    assert main(["protocol", "list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["protocols"]
    by_key = {one["protocol"]: one for one in listed}
    assert {"aall15p1", "interfant06", "interfant06-blinatumomab"} <= set(by_key)
    assert by_key["interfant06"]["closed_to_entry"].startswith("closed to entry")
    assert by_key["aall15p1"]["courses"][:2] == ["induction", "epi-1"]


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_check_passes_each_shipped_file(path: Path, capsys) -> None:
    assert main(["protocol", "check", str(path)]) == 0
    caught = capsys.readouterr()
    assert caught.err == "" and "sound" in caught.out and "totals" in caught.out


def test_check_says_each_fault_on_a_line_of_its_own(tmp_path: Path, capsys) -> None:
    file = edited(tmp_path, "on = [1, 29], evidence", "on = [0, 29], evidence")
    file.write_text(
        file.read_text("utf-8").replace('phase           = "Induction"', 'fase = "Induction"', 1),
        "utf-8",
    )
    assert main(["protocol", "check", str(file)]) == 2
    caught = capsys.readouterr()
    assert caught.out == ""
    faults = caught.err.splitlines()
    assert len(faults) >= 3
    assert any("day 0 is impossible" in line for line in faults)
    assert any("fase" in line for line in faults)
    assert main(["protocol", "check", str(file), "--json"]) == 2
    found = json.loads(capsys.readouterr().out)
    assert found["sound"] is False and len(found["faults"]) == len(faults)


def test_check_in_json(capsys) -> None:
    assert main(["protocol", "check", "aall15p1", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["sound"] is True and found["faults"] == []
    assert {
        "course": None,
        "drug": "azaCITIDine",
        "words": "20 dose days, 50 mg per kg in all",
    } in found["totals"]
    assert any("to be separated" in note for note in found["notes"])


@pytest.mark.parametrize("action", ["check", "show"])
def test_a_file_that_is_not_there_is_said(action: str, capsys) -> None:
    assert main(["protocol", action, "nowhere"]) == 2
    caught = capsys.readouterr()
    assert caught.out == "" and caught.err.count("\n") == 1 and "aall15p1" in caught.err


def test_a_file_far_too_large_is_refused(tmp_path: Path, capsys) -> None:
    file = tmp_path / "large.toml"
    file.write_text("#" * 1_000_001, encoding="utf-8")
    assert main(["protocol", "check", str(file)]) == 2
    assert "far too large" in capsys.readouterr().err


def test_show_says_every_course_with_evidence_and_source(capsys) -> None:
    assert main(["protocol", "show", "aall15p1"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert (
        "days: days 1, 2, 3, 4, 5 (5 dose days) [stated: register NCT02828358; AALL15P1 slides]"
        in said
    )
    assert "dose: 2.5 mg per kg [stated: AALL15P1 slides]" in said
    assert "dose: not public [not public]" in said
    assert "reading: day 92" in said and "ruling: not planned until the site enters it" in said
    assert main(["protocol", "show", "interfant06"]) == 0
    said = capsys.readouterr().out
    assert "CLOSED: closed to entry since October 2016" in said
    assert max(len(line) for line in said.splitlines() if "sha256" not in line) < 220


def test_show_in_json(capsys) -> None:
    assert main(["protocol", "show", "aall15p1", "--json"]) == 0
    book = json.loads(capsys.readouterr().out)
    epi = next(course for course in book["courses"] if course["key"] == "epi-1")
    (dose,) = [fact for fact in epi["facts"] if fact["aspect"] == "dose"]
    assert dose["words"] == "2.5 mg per kg" and dose["evidence"] == "stated"
    assert dose["sources"] == ["S2"]


def test_review_prints_the_book_and_overwrites_nothing(tmp_path: Path, capsys) -> None:
    target = tmp_path / "book.pdf"
    assert main(["protocol", "review", "interfant06", "-o", str(target)]) == 0
    assert "Interfant-06" in capsys.readouterr().out
    first = PdfReader(target).pages[0].extract_text()
    assert "DOCUMENT for controlled review" in first and "Initials 1" in first
    assert "Not from a ward: no sheet number" in first and "Valid until a newer edition" in first
    before = target.read_bytes()
    assert main(["protocol", "review", "aall15p1", "-o", str(target)]) == 2
    assert "there already" in capsys.readouterr().err
    assert target.read_bytes() == before


def test_review_into_no_folder_is_refused(tmp_path: Path, capsys) -> None:
    assert main(["protocol", "review", "aall15p1", "-o", str(tmp_path / "no" / "x.pdf")]) == 2
    assert "is not there" in capsys.readouterr().err


def test_the_book_of_a_ward_has_a_code_that_the_ward_knows(tmp_path: Path, capsys) -> None:
    folder = copy_demonstration(MORNING, tmp_path / "ward")
    target = tmp_path / "book.pdf"
    asked = [
        "protocol",
        "review",
        "aall15p1",
        "-o",
        str(target),
        "--ward",
        str(folder),
        "--by",
        NURSE,
    ]
    assert main(asked) == 0
    first = PdfReader(target).pages[0].extract_text()
    assert "Not from a ward" not in first and "Audit head" in first
    code = next(one for one in re.findall(r"(?:[0-9A-Z]{4} ){3}[0-9A-Z]{4}", first))
    capsys.readouterr()
    assert main(["verify", "--ward", str(folder), code]) == 0
    assert "VALID" in capsys.readouterr().out
    asked[2:5] = ["no-such", "-o", str(tmp_path / "other.pdf")]
    assert main(asked) == 2
    assert "This ward has no protocol no-such; it has aall15p1" in capsys.readouterr().err


def test_diff_of_two_protocols(capsys) -> None:
    assert main(["protocol", "diff", "interfant06", "aall15p1"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "IB (Interfant-06) beside Consolidation (AALL15P1)" in said
    assert "more total doses of cytarabine" in said
    assert "named, days not public in Interfant-06" in said
    for number in (1, 2, 3, 4):
        assert f"EPI #{number}: only in AALL15P1" in said
    assert (
        "azaCITIDine: Interfant-06: not named; AALL15P1: 20 dose days, 50 mg per kg in all"
        in " ".join(said.split())
    )


def test_every_bracket_of_a_diff_is_closed_and_the_book_knows_no_file_keys(capsys) -> None:
    main(["protocol", "diff", "interfant06", "aall15p1"])
    said = " ".join(capsys.readouterr().out.split())
    assert "(side by side: both are the first course;" in said
    assert said.count("(") == said.count(")")
    main(["protocol", "show", "aall15p1"])
    shown = " ".join(capsys.readouterr().out.split())
    assert "Delayed Intensification part 1 stands where Interfant-06 has OCTADAD part 1" in shown
    assert "interfant06 has" not in shown and "has octadad" not in shown


def test_diff_in_json(tmp_path: Path, capsys) -> None:
    later = edited(tmp_path, "value = 2.5", "value = 2.6")
    assert main(["protocol", "diff", "aall15p1", str(later), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["kind"] == "editions" and "infants" not in found
    changed = [course["title"] for course in found["courses"] if course["differs"]]
    assert changed == ["EPI #1"]
    (line,) = [one for course in found["courses"] for one in course["lines"]]
    assert line["words"] == (
        "azaCITIDine, intravenous, dose: 2.5 mg per kg (stated); now 2.6 mg per kg (stated)"
    )


def test_diff_of_a_file_with_itself(capsys) -> None:
    assert main(["protocol", "diff", "aall15p1", "aall15p1"]) == 0
    assert "No fact differs." in capsys.readouterr().out


def test_a_note_alone_is_no_change_of_treatment(tmp_path: Path, capsys) -> None:
    later = edited(
        tmp_path, 'note     = "7-day steroid pre-phase"', 'note     = "steroid pre-phase"'
    )
    assert main(["protocol", "diff", "aall15p1", str(later)]) == 0
    assert "[treatment unchanged]" in " ".join(capsys.readouterr().out.split())


def test_diff_says_for_which_infants_it_matters(demo: Path, tmp_path: Path, capsys) -> None:
    """The demonstration: four are not yet past Consolidation, three are."""
    days = "on = [3, 4, 5, 6, 10, 11, 12, 13, 17, 18, 19, 20, 24, 25, 26, 27]"
    later = edited(tmp_path, days, days.replace("27]", "27, 28]"))
    assert (
        main(["protocol", "diff", "aall15p1", str(later), "--ward", str(demo), "--by", NURSE]) == 0
    )
    said = " ".join(capsys.readouterr().out.split())
    assert (
        "HOLMBERG, Nils, DEM 004 122: entered under edition A; changed: Consolidation (running now)"
        in said
    )
    assert "not: LINDGREN, Saga, DEM 004 118: past every course and every dose that changed" in said
    words = [
        "protocol",
        "diff",
        "aall15p1",
        str(later),
        "--ward",
        str(demo),
        "--by",
        NURSE,
        "--json",
    ]
    assert main(words) == 0
    infants = json.loads(capsys.readouterr().out)["infants"]
    assert {one["hospital_number"] for one in infants if one["matters"]} == {
        "DEM 004 122",
        "DEM 004 127",
        "DEM 004 131",
        "DEM 004 136",
    }


def test_a_ward_is_asked_about_editions_only(demo: Path, capsys) -> None:
    words = ["protocol", "diff", "interfant06", "aall15p1", "--ward", str(demo), "--by", NURSE]
    assert main(words) == 2
    assert "two editions of one protocol" in capsys.readouterr().err


def test_nobody_is_concerned_where_nothing_about_treatment_changed(
    demo: Path, tmp_path: Path, capsys
) -> None:
    later = edited(tmp_path, 'note     = "7-day steroid pre-phase"', 'note     = "pre-phase"')
    assert (
        main(["protocol", "diff", "aall15p1", str(later), "--ward", str(demo), "--by", NURSE]) == 0
    )
    assert "for whom it matters none" in " ".join(capsys.readouterr().out.split())


def test_an_action_is_asked_for(capsys) -> None:
    assert main(["protocol"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_each_action_has_an_example(capsys) -> None:
    for action in ("list", "check", "show", "review", "diff"):
        assert main(["protocol", action, "--help"]) == 0
        assert f"bedside protocol {action}" in capsys.readouterr().out.split("Example:")[1]
