"""The forms that sign orders: one scroll bar, and what is signed and what that means are both in sight."""

from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea

from bedside.desktop.order_dialogs import PrescribeDialog, VerifyDialog
from bedside.desktop.session import Session
from tests.desktop_pages.test_orders_page import infant, shown  # noqa: F401 (a fixture)
from tests.ward.ordered import PHARMACIST, PHYSICIAN, ordered


def test_what_the_signature_means_is_in_sight_and_only_the_form_scrolls(
    qtbot,
    bench,
    infant,  # noqa: F811
    look,
):
    """Two scroll bars side by side hide which of them moves the doses."""
    ordered(bench.ward, infant, upto="prescribed")
    dialog = shown(qtbot, VerifyDialog(bench.ward, look, Session(PHARMACIST), infant))
    QTest.qWait(50)
    form = dialog._form_area
    areas = dialog.findChildren(QAbstractScrollArea)
    assert [one for one in areas if one is not form and form.isAncestorOf(one)] == []
    assert dialog.meaning.isVisible() and not form.isAncestorOf(dialog.meaning)
    at = dialog.meaning.mapTo(dialog, QPoint(0, dialog.meaning.height()))
    assert not form.isAncestorOf(dialog.send_back_button)  # the other answer is in sight as well
    assert dialog.send_back_button.isVisible()
    after = [dialog.back_button, dialog.send_back_button, dialog.act_button]
    for one, two in pairwise(after):
        one.setFocus()
        QTest.keyClick(one, Qt.Key.Key_Tab)
        assert dialog.focusWidget() is two
    assert at.y() < dialog.signer.mapTo(dialog, QPoint(0, 0)).y() < dialog.height()
    dialog.done(0)


def test_the_form_to_prescribe_begins_at_the_band_with_its_doses_in_sight(
    qtbot,
    bench,
    infant,  # noqa: F811
    look,
):
    dialog = shown(qtbot, PrescribeDialog(bench.ward, look, Session(PHYSICIAN), infant))
    QTest.qWait(50)
    assert dialog._form_area.verticalScrollBar().value() == 0
    assert dialog.identifiers.isAncestorOf(dialog.focusWidget())
    box = dialog.ticks.boxes[0][0]
    band, first = (one.mapTo(dialog, QPoint(0, 0)).y() for one in (dialog.identifiers, box))
    assert band < first
    assert not box.visibleRegion().isEmpty()
    walked = dialog.focusWidget()
    for _ in range(4):  # number, day, the button, the first tick
        if walked is box:
            break
        QTest.keyClick(walked, Qt.Key.Key_Tab)
        walked = dialog.focusWidget()
    assert walked is box
    dialog.done(0)
