"""Copies of encrypted wards and of wards with people, on the screen: emergency, lock, two secrets."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from bedside.app import open_on_screen, open_ward
from bedside.desktop import emergency_dialog, opening_page, unlock_page
from bedside.desktop.backup_clock import backups_of
from bedside.desktop.restore_dialog import RestoreDialog
from bedside.rescue import take_restored
from bedside.store import opening
from bedside.store.key_doors import make_keys
from bedside.store.opening import BACKUPS, FILE
from bedside.store.passphrase import FLOOR
from bedside.store.troubles import Hindered
from bedside.ward.backup import back_up, copies
from bedside.ward.restore_signing import signing_of
from bedside.ward.restoring import preview
from bedside.ward.site import save_site, site_form
from bedside.ward.ward import Ward
from tests.desktop.locked_window import PIN, sign_in
from tests.desktop.test_backup_page import calm
from tests.ward.peopled import BERG, KELLER, SECRETS, enter, peopled

WORDS = "heron lantern gravel sixteen plum"


@pytest.fixture
def damaged(tmp_path: Path, clock) -> Path:
    """An encrypted ward with people and a good copy, closed and spoilt."""
    from msgspec.structs import replace

    folder = tmp_path / "encrypted"
    keys = make_keys(folder, WORDS, slowness=FLOOR).keys
    ward = open_ward(folder, clock, create=True, keys=keys)
    save_site(ward, replace(site_form(ward), ward_name="Ward 7"), who="E. Berg, RN")
    peopled(ward)
    back_up(ward, "a")
    ward.store.close()
    content = bytearray((folder / FILE).read_bytes())
    content[5000] ^= 1
    (folder / FILE).write_bytes(content)
    return folder


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """Where the passphrase was asked for; the right one is typed each time."""
    where: list[str] = []

    def typed(_look: object, lock: object, folder: str) -> bool:
        where.append(folder)
        lock.by_passphrase(WORDS)
        return True

    monkeypatch.setattr(unlock_page, "ask_passphrase", typed)
    monkeypatch.setattr(opening_page, "ask", lambda *_: "copy")
    return where


def test_the_copy_of_a_damaged_encrypted_ward_is_read(
    damaged, qapp, asked, monkeypatch, clock
) -> None:
    """H44: the passphrase that was typed for the ward opens its copy, too."""
    monkeypatch.setattr(emergency_dialog, "offer_copy", lambda *_: "read")
    ward = open_on_screen(damaged, clock)
    assert ward is not None and asked == [str(damaged)]
    assert ward.emergency.startswith("EMERGENCY COPY") and ward.site.ward_name == "Ward 7"
    assert ward.protection == "Encrypted"
    enter(ward, BERG)
    assert ward.signed_in is not None
    ward.store.close()


def test_an_encrypted_ward_on_a_full_disk_is_opened_to_read(
    damaged, qapp, asked, monkeypatch, clock
) -> None:
    """Its disk has no room for a save; "Open it to read" asks for the passphrase and shows it."""
    content = bytearray((damaged / FILE).read_bytes())
    content[5000] ^= 1
    (damaged / FILE).write_bytes(content)

    def full(folder: Path) -> None:
        if folder == damaged:
            raise Hindered("disk full", "Only 31 MB are free.")

    monkeypatch.setattr(opening, "check_room", full)
    monkeypatch.setattr(opening_page, "ask", lambda *_: "go on")
    ward = open_on_screen(damaged, clock)
    assert ward is not None and ward.read_only and asked == [str(damaged)]
    assert ward.site.ward_name == "Ward 7" and ward.emergency == ""
    ward.store.close()


def test_two_people_restore_a_damaged_encrypted_ward(
    damaged, qtbot, asked, monkeypatch, clock, answer
) -> None:
    """H44, P7: nobody is signed in, so both choose themselves and show their passphrases."""
    monkeypatch.setattr(emergency_dialog, "offer_copy", lambda *_: "restore")

    def sign(dialog: QDialog) -> None:
        assert isinstance(dialog, RestoreDialog) and dialog.people is not None
        QTest.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
        assert "Choose the second person" in dialog.refusals.text()
        for one, name in ((dialog.people.first, KELLER), (dialog.people.second, BERG)):
            QTest.keyClicks(one.person.edit, name[:3])
            QTest.keyClick(one.person.edit, Qt.Key.Key_Return)
            QTest.keyClicks(one.secret, SECRETS[name])
        QTest.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)

    said = answer(sign)
    ward = open_on_screen(damaged, clock)
    assert said.asked == 1 and asked == [str(damaged)]
    assert ward is not None and not ward.read_only and ward.emergency == ""
    assert ward.site.ward_name == "Ward 7"
    ward.store.close()
    assert list(damaged.glob(f"replaced-*/{FILE}"))


def test_locking_the_screen_makes_a_copy(qtbot, locked, ward: Ward) -> None:
    """Who locks it goes away: what was recorded is copied; a second lock has nothing to copy."""
    sign_in(locked, BERG)
    clock = backups_of(ward, locked.session)
    calm(qtbot, clock)
    locked.locking.lock()
    calm(qtbot, clock)
    assert [line.why for line in copies(ward)] == ["lock"]
    locked.session.locked.emit()
    calm(qtbot, clock)
    assert len(copies(ward)) == 1
    clock.stop()


def test_a_copy_that_is_ready_while_locked_shows_nothing(qtbot, locked, ward: Ward) -> None:
    """H42: no form with infants' names comes up over the lock."""
    sign_in(locked, BERG)
    done = back_up(ward, "a")
    locked.frame.show_backup()
    page = locked.frame.backup
    calm(qtbot, page.clock)
    seen = preview(ward, ward.folder / BACKUPS / done.name)
    locked.locking.lock()
    page.clock.answered.emit("preview", seen)
    assert ward.restore_ready is None and page.done.text() == ""
    assert not [one for one in page.findChildren(RestoreDialog) if one.isVisible()]
    page.clock.stop()


def test_who_is_signed_in_and_a_second_person_restore(qtbot, locked, ward: Ward, look) -> None:
    """P7: the PIN of the running session will do for the first, a passphrase for the second."""
    sign_in(locked, BERG)
    done = back_up(ward, "a")
    seen = preview(ward, ward.folder / BACKUPS / done.name)
    dialog = RestoreDialog(signing_of(ward, seen), look, locked.session)
    qtbot.addWidget(dialog)
    assert dialog.people is not None and dialog.people.first is None
    second = dialog.people.second
    for widget in (dialog.table, dialog.print_button, dialog.counted):
        widget.show()  # as with later acts, and with many people
    second.person.list.setFixedHeight(30 * 5 + 4)
    dialog.show()
    assert dialog.roles.text() == (  # said before anything is typed
        "First person: physician, pharmacist, nurse or administrator. "
        "Second person: physician, pharmacist, nurse, trial coordinator or administrator."
    )
    qtbot.waitUntil(lambda: dialog._form_area.viewport().height() > 500)
    lowest = second.secret.mapTo(dialog._form_area.viewport(), second.secret.rect().bottomLeft())
    assert lowest.y() <= dialog._form_area.viewport().height() and dialog.height() <= 724
    QTest.keyClicks(dialog.people.own, PIN)
    QTest.keyClicks(dialog.people.second.person.edit, KELLER[:3])
    QTest.keyClick(dialog.people.second.person.edit, Qt.Key.Key_Return)
    QTest.keyClicks(dialog.people.second.secret, SECRETS[KELLER])
    QTest.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    assert dialog.result() == QDialog.DialogCode.Accepted, dialog.refusals.text()
    ward.store.close()
    restored = take_restored(ward, seen.prepared)
    assert restored.site.ward_name == "Ward 4 North"
    restored.store.close()
