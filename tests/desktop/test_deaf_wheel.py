"""Every form and page: neither wheel nor arrows change a value (H34), no key of a number is lost (H1)."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDateTimeEdit,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QTextEdit,
    QWidget,
)

from tests.desktop.infant_dialogs import OF_NO_INFANT, InfantDialogs, dialog_classes, shown
from tests.desktop.test_cut_text import PAGES, PLAIN, settle
from tests.desktop.typed_marks import misread_in

UP_AND_DOWN = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)
FIELDS = (
    QLineEdit, QComboBox, QAbstractSpinBox, QAbstractSlider, QPlainTextEdit, QTextEdit,
)  # fmt: skip


def fields(holder: QWidget) -> Iterator[QWidget]:
    """Whatever has a value that a person may change."""
    for kind in (*FIELDS, QAbstractButton):
        for one in holder.findChildren(kind):
            if one.isVisible() and not isinstance(one, QScrollBar):
                yield one


def value(field: QWidget) -> object:
    """What a field holds."""
    match field:
        case QComboBox():
            return field.currentIndex(), field.currentText()
        case QDateTimeEdit() | QAbstractSpinBox() | QLineEdit():
            return field.text()
        case QAbstractSlider():
            return field.value()
        case QPlainTextEdit() | QTextEdit():
            return field.toPlainText()
        case QAbstractButton():
            return field.isChecked()
    raise TypeError(type(field))


def turn(widget: QWidget, by: int) -> None:
    at = QPointF(widget.rect().center())
    over = QPointF(widget.mapToGlobal(at.toPoint()))
    event = QWheelEvent(
        at, over, QPoint(0, 0), QPoint(0, by), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def changed_in(holder: QWidget) -> list[str]:
    """The fields that the wheel or an arrow changes: with the focus elsewhere, and with it."""
    touched = list(dict.fromkeys(fields(holder)))
    edits = [one for one in touched if isinstance(one, QLineEdit)]
    filled = [one for one in edits if not one.text() and not one.isReadOnly()]
    for one in filled:
        one.setText("6.2")  # not typed: no form judges it
    before = [value(one) for one in touched]
    for one in touched:
        try_wheel(one)
    found = [
        f"{type(one).__name__} {one.accessibleName()!r}: {was} {value(one)}"
        for one, was in zip(touched, before, strict=True)
        if value(one) != was
    ]
    for one in filled:
        one.setText("")
    return found


def try_wheel(field: QWidget) -> None:
    """Turn the wheel over a field without and with the focus, and press what steps a number."""
    turn(field, 120)
    turn(field, -120)
    if isinstance(field, QAbstractButton):
        return  # arrows go from one button of a group to the next
    field.setFocus()
    turn(field, 120)
    turn(field, -120)
    if isinstance(field, QLineEdit):
        for key in UP_AND_DOWN:
            QTest.keyClick(field, key)


COUNTS, DOSES = 2, 6  # pages with numbers


def test_neither_wheel_nor_arrows_nor_a_locale_change_a_field_of_any_form(window):
    """H1, H34: in seven locales, with real keys, every number of every form stays as typed."""
    found: list[str] = []
    numbers: set[str] = set()
    tried = 0
    for name in (*sorted(set(dialog_classes()) - OF_NO_INFANT), *PLAIN, "SiteDialog"):
        dialog, _ = InfantDialogs(window).make(name)
        with shown(dialog):
            settle()
            tried += sum(isinstance(one, QLineEdit) for one in fields(dialog))
            found += [f"{name}: {line}" for line in changed_in(dialog)]
            spins = [one for one in fields(dialog) if isinstance(one, QAbstractSpinBox)]
            found += [f"{name}: a field that steps, {one}" for one in spins]
            wrong, names = misread_in(dialog)
            found += [f"{name}: {line}" for line in wrong]
            numbers |= names
    assert found == []
    assert tried > 60 and len(numbers) > 20


def test_neither_wheel_nor_arrows_nor_a_locale_change_a_field_of_any_page(window, infant_of):
    found: list[str] = []
    numbers: set[str] = set()
    for bed in ("2", "5", "7"):
        window.open_infant(infant_of(bed))
        for number in range(PAGES):
            window.show_page(number)
            settle()
            found += [f"bed {bed}, page {number + 1}: {one}" for one in changed_in(window.pages)]
            if bed == "2" and number in (COUNTS, DOSES):
                wrong, names = misread_in(window.pages.page, in_turn=True)
                found += [f"page {number + 1}: {one}" for one in wrong]
                numbers |= names
    for name in ("commissioning", "cohort", "backup", "record"):
        frame = window.frame
        show = getattr(window, f"show_{name}", None) or getattr(frame, f"show_{name}")
        show()
        settle()
        found += [f"{name}: {line}" for line in changed_in(window.stack.currentWidget())]
    assert found == []
    assert {"White cells", "ANC by analyser", "Platelets", "Planned infusion"} <= numbers
