"""Who cannot see the screen hears it: every widget has a name, every drawing its words."""

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollBar,
    QStackedWidget,
    QTabBar,
    QWidget,
)

from bedside.desktop.board_page import BoardTable
from bedside.desktop.course_strip import CourseStrip
from bedside.desktop.marks import MARK_WORDS, DltLabel, MarkLabel
from bedside.desktop.where_parts import AnswerLine
from bedside.desktop.window import BedsideWindow

PLAIN = (QScrollBar, QHeaderView, QStackedWidget)


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def speaks(widget: QWidget) -> bool:
    """Whether a screen reader stops at it: a control, a text, or something drawn."""
    if isinstance(widget, PLAIN) or widget.objectName().startswith("qt_"):
        return False
    if isinstance(widget.parent(), QAbstractScrollArea | QComboBox | QTabBar):
        return False
    if widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
        return True
    return isinstance(
        widget, QAbstractButton | QLineEdit | MarkLabel | DltLabel | CourseStrip | AnswerLine
    )


def unnamed(root: QWidget) -> list[str]:
    return [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in root.findChildren(QWidget)
        if widget.isVisible() and speaks(widget) and not name_of(widget)
    ]


def test_everything_on_the_board_has_a_name(window: BedsideWindow):
    assert unnamed(window) == []
    table = window.board_page.table
    interface = QAccessible.queryAccessibleInterface(table)
    assert interface is not None and interface.text(QAccessible.Text.Name).startswith("Ward list")


@pytest.mark.parametrize("bed", ["1", "2", "4", "5", "6", "7", "8", "9"])
def test_everything_on_the_first_page_has_a_name(window: BedsideWindow, infant_of, bed: str):
    window.open_infant(infant_of(bed))
    assert unnamed(window) == []


def test_the_board_is_read_out_row_by_row(window: BedsideWindow):
    """A custom-drawn view has words for every cell."""
    model = window.board_page.model
    for at in range(model.rowCount()):
        for column in range(model.columnCount()):
            said = model.index(at, column).data(Qt.ItemDataRole.AccessibleTextRole)
            assert said and said == model.index(at, column).data(Qt.ItemDataRole.DisplayRole)


def test_the_strip_says_what_it_draws(window: BedsideWindow, infant_of):
    window.open_infant(infant_of("4"))
    said = window.pages.page.strip.accessibleDescription()
    assert said.startswith("Induction, now, day 38, from ")
    assert "EPI #1, next" in said and "held by its start rule" in said
    assert "DLT period: not started" in said and "therapy ends" in said


def test_a_mark_is_called_by_its_word(qtbot, look):
    for mark, word in MARK_WORDS.items():
        label = MarkLabel(mark, look)
        qtbot.addWidget(label)
        assert label.accessibleName() == (word or "no mark")


def test_what_can_be_pressed_is_large_enough(window: BedsideWindow, infant_of):
    """Targets of at least 24 pixels."""
    for bed in ("1", "4"):
        window.open_infant(infant_of(bed))
        small = [
            f"{widget.text()} {widget.size().toTuple()}"
            for widget in window.findChildren(QAbstractButton)
            if widget.isVisible() and min(widget.width(), widget.height()) < 24
        ]
        assert small == []


def test_every_button_can_be_reached_by_keyboard(window: BedsideWindow, infant_of):
    window.open_infant(infant_of("4"))
    for button in window.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.focusPolicy() & Qt.FocusPolicy.TabFocus, button.text()
            assert not button.shortcut().isEmpty() or "&" in button.text(), button.text()


@pytest.mark.parametrize("number", range(5))
def test_no_two_parts_in_sight_share_a_key(window: BedsideWindow, infant_of, number: int):
    """A key that two parts want would do nothing: letters and shortcuts are each part's own."""
    for bed in ("1", "2", "4"):
        window.open_infant(infant_of(bed))
        window.show_page(number)
        keys = [
            button.shortcut().toString()
            for button in window.findChildren(QAbstractButton)
            if button.isVisible() and button.isEnabled() and not button.shortcut().isEmpty()
        ]
        keys += [
            f"Alt+{label.text()[label.text().index('&') + 1].upper()}"
            for label in window.findChildren(QLabel)
            if label.isVisible() and label.buddy() is not None and "&" in label.text()
        ]
        keys += [shortcut.key().toString() for shortcut in window.findChildren(QShortcut)]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        assert twice == []


def test_the_focus_ring_is_drawn_on_the_banner(window: BedsideWindow, infant_of):
    """The ring is two pixels in the accent."""
    window.open_infant(infant_of("4"))
    accent = window.look.colour("accent").rgb()
    assert window.band.hasFocus()
    with_ring = window.band.grab().toImage()
    assert with_ring.pixel(600, 1) == accent and with_ring.pixel(1, 30) == accent
    window.pages.tabs.setFocus()
    assert window.band.grab().toImage().pixel(600, 1) != accent


def test_the_tables_head_and_rows_are_not_taken_for_controls(window: BedsideWindow):
    table = window.findChild(BoardTable)
    assert isinstance(table, QAbstractItemView)
    assert table.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert isinstance(table.verticalHeader(), QObject) and not table.verticalHeader().isVisible()
