"""What of the ward's keys was begun and not ended is told; copies that older keys open can be removed."""

import shutil
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel

from bedside.desktop.backup_page import BackupPage
from bedside.desktop.key_act_dialog import KeyActDialog
from bedside.desktop.ward_keys_dialog import WardKeysDialog
from bedside.store.keys import NAME
from bedside.store.opening import BACKUPS, FILE
from bedside.ward import key_acts
from bedside.ward.backup import back_up, copies, lines_of, state
from bedside.ward.key_open import key_warnings
from bedside.ward.restored_record import keep_restore
from bedside.ward.restored_settling import not_so
from bedside.ward.restored_state import open_acts
from bedside.ward.views.backup import LostFrom, Preview
from bedside.ward.views.restored import MissingAct
from bedside.ward.views.signatures import Signer
from tests.desktop.test_ward_keys import (  # noqa: F401 (fixtures)
    OTHER,
    WORDS,
    fill,
    keyed,
    quick,
    recorded,
    shown,
    sitting,
)
from tests.ward.peopled import KELLER

# ---- what was begun and not ended


def test_a_code_whose_sheet_was_never_read_back_is_told_until_it_is(shown, keyed, look):  # noqa: F811
    session = sitting(keyed, KELLER)
    dialog = shown(KeyActDialog(keyed, look, session, "code"))
    fill(dialog, WORDS)
    assert dialog.made is not None
    (told,) = [words for words in state(keyed).warnings if "never read back" in words]
    assert "What opens this ward" in told
    # beside the missing copy, not behind it: the status line names both
    assert state(keyed).short == "No good copy; Recovery sheet not confirmed"
    keys = shown(WardKeysDialog(keyed, look, session))
    assert told in keys.left.text() and keys.left.isVisible()
    keys.back.click()
    assert key_warnings(keyed)  # to have seen it is not enough
    dialog.made.confirmed()
    assert key_warnings(keyed) == [] and "Recovery" not in state(keyed).short


def test_a_refused_new_code_leaves_nothing_behind(shown, keyed, look):  # noqa: F811
    dialog = shown(KeyActDialog(keyed, look, sitting(keyed, KELLER), "code"))
    fill(dialog, "not the passphrase of this ward")
    assert dialog.made is None and dialog.refusals.text()
    assert key_warnings(keyed) == []


def test_a_key_change_that_was_broken_off_is_told_until_an_administrator_looks(
    monkeypatch,
    shown,  # noqa: F811
    keyed,  # noqa: F811
    look,
):
    session = sitting(keyed, KELLER)
    dialog = shown(KeyActDialog(keyed, look, session, "key"))
    fill(dialog, WORDS, OTHER, OTHER)
    work = keyed.closed_work
    keyed.closed_work = None

    def killed(*_typed, **_more):
        raise KeyboardInterrupt  # as near to the end of the program as a test comes

    monkeypatch.setattr(key_acts, "change_keys", killed)
    with pytest.raises(KeyboardInterrupt):
        work.do(lambda _: None)
    shorts = [short for short, _ in key_warnings(keyed)]
    assert shorts == ["Recovery sheet not confirmed", "Key change broken off"]
    keys = shown(WardKeysDialog(keyed, look, session))
    assert "broken off before its end" in keys.left.text()
    keys.back.click()
    assert [short for short, _ in key_warnings(keyed)] == ["Recovery sheet not confirmed"]


# ---- copies that older keys open


def test_copies_that_older_keys_open_are_listed_and_removed_by_two(qtbot, shown, keyed, look):  # noqa: F811
    session = sitting(keyed, KELLER)
    old = back_up(keyed, "by hand")
    assert not any(line.older_keys for line in copies(keyed))
    fill(shown(KeyActDialog(keyed, look, session, "passphrase")), WORDS, OTHER, OTHER)
    (line,) = copies(keyed)
    assert line.older_keys and line.state.startswith("OLDER KEYS open it; proved")
    (listed,) = lines_of(keyed.folder / BACKUPS, "here", folder=keyed.folder)  # as the command does
    assert listed.older_keys
    page = shown(BackupPage(keyed, look, session))
    page.refresh()
    assert page.old_button.isVisible()
    dialog = shown(KeyActDialog(keyed, look, session, "old copies"))
    fill(dialog)
    assert "Back up now" in dialog.refusals.text(), "the last good copy is never removed"
    assert [line.name for line in copies(keyed)] == [old.name]
    keyed.clock.now += timedelta(minutes=2)
    new = back_up(keyed, "by hand")
    for field in (dialog.people.own, dialog.people.second.secret):
        field.clear()
    fill(dialog)
    assert dialog.result() == 1, dialog.refusals.text()
    assert [(line.name, line.older_keys) for line in copies(keyed)] == [(new.name, False)]
    assert recorded(keyed)[0][0].startswith("removed 1 copy that older keys open")
    page.refresh()
    assert not page.old_button.isVisible()
    page.clock.stop()


def test_replaced_wards_are_named_and_go_too_but_nothing_while_a_restore_is_unsettled(
    qtbot,
    shown,  # noqa: F811
    keyed,  # noqa: F811
    look,
):
    """Fresh eyes: copies that alone held the lost acts went unasked; the replaced ward stayed, unnamed."""
    session = sitting(keyed, KELLER)
    aside = keyed.folder / "replaced-20261120-104700"
    aside.mkdir()
    for name in (FILE, NAME):
        shutil.copyfile(keyed.folder / name, aside / name)
    fill(shown(KeyActDialog(keyed, look, session, "passphrase")), WORDS, OTHER, OTHER)
    back_up(keyed, "by hand")
    page = shown(BackupPage(keyed, look, session))
    page.refresh()
    assert page.old_button.isVisible() and not any(line.older_keys for line in copies(keyed))
    assert aside.name in shown(WardKeysDialog(keyed, look, session)).left.text()
    missing = MissingAct(keyed.now(), KELLER, "recorded a weight", "6.3 kg", None, "", "ward")
    with keyed.store.change(f"{KELLER}, pharmacist", "restored", keyed.now()) as change:
        seen = Preview(
            prepared=keyed.folder,
            made_at=keyed.now(),
            name="",
            why="by hand",
            infants=(),
            records=0,
            last_saved=None,
            relation="before",
            lost=(),
            audit_head="",
            lost_from=LostFrom(),
        )
        keep_restore(change, seen, (missing,), (KELLER, "N. Berg"))
    dialog = shown(KeyActDialog(keyed, look, session, "old copies"))
    assert any(aside.name in label.text() for label in dialog.findChildren(QLabel))
    fill(dialog)
    assert "1 act that a restore lost is not settled" in dialog.refusals.text()
    assert aside.exists()
    with keyed.store.reading() as connection:
        (act,) = open_acts(connection)
    not_so(
        keyed,
        [act.id],
        "kept on paper",
        Signer(None, "N. Berg", "nurse"),
        who=f"{KELLER}, pharmacist",
    )
    for field in (dialog.people.own, dialog.people.second.secret):
        field.clear()
    fill(dialog)
    assert dialog.result() == 1, dialog.refusals.text()
    assert not aside.exists() and len(copies(keyed)) == 1
    page.refresh()
    assert not page.old_button.isVisible()
    page.clock.stop()
