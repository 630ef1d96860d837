"""What holds of every dialog: safe defaults, deaf wheels, tab stops, names."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton

from bedside.desktop.backup_settings_dialog import BackupSettingsDialog
from bedside.desktop.ctcae_dialog import CtcaeDialog
from bedside.desktop.delay_dialog import DelayDialog
from bedside.desktop.enrol_dialog import EnrolDialog
from bedside.desktop.fields import Choice, PlainEdit
from bedside.desktop.form_dialog import FormDialog
from bedside.desktop.gene_dialog import GeneDialog
from bedside.desktop.keys_dialog import KeysDialog
from bedside.desktop.leave_dialog import LeaveDialog
from bedside.desktop.open_course_dialog import OpenCourseDialog
from bedside.desktop.restore_dialog import RestoreDialog
from bedside.desktop.risk_dialog import RiskDialog
from bedside.desktop.site_dialog import SiteDialog
from bedside.desktop.weight_dialog import WeightDialog
from bedside.desktop.who_dialog import WhoDialog
from bedside.ward.infants import banner
from bedside.ward.restore_signing import Signing
from bedside.ward.views.backup import LostAct, LostFrom, LostRow, Preview
from bedside.ward.ward import Ward
from bedside.ward.where import where_are_we
from tests.desktop.test_fields import wheel
from tests.desktop.test_window import Shown

# ---- all of them -----------------------------------------------------------------------------------


def every_dialog(ward, look, session, infant: int) -> list[QDialog]:
    shown = banner(ward, infant)
    return [
        WeightDialog(ward, look, session, shown),
        EnrolDialog(ward, look, session),
        OpenCourseDialog(ward, look, session, where_are_we(ward, infant)),
        GeneDialog(ward, look, session, shown),
        RiskDialog(ward, look, session, shown),
        DelayDialog(ward, look, session, infant),
        SiteDialog(ward, look, session),
        WhoDialog(look, session),
        CtcaeDialog(ward, look, session),
        KeysDialog(look, ()),
        LeaveDialog(look, "Typed.", "&Leave", None),
        BackupSettingsDialog(ward, look, session),
        RestoreDialog(Signing(a_preview(ward), ward, None, ward.now), look, session),
    ]


def a_preview(ward: Ward) -> Preview:
    """A copy as it is shown before it is restored."""
    now = ward.now()
    lost = (LostAct(now, "E. Berg, RN", "recorded a weight", "MUSTER"),)
    content = {"infant_id": 1, "weight_g": 6300, "length_mm": None, "void_reason": None}
    row = LostRow(now, "E. Berg, RN", "recorded a weight", "measurement", 9, content)
    lost_from = LostFrom((row,), {1: ("MUSTER", "Ida", "2026-05-14", "T 001")}, {})
    folder = ward.folder / "restoring-20261120T094200Z"
    return Preview(
        folder,
        now,
        folder.name,
        "by hand",
        ("MUSTER, Ida",),
        7,
        now,
        "before",
        lost,
        "0" * 64,
        lost_from,
    )


@pytest.fixture(params=range(12), ids=str)
def each(request, shown, ward, look, session, infant_of) -> QDialog:
    """Every dialog in turn."""
    dialogs = every_dialog(ward, look, session, infant_of("4"))
    for dialog in dialogs:
        if dialog is not dialogs[request.param]:
            dialog.deleteLater()
    return shown(dialogs[request.param])


def test_the_safe_button_is_the_default(each: QDialog):
    """H34, H35: Return in a form records nothing and loses nothing."""
    (default,) = [button for button in each.findChildren(QPushButton) if button.isDefault()]
    others = {DelayDialog: "Keep as planned", LeaveDialog: "Stay here"}  # "Go back" leaves a form
    safe = others.get(type(each), "Go back")
    assert safe in default.text().replace("&", "")
    if isinstance(each, FormDialog):
        assert not each.act_button.autoDefault()


def test_return_in_any_field_records_nothing(each: QDialog, monkeypatch: pytest.MonkeyPatch):
    """A scanner's Return presses no button, in no field."""
    if not isinstance(each, FormDialog):
        return
    pressed: list[str] = []
    each.act_button.clicked.connect(lambda: pressed.append("act"))
    each.back_button.clicked.connect(lambda: pressed.append("back"))
    for edit in [*each.findChildren(PlainEdit), *each.findChildren(Choice)]:
        QTest.keyClick(edit, Qt.Key.Key_Return)
        QTest.keyClick(edit, Qt.Key.Key_Enter)
    assert pressed == [] and each.isVisible()


def test_no_wheel_changes_any_input(each: QDialog):
    """H34: a sweep of the wheel and the arrows over every input of every form."""
    edits = each.findChildren(PlainEdit)
    choices = each.findChildren(Choice)
    before = [edit.text() for edit in edits] + [choice.value() for choice in choices]
    for widget in [*edits, *choices]:
        wheel(widget)
        if isinstance(widget, PlainEdit):
            QTest.keyClick(widget, Qt.Key.Key_Up)
            QTest.keyClick(widget, Qt.Key.Key_Down)
    assert [edit.text() for edit in edits] + [choice.value() for choice in choices] == before


def letters(dialog: QDialog) -> list[str]:
    texts = [label.text() for label in dialog.findChildren(QLabel) if label.buddy() is not None]
    texts += [button.text() for button in dialog.findChildren(QPushButton)]
    return [one[1].lower() for text in texts for one in pairwise(text) if one[0] == "&"]


def test_every_mnemonic_is_its_own(each: QDialog):
    """No shortcut fails silently because two share a letter."""
    found = letters(each)
    assert found and len(found) == len(set(found)), found


def test_a_form_fits_a_small_screen(each: QDialog):
    each.adjustSize()
    assert each.width() <= 1366 and each.height() <= 768 - 30
    assert each.minimumSizeHint().height() <= 768


def test_every_field_has_a_tab_stop_and_a_name(each: QDialog):
    for edit in [*each.findChildren(PlainEdit), *each.findChildren(Choice)]:
        assert edit.focusPolicy() & Qt.FocusPolicy.TabFocus
        assert edit.accessibleName()


def test_no_part_of_a_form_comes_up_as_a_window(qapp, ward, look, session, infant_of):
    """A part shown before it has its place would flash up and take the keyboard away."""
    shown = Shown()
    qapp.installEventFilter(shown)
    try:
        dialogs = every_dialog(ward, look, session, infant_of("4"))
        for dialog in dialogs:
            if isinstance(dialog, FormDialog):
                dialog.record()
    finally:
        qapp.removeEventFilter(shown)
    for dialog in dialogs:
        dialog.deleteLater()
    assert shown.names == []
