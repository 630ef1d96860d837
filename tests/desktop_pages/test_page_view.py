"""A paper is read in the program: whole, or as large as it takes; by keys, buttons, wheel and mouse."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bedside.desktop.paper_pages import MOST_DPI, POINTS_PER_INCH, page_sizes
from tests.desktop_pages.test_doses_page import (  # noqa: F401 (fixtures)
    demonstration_values,
    page,
    view,
)
from tests.desktop_pages.test_papers_panel import SHEET


@pytest.fixture
def shown(page, qtbot):  # noqa: F811
    """The preview of a sheet, in sight on the page of papers."""
    page.resize(1274, 620)
    page.show_part(3)
    page.preview_paper(SHEET)
    with qtbot.waitActive(page.window()):
        page.window().show()
        page.window().activateWindow()
    QApplication.processEvents()
    page.papers.preview.view.setFocus()
    return page.papers.preview


def press(view, key):  # noqa: F811
    QTest.keyClick(view, key)
    QApplication.processEvents()


def click_twice(view, at):  # noqa: F811
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def points_wide(preview):
    """How many pixels a point of the page is drawn with."""
    view = preview.view  # noqa: F811
    return view._fitted().width() / view.devicePixelRatioF() / page_sizes(preview._pdf)[0][0]


def test_the_whole_page_then_its_width_then_more_and_back(shown):
    view = shown.view  # noqa: F811
    whole = points_wide(shown)
    assert whole * page_sizes(shown._pdf)[0][1] <= view.viewport().height()
    assert shown.more_button.isEnabled() and not shown.less_button.isEnabled()
    press(view, Qt.Key.Key_Plus)
    wide = points_wide(shown)
    # all of its width is in sight, from its first line on
    assert whole < wide and view.horizontalScrollBar().maximum() == 0
    assert wide * page_sizes(shown._pdf)[0][0] > view.viewport().width() - 40
    assert view.verticalScrollBar().value() == 0 < view.verticalScrollBar().maximum()
    press(view, Qt.Key.Key_Equal)
    assert points_wide(shown) > 1.5 * wide and not shown.more_button.isEnabled()
    press(view, Qt.Key.Key_Minus)
    shown.less_button.click()
    assert points_wide(shown) == pytest.approx(whole) and not shown.less_button.isEnabled()
    assert view.verticalScrollBar().maximum() == 0


def test_an_enlarged_page_is_moved_by_arrows_wheel_and_mouse(shown):
    view, bar = shown.view, shown.view.verticalScrollBar()  # noqa: F811
    shown.more_button.click()
    press(view, Qt.Key.Key_Down)
    first = bar.value()
    assert first > 0
    where = QPointF(view.viewport().rect().center())
    wheel = QWheelEvent(
        where,
        where,
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), wheel)
    second = bar.value()
    assert second > first
    middle = view.viewport().rect().center()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(view.viewport(), middle + QPoint(0, 25))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=middle + QPoint(0, 25))
    assert bar.value() == second - 25


def test_two_clicks_enlarge_where_one_looks_and_show_it_whole_again(shown):
    view, bar = shown.view, shown.view.verticalScrollBar()  # noqa: F811
    low = QPoint(view.viewport().width() // 2, view.viewport().height() * 3 // 4)
    click_twice(view, low)
    middle = (bar.value() + bar.pageStep() / 2) / (bar.maximum() + bar.pageStep())
    assert middle == pytest.approx(0.75, abs=0.02)
    click_twice(view, low)
    assert bar.maximum() == 0


def test_page_down_reads_to_the_end_of_the_page_before_the_next(shown, page):  # noqa: F811
    for line in page.papers.lines:
        if not line.choice.refused and shown.pages < 2:
            page.preview_paper(line.choice.key)
    assert shown.pages > 1
    view, bar = shown.view, shown.view.verticalScrollBar()  # noqa: F811
    shown.more_button.click()
    for _ in range(12):
        if bar.value() == bar.maximum():
            break
        press(view, Qt.Key.Key_PageDown)
        assert shown.number == 0
    press(view, Qt.Key.Key_PageDown)
    assert shown.number == 1 and bar.value() == 0
    press(view, Qt.Key.Key_PageUp)
    assert shown.number == 0
    # and the page before it is as large as this one was
    assert bar.maximum() > 0


def test_it_is_never_drawn_sharper_than_it_can_be_and_an_empty_one_cannot_be_enlarged(shown):
    view = shown.view  # noqa: F811
    view.window().resize(6000, 3000)
    view.resize(5600, 2600)
    for _ in range(3):
        view.enlarge()
    assert view._scale(2) <= MOST_DPI / POINTS_PER_INCH
    shown.clear()
    assert not shown.more_button.isEnabled() and not shown.less_button.isEnabled()
    press(view, Qt.Key.Key_Plus)
    assert view.verticalScrollBar().maximum() == 0


def test_words_across_an_enlarged_page_are_in_sight(shown):
    shown.more_button.click()
    before = shown.view.viewport().grab().toImage()
    shown.mark_out_of_date("Out of date: something on it has changed.")
    after = shown.view.viewport().grab().toImage()
    assert before != after
    red = [
        after.pixelColor(x, y)
        for x in range(0, after.width(), 3)
        for y in range(0, after.height(), 3)
    ]
    assert sum(one.red() > 140 and one.green() < 70 for one in red) > 100
