"""Pages that say themselves what is typed in them: answers by key and rows of a list, not plain fields.

The round of toxicities, the time of a vial on Doses and papers, and a pass of commissioning. The blind
second check is by design not among them: see `bedside.desktop.second_check_page`.
"""

from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtWidgets import QWidget

from bedside.ward.kept_drafts import KeptField

if TYPE_CHECKING:
    from bedside.desktop.commission_pass import PassPanel
    from bedside.desktop.toxicities_page import ToxicitiesPage
    from bedside.desktop.vial_acts import VialPage


class OwnTyping(Protocol):
    """What is typed in one page, read off it and put back into it."""

    shape: str

    def typed(self) -> tuple[KeptField, ...]:
        """What is typed and not recorded."""

    def put_back(self, kept: tuple[KeptField, ...]) -> list[str]:
        """Put it back as if it were typed; return the names of what was not taken."""


def own_typing(form: QWidget) -> OwnTyping | None:
    """How a page says what is typed in it; None for one whose fields say it.

    Told by its name, so that no page is loaded to find out that it is not this one.
    """
    name = type(form).__name__
    if name == "ToxicitiesPage":
        from bedside.desktop.round_typing import RoundTyping

        return RoundTyping(cast("ToxicitiesPage", form))
    if name == "DosesPage":
        from bedside.desktop.vial_typing import VialTyping

        return VialTyping(cast("VialPage", form))
    if name == "PassPanel":
        from bedside.desktop.pass_typing import PassTyping

        return PassTyping(cast("PassPanel", form))
    return None
