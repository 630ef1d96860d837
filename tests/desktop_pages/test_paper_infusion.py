"""An infusion of paper hours by real keys: a far amount asks for its second reader on the form itself."""

import pytest
from PySide6.QtCore import Qt

from bedside.desktop.paper_infusion_dialog import PaperInfusionDialog
from bedside.ward.facts import facts_of
from bedside.ward.weighing import void_size
from tests.ward.ordering import FIRST, PAPER
from tests.ward.wards import NURSE


@pytest.fixture
def dialog(qtbot, bench, look, session):
    bench.open_epi_1()
    bench.at(2026, 10, 7, 14, 0)
    made = PaperInfusionDialog(bench.ward, look, session, bench.infant)
    qtbot.addWidget(made, before_close_func=lambda one: setattr(one, "is_dirty", lambda: False))
    made.show()
    return made


def fill(qtbot, dialog, amount: str) -> None:
    qtbot.keyClicks(dialog.on.edit, "07-Oct-2026")
    for field, text in zip(dialog.times, ("09:00", "09:10", "09:30"), strict=True):
        qtbot.keyClicks(field.edit, text)
    qtbot.keyClicks(dialog.amount.edit, amount)
    fields = (dialog.paper.first, dialog.paper.second, dialog.paper.reason)
    for field, text in zip(fields, (PAPER.first, PAPER.second, PAPER.reason), strict=True):
        qtbot.keyClicks(field, text)
    dialog.giving.signer.name.setText(FIRST)
    qtbot.keyClicks(dialog.giving.identifiers.number, "T 001")
    qtbot.keyClicks(dialog.giving.identifiers.born.edit, "14-May-2026")


def test_half_of_it_needs_a_reason_and_a_second_reader(qtbot, bench, dialog):
    fill(qtbot, dialog, "7.75")
    qtbot.keyClicks(dialog.reason, "the line came out")
    assert dialog.second.isVisible() and not dialog.again.isVisible()
    qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    assert "half as much" in dialog.refusals.text()
    assert facts_of(bench.ward, bench.infant).doses == ()
    qtbot.keyClicks(dialog.second, "F. Okafor, pharmacist")
    qtbot.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    (dose,) = facts_of(bench.ward, bench.infant).doses
    assert dose.amount_ug == 7_750 and "F. Okafor" in dose.note


def test_without_anything_to_compare_the_form_asks_for_it_twice(
    qtbot, bench, look, session, dialog
):
    weight = facts_of(bench.ward, bench.infant).measurements[-1]
    void_size(bench.ward, weight.id, "another infant's", who=NURSE)
    made = PaperInfusionDialog(bench.ward, look, session, bench.infant)
    qtbot.addWidget(made)
    made.show()
    assert made.again.isVisible() and not made.second.isVisible()
    assert "type it a second time" in made.worked.text()
