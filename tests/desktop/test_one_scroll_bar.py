"""In large text a page scrolls as a whole: one bar, no blank room below, a band no higher than its words."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication

from bedside.desktop.doses_paper import PAPERS
from bedside.desktop.look import Look
from bedside.desktop.maintenance_dialog import MaintenanceDialog
from bedside.desktop.opening_page import OpeningDialog
from bedside.desktop.page_door import every_door
from bedside.desktop.page_room import PageRoom
from bedside.desktop.tall_area import TallArea
from bedside.desktop.where_page import DOSES
from bedside.desktop.window import BedsideWindow
from bedside.store.key_file import DAMAGED
from bedside.store.troubles import Hindered
from bedside.ward.opening_pages import page_of


@pytest.fixture
def large(qtbot, ward, look, session) -> BedsideWindow:
    """The window at 1366 by 768 in text of 150 %."""
    made = BedsideWindow(ward, Look("light", 150), session, every_door())
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    return made


def bars_beside(window: BedsideWindow) -> list[str]:
    """Areas that scroll inside a page that scrolls; a table has a frame and a bar of its own."""
    found = []
    for area in window.findChildren(QAbstractScrollArea):
        if isinstance(area, PageRoom | QAbstractItemView) or not area.isVisible():
            continue
        rooms = [one for one in window.findChildren(PageRoom) if one.isAncestorOf(area)]
        scrolls = any(one.verticalScrollBar().isVisible() for one in rooms)
        if scrolls and area.verticalScrollBar().isVisible():
            found.append(area.accessibleName())
    return found


def test_no_page_of_an_infant_has_two_bars_side_by_side(large: BedsideWindow, infant_of):
    large.open_infant(infant_of("2"))
    heights = {}
    for number in (0, 1, 2, 3, 4, 5, 6, 7, 3):
        large.show_page(number)
        for _ in range(4):
            QApplication.processEvents()
        assert bars_beside(large) == [], f"page {number + 1}"
        heights.setdefault(number, []).append(large.pages.page.height())
    assert heights[3][0] == heights[3][1] < heights[0][0]  # a short page after a long one is short


def test_a_page_scrolls_to_its_first_field_as_far_as_it_takes_and_no_further(
    large: BedsideWindow, infant_of
):
    """It was measured with the lines of before, so that the page stood otherwise from time to time."""
    large.activateWindow()
    large.open_infant(infant_of("2"))
    for number in range(6):
        large.show_page(number)
        for _ in range(4):
            QApplication.processEvents()
    field = large.pages.page.form.temperature.edit
    assert QApplication.focusWidget() is field
    inner = [one for one in large.findChildren(PageRoom) if one.isAncestorOf(field)]
    room = max(inner, key=lambda one: one.verticalScrollBar().maximum())
    under = field.mapTo(room.viewport(), QPoint(0, field.height())).y()
    assert room.verticalScrollBar().value() > 0
    assert room.viewport().height() - 30 <= under <= room.viewport().height()


def test_the_dlt_ledger_scrolls_with_its_page_and_the_page_with_its_row(
    large: BedsideWindow, infant_of
):
    """The table scrolled within the page that scrolled: two bars, and no row below in sight."""
    large.open_infant(infant_of("5"))
    large.show_page(4)
    QTest.qWait(50)
    table = large.pages.page.table
    assert table.verticalScrollBar().maximum() == 0
    room = next(one for one in large.findChildren(PageRoom) if one.isAncestorOf(table))
    table.setFocus()
    for _ in range(table.model().rowCount() - 1):
        QTest.keyClick(table, Qt.Key.Key_Down)
        QTest.qWait(20)
        row = table.visualRect(table.currentIndex())
        top = table.viewport().mapTo(room.viewport(), row.topLeft()).y()
        assert 0 <= top <= top + row.height() <= room.viewport().height()


def test_doses_by_mouth_scroll_as_a_whole(large: BedsideWindow, infant_of):
    """What is proposed had a bar of its own beside the form's, and its warnings were out of sight."""
    look, session = large.look, large.session
    dialog = MaintenanceDialog(large.ward, look, session, infant_of("7"), large)
    dialog.show()
    QTest.qWait(50)
    bars = [
        area.accessibleName()
        for area in dialog.findChildren(TallArea)
        if area.isVisible() and area.verticalScrollBar().isVisible()
    ]
    assert len(bars) <= 1, bars
    room = dialog._form_area.viewport()
    drug = dialog.form.drug
    top, below = (
        drug.mapTo(room, at).y() for at in (drug.rect().topLeft(), drug.rect().bottomLeft())
    )
    assert (
        room.height() * 0.8 <= below <= room.height()
    )  # and above it all the room is of proposals
    assert top > 0
    dialog.done(0)


def test_a_figure_is_never_typed_into_a_field_out_of_sight(large: BedsideWindow, infant_of):
    """Fever begins at its top, and its first field, which has the keyboard, stands below."""
    large.open_infant(infant_of("2"))
    large.show_page(5)
    for _ in range(4):
        QApplication.processEvents()
    edit = large.pages.page.form.temperature.edit
    edit.setFocus()
    room = next(one for one in large.findChildren(PageRoom) if one.isAncestorOf(edit))
    large.resize(large.width(), large.minimumSizeHint().height())
    QApplication.processEvents()
    bar = room.verticalScrollBar()
    bar.setValue(0)
    if not edit.visibleRegion().isEmpty():
        bar.setValue(bar.maximum())
    assert edit.visibleRegion().isEmpty()
    for figure in "38":  # the first one brings a line of its own above the field
        QTest.keyClicks(edit, figure)
        QApplication.processEvents()
    seen = edit.visibleRegion().boundingRect().height()
    edit.clear()  # nothing typed is left behind to be asked about
    assert seen == edit.height()


def test_the_banner_in_two_rows_is_no_higher_than_its_words(large: BedsideWindow, infant_of):
    large.open_infant(infant_of("2"))
    QApplication.processEvents()
    assert large.band.height() < 2 * large.look.measure("band")
    assert large.bands.height() == max(large.band.height(), large.look.measure("band"))


def test_a_page_before_the_ward_list_fits_the_smallest_screen(qtbot, look, tmp_path):
    page = page_of(Hindered("key file", *DAMAGED), tmp_path)
    dialog = OpeningDialog(Look("light", 150), page)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.width() <= 1346 and dialog.height() <= 724
    bottom = dialog.close_button.mapTo(dialog, dialog.close_button.rect().bottomLeft())
    assert bottom.y() < dialog.height()


def test_a_paper_comes_into_sight_and_stays_there_in_another_size_of_text(
    large: BedsideWindow, infant_of
):
    """The page, its foot and Print stand in the window, none of it sideways; the part is kept."""
    large.open_infant(infant_of("2"))
    large.show_page(DOSES)
    page = large.pages.page
    page.show_part(PAPERS)
    key, _ = page.fitting_paper()
    page.preview_paper(key)
    for size in (150, 125, 100):
        if size < 150:
            large.set_theme(Look("light", size))
            page = large.pages.page
        for _ in range(6):
            QApplication.processEvents()
        assert page.in_sight == (PAPERS, key) and page.papers.preview.pages
        rooms = [one for one in large.findChildren(PageRoom) if one.isAncestorOf(page)]
        assert not any(one.horizontalScrollBar().isVisible() for one in rooms)
        preview = page.papers.preview
        for part in (preview.view.viewport(), preview.print_button):
            assert part.visibleRegion().boundingRect() == part.rect(), size
        assert page.papers.preview.view.height() >= 200
