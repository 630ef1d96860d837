"""The page Handover by real keys: taking, giving back, opening, signing, and reading what was signed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QPushButton

from bedside.desktop.handover_dialog import HandoverDialog
from bedside.desktop.handover_model import Column, HandoverModel
from bedside.desktop.handover_page import HandoverPage
from bedside.desktop.handover_past_dialog import HandoverPastDialog
from bedside.desktop.key_button import KeyButton
from bedside.desktop.window import BedsideWindow
from bedside.ward.handover import handover_view, handovers, take
from tests.desktop.conftest import (  # noqa: F401 (fixtures of a demonstration ward)
    _styled,
    answer,
    clock,
    infant_of,
    look,
    session,
    ward,
    window,
)
from tests.desktop.test_accessible import unnamed

CTRL = Qt.KeyboardModifier.ControlModifier
NURSE = "E. Sørensen, RN"


@pytest.fixture
def page(window: BedsideWindow) -> HandoverPage:  # noqa: F811
    QTest.keyClick(window, Qt.Key.Key_H, CTRL)
    there = window.stack.currentWidget()
    assert isinstance(there, HandoverPage)
    return there


def press(page: HandoverPage, key: Qt.Key) -> None:
    QTest.keyClick(page.table, key)


def to(page: HandoverPage, words: str) -> None:
    """Put the bar on a task, by the arrow keys."""
    page.table.setCurrentIndex(page.model.index(0, 0))
    for _ in page.model.tasks:
        task = page.task()
        if task is not None and task.words.startswith(words):
            return
        press(page, Qt.Key.Key_Down)
    raise AssertionError(words)


def test_ctrl_h_shows_the_open_tasks_and_esc_goes_back(window: BedsideWindow, page: HandoverPage):  # noqa: F811
    assert page.table.hasFocus()
    assert "open tasks" in page.band.title.text() and "3 taken" in page.band.title.text()
    assert "T. Marchetti, RN to E. Sørensen, RN" in page.band.above.text()
    assert page.model.rowCount() == len(handover_view(window.ward).tasks)
    assert not window.navigation.ward.isChecked()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.frame.on_list and window.navigation.ward.isChecked()


def test_the_ward_lists_button_is_a_door(window: BedsideWindow):  # noqa: F811
    QTest.mouseClick(window.summary.handover_button, Qt.MouseButton.LeftButton)
    assert isinstance(window.stack.currentWidget(), HandoverPage)


def test_t_takes_and_b_gives_back_where_the_row_stands(page: HandoverPage):
    to(page, "clinic visit")
    row = page.table.currentIndex().row()
    press(page, Qt.Key.Key_T)
    assert page.table.currentIndex().row() == row and page.table.hasFocus()
    assert page.model.index(row, Column.TAKEN).data() == f"10:42  {NURSE}"
    assert not page.take_button.isEnabled() and page.take_button.toolTip()
    press(page, Qt.Key.Key_T)  # nothing to take: nothing happens
    press(page, Qt.Key.Key_B)
    assert page.model.index(row, Column.TAKEN).data() == "nobody yet"
    assert page.take_button.isEnabled() and not page.back_button.isEnabled()


def test_a_takes_all_of_this_infant(page: HandoverPage):
    to(page, "blood: blasts")
    infant = page.task().infant_id
    press(page, Qt.Key.Key_A)
    mine = [task for task in page.view.tasks if task.infant_id == infant]
    assert len(mine) > 3 and all(task.taken_by == NURSE for task in mine)
    assert not page.all_button.isEnabled()


def test_the_choice_shows_what_nobody_has_and_what_is_mine(page: HandoverPage):
    every = page.model.rowCount()
    page.shown.buttons[1].click()
    assert page.model.rowCount() == every - 3
    page.shown.buttons[2].click()
    assert [task.kind for task in page.model.tasks] == ["clock", "clock"]
    press(page, Qt.Key.Key_B)
    press(page, Qt.Key.Key_B)
    assert page.model.rowCount() == 0 and page.empty.text() == "You have taken no open task."
    assert page.open_button.toolTip()
    page.shown.buttons[0].click()
    assert page.model.rowCount() == every


def test_enter_opens_the_infant(window: BedsideWindow, page: HandoverPage, infant_of):  # noqa: F811
    to(page, "clinic visit")
    press(page, Qt.Key.Key_Return)
    assert window.frame.on_patient and window.frame.infant_id == infant_of("9")


def test_somebody_else_was_quicker(window: BedsideWindow, page: HandoverPage):  # noqa: F811
    """The list says who, and shows it; nothing is taken twice."""
    to(page, "clinic visit")
    take(window.ward, (page.task(),), who="T. Marchetti, RN")
    press(page, Qt.Key.Key_T)
    assert page.refusals.isVisible() and "taken by T. Marchetti" in page.refusals.text()
    assert page.task().taken_by == "T. Marchetti, RN"
    press(page, Qt.Key.Key_B)
    assert not page.refusals.isVisible()


def test_f5_reads_it_again(window: BedsideWindow, page: HandoverPage, clock):  # noqa: F811
    from datetime import timedelta

    clock.now = clock.now + timedelta(minutes=40)
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert page.view.late >= 2 and f"{page.view.late} late" in page.band.title.text()
    assert page.model.tasks[0].mark == "late"


def test_two_names_sign_it_and_it_is_read_later(page: HandoverPage, answer):  # noqa: F811
    def sign(dialog):
        assert isinstance(dialog, HandoverDialog) and dialog.focusWidget() is dialog.comes
        assert dialog.back_button.isDefault() and dialog.leaves.text() == NURSE
        QTest.keyClicks(dialog.comes, "E Sorensen")
        dialog.act_button.click()
        assert "between two people" in dialog.refusals.text() and dialog.is_dirty()
        assert dialog.comes.text() == "E Sorensen"
        dialog.comes.clear()
        QTest.keyClicks(dialog.comes, "T. Marchetti, RN")
        dialog.act_button.click()

    asked = answer(sign)
    count = page.model.rowCount()
    assert count > 11
    press(page, Qt.Key.Key_S)
    assert asked.asked == 1 and len(handovers(page.ward)) == 2
    assert "E. Sørensen, RN to T. Marchetti, RN" in page.band.above.text()
    shown = []

    def read(dialog):
        assert isinstance(dialog, HandoverPastDialog) and dialog.focusWidget() is dialog.list
        shown.append((dialog.head.text(), dialog.model.rowCount(), dialog.seal.text()))
        QTest.keyClick(dialog.list, Qt.Key.Key_Down)
        shown.append((dialog.head.text(), dialog.model.rowCount(), dialog.seal.text()))
        dialog.reject()

    asked = answer(read)
    press(page, Qt.Key.Key_E)
    assert asked.asked == 1
    assert shown[0][0].startswith(f"E. Sørensen, RN, to T. Marchetti, RN: {count} open tasks")
    assert shown[1][0].startswith("T. Marchetti, RN, to E. Sørensen, RN: 11 open tasks")
    assert [rows for _, rows, _ in shown] == [count, 11]
    assert all(seal == "The list is as it was signed." for *_, seal in shown)


def test_a_list_that_is_not_as_signed_says_so(qtbot, page: HandoverPage):
    from msgspec.structs import replace

    broken = replace(handovers(page.ward)[0], whole=False)
    dialog = HandoverPastDialog(page.look, (broken,), page.ward.local)
    qtbot.addWidget(dialog)
    assert "NOT as it was signed" in dialog.seal.text()
    none = HandoverPastDialog(page.look, (), page.ward.local)
    qtbot.addWidget(none)
    assert none.head.text() == "No handover was signed on this ward yet."


def test_the_table_is_a_sound_model(qtbot, page: HandoverPage):
    tester = QAbstractItemModelTester(
        page.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    page.refresh()
    page.shown.buttons[1].click()
    assert tester.model() is page.model
    empty = HandoverModel(page.look)
    assert empty.rowCount() == 0 and empty.headerData(0, Qt.Orientation.Vertical) is None


def test_a_read_only_ward_takes_nothing_and_says_why(page: HandoverPage, monkeypatch):
    to(page, "clinic visit")
    monkeypatch.setattr(page.ward.store, "read_only", True)
    press(page, Qt.Key.Key_T)
    assert page.refusals.isVisible() and page.task().taken_by == ""


def test_every_part_has_a_name_and_each_key_is_its_own(
    qtbot,
    window: BedsideWindow,  # noqa: F811
    page: HandoverPage,
):
    assert unnamed(window) == []
    for row in range(page.model.rowCount()):
        for column in Column:
            cell = page.model.index(row, column)
            assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == cell.data()
    keys = [button.cap for button in page.findChildren(KeyButton)]
    assert len(keys) == len(set(keys)) == 6
    dialog = HandoverDialog(page.ward, page.look, page.session, page.view, page)
    qtbot.addWidget(dialog)
    dialog.show()
    assert unnamed(dialog) == []
    marked = [label.text() for label in dialog.findChildren(QLabel) if "&" in label.text()]
    marked += [button.text() for button in dialog.findChildren(QPushButton) if button.isVisible()]
    letters = [QKeySequence.mnemonic(text).toString() for text in marked]
    assert len(letters) == len(set(letters)) == 4
