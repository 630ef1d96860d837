"""The letter of a caption moves the keyboard to its field, in every form and page: it answers nothing (H34)."""

from collections.abc import Iterator
from itertools import chain

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QWidget,
)

from bedside.desktop.segments import Segments
from tests.desktop.infant_dialogs import OF_NO_INFANT, InfantDialogs, dialog_classes, shown
from tests.desktop.test_every_dialog import every_dialog

OF_ONE_INFANT = sorted(set(dialog_classes()) - OF_NO_INFANT)


def captions(holder: QWidget) -> Iterator[tuple[QLabel, QWidget, QKeySequence]]:
    """Every caption in sight, with its field and its letter."""
    for name in holder.findChildren(QLabel):
        letter = QKeySequence.mnemonic(name.text())
        field = name.buddy()
        if field is not None and not letter.isEmpty() and name.isVisible():
            yield name, field, letter


def said(holder: QWidget) -> list[object]:
    """All that stands chosen or typed, and every button that is just being pressed."""
    buttons = holder.findChildren(QAbstractButton)
    return list(
        chain(
            ((one.isChecked(), one.isDown()) for one in buttons),
            (one.text() for one in holder.findChildren(QLineEdit)),
            (one.currentIndex() for one in holder.findChildren(QComboBox)),
        )
    )


def press_every_letter(holder: QWidget) -> int:
    """Press the letter of every caption; how many led to a button."""
    to_buttons = 0
    for name, field, letter in list(captions(holder)):
        if not (field.isVisible() and field.isEnabled()):
            continue
        before = said(holder)
        QTest.keyClick(holder, letter[0].key(), Qt.KeyboardModifier.AltModifier)
        assert said(holder) == before, f"{name.text()} answered by itself"
        to_buttons += isinstance(field, QAbstractButton)
        now = QApplication.focusWidget()
        row = field.parentWidget()
        there = (field, row.stop()) if isinstance(row, Segments) else (field,)
        assert now in there or any(one.isAncestorOf(now) for one in there if now), name.text()
    return to_buttons


@pytest.mark.parametrize("name", OF_ONE_INFANT)
def test_no_letter_of_a_form_of_an_infant_answers(qtbot, window, name: str):
    dialog, _ = InfantDialogs(window).make(name)
    with shown(dialog):
        qtbot.waitUntil(dialog.isActiveWindow)
        press_every_letter(dialog)


def test_no_letter_of_any_other_form_answers(qtbot, ward, look, session, infant_of):
    for dialog in every_dialog(ward, look, session, infant_of("4")):
        with shown(dialog):
            qtbot.waitUntil(dialog.isActiveWindow)
            press_every_letter(dialog)


def test_no_letter_of_a_page_answers(qtbot, window):
    forms = InfantDialogs(window)
    window.open_infant(forms.infant)
    for number in range(len(window.doors)):
        window.show_page(number)
        QApplication.processEvents()
        press_every_letter(window.pages.page)


def judged(dialog: QDialog) -> list[int]:
    form = dialog.judged
    return [one.value() for one in (*form.steps, form.other_step, form.expected, form.serious)]


def test_the_letters_that_used_to_answer_only_go_there(qtbot, window):
    """A grade nobody chose was recorded; "not assessed" became "unrelated"."""
    dialog, _ = InfantDialogs(window).make("ToxicityDialog")
    with shown(dialog):
        qtbot.waitUntil(dialog.isActiveWindow)
        assert press_every_letter(dialog) == 4  # grade, put down to, expected, serious
        QTest.qWait(150)  # a press by letter lets go after a tenth of a second
        assert dialog.grade.value() == -1 and set(judged(dialog)) == {-1}
        QTest.keyClick(dialog, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_3)
        assert dialog.grade.value() == 2
        QTest.keyClick(dialog, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
        QTest.keyClick(dialog, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
        assert QApplication.focusWidget() is dialog.grade.buttons[2]  # the chosen one, unchanged
        assert dialog.grade.value() == 2
