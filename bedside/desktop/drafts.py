"""Typed and not recorded: drafts wait here, infant by infant, for as long as the sitting lasts.

They hang on the sitting and not on a page, because every page is made anew when the theme changes.
They are kept in memory only and never written to the disk.
"""

from PySide6.QtCore import QObject

from bedside.desktop.session import Session

Draft = dict[str, str]


class Drafts(QObject):
    """The drafts of one form, by infant."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._kept: dict[int, Draft] = {}

    def keep(self, infant_id: int, draft: Draft) -> None:
        """Put a draft aside."""
        self._kept[infant_id] = draft

    def take(self, infant_id: int) -> Draft | None:
        """Return the infant's draft and forget it; None when there is none."""
        return self._kept.pop(infant_id, None)


def drafts_of(session: Session) -> Drafts:
    """The drafts of a sitting."""
    found = session.findChild(Drafts)
    return found if isinstance(found, Drafts) else Drafts(session)
