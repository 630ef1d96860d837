"""The door to the page Protocols: the page is made when it is first wanted, and leads on to commissioning."""

from functools import partial
from typing import TYPE_CHECKING

from bedside.desktop.protocols_page import ProtocolsPage
from bedside.desktop.way_back import way_of

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow


def show_protocols(window: "BedsideWindow") -> bool:
    """Bring the written protocols into sight; False when the person stays where she is."""
    if not window.frame.may_leave():
        return False
    page = window.stack.findChild(ProtocolsPage) or _made(window)
    way_of(window).went(page, way_of(window).place())
    page.refresh()
    window.frame.bring(page, page.band, protocols=True)
    window.show_drafts()
    page.take_focus()
    return True


def _made(window: "BedsideWindow") -> ProtocolsPage:
    page = ProtocolsPage(window.ward, window.look, window.session)
    window.stack.addWidget(page)
    window.bands.addWidget(page.band)
    page.commission_asked.connect(partial(_commission, window))
    return page


def _commission(window: "BedsideWindow", scope: str, group: str) -> None:
    """Go on to the commissioning of a course; Esc leads back to it."""
    origin = way_of(window).place()
    if not window.show_commissioning():
        return
    page = window.frame.commissioning
    if page is not None:
        way_of(window).went(page, origin)
        page.choose(scope, group)
        page.take_focus()
