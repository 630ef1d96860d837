"""Typed text and the window: never lost unasked, never another infant's; what is said of a save."""

import random
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from bedside.desktop.leave_dialog import LeaveDialog
from bedside.desktop.look import Look
from bedside.desktop.page import Page
from bedside.desktop.page_door import PageDoor
from bedside.desktop.save import RefusalNote, report_fault
from bedside.desktop.session import Session
from bedside.desktop.site_page import SitePage
from bedside.desktop.window import BedsideWindow
from bedside.ward.ward import Ward


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


def active(qtbot, window: BedsideWindow) -> None:
    """Give the keyboard back to the window after a dialog, as a window manager does."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def give_up_drafts(window: BedsideWindow) -> None:
    """Empty every field, so that the window may be closed without a question."""
    for page in [*window.pages._live.values(), *window.pages._drafts.values()]:
        page.edit.clear()
    window.pages._drafts.clear()


def test_a_dirty_page_asks_and_stays_by_default(notes: BedsideWindow, infant_of, answer):
    """H25: Return and Esc go back to what was typed; the safe button is the default."""
    notes.open_infant(infant_of("4"))
    page = notes.pages.page
    page.edit.setText("draft")

    def look_and_stay(dialog: LeaveDialog) -> None:
        assert dialog.back_button.isDefault()
        assert dialog.focusWidget() is dialog.back_button
        assert not dialog.leave_button.autoDefault()
        assert "keep the draft" in dialog.leave_button.text()
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    asked = answer(look_and_stay)
    assert notes.show_page(1) is False
    assert asked.asked == 1
    assert notes.pages.index == 0 and notes.pages.tabs.currentIndex() == 0
    asked = answer(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    assert notes.show_board() is False
    assert asked.asked == 1
    assert page.edit.text() == "draft"


def test_a_click_on_a_tab_asks_too(notes: BedsideWindow, infant_of, answer):
    notes.open_infant(infant_of("4"))
    notes.pages.page.edit.setText("draft")
    asked = answer(lambda dialog: dialog.reject())
    notes.pages.tabs.setCurrentIndex(1)
    assert asked.asked == 1
    assert notes.pages.tabs.currentIndex() == notes.pages.index == 0


def test_typed_text_never_follows_another_infant(notes: BedsideWindow, infant_of, answer):
    """H25: the draft stays with the infant it was typed for, and is there again with her."""
    first, second = infant_of("4"), infant_of("2")
    notes.open_infant(first)
    typed_on = notes.pages.page
    typed_on.edit.setText("for bed 4 only")
    asked = answer(lambda dialog: dialog.leave_button.click())
    assert notes.open_infant(second) is True
    assert asked.asked == 1
    assert notes.pages.page is not typed_on
    assert notes.pages.page.edit.text() == ""
    assert typed_on.shown.count(second) == 0
    assert "WIŚNIEWSKA Łucja (bed 4), Notes" in notes.status.drafts.text()
    notes.open_infant(first)
    assert notes.pages.page is typed_on
    assert notes.pages.page.edit.text() == "for bed 4 only"


def test_whatever_way_is_gone_no_page_ever_holds_another_infants_words(
    notes: BedsideWindow, infant_of, monkeypatch
):
    """H25, a walk by chance over infants, pages and the list: typing, and staying or leaving as asked."""
    chance, asked = random.Random(20261120), {True: 0, False: 0}

    def stay_or_leave(dialog: LeaveDialog) -> None:
        leave = sum(asked.values()) % 2 == 0
        asked[leave] += 1
        (dialog.leave_button if leave else dialog.back_button).click()

    monkeypatch.setattr(
        LeaveDialog,
        "showEvent",
        lambda dialog, _: QTimer.singleShot(0, dialog, lambda: stay_or_leave(dialog)),
    )
    ids = [infant_of(bed) for bed in ("2", "4", "5")]
    for step in range(60):
        walk(notes, chance, ids, step)
        pages, drafts = notes.pages._live.values(), notes.pages._drafts.items()
        held = [(notes.pages.infant_id, page) for page in pages]
        for infant, page in [*held, *((infant, page) for (infant, _), page in drafts)]:
            if page.edit.text():
                assert page.infant_id == infant
                assert page.edit.text().startswith(f"infant {infant},")
        if notes.frame.on_patient:
            assert notes.pages.page.infant_id == notes.pages.infant_id
    assert min(asked.values()) > 3, "both ways were gone"


def walk(window: BedsideWindow, chance: random.Random, ids: list[int], step: int) -> None:
    """One step: another infant, another page, the list, or something typed for whoever is in sight."""
    act = chance.choice(("open", "open", "page", "list", "type", "type", "empty"))
    if act == "open" or not window.frame.on_patient:
        window.open_infant(chance.choice(ids))
    elif act == "page":
        window.show_page(chance.randrange(2))
    elif act == "list":
        window.show_board()
    else:
        words = f"infant {window.pages.infant_id}, step {step}" if act == "type" else ""
        window.pages.page.edit.setText(words)


def test_a_draft_on_another_tab_stays_with_its_infant(notes: BedsideWindow, infant_of, answer):
    """H25: also a dirty page that is not in sight is set aside."""
    notes.open_infant(infant_of("4"))
    typed_on = notes.pages.page
    typed_on.edit.setText("draft")
    answer(lambda dialog: dialog.leave_button.click())
    notes.show_page(1)
    notes.open_infant(infant_of("2"))
    assert notes.pages.page is not typed_on and notes.pages.page.edit.text() == ""
    notes.open_infant(infant_of("4"))
    assert notes.pages.page is typed_on


def test_closing_the_window_with_a_draft_asks(notes: BedsideWindow, infant_of, answer):
    notes.open_infant(infant_of("4"))
    notes.pages.page.edit.setText("draft")
    asked = answer(lambda dialog: dialog.reject())
    assert notes.close() is False
    assert asked.asked == 1 and notes.isVisible()
    notes.pages.page.edit.clear()
    assert notes.close() is True


def test_drafts_outlive_a_change_of_theme_and_of_the_size_of_text(
    qtbot, notes: BedsideWindow, infant_of, answer, dark, own_station
):
    """Nobody is asked and nothing typed is lost: on the page in sight, on another, of another infant."""
    notes.open_infant(infant_of("5"))
    notes.pages.page.edit.setText("of the infant in bed 5")
    asked = answer(lambda dialog: dialog.leave_button.click())
    notes.show_board()
    assert asked.asked == 1
    active(qtbot, notes)
    notes.open_infant(infant_of("4"))
    typed = notes.pages.page
    typed.edit.setFocus()
    qtbot.keyClicks(typed.edit, "dra")
    QTest.keyClick(notes.windowHandle(), Qt.Key.Key_F10)
    qtbot.waitUntil(lambda: notes.look.theme == "dark")  # Qt presses a door a moment later
    assert notes.pages.page is typed
    qtbot.waitUntil(lambda: typed.isVisible() and typed.edit.hasFocus())
    for key in (Qt.Key.Key_F, Qt.Key.Key_T):  # who types goes on typing
        QTest.keyClick(notes.windowHandle(), key)
    plus = (Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(notes.windowHandle(), *plus)
    assert notes.look.percent == 110 and notes.pages.page is typed
    assert typed.edit.text() == "draft" and len(notes.own_drafts()) == 2
    typed.edit.clear()  # recorded, or taken back: then the page is of the new look
    assert notes.show_page(1) and notes.show_page(0)
    assert notes.pages.page is not typed and notes.pages.page.look is notes.look
    notes.open_infant(infant_of("5"))
    assert notes.pages.page.edit.text() == "of the infant in bed 5"


def test_what_was_typed_can_be_thrown_away(notes: BedsideWindow, infant_of, answer):
    """The draft is gone, of this infant and this page only, and nothing of it comes back."""
    notes.open_infant(infant_of("4"))
    thrown = notes.pages.page
    thrown.edit.setText("wrong baby")
    asked = answer(lambda dialog: QTest.keyClick(dialog.throw_button, Qt.Key.Key_Space))
    assert notes.show_board() is True and asked.asked == 1
    assert not notes.status.drafts.text()
    notes.open_infant(infant_of("4"))
    assert notes.pages.page is not thrown and notes.pages.page.edit.text() == ""


def test_two_of_one_family_name_are_told_apart(notes: BedsideWindow, infant_of, answer, session):
    """H25: HOLMBERG in bed 5 is not HOLMBERG in bed 6, in the status line and in the red bar."""
    for bed, given in (("5", "Nils"), ("6", "Nora")):
        answer(lambda dialog: dialog.leave_button.click())
        notes.open_infant(infant_of(bed))
        notes.pages.page.edit.setText("draft")
        assert f"HOLMBERG {given} (bed {bed}), Notes" in notes.status.drafts.text()
    report_fault(session, notes.pages.page, RuntimeError("x"))
    assert notes.not_saved.words.text().startswith("HOLMBERG Nora (bed 6): ")


def test_a_session_that_broke_off_with_a_draft_is_told_at_the_next_start(
    qtbot, notes: BedsideWindow, infant_of, ward: Ward, look, session
):
    """A kill takes the draft with it: the next start says so, without a word of what was typed."""
    note = ward.store.folder / "drafts.txt"
    notes.open_infant(infant_of("4"))
    assert not note.exists()
    notes.pages.page.edit.setText("LINDGREN 640")
    assert note.read_text() == "1 draft, 20-Nov-2026 10:42"
    assert note.stat().st_mode & 0o777 == 0o600
    after = BedsideWindow(ward, look, session, notes.doors)
    qtbot.addWidget(after, before_close_func=give_up_drafts)
    after.drafts.tell_of_last_session(after.frame)
    assert not after.not_saved.isHidden()
    assert "1 draft, 20-Nov-2026 10:42" in after.not_saved.words.text()
    notes.pages.page.edit.clear()
    assert not note.exists()


def test_a_clean_end_leaves_no_note(notes: BedsideWindow, infant_of, answer, ward: Ward):
    notes.open_infant(infant_of("4"))
    notes.pages.page.edit.setText("draft")
    answer(lambda dialog: dialog.leave_button.click())
    assert notes.close() is True
    assert not (ward.store.folder / "drafts.txt").exists()
    notes.drafts.tell_of_last_session(notes.frame)
    assert notes.not_saved.isHidden()


def test_a_note_that_cannot_be_written_stops_nobody(notes: BedsideWindow, infant_of, ward: Ward):
    (ward.store.folder / "drafts.txt").mkdir()
    notes.open_infant(infant_of("4"))
    notes.pages.page.edit.setText("draft")
    assert "Notes" in notes.status.drafts.text()
    notes.pages.page.edit.clear()
    notes.drafts.tell_of_last_session(notes.frame)
    assert notes.not_saved.isHidden()


def test_the_other_theme_shows_the_same_infant(qtbot, notes: BedsideWindow, infant_of, look, dark):
    notes.open_infant(infant_of("4"))
    notes.show_page(1)
    notes.navigation.theme.click()
    assert notes.look.theme == "dark"
    assert (notes.pages.infant_id, notes.pages.index) == (infant_of("4"), 1)
    qtbot.waitUntil(notes.band.isVisible)


def test_a_not_saved_message_outlives_a_change_of_theme(window: BedsideWindow, session, look, dark):
    """H35: the bar stays until somebody puts it away."""
    report_fault(session, None, RuntimeError("x"))
    said = window.not_saved.words.text()
    window.navigation.theme.click()
    assert not window.not_saved.isHidden() and window.not_saved.words.text() == said


def test_a_record_is_seen_in_the_status_line(window: BedsideWindow, infant_of, clock):
    from bedside.units.quantities import BodyWeight
    from bedside.ward.forms import NewSize
    from bedside.ward.weighing import record_size

    window.open_infant(infant_of("4"))
    clock.now += timedelta(minutes=5)
    size = NewSize(BodyWeight(5650), None, clock.now)
    record_size(window.ward, infant_of("4"), size, who="A, RN")
    window.pages.page.recorded.emit(infant_of("4"))
    assert window.status.saved.text() == "Last record saved 10:47"
    assert "5.65 kg" in window.band.accessibleName()


def test_a_failed_save_is_seen_on_the_window(window: BedsideWindow, session: Session):
    """H35: the bar stays on every page."""
    report_fault(session, None, RuntimeError("x"))
    assert window.not_saved.isVisible()
    window.show_board()
    assert window.not_saved.isVisible()


def test_who_records_stands_in_the_bar_and_f2_changes_it(
    qtbot, window: BedsideWindow, session, answer
):
    def other(dialog) -> None:
        dialog.name.setText("T. Marini")
        dialog.role.setText("pharmacist")
        dialog.act_button.click()

    asked = answer(other)
    QTest.keyClick(window, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: asked.asked == 1)
    qtbot.waitUntil(lambda: session.who == "T. Marini, pharmacist")
    assert window.topbar.who.text() == "T. Marini, pharmacist"
    active(qtbot, window)
    asked = answer(lambda dialog: dialog.reject())
    QTest.keyClick(window, Qt.Key.Key_F2)
    # the key works also after the name has changed
    qtbot.waitUntil(lambda: asked.asked == 1)


@pytest.mark.parametrize("key", [Qt.Key.Key_F1, Qt.Key.Key_Question])
def test_f1_or_a_question_mark_shows_the_keys(qtbot, window: BedsideWindow, answer, key: Qt.Key):
    asked = answer(lambda dialog: dialog.close_button.click())
    QTest.keyClick(window, key)
    qtbot.waitUntil(lambda: asked.asked == 1)


def test_the_navigation_works_by_its_keys(qtbot, window: BedsideWindow, infant_of):
    window.open_infant(infant_of("4"))
    QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), SitePage))
    QTest.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.board_page)


def test_what_was_refused_for_one_infant_is_not_said_beside_another(
    window: BedsideWindow, infant_of
):
    """H25: "the second check waits" stood under another infant's running vial."""
    window.open_infant(infant_of("4"))
    for number in range(len(window.doors)):
        window.show_page(number)
        for note in window.pages.page.findChildren(RefusalNote):
            note.show_reasons(("Nothing was struck out.",))
    window.open_infant(infant_of("2"))
    for number in range(len(window.doors)):
        window.show_page(number)
        notes = window.pages.page.findChildren(RefusalNote)
        assert not any(note.text() for note in notes), window.pages.page.accessibleName()
