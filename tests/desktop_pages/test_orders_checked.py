"""Orders and the second check: its key from the part Orders, and what the signer reads of the drawing up."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from bedside.desktop.order_dialogs import PrescribeDialog
from tests.desktop_pages.test_orders_page import infant, page, shown  # noqa: F401 (fixtures)
from tests.ward.ordered import ordered


def test_the_second_check_is_reached_by_its_key_from_the_orders_too(page, bench):  # noqa: F811
    asked = []
    page.check_asked.connect(lambda *told: asked.append(told))
    QTest.keyClick(page.orders.table, Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    assert asked == [] and "not prescribed" in page.refusals.text()
    ordered(bench.ward, bench.infant, 1)
    page.refresh()
    QTest.keyClick(page.orders.table, Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    assert asked == [(bench.infant, ("epi-1", 1, "azacitidine", "IV"))]


def test_who_signs_reads_what_the_dose_is_drawn_up_from(qtbot, bench, infant, look, session):  # noqa: F811
    form = shown(qtbot, PrescribeDialog(bench.ward, look, session, infant))
    said = [one.text().replace("\u00a0", " ") for one in form.findChildren(QLabel)]
    assert "Signed with: concentration 10 mg per mL; syringe step 0.01 mL; volume 1.55 mL" in said
