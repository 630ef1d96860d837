"""No two things in sight answer to the same key: every page and every dialog, drawn and looked through."""

from collections import defaultdict
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from bedside.desktop import shots
from bedside.ward.ward import Ward
from tests.desktop.infant_dialogs import InfantDialogs, shown
from tests.desktop.test_infant_dialogs import OF_ONE_INFANT

_PARTS = Qt.FindChildOption.FindChildrenRecursively


def keys_in_sight(top: QWidget) -> dict[str, list[str]]:
    """Each key that something visible and enabled answers to, with what does."""
    found: dict[str, list[str]] = defaultdict(list)
    for button in top.findChildren(QAbstractButton, options=_PARTS):
        if _answers(button, top) and not button.shortcut().isEmpty():
            found[button.shortcut().toString()].append(button.text())
    for label in top.findChildren(QLabel, options=_PARTS):
        buddy = label.buddy()
        key = QKeySequence.mnemonic(label.text())
        if buddy is None or key.isEmpty() or not _answers(label, top):
            continue
        if buddy.isVisible() and buddy.isEnabled():
            found[key.toString()].append(label.text())
    for shortcut in top.findChildren(QShortcut, options=_PARTS):
        if shortcut.isEnabled() and _answers(shortcut.parent(), top):
            found[shortcut.key().toString()].append(shortcut.objectName() or "shortcut")
    return found


def _answers(widget: QWidget, top: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and widget.window() is top.window()


def twice(top: QWidget) -> dict[str, list[str]]:
    """The keys that two things answer to."""
    return {key: who for key, who in keys_in_sight(top).items() if len(who) > 1}


def test_every_page_and_form_that_is_drawn_has_each_key_once(
    qapp, monkeypatch: pytest.MonkeyPatch, ward: Ward, tmp_path: Path
):
    """Alt+N answered a start rule where it was meant to go to the next bed."""
    seen: dict[str, dict[str, list[str]]] = {}

    def look_through(widget: QWidget, path: Path) -> Path:
        shots._settle(qapp)
        seen[path.stem] = twice(widget)
        return path

    monkeypatch.setattr(shots, "_grab", look_through)
    drawn = shots.draw_pages(ward, tmp_path, who="E. Berg, RN", themes=("light",))
    assert len(seen) == drawn > 70
    assert {name: keys for name, keys in seen.items() if keys} == {}


def test_the_next_bed_after_a_round_has_a_key_of_its_own(window, infant_of):
    """The same letter answered "No, not resolved" to a start rule."""
    for bed in ("1", "4", "2", "5", "6"):
        window.open_infant(infant_of(bed))
        window.show_page(3)
        window.pages.page.next_button.offer(window.ward, infant_of(bed))
        assert window.pages.page.next_button.isVisible()
        assert twice(window) == {}


@pytest.mark.parametrize("name", OF_ONE_INFANT)
def test_every_dialog_about_an_infant_has_each_key_once(dialogs_window, look, name: str):
    dialog, _ = InfantDialogs(dialogs_window).make(name)
    with shown(dialog):
        assert twice(dialog) == {}
