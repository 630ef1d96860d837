"""An open list of a form while the window listens to a reader: each key is the list's, once."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout

from bedside.desktop.choice import Choice
from bedside.desktop.plain_edit import PlainEdit
from tests.desktop.test_scanning import fingers, watched

__all__ = ["fingers", "watched"]


def test_a_key_in_a_forms_open_list_is_pressed_once(qtbot, watched, look, fingers):
    """On a real display each came twice: Tab left out a field, and two rows went by at one arrow."""
    form = QDialog(watched)
    form.setModal(True)
    column = QVBoxLayout(form)
    sex = Choice("Sex", (("f", "female"), ("m", "male"), ("u", "unknown")), look)
    fields = [PlainEdit(name) for name in ("Born", "Gestation")]
    for part in (sex, *fields):
        column.addWidget(part)
    form.show()
    form.activateWindow()
    sex.setFocus()
    QTest.keyClick(form.windowHandle(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    opened = QApplication.activePopupWidget()
    shown = opened.windowHandle()
    shown.requestActivate()  # a list has the keyboard on a real display
    assert QGuiApplication.focusWindow() is shown
    QTest.keyClick(shown, Qt.Key.Key_Down)
    QTest.keyClick(shown, Qt.Key.Key_Down)
    QTest.keyClick(shown, Qt.Key.Key_Tab)
    assert sex.value() == "m" and form.focusWidget() is fields[0]
    form.done(0)
