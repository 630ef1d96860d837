"""The door to the page Handover; the page and its band are made when they are first wanted."""

from typing import TYPE_CHECKING

from bedside.desktop.handover_page import HandoverPage

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow


def show_handover(window: "BedsideWindow") -> bool:
    """Bring the handover into sight; False when the person stays where she is."""
    if not window.frame.may_leave():
        return False
    page = window.stack.findChild(HandoverPage) or _made(window)
    window.frame.bring(page, page.band)
    window.navigation.ward.setChecked(False)  # it lies behind its key and the ward list's button
    window.show_drafts()
    page.refresh()
    page.take_focus()
    return True


def _made(window: "BedsideWindow") -> HandoverPage:
    page = HandoverPage(window.ward, window.look, window.session)
    window.stack.addWidget(page)
    window.bands.addWidget(page.band)
    page.opened.connect(window.open_infant)
    return page
