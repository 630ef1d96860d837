"""The strip on every page of a ward that can only be read: of an emergency copy, or a read-only disk."""

from PySide6.QtWidgets import QFrame, QHBoxLayout

from bedside.desktop.labels import label
from bedside.desktop.look import Look

_HIGH = 32


class ReadOnlyStrip(QFrame):
    """Says, as long as the window is open, that nothing can be recorded here.

    Args:
        look: colours and fonts.
        emergency: which copy this is, "" for a ward on a read-only disk.
    """

    def __init__(self, look: Look, emergency: str) -> None:
        super().__init__()
        self.setObjectName("read_only")
        self.setFixedHeight(look.px(_HIGH))
        stop = look.colour("stop").name()
        self.setStyleSheet(f"#read_only {{ background: {stop}; }}")
        if emergency:
            words = self.tr(
                "Nothing can be recorded here. What was recorded later is missing: look at the paper record."
            )
        else:
            words = self.tr("This ward lies where it can only be read: nothing can be recorded.")
        headline = emergency or self.tr("READ-ONLY")
        self.setAccessibleName(headline)
        self.setAccessibleDescription(words)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 16, 0)
        row.setSpacing(16)
        row.addWidget(label(headline, look, "body", "bold", "on_fill"))
        row.addWidget(label(words, look, "body", "medium", "on_fill"))
        row.addStretch(1)
