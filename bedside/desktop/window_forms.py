"""The forms of the whole ward that the window opens, and where it goes when they were recorded."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

if TYPE_CHECKING:
    from bedside.desktop.window import BedsideWindow


def edit_site(window: "BedsideWindow") -> None:
    """Let the site's settings be changed by their form, from wherever one is."""
    from bedside.desktop.site_dialog import SiteDialog
    from bedside.ward.settings_blind import settings_closed

    if settings_closed(window.ward, who=window.session.who):
        _say_why_closed(window)
        return
    if _ran(SiteDialog(window.ward, window.look, window.session, window)):
        window.read_again()


def _say_why_closed(window: "BedsideWindow") -> None:
    """The page of the settings says why their form is closed, and has the way to Commission."""
    from bedside.desktop.site_page import SitePage

    page = window.stack.currentWidget() if window.show_site() else None
    if isinstance(page, SitePage):
        page.site.open_settings()


def enrol(window: "BedsideWindow") -> None:
    """Enrol an infant and show her."""
    from bedside.desktop.enrol_dialog import EnrolDialog

    dialog = EnrolDialog(window.ward, window.look, window.session, window)
    if _ran(dialog) and dialog.infant_id is not None:
        window.refresh_board(keep_order=True)
        window.open_infant(dialog.infant_id)
        window.show_drafts()


def choose_round(window: "BedsideWindow") -> None:
    """Choose whose toxicity round comes next, and go there."""
    from bedside.desktop.round_list_dialog import ward_round_dialog

    dialog = ward_round_dialog(window.ward, window.look, window)
    if _ran(dialog) and dialog.infant_id is not None:
        window.open_round(dialog.infant_id)


def _ran(dialog: QDialog) -> bool:
    """Run a dialog; return whether it recorded or chose something."""
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return accepted
