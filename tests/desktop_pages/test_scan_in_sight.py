"""A refused scan is read without scrolling, wherever in its form the keyboard is (H25)."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bedside.desktop.given_dose_dialog import GivenDoseDialog
from bedside.papers.label_code import label_code
from tests.desktop_pages.test_day_doses_form import interim, shown  # noqa: F401 (fixture)
from tests.ward.day_bench import label_key, printed
from tests.ward.test_hours_shown import LEUCOVORIN
from tests.ward.wards import Bench

WRONG = label_code("15P1-T002", "BS-2026-00001", 3)


def whole_in_sight(dialog: GivenDoseDialog) -> bool:
    said = dialog.giving.identifiers.said
    return (
        said.visibleRegion().boundingRect() == said.rect()
        and said.heightForWidth(said.width()) <= said.height()
    )


@pytest.mark.parametrize("with_label", [True, False])
@pytest.mark.parametrize("by_keys", [True, False])
def test_a_wrong_label_is_refused_in_sight(
    qtbot,
    interim: Bench,  # noqa: F811
    look,
    session,
    tmp_path,
    with_label: bool,
    by_keys: bool,
) -> None:
    """Found: the form scrolls, and the refusal of a scan stood under its fold."""
    if with_label:
        printed(interim, label_key(LEUCOVORIN, route="PO"), tmp_path)
    dialog = shown(qtbot, interim, look, session)
    qtbot.wait(20)
    try:
        refused_in_sight(qtbot, dialog, with_label, by_keys)
    finally:
        dialog.done(0)  # nothing is asked of what was typed


def refused_in_sight(qtbot, dialog: GivenDoseDialog, with_label: bool, by_keys: bool) -> None:
    fields = dialog.giving.identifiers
    assert fields.must_read == with_label
    fields.number.setText("T 002")
    dialog.amount.setFocus()
    qtbot.wait(20)
    if by_keys:
        fields.number.setFocus()
        QTest.keyClick(fields.number, Qt.Key.Key_Tab)
        QTest.keyClicks(dialog.focusWidget(), WRONG)
    else:
        dialog.back_button.setFocus()
        dialog.take_scan(WRONG)
    assert "no such label" in fields.said.text()
    qtbot.waitUntil(lambda: whole_in_sight(dialog), timeout=500)
