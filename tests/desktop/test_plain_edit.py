"""What is typed with Alt is a command that found no door: it writes nothing, in any kind of field."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from bedside.desktop.plain_edit import PlainEdit, PlainText

ALT = Qt.KeyboardModifier.AltModifier


def text_of(field: PlainEdit | PlainText) -> str:
    return field.text() if isinstance(field, PlainEdit) else field.toPlainText()


@pytest.mark.parametrize("kind", [PlainEdit, PlainText])
def test_alt_with_a_letter_writes_nothing(qtbot, kind: type[QWidget]) -> None:
    field = kind("Reason")
    qtbot.addWidget(field)
    QTest.keyClicks(field, "ab")
    QTest.keyClick(field, Qt.Key.Key_R, ALT)
    QTest.keyClick(field, Qt.Key.Key_7, ALT)
    assert text_of(field) == "ab" and field.accessibleName() == "Reason"


@pytest.mark.parametrize("kind", [PlainEdit, PlainText])
def test_a_letter_by_alt_gr_is_typed(qtbot, kind: type[QWidget]) -> None:
    """Some keyboards send AltGr as Control with Alt."""
    field = kind("Reason")
    qtbot.addWidget(field)
    QTest.sendKeyEvent(
        QTest.KeyAction.Click, field, Qt.Key.Key_L, "ł", ALT | Qt.KeyboardModifier.ControlModifier
    )
    assert text_of(field) == "ł"
