"""No table and no round shows a slice of a row at its lower edge: it says how many more there are."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.last_row import cut_after, cut_row
from bedside.desktop.look import Look
from bedside.desktop.plain_edit import PlainEdit
from bedside.desktop.plain_table import PlainTable
from bedside.desktop.session import Session
from bedside.desktop.start import dress, make_application
from bedside.desktop.window import ROUND_PAGE, BedsideWindow

_DLT, _TIMELINE, _DOSES = 4, 1, 6
_PAPERS = 3  # of the parts of that page


def on_screen(table: PlainTable) -> QImage:
    """What really stands on the screen: a table that is asked to draw itself draws all of it anew."""
    QTest.qWait(50)
    room = table.viewport()
    at = room.mapTo(table.window(), QPoint(0, 0))
    screen = QGuiApplication.primaryScreen().grabWindow(
        table.window().winId(), at.x(), at.y(), room.width(), room.height()
    )
    return screen.toImage()


def test_the_last_row_of_the_ledger_is_whole_or_told(window: BedsideWindow, infant_of):
    window.open_infant(infant_of("2"))
    window.show_page(_DLT)
    QApplication.processEvents()
    table = window.pages.page.table
    row = cut_row(table)
    assert row is not None
    drawn = table.viewport().grab().toImage()
    top = table.rowViewportPosition(row)
    surface = table.look.colour("surface").rgb()
    middle = drawn.width() // 2  # right of the words that say how many there are
    assert {drawn.pixel(x, top + 2) for x in range(middle, drawn.width() - 2)} == {surface}
    bar = table.verticalScrollBar()
    bar.setValue(bar.maximum())
    QApplication.processEvents()
    assert cut_row(table) is None
    last = table.model().rowCount() - 1
    assert table.rowViewportPosition(last) + table.rowHeight(last) <= table.viewport().height()


@pytest.fixture
def large(window: BedsideWindow, look: Look):
    """The window in large text; everything is as it was afterwards."""
    window.set_theme(Look("light", 150))
    yield window
    window.hide()
    application, _ = make_application(["bedside"])
    dress(application, look)


def test_the_groups_of_commissioning_end_with_a_whole_row(large: BedsideWindow):
    large.show_commissioning()
    QTest.qWait(50)
    table = large.stack.currentWidget().findChild(PlainTable)
    row = cut_row(table)
    assert row is not None
    drawn = table.viewport().grab().toImage()
    line, top = table.look.colour("surface").rgb(), table.rowViewportPosition(row)
    numbers = range(
        table.columnViewportPosition(1), drawn.width() - 2
    )  # "0 of 10" would stand here
    seen = {drawn.pixel(x, y) for x in numbers for y in range(top, drawn.height() - 2)}
    assert seen == {line}
    table.selectRow(row)  # the chosen row is never painted over
    assert cut_row(table) != row


def test_nothing_painted_over_is_left_on_the_screen_by_scrolling(window: BedsideWindow, infant_of):
    window.open_infant(infant_of("2"))
    window.show_page(_TIMELINE)
    page = window.pages.page
    page.table_button.click()
    table, bar = page.table, page.table.verticalScrollBar()
    for step in (3, -2, 5, -1):
        bar.setValue(bar.value() + step)
        seen = on_screen(table)
        assert len({seen.pixel(9, y) for y in range(seen.height())}) > 5
        table.viewport().update()
        assert seen == on_screen(table), f"after scrolling by {step} rows"


def test_the_round_ends_with_a_whole_line(window: BedsideWindow, infant_of):
    window.open_infant(infant_of("2"))
    window.show_page(ROUND_PAGE)
    panel = window.pages.page.round
    window.pages.page.begin_round()
    QTest.qWait(50)
    part, cover = panel.more.cut_line(), panel.more.cover
    assert part is not None
    assert cover.isVisible() and cover.text().endswith("more below")
    room = panel.area.viewport()
    top = part.mapTo(room, QPoint(0, 0)).y()
    assert cover.geometry().top() == room.geometry().top() + top
    assert cover.geometry().bottom() == room.geometry().bottom()
    # what lies under it is not pressed unseen
    under = next(one for one in part.findChildren(QPushButton) if one.isVisible())
    at = QPoint(under.mapTo(panel.area, under.rect().topLeft()).x() + 9, cover.y() + 9)
    assert panel.area.childAt(at) is cover
    QTest.mouseClick(cover, Qt.MouseButton.LeftButton, pos=QPoint(9, 9))
    QTest.qWait(50)
    assert panel.answers().asked == ()
    assert part.mapTo(room, part.rect().bottomLeft()).y() < room.height()
    assert not cover.isVisible() or cover.geometry().top() > part.geometry().bottom()
    panel.begin_anew()


def test_the_ward_list_ends_with_a_whole_infant_or_says_how_many_more(window: BedsideWindow):
    """A slice of a row reads as all of it: what is held of that infant would stand out of sight."""
    table = window.board_page.table
    window.resize(1366, 640)
    QTest.qWait(50)
    cut = [row for row in range(table.model().rowCount()) if cut_after(table, row)[0]]
    assert len(cut) == 1 and cut[0] == cut_row(table)
    more, high = cut_after(table, cut[0])
    assert more == table.model().rowCount() - cut[0]
    drawn = table.viewport().grab().toImage()
    top = table.rowViewportPosition(cut[0])
    assert high == drawn.height() - top
    surface = window.look.colour("surface").rgb()
    beside = range(table.columnViewportPosition(2), drawn.width())  # right of the words
    seen = {drawn.pixel(x, y) for x in beside for y in range(top, drawn.height())}
    assert seen == {surface}
    words = {drawn.pixel(x, y) for x in range(48, 195) for y in range(top, drawn.height())}
    assert high < window.look.line_height("small") or len(words) > 1
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, top + 3))
    QTest.qWait(QApplication.doubleClickInterval() + 200)  # a second press may follow: Qt waits
    row = table.currentIndex().row()
    assert row == cut[0]  # and what is chosen stands in sight, whole
    assert table.rowViewportPosition(row) + table.rowHeight(row) <= table.viewport().height()


def test_scrolling_the_ward_list_leaves_no_words_among_its_rows(window: BedsideWindow):
    table = window.board_page.table
    window.resize(1366, 640)
    bar = table.verticalScrollBar()
    for pixels in (30, 55, 20, -40):
        bar.setValue(bar.value() + pixels)
        seen = on_screen(table)
        table.viewport().update()
        assert seen == on_screen(table), f"after scrolling by {pixels} pixels"


def test_the_papers_end_with_a_whole_line_also_when_they_are_made_anew(
    window: BedsideWindow, infant_of
):
    window.open_infant(infant_of("2"))
    window.show_page(_DOSES)
    window.pages.page.show_part(_PAPERS)
    panel = window.pages.page.papers
    for _ in range(2):
        QTest.qWait(50)
        cut, cover = panel.more.cut_line(), panel.more.cover
        assert cut in panel.lines
        assert cover.isVisible()
        assert cover.text() == f"{len(panel.lines) - panel.lines.index(cut)} more below"
        assert cover.y() == cut.mapTo(cover.parentWidget(), QPoint(0, 0)).y()
        bar = cover.parentWidget().verticalScrollBar()
        bar.setValue(bar.maximum())
        QTest.qWait(50)
        assert not cover.isVisible()
        window.pages.page.refresh()
        bar.setValue(0)


def test_a_form_that_scrolls_slices_no_line_and_says_that_there_is_more(qtbot, look: Look):
    """The last drug of "Put down to" stood cut through at the lower edge of the form."""
    form = FormDialog(look, Session("A, RN"), "Many lines", "&Record", None)
    qtbot.addWidget(form)
    edits = [PlainEdit(f"line {number}") for number in range(30)]
    for edit in edits:
        form.body.addLayout(form.line(edit.accessibleName(), edit))
    form.show()
    QTest.qWait(20)
    form.back_button.setFocus()  # a field with the keyboard is never covered
    area, cover = form._form_area, form._no_slice.cover
    bar = area.verticalScrollBar()
    covered = 0
    for at in range(bar.minimum(), bar.maximum(), 7):
        bar.setValue(at)
        QTest.qWait(20)
        bottom = area.viewport().height()
        tops = [edit.mapTo(area.viewport(), QPoint(0, 0)).y() for edit in edits]
        cut = [y for y, edit in zip(tops, edits, strict=True) if y < bottom < y + edit.height()]
        if cut:
            assert cover.isVisible()
            assert cover.geometry().top() <= area.y() + min(cut) + 2
            covered += "more below" in cover.text()
    assert covered > 50
    bar.setValue(bar.maximum())
    QTest.qWait(20)
    assert not cover.isVisible()
    form.done(0)
