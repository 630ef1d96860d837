"""The line above a page that says why the role of who is signed in records nothing on it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from bedside.desktop.flowing import whole
from bedside.desktop.look import Look
from bedside.desktop.permits import PAGE_ACTS
from bedside.desktop.session import Session


class RoleNotice(QLabel):
    """Hidden while the role may record on the page in sight, and in a ward without people."""

    def __init__(self, look: Look, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(look.font("body", "medium"))
        self.setContentsMargins(16, 6, 16, 6)
        self.setStyleSheet(
            f"QLabel {{ background: {look.colour('hold_tint').name()};"
            f" color: {look.colour('hold').name()}; }}"
        )
        self.hide()

    def show_page(self, title: str) -> None:
        """Say what holds on a page, by its title in English."""
        act = PAGE_ACTS.get(title)
        why = self._session.why_not(act) if act else ""
        self.setText(whole(self.tr("To read only. {0}").format(why)) if why else "")
        self.setAccessibleName(self.text())
        self.setVisible(bool(why))
