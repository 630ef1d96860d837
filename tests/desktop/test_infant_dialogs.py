"""H25: every dialog about one infant names her; every form begins in its first field."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from bedside.desktop.first_field import first_field
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.patient_line import PatientLine
from bedside.desktop.refusal_area import RefusalArea
from bedside.desktop.save import LastNet
from bedside.desktop.two_identifiers import TwoIdentifierFields
from bedside.units.dates import write_date
from bedside.ward.infants import banner
from tests.desktop.infant_dialogs import OF_NO_INFANT, InfantDialogs, dialog_classes, shown

OF_ONE_INFANT = sorted(set(dialog_classes()) - OF_NO_INFANT)


def said(widget: QWidget) -> str:
    return widget.text().replace("\u2011", "-").replace("\u00a0", " ")


def test_every_dialog_of_no_infant_is_still_there():
    """A list that names what is gone would hide what is new."""
    assert set(dialog_classes()) >= OF_NO_INFANT


@pytest.mark.parametrize("name", OF_ONE_INFANT)
def test_a_dialog_about_one_infant_names_her_at_its_top(dialogs_window, look, name: str):
    dialog, infant = InfantDialogs(dialogs_window).make(name)
    with shown(dialog):
        lines = [line for line in dialog.findChildren(PatientLine) if line.isVisible()]
        assert len(lines) == 1, "no line, or one twice"
        her = banner(dialogs_window.ward, infant)
        # what is read off the band stands nowhere on the form that asks for it
        retyped = dialog.findChild(TwoIdentifierFields) is not None
        # full-screen, her name stands large, once, above the line
        named = lines if name != "VialFull" else dialog.findChildren(QLabel)
        assert sum(f"{her.family}, {her.given}" in said(one) for one in named) == 1
        for part in (write_date(her.born), her.hospital_number):
            assert (part in said(lines[0])) is not retyped
            assert part not in dialog.windowTitle()  # H43: it stands in task lists and recordings
        assert lines[0].mapTo(dialog, lines[0].rect().topLeft()).y() < 110
        assert dialog.windowTitle() not in ("", "Bedside"), "it says which form it is"
        assert her.family not in dialog.windowTitle() and her.given not in dialog.windowTitle()
        assert not read_as_markup(dialog), "a name with < in it would be shown as another one"


def read_as_markup(dialog: QWidget) -> list[str]:
    """Labels that would read markup (P15); the captions of fields are our own words."""
    return [
        label.text()
        for label in dialog.findChildren(QLabel)
        if label.textFormat() != Qt.TextFormat.PlainText and label.buddy() is None
    ]


@pytest.mark.parametrize("name", OF_ONE_INFANT)
def test_a_form_begins_in_its_first_field_and_return_never_closes_it(
    qtbot, window, name: str, monkeypatch
):
    dialog, _ = InfantDialogs(window).make(name)
    if not isinstance(dialog, FormDialog):
        dialog.deleteLater()
        pytest.skip("not a form")
    with shown(dialog):
        qtbot.waitUntil(dialog.isActiveWindow)
        first = QApplication.focusWidget()
        if not dialog.act_button.isVisible():
            return  # nothing can be recorded now, and it says why
        assert first not in (dialog.back_button, dialog.act_button)
        area = dialog._form_area
        assert area.isAncestorOf(first) or first_field(area) is None
        for field in [first, *dialog.findChildren(QLineEdit), *dialog.findChildren(QPlainTextEdit)]:
            if field.isVisible() and not isinstance(field, QPushButton):
                field.setFocus()
                QTest.keyClick(field, Qt.Key.Key_Return)
                assert dialog.isVisible(), f"Return closed it from {field.accessibleName()}"
        nothing_lies_over_the_form(dialog)
        a_fault_is_said_and_loses_nothing(window, dialog, monkeypatch)


def a_fault_is_said_and_loses_nothing(window, dialog: FormDialog, monkeypatch) -> None:
    """P14, H35: the store fails at whatever the form asks of it first; nothing is silent."""
    faults: list[str] = []
    said: list[str] = []

    def fail(*_: object, **__: object) -> None:
        faults.append("asked")
        raise OSError("the store is gone")

    session, net = window.session, LastNet(window.session)
    session.not_saved.connect(lambda _form, words: said.append(words))
    lines = [line for line in dialog.findChildren(QLineEdit) if not line.isReadOnly()]
    before = [line.text() for line in lines]
    net.install()
    try:
        with monkeypatch.context() as broken:
            broken.setattr(window.ward.store, "reading", fail)
            broken.setattr(window.ward.store, "change", fail)
            dialog.act_button.click()
    finally:
        net.remove()
        session.not_saved.disconnect()
    if faults:
        assert said and "What you typed is still on the screen" in said[0]
        assert dialog.isVisible() and [line.text() for line in lines] == before


def nothing_lies_over_the_form(dialog: FormDialog) -> None:
    """A refusal that opens below takes its own room: the last field was half under the buttons."""
    for words in (("Why not. " * 20,), tuple(f"reason {number}" for number in range(12))):
        dialog.refusals.show_reasons(words)
        for _ in range(3):
            QApplication.processEvents()
        form, note = dialog._form_area.geometry(), refusal_area(dialog).geometry()
        assert note.height() and form.bottom() < note.top()
        assert note.bottom() < dialog.act_button.geometry().top()
        assert dialog.rect().contains(dialog.act_button.geometry())
        inside = dialog._form_area.widget()
        assert inside.height() >= inside.layout().totalMinimumHeightForWidth(inside.width())
        whole = dialog._form_area.viewport().height() >= inside.height()
        assert whole or dialog._form_area.verticalScrollBar().maximum() > 0
        assert dialog.minimumHeight() <= 720 and dialog.height() <= 768 - 24


def refusal_area(dialog: FormDialog) -> RefusalArea:
    (found,) = dialog.findChildren(RefusalArea)
    return found


def test_what_is_typed_at_once_stands_in_the_first_field(qtbot, window):
    """The first letters used to go to "Go back"."""
    dialog, _ = InfantDialogs(window).make("ToxicityDialog")
    with shown(dialog):
        qtbot.waitUntil(dialog.isActiveWindow)
        QTest.keyClicks(QApplication.focusWidget(), "Mucositis")
        assert dialog.term.text() == "Mucositis"


def test_one_tab_stop_for_each_drug_and_a_figure_chooses_the_step(qtbot, window):
    """Alt+P goes to the first drug; 1 to 5 choose; left and right move within the row."""
    dialog, _ = InfantDialogs(window).make("ToxicityDialog")
    with shown(dialog):
        qtbot.waitUntil(dialog.isActiveWindow)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
        first, second, *_ = dialog.judged.steps
        assert QApplication.focusWidget() is first.buttons[0]
        QTest.keyClick(first.buttons[0], Qt.Key.Key_4)
        assert first.value() == 3 and QApplication.focusWidget() is first.buttons[3]
        QTest.keyClick(first.buttons[3], Qt.Key.Key_Right)
        assert QApplication.focusWidget() is first.buttons[4] and first.value() == 3
        QTest.keyClick(first.buttons[4], Qt.Key.Key_Right)
        assert QApplication.focusWidget() is first.buttons[4], "the row ends here"
        QTest.keyClick(first.buttons[4], Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is second.buttons[0]
        QTest.keyClick(second.buttons[0], Qt.Key.Key_Backtab)
        assert QApplication.focusWidget() in first.buttons
