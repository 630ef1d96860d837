"""The official workbook is loaded from the site's settings; another file is refused in place."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog

from bedside.desktop.ctcae_dialog import CtcaeDialog
from bedside.desktop.site_dialog import SiteDialog
from bedside.ward.ctcae import loaded_workbooks
from tests.ward.workbooks import workbook


@pytest.fixture
def shown(qtbot) -> Callable[[QDialog], QDialog]:
    """Shows a dialog and takes it down after the test."""

    def show(dialog: QDialog) -> QDialog:
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return show


def test_a_workbook_is_loaded_and_stands_there_with_its_terms(
    shown, ward, look, session, tmp_path: Path, monkeypatch
):
    path = tmp_path / "five.xlsx"
    path.write_bytes(workbook())
    dialog = shown(CtcaeDialog(ward, look, session))
    assert "No workbook is loaded" in dialog.standing.text()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    dialog.choose_button.click()
    assert dialog.file.text() == str(path)
    dialog.act_button.click()
    assert "CTCAE 5.0: 2 terms, from five.xlsx" in dialog.standing.text()
    assert dialog.file.text() == "" and not dialog.is_dirty()
    assert len(loaded_workbooks(ward)) == 1


def test_no_file_and_another_file_are_refused_and_what_was_typed_stays(
    shown, ward, look, session, tmp_path: Path, monkeypatch
):
    path = tmp_path / "other.xlsx"
    path.write_bytes(workbook(name="Sheet1"))
    dialog = shown(CtcaeDialog(ward, look, session))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    dialog.choose_button.click()
    dialog.act_button.click()
    assert "Which file?" in dialog.refusals.text()
    dialog.file.setText(str(path))
    dialog.act_button.click()
    assert "another workbook" in dialog.refusals.text()
    assert dialog.file.text() == str(path)
    assert loaded_workbooks(ward) == ()


def test_the_site_settings_lead_to_it(shown, ward, look, session, monkeypatch):
    opened: list[object] = []
    monkeypatch.setattr(CtcaeDialog, "exec", lambda dialog: opened.append(dialog) or 0)
    dialog = shown(SiteDialog(ward, look, session))
    dialog.terms_button.click()
    assert len(opened) == 1
