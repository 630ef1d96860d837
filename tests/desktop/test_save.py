"""A save that fails is seen, loses nothing typed and tells nobody's name; one that is done is done once."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.fields import PlainEdit
from bedside.desktop.look import Look
from bedside.desktop.not_saved import NotSavedBar
from bedside.desktop.save import LastNet, RefusalNote, guard_button, report_fault, saving
from bedside.desktop.session import Session
from bedside.desktop.topbar import TopBar
from bedside.desktop.who_dialog import WhoDialog
from bedside.store.troubles import NotKnown, NotSaved
from bedside.units.refusal import Refused

CANARY = "KANARIENVOGEL Ida 6.2 kg"


class TinyForm(QWidget):
    """A form with one field and one button."""

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__()
        self.look, self.session = look, session
        self.refusals = RefusalNote(look)
        self.bar = NotSavedBar(look, session)
        self.edit = PlainEdit("Text")
        self.button = QPushButton("Record")
        self.kept: list[str] = []
        self.fault: Exception | None = None
        self.was_on: list[bool] = []
        column = QVBoxLayout(self)
        for part in (self.bar, self.edit, self.refusals, self.button):
            column.addWidget(part)
        self.button.clicked.connect(self.record)

    def record(self) -> None:
        self.outcome = saving(self, self.act, button=self.button)

    def act(self) -> int:
        self.was_on.append(self.button.isEnabled())
        if self.fault is not None:
            raise self.fault
        self.kept.append(f"{self.edit.text()} by {self.session.who}")
        return len(self.kept)


@pytest.fixture
def form(qtbot, look: Look, session: Session) -> TinyForm:
    made = TinyForm(look, session)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    QTest.keyClicks(made.edit, CANARY)
    return made


def notes(session: Session) -> list[Path]:
    return sorted(session.crash_folder.glob("*")) if session.crash_folder.exists() else []


def test_a_save_hands_back_what_the_ward_gave(form: TinyForm):
    form.button.click()
    assert form.outcome.saved and form.outcome.value == 1
    assert form.kept == [f"{CANARY} by E. Sørensen, RN"]
    assert not form.bar.isVisible()


def test_the_button_is_off_while_it_saves(form: TinyForm):
    form.button.click()
    assert form.was_on == [False]
    assert form.button.isEnabled()


def test_a_double_click_records_once(form: TinyForm):
    """H24: a hurried double click, and a third, make one record."""
    hurried(form.button)
    assert len(form.kept) == 1


def test_the_second_half_of_a_double_click_would_press_again(form: TinyForm):
    """The events themselves: on a button that no save has guarded yet they press three times."""
    pressed: list[bool] = []
    button = QPushButton("Show", form)
    button.clicked.connect(lambda: pressed.append(True))
    hurried(button)
    assert len(pressed) == 3
    guard_button(button)
    hurried(button)
    assert len(pressed) == 4


def test_the_first_save_guards_its_button(form: TinyForm):
    form.button.click()
    hurried(form.button)
    assert len(form.kept) == 2


def hurried(button: QPushButton) -> None:
    """Press, release, the second half of a double click, and a third click, as a window gets them."""
    kind, left, none = QEvent.Type, Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    press, release = kind.MouseButtonPress, kind.MouseButtonRelease
    at = QPointF(button.rect().center())
    for one in (press, release, kind.MouseButtonDblClick, release, press, release):
        down = none if one == release else left
        event = QMouseEvent(one, at, at, left, down, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(button, event)


def test_a_key_held_down_records_once(form: TinyForm):
    """H24, H34: the repeats of a held key press nothing."""
    from PySide6.QtGui import QKeyEvent

    form.button.setFocus()
    space = Qt.Key.Key_Space
    for repeat in (False, True, True):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, space, Qt.KeyboardModifier.NoModifier, " ", repeat)
            QApplication.sendEvent(form.button, event)
    assert len(form.kept) == 1


def test_a_refusal_stands_beside_the_form_and_nothing_is_lost(form: TinyForm, session: Session):
    form.fault = Refused("The weight is missing.", "Write it as 6.2.")
    form.button.click()
    assert not form.outcome
    assert form.refusals.isVisible()
    assert form.refusals.text() == "The weight is missing.\nWrite it as 6.2."
    assert form.edit.text() == CANARY
    assert form.button.isEnabled()
    assert not form.bar.isVisible()
    assert notes(session) == []


def test_a_save_after_a_refusal_takes_the_reasons_away(form: TinyForm):
    form.fault = Refused("No.")
    form.button.click()
    form.fault = None
    form.button.click()
    assert form.kept and not form.refusals.isVisible()


def test_a_fault_says_not_saved_and_keeps_what_was_typed(form: TinyForm, session: Session):
    """H35: no failed save goes unseen; the bar stays until it is put away."""
    form.fault = RuntimeError(CANARY)
    form.button.click()
    assert not form.outcome.saved
    assert form.bar.isVisible()
    assert form.bar.headline.text() == "NOT SAVED"
    assert form.edit.text() == CANARY
    assert form.button.isEnabled()
    assert notes(session)[0].name in form.bar.words.text()
    form.bar.away.click()
    assert not form.bar.isVisible()


def test_the_bar_goes_when_the_same_form_is_saved_and_stays_for_another(
    form: TinyForm, session: Session
):
    form.fault = OSError(CANARY)
    form.button.click()
    session.saved.emit(object())
    assert form.bar.isVisible()
    form.fault = None
    form.button.click()
    assert not form.bar.isVisible()


def test_a_fault_note_holds_nothing_of_an_infant(form: TinyForm, session: Session):
    """H43: file, line and kind of the fault; no text of it, no value, nobody's folder."""

    def inner() -> None:
        secret = CANARY
        raise ValueError(f"could not keep {secret}")

    def act() -> None:
        try:
            inner()
        except ValueError as cause:
            raise RuntimeError(f"because of {CANARY}") from cause

    saving(form, act)
    (note,) = notes(session)
    text = note.read_text("utf-8")
    assert "RuntimeError" in text and "ValueError" in text
    assert "inner" in text and "test_save.py:" in text
    for word in ("KANARIENVOGEL", "6.2", "secret", str(Path.home()), "could not keep"):
        assert word not in text
    assert not Path(text.splitlines()[3].strip().split(":")[0]).is_absolute()


def test_two_faults_leave_two_notes(form: TinyForm, session: Session):
    form.fault = RuntimeError("x")
    form.button.click()
    form.button.click()
    assert len(notes(session)) == 2


def test_a_full_disk_does_not_hide_the_first_fault(
    form: TinyForm, session: Session, tmp_path: Path, monkeypatch
):
    """H35: the red bar comes also when the fault note cannot be written."""
    blocked = tmp_path / "a file"
    blocked.write_text("in the way")
    monkeypatch.setattr(session, "_crash_folder", blocked)
    form.fault = RuntimeError("x")
    form.button.click()
    assert form.bar.isVisible()
    assert "Fault note" not in form.bar.words.text()


def test_a_system_exit_is_no_fault(form: TinyForm):
    form.fault = None

    def leave() -> None:
        raise SystemExit(0)

    with pytest.raises(SystemExit):
        saving(form, leave)
    assert not form.bar.isVisible()


class Sender(QObject):
    said = Signal()


def test_a_fault_in_any_slot_reaches_the_bar_and_the_program_goes_on(
    form: TinyForm, session: Session
):
    """H35: what no form caught is caught by the last net."""
    net = LastNet(session)
    net.install()
    sender = Sender()

    def slot() -> None:
        raise KeyError(CANARY)

    sender.said.connect(slot)
    try:
        sender.said.emit()
    finally:
        net.remove()
    assert form.bar.isVisible()
    assert form.edit.text() == CANARY
    (note,) = notes(session)
    assert "KeyError" in note.read_text("utf-8") and CANARY not in note.read_text("utf-8")
    assert sys.excepthook is not net


def test_ctrl_c_still_ends_the_program(session: Session, monkeypatch: pytest.MonkeyPatch):
    passed: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, fault, trace: passed.append(kind))
    net = LastNet(session)
    net.install()
    try:
        net(KeyboardInterrupt, KeyboardInterrupt(), None)
    finally:
        net.remove()
    assert passed == [KeyboardInterrupt]


def test_without_a_folder_no_note_is_kept(qtbot, look: Look):
    session = Session("A, RN")
    bar = NotSavedBar(look, session)
    qtbot.addWidget(bar)
    report_fault(session, None, RuntimeError("x"))
    assert not bar.isHidden()


def test_a_form_that_was_left_is_not_said_to_stand_on_the_screen(
    qtbot, look: Look, session: Session
):
    """H35: the window's own bar outlives the form, and told to try again what was gone."""
    bar, dialog, other = NotSavedBar(look, session), QDialog(), QDialog()
    for widget in (bar, dialog, other):
        qtbot.addWidget(widget)
    form = TinyForm(look, session)
    QVBoxLayout(dialog).addWidget(form)
    form.fault = OSError("the disk is gone")
    dialog.show()
    form.button.click()
    assert "still on the screen. Try again" in bar.words.text()
    other.reject()
    assert "still on the screen. Try again" in bar.words.text()
    dialog.reject()
    assert "was not recorded, and you left the form. Type it again" in bar.words.text()
    assert "Fault note: " in bar.words.text() and not bar.isHidden()


def test_what_the_ward_says_of_a_failed_save_is_what_the_bar_says(
    qtbot, look: Look, session: Session
):
    """H35: "ring whoever looks after this workstation" stood there for a full disk of the server."""
    bar, dialog = NotSavedBar(look, session), QDialog()
    form = TinyForm(look, session)
    for widget in (bar, dialog):
        qtbot.addWidget(widget)
    QVBoxLayout(dialog).addWidget(form)
    form.fault = NotSaved("The server's disk is full. Tell whoever looks after the server.")
    dialog.show()
    form.button.click()
    assert bar.headline.text() == "NOT SAVED" and not session.unsure
    assert bar.words.text() == f"{form.fault.words} What you typed is still on the screen."
    dialog.reject()
    assert bar.words.text().startswith(f"{form.fault.words} You left the form")


def test_a_save_of_unknown_fate_is_not_called_not_saved(form: TinyForm, session: Session):
    """H24, H35: "Try again" had recorded it twice; the next save that is known takes it back."""
    form.fault = NotKnown("Look whether this is recorded before you record it again.")
    form.button.click()
    assert form.bar.isVisible() and form.bar.headline.text() == "PERHAPS SAVED"
    assert form.fault.words in form.bar.words.text() and "Try again" not in form.bar.words.text()
    assert form in session.unsure
    form.fault = NotSaved("Other stations are saving, and it took too long. Save again.")
    form.button.click()  # the first try may be recorded: "save again" would double it
    assert form.bar.headline.text() == "PERHAPS SAVED" and form in session.unsure
    assert "the try before it may be recorded" in form.bar.words.text()
    assert "Save again" not in form.bar.words.text()
    form.fault = None
    form.button.click()
    assert form not in session.unsure and not form.bar.isVisible()


def test_a_name_is_shown_with_its_own_signs(qtbot, look: Look, session: Session):
    """Finding: "&" in a name was eaten as a mnemonic in the button of who records."""
    top = TopBar(look, session, demonstration=False)
    qtbot.addWidget(top)
    top.show_who("Zoë <b>X</b> & O, RN")
    assert top.who.text() == "Zoë <b>X</b> && O, RN"
    assert top.who.accessibleName() == "Recording: Zoë <b>X</b> & O, RN. Change"


def test_the_first_record_asks_who(qtbot, look: Look, form: TinyForm, session: Session, answer):
    """H33: a record always carries a name; it is asked before the first one."""
    session.change_who("")

    def name(dialog: WhoDialog) -> None:
        QTest.keyClicks(dialog.name, "T. Marini")
        QTest.keyClicks(dialog.role, "RN")
        dialog.act_button.click()

    asked = answer(name)
    form.button.click()
    assert asked.asked == 1
    assert form.kept == [f"{CANARY} by T. Marini, RN"]
    form.button.click()
    assert asked.asked == 1


def test_nobody_named_means_nothing_recorded(form: TinyForm, session: Session, answer):
    """H33: going back from the question records nothing and loses nothing."""
    session.change_who("")
    asked = answer(lambda dialog: dialog.reject())
    form.button.click()
    assert asked.asked == 1
    assert form.kept == [] and form.edit.text() == CANARY


def test_what_was_typed_is_quoted_letter_by_letter(qtbot, look):
    """H32: a reason that quotes markup shows it; nothing of it is hidden or drawn."""
    note = RefusalNote(look)
    qtbot.addWidget(note)
    note.show_reasons(("“<b>O'Brien</b>” is no date.", "A second reason."))
    assert note.textFormat() == Qt.TextFormat.PlainText
