"""The pictures of the page Protocols: the facts of a course, two protocols side by side, the review book."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow


def protocols_shots(window: "BedsideWindow") -> Iterator[tuple[str, QWidget]]:
    """Bring each view of the page into sight; yields its name and what to draw.

    Args:
        window: the window.
    """
    from bedside.desktop.protocols_page import BOOK, FACTS, SIDES, ProtocolsPage

    window.show_protocols()
    page = window.stack.currentWidget()
    if not isinstance(page, ProtocolsPage):
        return
    yield "protocols-whole", window
    page.parts.selectRow(1)
    yield "protocols-course", window
    page.show_view(SIDES)
    yield "protocols-side-by-side", window
    page.show_view(BOOK)
    yield "protocols-review-book", window
    page.show_view(FACTS)
