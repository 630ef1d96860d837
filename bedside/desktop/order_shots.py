"""Draws the orders of an infant: the part of the page, and the forms that sign them."""

from collections.abc import Iterator

from PySide6.QtWidgets import QDialog, QWidget

from bedside.desktop.continuous_dialog import ContinuousDialog
from bedside.desktop.doses_page import DosesPage
from bedside.desktop.doses_paper import AZACITIDINE, ORDERS
from bedside.desktop.order_dialogs import PrescribeDialog, ReleaseDialog, VerifyDialog
from bedside.desktop.past_doses_dialog import PastDosesDialog
from bedside.desktop.rest_dialog import RestDialog
from bedside.desktop.window import BedsideWindow
from bedside.ward.continuous import continuous_runs
from bedside.ward.facts import facts_of
from bedside.ward.past_doses import past_lines
from bedside.ward.rest_acts import rest_forms


def _to_settle(window: BedsideWindow, infant_id: int) -> Iterator[tuple[str, QWidget]]:
    """The forms of what is open of doses given: earlier courses, broken off, running for days."""
    ward, look, session = window.ward, window.look, window.session
    given = (ward, look, session, infant_id)
    made: list[tuple[str, QDialog]] = []
    if past_lines(ward, infant_id):
        made.append(("form-past-doses", PastDosesDialog(*given, window)))
    made += [("form-rest", RestDialog(*given, one, window)) for one in rest_forms(ward, infant_id)]
    runs = continuous_runs(ward, facts_of(ward, infant_id))
    made += [("form-continuous", ContinuousDialog(*given, run, window)) for run in runs]
    for name, dialog in made:
        dialog.show()
        yield name, dialog
        dialog.hide()
        dialog.deleteLater()


def order_pages(window: BedsideWindow, infant_id: int) -> Iterator[tuple[str, QWidget]]:
    """The part Orders of the page that is shown, then each form that has something to sign.

    Args:
        window: the window, with the page Doses and papers of this infant.
        infant_id: the infant.
    """
    page = window.pages.page
    yield from _to_settle(window, infant_id)
    if not isinstance(page, DosesPage) or not page.orders.model.rowCount():
        return
    page.show_part(ORDERS)
    yield "orders", window
    page.show_part(AZACITIDINE)
    for kind in (PrescribeDialog, VerifyDialog, ReleaseDialog):
        dialog = kind(window.ward, window.look, window.session, infant_id, window)
        if dialog.ticks.boxes:
            dialog.show()
            yield f"form-{kind.__name__.removesuffix('Dialog').lower()}", dialog
            dialog.hide()
        dialog.deleteLater()
