"""Return on a button that has the keyboard presses that button, on every page, whatever the page does with Return."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from bedside.desktop import page_keys
from bedside.desktop.handover_door import show_handover
from bedside.desktop.segments import SegmentButton
from bedside.desktop.window import BedsideWindow


def buttons_of(window: BedsideWindow) -> list[QWidget]:
    """Every button that Tab comes to; a segment of a choice takes Return itself, and chooses."""
    found = [*window.findChildren(QPushButton), *window.findChildren(QToolButton)]
    return [
        one
        for one in found
        if not isinstance(one, SegmentButton)
        and one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def test_return_reaches_every_button_of_every_page(
    qtbot, window: BedsideWindow, infant_of, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached: list[QWidget | None] = []

    def noted(frame: QWidget, event: object) -> bool:
        reached.append(page_keys.button_in_hand(frame))
        return True  # nothing is pressed: this test opens no form

    monkeypatch.setattr(page_keys, "press_by_return", noted)
    window.open_infant(infant_of("4"))
    shows = [lambda at=at: window.show_page(at) for at in range(8)]
    shows += [
        window.show_board, window.show_cohort, window.show_commissioning, window.show_protocols,
        window.show_site, window.frame.show_backup, window.frame.show_record,
        lambda: show_handover(window),
    ]  # fmt: skip
    missed, tried = [], 0
    for show in shows:
        show()
        qtbot.wait(5)
        for button in buttons_of(window):
            button.setFocus()
            if not button.hasFocus():
                continue
            reached.clear()
            QTest.keyClick(button, Qt.Key.Key_Return)
            tried += 1
            if reached != [button]:
                missed.append((type(button).__name__, button.text() or button.accessibleName()))
    assert missed == []
    assert tried > 100
