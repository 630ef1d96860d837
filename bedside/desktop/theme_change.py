"""Gives the window another theme: everything is made anew and shows what it showed before."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from bedside.desktop.look import Look

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow


def wear(window: "BedsideWindow", look: Look) -> None:
    """Set a theme's style sheet; the frame must be of the same theme."""
    window.look = look
    application = QApplication.instance()
    if isinstance(application, QApplication):
        application.setFont(look.font("body"))
        application.setStyleSheet(look.style_sheet())


def change_theme(window: "BedsideWindow", look: Look) -> None:
    """Take another theme; drafts must be recorded or given up first.

    Args:
        window: the window.
        look: the theme.
    """
    was_patient, infant = window.frame.on_patient, window.frame.infant_id
    index = window.pages.index if was_patient else 0
    trouble = window.not_saved.words.text() if window.not_saved.isVisible() else ""
    list_before = window.board_page
    wear(window, look)
    window.make_frame()
    window.board_page.stand_as(list_before)
    if trouble:
        window.session.not_saved.emit(None, trouble)
    window.show_board()
    if was_patient and infant is not None:
        window.open_infant(infant)
        window.show_page(index)


def other_theme(window: "BedsideWindow") -> None:
    """Go to the other theme; what is typed must be recorded or thrown away first."""
    if not window.drafts.may_throw(window.frame, window.look):
        return
    window.set_theme(Look("light" if window.look.theme == "dark" else "dark", window.look.percent))
