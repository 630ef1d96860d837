"""What is drawn of the handover: its page, the signing, and the handovers before; and the palette."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QWidget

from bedside.desktop.acts import acts_here
from bedside.desktop.handover_dialog import HandoverDialog
from bedside.desktop.handover_door import show_handover
from bedside.desktop.handover_page import HandoverPage
from bedside.desktop.handover_past_dialog import HandoverPastDialog
from bedside.desktop.palette_dialog import PaletteDialog
from bedside.ward.board import board
from bedside.ward.handover import handovers

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow


def handover_shots(window: "BedsideWindow") -> Iterator[tuple[str, QWidget]]:
    """The open tasks with some taken; the forms; the palette with two infants of one name."""
    show_handover(window)
    yield "handover", window
    page = window.stack.currentWidget()
    if not isinstance(page, HandoverPage) or page.view is None:
        return
    ward, look = window.ward, window.look
    dialogs: list[tuple[str, QDialog]] = [
        ("form-handover-signing", HandoverDialog(ward, look, window.session, page.view, page)),
        ("form-handovers-before", HandoverPastDialog(look, handovers(ward), ward.local, page)),
    ]
    palette = PaletteDialog(look, acts_here(window), board(ward).rows, window)
    palette.edit.setText("ho")
    for name, dialog in (*dialogs, ("form-palette", palette)):
        dialog.show()
        yield name, dialog
        dialog.hide()
        dialog.deleteLater()
    window.show_board()
