"""Draws the orders of an infant: the part of the page, and the forms that sign them."""

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from bedside.desktop.doses_page import DosesPage
from bedside.desktop.doses_paper import AZACITIDINE, ORDERS
from bedside.desktop.order_dialogs import PrescribeDialog, ReleaseDialog, VerifyDialog
from bedside.desktop.window import BedsideWindow


def order_pages(window: BedsideWindow, infant_id: int) -> Iterator[tuple[str, QWidget]]:
    """The part Orders of the page that is shown, then each form that has something to sign.

    Args:
        window: the window, with the page Doses and papers of this infant.
        infant_id: the infant.
    """
    page = window.pages.page
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
