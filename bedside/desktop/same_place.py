"""Stays where one was on a page of the ward while the window is made anew, in another theme, size or language."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from bedside.desktop.made_anew import Held

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from bedside.desktop.commissioning_page import CommissioningPage
    from bedside.desktop.window import BedsideWindow


class SamePlace:
    """The page of the ward in sight, and what of it can be found again; nothing on an infant's pages.

    Args:
        window: the window, before it is made anew.
    """

    def __init__(self, window: "BedsideWindow") -> None:
        page = window.stack.currentWidget()
        self._window = window
        self._kind = type(page).__name__
        self._held = Held(page, window.focusWidget())
        self._people = self._kind == "SitePage" and window.navigation.people.isChecked()
        self._group, self._typing = ("", ""), False
        if self._kind == "CommissioningPage":
            self._note_group(cast("CommissioningPage", page))

    def _note_group(self, page: "CommissioningPage") -> None:
        group = page.group()
        self._typing = page.stack.currentWidget() is page.typing
        if page.state is not None and group is not None:
            self._group = page.state.scope, group.key

    def go_back(self) -> None:
        """Bring that page into sight again; the ward list stays where no such page was."""
        show = self._doors().get(self._kind)
        if show is None or not show():
            return
        page = cast("QWidget", self._window.stack.currentWidget())
        if self._kind == "CommissioningPage":
            self._show_group(cast("CommissioningPage", page))
        self._held.give_to(page)

    def _show_group(self, page: "CommissioningPage") -> None:
        if all(self._group):
            page.choose(*self._group)
        if self._typing:
            page.open_pass()

    def _doors(self) -> dict[str, Callable[[], bool]]:
        window = self._window
        return {
            "CommissioningPage": window.show_commissioning,
            "CohortPage": window.show_cohort,
            "ProtocolsPage": window.show_protocols,
            "SitePage": window.show_people if self._people else window.show_site,
            "BackupPage": window.frame.show_backup,
            "WardRecordPage": window.frame.show_record,
            "HandoverPage": self._show_handover,
        }

    def _show_handover(self) -> bool:
        from bedside.desktop.handover_door import show_handover

        return show_handover(self._window)
