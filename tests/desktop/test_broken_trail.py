"""A record that does not hold is left at once: nothing of it stays in sight, and the page says why."""

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QDialog

from bedside import app
from bedside.desktop import broken_trail
from bedside.desktop.backup_clock import BackupClock
from bedside.desktop.broken_trail import begin_watch
from bedside.store.troubles import AuditBroken
from bedside.ward.audit_check import check_before_paper
from bedside.ward.opening_pages import page_of


def change_outside(ward):
    driver = ward.store._file.driver
    driver.execute("DROP TRIGGER tr_measurement_keep")
    driver.execute("UPDATE measurement SET weight_g = weight_g + 500 WHERE id = 1")


@pytest.fixture
def left(monkeypatch):
    """How often the window's loop was told to end."""
    codes = []
    monkeypatch.setattr(broken_trail.QCoreApplication, "exit", codes.append)
    return codes


@pytest.fixture
def copies(window, session):
    clock = BackupClock(window.ward, session)
    clock.stop()
    return clock


def test_the_window_and_every_form_go_when_a_print_finds_it(window, copies, left):
    window.show()
    form = QDialog(window)
    form.show()
    begin_watch(window, copies)
    change_outside(window.ward)
    with pytest.raises(AuditBroken):
        check_before_paper(window.ward, 1)
    QCoreApplication.processEvents()
    assert left == [0]
    assert not window.isVisible()
    assert not form.isVisible()
    assert not any(widget.isVisible() for widget in QApplication.topLevelWidgets())


def test_it_is_found_beside_the_window_soon_after_the_start(qtbot, window, session, left):
    window.show()
    change_outside(window.ward)
    clock = BackupClock(window.ward, session)
    begin_watch(window, clock)
    qtbot.waitUntil(lambda: bool(left), timeout=10_000)
    assert isinstance(window.ward.store.broken, AuditBroken)
    clock.stop()


def test_a_whole_record_keeps_the_window(qtbot, window, session, left):
    window.show()
    clock = BackupClock(window.ward, session)
    answered = []
    clock.answered.connect(lambda name, _found: answered.append(name))
    begin_watch(window, clock)
    qtbot.waitUntil(lambda: "record" in answered, timeout=10_000)
    assert left == []
    assert window.isVisible()
    clock.stop()


def test_the_front_door_shows_what_was_found_and_opens_the_copy_chosen(ward, monkeypatch):
    shown, answers = [], ["copy"]
    monkeypatch.setattr(app, "show_page", lambda page: (shown.append(page), answers.pop())[1])
    monkeypatch.setattr("bedside.rescue.last_good_copy", lambda *_given: ward)
    broken = AuditBroken("the measurement number 1 was changed outside Bedside.")
    assert app._copy_of_broken(ward, broken) is ward
    (page,) = shown
    assert page.title == "The record was changed outside Bedside"
    assert "measurement number 1" in page.happened
    assert page.copy
    assert not page.again
    answers.append("close")
    assert app._copy_of_broken(ward, broken) is None


def test_no_copy_is_made_of_it_when_the_window_has_gone(ward, monkeypatch):
    """A copy of a changed record must never become the last good one."""

    def run(*_given, **_named):
        change_outside(ward)
        with pytest.raises(AuditBroken):
            check_before_paper(ward, 1)
        return 0

    monkeypatch.setattr("bedside.desktop.start.run", run)
    monkeypatch.setattr("bedside.rescue.copy_at_the_end", lambda _ward: pytest.fail("copied"))
    monkeypatch.setattr(app, "show_page", lambda _page: "close")
    assert app.run_desktop(ward) == 0


def test_its_page_says_what_was_found_what_is_kept_and_what_to_do(tmp_path):
    page = page_of(AuditBroken("row 12 of the audit trail is not as it was written."), tmp_path)
    assert "row 12" in page.happened
    assert str(tmp_path) in page.kept
    assert any("Last good copy" in line for line in page.todo)
    assert any("downtime sheets" in line for line in page.todo)
