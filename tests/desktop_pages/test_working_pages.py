"""What all four working pages must keep: names for the reader, keys, sizes, no clash of letters."""

import re

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollBar,
    QWidget,
)

from bedside.desktop.counts_page import CountsPage
from bedside.desktop.doses_page import DosesPage
from bedside.desktop.look import Look
from bedside.desktop.timeline_page import TimelinePage
from bedside.desktop.toxicities_page import ToxicitiesPage
from tests.desktop_pages.page_driving import HIGH, WIDE, in_frame

PAGES = (TimelinePage, CountsPage, ToxicitiesPage, DosesPage)
SHELL_KEYS = set("wsl")  # Alt and these letters belong to the frame
HANDLED = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView)
_DASH_RANGE = re.compile(r"\bdays?\s+\d+\s*[-–]\s*\d+", re.IGNORECASE)


@pytest.fixture(params=PAGES, ids=[kind.__name__ for kind in PAGES])
def page(request, qtbot, bench, look, session):
    bench.open_epi_1()
    made = request.param(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    return made


def own(page: QWidget, kind: type) -> list[QWidget]:
    """The page's widgets of a kind, without the parts Qt puts into its own widgets."""
    return [
        widget
        for widget in page.findChildren(kind)
        if (
            not widget.objectName().startswith("qt_")
            and not (isinstance(widget, QLineEdit) and isinstance(widget.parent(), QComboBox))
            and not isinstance(widget.parent(), QComboBox)
            and type(widget).__name__ not in {"QTableCornerButton", "QHeaderView"}
            and "QComboBoxPrivateContainer" not in type(widget.parent()).__name__
            and "ListView" not in type(widget).__name__
        )
        or widget.accessibleName()
    ]


def test_everything_that_takes_keys_has_a_name_for_the_reader(page):
    assert page.accessibleName()
    for kind in HANDLED:
        for widget in own(page, kind):
            spoken = widget.accessibleName()
            if isinstance(widget, QPushButton):
                spoken = spoken or widget.text()
            if isinstance(widget, QWidget) and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
                assert spoken, f"{type(widget).__name__} {widget.objectName()}"


def test_page_fits_the_room_below_the_tabs(page):
    least = page.minimumSizeHint()
    assert least.width() <= WIDE and least.height() <= HIGH
    assert page.size() == QSize(WIDE, HIGH)


def test_targets_are_large_enough(page):
    for button in own(page, QAbstractButton):
        if button.isVisible() and type(button).__name__ != "QTableCornerButton":
            assert button.width() >= 24 and button.height() >= 24, button.text()


def test_letters_under_alt_belong_to_one_thing_each(page):
    """A letter that two widgets claim reaches neither."""
    letters = [
        widget.text()[widget.text().index("&") + 1].casefold()
        for widget in [*own(page, QAbstractButton), *own(page, QLabel)]
        if widget.isVisible()
        and "&" in widget.text().replace("&&", "")
        and (isinstance(widget, QAbstractButton) or widget.buddy() is not None)
    ]
    letters += [
        button.shortcut().toString()[-1].casefold()
        for button in own(page, QPushButton)
        if button.isVisible()
        and button.shortcut().toString().startswith("Alt+")
        and "&" not in button.text()
    ]
    assert len(letters) == len(set(letters)), sorted(letters)
    assert not set(letters) & SHELL_KEYS


def test_every_button_that_can_be_pressed_can_be_reached_with_tab(page):
    reached, widget = set(), page
    for _ in range(400):
        widget = widget.nextInFocusChain()
        reached.add(widget)
        if widget is page:
            break
    for button in own(page, QPushButton):
        if button.isVisible() and button.isEnabled():
            assert button in reached and button.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_wheel_over_any_field_or_button_changes_nothing(page):
    """H34: no widget of the page takes a value from the wheel."""
    before = [
        (widget, widget.text() if hasattr(widget, "text") else widget.currentText())
        for kind in (QLineEdit, QComboBox, QAbstractButton)
        for widget in own(page, kind)
    ]
    for widget, _ in before:
        at = QPointF(4, 4)
        event = QWheelEvent(
            at,
            widget.mapToGlobal(at),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)
    assert before == [
        (widget, widget.text() if hasattr(widget, "text") else widget.currentText())
        for widget, _ in before
    ]


def test_no_page_writes_a_range_of_days(page):
    """H18: each day stands alone."""
    said = [widget.text() for widget in page.findChildren(QLabel)]
    said += [widget.accessibleName() for widget in page.findChildren(QWidget)]
    assert not [text for text in said if _DASH_RANGE.search(text)]


@pytest.mark.parametrize("kind", PAGES, ids=[kind.__name__ for kind in PAGES])
def test_both_themes_paint_every_page_without_a_fault(kind, qtbot, bench, session):
    bench.open_epi_1()
    for theme in ("light", "dark"):
        look = Look(theme)
        made = kind(bench.ward, look, session)
        in_frame(qtbot, made)
        made.setStyleSheet(look.style_sheet())
        made.show_infant(bench.infant)
        assert not made.grab().isNull()


def test_no_scroll_bar_is_needed_for_the_form_of_a_count(qtbot, bench, look, session):
    bench.open_epi_1()
    page = CountsPage(bench.ward, look, session)
    in_frame(qtbot, page)
    page.show_infant(bench.infant)
    bars = [bar for bar in page.form.findChildren(QScrollBar) if bar.isVisible()]
    assert bars == []
