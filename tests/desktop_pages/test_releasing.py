"""Releasing: a dose of another day is asked about, and who verified it, too, is told so."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bedside.desktop.order_dialogs import ReleaseDialog
from bedside.desktop.session import Session
from bedside.ward.orders import order_board
from tests.desktop_pages.page_driving import retype
from tests.ward.ordered import PHARMACIST, ordered


@pytest.fixture
def infant(bench):
    """EPI #1 day 1, 08:00; nothing is ordered."""
    bench.open_epi_1()
    return bench.infant


def shown(qtbot, dialog):
    qtbot.addWidget(dialog, before_close_func=lambda one: one.done(0))  # no question at the end
    dialog.show()
    dialog.activateWindow()
    assert QTest.qWaitForWindowActive(dialog)
    return dialog


def places(dialog):
    """Where the signature, its question and the buttons stand on the screen."""
    parts = (dialog.signer, dialog.alone, dialog.act_button, dialog.back_button)
    return [part.mapToGlobal(part.rect().topLeft()) for part in parts] + [dialog.geometry()]


def stages(bench):
    return [row.state.stage for row in order_board(bench.ward, bench.infant).rows]


def test_a_dose_of_another_day_is_released_only_expressly(qtbot, bench, infant, look):
    """Eyes 8: tomorrow's azacitidine was released today as "prepared" without a word."""
    ordered(bench.ward, infant, 1, 2, upto="verified")
    dialog = shown(qtbot, ReleaseDialog(bench.ward, look, Session(PHARMACIST), infant))
    (today, row), (tomorrow, other) = dialog.ticks.boxes
    assert row.on == bench.ward.today() != other.on
    assert not today.isChecked() and not tomorrow.isChecked()
    assert "NOT TODAY" in tomorrow.text() and "NOT TODAY" not in today.text()
    assert not dialog.other_day.isVisible()
    before = places(dialog)
    for box in (today, tomorrow):
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Space)
        QApplication.processEvents()
        assert places(dialog) == before, "what is asked moves nothing under the hand"
    assert "day 2, 08-Oct-2026" in dialog.other_words.text() and dialog.other_day.isVisible()
    QTest.keyClick(dialog, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: "Nothing was released" in dialog.refusals.text())
    assert stages(bench)[:2] == ["verified", "verified"]
    QTest.keyClick(dialog, Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(dialog.other_day.isChecked)
    tomorrow.click()
    assert not dialog.other_day.isVisible() and not dialog.other_day.isChecked()
    tomorrow.click()
    dialog.other_day.click()
    dialog.record()
    assert "You verified it, too" in dialog.refusals.text()
    assert stages(bench)[:2] == ["verified", "verified"]
    dialog.alone.click()
    dialog.record()
    assert stages(bench)[:2] == ["released", "released"]
    with bench.ward.store.reading() as connection:
        act = connection.exec_driver_sql("SELECT * FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    assert "of another day, it keeps" in str(act) and "verified by the same person" in str(act)


def test_who_verified_and_releases_is_told_so(qtbot, bench, infant, look):
    ordered(bench.ward, infant, 1, upto="verified")
    dialog = shown(qtbot, ReleaseDialog(bench.ward, look, Session(PHARMACIST), infant))
    assert not dialog.own.isVisible()
    dialog.ticks.boxes[0][0].click()
    assert "Verified by you, too" in dialog.own.text() and dialog.own.isVisible()
    assert dialog.alone.isVisible()
    retype(dialog.signer.name, "Mara Keller, pharmacist")  # may be M. Keller, who verified
    assert dialog.own.isVisible()
    retype(dialog.signer.name, "P. Other, pharmacist")
    assert not dialog.own.isVisible() and not dialog.alone.isVisible()
