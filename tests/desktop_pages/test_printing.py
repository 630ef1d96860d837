"""Printing through the window: the dialogue, a printer that is away, a full disk, a reprint, a void."""

import resource
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from bedside.desktop import paper_pages
from bedside.desktop.doses_paper import BREATH_MS
from bedside.desktop.printed_table import Column
from bedside.desktop.reason_dialog import ReasonDialog
from bedside.desktop.reprint_dialog import ReprintDialog
from bedside.desktop.verify_paper_dialog import VerifyPaperDialog
from bedside.drawing import Papers
from bedside.ward.facts import facts_of
from bedside.ward.weighing import void_size
from tests.desktop_pages.page_driving import NURSE, answering
from tests.desktop_pages.test_doses_page import (  # noqa: F401 (fixtures)
    demonstration_values,
    page,
    read_band,
    view,
)

SHEET = "dosing-sheet:epi-1"


@pytest.fixture
def to_printer(monkeypatch) -> Callable[[Path | None], list[QPrinter]]:
    """Answer the print dialogue: the printer writes into a file; None goes back."""

    def answer(target: Path | None) -> list[QPrinter]:
        asked: list[QPrinter] = []

        def choose(dialog: QPrintDialog) -> int:
            printer = dialog.printer()
            asked.append(printer)
            if target is None:
                return QDialog.DialogCode.Rejected
            printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            printer.setResolution(72)
            printer.setOutputFileName(str(target))
            return QDialog.DialogCode.Accepted

        monkeypatch.setattr(QPrintDialog, "exec", choose)
        return asked

    return answer


def printed(page, key: str = SHEET) -> None:  # noqa: F811
    page.preview_paper(key)
    read_band(page)
    page.papers.preview.print_button.click()


def printed_again(page, qtbot, reason: str = "Lost") -> list[str]:  # noqa: F811
    """Print a paper once more and press one of the usual reasons; returns what the question said."""

    def answer(asked: ReprintDialog) -> None:
        assert not asked.act.isEnabled()  # nothing is printed without a reason
        next(one for one in asked.usual if one.text() == reason).click()
        asked.act.click()

    return answering(qtbot, lambda: printed(page), answer)


def verdict(page, code: str) -> VerifyPaperDialog:  # noqa: F811
    dialog = VerifyPaperDialog(page.ward, page.look, page.window())
    dialog.take_scan(code)
    assert dialog.answer is not None
    return dialog


def test_going_back_from_the_print_dialogue_records_nothing(page, to_printer):  # noqa: F811
    asked = to_printer(None)
    printed(page)
    assert len(asked) == 1 and view(page).printed == ()
    assert page.refusals.isHidden()


def test_a_band_may_be_scanned_before_a_print(page, to_printer, tmp_path):  # noqa: F811
    asked = to_printer(tmp_path / "out.pdf")
    page.preview_paper(SHEET)
    QTest.keyClicks(page.papers.preview.band_digits, "T 001")
    page.papers.preview.print_button.click()
    assert len(asked) == 1 and len(view(page).printed) == 1


def test_a_print_goes_to_the_printer_on_record_and_to_no_disk(page, to_printer, tmp_path):  # noqa: F811
    to_printer(tmp_path / "out.pdf")
    printed(page)
    (paper,) = view(page).printed
    assert paper.printed_by == NURSE and paper.copy == 1 and paper.path.endswith(".pdf")
    assert len(pypdf.PdfReader(tmp_path / "out.pdf").pages) == 1
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".pdf"] == ["out.pdf"]
    assert verdict(page, paper.code).answer.verdict == "VALID"


def test_after_a_print_the_keyboard_is_still_in_the_preview(page, to_printer, tmp_path, qtbot):  # noqa: F811
    """Its button was closed for a moment: the keyboard went on to Lock, and Return locked the screen."""
    to_printer(tmp_path / "out.pdf")
    page.preview_paper(SHEET)
    with qtbot.waitActive(page.window()):
        page.window().activateWindow()
    read_band(page)
    preview = page.papers.preview
    for button in (preview.print_button, preview.band_digits):
        button.setFocus()
        assert QApplication.focusWidget() is button
        preview.mark_out_of_date("something on it has changed")
        assert QApplication.focusWidget() is preview.view
        page.preview_paper(SHEET)
        read_band(page)
    preview.print_button.setFocus()
    preview.print_button.click()
    assert len(view(page).printed) == 1
    assert QApplication.focusWidget() is preview.print_button


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_is_away_says_so(page, to_printer, tmp_path, qtbot):  # noqa: F811
    """It is on record as printed; the next copy takes its place."""
    to_printer(tmp_path / "no such folder" / "out.pdf")
    printed(page)
    (lost,) = view(page).printed
    assert "did not take" in page.refusals.text() and lost.sheet_number in page.refusals.text()
    to_printer(tmp_path / "out.pdf")
    said = printed_again(page, qtbot, "Jammed in the printer")
    assert any(f"{lost.sheet_number} was printed before" in words for words in said)
    again, first = view(page).printed
    assert (first.reprinted, again.reprinted) == ("", "jammed in the printer")
    assert "again: jammed" in page.papers.model.index(0, Column.PRINTED).data()
    assert (again.sheet_number, again.copy) == (first.sheet_number, 2)
    assert "did not take" not in page.refusals.text()
    answer = verdict(page, first.code).answer
    assert answer.verdict == "OUT OF DATE" and "copy 2 has taken its place" in answer.reasons[0]
    assert verdict(page, again.code).answer.verdict == "VALID"


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_copy_that_no_printer_took_is_declared_void_in_one_step(
    page,  # noqa: F811
    to_printer,
    tmp_path,
):
    """Nobody has it, and its code would answer VALID."""
    to_printer(tmp_path / "no such folder" / "out.pdf")
    printed(page)
    (lost,) = view(page).printed
    button = page.papers.preview.untaken_button
    assert "any page that came out" in page.refusals.text() and not button.isHidden()
    assert button.text() == "Declare copy 1 void: not printed whole" and not button.hasFocus()
    button.click()
    answer = verdict(page, lost.code).answer
    assert answer.verdict == "OUT OF DATE" and "no printer took it" in answer.reasons[0]
    assert button.isHidden() and not page.refusals.text()
    button.click()  # pressed twice by one press: nothing more to declare
    assert len(view(page).printed) == 1


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_copy_that_is_declared_void_in_the_list_is_not_offered_once_more(
    page,  # noqa: F811
    to_printer,
    tmp_path,
    qtbot,
):
    """Found in the window: the button of the copy that no printer took stayed, and answered with a refusal."""
    to_printer(tmp_path / "no such folder" / "out.pdf")
    printed(page)
    page.papers.table.setCurrentIndex(page.papers.model.index(0, 0))

    def answer(asked: ReasonDialog) -> None:
        QTest.keyClicks(asked.reason, "printer was away")
        asked.act.click()

    answering(qtbot, page.papers.void_button.click, answer)
    assert view(page).printed[0].void
    assert page.papers.preview.untaken_button.isHidden() and not page.refusals.text()


def test_the_digits_off_a_band_confirm_one_paper_now(page, to_printer):  # noqa: F811
    """They do not stay for a paper that is printed later, perhaps by another person."""
    to_printer(None)
    digits = page.papers.preview.band_digits
    printed(page)
    assert digits.text() == "" and view(page).printed == ()
    read_band(page)
    assert digits.text()
    page.hide()
    assert digits.text() == ""


def test_own_words_say_why_it_is_printed_again_and_going_back_prints_nothing(
    page,  # noqa: F811
    to_printer,
    tmp_path,
    qtbot,
):
    """H31: the copy itself says it; what has no room on it cannot be pressed."""
    to_printer(tmp_path / "out.pdf")
    printed(page)
    answering(qtbot, lambda: printed(page), lambda asked: asked.reject())
    assert len(view(page).printed) == 1

    def answer(asked: ReprintDialog) -> None:
        asked.reason.setPlainText("x" * 61)
        assert not asked.act.isEnabled()
        asked.reason.setPlainText("coffee on it")
        asked.act.click()

    answering(qtbot, lambda: printed(page), answer)
    assert view(page).printed[0].reprinted == "coffee on it"
    words = pypdf.PdfReader(tmp_path / "out.pdf").pages[0].extract_text()
    assert "2, replaces copy 1" in words and "COPY 2, printed again (coffee on it): take" in words
    told = dict(verdict(page, view(page).printed[0].code).answer.lines)
    assert told["Printed again"] == "coffee on it"


def test_a_typed_reason_with_blanks_presses_no_button(page, to_printer, tmp_path, qtbot):  # noqa: F811
    """The keyboard stands in the field; a blank on the button that prints does nothing, Enter prints."""
    to_printer(tmp_path / "out.pdf")
    printed(page)

    def answer(asked: ReprintDialog) -> None:
        field = asked.focusWidget()
        assert field is asked.reason
        QTest.keyClicks(field, "wrong tray used")
        assert asked.reason.toPlainText() == "wrong tray used"
        asked.act.setFocus()
        QTest.keyClick(asked.act, Qt.Key.Key_Space)
        assert len(view(page).printed) == 1 and asked.isVisible()
        QTest.keyClick(asked.act, Qt.Key.Key_Return)

    answering(qtbot, lambda: printed(page), answer)
    assert view(page).printed[0].reprinted == "wrong tray used"


def test_a_full_disk_leaves_no_file_and_no_record(page, tmp_path, monkeypatch):  # noqa: F811
    """The system itself refuses to write so much, as a full disk does."""
    target = tmp_path / "out" / "sheet.pdf"
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)

    def chosen(*asked: object) -> tuple[str, str]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
        return str(target), ""

    monkeypatch.setattr("bedside.desktop.doses_paper.QFileDialog.getSaveFileName", chosen)
    page.preview_paper(SHEET)
    read_band(page)
    try:
        page.papers.preview.save_button.click()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert "could not be written" in page.refusals.text()
    assert "Nothing was printed or recorded" in page.refusals.text()
    assert view(page).printed == () and list(target.parent.iterdir()) == []


def test_a_sheet_falls_with_what_was_struck_out_under_it(page, bench, to_printer, tmp_path):  # noqa: F811
    to_printer(tmp_path / "out.pdf")
    printed(page)
    (paper,) = view(page).printed
    bench.clock.now += timedelta(minutes=10)
    newest = facts_of(bench.ward, bench.infant).measurements[-1]
    void_size(bench.ward, newest.id, "the scale was not tared", who=NURSE)
    page.refresh()
    said = page.papers.model.index(0, Column.HOLDS).data()
    assert "out of date" in said
    assert paper.sheet_number in page.papers.take_away.text()
    answer = verdict(page, paper.code).answer
    assert answer.verdict == "OUT OF DATE" and answer.todo.startswith("Take this paper away")


def test_a_full_disk_while_printing_to_a_file_is_told_and_leaves_no_half_paper(
    page,  # noqa: F811
    to_printer,
    tmp_path,
    monkeypatch,
):
    """Qt's own way leaves a broken file and reports success; the file before stays as it was."""
    target = tmp_path / "out.pdf"
    target.write_bytes(b"an earlier paper")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    kept_whole = paper_pages._kept_whole

    def on_a_full_disk(pdf: bytes, path: Path) -> bool:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
        try:
            return kept_whole(pdf, path)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    monkeypatch.setattr(paper_pages, "_kept_whole", on_a_full_disk)
    to_printer(target)
    printed(page)
    assert "did not take" in page.refusals.text()
    assert target.read_bytes() == b"an earlier paper"
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith(".part")] == []


def test_print_to_a_file_writes_the_paper_itself(page, to_printer, tmp_path):  # noqa: F811
    """Letters stay letters: it is no picture of the paper."""
    to_printer(tmp_path / "out.pdf")
    printed(page)
    (paper,) = view(page).printed
    text = pypdf.PdfReader(tmp_path / "out.pdf").pages[0].extract_text()
    assert paper.sheet_number in text and "MUSTER" in text


def test_a_printed_paper_is_declared_void_and_stays_known(page, to_printer, tmp_path, qtbot):  # noqa: F811
    """H30: its line stays, its code says so, and the next one printed is a further copy."""
    to_printer(tmp_path / "out.pdf")
    assert not page.papers.void_button.isEnabled()  # nothing is printed yet
    printed(page)
    (paper,) = view(page).printed
    page.papers.table.setCurrentIndex(page.papers.model.index(0, 0))
    assert page.papers.void_button.isEnabled()

    def answer(asked: ReasonDialog) -> None:
        QTest.keyClicks(asked.reason, "jammed in the printer")
        asked.act.click()

    said = answering(qtbot, page.papers.void_button.click, answer)
    assert any("Take the paper away first" in words for words in said)
    (struck,) = view(page).printed
    assert struck.void and "jammed in the printer" in struck.out_of_date
    assert "VOID" in page.papers.model.index(0, Column.HOLDS).data()
    assert page.papers.take_away.text() == ""  # whoever voided it took it away
    preview = page.papers.preview
    assert preview.view.across == "VOID" and not preview.print_button.isEnabled()
    page.papers.table.setCurrentIndex(page.papers.model.index(0, 0))
    assert not page.papers.void_button.isEnabled()
    answer_now = verdict(page, paper.code).answer
    assert answer_now.verdict == "OUT OF DATE" and "jammed" in answer_now.reasons[0]
    printed_again(page, qtbot)
    again = view(page).printed[0]
    assert (again.sheet_number, again.copy, again.out_of_date) == (paper.sheet_number, 2, "")
    assert verdict(page, again.code).answer.verdict == "VALID"


def test_going_back_declares_nothing_void(page, to_printer, tmp_path, qtbot):  # noqa: F811
    to_printer(tmp_path / "out.pdf")
    printed(page)
    page.papers.table.setCurrentIndex(page.papers.model.index(0, 0))
    answering(qtbot, page.papers.void_button.click, lambda asked: asked.reject())
    assert not view(page).printed[0].void


def test_what_the_first_paper_needs_is_loaded_while_the_page_is_in_sight(page, qtbot, monkeypatch):  # noqa: F811
    """So the first paper of a session is shown as soon as any other; piece by piece, and once."""
    asked: list[bool] = []

    def load_next() -> bool:
        asked.append(len(asked) < 2)
        return asked[-1]

    monkeypatch.setattr(page.ward.drawing, "load_next", load_next)
    page.hide()
    page.show()
    # The page may have been shown a moment ago: that showing asks as well, and is told the same.
    qtbot.waitUntil(lambda: asked[:3] == [True, True, False], timeout=3000)
    told = len(asked)
    qtbot.wait(4 * BREATH_MS)
    assert len(asked) - told <= 1, "it goes on asking after everything is loaded"


def test_every_piece_is_loaded_once():
    papers = Papers()
    loaded = 0
    while papers.load_next():
        loaded += 1
    assert loaded > 5 and not papers.load_next()


def test_the_reprint_of_a_label_does_not_promise_its_reason_on_the_paper(qtbot, page):  # noqa: F811
    for on_paper, said in (
        (True, "It stands on the paper and in the record"),
        (False, "It stands in the record"),
    ):
        dialog = ReprintDialog(page.look, "BS-2026-00001", 2, page, on_paper=on_paper)
        qtbot.addWidget(dialog)
        assert said in dialog.words.text()
