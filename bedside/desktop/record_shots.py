"""What is drawn of the record beside the page of each infant: a past moment, a paper's head, the ward's own."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from bedside.desktop.page_door import RECORD_PAGE
from bedside.desktop.record_page import RecordPage
from bedside.ward.board import board

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow

_DAYS_BACK = 60


def record_shots(window: "BedsideWindow") -> Iterator[tuple[str, QWidget]]:
    """The record of the ward; an infant's as it stood, with a head of this ward and one of another."""
    window.frame.show_record()
    yield "record-of-the-ward", window
    window.open_infant(board(window.ward).rows[0].infant_id)
    window.show_page(RECORD_PAGE)
    page = window.pages.page
    if not isinstance(page, RecordPage):
        return
    panel = page.panel
    past = window.ward.now() - timedelta(days=_DAYS_BACK)
    panel.date.set_value(past.date())
    panel.time.set_value(past.time())
    panel.show_past()
    panel.head.setText(window.ward.store.audit_head()[:16])
    panel.find_typed()
    yield "record-as-it-stood", window
    panel.show_now()
    panel.filters.search.setText("struck out")
    panel.head.setText("0123 4567 89ab cdef")
    panel.find_typed()
    yield "record-searched", window
    window.show_board()
