"""A window on a ward with people, what a person types at its lock, and what can be read from it."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bedside.desktop.locking import Locking
from bedside.desktop.page_door import every_door
from bedside.desktop.session import Session
from bedside.desktop.window import BedsideWindow
from bedside.ward.board import board
from bedside.ward.infants import banner
from bedside.ward.people_secrets import set_pin
from tests.ward.peopled import BERG, SECRETS, enter, peopled

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
    window.frame.end_check()
    window.pages.drafts = list


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
