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

    def show_lines(self, lines: tuple[str, ...]) -> None:
        """Show what would end."""
        shown = list(lines[:_MOST_SHOWN])
        if len(lines) > _MOST_SHOWN:
            shown.append(self.tr("and {0} more").format(len(lines) - _MOST_SHOWN))
        head = self.tr("Recording this makes signed orders void; they are prescribed anew:")
        self.setText(whole("\n".join((head, *shown))) if lines else "")
        self.setAccessibleDescription("\n".join(lines))
        self.setVisible(bool(lines))
