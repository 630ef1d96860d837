"""A dose given on a weight struck out since: on the orders, in Each day, and before the striking."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from bedside.desktop.corrections_dialog import CorrectionsDialog
from bedside.desktop.doses_page import DosesPage
from bedside.desktop.doses_paper import ORDERS
from bedside.desktop.order_table import Column
from bedside.ward.facts import facts_of
from bedside.ward.giving import finish_infusion, lose_vial, start_infusion, start_vial
from bedside.ward.weighing import void_size
from tests.desktop_pages.page_driving import in_frame
from tests.ward.ordering import by, ready
from tests.ward.wards import NURSE


@pytest.fixture
def given(bench):
    """EPI #1 day 1, 07-Oct-2026: two vials lost, the third given on 5.65 kg; 6.2 kg before it."""
    bench.open_epi_1()
    bench.at(2026, 10, 7, 9, 30)
    used = bench.weigh(5650)
    bench.at(2026, 10, 7, 10, 0)
    ready(bench.ward, bench.infant)
    for why in ("broken", "too late"):
        vial = start_vial(bench.ward, bench.infant, "epi-1", 1, bench.clock(), 15, who=NURSE)
        bench.clock.now += timedelta(minutes=20)
        lose_vial(bench.ward, vial, why, who=NURSE)
    vial = start_vial(bench.ward, bench.infant, "epi-1", 1, bench.clock(), 15, who=NURSE)
    start_infusion(bench.ward, vial, bench.clock(), by(bench.ward, bench.infant), who=NURSE)
    running = facts_of(bench.ward, bench.infant).doses[-1].id
    bench.clock.now += timedelta(minutes=15)
    finish_infusion(bench.ward, running, bench.clock(), who=NURSE)
    bench.clock.now += timedelta(minutes=5)
    return used


@pytest.fixture
def page(qtbot, bench, given, look, session):
    made = DosesPage(bench.ward, look, session)
    in_frame(qtbot, made)
    made.show_infant(bench.infant)
    return made


def cell(page) -> str:
    return page.orders.model.index(0, Column.GIVEN).data()


def test_every_record_of_a_dose_is_listed(page):
    """The dose that counts stands first; both vials that were lost stay readable below it."""
    page.show_part(ORDERS)
    assert cell(page).split("\n") == [
        "given 10:55,",
        "Test Nurse",
        "vial lost 10:00,",
        "Test Nurse",
        "vial lost 10:20,",
        "Test Nurse",
    ]
    metrics = page.orders.table.fontMetrics()
    assert page.orders.table.rowHeight(0) >= 6 * metrics.height()


def test_the_dose_is_marked_and_not_voided_when_its_weight_is_struck_out(bench, given, page):
    void_size(bench.ward, given, "the blanket was weighed too", who=NURSE)
    page.refresh()
    page.show_part(ORDERS)
    index = page.orders.model.index(0, Column.GIVEN)
    assert cell(page).split("\n")[2] == "weight struck out since"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole).startswith("to be put right: given")
    assert "by the weight in force, 6.2 kg, it would be 15.5 mg" in " ".join(
        text.replace("\u00a0", " ") for text in page.orders.texts()
    )
    assert page.orders.model.index(0, Column.STATE).data() == "given"
    days = " ".join(one.text() for one in page.vial.findChildren(QLabel))
    assert "LOOK: given 10:55" in days.replace("\u00a0", " ")


def test_before_a_weight_is_struck_out_the_dose_given_on_it_is_told(
    qtbot, bench, given, look, session
):
    dialog = CorrectionsDialog(bench.ward, look, session, bench.infant, "MUSTER, Ida")
    qtbot.addWidget(dialog, before_close_func=lambda one: one.done(0))
    dialog.show()
    dialog.activateWindow()
    qtbot.waitActive(dialog)
    at = next(
        place
        for place, one in enumerate(dialog.found)
        if (one.kind, one.record_id) == ("weight", given)
    )
    dialog.list.setCurrentIndex(dialog.model.index(at, 0))
    said = dialog.ending.text().replace("\u00a0", " ").replace("\u2011", "-")
    assert "Given already, and marked from then on:" in said
    assert (
        "azaCITIDine day 1, 07-Oct-2026: given 14.125 mg on 5.65 kg, which is struck out with this; "
        "by the weight in force, 6.2 kg, it would be 15.5 mg"
    ) in said
    assert "signed orders void" not in said  # the order of a given dose is closed
