"""The people of a ward on the screen: adding, roles, ending, secrets; and who may not is told."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from bedside.desktop.own_secret_dialog import OwnSecretDialog
from bedside.desktop.people_panel import PeoplePanel
from bedside.desktop.person_dialog import PersonDialog
from bedside.desktop.reset_dialog import ResetDialog
from bedside.desktop.roles_dialog import RolesDialog
from bedside.desktop.second_person import SecondPersonDialog
from bedside.desktop.session import Session
from bedside.desktop.site_dialog import SiteDialog
from bedside.desktop.site_page import SitePage
from bedside.units.refusal import Refused
from bedside.ward.people import people, sign_in
from bedside.ward.people_acts import add_person, check_ending, end_account
from bedside.ward.roles import role_book
from bedside.ward.signing_in import takes_pin
from bedside.ward.site import site_form
from tests.desktop_pages.page_driving import answering
from tests.ward.peopled import BERG, KELLER, OKONJO, SECRETS, enter, new, peopled


@pytest.fixture
def ids(empty_ward):
    return peopled(empty_ward)


@pytest.fixture
def sitting(empty_ward, ids, tmp_path):
    """Makes a session of somebody, as the lock does."""

    def begin(name):
        session = Session(enter(empty_ward, name), tmp_path, empty_ward.now)
        session.why_not = lambda act: role_book().why_not(empty_ward.signed_in.roles, act)
        return session

    return begin


@pytest.fixture
def shown(qtbot):
    def show(dialog):
        qtbot.addWidget(dialog, before_close_func=lambda one: setattr(one, "is_dirty", bool))
        dialog.show()
        qtbot.waitExposed(dialog)
        return dialog

    return show


def twice(typed, text):
    for field in (typed.first, typed.again):
        QTest.keyClicks(field, text)


def test_the_list_says_who_is_there_and_warns_of_one_administrator(
    shown, empty_ward, look, sitting
):
    dialog = shown(PeoplePanel(empty_ward, look, sitting(KELLER)))
    rows = [
        [dialog.model.item(row, column).text() for column in range(4)]
        for row in range(dialog.model.rowCount())
    ]
    assert rows == [
        [OKONJO, "AO", "physician", "in use"],
        [BERG, "EB", "nurse", "in use"],
        [KELLER, "MK", "pharmacist and administrator", "in use"],
    ]
    assert "one administrator only" in dialog.note.text() and dialog.add.isEnabled()


def test_a_nurse_reads_who_may_and_presses_nothing(shown, empty_ward, look, sitting):
    dialog = shown(PeoplePanel(empty_ward, look, sitting(BERG)))
    assert "is for administrator" in dialog.refusals.text() and dialog.refusals.isVisible()
    for button in (dialog.add, dialog.roles, dialog.reset, dialog.end):
        assert not button.isEnabled()
    assert dialog.pin.isEnabled() and dialog.own.isEnabled()


def found_page(qtbot, window) -> SitePage:
    """The page that a key of the navigation brings a moment later."""
    qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), SitePage), timeout=30_000)
    return window.stack.currentWidget()


def confirm(name, secret):
    """Answer the second person's form by keys."""

    def answer(asked):
        QTest.keyClicks(asked.second.person.edit, name)
        QTest.keyClick(asked.second.person.edit, Qt.Key.Key_Return)
        QTest.keyClicks(asked.second.secret, secret)
        QTest.keyClick(asked.second.secret, Qt.Key.Key_Return)

    return answer


def test_an_administrator_adds_somebody_with_a_second_person(
    qtbot, shown, empty_ward, look, sitting, clock
):
    """One alone could make up the second person of every check that needs two."""
    dialog = shown(PersonDialog(empty_ward, look, sitting(KELLER)))
    QTest.keyClicks(dialog.form.name, "Cora Lind")
    assert dialog.form.initials.text() == "CL"
    dialog.act_button.click()
    assert "at least one role" in dialog.refusals.text() and "at least 15" in dialog.refusals.text()
    assert dialog.form.name.text() == "Cora Lind"
    QTest.keyClick(dialog.form.roles.boxes["coordinator"], Qt.Key.Key_Space)
    twice(dialog.form.secret, "a third passphrase here")
    answering(qtbot, dialog.act_button.click, lambda asked: asked.reject())
    assert dialog.result() == 0 and dialog.form.name.text() == "Cora Lind"
    assert "Cora Lind" not in [one.name for one in people(empty_ward)]
    answering(qtbot, dialog.act_button.click, confirm(BERG, "not hers at all"))
    assert "not the passphrase of Erika Berg" in dialog.refusals.text() and dialog.result() == 0
    clock.now += timedelta(seconds=2)
    answering(qtbot, dialog.act_button.click, confirm(BERG, SECRETS[BERG]))
    assert dialog.result() == 1
    assert [one.roles for one in people(empty_ward) if one.name == "Cora Lind"] == [
        ("coordinator",)
    ]


def test_a_name_spelt_nearly_as_anothers_is_asked_about(qtbot, shown, empty_ward, look, sitting):
    dialog = shown(PersonDialog(empty_ward, look, sitting(KELLER)))
    QTest.keyClicks(dialog.form.name, "Erica Berg")
    QTest.keyClick(dialog.form.roles.boxes["nurse"], Qt.Key.Key_Space)
    twice(dialog.form.secret, "a third passphrase here")
    asked = []

    def look_at(form):
        asked.extend(one.text() for one in form.findChildren(QLabel))
        form.reject()

    answering(qtbot, dialog.act_button.click, look_at)
    words = "Erika Berg has an account already. Is Erica Berg the same person?"
    assert any(text.replace("\u00a0", " ").startswith(words) for text in asked), asked


def test_return_goes_through_the_form_to_its_button(shown, empty_ward, look, sitting):
    """Also from the last field, a secret: nothing is pressed by it."""
    form = shown(PersonDialog(empty_ward, look, sitting(KELLER)))
    again = form.form.secret.again
    form.form.secret.first.setFocus()
    for at in (form.form.secret.first, again):
        assert form.focusWidget() is at
        QTest.keyClicks(at, "wet stones in april")
        QTest.keyClick(at, Qt.Key.Key_Return)
    assert form.focusWidget() is form.act_button and form.isVisible()
    assert again.text() == "wet stones in april"
    form.done(0)


def test_initials_that_were_typed_stay(shown, empty_ward, look, sitting):
    dialog = shown(PersonDialog(empty_ward, look, sitting(KELLER)))
    QTest.keyClicks(dialog.form.initials, "X")
    QTest.keyClicks(dialog.form.name, "Cora Lind")
    assert dialog.form.initials.text() == "X" and dialog.is_dirty()


def test_roles_are_changed_and_an_account_is_ended(
    qtbot, shown, empty_ward, look, sitting, ids, answer
):
    session = sitting(KELLER)
    dialog = shown(RolesDialog(empty_ward, look, session, ids[OKONJO]))
    assert not dialog.is_dirty()
    QTest.keyClick(dialog.boxes.boxes["administrator"], Qt.Key.Key_Space)
    assert dialog.is_dirty()
    answering(qtbot, dialog.act_button.click, confirm(BERG, SECRETS[BERG]))
    assert dialog.result() == 1
    listed = shown(PeoplePanel(empty_ward, look, session))
    assert "one administrator" not in listed.note.text()
    listed.table.setCurrentIndex(listed.model.index(1, 0))

    def why(reason):
        QTest.keyClicks(reason.reason, "moved to another ward")
        reason.act.click()

    said = answer(why)
    listed.end.click()
    assert said.asked == 1
    assert listed.model.item(2, 0).text() == BERG and listed.model.item(2, 3).text() == "ended"
    listed.table.setCurrentIndex(listed.model.index(2, 0))
    assert listed.person_id() is None and not listed.end.isEnabled()


def test_who_is_changed_is_not_offered_as_the_second(qtbot, shown, empty_ward, look, sitting, ids):
    dialog = shown(RolesDialog(empty_ward, look, sitting(KELLER), ids[BERG]))
    QTest.keyClick(dialog.boxes.boxes["physician"], Qt.Key.Key_Space)
    offered = []

    def look_at(second):
        QTest.keyClicks(second.second.person.edit, BERG)
        QTest.keyClick(second.second.person.edit, Qt.Key.Key_Return)
        offered.append(second.second.person.person_id())

    answering(qtbot, dialog.act_button.click, look_at)
    assert offered == [None] and dialog.is_dirty()
    end_account(empty_ward, ids[OKONJO], "left the ward", who=dialog.session.who)

    def nobody(second):
        second.record()
        assert "add a third person first" in second.refusals.text()

    answering(qtbot, dialog.act_button.click, nobody)
    dialog.done(0)


def test_the_last_administrator_is_told_before_a_second_person_types(
    shown, empty_ward, look, sitting, ids
):
    dialog = shown(RolesDialog(empty_ward, look, sitting(KELLER), ids[KELLER]))
    QTest.keyClick(dialog.boxes.boxes["administrator"], Qt.Key.Key_Space)
    dialog.act_button.click()
    assert "is the only administrator" in dialog.refusals.text() and dialog.isVisible()
    dialog.done(0)


def test_a_new_name_leaves_the_chosen_person_chosen(empty_ward, look, sitting, ids, shown):
    """Else the next press ends or changes whoever slid into the row."""
    listed = shown(PeoplePanel(empty_ward, look, sitting(KELLER)))
    assert listed.person_id() == ids[KELLER]
    second = (ids[BERG], SECRETS[BERG])
    add_person(empty_ward, new("Ada Abel", "nurse"), who=empty_ward.signed_in.who, second=second)
    listed.refresh()
    assert listed.model.item(0, 0).text() == "Ada Abel"
    assert listed.person_id() == ids[KELLER]


def test_oneself_is_not_ended(shown, empty_ward, look, sitting, answer):
    listed = shown(PeoplePanel(empty_ward, look, sitting(KELLER)))
    listed.table.setCurrentIndex(listed.model.index(2, 0))
    asked = answer(lambda reason: (reason.reason.setPlainText("gone"), reason.act.click()))
    listed.end.click()
    assert asked.asked == 0, "no reason is typed for what is refused anyway"
    assert "signed in with" in listed.refusals.text() and listed.refusals.isVisible()


def test_the_last_administrator_is_named_before_a_reason_is_asked(empty_ward, ids):
    with pytest.raises(Refused, match="only administrator"):
        check_ending(empty_ward, ids[KELLER])
    check_ending(empty_ward, ids[BERG])


def test_a_pin_is_set_with_the_passphrase(shown, empty_ward, look, sitting, ids):
    dialog = shown(OwnSecretDialog(empty_ward, look, sitting(BERG), "pin"))
    QTest.keyClicks(dialog.now, SECRETS[BERG])
    twice(dialog.typed, "1234")
    dialog.act_button.click()
    assert "tried first" in dialog.refusals.text()
    dialog.typed.clear()
    twice(dialog.typed, "8305")
    dialog.act_button.click()
    assert dialog.result() == 1 and takes_pin(empty_ward, ids[BERG])


def test_a_forgotten_passphrase_with_a_second_person(shown, empty_ward, look, sitting, ids):
    dialog = shown(ResetDialog(empty_ward, look, sitting(KELLER), ids[BERG]))
    twice(dialog.typed, "a new song for the shift")
    choice = dialog.second.person
    assert choice.person_id() == ids[OKONJO], "the only one left who can be the second"
    QTest.keyClicks(dialog.second.secret, SECRETS[OKONJO])
    dialog.act_button.click()
    assert dialog.result() == 1
    assert sign_in(empty_ward, ids[BERG], "a new song for the shift", empty_ward.now())


def test_a_second_person_is_chosen_and_shows_the_passphrase(
    shown, empty_ward, look, sitting, clock, ids
):
    dialog = shown(SecondPersonDialog(empty_ward, look, sitting(KELLER), "Two sign."))
    dialog.act_button.click()
    assert "Choose the second" in dialog.refusals.text()
    QTest.keyClicks(dialog.second.person.edit, "er")
    QTest.keyClick(dialog.second.person.edit, Qt.Key.Key_Return)
    QTest.keyClicks(dialog.second.secret, "a wrong guess at it")
    QTest.keyClick(dialog.second.secret, Qt.Key.Key_Return)
    assert "not the passphrase" in dialog.refusals.text() and dialog.who == ""
    clock.now += timedelta(seconds=1)
    QTest.keyClicks(dialog.second.secret, SECRETS[BERG])
    QTest.keyClick(dialog.second.secret, Qt.Key.Key_Return)
    assert dialog.who == "Erika Berg, nurse" and empty_ward.signed_in.person_id == ids[KELLER]


def test_names_are_chosen_with_the_arrows(shown, empty_ward, look, sitting, ids):
    dialog = shown(SecondPersonDialog(empty_ward, look, sitting(KELLER), "Two sign."))
    choice = dialog.second.person
    assert choice.person_id() is None and choice.words() == ""
    QTest.keyClick(choice.edit, Qt.Key.Key_Down)
    QTest.keyClick(choice.edit, Qt.Key.Key_Down)
    QTest.keyClick(choice.edit, Qt.Key.Key_Down)
    assert choice.person_id() == ids[BERG]
    QTest.keyClick(choice.edit, Qt.Key.Key_Up)
    assert choice.person_id() == ids[OKONJO]


def test_the_demonstration_says_that_it_has_nobody(qtbot, window):
    QTest.keyClick(window, Qt.Key.Key_F3)
    page = found_page(qtbot, window)
    assert "demonstration has no people" in page.people.table.empty_words
    assert not page.people.begin.isVisible() and not page.people.add.isVisible()


def test_a_looser_setting_of_the_site_asks_a_second_person(qtbot, shown, empty_ward, look, sitting):
    """H13: one administrator alone does not make a tertiary centre."""
    dialog = shown(SiteDialog(empty_ward, look, sitting(KELLER)))
    dialog.kind.choose("tertiary")
    offered = []

    def look_and_leave(asked):
        offered.extend(asked.second._people)
        asked.reject()

    answering(qtbot, dialog.act_button.click, look_and_leave)
    assert "settings before hold" in dialog.refusals.text() and dialog.kind.value() == "tertiary"
    assert [one.name for one in people(empty_ward) if one.id in offered] == [OKONJO]
    assert site_form(empty_ward).kind == "unknown"
    answering(qtbot, dialog.act_button.click, confirm(OKONJO, SECRETS[OKONJO]))
    assert dialog.result() == 1 and site_form(empty_ward).kind == "tertiary"
