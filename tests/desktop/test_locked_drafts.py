"""Another person at a locked screen: drafts and open forms wait for who typed them (H33)."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from bedside.desktop.enrol_dialog import EnrolDialog
from bedside.desktop.keys_dialog import KeysDialog
from bedside.desktop.verify_paper_dialog import VerifyPaperDialog
from bedside.desktop.weight_dialog import WeightDialog
from bedside.ward.infants import banner
from bedside.ward.unrecorded import left_by_last_session
from tests.desktop.locked_window import (
    PIN,
    idle_for,
    press,
    said_by_windows,
    shows_nothing,
    sign_in,
    typed,
    typed_field,
)
from tests.ward.peopled import BERG, OKONJO, SECRETS, enter


@pytest.fixture
def window(locked):
    """The same window with E. Berg signed in."""
    sign_in(locked, BERG)
    return locked


# ---- another person


def test_another_person_gets_a_fresh_page_and_is_told_of_the_draft(window, infant_of):
    window.open_infant(infant_of("4"))
    window.show_page(2)
    page = window.pages.page
    QTest.keyClicks(typed_field(page), "640")
    window.topbar.who.click()
    assert window.locking.page.choosing, "F2 is one step to another person"
    assert "Erika Berg" in window.locking.page.drafts.text()
    sign_in(window, OKONJO)
    assert window.session.who == "Ada Okonjo, physician"
    assert window.frame.on_list and window.pages.drafts() == []
    assert window.status.drafts.text() == "Typed, not recorded: kept for Erika Berg"
    window.open_infant(infant_of("4"))
    window.show_page(2)
    assert window.pages.page is not page and typed_field(window.pages.page).text() == ""
    window.ask_who()
    sign_in(window, BERG)
    assert window.pages.page is page and typed_field(page).text() == "640"
    assert window.frame.on_patient and "kept for" not in window.status.drafts.text()


def test_without_a_draft_nothing_is_kept(window, infant_of):
    window.open_infant(infant_of("4"))
    frame = window.frame
    window.ask_who()
    sign_in(window, OKONJO)
    assert window.frame is frame and window.frame.on_list
    assert window.locking.drafts_of() == ()


# ---- open forms


class Behind:
    """Runs a form, locks while it is open, and goes on from there."""

    def __init__(self, qtbot, window, dialog, act):
        self.dialog = dialog
        from PySide6.QtCore import QTimer

        def go():
            try:
                act(dialog)
            finally:
                dialog.is_dirty = lambda: False
                dialog.done(1)

        QTimer.singleShot(0, go)
        self.result = dialog.exec()
        dialog.deleteLater()


@pytest.mark.parametrize("make", [VerifyPaperDialog, KeysDialog])
def test_what_is_only_read_is_closed_by_a_lock_and_is_no_draft(qtbot, window, ward, look, make):
    """A code typed to ask for a paper was told as unrecorded: "NOT SAVED" in red at the next start."""
    dialog = make(look, (), window) if make is KeysDialog else make(ward, look, window)
    dialog.show()
    if make is VerifyPaperDialog:
        QTest.keyClicks(dialog.code, "412K 7Q2M 9TXR")
    press(dialog, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    QTest.qWait(20)
    assert window.locking.locked and not dialog.isVisible()
    assert window.locking.page.drafts.isHidden() or not window.locking.page.drafts.text()
    assert left_by_last_session(ward) == ""
    typed(window.locking.page, PIN)
    assert not window.locking.locked and QApplication.activeModalWidget() is None
    dialog.deleteLater()


def test_an_open_form_is_hidden_and_comes_back_as_it_was(qtbot, window, ward, look, infant_of):
    infant = infant_of("4")
    weight = WeightDialog(ward, look, window.session, banner(ward, infant), window)
    seen = []

    def act(dialog):
        field = dialog.weight.first.edit
        field.setFocus()
        QTest.keyClicks(field, "5.7")
        parts = [part for part in dialog.findChildren(QWidget) if part.isVisible()]
        press(dialog, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        QTest.qWait(20)
        assert window.locking.locked and not dialog.isVisible()
        assert dialog.windowTitle() == "Bedside"
        # it waits in memory only: should the program be killed now, the next start says so
        assert left_by_last_session(ward).startswith("1 draft, ")
        assert shows_nothing(ward)
        typed(window.locking.page, PIN)
        assert not window.locking.locked and dialog.isVisible()
        assert field.text() == "5.7" and QApplication.activeModalWidget() is dialog
        assert all(part.isVisible() for part in parts)
        assert dialog.focusWidget() is field
        seen.append(dialog.accessibleName())

    assert Behind(qtbot, window, weight, act).result == 1
    assert seen and seen[0] != "Bedside"


def test_a_form_over_which_the_lock_was_announced_comes_back_and_the_lock_works_on(
    qtbot, window, clock, ward, look, infant_of
):
    """The words of the warning stood in the form and were gone at its return: the form was lost, and no lock came."""
    weight = WeightDialog(ward, look, window.session, banner(ward, infant_of("4")), window)

    def act(dialog):
        QTest.keyClicks(dialog.weight.first.edit, "5.7")
        idle_for(window, clock, 165)
        assert window.locking.warning._label.parentWidget() is dialog
        window.locking.idle._since -= timedelta(seconds=20)
        window.locking.idle.tick()
        assert window.locking.locked
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        typed(window.locking.page, PIN)
        assert dialog.isVisible() and dialog.weight.first.edit.text() == "5.7"
        idle_for(window, clock, 181)
        assert window.locking.locked
        typed(window.locking.page, PIN)

    assert Behind(qtbot, window, weight, act).result == 1


def test_another_persons_form_waits_for_her(qtbot, window, ward, look, infant_of):
    form = EnrolDialog(ward, look, window.session, window)

    def act(dialog):
        QTest.keyClicks(dialog.form.family, "NEWMANN")
        window.locking.lock()
        sign_in(window, OKONJO)
        assert not dialog.isVisible() and QApplication.activeModalWidget() is None
        assert "kept for Erika Berg" in window.status.drafts.text()
        assert not any("NEWMANN" in text for text in said_by_windows())
        window.open_infant(infant_of("4"))
        window.ask_who()
        sign_in(window, BERG)
        assert dialog.isVisible() and dialog.form.family.text() == "NEWMANN"

    assert Behind(qtbot, window, form, act).result == 1


# ---- roles


def test_a_role_that_may_not_is_told_before_a_form_is_filled(qtbot, window, answer, infant_of):
    said = answer(
        lambda dialog: (texts.append(dialog.accessibleDescription()), dialog.back.click())
    )
    texts = []
    window.edit_site()
    assert said.asked == 1
    assert texts == ["Not with the role nurse: to change the site's settings is for administrator."]
    window.open_infant(infant_of("4"))
    window.show_page(2)
    assert window.pages.notice.isHidden()


def test_a_page_says_that_it_is_to_read_only(locked, ward, look, infant_of):
    from bedside.ward.people_acts import NewPerson, add_person
    from tests.ward.peopled import KELLER, second_of

    enter(ward, KELLER)
    secret = "only looks after accounts"  # noqa: S105 (of a test)
    add_person(
        ward,
        NewPerson("Ivo Rahn", "IR", ("administrator",), secret, secret),
        who=ward.signed_in.who,
        second=second_of(ward),
    )
    ward.signed_in = None
    locked.locking._show_page(choosing=True)
    SECRETS["Ivo Rahn"] = secret
    sign_in(locked, "Ivo Rahn")
    locked.open_infant(infant_of("4"))
    locked.show_page(2)
    assert locked.pages.notice.isVisible()
    assert "To read only. Not with the role administrator" in locked.pages.notice.text()


# ---- closing


def test_a_locked_window_with_drafts_is_not_closed_and_says_nothing(window, ward, infant_of):
    window.open_infant(infant_of("4"))
    window.show_page(2)
    QTest.keyClicks(typed_field(window.pages.page), "640")
    window.locking.lock()
    assert not window.close() and window.isVisible()
    assert "sign in before" in window.locking.page.refusals.text() and shows_nothing(ward)
    typed(window.locking.page, PIN)
    typed_field(window.pages.page).clear()
