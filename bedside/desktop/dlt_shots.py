"""What is drawn of the DLT evaluation beside its pages: rule, card, and the forms that decide and take back."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from bedside.desktop.dlt_decide_dialog import DecideDialog
from bedside.desktop.dlt_rule_dialog import DltRuleDialog
from bedside.desktop.dlt_take_back_dialog import TakeBackDialog
from bedside.desktop.tertiary_card_dialog import TertiaryCardDialog
from bedside.ward.board import board
from bedside.ward.cohort import cohort_protocols
from bedside.ward.dlt_page import dlt_page

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow


def dlt_forms(window: "BedsideWindow") -> dict[str, Callable[[], QDialog]]:
    """The rule in force, and for each open DLT period the card and the form of what is due."""
    ward, look, session = window.ward, window.look, window.session
    makers: dict[str, Callable[[], QDialog]] = {
        f"dlt-rule-{key}": partial(DltRuleDialog, ward, key, look, session, window)
        for key, _ in cohort_protocols(ward)
    }
    for row in board(ward).rows:
        if row.dlt.state != "open":
            continue
        name = f"bed-{row.bed or row.infant_id}"
        card = partial(TertiaryCardDialog, ward, row.infant_id, look, session, window)
        makers[f"tertiary-team-{name}"] = card
        for toxicity in dlt_page(ward, row.infant_id).rows:
            if toxicity.due:
                makers[f"dlt-decision-{name}"] = partial(
                    DecideDialog, ward, row.infant_id, toxicity, look, session, window
                )
            if toxicity.decisions:
                makers["dlt-take-back"] = partial(
                    TakeBackDialog, ward, row.infant_id, toxicity.decisions[0], look, session,
                    _nothing, window,
                )  # fmt: skip
    return makers


def _nothing(_reason: str, _secret: str) -> None:
    """A picture takes nothing back."""
