"""The door to a correction: chosen, reasoned, struck out; nothing happens by going back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bedside.desktop.corrections_dialog import CorrectionsDialog
from bedside.desktop.look import Look
from bedside.desktop.session import Session
from bedside.ward.facts import facts_of
from tests.ward.ordered import ordered
from tests.ward.wards import NURSE, Bench


@pytest.fixture
def opened(qtbot, tmp_path):
    """A dialog on an infant with one weight too many."""
    bench = Bench(tmp_path / "ward")
    bench.open_epi_1()
    bench.at(2026, 10, 7, 9, 0)
    bench.weigh(6900)
    dialog = CorrectionsDialog(
        bench.ward, Look("light"), Session(NURSE), bench.infant, "MUSTER, Ida"
    )
    qtbot.addWidget(dialog)
    dialog.show()
    yield bench, dialog
    dialog.reason.clear()
    dialog.close()
    bench.ward.store.close()


def weights(bench: Bench) -> list[int]:
    return [row.weight_g for row in facts_of(bench.ward, bench.infant).measurements]


def test_nothing_is_chosen_for_the_nurse_and_no_reason_strikes_nothing(opened):
    """H29, H34: no row is preselected, and a reason is needed."""
    bench, dialog = opened
    assert dialog.back_button.isDefault()
    dialog.list.setFocus()
    QTest.keyClicks(dialog.reason, "a reason, and nothing chosen")
    QTest.mouseClick(dialog.act_button, Qt.MouseButton.LeftButton)
    assert "Choose" in dialog.refusals.text()
    assert weights(bench) == [6200, 6900]
    dialog.reason.clear()
    dialog.list.setCurrentIndex(dialog.model.index(0))
    dialog.record()
    assert "reason" in dialog.refusals.text()
    assert weights(bench) == [6200, 6900]


def test_the_chosen_weight_is_struck_out(opened):
    """H29: the wrong weight no longer counts; the one before it does."""
    bench, dialog = opened
    assert dialog.found[0].words.startswith("weight 6.9 kg")
    dialog.list.setCurrentIndex(dialog.model.index(0))
    QTest.keyClicks(dialog.reason, "other infant")
    dialog.record()
    assert dialog.result() == dialog.DialogCode.Accepted
    assert weights(bench) == [6200]


def test_an_answer_names_the_orders_it_takes_along(opened):
    """S2-11: as a weight does."""
    bench, dialog = opened
    ordered(bench.ward, bench.infant, 3, upto="verified")
    place = next(at for at, one in enumerate(dialog.found) if one.kind == "answer")
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Home)
    for _ in range(place):
        QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.ending.isVisible() and "day 3" in dialog.ending.text().replace("\u00a0", " ")


def test_nothing_moves_when_a_row_is_chosen_that_ends_orders(opened, qtbot):
    """List, reason and buttons stay under the hand; what hangs on the row is said in room kept for it."""
    bench, dialog = opened
    ordered(bench.ward, bench.infant, 1)
    still = (dialog, dialog.list, dialog.reason, dialog.act_button, dialog.back_button)

    def places() -> list[tuple[int, int, int]]:
        qtbot.wait(30)
        spots = [one.mapToGlobal(one.rect().topLeft()) for one in still]
        sizes = [one.height() for one in still]
        return [(at.x(), at.y(), high) for at, high in zip(spots, sizes, strict=True)]

    before = places()
    assert "said here" in dialog.none_ends.text() and not dialog.ending.isVisible()
    dialog.list.setCurrentIndex(dialog.model.index(0))
    assert dialog.ending.isVisible() and dialog.none_ends.isHidden()
    assert places() == before
    course = next(at for at, one in enumerate(dialog.found) if one.kind not in ("weight", "answer"))
    dialog.list.setCurrentIndex(dialog.model.index(course))
    assert places() == before
