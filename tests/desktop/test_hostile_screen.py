"""P15 on the screen: what a person typed is shown as letters; no label, no hint takes it for markup."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as Text
from PySide6.QtWidgets import QLabel, QWidget

from bedside.desktop.window import BedsideWindow
from bedside.units.quantities import BodyWeight
from bedside.ward.enrolling import enrol
from bedside.ward.forms import NewInfant, NewSize, NewToxicity
from bedside.ward.toxicities import record_toxicity
from bedside.ward.ward import Ward
from bedside.ward.weighing import record_size

HOSTILE = '<b>open</b><img src="file:///x"/>'


@pytest.fixture
def infant(ward: Ward) -> int:
    today = ward.today()
    number = enrol(
        ward,
        NewInfant(
            family=HOSTILE, given=HOSTILE, sex="f", born=today - timedelta(days=200),
            gestation_days=None, hospital_number="T 77", bed="<i>9</i>", allergies=HOSTILE,
            line=HOSTILE, protocol_key="aall15p1", study_number="<b>S</b>",
            diagnosed_on=today - timedelta(days=40), diagnosis=HOSTILE, kmt2a="rearranged",
            consent="yes", induction_day_1=today - timedelta(days=36),
        ),
        who="Dr <b>Who</b>", registered_elsewhere="seen",
    )  # fmt: skip
    size = NewSize(BodyWeight(7000), None, ward.now() - timedelta(hours=1), "typed again")
    record_size(ward, number, size, who="Dr <b>Who</b>")
    record_toxicity(
        ward, number, NewToxicity("Vomiting", 2, today, "", HOSTILE), who="Dr <b>Who</b>"
    )
    return number


def as_markup(widget: QWidget) -> list[str]:
    """Whatever under a widget would draw typed text as markup."""
    found = [
        f"{type(label).__name__}: {label.text()[:90]}"
        for label in widget.findChildren(QLabel)
        if any(mark in label.text() for mark in ("<b>open", "<i>9", "<b>S<", "<b>Who"))
        and (
            label.textFormat() == Qt.TextFormat.RichText
            or (label.textFormat() == Qt.TextFormat.AutoText and Text.mightBeRichText(label.text()))
        )
    ]
    return found + [
        f"hint of {type(each).__name__}: {each.toolTip()[:90]}"
        for each in widget.findChildren(QWidget)
        if Text.mightBeRichText(each.toolTip()) and "<b>open" in each.toolTip()
    ]


def test_no_hint_of_a_list_takes_typed_text_for_markup(infant: int, window: BedsideWindow) -> None:
    model = window.board_page.model
    hints = [
        model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
        for row in range(model.rowCount())
        for column in range(model.columnCount())
    ]
    assert any(text and "&lt;b>open" in text for text in hints)
    assert not any(text and "<b>open" in text for text in hints)


def test_no_page_takes_typed_text_for_markup(infant: int, window: BedsideWindow, qtbot) -> None:
    assert as_markup(window) == []
    assert window.open_infant(infant)
    found = {}
    for index in range(7):
        window.show_page(index)
        qtbot.wait(1)
        found[index] = as_markup(window)
        assert any("<b>open" in label.text() for label in window.findChildren(QLabel)), index
    assert found == {index: [] for index in range(7)}
