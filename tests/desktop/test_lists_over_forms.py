"""A list that is open over a form has the keyboard: a watch for readers takes no key from it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QCompleter, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from bedside.desktop.scanner import ScanWatch


def in_form(qtbot: QtBot, inside: QWidget, act: Callable[[], str]) -> list[str]:
    """What an act on a modal form says, with a watch for readers in front of every window."""
    below, form = QWidget(), QDialog()
    said: list[str] = []
    watch = ScanWatch(below)
    qtbot.addWidget(below)
    qtbot.addWidget(form)
    below.show()
    inside.setParent(form)

    def run() -> None:
        try:
            watch._watch()
            said.append(act())
        finally:
            if (over := QApplication.activePopupWidget()) is not None:
                over.hide()
            QTimer.singleShot(0, lambda: form.done(0))

    QTimer.singleShot(50, run)
    form.exec()
    return said


def press(key: Qt.Key) -> None:
    """A key as the window system sends it: to the list that is open."""
    over = QApplication.activePopupWidget()
    assert over is not None
    QTest.keyClick(over.windowHandle(), key)


def test_a_name_is_typed_on_under_the_list_of_its_completions(qtbot: QtBot) -> None:
    """In "Save as PDF…" the first sign opened the list of files; no other arrived."""
    edit = QLineEdit()
    edit.setCompleter(QCompleter(["tmp/one", "tmp/two"], edit))

    def typed() -> str:
        edit.setFocus()
        QTest.keyClicks(edit, "t")
        assert QApplication.activePopupWidget() is not None
        for key in (Qt.Key.Key_M, Qt.Key.Key_P):
            press(key)
        return edit.text()

    assert in_form(qtbot, edit, typed) == ["tmp"]


def test_a_choice_of_a_form_is_made_by_keys(qtbot: QtBot) -> None:
    box = QComboBox()
    box.addItems(["first", "second", "third"])

    def chosen() -> str:
        box.showPopup()
        press(Qt.Key.Key_Down)
        press(Qt.Key.Key_Return)
        return box.currentText()

    assert in_form(qtbot, box, chosen) == ["second"]
