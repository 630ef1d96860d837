"""A left screen shows nothing (P18, H33): no name, number or value of an infant, and no draft is lost."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from bedside.desktop.enrol_dialog import EnrolDialog
from bedside.desktop.locking import Locking
from bedside.desktop.page_door import every_door
from bedside.desktop.session import Session
from bedside.desktop.weight_dialog import WeightDialog
from bedside.desktop.window import BedsideWindow
from bedside.store.people_records import SecretTry
from bedside.store.queries import all_of
from bedside.ward.board import board
from bedside.ward.clocks_running import next_deadline
from bedside.ward.infants import banner
from bedside.ward.people_secrets import set_pin
from tests.ward.peopled import BERG, OKONJO, SECRETS, enter, peopled

PIN = "8305"
READING = ("text", "title", "toPlainText", "accessibleName", "accessibleDescription", "toolTip",
           "windowTitle", "placeholderText", "statusTip", "whatsThis")  # fmt: skip


@pytest.fixture
def locked(qtbot, ward, look, session):
    """The window on a ward with people, three minutes from its lock; nobody is signed in."""
    ward.demonstration = False
    peopled(ward)
    enter(ward, BERG)
    set_pin(ward, SECRETS[BERG], (PIN, PIN), who=ward.signed_in.who)
    ward.signed_in = None
    window = BedsideWindow(ward, look, Session("", session.crash_folder, ward.now), every_door())
    qtbot.addWidget(window, before_close_func=give_up)
    Locking(window, ward, window.session).begin()
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def give_up(window):
    """At the end of a test nobody is asked about what was typed."""
    window.locking.end()
    window.locking = None
    window.pages.drafts = list


@pytest.fixture
def window(locked):
    """The same window with E. Berg signed in."""
    sign_in(locked, BERG)
    return locked


def sign_in(window, name):
    """As a person does it: first letters, Return, passphrase, Return."""
    page = window.locking.page
    if not page.choosing:
        page.other.click()
    QTest.keyClicks(page.person.edit, name[:3])
    QTest.keyClick(page.person.edit, Qt.Key.Key_Return)
    typed(page, SECRETS[name])


def typed(page, secret):
    QTest.keyClicks(page.secret, secret)
    QTest.keyClick(page.secret, Qt.Key.Key_Return)


def typed_field(page):
    """The field of the platelets on the page of counts: any will do."""
    return page.form.lines["platelets"].field.edit


def press(window, key, modifiers=Qt.KeyboardModifier.NoModifier):
    """A key as it comes from the keyboard: to the window in front."""
    QTest.keyClick(window.windowHandle(), key, modifiers)


def clinical_words(ward):
    """What stands for infants on this ward: names, numbers, drugs, courses, weights."""
    found = {"azaCITIDine", "EPI #"}
    for row in board(ward).rows:
        found |= {row.family, row.given, row.hospital_number, row.course_title}
        shown = banner(ward, row.infant_id)
        found |= {shown.weight_text, shown.bsa_text, shown.risk_text, shown.allergies}
    return {word for word in found if len(word) > 3 and word not in {"unknown", "not started"}}


def said_by_windows():
    """Every text of every widget that can be seen, and of every window whether seen or not."""
    for widget in QApplication.allWidgets():
        if not (widget.isVisible() or widget.windowHandle() is not None):
            continue
        for name in READING:
            read = getattr(widget, name, None)
            if callable(read):
                text = read()
                if isinstance(text, str):
                    yield text


def said_to_a_screen_reader():
    """Every text in the tree that the system's accessibility reads, from each window down."""
    for window in QGuiApplication.topLevelWindows():
        root = window.accessibleRoot()
        if root is not None:
            yield from _below(root)


def _below(interface):
    for kind in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value):
        yield interface.text(kind)
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is not None:
            yield from _below(child)


def shows_nothing(ward):
    said = [*said_by_windows(), *said_to_a_screen_reader()]
    assert any("Berg" in text for text in said), "the lock page itself is read"
    return not [word for word in clinical_words(ward) if any(word in text for text in said)]


def idle_for(window, clock, seconds):
    """Nobody is there for so long; then the program looks at its clock."""
    window.locking.idle.seen()
    clock.now = clock() + timedelta(seconds=seconds)
    window.locking.idle.tick()
    QApplication.processEvents()


# ---- the check itself


def test_the_check_finds_what_is_on_an_open_screen(window, ward, infant_of):
    """A check that cannot fail shows nothing: an open window says all of it."""
    assert not shows_nothing(ward)
    names = {row.family for row in board(ward).rows}
    window.open_infant(infant_of("4"))
    read = " ".join(said_to_a_screen_reader())
    assert any(name in read for name in names)


# ---- locking


def test_it_begins_with_nothing_to_read(locked, ward):
    assert locked.locking.page.choosing and not locked.locking.page.person.isHidden()
    assert shows_nothing(ward)
    assert locked.session.who == ""


def test_somebody_signs_in_and_records_under_that_name(locked, ward):
    sign_in(locked, BERG)
    assert locked.locking.page is None and locked.frame.isVisible()
    assert locked.session.who == "Erika Berg, nurse"


@pytest.mark.parametrize("seconds", [180, 181, 4000])
def test_it_locks_after_three_minutes(window, ward, clock, seconds):
    idle_for(window, clock, seconds)
    assert window.locking.locked and shows_nothing(ward)


def test_it_warns_twenty_seconds_before_and_any_key_goes_on(window, clock):
    idle_for(window, clock, 159)
    assert window.locking.warning._label is None
    window.locking.idle._since -= timedelta(seconds=2)
    window.locking.idle.tick()
    assert window.locking.warning._label.isVisible()
    assert window.locking.warning._label.text().startswith("Locks in 19 s")
    press(window, Qt.Key.Key_Shift)
    assert window.locking.warning._label is None
    clock.now += timedelta(seconds=159)
    window.locking.idle.tick()
    assert not window.locking.locked, "the three minutes begin with the key"


def test_a_movement_of_the_mouse_is_somebody(window, clock):
    idle_for(window, clock, 170)
    QTest.mouseMove(window.windowHandle())
    clock.now += timedelta(seconds=20)
    window.locking.idle.tick()
    assert not window.locking.locked


def test_the_site_says_how_many_minutes(window, ward, clock):
    ward._site = (ward.store.audit_head(), _with_minutes(ward.site, 10))
    idle_for(window, clock, 599)
    assert not window.locking.locked
    idle_for(window, clock, 600)
    assert window.locking.locked


def _with_minutes(site, minutes):
    from msgspec.structs import replace

    return replace(site, idle_minutes=minutes)


@pytest.mark.parametrize("bed", ["2", "4"])
@pytest.mark.parametrize("number", range(7))
def test_no_page_of_an_infant_is_left_to_read(window, ward, clock, infant_of, bed, number):
    window.open_infant(infant_of(bed))
    window.show_page(number)
    press(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    QTest.qWait(20)
    assert window.locking.locked and shows_nothing(ward)


def test_no_page_of_the_ward_is_left_to_read(window, ward):
    for show in (window.show_cohort, window.show_commissioning):
        show()
        window.locking.lock()
        assert shows_nothing(ward)
        typed(window.locking.page, PIN)
        assert not window.locking.locked


def test_the_lock_page_is_not_drawn_over_what_was_there(window, ward, infant_of):
    """The picture of a locked window is the same whichever infant was open."""
    pictures = []
    for bed in ("2", "4"):
        window.open_infant(infant_of(bed))
        window.locking.lock()
        window.locking.page.secret.clearFocus()
        QApplication.processEvents()
        pictures.append(window.grab().toImage())
        typed(window.locking.page, PIN)
    assert pictures[0] == pictures[1]


def test_shortcuts_of_the_ward_are_dead_while_it_is_locked(window, ward, infant_of):
    window.open_infant(infant_of("4"))
    window.locking.lock()
    page = window.locking.page
    for key, held in ((Qt.Key.Key_N, "Control"), (Qt.Key.Key_F9, ""), (Qt.Key.Key_F4, ""),
                      (Qt.Key.Key_Escape, ""), (Qt.Key.Key_2, "Control")):  # fmt: skip
        modifier = getattr(Qt.KeyboardModifier, f"{held or 'No'}Modifier")
        press(window, key, modifier)
    assert QApplication.activeModalWidget() is None
    assert window.locking.page is page and shows_nothing(ward)


def test_time_passes_behind_the_lock_without_a_word(window, ward, clock, infant_of):
    window.open_infant(infant_of("2"))
    window.locking.lock()
    clock.now += timedelta(minutes=90)
    window._tick()
    window.locking.page._tick()
    assert QApplication.activeModalWidget() is None and shows_nothing(ward)


def test_menus_go_and_the_clipboard_is_cleared(window, ward):
    clipboard = QGuiApplication.clipboard()
    menu = QMenu(window)
    menu.addAction(board(ward).rows[0].family)
    menu.popup(window.pos())
    clipboard.setText(board(ward).rows[0].family)
    window.locking.lock()
    assert not menu.isVisible() and clipboard.text() == ""
    menu.deleteLater()


# ---- clocks


def test_a_running_clock_is_told_without_a_name(window, ward, clock, infant_of):
    deadline = next_deadline(ward)
    assert deadline is not None
    window.locking.lock()
    left = (deadline - ward.now()) // timedelta(minutes=1)
    assert window.locking.page.clock.text() == f"A clock is running: unlock. {left} min left"
    clock.now = deadline - timedelta(seconds=30)
    window.locking.page._tick()
    assert "Less than 1 min" in window.locking.page.clock.text()
    clock.now = deadline
    window.locking.page._tick()
    assert window.locking.page.clock.text() == "A clock has run out: unlock now"
    assert shows_nothing(ward)


def test_without_a_clock_there_is_no_word_of_one(qtbot, empty_ward, look, session):
    peopled(empty_ward)
    window = BedsideWindow(empty_ward, look, Session("", None, empty_ward.now), every_door())
    qtbot.addWidget(window)
    Locking(window, empty_ward, window.session).begin()
    assert next_deadline(empty_ward) is None
    assert window.locking.page.clock.isHidden()


# ---- unlocking


def test_the_pin_unlocks_and_everything_is_as_it_was(window, infant_of):
    window.open_infant(infant_of("4"))
    window.show_page(2)
    page = window.pages.page
    typed_field(page).setFocus()
    QTest.keyClicks(typed_field(page), "640")
    assert page.is_dirty()
    window.locking.lock()
    typed(window.locking.page, PIN)
    assert window.pages.page is page and typed_field(page).text() == "640"
    assert window.frame.on_patient and page.isVisible()
    assert QApplication.focusWidget() is typed_field(page)


def test_a_wrong_pin_waits_and_five_ask_for_the_passphrase(window, clock):
    window.locking.lock()
    page = window.locking.page
    for wait in (1, 2, 4, 8):
        typed(page, "9999")
        assert "not the PIN" in page.refusals.text() and page.secret.text() == ""
        page._tick()
        assert not page.act.isEnabled() and page.hint.text() == f"next try in {wait} s"
        clock.now += timedelta(seconds=wait)
        page._tick()
        assert page.act.isEnabled()
    typed(page, "9999")
    assert "only the passphrase" in page.refusals.text()
    assert "PIN" not in page.secret_label.text()
    clock.now += timedelta(minutes=1)
    typed(page, PIN)
    assert window.locking.locked
    clock.now += timedelta(seconds=2)
    typed(page, SECRETS[BERG])
    assert not window.locking.locked


def test_nobody_comes_in_without_a_name(locked):
    page = locked.locking.page
    typed(page, SECRETS[BERG])
    assert "Choose the name" in page.refusals.text() and locked.locking.locked


def test_sign_out_asks_for_the_passphrase(window, ward):
    window.locking.lock()
    window.locking.page.leave.click()
    page = window.locking.page
    assert page.choosing and ward.signed_in is None and window.session.who == ""
    QTest.keyClicks(page.person.edit, "Ber")
    typed(page, PIN)
    assert "not the passphrase" in page.refusals.text()
    with ward.store.reading() as connection:
        assert [row.purpose for row in all_of(connection, SecretTry)][-2:] == [
            "sign out",
            "sign in",
        ]


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
        assert shows_nothing(ward)
        typed(window.locking.page, PIN)
        assert not window.locking.locked and dialog.isVisible()
        assert field.text() == "5.7" and QApplication.activeModalWidget() is dialog
        assert all(part.isVisible() for part in parts)
        assert dialog.focusWidget() is field
        seen.append(dialog.windowTitle())

    assert Behind(qtbot, window, weight, act).result == 1
    assert seen and seen[0] != "Bedside"


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
    from tests.ward.peopled import KELLER

    enter(ward, KELLER)
    secret = "only looks after accounts"  # noqa: S105 (of a test)
    add_person(
        ward,
        NewPerson("Ivo Rahn", "IR", ("administrator",), secret, secret),
        who=ward.signed_in.who,
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
