"""The page Backup: by keys and clicks, on a real ward, with real copies."""

import itertools
import shutil
import time
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QFileDialog

from bedside.desktop import backup_clock
from bedside.desktop.backup_clock import BackupClock, backups_of
from bedside.desktop.backup_page import BackupPage
from bedside.desktop.backup_settings_dialog import BackupSettingsDialog
from bedside.desktop.emergency_dialog import EmergencyDialog
from bedside.desktop.page_door import every_door
from bedside.desktop.restore_dialog import RestoreDialog
from bedside.desktop.window import BedsideWindow
from bedside.rescue import open_copy, take_restored
from bedside.store.opening import BACKUPS, FILE
from bedside.ward.backup import back_up, copies
from bedside.ward.downtime_sheets import FOLDER
from bedside.ward.site import save_site, site_form
from bedside.ward.ward import Ward
from tests.desktop.test_accessible import unnamed


@pytest.fixture
def backups(ward: Ward, session, qtbot):
    made = backups_of(ward, session)
    calm(qtbot, made)
    yield made
    made.stop()


@pytest.fixture
def page(qtbot, window: BedsideWindow, backups: BackupClock) -> BackupPage:
    QTest.keyClick(window, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: window.frame.backup is not None)
    made = window.frame.backup
    calm(qtbot, backups)
    return made


def calm(qtbot, clock: BackupClock) -> None:
    """Wait until the thread has nothing to do and the window has heard of it."""
    qtbot.waitUntil(lambda: not clock.busy, timeout=20_000)
    qtbot.wait(20)


def rename(ward: Ward, name: str) -> None:
    save_site(ward, replace(site_form(ward), ward_name=name), who="E. Berg, RN")


def test_the_page_opens_by_its_key_and_says_that_there_is_no_copy(page: BackupPage) -> None:
    assert page.isVisible()
    assert page.band.title.text() == "No copy of this ward yet"
    assert "back it up now" in page.warnings.text()
    assert not page.restore_button.isEnabled()


def test_a_second_medium_that_is_not_there_is_said_in_colour_too(page: BackupPage) -> None:
    """Quiet colours, but where something is wrong: a disk that fails takes every copy with it."""
    hold = page.look.colour("hold").name()
    assert page.there.text().startswith("none is set")
    assert page.there.palette().windowText().color().name() == hold
    assert page.here.palette().windowText().color().name() != hold


def test_back_up_now(qtbot, page: BackupPage, window: BedsideWindow) -> None:
    QTest.mouseClick(page.now_button, Qt.MouseButton.LeftButton)
    calm(qtbot, page.clock)
    assert page.done.text().startswith("Copy made and proved")
    assert page.model.rowCount() == 1
    assert page.band.title.text() == "Last good copy 10:42, nothing newer"
    assert window.status.saved.text().endswith("Last good copy 10:42, nothing newer")
    assert page.restore_button.isEnabled()
    page.session.saved.emit(None)  # taken away with the save itself, in the same moment
    assert window.status.saved.text().endswith("Last good copy 10:42")
    assert page.clock._newer and page.band.title.text() == "Last good copy 10:42"


def test_twenty_saves_make_a_copy(qtbot, ward: Ward, backups: BackupClock, session) -> None:
    for _ in range(19):
        session.saved.emit(None)
    calm(qtbot, backups)
    assert copies(ward) == ()
    session.saved.emit(None)
    calm(qtbot, backups)
    (line,) = copies(ward)
    assert line.why == "20 saves"


def test_five_minutes_after_something_new_a_copy_is_made(
    qtbot, ward: Ward, backups: BackupClock, monkeypatch
) -> None:
    back_up(ward, "before")
    backups.look()
    calm(qtbot, backups)
    rename(ward, "Ward 9")
    backups.look()
    calm(qtbot, backups)
    assert len(copies(ward)) == 1
    later = time.monotonic() + 301
    monkeypatch.setattr(backup_clock.time, "monotonic", lambda: later)
    backups.look()
    calm(qtbot, backups)
    assert {line.why for line in copies(ward)} == {"5 minutes", "before"}


def test_sheets_that_cannot_be_drawn_are_said_once_and_tried_later_and_later(
    qtbot, ward: Ward, page: BackupPage, backups: BackupClock, monkeypatch
) -> None:
    place = ward.store.folder / FOLDER
    shutil.rmtree(place, ignore_errors=True)
    place.write_bytes(b"a file where the folder belongs")
    said: list[str] = []
    backups.failed.connect(said.append)
    now, tried = time.monotonic() + 10_000, []
    true = backup_clock.make_downtime
    monkeypatch.setattr(backup_clock.time, "monotonic", lambda: now)
    monkeypatch.setattr(
        backup_clock, "make_downtime", lambda *a, **k: (tried.append(now), true(*a, **k))
    )
    for _ in range(20):  # ten minutes of looking each half minute, and of the page's own looks
        backups.look()
        calm(qtbot, backups)
        now += 30
    assert [round(b - a) for a, b in itertools.pairwise(tried)] == [60, 120, 240]
    assert len(said) == 1 and "downtime" in said[0]
    place.unlink()
    now += 3600
    backups.look()
    calm(qtbot, backups)
    assert list(place.iterdir()) and len(said) == 1 and not backups._not_drawn


def test_a_copy_that_fails_is_said_and_the_window_goes_on(
    qtbot, page: BackupPage, monkeypatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError("no")

    monkeypatch.setattr(backup_clock, "back_up", broken)
    page.back_up_now()
    calm(qtbot, page.clock)
    assert page.refusals.text() == "It could not be done."
    assert page.isEnabled()


def test_a_damaged_copy_is_found_and_never_restored(qtbot, page: BackupPage) -> None:
    page.back_up_now()
    calm(qtbot, page.clock)
    file = page.lines[0].folder / FILE
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    QTest.mouseClick(page.check_button, Qt.MouseButton.LeftButton)
    calm(qtbot, page.clock)
    assert "not as it was" in page.done.text()
    assert page.lines[0].state == "damaged: never used"
    assert not page.restore_button.isEnabled()
    assert not page.check_button.isEnabled()


def test_a_sound_copy_is_said_to_be_sound(qtbot, page: BackupPage) -> None:
    page.back_up_now()
    calm(qtbot, page.clock)
    QTest.mouseClick(page.check_button, Qt.MouseButton.LeftButton)
    calm(qtbot, page.clock)
    assert page.done.text() == "The copy is as it was when it was made."
    assert "read again" in page.model.index(0, 6).data()


def test_four_clicks_restore_a_copy(
    qtbot, page: BackupPage, window: BedsideWindow, ward: Ward, answer
) -> None:
    """Backup, the copy, Restore, Restore this copy; two names; the window closes and opens anew."""
    page.back_up_now()
    calm(qtbot, page.clock)
    rename(ward, "Ward 9")

    def confirm(dialog: QDialog) -> None:
        assert isinstance(dialog, RestoreDialog)
        assert dialog.model.rowCount() == 1
        assert dialog.lost.text().startswith("1 later act is NOT in it: print it first.")
        QTest.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
        assert (dialog.isVisible() and "two people" in dialog.refusals.text()) or dialog.isVisible()
        QTest.keyClicks(dialog.second, "M. Keller, physician")
        QTest.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)

    asked = answer(confirm)
    QTest.mouseClick(page.restore_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: ward.restore_ready is not None, timeout=20_000)
    assert asked.asked == 1
    assert not window.isVisible()
    page.clock.stop()
    ward.store.close()
    restored = take_restored(ward, ward.restore_ready)
    assert restored.site.ward_name == "Ward 4 North"
    assert list(ward.folder.glob("replaced-*/ward.sqlite3"))
    restored.store.close()


def test_going_back_leaves_the_ward_alone(qtbot, page: BackupPage, ward: Ward, answer) -> None:
    page.back_up_now()
    calm(qtbot, page.clock)
    asked = answer(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape))
    QTest.mouseClick(page.restore_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: asked.asked == 1, timeout=20_000)
    assert ward.restore_ready is None
    assert page.isVisible()


def test_where_copies_go(qtbot, page: BackupPage, ward: Ward, tmp_path: Path, answer) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()

    def enter(dialog: QDialog) -> None:
        assert isinstance(dialog, BackupSettingsDialog)
        dialog.medium.clear()
        QTest.keyClicks(dialog.medium, str(stick))
        dialog.warn.edit.clear()
        QTest.keyClicks(dialog.warn.edit, "1,5")
        QTest.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
        assert dialog.isVisible()
        assert dialog.medium.text() == str(stick)
        dialog.warn.edit.clear()
        QTest.keyClicks(dialog.warn.edit, "30")
        dialog.shifts.clear()
        QTest.keyClicks(dialog.shifts, "06:30, 14:30")
        QTest.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)

    asked = answer(enter)
    QTest.mouseClick(page.settings_button, Qt.MouseButton.LeftButton)
    assert asked.asked == 1
    page.back_up_now()
    calm(qtbot, page.clock)
    assert "read back" in page.done.text()
    assert page.model.rowCount() == 2
    assert page.shifts.text() == "at 06:30, 14:30"
    shutil.rmtree(next(stick.iterdir()))
    page.refresh()
    calm(qtbot, page.clock)
    assert page.there.text() == "MISSING"


def test_the_downtime_sheets_are_drawn_by_hand_and_at_a_change_of_shift(
    qtbot, page: BackupPage, ward: Ward
) -> None:
    (first,) = (ward.folder / "downtime").iterdir()  # the first look of the sitting was due
    assert first.name == "downtime-20261120-1042.pdf"
    first.unlink()
    QTest.mouseClick(page.downtime_button, Qt.MouseButton.LeftButton)
    calm(qtbot, page.clock)
    assert first.name in page.done.text()
    assert first.read_bytes().startswith(b"%PDF")


def test_the_downtime_sheets_tell_how_far_they_are_and_can_be_stopped(
    qtbot, page: BackupPage, ward: Ward, monkeypatch, tmp_path
) -> None:
    """What is drawn while somebody waits has a bar and an end; the sheets before stay."""
    (first,) = (ward.folder / "downtime").iterdir()
    before, told = first.read_bytes(), []

    def stop_in_the_midst(done: int, of: int) -> None:
        told.append((done, of))
        if done == of // 2:
            page.drawing.stop_button.click()

    page.clock.downtime_told.connect(stop_in_the_midst)
    QTest.mouseClick(page.downtime_button, Qt.MouseButton.LeftButton)
    assert page.drawing.isVisibleTo(page)
    calm(qtbot, page.clock)
    seen = [done for done, _ in told]
    assert seen == sorted(seen) and seen[0] == 0 and len(told) > 9
    if "Stopped" in page.refusals.text():  # the click may come after the last infant was drawn
        assert not page.drawing.isVisibleTo(page) and first.read_bytes() == before
    page.clock.downtime_told.disconnect(stop_in_the_midst)
    QTest.mouseClick(page.downtime_button, Qt.MouseButton.LeftButton)
    calm(qtbot, page.clock)
    assert page.drawing.print_button.isVisibleTo(page) and not page.drawing.bar.isVisibleTo(page)

    def choose(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFileName(str(tmp_path / "down.pdf"))
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(QPrintDialog, "exec", choose)
    page.drawing.print_button.click()
    assert (tmp_path / "down.pdf").read_bytes() == page.drawing.path.read_bytes()


def test_a_copy_opened_to_read_says_so_and_records_nothing(
    qtbot, ward: Ward, look, session, backups, tmp_path: Path, monkeypatch
) -> None:
    """H44: on every page, in words; papers and buttons that record are off."""
    done = back_up(ward, "a")
    copy = open_copy(ward.folder / BACKUPS / done.name, ward.clock)
    before = (copy.store.folder / FILE).read_bytes()
    session.backups = None
    window = BedsideWindow(copy, look, session, every_door())
    qtbot.addWidget(window)
    window.show()
    texts = [label.text() for label in window.findChildren(type(window.status.saved))]
    assert "EMERGENCY COPY of 20-Nov-2026 10:42, READ-ONLY" in texts
    window.frame.show_backup()
    page = window.frame.backup
    assert page is not None
    calm(qtbot, page.clock)
    assert not page.now_button.isEnabled()
    assert not page.restore_button.isEnabled()
    assert page.downtime_button.isEnabled()
    sheets = tmp_path / "down.pdf"  # a name without its ending opens in no viewer
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "down"), ""))
    page.downtime_button.click()
    calm(qtbot, page.clock)
    assert sheets.read_bytes().startswith(b"%PDF") and not (tmp_path / "down").exists()
    page.clock.stop()
    window.close()
    copy.store.close()
    assert (copy.folder / FILE).read_bytes() == before


def test_a_damaged_ward_offers_its_copy(qtbot, ward: Ward, look, backups) -> None:
    back_up(ward, "a")
    dialog = EmergencyDialog(("The ward's file is damaged.",), copies(ward)[0], look)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "20-Nov-2026 10:42" in dialog.open_button.text()
    assert dialog.close_button.isDefault()
    QTest.mouseClick(dialog.open_button, Qt.MouseButton.LeftButton)
    assert dialog.choice == "read"
    without = EmergencyDialog(("The ward's file is damaged.",), None, look)
    qtbot.addWidget(without)
    without.show()
    assert not without.open_button.isVisible()
    assert "no good copy" in without.offer.text()


def test_everything_on_the_page_has_a_name_a_key_and_its_size(page: BackupPage, window) -> None:
    assert unnamed(window) == []
    keys = []
    for button in window.findChildren(QAbstractButton):
        if button.isVisible():
            assert button.focusPolicy() & Qt.FocusPolicy.TabFocus, button.text()
            assert not button.shortcut().isEmpty(), button.text()
            assert min(button.width(), button.height()) >= 24
            keys.append(button.shortcut().toString())
    assert len(keys) == len(set(keys))


def test_esc_goes_back_to_the_ward_list(page: BackupPage, window: BedsideWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.frame.on_list
    assert window.navigation.ward.isChecked() and not window.navigation.backup.isChecked()


def test_another_theme_keeps_what_is_known_of_the_copies(
    qtbot, page: BackupPage, window: BedsideWindow, dark
) -> None:
    page.back_up_now()
    calm(qtbot, page.clock)
    window.set_theme(dark)
    assert window.status.saved.text().endswith("nothing newer")
    window.frame.show_backup()
    assert window.frame.backup is not page
    calm(qtbot, window.frame.backup.clock)
    assert window.frame.backup.model.rowCount() == 1
