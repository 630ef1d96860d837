"""By real keys: a dose that was left out is recorded as not given, from each list that it stands in."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from bedside.desktop.acts_elsewhere import ELSEWHERE, plain_words
from bedside.desktop.doses_page import DosesPage
from bedside.desktop.doses_paper import AZACITIDINE, OTHERS
from bedside.desktop.not_given_dialog import NotGivenDialog
from bedside.desktop.past_doses_dialog import PastDosesDialog
from bedside.ward.facts import facts_of
from tests.desktop_pages.page_driving import in_frame, retype, type_into
from tests.ward.day_bench import DEXAMETHASONE, in_induction
from tests.ward.test_hours_shown import in_interim, started
from tests.ward.wards import BERLIN, Bench


def said(dialog: NotGivenDialog) -> str:
    words = " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())
    return words.replace("\xa0", " ").replace("‑", "-")


def choose(dialog: NotGivenDialog, times: int) -> None:
    """Take an entry of the list of reasons by keys."""
    dialog.why.setFocus()
    QTest.keyClick(dialog.why, Qt.Key.Key_Down)
    for _ in range(times):
        QTest.keyClick(dialog.why.view(), Qt.Key.Key_Down)
    QTest.keyClick(dialog.why.view(), Qt.Key.Key_Return)


def fill(dialog: NotGivenDialog, at: str, words: str = "") -> None:
    if words:
        type_into(dialog.words, words)
    retype(dialog.at.edit, at)
    if not dialog.signer.name.text():
        type_into(dialog.signer.name, "E. Sorensen, RN")


def page_of(qtbot, bench: Bench, look, session, part: int) -> DosesPage:
    page = DosesPage(bench.ward, look, session)
    in_frame(qtbot, page)
    page.show_infant(bench.infant)
    page.show_part(part)
    return page


def recorded(bench: Bench, drug: str) -> list[tuple[int | None, str, str]]:
    rows = [row for row in facts_of(bench.ward, bench.infant).doses if row.drug == drug]
    return [(row.hour, row.state, row.note) for row in rows]


def driven(monkeypatch, drive) -> list[str]:
    """Let every form that opens be driven by keys instead of waiting for a person."""
    opened: list[str] = []

    def run(dialog: NotGivenDialog) -> int:
        dialog.show()
        dialog.activateWindow()
        opened.append(said(dialog))
        drive(dialog)
        return dialog.result()

    monkeypatch.setattr(NotGivenDialog, "exec", run)
    return opened


def test_one_hour_from_other_drugs(qtbot, bench, look, session, monkeypatch):
    in_interim(bench)
    started(bench, datetime(2026, 9, 20, 8, 0, tzinfo=BERLIN))
    bench.at(2026, 9, 22, 8, 30)
    page = page_of(qtbot, bench, look, session, OTHERS)

    def drive(dialog: NotGivenDialog) -> None:
        assert dialog.of_day.currentText() == "hour 48, 08:00" and not dialog.is_dirty()
        dialog.act_button.click()
        assert "When was it decided" in dialog.refusals.text()
        assert dialog.focusWidget() is dialog.at.edit
        fill(dialog, "08:20")
        dialog.record()
        assert "Why was it not given" in dialog.refusals.text()
        choose(dialog, 5)
        dialog.record()
        assert "type her name and role" in dialog.refusals.text() and dialog.isVisible()
        type_into(dialog.physician, "I. Halvorsen, physician")
        dialog.record()

    opened = driven(monkeypatch, drive)
    page.leave_out_other()
    assert "Choose a planned dose first" in page.refusals.text() and not opened
    words = [one.data() for one in map(page.others.due_model.index, range(page.others.due_model.rowCount()))]  # fmt: skip
    at = next(i for i, one in enumerate(words) if one.endswith("next: hour 48, 08:00"))
    page.others.due.setCurrentIndex(page.others.due_model.index(at))
    page.others.left_out_button.click()
    assert "nothing of it went in" in opened[0] and "every other one of the day stays" in opened[0]
    assert recorded(bench, "leucovorin") == [
        (48, "not given", "a physician decided; on the word of I. Halvorsen, physician")
    ]
    now = [one.data() for one in map(page.others.due_model.index, range(page.others.due_model.rowCount()))]  # fmt: skip
    assert any(
        "0 of 2 given, 1 recorded as not given, next: hour 57, 17:00" in one for one in now
    ), now


def test_an_azacitidine_day_that_was_missed_is_chosen_and_told(
    qtbot, bench, look, session, monkeypatch
):
    bench.open_epi_1()
    bench.at(2026, 10, 8, 9, 0)
    page = page_of(qtbot, bench, look, session, AZACITIDINE)

    def drive(dialog: NotGivenDialog) -> None:
        assert dialog.day.count() == 2 and dialog.planned[1] == 2
        assert "this site has recorded no ruling" in said(dialog)
        dialog.day.choose("1")
        dialog.day.edited.emit()
        assert "day 1, 07-Oct-2026" in said(dialog) and "no ruling" not in said(dialog)
        choose(dialog, 1)
        fill(dialog, "08:55", "since the night")
        dialog.record()

    driven(monkeypatch, drive)
    assert page.vial.left_out_button.isVisible()
    page.vial.left_out_button.click()
    assert recorded(bench, "azacitidine") == [(None, "not given", "no line: since the night")]
    assert [day.state for day in page._view.days][:2] == ["not given", "due"]
    assert page._view.days[0].words.startswith("not given: no line: since the night (")


def test_a_past_dose_leaves_the_list(qtbot, bench, look, session, monkeypatch):
    bench.open_epi_1()
    bench.at(2026, 10, 7, 9, 0)
    page = page_of(qtbot, bench, look, session, OTHERS)

    def drive(dialog: NotGivenDialog) -> None:
        choose(dialog, 6)
        fill(dialog, "08:00", "the chart says so")
        dialog.record()

    driven(monkeypatch, drive)

    def from_list(dialog: PastDosesDialog) -> int:
        before = dialog.model.rowCount()
        dialog.leave_out()
        assert "Choose a dose" in dialog.refusals.text()
        dialog.list.setCurrentIndex(dialog.model.index(1, 0))
        dialog.left_out_button.click()
        assert dialog.recorded and dialog.model.rowCount() == before - 1
        return dialog.DialogCode.Rejected

    monkeypatch.setattr(PastDosesDialog, "exec", from_list)
    page.others.past_button.click()
    rows = facts_of(bench.ward, bench.infant).doses
    assert [(row.state, row.note) for row in rows] == [("not given", "the chart says so")]


def test_the_palette_has_a_door_to_both(qtbot, bench, look, session):
    bench.open_epi_1()
    page = page_of(qtbot, bench, look, session, AZACITIDINE)
    doors = {(one.part, plain_words(one.words)) for one in ELSEWHERE if "not given" in one.words.replace("&", "").lower()}  # fmt: skip
    assert doors == {(AZACITIDINE, "Day not given…"), (OTHERS, "Not given…")}
    for part, words in doors:
        page.show_part(part)
        buttons = [one.text().replace("&", "") for one in page.findChildren(QPushButton) if one.isVisible()]  # fmt: skip
        assert words in buttons


def test_no_dose_of_the_day_is_chosen_beforehand_and_a_refused_time_moves_nothing(
    qtbot, bench, look, session
):
    in_induction(bench, 15)
    dialog = NotGivenDialog(bench.ward, look, session, bench.infant, [(DEXAMETHASONE, "")])
    qtbot.addWidget(dialog)
    dialog.show()
    offered = [dialog.of_day.itemText(at) for at in range(dialog.of_day.count())]
    assert offered == ["dose 1 of 3", "the whole day, 3 doses"] and dialog.of_day.value() is None
    places = [one.geometry().top() for one in (dialog.follows[0], dialog.follows[1])]
    retype(dialog.at.edit, "1836")
    assert "write 18:36" in dialog.at.note.text()
    moved = [one.geometry().top() for one in (dialog.follows[0], dialog.follows[1])]
    assert all(abs(now - before) <= 4 for now, before in zip(moved, places, strict=True))
    choose(dialog, 0)
    fill(dialog, "08:50")
    dialog.record()
    assert "Which dose of the day was not given?" in dialog.refusals.text()
    dialog.of_day.choose("0")
    dialog.record()
    assert dialog.result() and len(recorded(bench, "dexamethasone")) == 1
