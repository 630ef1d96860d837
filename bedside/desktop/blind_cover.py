"""Takes everything out of the window that could give a count away, and puts it back afterwards.

Decision: a hidden page still stands in the tree that a screen reader reads, and a shortcut can still
open it. So the pages, lists and banners are moved into a holder that was never a window; search and
navigation are closed and say why. What stays are the top bar (lock, clock), a banner without weight
and surface, and the page of the check.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QClipboard, QGuiApplication, QShortcut
from PySide6.QtWidgets import QToolTip, QWidget

from bedside.desktop.blind_band import BlindBand
from bedside.desktop.look import Look
from bedside.desktop.page_room import in_room
from bedside.desktop.second_check_page import SecondCheckPage
from bedside.desktop.session import Session
from bedside.units.refusal import Refused
from bedside.ward.infants import banner
from bedside.ward.views.check_state import Planned
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.desktop.frame import Frame


class BlindCover:
    """One open second check in a frame.

    Args:
        frame: the frame whose pages go away.
        page: the page of the check.
    """

    def __init__(self, frame: "Frame", page: SecondCheckPage) -> None:
        self.page = page
        self._frame = frame
        self._holder = QWidget()
        self.band = BlindBand(page.look, banner(page.ward, page.infant_id))
        page.counting.connect(self.band.hide_size)
        self._away = ((frame.bands, self.band), (frame.room, in_room(page, page.look)))
        self._said = (frame.navigation.toolTip(), frame.topbar.search.toolTip())
        for old, new in self._away:
            _exchange(frame, old, new)
            old.setParent(self._holder)
            new.show()
        self._close_doors(closed=True)
        _forget()
        page.take_focus()

    def close_again(self) -> None:
        """Close the window's keys again after it was locked: the lock opens them for what it shows."""
        self._shortcuts(on=False)

    def uncover(self) -> None:
        """Put everything back as it was; the page of the check is gone."""
        for old, new in self._away:
            _exchange(self._frame, new, old)
            old.show()
            new.hide()
            new.setParent(None)
            new.deleteLater()
        self._close_doors(closed=False)
        self._holder.deleteLater()
        _forget()

    def _close_doors(self, *, closed: bool) -> None:
        why = self.page.tr("closed while a second check is open; Esc leaves it")
        doors = (self._frame.navigation, self._frame.topbar.search)
        for door, before in zip(doors, self._said, strict=True):
            door.setEnabled(not closed)
            door.setToolTip(why if closed else before)
        if closed:
            self._frame.topbar.search.clear()
        self._shortcuts(on=not closed)

    def _shortcuts(self, *, on: bool) -> None:
        """The window's own keys open lists and forms: none of them while somebody counts."""
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        for shortcut in self._frame.window().findChildren(QShortcut, options=direct):
            shortcut.setEnabled(on)


def begin_check(
    frame: "Frame", given: tuple[Ward, Look, Session], infant_id: int, planned: Planned
) -> tuple[str, ...]:
    """Open the blind second check of a dose over everything; returns why not, () when it is.

    Args:
        frame: the frame whose pages go away; what is on them may be left.
        given: the ward, colours and fonts, and who records.
        infant_id: the infant.
        planned: course key, course day, drug and route.
    """
    try:
        page = SecondCheckPage(*given, infant_id, planned)
    except Refused as refused:
        return refused.reasons
    frame.blind = BlindCover(frame, page)
    frame.show_restored()
    page.left.connect(frame.end_check)
    page.recorded.connect(frame.pages.recorded)
    page.dirty_changed.connect(frame.pages.drafts_changed)
    frame.pages.drafts_changed.emit()
    return ()


def _exchange(frame: QWidget, old: QWidget, new: QWidget) -> None:
    layout = frame.layout()
    if layout is None or layout.replaceWidget(old, new) is None:
        raise RuntimeError("what is covered stands in the frame's own layout")


def _forget() -> None:
    """A figure copied or pointed at before is not there any more."""
    QToolTip.hideText()
    clipboard = QGuiApplication.clipboard()
    clipboard.clear(QClipboard.Mode.Clipboard)
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)
