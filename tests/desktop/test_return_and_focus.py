"""Return never lands on the way back nor on a red button, in no dialog; reasons go when a field is mended."""

from functools import partial

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QWidget

from bedside.desktop.first_field import main_button
from bedside.desktop.leave_dialog import LeaveDialog
from bedside.desktop.weight_dialog import WeightDialog
from bedside.ward.infants import banner
from tests.desktop.infant_dialogs import OF_NO_INFANT, InfantDialogs, dialog_classes, shown

OF_ONE_INFANT = sorted(set(dialog_classes()) - OF_NO_INFANT)
MOST_FIELDS = 60


def is_red(widget: QWidget | None) -> bool:
    return isinstance(widget, QPushButton) and widget.property("role") == "stop"


def goes_back(widget: QWidget | None) -> bool:
    return isinstance(widget, QPushButton) and widget.isDefault()


def note(pressed: list[str], text: str, _checked: bool = False) -> None:
    pressed.append(text)


@pytest.mark.parametrize("name", OF_ONE_INFANT)
def test_return_never_lands_on_the_way_back_nor_on_a_red_button(window, name: str):
    dialog, _ = InfantDialogs(window).make(name)
    pressed: list[str] = []
    for button in dialog.findChildren(QPushButton):
        button.clicked.connect(partial(note, pressed, button.text()))
    with shown(dialog):
        QApplication.processEvents()
        assert not is_red(dialog.focusWidget()), "a red button has the keyboard by itself"
        fields = [*dialog.findChildren(QLineEdit), *dialog.findChildren(QComboBox)]
        for field in fields[:MOST_FIELDS]:
            if not field.isVisible() or not field.isEnabled():
                continue
            field.setFocus(Qt.FocusReason.TabFocusReason)
            QTest.keyClick(field, Qt.Key.Key_Return)
            now = dialog.focusWidget()
            assert not goes_back(now) and not is_red(now), (field.accessibleName(), now)
        assert pressed == []


@pytest.fixture
def weigh(qtbot, ward, look, session, infant_of) -> WeightDialog:
    dialog = WeightDialog(ward, look, session, banner(ward, infant_of("4")))
    qtbot.addWidget(dialog, before_close_func=lambda one: setattr(one, "is_dirty", lambda: False))
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    return dialog


def test_return_walks_to_the_button_that_acts_and_presses_it(weigh: WeightDialog):
    """5.65, Return, Return, Return, Return: recorded; "Go back" was never on the way."""
    QTest.keyClicks(weigh.focusWidget(), "5.65")
    met = []
    for _ in range(4):
        QTest.keyClick(weigh.focusWidget(), Qt.Key.Key_Return)
        met.append(weigh.focusWidget())
    assert met == [weigh.length.first.edit, weigh.date.edit, weigh.time.edit, weigh.act_button]
    assert main_button(weigh) is weigh.act_button
    QTest.keyClick(weigh.act_button, Qt.Key.Key_Return)
    assert not weigh.isVisible() and weigh.result() == WeightDialog.DialogCode.Accepted


def test_reasons_go_when_a_field_is_mended(weigh: WeightDialog):
    weigh.act_button.click()
    assert weigh.refusals.isVisible()
    QTest.keyClicks(weigh.time.edit, "1")
    assert not weigh.refusals.isVisible()


def test_leaving_a_form_gives_the_keyboard_back_to_the_window(qtbot, window, infant_of):
    """The question stands over the form, and both go at once: a window manager may give it to none."""
    dialog = WeightDialog(
        window.ward, window.look, window.session, banner(window.ward, infant_of("4")), window
    )
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    asked: list[QWidget] = []

    def type_and_go_back() -> None:
        QTest.keyClicks(dialog.weight.first.edit, "5.65")
        QTimer.singleShot(0, leave)
        dialog.reject()

    def leave() -> None:
        question = QApplication.activeModalWidget()
        assert isinstance(question, LeaveDialog)
        asked.append(question)
        nobody_has_the_keyboard()
        question.leave_button.click()

    def nobody_has_the_keyboard() -> None:
        """As under a window manager that has not yet answered: then none of these windows is active."""
        other.show()
        other.activateWindow()
        other.hide()

    other = QWidget()
    qtbot.addWidget(other)
    QTimer.singleShot(0, type_and_go_back)
    dialog.exec()
    assert asked and not dialog.isVisible()
    qtbot.waitUntil(window.isActiveWindow, timeout=2000)
