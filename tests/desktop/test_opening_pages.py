"""The pages before the ward list: why it is not open, and the passphrase of an encrypted ward."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit

from bedside.desktop.flowing import whole
from bedside.desktop.opening_page import OpeningDialog
from bedside.desktop.unlock_page import UnlockDialog
from bedside.store import opening
from bedside.store.key_file import DAMAGED, NEWER
from bedside.store.restoring import NOT_ORDERED
from bedside.store.schema import KEY_FILE_MISSING
from bedside.store.troubles import OPEN_ALREADY, AuditBroken, Damaged, Hindered, ServerBehind
from bedside.units.refusal import Refused
from bedside.ward.opening_pages import (
    clock_page,
    not_closed_page,
    not_restored_page,
    page_of,
    read_only_page,
)
from bedside.ward.wrong_clock import clock_is_behind
from bedside.words.english_text import unbroken

FOLDER = Path("/home/ward-7/ward")
NOW = datetime(2026, 11, 20, 3, 12, tzinfo=ZoneInfo("Europe/Berlin"))
REFUSALS = [
    Hindered("open already", *OPEN_ALREADY),
    Hindered("network drive", "The folder lies on a network drive (nfs4).", "Choose another."),
    Hindered("disk full", "Only 31 MB are free.", "Free some space first."),
    Hindered("no right", "You have no right to write there.", "Choose another folder."),
    Hindered("newer", *NEWER),
    Hindered("read-only", "It was not closed before it came here.", "Copy it."),
    Hindered("key file", *opening.NOT_ITS_KEY),
    Hindered("key file", *KEY_FILE_MISSING),
    Hindered("key file", *DAMAGED),
    Damaged("the seal of one of its encrypted pages is broken."),
    AuditBroken("row 12 of the audit trail is not as it was written."),
    Hindered("server", "The ward lies on a server (ward7), which was not reached."),
    ServerBehind(),
    Refused("Something else."),
]
PAGES = [
    *(page_of(refusal, FOLDER) for refusal in REFUSALS),
    read_only_page(FOLDER),
    not_closed_page(FOLDER),
    not_restored_page(NOT_ORDERED),
    clock_page(NOW, NOW + timedelta(hours=5)),
]


def shown(qtbot, dialog):
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    return dialog


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.title)
@pytest.mark.parametrize("theme", ["look", "dark"])
def test_a_page_says_what_happened_what_was_kept_and_what_to_do(qtbot, request, page, theme):
    dialog = shown(qtbot, OpeningDialog(request.getfixturevalue(theme), page))
    said = [label for label in dialog.findChildren(QLabel) if label.isVisible()]
    texts = "\n".join(label.text() for label in said).replace("\u2011", "-").replace("\u00a0", " ")
    for words in (page.title, page.happened, page.kept, *page.todo):
        assert words in texts
    assert page.todo
    for label in said:  # nothing is cut
        assert label.height() >= label.heightForWidth(label.width()) > -2
    assert page.kept in dialog.accessibleDescription()


def test_a_command_to_type_is_never_broken_at_its_hyphens():
    """Typed as it was broken, "bedside --" and "ward", it starts nothing; so in German."""
    drive = page_of(Hindered("network drive", "On a network drive.", "Choose another."), FOLDER)
    for words in ("starten: bedside --ward ORDNER.", drive.todo[0]):
        for said in (whole(words), unbroken(words)):
            assert "bedside\u00a0\u2011\u2011ward\u00a0" in said
            assert said.replace("\u2011", "-").replace("\u00a0", " ") == words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.title)
def test_return_opens_nothing(qtbot, look, page):
    """The safe button has the focus: close, or try again where that cannot open with a doubt."""
    dialog = shown(qtbot, OpeningDialog(look, page))
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert dialog.isHidden()
    assert dialog.choice == ("again" if page.again and not page.go_on else "close")


def test_the_ward_is_opened_all_the_same_only_on_purpose(qtbot, look):
    dialog = shown(qtbot, OpeningDialog(look, clock_page(NOW, NOW + timedelta(hours=5))))
    QTest.keyClick(dialog, Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(dialog.isHidden)
    assert dialog.choice == "go on"


def test_escape_closes(qtbot, look):
    dialog = shown(qtbot, OpeningDialog(look, read_only_page(FOLDER)))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.choice == "close"


def test_a_clock_is_behind_from_a_minute_on():
    assert not clock_is_behind(NOW, None)
    assert not clock_is_behind(NOW, NOW)
    assert not clock_is_behind(NOW, NOW + timedelta(minutes=1))
    assert clock_is_behind(NOW, NOW + timedelta(minutes=1, seconds=1))


class Lock:
    """A ward that opens with one word."""

    def __init__(self):
        self.tried, self.wait = [], 0

    def by_passphrase(self, typed):
        self._try("passphrase", typed)

    def by_recovery_code(self, typed):
        self._try("code", typed)

    def _try(self, way, typed):
        self.tried.append((way, typed))
        if typed != "right":
            self.wait = 2
            raise Refused("That is not this ward's passphrase. Nothing was opened.")

    def wait_s(self):
        return self.wait


@pytest.fixture
def lock():
    return Lock()


@pytest.fixture
def page(qtbot, look, lock):
    return shown(qtbot, UnlockDialog(look, lock, str(FOLDER)))


def test_typing_goes_into_the_passphrase_and_return_opens(page, lock):
    QTest.keyClicks(page.focusWidget(), "right")
    assert page.edit.displayText() != "right"  # not for others to read
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    assert lock.tried == [("passphrase", "right")]
    assert page.isHidden()
    assert page.edit.text() == ""  # it is not kept


def test_a_wrong_one_stays_and_waits_with_a_count(qtbot, page, lock):
    QTest.keyClicks(page.edit, "wrong")
    QTest.keyClick(page.edit, Qt.Key.Key_Return)
    assert page.note.text() == "That is not this ward's passphrase. Nothing was opened."
    assert page.edit.text() == "wrong"
    assert page.wait.text() == "Next try in 2 s"
    assert not page.open_button.isEnabled()
    QTest.keyClick(page.edit, Qt.Key.Key_Return)
    assert len(lock.tried) == 1  # nothing is tried before its time
    lock.wait = 0
    qtbot.waitUntil(page.open_button.isEnabled, timeout=3000)
    assert page.wait.isHidden()


def test_nothing_typed_is_nothing_tried(page, lock):
    QTest.keyClick(page.edit, Qt.Key.Key_Return)
    assert page.note.text() == "Type it first."
    assert lock.tried == []


def test_the_recovery_code_is_the_other_way(qtbot, page, lock):
    QTest.keyClicks(page.edit, "wro")
    QTest.keyClick(page, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: page.edit.text() == "")
    assert page.caption.text().replace("&", "") == "Recovery code"
    assert page.edit.echoMode() == QLineEdit.EchoMode.Normal  # copied from a sheet
    QTest.keyClicks(page.edit, "right")
    page.open_button.click()
    assert lock.tried == [("code", "right")]


def test_back_to_the_passphrase(page):
    page.other_button.click()
    page.other_button.click()
    assert page.edit.accessibleName() == "Ward passphrase"
    assert page.edit.echoMode() == QLineEdit.EchoMode.Password


def test_the_letters_can_be_shown(page):
    page.show_button.click()
    assert page.edit.echoMode() == QLineEdit.EchoMode.Normal
    assert page.show_button.text() == "&Hide"


def test_closing_opens_nothing(page, lock):
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert page.isHidden()
    assert lock.tried == []
