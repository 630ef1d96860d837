"""H1: in the weight form a value far from the child's own asks for a second person, by name."""

import pytest
from PySide6.QtTest import QTest

from bedside.desktop.session import Session
from bedside.desktop.weight_dialog import WeightDialog
from bedside.store.queries import of_infant
from bedside.store.records import Measurement
from bedside.ward.infants import banner
from tests.desktop.conftest import NURSE


@pytest.fixture
def weigh(qtbot, ward, look, session: Session, infant_of) -> WeightDialog:
    """The form of the infant in bed 4: 5.6 kg this morning."""
    dialog = WeightDialog(ward, look, session, banner(ward, infant_of("4")))
    qtbot.addWidget(dialog, before_close_func=lambda one: setattr(one, "is_dirty", lambda: False))
    dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


def type_weight(weigh: WeightDialog, text: str) -> None:
    for field in (weigh.weight.first, weigh.weight.second):
        field.clear()
        QTest.keyClicks(field.edit, text)


def reasons(weigh: WeightDialog) -> str:
    return weigh.refusals.text()


def kept(weigh: WeightDialog) -> Measurement:
    with weigh.ward.store.reading() as connection:
        return of_infant(connection, Measurement, weigh.infant_id)[-1]


def note(weigh: WeightDialog) -> str:
    return weigh.weight.first.note.text().replace("\u2011", "-").replace("\u00a0", " ")


def test_typed_twice_and_refused_then_two_people(weigh: WeightDialog):
    before = kept(weigh)
    type_weight(weigh, "0.62")
    assert weigh.reader.isVisible()
    assert note(weigh).startswith("5.6 → 0.62 kg: about a tenth of the weight of 20-Nov-2026")
    assert "Did you mean 6.2 kg?" in note(weigh) and note(weigh).count("tenth") == 1
    weigh.act_button.click()
    assert "Name the second person" in reasons(weigh)
    QTest.keyClicks(weigh.reader.name, NURSE)
    weigh.act_button.click()
    assert "the second person is another one" in reasons(weigh)
    assert kept(weigh) == before and weigh.isVisible()
    weigh.reader.name.clear()
    QTest.keyClicks(weigh.reader.name, "R. Castellanos, physician")
    weigh.act_button.click()
    assert kept(weigh).weight_g == 620
    assert kept(weigh).unusual_reason.endswith("read by a second person, R. Castellanos, physician")


def test_an_ordinary_weight_asks_for_nobody(weigh: WeightDialog):
    type_weight(weigh, "0.62")
    type_weight(weigh, "5.65")
    assert not weigh.reader.isVisible() and not weigh.weight.again.isVisible()
    weigh.act_button.click()
    assert (kept(weigh).weight_g, kept(weigh).unusual_reason) == (5650, "")


@pytest.mark.parametrize("text", ["62", "620"])
def test_what_no_infant_weighs_offers_no_second_person(weigh: WeightDialog, text: str):
    type_weight(weigh, text)
    assert not weigh.reader.isVisible()
    assert "Did you mean 6.2 kg?" in note(weigh) and "0.5 to 30 kg" in note(weigh)
    weigh.act_button.click()
    assert weigh.isVisible() and kept(weigh).weight_g == 5600


def test_a_change_is_said_once(weigh: WeightDialog):
    """The note said the same twice: "88.9 % less …, now 88.9 % less"."""
    type_weight(weigh, "7")
    assert note(weigh).count("%") == 1


def test_a_ten_fold_slip_is_seen_before_the_day_is_typed(weigh: WeightDialog):
    weigh.date.clear()
    type_weight(weigh, "56")
    assert "Did you mean 5.6 kg?" in note(weigh) and weigh.act_button.property("closed")
    weigh.act_button.click()
    assert "Measured on is missing." in reasons(weigh) and weigh.isVisible()
