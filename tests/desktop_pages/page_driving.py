"""Short ways to drive a page: type, press, answer the dialog that opens."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QStackedWidget, QWidget

NURSE = "T. Adeyemi, RN"
WIDE, HIGH = 1274, 594  # the room below the tabs at 1366 × 768


def in_frame(qtbot, page: QWidget) -> QStackedWidget:
    """Show a page as the frame shows it."""
    frame = QStackedWidget()
    page.frame_of_test = frame  # Qt deletes the page with a frame that nobody holds
    # and Python would, in the midst of a paint, one that only its own page holds
    vars(qtbot).setdefault("frames_of_test", []).append(frame)
    qtbot.addWidget(frame)
    frame.addWidget(page)
    frame.resize(WIDE, HIGH)
    frame.show()
    frame.activateWindow()
    qtbot.waitActive(frame)
    return frame


def type_into(edit: QWidget, text: str) -> None:
    """Type with real key events and leave the field with Tab."""
    edit.setFocus()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Tab)


def retype(edit: QWidget, text: str) -> None:
    """Replace what stands in a field, by keys."""
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_into(edit, text)


def answering(qtbot, act: Callable[[], object], answer: Callable[[QDialog], None]) -> list[str]:
    """Do something that opens a dialog, and answer the dialog; return what it said."""
    said: list[str] = []
    faults: list[Exception] = []

    def answer_it() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog):
            return
        dialog.activateWindow()
        QTest.qWaitForWindowActive(dialog)
        said.extend(label.text() for label in dialog.findChildren(QLabel))
        try:
            answer(dialog)
        except Exception as fault:  # noqa: BLE001  # raised again below, outside Qt
            faults.append(fault)
        if dialog.isVisible():
            dialog.done(0)

    QTimer.singleShot(0, answer_it)
    act()
    if faults:
        raise faults[0]
    assert said, "no dialog opened"
    return said


def fill_count(page, **typed: str) -> None:
    """Type a count, every field by keys."""
    type_into(page.form.when.time.edit, typed.pop("time", "09:10"))
    for key, text in typed.items():
        type_into(page.form.lines[key].field.edit, text)


def say_not_done(page, *keys: str) -> None:
    """Say of measures that they were not asked for."""
    for key in keys:
        page.form.lines[key].state.choose("not asked")


def read_the_band(giving, number: str = "T 001") -> None:
    """Hospital number and day of birth as they stand on the infant's band, then who signs."""
    giving.identifiers.number.clear()
    type_into(giving.identifiers.number, number)
    retype(giving.identifiers.born.edit, "14-May-2026")


def sign_the_start(dialog) -> None:
    """H25: the wrong band starts nothing; what was typed stays."""
    assert dialog.back_button.isDefault()
    dialog.act_button.click()
    assert "band" in dialog.refusals.text()
    read_the_band(dialog.giving, "T 002")
    dialog.act_button.click()
    assert "right infant" in dialog.refusals.text() and dialog.is_dirty()
    read_the_band(dialog.giving)
    dialog.act_button.click()


def give_from_paper(dialog) -> None:
    """What is asked beside the amount: when, the band, and the two people of the check on paper."""
    assert "When was it given" in dialog.refusals.text()
    type_into(dialog.at.edit, "08:30")
    read_the_band(dialog.giving)
    dialog.act_button.click()
    assert "From paper" in dialog.refusals.text()
    type_into(dialog.paper.first, "E. Sorensen, RN")
    type_into(dialog.paper.second, "T. Marchetti, RN")
    type_into(dialog.paper.reason, "no power")
    dialog.act_button.click()
