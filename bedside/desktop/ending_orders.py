"""Says before something is recorded which signed orders it would end (they are void from then on)."""

from PySide6.QtWidgets import QLabel

from bedside.desktop.flowing import whole
from bedside.desktop.labels import dress
from bedside.desktop.look import Look

_MOST_SHOWN = 6


class EndingOrders(QLabel):
    """Hidden while nothing would end; a line for each reason otherwise."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        dress(self, look, "body", "medium", "hold")
        self.setWordWrap(True)
        self.setAccessibleName(self.tr("Signed orders that this ends"))
        self.hide()

    def show_lines(self, lines: tuple[str, ...], given: tuple[str, ...] = ()) -> None:
        """Show what would end, and which doses already given would be marked.

        Args:
            lines: the orders that end.
            given: the doses that were given on what is struck out.
        """
        ends = self.tr("Recording this makes signed orders void; they are prescribed anew:")
        marks = self.tr("Given already, and marked from then on:")
        shown = [*self._part(ends, lines), *self._part(marks, given)]
        self.setText(whole("\n".join(shown)))
        self.setAccessibleDescription("\n".join((*lines, *given)))
        self.setVisible(bool(shown))

    def _part(self, head: str, lines: tuple[str, ...]) -> list[str]:
        if not lines:
            return []
        more = len(lines) - _MOST_SHOWN
        rest = [self.tr("and {0} more").format(more)] if more > 0 else []
        return [head, *lines[:_MOST_SHOWN], *rest]
