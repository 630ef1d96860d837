"""The doors to the page People and site, and to the first two people of a ward."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QScrollArea

from bedside.desktop.site_page import SitePage

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow
    from bedside.ward.founding import NewWard


def show_site(window: "BedsideWindow", *, people: bool = False) -> bool:
    """Bring the page People and site into sight; False when the person stays where she is.

    Args:
        window: the window.
        people: its people take the keyboard, else the settings.
    """
    if not window.frame.may_leave():
        return False
    page = window.stack.findChild(SitePage) or _made(window)
    window.frame.bring(page, page.band, site="people" if people else "site")
    window.show_drafts()
    page.refresh()
    page.take_focus(people=people)
    QTimer.singleShot(0, page, partial(_begin_there, window, page, people))
    return True


def _begin_there(window: "BedsideWindow", page: SitePage, people: bool) -> None:
    """In large text the part that has the keyboard begins at the top of the room that scrolls."""
    room = window.frame.room
    if isinstance(room, QScrollArea):
        top = page.people if people else page.site
        room.verticalScrollBar().setValue(top.mapTo(page, QPoint(0, 0)).y())


def _made(window: "BedsideWindow") -> SitePage:
    page = SitePage(window.ward, window.look, window.session)
    window.stack.addWidget(page)
    window.bands.addWidget(page.band)
    page.site.recorded.connect(window.read_again)
    page.site.commission_asked.connect(window.show_commissioning)
    return page


def close_for_work(window: "BedsideWindow") -> None:
    """Close the window where something was ordered that needs the ward closed; it opens again."""
    if window.ward.closed_work is not None and not window.close():
        window.ward.closed_work = None  # somebody's typed text is kept: it is ordered again


def begin(window: "BedsideWindow") -> None:
    """Give a ward that has none its first two people; from then on everybody signs in."""
    from bedside.desktop.founding_dialog import FoundingDialog
    from bedside.ward.people_acts import begin_people

    def make(form: "NewWard") -> tuple[str, bytes]:
        begin_people(window.ward, form.first, form.second)
        return "", b""

    dialog = FoundingDialog(window.look, make, named=True, parent=window)
    done = dialog.exec()
    dialog.deleteLater()
    if done:
        from bedside.desktop.locking import Locking

        Locking(window, window.ward, window.session).begin()
