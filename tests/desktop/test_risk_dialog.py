"""The dialog "Risk and arm": what it says, what it records, and that nothing typed is lost."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from bedside.desktop.look import Look
from bedside.desktop.risk_dialog import RiskDialog
from bedside.desktop.session import Session
from bedside.ward.facts import facts_of
from bedside.ward.infants import banner
from bedside.ward.risk import risk_view
from bedside.ward.ward import Ward


@pytest.fixture
def dialog(qtbot, ward: Ward, look: Look, session: Session, infant_of) -> RiskDialog:
    """The dialog of the infant in bed 8: Interfant-06, HR."""
    made = RiskDialog(ward, look, session, banner(ward, infant_of("8")))
    qtbot.addWidget(made, before_close_func=lambda one: setattr(one, "is_dirty", lambda: False))
    made.show()
    return made


def said(dialog: RiskDialog) -> str:
    texts = (label.text() for label in dialog.findChildren(QLabel))
    return " ".join(texts).replace("\u00a0", " ").replace("\u2011", "-")


def test_group_reasons_partner_and_transplant_are_said(dialog: RiskDialog) -> None:
    words = said(dialog)
    assert "HR, high risk" in words
    assert "412 ×10⁹/L (300 ×10⁹/L or more: yes)" in words
    assert "MLLT1, t(11;19)" in words and "p = 0.005" in words
    assert "indicated: every HR infant is to be transplanted" in words
    assert "OCTADAD part 1 (only without a transplant)" in words


def test_white_cells_above_what_the_laboratory_counts(
    dialog: RiskDialog, ward: Ward, infant_of
) -> None:
    """A laboratory's ">400" is typed so, and stays a bound."""
    dialog.cells.set_text(">400")
    dialog.reason.setText("the laboratory counts to 400 only")
    dialog.record()
    seen = risk_view(ward, infant_of("8"))
    assert seen.white_cells.startswith(">400\u202f000 per µL")
    assert seen.group == "HR"


@pytest.mark.parametrize(
    ("typed", "kept", "group", "reason"),
    [
        (">400", ">400 per µL", "", "repeat it or ask the laboratory for the number"),
        ("<1", "<1 per µL", "MR", "a poor response to prednisone: no"),
        (">1000", ">1 000 per µL", "HR", "a poor response to prednisone: yes"),
    ],
)
def test_a_bound_of_the_blasts_on_day_8_is_taken(
    dialog: RiskDialog, ward: Ward, infant_of, typed: str, kept: str, group: str, reason: str
) -> None:
    """With 200 ×10⁹/L white cells the blasts decide; a bound on both sides of 1000 decides nothing."""
    dialog.cells.set_text("200")
    dialog.blasts.set_text(typed)
    start = facts_of(ward, infant_of("8")).start_of("induction")
    assert start is not None
    dialog.blasts_on.set_text((start.day_1 + timedelta(days=7)).isoformat())
    dialog.reason.setText("read anew from the slip")
    assert kept in dialog.blasts.echo.text().replace("\u202f", " ")
    dialog.record()
    seen = risk_view(ward, infant_of("8"))
    assert seen.day8_blasts.replace("\u202f", " ").startswith(kept)
    assert seen.group == group
    assert reason in " ".join(seen.because)


@pytest.mark.parametrize("typed", ["<0", ">=400", ">", "> many"])
def test_what_is_no_bound_is_refused(dialog: RiskDialog, typed: str) -> None:
    dialog.blasts.set_text(typed)
    assert dialog.blasts.refusal()
    assert dialog.blasts.seen() is None


def test_an_mrd_result_is_recorded(dialog: RiskDialog, ward: Ward, infant_of) -> None:
    dialog.point.choose("before-octadad")
    dialog.taken_on.set_text(ward.today().isoformat())
    dialog.level.setText("10e-4")
    dialog.method.choose("flow")
    dialog.sees.setText("1e-5")
    dialog.record()
    assert "ambiguous" in said(dialog)
    assert dialog.level.text() == "10e-4"  # refused input is kept as typed
    dialog.level.setText("1e-4")
    dialog.record()
    lines = {line.key: line.words for line in risk_view(ward, infant_of("8")).mrd}
    assert lines["before-octadad"].startswith("0.01 % (0.0001)")


def test_a_result_that_cannot_be_read_is_marked_when_its_field_is_left(dialog: RiskDialog) -> None:
    """Record complained first that time point, day, result and method belong together."""
    dialog.show()
    dialog.activateWindow()
    dialog.level.setFocus()
    QTest.keyClicks(dialog.level, "10e-4")
    QTest.keyClick(dialog.level, Qt.Key.Key_Tab)
    assert dialog.level.property("trouble") is True and "ambiguous" in dialog.refusals.text()
    dialog.record()
    assert "ambiguous" in dialog.refusals.text().split("belong together")[0]
    dialog.level.setFocus()
    dialog.level.selectAll()
    QTest.keyClicks(dialog.level, "1e-4")
    QTest.keyClick(dialog.level, Qt.Key.Key_Tab)
    assert dialog.level.property("trouble") is False


def test_half_a_result_is_refused(dialog: RiskDialog) -> None:
    dialog.point.choose("before-octadad")
    assert dialog.is_dirty()
    dialog.record()
    assert "belong together" in said(dialog)


def test_a_date_that_cannot_be_read_is_named(dialog: RiskDialog) -> None:
    dialog.taken_on.set_text("45.13.2026")
    dialog.record()
    assert "Sample taken on" in said(dialog)


def test_a_protocol_without_groups_has_nothing_to_record(
    qtbot, ward: Ward, look: Look, session: Session, infant_of
) -> None:
    made = RiskDialog(ward, look, session, banner(ward, infant_of("4")))
    qtbot.addWidget(made)
    made.show()
    assert not made.act_button.isVisible()
    assert "AALL15P1 has no public risk groups and one arm." in said(made)
