"""Each page is walked by Tab alone: every stop is in sight, and the way leads out of it and round again."""

import json
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLineEdit,
    QPushButton,
    QWidget,
)

from bedside.desktop.doses_page import DosesPage
from bedside.desktop.papers_panel import PapersPanel
from bedside.desktop.window import BedsideWindow
from bedside.ward.printing import make_paper

_MOST = 120  # stops of a page and the frame around it
_TOKENS = Path(__file__).resolve().parents[2] / "resources/style/tokens.json"
_LEAST = json.loads(_TOKENS.read_text(encoding="utf-8"))["measures"]["least_target"]


def small_in(window: QWidget) -> list[str]:
    """What can be pressed or typed into and is smaller than the least target."""
    kinds = (QAbstractButton, QLineEdit, QComboBox)
    shown = [one for kind in kinds for one in window.findChildren(kind) if one.isVisible()]
    assert shown
    return [
        f"{type(one).__name__} {one.accessibleName()}: {one.width()} by {one.height()}"
        for one in shown
        if min(one.width(), one.height()) < _LEAST
    ]


def in_sight(widget: QWidget) -> bool:
    """Whether no part around it cuts all of it off."""
    seen, around = QRect(QPoint(0, 0), widget.size()), widget
    while widget.isVisible() and not seen.isEmpty() and not around.isWindow():
        seen = seen.translated(around.pos())
        around = around.parentWidget()
        seen = seen.intersected(around.rect())
    return widget.isVisible() and not seen.isEmpty()


def walk(window: BedsideWindow) -> list[QWidget]:
    """The stops from the banner on, until the banner comes again."""
    window.band.setFocus(Qt.FocusReason.TabFocusReason)
    found: list[QWidget] = []
    for _ in range(_MOST):
        there = QApplication.focusWidget()
        assert there is not None and there not in found[1:], f"{there} leads nowhere else"
        if found and there is found[0]:
            return found
        found.append(there)
        assert in_sight(there), f"{there.accessibleName()} is out of sight"
        QTest.keyClick(there, Qt.Key.Key_Tab)
    raise AssertionError("Tab never came back to the banner")


def test_tab_leads_through_each_page_and_on_to_the_navigation(
    qtbot, window: BedsideWindow, infant_of
):
    window.open_infant(infant_of("2"))
    for number in range(8):
        window.show_page(number)
        qtbot.wait(5)
        assert small_in(window) == [], f"page {number + 1}"
        stops = walk(window)
        assert window.navigation.ward in stops and window.topbar.who in stops, f"page {number + 1}"
        assert any(window.pages.page.isAncestorOf(one) for one in stops)


def papers_of(window: BedsideWindow, infant: int) -> PapersPanel:
    """The infant's papers, in sight."""
    window.open_infant(infant)
    window.show_page(6)
    page = window.pages.page
    assert isinstance(page, DosesPage)
    page.show_part(3)
    return page.papers


def test_papers_are_walked_from_above_then_the_printed_ones_then_the_page(
    qtbot, window: BedsideWindow, infant_of
):
    """Where nothing was printed there is no list of it to stop at; it is there with the first paper."""
    panel = papers_of(window, infant_of("2"))
    qtbot.wait(5)
    assert panel.table not in walk(window)
    make_paper(window.ward, infant_of("2"), "counts-form", None, who="E. Sørensen, RN")
    window.show_board()
    panel = papers_of(window, infant_of("2"))
    qtbot.wait(5)
    stops = [one for one in walk(window) if panel.isAncestorOf(one)]
    prints = [
        one for one in stops if isinstance(one, QPushButton) and one is not panel.verify_button
    ]
    assert prints == [line.button for line in panel.lines if line.button.isEnabled()]
    heights = [one.mapTo(panel, QPoint(0, 0)).y() for one in prints[:3]]
    assert heights == sorted(heights)
    assert stops == [*prints, panel.verify_button, panel.table, panel.preview.view]
