"""Carries what is typed and not recorded over into a frame of another theme or size of text.

Decision: a page with typed text is moved as it is, never made anew from what could be read off it: so
nothing typed can be lost, whatever kind of form it is. It keeps the colours and sizes in which it was
begun until it is recorded or thrown away; then it is made anew like every other page.
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
        keep_looks(carried.commissioning, carried.commissioning.look)
        frame.take_commissioning(carried.commissioning)
    if carried.pages:
        frame.pages.take_drafts(carried.pages)


def say_kept(window: "BedsideWindow") -> None:
    """Say which drafts stay as they were begun."""
    names = window.own_drafts()
    if not names:
        return
    words = QCoreApplication.translate(
        "CarriedDrafts",
        "Nothing typed is lost: {0}. It keeps the size and theme in which it was begun until it is "
        "recorded.",
    )
    at = window.mapToGlobal(QPoint(window.width() // 2, window.topbar.height()))
    QToolTip.showText(at, words.format("; ".join(names)), window)


def keep_looks(page: QWidget, look: Look) -> None:
    """Let a page keep the style of the look it was made in, its ground included."""
    page.setProperty("carried", True)
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    ground = look.colour("ground").name()
    page.setStyleSheet(f'{look.style_sheet()}\n*[carried="true"] {{ background: {ground}; }}')
