"""Carries what is typed and not recorded over into a frame of another theme, size of text or language.

Decision: a page with typed text is made anew and what was typed put back, where it then reads equal
(`bedside.desktop.made_anew`). Where it does not, the page is moved as it is: so nothing typed can be lost,
whatever kind of form it is. It keeps the colours, size and language in which it was begun until it is
recorded or thrown away; then it is made anew like every other page.
"""

from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import QToolTip, QWidget

from bedside.desktop.look import Look
from bedside.desktop.page import Page

if TYPE_CHECKING:
    from bedside.desktop.commissioning_page import CommissioningPage
    from bedside.desktop.frame import Frame
    from bedside.desktop.window import BedsideWindow


class Carried(Struct):
    """What is carried over.

    Args:
        pages: pages with typed text, by infant and number of the page.
        commissioning: the page of a pass that is not completed; None where there is none.
    """

    pages: dict[tuple[int, int], Page]
    commissioning: "CommissioningPage | None"


def take_out(frame: "Frame") -> Carried:
    """Take every page with typed text out of a frame that goes away."""
    pages = frame.pages.give_drafts() if frame.drafts() else {}
    commissioning = frame.commissioning if frame.other_drafts() else None
    if commissioning is not None:
        frame.stack.removeWidget(commissioning)
        commissioning.setParent(None)
    return Carried(pages, commissioning)


def put_in(window: "BedsideWindow", carried: Carried) -> None:
    """Put the pages into the window's new frame, and say what becomes of them."""
    frame = window.frame
    if carried.commissioning is not None:
        _put_commissioning(window, carried.commissioning)
    if carried.pages:
        frame.pages.take_drafts(carried.pages)


def _put_commissioning(window: "BedsideWindow", old: "CommissioningPage") -> None:
    from bedside.desktop.made_anew import commissioning_anew

    frame = window.frame
    window.show_commissioning()
    new = frame.commissioning
    if new is not None and commissioning_anew(old, new):
        old.deleteLater()
        return
    if new is not None:
        frame.stack.removeWidget(new)
        new.deleteLater()
    keep_looks(old, old.look)
    frame.take_commissioning(old)


def say_kept(window: "BedsideWindow") -> None:
    """Say which drafts stay as they were begun."""
    names = window.drafts.carried_names(window.frame)
    if not names:
        return
    words = QCoreApplication.translate(
        "CarriedDrafts",
        "Nothing typed is lost: {0}. It keeps the size, theme and language in which it was begun "
        "until it is recorded.",
    )
    at = window.mapToGlobal(QPoint(window.width() // 2, window.topbar.height()))
    QToolTip.showText(at, words.format("; ".join(names)), window)


def keep_looks(page: QWidget, look: Look) -> None:
    """Let a page keep the style of the look it was made in, its ground included."""
    page.setProperty("carried", True)
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    ground = look.colour("ground").name()
    page.setPalette(look.palette())
    page.setStyleSheet(f'{look.style_sheet()}\n*[carried="true"] {{ background: {ground}; }}')
