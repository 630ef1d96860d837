"""Papers of one administration on the page: offered when signed, refused in words, printed with the band read."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from bedside.desktop.doses_page import DosesPage
from bedside.desktop.doses_paper import PAPERS
from bedside.desktop.paper_out import keep_pdf
from bedside.units.refusal import Refused
from tests.desktop_pages.page_driving import in_frame
from tests.documents.reading import pages_of
from tests.ward.day_bench import (
    CYTARABINE_IT,
    HYDROCORTISONE_IT,
    VINCRISTINE,
    in_induction,
    label_key,
    sheet_key,
    sign,
)

SPINAL = sheet_key(CYTARABINE_IT, drug="")


@pytest.fixture
def page(qtbot, bench, look, session) -> DosesPage:
    """Day 15 of Induction: vincristine is signed, of the two intrathecal drugs one only."""
    in_induction(bench, 15)
    sign(bench, VINCRISTINE)
    sign(bench, CYTARABINE_IT)
    made = DosesPage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    made.show_part(PAPERS)
    made.turn_figures()  # the second check of both waits: papers with figures open once they are shown
    return made


def line(page: DosesPage, key: str):
    return next(one for one in page.papers.lines if one.choice.key == key)


def test_signed_papers_stand_first_and_closed_ones_say_why(page, bench) -> None:
    keys = [one.choice.key for one in page.papers.lines]
    assert keys[0] == sheet_key(VINCRISTINE)
    assert line(page, keys[0]).button.isEnabled()
    closed = line(page, SPINAL)
    assert not closed.button.isEnabled()
    assert "hydrocortisone is not prescribed yet" in closed.button.accessibleDescription()
    sign(bench, HYDROCORTISONE_IT)
    page.refresh()
    assert line(page, SPINAL).button.isEnabled()


def test_from_the_list_to_a_file_by_keys(page, tmp_path, monkeypatch) -> None:
    """The band is read before a label is made; then it is on record with its copy."""
    key = label_key(VINCRISTINE)
    button = line(page, key).button
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert page.papers.preview.pages == 1
    target = tmp_path / "label.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    page.save_paper()
    assert "band" in page.refusals.text().lower() and not target.exists()
    QTest.keyClicks(page.papers.preview.band_digits, "T001")
    page.save_paper()
    assert "FATAL IF GIVEN BY OTHER ROUTES" in pages_of(Path(target).read_bytes())[0]
    printed = page.papers.model
    said = [printed.index(0, column).data() for column in range(printed.columnCount())]
    assert any("Label, vinCRIStine intravenous" in str(one) for one in said)


def test_a_closed_paper_by_its_key_says_every_reason(page) -> None:
    page.preview_paper(SPINAL)
    assert "hydrocortisone is not prescribed yet" in page.refusals.text()
    assert page.papers.preview.pages == 0


def test_a_file_that_nobody_was_asked_about_is_not_replaced(page, tmp_path, monkeypatch) -> None:
    """The file dialog asks about "label"; "label.pdf" is what would be written, and it is there."""
    key, there = label_key(VINCRISTINE), tmp_path / "label.pdf"
    there.write_bytes(b"an earlier label")
    name = [str(tmp_path / "label")]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (name[0], ""))
    page.preview_paper(key)
    QTest.keyClicks(page.papers.preview.band_digits, "T001")
    page.save_paper()
    assert "label.pdf is in this folder already and was not replaced" in page.refusals.text()
    assert there.read_bytes() == b"an earlier label" and page.papers.model.rowCount() == 0
    with pytest.raises(Refused, match="was not replaced"):
        keep_pdf(tmp_path / "label", b"%PDF")
    name[0] = str(there)  # typed whole: the dialog has asked
    page.save_paper()
    assert there.read_bytes().startswith(b"%PDF") and page.papers.model.rowCount() == 1


def test_capitals_behind_a_name_are_no_other_kind_of_file(tmp_path) -> None:
    keep_pdf(tmp_path / "LABEL.PDF", b"%PDF")
    assert [path.name for path in tmp_path.iterdir()] == ["LABEL.PDF"]
