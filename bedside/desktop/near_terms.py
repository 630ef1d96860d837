"""Below a typed term that CTCAE does not have: the nearest terms, and the mark "the ward's own words".

Decision: the mark is set by a person and comes off as soon as a CTCAE term is typed; a slip of the
pen never becomes a toxicity of its own that no rule and no cohort counts.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.labels import label
from bedside.desktop.look import Look


class NearTerms(QWidget):
    """Hidden while the term is one of CTCAE, or nothing is typed.

    Signals:
        taken: a near term was chosen (its name).
        marked: the mark was set or taken off.
    """

    taken = Signal(str)
    marked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._near: tuple[str, ...] = ()
        self.buttons: list[QPushButton] = []
        self.setAccessibleName(self.tr("Near terms"))
        self.mark = QPushButton(self.tr("Not a CTCAE term: the ward's own &words"))
        self.mark.setCheckable(True)
        self.mark.setAutoDefault(False)
        self.mark.toggled.connect(self._toggled)
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        self._about = label(self.tr("near to it:"), look, "small", colour="quiet")
        below = QHBoxLayout()
        below.addWidget(self.mark)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(160, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._row)
        column.addLayout(below)
        self.hide()

    @property
    def own_words(self) -> bool:
        """Whether the typed term is marked as the ward's own words."""
        return self.mark.isChecked()

    def show_near(self, near: tuple[str, ...], *, unknown: bool) -> None:
        """Offer terms near to what is typed; a known term hides all of it and takes the mark off.

        Args:
            near: their names.
            unknown: what is typed is no term.
        """
        if not unknown:
            self.mark.setChecked(False)
        if near != self._near or not self.buttons:
            self._fill(near)
        self.setVisible(unknown)

    def _toggled(self, chosen: bool) -> None:
        words = self.tr("Not a CTCAE term: the ward's own &words")
        self.mark.setText(f"✓ {words}" if chosen else words)
        self.marked.emit()

    def _fill(self, near: tuple[str, ...]) -> None:
        self._near = near
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self._about:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        self._about.setVisible(bool(near))
        self._row.addWidget(self._about)
        for name in near:
            button = QPushButton(name.replace("&", "&&"))
            button.setAutoDefault(False)
            button.setProperty("term", name)
            button.clicked.connect(self._taken)
            self._row.addWidget(button)
            self.buttons.append(button)
        self._row.addStretch(1)

    def _taken(self) -> None:
        self.taken.emit(str(self.sender().property("term")))
