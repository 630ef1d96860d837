"""Gives the window another theme: everything is made anew and shows what it showed before."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from bedside.desktop.ahead import make_pages
from bedside.desktop.look import Look

if TYPE_CHECKING:
    from bedside.desktop.frame import Frame
    from bedside.desktop.window import BedsideWindow


def wear(window: "BedsideWindow", look: Look) -> None:
    """Set a theme's style sheet; the frame must be of the same theme."""
    window.look = look
    application = QApplication.instance()
    if isinstance(application, QApplication):
        application.setPalette(look.palette())
        if application.font() != look.font("body"):  # the same one would be told to each widget
            application.setFont(look.font("body"))
    window.setStyleSheet(look.style_sheet())


def change_theme(window: "BedsideWindow", look: Look) -> None:
    """Take another theme; what is typed is put back, and a second check waits for nobody.

    Args:
        window: the window.
        look: the theme.
    """
    from bedside.desktop.carried_drafts import put_in, say_kept, take_out
    from bedside.desktop.doses_paper import PaperPage
    from bedside.desktop.made_anew import Held
    from bedside.desktop.same_place import SamePlace

    if not _may_change(window):
        return
    was_patient, infant = window.frame.on_patient, window.frame.infant_id
    index = window.pages.index if was_patient else 0
    before = window.pages.page if was_patient else None
    in_sight = before.in_sight if isinstance(before, PaperPage) else None
    trouble = window.not_saved.words.text() if window.not_saved.isVisible() else ""
    known = window.not_saved.known
    list_before = window.board_page
    place, held = SamePlace(window), Held(before, window.focusWidget())
    drafted = before is not None and before.is_dirty()
    carried = take_out(window.frame)
    if was_patient:
        window.pages.let_go_of_others()
    left = _taken_out(window)
    wear(window, look)
    window.make_frame()
    put_in(window, carried)
    window.board_page.stand_as(list_before)
    left.deleteLater()
    if trouble:
        (window.session.not_saved if known else window.session.not_known).emit(None, trouble)
    window.show_board()
    if was_patient and infant is not None:
        window.open_infant(infant, index)
        page = window.pages.page
        if in_sight is not None and isinstance(page, PaperPage):
            page.show_again(*in_sight)
        if drafted and page is not None:
            held.give_to(page)  # somebody is typing in it
    place.go_back()
    say_kept(window)
    make_pages(window)


def _may_change(window: "BedsideWindow") -> bool:
    """Whether everything may be made anew now; where it may not, why not is said.

    A key can arrive just after a question has opened, before the question has the keyboard. What asked it
    waits in the frame that would go: its answer would come back into nothing, and end the program.
    """
    if window.frame.blind is not None:
        window.frame.blind.page.say_stay()
        return False
    asked = QApplication.activeModalWidget()
    over = None if asked is None else asked.parentWidget()
    if over is not None and (over is window or window.isAncestorOf(over)):
        words = QCoreApplication.translate(
            "ThemeChange", "A question or a form is open: answer it or go back first (Esc)."
        )
        window.frame.status.say(words)
        return False
    return True


def _taken_out(window: "BedsideWindow") -> "Frame":
    """The frame that goes, out of the window: else each part of it would be dressed anew for nothing."""
    frame = window.frame
    frame.hide()
    window.takeCentralWidget()
    return frame


def other_theme(window: "BedsideWindow") -> None:
    """Go to the other theme."""
    window.set_theme(Look("light" if window.look.theme == "dark" else "dark", window.look.percent))
