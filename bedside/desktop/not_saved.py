"""The red bar that says NOT SAVED; it stays until somebody puts it away or the same form is saved.

Of a save that nobody can tell the fate of it says PERHAPS SAVED: "not saved" would have it recorded twice.
"""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QPushButton, QWidget

from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.session import Session


class NotSavedBar(QFrame):
    """Shows what a session says of a failed save (hazard H35)."""

    def __init__(self, look: Look, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form: object = None
        self._said = ""
        self.known = True  # that it was not saved
        self.setObjectName("not_saved")
        stop, fill = look.colour("stop").name(), look.colour("on_fill").name()
        self.setStyleSheet(
            f"#not_saved {{ background: {stop}; }}"
            f"#not_saved QPushButton {{ background: {stop}; color: {fill}; border: 1px solid {fill}; }}"
            f"#not_saved QPushButton:focus {{ border: 3px solid {fill}; padding: 0 11px; }}"
        )
        self.headline = label(self.tr("NOT SAVED"), look, "page_title", "title", "on_fill")
        self.words = label("", look, "body", "medium", "on_fill", wrap=True)
        self.away = QPushButton(self.tr("Put this message away (F12)"))
        self.away.setShortcut("F12")
        self.away.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 16, 8)
        row.setSpacing(16)
        row.addWidget(self.headline)
        row.addWidget(self.words, 1)
        row.addWidget(self.away)
        self.setAccessibleName(self.tr("Not saved"))
        self.hide()
        self.away.clicked.connect(self.hide)
        session.not_saved.connect(self._failed)
        session.not_known.connect(self._not_known)
        session.saved.connect(self._saved)

    def tell(self, words: str, *, known: bool = True) -> None:
        """Show words of no form; they tell of what is not saved, or where not ``known``, perhaps saved."""
        self._failed(None, words, known=known)

    def take_back(self, words: str) -> bool:
        """Show these words no longer: what they told of is settled; returns whether they stood here."""
        stood = self._form is None and self.words.text() == words and not self.isHidden()
        if stood:
            self.hide()
        return stood

    def _not_known(self, form: object, words: str) -> None:
        self._failed(form, words, known=False)

    def _failed(self, form: object, words: str, *, known: bool = True) -> None:
        self._form, self.known = form, known
        self.headline.setText(self.tr("NOT SAVED") if known else self.tr("PERHAPS SAVED"))
        self.setAccessibleName(self.tr("Not saved") if known else self.tr("Perhaps saved"))
        self._say(words)
        self.show()
        above = form.window() if isinstance(form, QWidget) else None
        if isinstance(above, QDialog):
            above.finished.connect(self._left)

    def _say(self, words: str) -> None:
        self._said = words
        self.words.setText(words)
        self.setAccessibleDescription(words)

    def _left(self) -> None:
        """The form was closed and not saved: what was typed in it stands nowhere any more."""
        if not isinstance(self._form, QWidget) or self._form.window() is not self.sender():
            return
        from bedside.desktop.save import BAR_WORDS

        said = self._said
        for pair in BAR_WORDS:
            still, left = (QCoreApplication.translate("save", words) for words in pair)
            said = said.replace(still, left)
        self._say(said)

    def _saved(self, form: object) -> None:
        if form is self._form:
            self._form = None
            self.hide()
