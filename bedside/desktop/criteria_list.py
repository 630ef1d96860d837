"""What each grade of a term means, in our own words, beside the keys that choose it."""

from collections.abc import Mapping

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from bedside.desktop.labels import dress, label
from bedside.desktop.look import Look

GRADES = 5


class CriteriaList(QWidget):
    """Five lines, one a grade; the chosen one stands out. Empty while no term with criteria is chosen."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(self.tr("What each grade means"))
        self.lines: list[QLabel] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        self.about = label("", look, "small", colour="quiet", wrap=True)
        column.addWidget(self.about)
        for _ in range(GRADES):
            line = label("", look, "small", wrap=True)
            self.lines.append(line)
            column.addWidget(line)

    def show_criteria(self, criteria: Mapping[int, str], about: str) -> None:
        """Show what the grades mean; ``about`` stands above them, or alone where there are none."""
        self.about.setText(about)
        self.about.setVisible(bool(about))
        for grade, line in enumerate(self.lines, start=1):
            words = criteria.get(grade, "")
            line.setText(
                self.tr("grade {0}: {1}").format(grade, words or self.tr("does not exist"))
            )
            line.setVisible(bool(criteria))

    def mark(self, grade: int) -> None:
        """Let the chosen grade stand out (0: none)."""
        for number, line in enumerate(self.lines, start=1):
            chosen = number == grade
            dress(line, self._look, "small", "strong" if chosen else "text", "ink")
