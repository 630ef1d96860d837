"""What opens the ward, changed on the screen by two people: by real keys, on real wards."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

import bedside.app
from bedside.app import open_ward
from bedside.desktop.closed_work_dialog import ClosedWorkDialog
from bedside.desktop.key_act_dialog import KeyActDialog
from bedside.desktop.people_door import close_for_work
from bedside.desktop.recovery_dialog import RecoveryDialog
from bedside.desktop.session import Session
from bedside.desktop.ward_keys_dialog import WardKeysDialog
from bedside.key_work import do_closed_work
from bedside.store import encrypting, key_doors, rekey
from bedside.store.key_doors import WrongKey, make_keys, open_by_passphrase, open_by_recovery_code
from bedside.store.keys import PLAIN_MARK, mark_in
from bedside.store.opening import FILE
from bedside.store.passphrase import FLOOR
from bedside.store.queries import all_of
from bedside.store.records import SiteSetting
from bedside.store.tries import forget
from bedside.ward import key_acts
from bedside.ward.key_acts import SETTING, ClosedWork
from bedside.ward.roles import role_book
from tests.ward.peopled import BERG, KELLER, OKONJO, SECRETS, enter, peopled

WORDS = "heron lantern gravel sixteen plum"
OTHER = "anvil pepper comet drawer violin"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Derivations at the floor's cost; no keyring but the test's own."""
    for module in (key_doors, rekey, encrypting):
        monkeypatch.setattr(module, "calibrate", lambda _: FLOOR)
    monkeypatch.setattr(key_acts, "system_ring", lambda: None)


@pytest.fixture
def keyed(tmp_path, clock):
    """An encrypted ward with people."""
    folder = tmp_path / "keyed"
    keys = make_keys(folder, WORDS, slowness=FLOOR).keys
    ward = open_ward(folder, clock, create=True, keys=keys)
    peopled(ward)
    yield ward
    ward.store.close()


@pytest.fixture
def plain(empty_ward):
    """A plain ward with people."""
    peopled(empty_ward)
    return empty_ward


@pytest.fixture
def shown(qtbot):
    def show(dialog):
        qtbot.addWidget(dialog, before_close_func=lambda one: setattr(one, "is_dirty", bool))
        dialog.show()
        qtbot.waitExposed(dialog)
        return dialog

    return show


def sitting(ward, name):
    session = Session(enter(ward, name))
    session.why_not = lambda act: role_book().why_not(ward.signed_in.roles, act)
    return session


def fill(dialog, *ward_words, second=BERG, own=None, other=None):
    """Type as people do: the ward's secrets where they are asked, then both people's."""
    fields = [dialog.old] if dialog.act in ("passphrase", "code", "key", "ring on") else []
    if dialog.act in ("passphrase", "key", "encrypt"):
        fields += [dialog.new.first, dialog.new.again]
    for field, words in zip(fields, ward_words, strict=True):
        field.clear()
        QTest.keyClicks(field, words)
    QTest.keyClicks(dialog.people.own, own or SECRETS[KELLER])
    choice = dialog.people.second
    if choice.person.person_id() is None:
        QTest.keyClicks(choice.person.edit, second[:3])
        QTest.keyClick(choice.person.edit, Qt.Key.Key_Return)
    QTest.keyClicks(choice.secret, other or SECRETS[second])
    QTest.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)


def recorded(ward):
    with ward.store.reading() as connection:
        rows = [row for row in all_of(connection, SiteSetting) if row.key == SETTING]
    return [(row.value, row.recorded_by) for row in rows]


def opens(folder, words, at):
    forget(folder)
    try:
        open_by_passphrase(folder, words, at)
    except WrongKey:
        return False
    finally:
        forget(folder)
    return True


# ---- while the ward is open


def test_two_people_give_the_ward_another_passphrase(shown, keyed, look):
    dialog = shown(KeyActDialog(keyed, look, sitting(keyed, KELLER), "passphrase"))
    assert dialog.focusWidget() is dialog.old
    fill(dialog, WORDS, OTHER, OTHER)
    assert dialog.result() == 1
    assert opens(keyed.folder, OTHER, keyed.now())
    assert not opens(keyed.folder, WORDS, keyed.now())
    who = f"{KELLER}, pharmacist"
    assert recorded(keyed) == [(f"new ward passphrase; {who}, with {BERG}, nurse", who)]
    assert dialog.old.text() == "" and dialog.new.value() == ("", "")


def test_page_and_forms_say_what_the_old_secrets_still_open(shown, keyed, look):
    """Eyes 7: nothing said that older copies still open with what opened the ward before."""
    listed = shown(WardKeysDialog(keyed, look, sitting(keyed, KELLER)))
    assert "still opens every older copy" in listed.state.text()
    for act in ("passphrase", "code", "key"):
        dialog = shown(KeyActDialog(keyed, look, sitting(keyed, KELLER), act))
        told = dialog.about.text().replace("\u00a0", " ").casefold()
        assert "made before" in told and "still open" in told
        dialog.resize(dialog.width(), min(dialog.sizeHint().height(), 768))
        assert dialog.height() <= 768


def test_a_wrong_secret_of_either_changes_nothing(shown, keyed, look):
    dialog = shown(KeyActDialog(keyed, look, sitting(keyed, KELLER), "passphrase"))
    fill(dialog, WORDS, OTHER, OTHER, other="not the words of Erika")
    assert "not the passphrase" in dialog.refusals.text() and dialog.refusals.isVisible()
    assert dialog.new.value() == (OTHER, OTHER)  # what was typed is not lost
    assert dialog.people.own.text() == SECRETS[KELLER] and dialog.people.second.secret.text() == ""
    assert opens(keyed.folder, WORDS, keyed.now()) and recorded(keyed) == []


def test_the_wards_wrong_passphrase_is_said_and_nothing_recorded(shown, keyed, look):
    dialog = shown(KeyActDialog(keyed, look, sitting(keyed, KELLER), "code"))
    fill(dialog, OTHER)
    assert "not this ward's passphrase" in dialog.refusals.text()
    assert dialog.made is None and recorded(keyed) == []
    forget(keyed.folder)


@pytest.mark.parametrize("new", [("four words only here", "four words only here"), (OTHER, WORDS)])
def test_a_new_passphrase_that_will_not_do(shown, keyed, look, new):
    dialog = shown(KeyActDialog(keyed, look, sitting(keyed, KELLER), "passphrase"))
    fill(dialog, WORDS, *new)
    assert dialog.refusals.text() and recorded(keyed) == []
    assert opens(keyed.folder, WORDS, keyed.now())


def test_a_new_code_is_shown_once_and_read_from_the_paper(shown, keyed, look):
    session = sitting(keyed, KELLER)
    dialog = shown(KeyActDialog(keyed, look, session, "code"))
    fill(dialog, WORDS)
    made = dialog.made
    assert made.sheet.startswith(b"%PDF") and made.code not in repr(made)
    assert open_by_recovery_code(keyed.folder, made.code, keyed.now()) == keyed.store.keys
    sheet = shown(RecoveryDialog(look, made.code, made.sheet, session))
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.isVisible() and "Print the sheet first" in sheet.refusals.text()
    sheet.act_button.click()
    assert sheet.isVisible() and "not the last group" in sheet.refusals.text()
    QTest.keyClicks(sheet.step.last, made.code.replace("-", " ").split()[-1].lower())
    sheet.act_button.click()
    assert sheet.result() == 1


def test_a_keyring_is_used_and_left(shown, keyed, look, monkeypatch):
    from tests.store.test_keys import Ring

    ring = Ring()
    dialog = shown(KeyActDialog(keyed, look, sitting(keyed, KELLER), "ring on"))
    fill(dialog, WORDS)
    assert "keyring" in dialog.refusals.text()  # this computer has none
    monkeypatch.setattr(key_acts, "system_ring", lambda: ring)
    fill(dialog, WORDS)
    assert dialog.result() == 1 and len(ring.kept) == 1
    listed = shown(WardKeysDialog(keyed, look, sitting(keyed, KELLER)))
    assert "keyring opens it, too" in listed.state.text()
    assert listed.buttons["ring off"].isVisible() and not listed.buttons["ring on"].isVisible()
    dialog = shown(KeyActDialog(keyed, look, sitting(keyed, KELLER), "ring off"))
    fill(dialog)
    assert ring.kept == {}
    listed.refresh()
    assert listed.buttons["ring on"].isVisible()


def test_a_nurse_reads_how_it_stands_and_changes_nothing(shown, keyed, look):
    session = sitting(keyed, BERG)
    listed = shown(WardKeysDialog(keyed, look, session))
    assert "is encrypted" in listed.state.text()
    assert "is for administrator" in listed.refusals.text()
    assert not any(button.isEnabled() for button in listed.buttons.values())
    dialog = shown(KeyActDialog(keyed, look, session, "passphrase"))
    fill(dialog, WORDS, OTHER, OTHER, own=SECRETS[BERG], second=OKONJO)
    assert "is for administrator" in dialog.refusals.text()
    assert opens(keyed.folder, WORDS, keyed.now())


def test_a_ward_without_people_is_told_to_begin_with_them(shown, empty_ward, look, session):
    listed = shown(WardKeysDialog(empty_ward, look, session))
    assert "NOT encrypted" in listed.state.text()
    assert "its people first" in listed.refusals.text()
    assert not listed.buttons["encrypt"].isEnabled()


# ---- while the ward is closed


@pytest.fixture
def on_screen(monkeypatch):
    """The work is done as the front door does it; the sheet is read at once."""
    read = []

    def exec_(dialog):
        read.append(dialog.step._code)
        return 1

    monkeypatch.setattr(RecoveryDialog, "exec", exec_)
    return read


def closed_and_opened(ward, clock):
    ward.store.close()
    return do_closed_work(ward)


def test_a_plain_ward_is_encrypted_from_its_people_to_its_next_window(
    shown, plain, look, on_screen, clock, answer, monkeypatch
):
    session = sitting(plain, KELLER)
    listed = shown(WardKeysDialog(plain, look, session))
    said = answer(lambda dialog: fill(dialog, OTHER, OTHER))
    QTest.mouseClick(listed.buttons["encrypt"], Qt.MouseButton.LeftButton)
    assert said.asked == 1 and listed.result() == 1
    assert plain.closed_work is not None and OTHER not in repr(plain.closed_work)
    opened = closed_and_opened(plain, clock)
    try:
        assert opened.store.key is not None and mark_in(plain.folder / FILE) != PLAIN_MARK
        assert open_by_recovery_code(plain.folder, on_screen[0], clock()) is not None
        assert [name for _, name in recorded(opened)] == [f"{KELLER}, pharmacist"]
        opened.store.verify_audit()
        assert len(list((plain.folder / "backups").iterdir())) == 1
        session = sitting(opened, KELLER)
        listed = shown(WardKeysDialog(opened, look, session))
        assert "the plain ward kept aside" in listed.left.text()
        dialog = shown(KeyActDialog(opened, look, session, "remove"))
        fill(dialog)
        assert dialog.result() == 1
        listed.refresh()
        assert not listed.left.isVisible() and not list(plain.folder.glob("replaced-*"))
        assert "removed 1 plain copy" in recorded(opened)[0][0]
    finally:
        opened.store.close()


def test_another_key(shown, keyed, look, on_screen, clock):
    dialog = shown(KeyActDialog(keyed, look, sitting(keyed, KELLER), "key"))
    fill(dialog, OTHER, OTHER, OTHER)
    assert "not this ward's passphrase" in dialog.refusals.text() and keyed.closed_work is None
    fill(dialog, WORDS, OTHER, OTHER)
    before = keyed.store.key
    opened = closed_and_opened(keyed, clock)
    try:
        assert opened.store.key not in (None, before)
        assert opens(keyed.folder, OTHER, clock()) and not opens(keyed.folder, WORDS, clock())
    finally:
        opened.store.close()


def test_a_change_that_is_refused_leaves_the_ward_as_it_was(
    qtbot, keyed, look, on_screen, clock, monkeypatch
):
    def refuse(tell):
        tell("beginning")
        raise RuntimeError("with a name in it")

    true = ClosedWorkDialog._show_end

    def read_and_go_on(dialog):
        true(dialog)
        assert "could not be done" in dialog.words.text() and "name" not in dialog.words.text()
        QTest.mouseClick(dialog.button, Qt.MouseButton.LeftButton)

    monkeypatch.setattr(ClosedWorkDialog, "_show_end", read_and_go_on)
    keyed.closed_work = ClosedWork("Another key for this ward", refuse)
    opened = closed_and_opened(keyed, clock)
    assert opened.store.keys == keyed.store.keys and on_screen == []
    opened.store.close()


def test_the_page_of_the_work_stays_until_it_is_done(shown, look):
    dialog = shown(ClosedWorkDialog(look, ClosedWork("x", lambda tell: None)))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    dialog.close()
    assert dialog.isVisible() and not dialog.button.isEnabled()
    dialog.running = False
    dialog.close()
    assert not dialog.isVisible()


def test_nothing_ordered_is_a_mistake_of_the_program(keyed):
    with pytest.raises(ValueError, match="nothing was ordered"):
        do_closed_work(keyed)


def test_a_window_that_stays_open_forgets_the_order(keyed):
    class Window:
        ward = keyed

        def close(self):
            return False  # typed text is kept

    keyed.closed_work = ClosedWork("Another key for this ward", lambda tell: None)
    close_for_work(Window())
    assert keyed.closed_work is None


def test_the_front_door_does_the_work_between_two_windows(
    plain, look, clock, monkeypatch, on_screen
):
    """`run_desktop`: the window closes with an order, the next one opens on the encrypted ward."""
    session = sitting(plain, KELLER)
    dialog = KeyActDialog(plain, look, session, "encrypt")
    fill(dialog, OTHER, OTHER)
    dialog.deleteLater()
    seen = []

    def run(ward, *_, **__):
        seen.append(ward.store.key is not None)
        return 0

    monkeypatch.setattr("bedside.desktop.start.run", run)
    assert bedside.app.run_desktop(plain) == 0
    assert seen == [False, True]
