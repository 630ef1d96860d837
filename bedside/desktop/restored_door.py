"""Puts the bar of a restore over the page in sight, and opens the list from it."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from bedside.desktop.look import Look
from bedside.desktop.restored_bar import RestoredBar
from bedside.desktop.restored_dialog import RestoredDialog
from bedside.desktop.session import Session
from bedside.ward.restored_state import restored_view
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.desktop.frame import Frame


def refresh_bar(frame: "Frame", given: tuple[Ward, Look, Session]) -> None:
    """Show what is open of the infant in sight, else of the ward; nothing during a blind check.

    Args:
        frame: the frame.
        given: ward, look and session of the frame.
    """
    ward, look, _ = given
    infant_id = _infant(frame)
    view = None if frame.blind is not None else restored_view(ward, infant_id)
    old = frame.restored
    if old is not None and old.view == view:
        return
    column = frame.layout()
    if not isinstance(column, QVBoxLayout):
        raise TypeError("the parts of a frame stand one below the other")
    if old is not None:
        frame.restored = None
        column.removeWidget(old)
        old.hide()
        old.key.setEnabled(False)  # it lives a moment longer: one key, one door
        old.deleteLater()
    if view is None:
        return
    bar = RestoredBar(look, view)
    bar.asked.connect(lambda: _open(frame, given))
    column.insertWidget(column.indexOf(frame.bands) + 1, bar)
    bar.show()
    frame.restored = bar


def _infant(frame: "Frame") -> int | None:
    """The infant whose banner is in sight; None on the ward list and the ward's own pages."""
    on_infant = frame.infant_id is not None and frame.bands.currentWidget() is frame.band
    return frame.infant_id if on_infant else None


def _open(frame: "Frame", given: tuple[Ward, Look, Session]) -> None:
    ward, look, session = given
    infant_id = _infant(frame)
    dialog = RestoredDialog(ward, look, session, infant_id, frame)
    dialog.exec()
    dialog.deleteLater()
    if infant_id is not None:
        frame.pages.recorded.emit(infant_id)
        frame.pages.refresh()
    else:
        frame.summary.sort_asked.emit()
    frame.show_restored()
