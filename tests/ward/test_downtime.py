"""What stands on the downtime sheets, from a real ward; where they go, and when."""

from datetime import date, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from bedside.papers.downtime import DowntimeInfant
from bedside.units.refusal import Refused
from bedside.ward.backup_settings import BackupSettings, own_folder, save_backup_settings
from bedside.ward.downtime_sheets import (
    downtime_due,
    downtime_sheets,
    make_downtime,
    print_downtime,
)
from tests.ward.wards import BERLIN, DOCTOR, NURSE, Bench


def only(bench: Bench) -> DowntimeInfant:
    (infant,) = downtime_sheets(bench.ward, who=NURSE).infants
    return infant


def said(infant: DowntimeInfant) -> list[str]:
    return [f"{line.name} {line.words}".strip() for line in infant.standing]


def test_a_block_whose_rule_is_not_met_is_not_to_be_started(bench: Bench) -> None:
    """H14, H44: the paper says so in the place where a dose would be signed."""
    bench.ready_for_epi_1(anc=480)
    infant = only(bench)
    assert infant.where.startswith("Induction, day")
    assert (infant.weight, infant.weight_on) == ("6.2 kg", "07-Oct-2026 08:00")
    assert any("480" in line and "not met" in line for line in said(infant))
    aza = [dose for dose in infant.doses if dose.drug == "azaCITIDine"]
    assert {dose.state for dose in aza} <= {"stop"}
    assert all(dose.note.startswith("DO NOT START") for dose in aza)
    assert infant.count is not None and infant.count.anc.startswith("480")


def test_an_open_block_is_planned_on_its_days(bench: Bench) -> None:
    """By hand: day 1 on 07-Oct, so days 1 to 4 fall into the 72 hours after 08:00 of that day."""
    bench.open_epi_1()
    infant = only(bench)
    aza = [dose for dose in infant.doses if dose.drug == "azaCITIDine"]
    assert [dose.on for dose in aza] == [date(2026, 10, day) for day in (7, 8, 9, 10)]
    assert {(dose.state, dose.note) for dose in aza} == {("go", "")}
    assert infant.dlt_open


def test_no_amount_of_a_drug_stands_on_it(bench: Bench) -> None:
    """It is no dosing sheet."""
    bench.open_epi_1()
    for dose in only(bench).doses:
        for words in (dose.drug, dose.route, dose.note):
            assert " mg" not in words and "microgram" not in words and " units" not in words


def test_unknown_stays_unknown(bench: Bench) -> None:
    bench.site()
    bench.enrol(bed="", study_number="", line="", allergies="")
    infant = only(bench)
    assert (infant.bed, infant.study_number, infant.weight, infant.length) == ("unknown",) * 4
    assert (infant.line, infant.allergies) == ("unknown", "unknown")
    assert infant.count is None


def test_they_go_to_the_ward_and_to_the_second_medium(bench: Bench, tmp_path: Path) -> None:
    bench.ready_for_epi_1()
    stick = tmp_path / "stick"
    stick.mkdir()
    save_backup_settings(bench.ward, BackupSettings(str(stick)), who=DOCTOR)
    written = make_downtime(bench.ward, who="")
    own = own_folder(bench.ward, stick)
    assert [path.parent for path in written] == [bench.folder / "downtime", own / "downtime"]
    text = PdfReader(written[1]).pages[0].extract_text().replace("\u2011", "-")
    assert "MUSTER, Ida" in text and "Bedside, by itself" in text
    assert written[0].stat().st_mode & 0o777 == 0o600


def test_they_are_due_at_each_change_of_shift_and_old_ones_go(bench: Bench) -> None:
    """By hand: shifts at 07:00 and 19:00; the last three sheets stay."""
    bench.ready_for_epi_1()
    bench.at(2026, 10, 7, 18, 59)
    assert downtime_due(bench.ward)
    make_downtime(bench.ward, who="")
    assert not downtime_due(bench.ward)
    for day, hour in ((7, 19), (8, 7), (8, 19), (9, 7)):
        bench.at(2026, 10, day, hour, 0)
        assert downtime_due(bench.ward)
        make_downtime(bench.ward, who="")
    names = sorted(path.name for path in (bench.folder / "downtime").iterdir())
    assert names == [
        "downtime-20261008-0700.pdf",
        "downtime-20261008-1900.pdf",
        "downtime-20261009-0700.pdf",
    ]
    assert downtime_sheets(bench.ward, who="").next_at == datetime(2026, 10, 9, 19, tzinfo=BERLIN)


def test_a_medium_that_takes_nothing_does_not_cost_the_ward_its_own(
    bench: Bench, tmp_path: Path
) -> None:
    bench.ready_for_epi_1()
    stick = tmp_path / "stick"
    stick.mkdir()
    save_backup_settings(bench.ward, BackupSettings(str(stick)), who=DOCTOR)
    there = own_folder(bench.ward, stick) / "downtime"
    there.rmdir()
    there.write_text("a file in its place")
    assert [path.parent for path in make_downtime(bench.ward, who="")] == [
        bench.folder / "downtime"
    ]


def test_an_empty_ward_needs_none(bench: Bench) -> None:
    with pytest.raises(Refused, match="no infant"):
        make_downtime(bench.ward, who="")


def test_no_file_is_overwritten(bench: Bench, tmp_path: Path) -> None:
    bench.ready_for_epi_1()
    target = tmp_path / "sheets.pdf"
    print_downtime(bench.ward, target, who=NURSE)
    with pytest.raises(Refused, match="there already"):
        print_downtime(bench.ward, target, who=NURSE)
    with pytest.raises(Refused, match="not there"):
        print_downtime(bench.ward, tmp_path / "gone" / "sheets.pdf", who=NURSE)
