"""What is perhaps recorded is never told as not recorded: after a kill amid a save, and after an unknown end."""

import pytest
from PySide6.QtTest import QTest

from bedside.desktop.save import report_fault
from bedside.store.sealed_drafts import NAME
from bedside.store.troubles import NotKnown
from bedside.units.refusal import Refused
from bedside.ward.kept_drafts import drafts_left
from bedside.ward.weighing import record_size
from tests.desktop.killed_typing import (
    Answers,
    after_a_kill,
    kept,
    shown,
    type_weight,
    weight_of,
    words_of,
)
from tests.desktop.locked_window import sign_in
from tests.ward.peopled import BERG


@pytest.fixture
def signed_in(locked):
    sign_in(locked, BERG)
    kept(locked)
    return locked


def test_what_is_perhaps_recorded_is_never_told_as_not_recorded_after_a_kill(
    qtbot, signed_in, infant_of, monkeypatch
):
    """Its save broke amid the answer: recorded again after the next start it would stand there twice."""
    window, infant = signed_in, infant_of("4")
    dialog = shown(qtbot, weight_of(window, infant))
    QTest.keyClicks(dialog.weight.first.edit, "5.7")
    monkeypatch.setattr(type(window.ward), "read_only", property(lambda _: True))
    monkeypatch.setattr(window.ward.store, "away", object(), raising=False)  # the server is gone
    report_fault(window.session, dialog, NotKnown("Look whether this is recorded."))
    assert any(each.unsure for each in drafts_left(window.ward)), "at once, and while it is away"
    monkeypatch.undo()
    dialog.hide()
    after_a_kill(window)
    assert "perhaps recorded already" in (told := window.not_saved.words.text())
    assert "and not recorded" not in told
    assert window.not_saved.headline.text() == "PERHAPS SAVED"
    said: list[str] = []
    asked = Answers(
        lambda ask: (said.extend((words_of(ask), ask.windowTitle())), ask.leave_button.click())
    )
    again = shown(qtbot, weight_of(window, infant))
    qtbot.waitUntil(lambda: asked.asked == 1)
    assert "PERHAPS RECORDED ALREADY" in said[0] and "it was not recorded" not in said[0]
    assert said[1] == "Typed, perhaps recorded"
    assert again.weight.first.edit.text() == "5.7" and again in window.session.unsure


def test_a_kill_amid_a_save_is_told_as_perhaps_recorded(qtbot, signed_in, infant_of, monkeypatch):
    """Between the record and the next look at what is typed lies a moment: the words hold in it too."""
    window, infant = signed_in, infant_of("4")
    left = window.ward.store.folder / NAME
    dialog = type_weight(qtbot, window, infant)
    dialog.show()
    assert not drafts_left(window.ward)[0].unsure
    amid: list[bytes] = []
    monkeypatch.setattr(
        "bedside.desktop.weight_dialog.record_size",
        lambda *given, **named: amid.append(left.read_bytes()) or record_size(*given, **named),
    )
    head = window.ward.store.audit_head()
    window.session.saved.connect(lambda _form: amid.append(left.read_bytes()))
    dialog.act_button.click()
    assert window.ward.store.audit_head() != head and len(amid) == 2
    qtbot.waitUntil(lambda: drafts_left(window.ward) == ())
    for file in amid:  # as a kill leaves it: before the act, and after it
        left.write_bytes(file)
        after_a_kill(window)
        told = window.not_saved.words.text()
        assert "perhaps recorded already" in told and "and not recorded" not in told
        assert window.not_saved.headline.text() == "PERHAPS SAVED"


def test_what_was_refused_is_told_as_not_recorded(qtbot, signed_in, infant_of, monkeypatch):
    window = signed_in
    dialog = type_weight(qtbot, window, infant_of("4"))
    dialog.show()
    seen: list[bool] = []

    def refuse(*_given, **_named):
        seen.append(drafts_left(window.ward)[0].unsure)
        raise Refused("not today")

    monkeypatch.setattr("bedside.desktop.weight_dialog.record_size", refuse)
    dialog.act_button.click()
    qtbot.waitUntil(lambda: not drafts_left(window.ward)[0].unsure)
    dialog.hide()
    assert seen == [True]
    after_a_kill(window)
    assert "and not recorded" in window.not_saved.words.text()
    assert window.not_saved.headline.text() == "NOT SAVED"
