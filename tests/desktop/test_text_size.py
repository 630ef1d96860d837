"""Text up to 150 %: nothing is cut on any page or in any dialog, and the workstation keeps the size."""

from datetime import UTC, datetime
from functools import partial

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QScreen, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QScrollArea, QWidget

from bedside.desktop.backup_clock import backups_of
from bedside.desktop.counts_table import Column
from bedside.desktop.handover_door import show_handover
from bedside.desktop.look import TEXT_SIZES, Look
from bedside.desktop.page_door import DLT_PAGE
from bedside.desktop.page_room import PageRoom
from bedside.desktop.plain_table import PlainTable
from bedside.desktop.start import dress, make_application, station
from bedside.desktop.topbar import TopBar
from bedside.desktop.toxicity_dialog import ToxicityDialog
from bedside.desktop.toxicity_judge_dialog import ToxicityJudgeDialog
from bedside.ward.toxicities import toxicities_page
from tests.desktop.cut_text import cut_in, headings_in, sideways_in
from tests.desktop.infant_dialogs import OF_NO_INFANT, InfantDialogs, dialog_classes, shown
from tests.desktop.test_cut_text import PAGES, PLAIN, TALL, WIDE, settle

TELLING = ("2", "4", "5", "7")  # a running vial, a long name, a fever, what is no longer planned


@pytest.fixture
def large(window, look):
    """The window at 150 %; everything is as it was afterwards."""
    window.resize(WIDE, 768)
    window.set_theme(Look("light", 150))
    yield window
    window.frame.end_check()  # or closing asks what becomes of it
    station().clear()
    window.hide()
    application, _ = make_application(["bedside"])
    dress(application, look)


def test_nothing_is_cut_or_out_of_sight_on_any_page_in_large_text(large, infant_of):
    """Every page at 150 % on 1366 by 768: no word is cut, nothing has to be scrolled sideways."""
    found: list[str] = []
    settle()
    found += [f"ward list: {line}" for line in faults(large)]
    for bed in TELLING:
        large.open_infant(infant_of(bed))
        for number in range(PAGES):
            large.show_page(number)
            settle()
            found += [f"bed {bed}, page {number + 1}: {line}" for line in faults(large)]
    large.open_round(infant_of("5"))
    large.pages.page.round.opens[0].keys.press("W")
    settle()
    found += [f"round: {line}" for line in faults(large)]
    large.pages.page.round.begin_anew()
    others = (large.show_commissioning, large.show_cohort, large.show_protocols, large.show_site)
    for show in (
        *others,
        large.frame.show_backup,
        large.frame.show_record,
        partial(show_handover, large),
    ):
        show()
        settle()
        found += [f"{show}: {line}" for line in faults(large)]
    assert found == []


def test_backup_with_a_copy_has_its_state_and_its_button_in_sight(large):
    """What is pressed first stands in the window; the state of a copy is not cut off at its right."""
    backups_of(large.ward, large.session).back_up("by hand")
    large.frame.show_backup()
    page = large.stack.currentWidget()
    page.clock.wait()
    settle()
    page.clock.wait()
    page.refresh()
    settle()
    assert page.table.model().rowCount() == 1
    assert faults(large) == []
    bottom = page.now_button.mapTo(large, page.now_button.rect().bottomLeft()).y()
    assert bottom < large.height() - large.status.height()


def test_the_top_bar_is_fitted_once_its_words_are_styled(qtbot, session):
    """Measured before, the date had no room; it has, and stands there on every page alike."""
    look = Look("light", 150)
    bar = TopBar(look, session, demonstration=True)
    qtbot.addWidget(bar)
    bar.resize(WIDE, look.measure("top_bar"))
    bar.show_time(datetime(2026, 11, 20, 10, 42, tzinfo=UTC))
    bar.show()
    settle()
    bar.hide()
    bar.day.hide()  # as it was found on the way to the first picture
    bar.show()
    settle()
    assert bar.day.isVisible()


def test_the_headings_of_the_dlt_ledger_are_whole(large, infant_of):
    large.open_infant(infant_of("5"))
    large.show_page(DLT_PAGE)
    settle()
    assert headings_in(large.pages.page) == []


def test_the_cohort_opens_at_its_top(large):
    """Its table has the keyboard, and stands far below: the answer above it is what is read first."""
    large.show_cohort()
    settle()
    assert large.stack.currentWidget().isAncestorOf(QApplication.focusWidget())
    assert large.frame.room.verticalScrollBar().maximum() > 0
    assert large.frame.room.verticalScrollBar().value() == 0


def faults(widget) -> list[str]:
    """What is cut, and what is out of sight sideways."""
    return [*cut_in(widget), *sideways_in(widget)]


def test_what_is_out_of_sight_is_found(large, infant_of):
    """The measure itself: a page that is wider than its room, and a table with a narrow column."""
    large.open_infant(infant_of("2"))
    large.show_page(3)
    settle()
    table = large.pages.page.table
    assert sideways_in(large) == []
    table.setColumnWidth(3, 20)
    assert any("is cut in column 4" in line for line in sideways_in(large))
    large.pages.page.setMinimumWidth(2000)
    settle()
    assert any("further to the right" in line for line in sideways_in(large))
    large.pages.page.setMinimumWidth(0)


def test_nothing_is_cut_in_any_dialog_in_large_text(large):
    """As each opens: at its own size, within the smallest screen; what is longer scrolls."""
    found: list[str] = []
    for name in (*sorted(set(dialog_classes()) - OF_NO_INFANT), *PLAIN):
        dialog, _ = InfantDialogs(large).make(name)
        with shown(dialog):
            if not dialog.testAttribute(Qt.WidgetAttribute.WA_Resized):
                dialog.adjustSize()
            settle()
            found += [f"{name}: {line}" for line in faults(dialog)]
            if dialog.width() > WIDE or dialog.height() > TALL:
                found.append(f"{name} is {dialog.width()} by {dialog.height()}")
    assert found == []


def test_every_measure_grows_with_the_text(qapp):
    usual, large = Look(), Look("dark", 150)
    assert large.font("body").pixelSize() == 20 and usual.font("body").pixelSize() == 13
    assert large.measure("list_row") == 72 and large.px(40) == 60
    assert large.drawn.percent == 100 and large.drawn.theme == "dark"
    assert usual.drawn is usual and large.drawn is large.drawn
    assert "min-height: 45px" in large.style_sheet()
    assert "border: 1px" in large.style_sheet()  # a hairline stays one
    assert large.fitting(1220, 600) == (1346, 724) and large.fitting(400, 200) == (600, 300)


def test_forms_grow_with_the_text_where_every_screen_has_the_room(qapp, monkeypatch):
    """On a large screen a form in large text does not keep the size of the smallest one."""
    monkeypatch.setattr(QScreen, "availableSize", lambda _: QSize(3840, 2130))
    assert Look("light", 125).fitting(1280, 720) == (1600, 900)
    assert Look("light", 150).fitting(1300, 760) == (1950, 1140)
    monkeypatch.setattr(QScreen, "availableSize", lambda _: QSize(1920, 1050))
    assert Look("light", 150).fitting(1300, 760) == (1900, 1006)


def test_the_keys_change_the_size_and_the_workstation_keeps_it(window, look, own_station):
    """Ctrl+plus, Ctrl+minus, Ctrl+Shift+0; a restart begins with what was chosen last."""
    high = QFontMetrics(window.board_page.table.font()).height()
    for wanted in TEXT_SIZES[1:]:
        press(window, Qt.Key.Key_Plus)
        assert window.look.percent == wanted
    press(window, Qt.Key.Key_Plus)  # the largest already: it says so, and nothing changes
    assert window.look.percent == 150
    assert QFontMetrics(window.board_page.table.font()).height() > high * 1.3
    press(window, Qt.Key.Key_Minus)
    assert window.look.percent == 125
    _, begun = make_application(["bedside"], "light", None)
    assert begun.percent == 125
    press(window, Qt.Key.Key_0, Qt.KeyboardModifier.ShiftModifier)
    assert window.look.percent == 100 and window.look.theme == look.theme
    _, begun = make_application(["bedside"], "light", None)
    assert begun.percent == 100


def test_what_is_kept_wrongly_is_not_believed(qapp, own_station):
    for wrong in ("1000", "125.5", "", "a", "-110"):
        station().setValue("text_percent", wrong)
        _, look = make_application(["bedside"], "light", None)
        assert look.percent == 100


def test_the_infant_in_sight_and_the_theme_stay(large, infant_of):
    large.open_infant(infant_of("5"))
    large.show_page(2)
    press(large, Qt.Key.Key_Minus)
    assert large.look.percent == 125
    assert large.frame.infant_id == infant_of("5") and large.pages.index == 2


def test_a_field_out_of_sight_is_brought_into_sight(large, infant_of):
    """Tab in a page that scrolls: the field that has the focus is seen."""
    large.open_infant(infant_of("5"))
    large.show_page(2)
    settle()
    rooms = large.findChildren(PageRoom)
    room = next(one for one in rooms if one.widget() is large.pages.stack)
    assert room.verticalScrollBar().maximum() > 0
    for _ in range(12):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        settle()
        there = QApplication.focusWidget()
        if room.isAncestorOf(there) and not _scrolls_itself(there, room):
            seen = there.visibleRegion().boundingRect()
            assert seen.height() >= there.height() - 2, there


def test_a_letter_that_goes_to_a_field_below_brings_it_into_sight(large, infant_of):
    """As Alt and a letter does: to the haemoglobin, far below at 150 %: what is typed next is seen."""
    large.open_infant(infant_of("5"))
    large.show_page(2)
    large.activateWindow()
    settle()
    form = large.pages.page.form
    for key in ("haemoglobin", "wbc"):
        form.lines[key].field.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        settle()
        there = QApplication.focusWidget()
        assert there is form.lines[key].field.edit
        assert there.visibleRegion().boundingRect().height() >= there.height() - 2, key


def test_a_dialog_over_a_page_that_scrolls_scrolls_its_own_form(large, infant_of):
    """New toxicity and Judge at 150 %: buttons and refusals stay on a screen of 768."""
    large.open_infant(infant_of("5"))
    large.show_page(3)
    page = large.pages.page
    view = toxicities_page(large.ward, page.infant_id)
    logged = next(row.log for row in view.rows if row.log is not None)
    made = (
        ToxicityDialog(large.ward, page.infant_id, view, large.look, large.session, page),
        ToxicityJudgeDialog(large.ward, logged, large.look, large.session, page),
    )
    for dialog in made:
        with shown(dialog):
            settle()
            assert dialog.height() <= TALL, (dialog, dialog.height())
            assert dialog._form_area.verticalScrollBar().maximum() > 0
            dialog.refusals.show_reasons(("Say why it is serious.",))
            settle()
            for part in (dialog.refusals, dialog.act_button):
                seen = part.visibleRegion().boundingRect().height()
                assert seen == part.height() and part.isVisible()
            assert dialog.height() <= TALL


def test_a_figure_is_never_cut_in_the_table_of_counts(large, infant_of):
    """As table at 150 %: words give way first; a figure's thin space is no place to break it."""
    large.open_infant(infant_of("5"))
    large.show_page(2)
    page = large.pages.page
    page.show_table(True)
    settle()
    table, model = page.table, page.model
    for row in range(model.rowCount()):
        for column in range(Column.ANC, Column.HAEMOGLOBIN + 1):
            text = str(model.index(row, column).data())
            if text[:1].isdigit():
                wide = table.fontMetrics().horizontalAdvance(text) + 10
                assert wide <= table.columnWidth(column), (text, column)


def _scrolls_itself(there: QWidget, room: QWidget) -> bool:
    """Whether a part of the page scrolls it, which is that part's own matter."""
    step = there.parentWidget()
    while step is not None and step is not room:
        if isinstance(step, QScrollArea):
            return True
        step = step.parentWidget()
    return isinstance(there, QDialog)


def press(window, key: Qt.Key, more=Qt.KeyboardModifier.NoModifier) -> None:
    """Press Ctrl and a key where the focus is."""
    QTest.keyClick(
        QApplication.focusWidget() or window, key, Qt.KeyboardModifier.ControlModifier | more
    )
    settle()


def test_the_sizes_have_a_door_that_can_be_seen(qtbot, window, own_station):
    """Beside the theme: Ctrl+T or a click shows the sizes, arrow and Return choose one."""
    door = window.navigation.text
    assert door.isVisible() and door.shortcut().toString() == "Ctrl+T"
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    shown = [(one.text(), one.isChecked()) for one in menu.actions()]
    sizes = [("100 %", True), ("110 %", False), ("125 %", False), ("150 %", False)]
    assert shown == [*sizes, ("", False), ("English", True), ("Deutsch", False)]
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.look.percent == 110)
    assert QApplication.activePopupWidget() is None
    _, begun = make_application(["bedside"], "light", None)
    assert begun.percent == 110


def sideways(room) -> int:
    """How far a page in large text must be scrolled to the right."""
    return room.horizontalScrollBar().maximum()


def test_what_is_given_and_measured_is_never_out_of_sight_sideways(large, infant_of):
    """Doses, Orders and Fever at 150 % in the smallest window: parts below one another instead."""
    from bedside.desktop.beside import Beside

    for bed, number, part in (("3", 6, 0), ("2", 6, 0), ("2", 6, 1), ("5", 5, None)):
        large.open_infant(infant_of(bed))
        large.show_page(number)
        page = large.pages.page
        if part is not None:
            page.show_part(part)
        settle()
        rooms = (large.frame.room, *large.pages.findChildren(PageRoom))
        assert [sideways(room) for room in rooms] == [0] * len(rooms), (bed, number, part)
        shown = [one for one in page.findChildren(Beside) if one.isVisible()]
        assert all(one.stacked for one in shown)
        if part == 1:
            table = page.orders.table
            assert sum(map(table.columnWidth, range(8))) <= table.viewport().width()


def test_a_long_table_has_room_for_two_lines_in_large_text(qtbot, look):
    """The ward's record has too many rows to measure, and cut the time of every act."""
    large = Look("light", 150)
    table = PlainTable("Acts", large)
    qtbot.addWidget(table)
    model = QStandardItemModel(301, 3)
    for row in range(301):
        model.setItem(row, 0, QStandardItem("22-Nov-2026 20:52"))
        model.setItem(row, 1, QStandardItem("E. Sørensen, RN"))
    table.setModel(model)
    table.set_widths((150, 150))
    table.resize(420, 400)
    table.show()
    assert table.wordWrap()
    assert table.rowHeight(0) >= 2 * table.fontMetrics().lineSpacing()
