"""The frame: its measures, its keys, its doors, and typed text that never follows another infant."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.look import Look
from bedside.desktop.page import Page
from bedside.desktop.page_door import PageDoor, every_door
from bedside.desktop.session import Session
from bedside.desktop.window import BedsideWindow
from bedside.ward.board import board
from bedside.ward.demonstration import MovableClock
from bedside.ward.views.marks import DltLine
from bedside.ward.ward import Ward
from tests.desktop import samples


class NotePage(Page):
    """A page with one field: typed text makes it dirty."""

    def __init__(self, ward: Ward, look: Look, session: Session) -> None:
        super().__init__(ward, look, session)
        self.edit = QLineEdit()
        self.shown: list[int] = []
        QVBoxLayout(self).addWidget(self.edit)
        self.edit.textChanged.connect(self._typed)

    def _typed(self, text: str) -> None:
        self.dirty_changed.emit(bool(text))

    def show_infant(self, infant_id: int) -> None:
        assert not self.is_dirty(), "a dirty page was shown another infant"
        super().show_infant(infant_id)

    def refresh(self) -> None:
        self.shown.append(self.infant_id or 0)

    def is_dirty(self) -> bool:
        return bool(self.edit.text())


class OtherPage(NotePage):
    """A second one."""


ALL = 9  # infants of the demonstration: eight moments, and a dose that waits for its check


@pytest.fixture
def notes(qtbot, ward: Ward, look: Look, session: Session) -> BedsideWindow:
    """The window with two pages that can be dirty."""
    doors = (PageDoor("Notes", lambda: NotePage), PageDoor("Other", lambda: OtherPage))
    made = BedsideWindow(ward, look, session, doors)
    qtbot.addWidget(made, before_close_func=give_up_drafts)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def give_up_drafts(window: BedsideWindow) -> None:
    """Empty every field, so that the window may be closed without a question."""
    for page in [*window.pages._live.values(), *window.pages._drafts.values()]:
        page.edit.clear()
    window.pages._drafts.clear()


def test_the_frame_has_its_measures(window: BedsideWindow, infant_of: Callable[[str], int]):
    look = window.look
    assert (window.width(), window.height()) == (1366, 768)
    assert window.topbar.height() == 44
    assert window.bands.height() == 64
    assert window.navigation.width() == 92
    assert window.status.height() == 26
    window.open_infant(infant_of("4"))
    assert window.bands.currentWidget() is window.band
    assert window.pages.tabs.parentWidget().height() == look.measure("tabs") == 40
    assert window.bands.mapTo(window, window.bands.rect().topLeft()).y() == 44


def test_nothing_is_wider_than_a_small_screen(window: BedsideWindow, infant_of):
    """1366 × 768 fits everything; so does the least size of the window."""
    assert window.minimumSizeHint().width() <= 1280
    for bed in ("1", "2", "4", "5", "6", "7", "8", "9"):
        window.open_infant(infant_of(bed))
        assert window.minimumSizeHint().width() <= 1366
        assert window.minimumSizeHint().height() <= 768


def test_enter_opens_and_esc_returns_to_the_same_row(window: BedsideWindow):
    table = window.board_page.table
    assert table.hasFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Down)
    row = window.board_page.model.row(2)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert window.pages.infant_id == row.infant_id
    assert window.band.hasFocus()
    QTest.keyClick(window.band, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.board_page
    assert table.hasFocus()
    assert table.currentIndex().row() == 2


class Shown(QObject):
    """Notes every top-level widget that comes up, however briefly."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.names.append(type(watched).__name__)
        return False


def test_no_part_comes_up_as_a_window_of_its_own(
    qtbot, qapp, ward: Ward, look: Look, session: Session, infant_of
):
    """A part shown before it has its place would flash up and take the keyboard away."""
    shown = Shown()
    qapp.installEventFilter(shown)
    try:
        made = BedsideWindow(ward, look, session, every_door())
        qtbot.addWidget(made)
        made.show()
        for bed in ("1", "2", "4", "8"):
            made.open_infant(infant_of(bed))
            if bed != "8":  # there the door is open
                made.pages.page.open_button.click()
            made.show_board()
    finally:
        qapp.removeEventFilter(shown)
    assert shown.names == ["BedsideWindow"]


def test_the_keys_of_the_pages(window: BedsideWindow, infant_of):
    window.open_infant(infant_of("4"))
    for number in (2, 1):
        QTest.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        assert window.pages.index == number - 1
        assert window.pages.tabs.currentIndex() == number - 1


def test_tab_goes_from_the_banner_over_the_tabs_to_the_page_and_on_to_the_navigation(
    window: BedsideWindow, infant_of
):
    window.open_infant(infant_of("4"))
    seen = []
    for _ in range(30):
        widget = window.focusWidget()
        part = next(
            name
            for name, holder in (
                ("banner", window.band),
                ("tabs", window.pages.tabs),
                ("paper", window.pages.paper_button),
                ("page", window.pages.stack),
                ("navigation", window.navigation),
                ("top bar", window.topbar),
            )
            if widget is holder or holder.isAncestorOf(widget)
        )
        if not seen or seen[-1] != part:
            seen.append(part)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        if len(seen) > 1 and seen[-1] == "banner":
            break
    assert seen == ["banner", "tabs", "paper", "page", "navigation", "top bar", "banner"]


def test_the_search_shows_whom_it_finds_and_esc_gives_the_list_back(qtbot, window: BedsideWindow):
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    search = window.topbar.search
    assert search.hasFocus()
    QTest.keyClicks(search, "holm")
    assert window.board_page.model.counted == (2, ALL)
    assert window.summary.title.text() == f"2 of {ALL} infants found"
    assert search.hasFocus() and search.text() == "holm"
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert window.board_page.table.hasFocus()
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert window.board_page.model.counted == (ALL, ALL)


def test_one_return_opens_the_only_infant_who_is_found(window: BedsideWindow, infant_of):
    """Between two of one name the person still chooses on the list."""
    search = window.topbar.search
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(search, Qt.Key.Key_Return)  # nothing typed: nobody is opened
    assert window.frame.on_list and window.board_page.table.hasFocus()
    QTest.keyClicks(search, "lindg")
    QTest.keyClick(search, Qt.Key.Key_Return)
    assert window.frame.on_patient and window.pages.infant_id == infant_of("2")
    assert search.text() == ""


def test_searching_from_a_patients_page_goes_to_the_list(window: BedsideWindow, infant_of):
    window.open_infant(infant_of("4"))
    QTest.keyClicks(window.topbar.search, "tr")
    assert window.stack.currentWidget() is window.board_page
    assert window.board_page.model.counted[0] < ALL


def test_a_list_found_by_searching_is_whole_again_on_coming_back(window: BedsideWindow, infant_of):
    """No infant stays hidden by a search that nobody sees any more."""
    QTest.keyClicks(window.topbar.search, "holm")
    QTest.keyClick(window.topbar.search, Qt.Key.Key_Down)
    QTest.keyClick(window.board_page.table, Qt.Key.Key_Return)
    opened = window.pages.infant_id
    assert opened in (infant_of("5"), infant_of("6"))
    window.show_board()
    assert window.topbar.search.text() == ""
    assert window.board_page.model.counted == (ALL, ALL)
    at = window.board_page.table.currentIndex().row()
    assert window.board_page.model.row(at).infant_id == opened


def test_f5_orders_anew_and_nothing_else_does(window: BedsideWindow, clock: MovableClock):
    model = window.board_page.model
    ordered = [model.row(at).infant_id for at in range(ALL)]
    now = board(window.ward)
    turned = replace(now, rows=tuple(reversed(now.rows)))
    model.fill(turned, clock.now, keep_order=False)
    clock.now += timedelta(hours=3)
    window.refresh_board(keep_order=True)
    assert [model.row(at).infant_id for at in range(ALL)] == ordered[::-1]
    window.ticking.tick()
    assert [model.row(at).infant_id for at in range(ALL)] == ordered[::-1]
    QTest.keyClick(window, Qt.Key.Key_F5)
    assert [model.row(at).infant_id for at in range(ALL)] == ordered
    assert "Order set 13:42" in window.summary.order.text()


def test_the_board_follows_the_clock(window: BedsideWindow, clock: MovableClock):
    assert window.ticking.isActive() and window.ticking.interval() == 1000  # a vial clock runs
    assert window.topbar.clock.text() == "10:42"
    clock.now += timedelta(minutes=1)
    window.ticking.tick()
    assert window.topbar.clock.text() == "10:43"
    clock.now += timedelta(seconds=1)
    window.ticking.tick()
    assert window.board_page.model.now == clock.now


def test_without_a_running_clock_it_ticks_at_the_full_minute(
    qtbot, empty_ward: Ward, look: Look, session: Session, clock: MovableClock
):
    clock.now = clock.now.replace(second=50)
    window = BedsideWindow(empty_ward, look, session, ())
    qtbot.addWidget(window)
    assert window.ticking.interval() == 10_000
    clock.now += timedelta(seconds=10)
    window.ticking.tick()
    assert window.ticking.interval() == 60_000


def test_an_empty_ward_shows_what_to_do_first(qtbot, empty_ward, look: Look, session: Session):
    window = BedsideWindow(empty_ward, look, session, ())
    qtbot.addWidget(window)
    window.show()
    assert window.board_page.empty.isVisible()
    assert window.topbar.ward_name.text() == "Ward not named yet"
    assert window.status.saved.text() == "Nothing recorded yet"
    assert not window.findChildren(QLabel, "demonstration")
    texts = [label.text() for label in window.topbar.findChildren(QLabel)]
    assert "DEMONSTRATION" not in texts


def test_a_demonstration_says_so_on_every_page(window: BedsideWindow, infant_of):
    def marked() -> bool:
        return any(
            label.text() == "DEMONSTRATION" and label.isVisible()
            for label in window.topbar.findChildren(QLabel)
        )

    assert marked()
    window.open_infant(infant_of("2"))
    assert marked()


def test_the_banner_says_all_of_the_infant_in_one_breath(window: BedsideWindow, infant_of):
    """H25: who this is, read out first on every page."""
    window.open_infant(infant_of("4"))
    said = window.band.accessibleName()
    for part in (
        "WIŚNIEWSKA, Łucja",
        "born 12-Aug-2026",
        "age 14w 2d",
        "female",
        "hospital number DEM 004 127",
        "weight 5.6 kg on 20-Nov-2026",
        "body surface",
        "AALL15P1",
        "KMT2A rearranged",
        "allergies: No known allergies",
        "DLT period not started",
    ):
        assert part in said
    window.show_board()
    assert not window.band.isVisible()


@pytest.mark.parametrize(
    ("family", "given", "allergies"),
    [
        ("SCHWARZENBERGER-OYELARAN", "Maximiliane Philippa", "No known allergies"),
        ("LE", "Vy", "penicillin: anaphylaxis 12-Aug-2026; teicoplanin: rash; latex: wheeze"),
    ],
)
def test_a_long_banner_is_not_cut(
    window: BedsideWindow, infant_of, family: str, given: str, allergies: str
):
    window.open_infant(infant_of("4"))
    dlt = DltLine("open", "open, day 125", ("since 20-Jul-2026", "until counts allow EPI #4"))
    window.band.show_banner(
        replace(samples.BANNER, family=family, given=given, allergies=allergies, dlt=dlt)
    )
    window.band.layout().activate()
    assert window.band.layout().sizeHint().width() <= 1366
    assert cut_labels(window.band) == []


def active(qtbot, window: BedsideWindow) -> None:
    """Give the keyboard back to the window after a dialog, as a window manager does."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def cut_labels(root: QWidget) -> list[str]:
    """The labels and buttons whose words do not fit into them."""
    cut = []
    for widget in root.findChildren(QWidget):
        if (
            not widget.isVisible()
            or not isinstance(widget, QLabel | QPushButton)
            or not widget.text()
        ):
            continue
        needed = widget.sizeHint()
        if isinstance(widget, QLabel) and widget.wordWrap():
            high = widget.heightForWidth(widget.width())
            if high > widget.height() + 1:
                cut.append(f"{widget.text()!r} needs {high} high, has {widget.height()}")
        elif needed.width() > widget.width() + 1 or needed.height() > widget.height() + 2:
            cut.append(f"{widget.text()!r} needs {needed.toTuple()}, has {widget.size().toTuple()}")
    return cut


@pytest.mark.parametrize("bed", ["1", "2", "4", "5", "6", "7", "8", "9"])
def test_no_text_is_cut_at_1366_by_768(qtbot, window: BedsideWindow, infant_of, bed: str):
    window.open_infant(infant_of(bed))
    qtbot.wait(1)
    assert cut_labels(window.centralWidget()) == []
    page = window.pages.page
    assert page.area.horizontalScrollBar().maximum() == 0
    assert page.area.verticalScrollBar().maximum() == 0


def test_no_text_is_cut_on_the_board(qtbot, window: BedsideWindow):
    qtbot.wait(1)
    assert cut_labels(window.centralWidget()) == []


def test_alt_d_on_the_timeline_opens_the_delay_of_the_dose_in_focus(
    qtbot, window: BedsideWindow, infant_of, monkeypatch: pytest.MonkeyPatch
):
    """The key is the page's own: nothing of the frame answers to it."""
    from bedside.desktop.delay_dialog import DelayDialog

    opened = []

    def look_and_leave(dialog: DelayDialog) -> int:
        opened.append((dialog.course.value(), dialog.drug.currentText()))
        return DelayDialog.DialogCode.Rejected

    monkeypatch.setattr(DelayDialog, "exec", look_and_leave)
    window.open_infant(infant_of("4"))
    window.show_page(1)
    qtbot.waitActive(window)
    page = window.pages.page
    page.canvas.setFocus()
    qtbot.keyClick(page.canvas, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    dose = page.canvas.focused_dose
    qtbot.waitUntil(lambda: opened == [(dose.course_key, dose.drug)])
