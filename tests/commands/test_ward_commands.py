"""The ward's commands: demo, sheet, roadmap; through the front door, on a real ward."""

import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from bedside.cli import main

EPI_2 = "DEM 004 118"
IN_INDUCTION = "DEM 004 131"


def paper(demo: Path, target: Path, *more: str, command: str = "sheet") -> int:
    words = [command, "--ward", str(demo), "--by", "E. Berg, RN", "-o", str(target), *more]
    return main(words)


def test_the_sheet_of_the_block_in_hand(demo: Path, tmp_path: Path, capsys) -> None:
    target = tmp_path / "sheet.pdf"
    assert paper(demo, target, "--infant", EPI_2) == 0
    said = capsys.readouterr().out
    words = PdfReader(target).pages[0].extract_text()
    assert "EPI #2" in said and "15.5 mg" in words and "DEMONSTRATION" in words


def test_a_paper_printed_again_says_why(demo: Path, tmp_path: Path, capsys) -> None:
    """H31: nobody is asked at the command line: a reason is given with the command, or none was said."""
    for name, more, said in (
        ("a", (), ""),
        ("b", ("--reprint", "jammed in the printer"), "jammed in the printer"),
        ("c", (), "no reason said at the command line"),
    ):
        again = ("--infant", IN_INDUCTION, *more)
        assert paper(demo, tmp_path / f"{name}.pdf", *again, command="counts-form") == 0
        words = capsys.readouterr().out
        assert (f"(printed again: {said})" in words) == bool(said)
        assert ("printed again" in words) == bool(said)
    blank = ("--infant", IN_INDUCTION, "--reprint", " ")
    assert paper(demo, tmp_path / "d.pdf", *blank, command="counts-form") == 2


def test_a_roadmap(demo: Path, tmp_path: Path) -> None:
    target = tmp_path / "road.pdf"
    assert paper(demo, target, "--infant", EPI_2, command="roadmap") == 0
    assert "EPI #2" in PdfReader(target).pages[0].extract_text().replace("\u2011", "-")


@pytest.mark.parametrize(
    ("command", "infant", "says"),
    [
        ("whole-treatment", EPI_2, "WHOLE TREATMENT"),
        ("transfer-summary", EPI_2, "azaCITIDine must not be given here"),
        ("toxicity-report", EPI_2, "TOXICITY REPORT"),
        ("dlt-report", EPI_2, "DLT REPORT"),
        ("maintenance-chart", "DEM 004 088", "MAINTENANCE CHART"),
        ("counts-form", EPI_2, "BLOOD COUNTS"),
    ],
)
def test_a_paper_of_the_whole_infant(
    demo: Path, tmp_path: Path, capsys, command: str, infant: str, says: str
) -> None:
    target = tmp_path / "paper.pdf"
    assert paper(demo, target, "--infant", infant, command=command) == 0
    assert "copy 1, code " in capsys.readouterr().out
    assert says in PdfReader(target).pages[0].extract_text()


def test_a_paper_that_cannot_be_made_says_why(demo: Path, tmp_path: Path, capsys) -> None:
    target = tmp_path / "dlt.pdf"
    assert paper(demo, target, "--infant", "DEM 003 970", command="dlt-report") == 2
    assert "has no DLT period" in capsys.readouterr().err
    assert not target.exists()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--infant", "DEM 000 000"), "No infant"),
        (("--infant", EPI_2, "--course", "consolidation"), "public sources"),
        (("--infant", EPI_2, "--course", "nowhere"), "no course"),
        (("--infant", "DEM 004 127"), "480"),
        (("--infant", "DEM 003 970"), "No azacitidine block"),
    ],
)
def test_a_refusal_is_one_line_and_leaves_no_file(
    demo: Path, tmp_path: Path, capsys, more: tuple[str, ...], says: str
) -> None:
    target = tmp_path / "out" / "sheet.pdf"
    target.parent.mkdir()
    assert paper(demo, target, *more) == 2
    caught = capsys.readouterr()
    assert caught.out == ""
    assert caught.err.count("\n") == 1 and says in caught.err
    assert list(target.parent.iterdir()) == []


def test_a_folder_that_is_not_there_is_said(demo: Path, tmp_path: Path, capsys) -> None:
    assert paper(demo, tmp_path / "out" / "sheet.pdf", "--infant", EPI_2) == 2
    assert "is not there" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_nobody_prints_without_a_name(demo: Path, tmp_path: Path, capsys) -> None:
    words = ["sheet", "--ward", str(demo), "--infant", EPI_2, "-o", str(tmp_path / "x.pdf")]
    assert main(words) == 2
    assert "--by" in capsys.readouterr().err


def test_no_ward_there_is_said(tmp_path: Path, capsys) -> None:
    assert paper(tmp_path / "nothing", tmp_path / "x.pdf", "--infant", "1") == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "nothing").exists()


def test_no_window_needs_a_folder(capsys) -> None:
    assert main(["demo", "--no-window"]) == 2
    assert "--ward" in capsys.readouterr().err


def test_a_ward_that_is_open_is_said(demo: Path, tmp_path: Path, capsys) -> None:
    """P8: the second opening gets a plain line."""
    from bedside.app import open_ward, system_clock

    ward = open_ward(demo, system_clock(), create=False)
    try:
        assert paper(demo, tmp_path / "x.pdf", "--infant", EPI_2) == 2
    finally:
        ward.store.close()
    assert "open" in capsys.readouterr().err


def test_a_demonstration_is_never_made_in_a_real_ward(tmp_path: Path, capsys) -> None:
    """H12: invented infants never land beside real ones."""
    from bedside.app import open_ward, system_clock

    folder = tmp_path / "real"
    open_ward(folder, system_clock(), create=True).store.close()
    assert main(["demo", "--ward", str(folder), "--no-window"]) == 2
    assert "no demonstration" in capsys.readouterr().err
    ward = open_ward(folder, system_clock(), create=False)
    assert ward.last_saved is None
    ward.store.close()


def test_the_module_is_a_front_door_too() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "bedside", "--version"], capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stdout.split()[0]) == (0, "Bedside")


VINCRISTINE = ("--course", "induction", "--day", "8", "--route", "IV", "--drug", "vincristine")


@pytest.mark.parametrize(
    ("command", "more", "says"),
    [
        ("sheet", VINCRISTINE, "No dose of it is in public sources"),
        ("label", VINCRISTINE, "No dose of it is in public sources"),
        ("sheet", ("--day", "8"), "needs --route"),
        ("sheet", ("--drug", "vincristine"), "needs --day N"),
        ("sheet", ("--day", "eight", "--route", "IV"), "in figures, for instance 8, not eight"),
        ("sheet", ("--day", "8", "--route", "IV or IM"), "one route of IV, IT"),
        (
            "sheet",
            (*VINCRISTINE[:4], "--route", "intrathecal"),
            "No dose of intrathecal is planned",
        ),
        ("roadmap", ("--day", "8"), "--day"),
    ],
)
def test_a_paper_of_one_day_is_refused_in_words(
    demo: Path, tmp_path: Path, capsys, command: str, more: tuple[str, ...], says: str
) -> None:
    """Bed 1 is on day 8 of Induction, of which no dose is public and none is entered."""
    target = tmp_path / "x.pdf"
    try:
        code = paper(demo, target, "--infant", IN_INDUCTION, *more, command=command)
    except SystemExit as ended:  # the reader of the words refuses an option itself
        code = ended.code
    assert code == 2 and says in capsys.readouterr().err
    assert not target.exists()


def test_the_label_of_the_vial_whose_clock_runs(tmp_path: Path, capsys) -> None:
    demo = tmp_path / "ward"  # of this minute: the clock of a shared one may have run out
    assert main(["demo", "--ward", str(demo), "--no-window"]) == 0
    day = ("--course", "epi-2", "--day", "3", "--route", "IV", "--drug", "azacitidine")
    assert paper(demo, tmp_path / "label.pdf", "--infant", EPI_2, *day, command="label") == 0
    assert "Label, azaCITIDine intravenous, EPI #2 day 3" in capsys.readouterr().out
    words = PdfReader(tmp_path / "label.pdf").pages[0].extract_text()
    assert "FINISH BY" in words and "15.5" in words
