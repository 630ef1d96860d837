"""Nothing that is said is cut: every page of every infant at 1366 by 768 and 1280 by 720, every dialog."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLabel, QTableView, QWidget

from bedside.desktop.band import BannerBand
from bedside.desktop.navigation import Door, Navigation
from bedside.desktop.tall_area import TallArea
from bedside.desktop.where_sections import due_section
from bedside.ward.board import board
from bedside.ward.infants import banner
from tests.desktop.cut_text import cut_in
from tests.desktop.infant_dialogs import OF_NO_INFANT, InfantDialogs, dialog_classes, shown
from tests.desktop.samples import due, where

PAGES, DOSES = 8, 6
# made from nothing but the window; what else there is needs a state of its own to be shown in
PLAIN = ("AskedDialog", "BackupSettingsDialog", "CtcaeDialog", "EnrolDialog", "KeysDialog")
TALL, WIDE = 768 - 24, 1366  # below the window's own title


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def test_what_is_cut_is_found(qtbot, look):
    """The measure itself: too narrow, too low, and as it should be."""
    holder = QWidget()
    qtbot.addWidget(holder)
    label = QLabel("no risk groups", holder)
    label.resize(label.sizeHint())
    holder.show()
    assert cut_in(holder) == []
    label.resize(label.width() - 12, label.height())
    (found,) = cut_in(holder)
    assert "no risk groups" in found and "wide" in found
    label.setWordWrap(True)
    (found,) = cut_in(holder)
    assert "high" in found
    label.setText("<b>no</b> risk groups")
    label.setTextFormat(label.textFormat().RichText)
    assert len(cut_in(holder)) == 1


@pytest.mark.parametrize(("wide", "high"), [(WIDE, 768), (1280, 720)])
def test_nothing_is_cut_on_any_page(window, wide: int, high: int):
    window.resize(wide, high)
    window.status.show_drafts(["LINDGREN, Saga: Counts", "HOLMBERG, Nils: Fever"])
    settle()
    found = [f"ward list: {line}" for line in cut_in(window)]
    for row in board(window.ward).rows:
        window.open_infant(row.infant_id)
        for number in range(PAGES):
            window.show_page(number)
            settle()
            found += [f"bed {row.bed}, page {number + 1}: {line}" for line in cut_in(window)]
            if number == DOSES:
                found += [f"bed {row.bed}, {line}" for line in every_part(window)]
    for show in (window.show_commissioning, window.show_cohort, window.show_protocols):
        show()
        settle()
        found += [f"{show.__name__}: {line}" for line in cut_in(window)]
    assert found == []


def every_part(window) -> list[str]:
    """What is cut in the parts of the page Doses and papers; no table of them scrolls sideways."""
    page, found = window.pages.page, []
    for part in range(page.stack.count()):
        page.show_part(part)
        settle()
        found += [f"doses, part {part}: {line}" for line in cut_in(window)]
        for table in page.stack.currentWidget().findChildren(QTableView):
            if table.isVisible() and table.horizontalScrollBar().maximum():
                found.append(f"doses, part {part}: {table.accessibleName()} scrolls sideways")
    page.show_part(0)
    return found


def test_the_rail_keeps_every_door_whole_under_a_red_bar(qtbot, look):
    """In a low window the doors give way together: first their icons, then their keys."""
    holder = QWidget()
    qtbot.addWidget(holder)
    rail = Navigation(look)
    rail.setParent(holder)
    holder.show()
    doors = rail.findChildren(Door)
    for high, low in ((768, 56), (640, 56), (560, 40), (420, 26)):
        rail.resize(rail.width(), high)
        settle()
        assert all(door.height() >= low for door in doors)
        assert sum(door.height() for door in doors) + 16 <= max(high, 10 * 26 + 16)
        for door in doors:
            metrics = door.fontMetrics()
            icon = door.iconSize().height() if door.height() >= 56 else 0
            key = 17 if door.height() >= 40 else 0
            assert metrics.height() + icon + key <= door.height(), (high, door.text())
            assert metrics.horizontalAdvance(door.text()) <= door.width()


def test_a_void_order_is_seen_among_the_others(window, infant_of):
    """The table keeps the room that the notes below it do not need."""
    window.resize(1280, 720)
    window.open_infant(infant_of("2"))
    window.show_page(DOSES)
    page = window.pages.page
    page.show_part(1)
    settle()
    table = page.orders.table
    rows = table.model().rowCount()
    needed = sum(table.rowHeight(row) for row in range(rows))
    assert rows == 3 and page.orders.texts()
    assert table.viewport().height() >= needed
    assert page.orders.findChild(TallArea).height() < 60


def test_long_words_of_what_is_due_stand_below_it(qtbot, look):
    """A drug that is blocked is named, and why, however long that is."""
    why = "blocked: on its day 1, CD19, marrow, age and KMT2A are asked, and two are unknown"
    item = due(9, 0, "intravenous", "blinatumomab", "hold", note=why)
    section = due_section(where(due=(item,)), look)
    qtbot.addWidget(section)
    section.resize(340, section.heightForWidth(340))
    section.show()
    settle()
    assert cut_in(section) == []
    (note,) = (one for one in section.findChildren(QLabel) if why[:20] in one.text())
    assert note.wordWrap() and note.height() > 2 * note.fontMetrics().height()


class Flashes(QObject):
    """Notes every part that comes up as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note it."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_no_part_of_a_page_flashes_up_as_a_window(window, infant_of):
    """A part shown before it has its place takes the keyboard: every key of the window was dead."""
    flashes = Flashes()
    QApplication.instance().installEventFilter(flashes)
    try:
        for bed in ("2", "5"):
            window.open_infant(infant_of(bed))
            for number in range(PAGES):
                window.show_page(number)
                settle()
        window.show_commissioning()
        window.show_cohort()
    finally:
        QApplication.instance().removeEventFilter(flashes)
    assert flashes.seen == []
    assert QApplication.activeWindow() is window


@pytest.mark.parametrize("name", [*sorted(set(dialog_classes()) - OF_NO_INFANT), *PLAIN])
def test_nothing_is_cut_in_any_dialog(dialogs_window, look, name: str):
    dialog, _ = InfantDialogs(dialogs_window).make(name)
    with shown(dialog):
        dialog.adjustSize()
        settle()
        assert cut_in(dialog) == []
        assert dialog.width() <= WIDE and dialog.height() <= TALL, dialog.size()


def test_a_long_name_with_an_open_dlt_period_is_not_cut(window, infant_of):
    """Beside WIŚNIEWSKA stood "no risk grou" and "no DLT recorde"."""
    window.resize(WIDE, 768)
    window.open_infant(infant_of("4"))
    (band,) = window.findChildren(BannerBand)
    named, opened, fevered = (banner(window.ward, infant_of(bed)) for bed in ("4", "3", "5"))
    for shows in (
        replace(named, dlt=opened.dlt),
        replace(named, dlt=fevered.dlt, fever=fevered.fever),
        replace(named, dlt=opened.dlt, family="VON HOHENZOLLERN-SIGMARINGEN", given="Maximiliane"),
        opened,
    ):
        band.show_banner(shows)
        settle()
        assert cut_in(band) == []
        said = [label.text() for label in band.findChildren(QLabel) if label.isVisible()]
        assert any("no DLT recorded" in text or "decisions due" in text for text in said)
    assert any("no risk groups" in text for text in said), "said where there is room"


def test_no_word_of_the_banner_is_dropped_that_has_room(window, infant_of):
    """After Ctrl++ and Ctrl+Shift+0 "no risk groups" and "since" were gone with 380 pixels free."""
    window.resize(1366, 768)
    band, opened = window.band, infant_of("3")
    window.show_board()
    settle()
    band.show_banner(banner(window.ward, opened))  # filled while hidden, as after a new theme
    window.open_infant(opened)
    settle()
    said = " ".join(label.text() for label in band.findChildren(QLabel) if label.isVisible())
    assert "no risk groups" in said and "since 19-Nov-2026" in said
    fever = banner(window.ward, infant_of("5"))
    window.open_infant(infant_of("5"))
    settle()
    said = " ".join(label.text() for label in band.findChildren(QLabel) if label.isVisible())
    assert cut_in(band) == [] and fever.fever is not None
    assert fever.dlt.details[0] in said, "beside a fever the words that have room stay as well"
