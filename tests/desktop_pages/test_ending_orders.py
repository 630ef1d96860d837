"""The forms of holds and of the end of a reduction say first which signed orders they end."""

from decimal import Decimal

import pytest
from PySide6.QtTest import QTest

from bedside.desktop.delay_dialog import DelayDialog
from bedside.desktop.end_reduction_dialog import EndReductionDialog
from bedside.ward.orders import order_board
from bedside.ward.reductions import save_reduction
from bedside.ward.views.reductions import NewReduction, ReductionRow
from tests.desktop_pages.page_driving import retype, type_into
from tests.ward.ordered import PHYSICIAN, ordered


@pytest.fixture
def infant(bench):
    """EPI #1 day 1, 08:00; the site ruled that lost days come later; nothing is ordered."""
    bench.open_epi_1()
    bench.site(block_days="later")
    return bench.infant


def shown(qtbot, dialog):
    qtbot.addWidget(dialog, before_close_func=lambda one: one.done(0))  # no question at the end
    dialog.show()
    dialog.activateWindow()
    assert QTest.qWaitForWindowActive(dialog)
    return dialog


def stages(bench):
    return [row.state.stage for row in order_board(bench.ward, bench.infant).rows]


def test_a_hold_says_which_orders_it_ends(qtbot, bench, infant, look, session):
    ordered(bench.ward, infant, 1, 3)
    dialog = shown(qtbot, DelayDialog(bench.ward, look, session, infant, course_key="epi-1"))
    assert not dialog.ending.isVisible() or "day" in dialog.ending.text()
    retype(dialog.from_on.edit, "08-Oct-2026")
    retype(dialog.goes_on.edit, "09-Oct-2026")
    assert dialog.view is not None and not dialog.view.against
    assert dialog.ending.isVisible()
    assert "day 3, 15.5 mg" in dialog.ending.text().replace("\u00a0", " ")
    type_into(dialog.reason, "fever")
    dialog.act_button.click()
    assert stages(bench)[:3:2] == ["released", "void"]
    again = shown(qtbot, DelayDialog(bench.ward, look, session, infant))
    ordered(bench.ward, infant, 3)
    hold = again.form.holds[0]
    again._begin_taking_back(hold.hold_id)
    assert "day 3" in again.ending.text() and again.ending.isVisible()


def test_the_end_of_a_reduction_says_which_orders_it_ends(qtbot, bench, infant, look, session):
    form = NewReduction(
        "epi-1", "azacitidine", 1, None, Decimal(75), "standard", "why", "A. Okonjo"
    )
    row = save_reduction(bench.ward, infant, form, who=PHYSICIAN)
    ordered(bench.ward, infant, 1, 2)
    told = ReductionRow(row, "azaCITIDine to 75 %", "")
    dialog = shown(qtbot, EndReductionDialog(bench.ward, look, session, infant, told))
    assert not dialog.ending.isVisible()
    type_into(dialog.last_day.edit, "1")
    assert dialog.ending.isVisible() and "day 2" in dialog.ending.text()
