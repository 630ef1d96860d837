"""The bar over a page while a restore is not settled: what is not in this ward, and the door to it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel
from bedside.ward.views.restored import RestoredView

KEY = "Ctrl+R"


class RestoredBar(QFrame):
    """Says what a restore lost, of the ward or of the infant in sight; it stays until all is settled.

    Signals:
        asked: what is not in the ward is to be listed and settled.
    """

    asked = Signal()

    def __init__(self, look: Look, view: RestoredView) -> None:
        super().__init__()
        self.view = view
        self.setObjectName("restored")
        paper, stop = look.colour("surface").name(), look.colour("stop").name()
        self.setStyleSheet(
            f"#restored {{ background: {paper}; border: 3px solid {stop}; }}"
            f"#restored QPushButton {{ background: {stop}; color: {look.colour('on_fill').name()};"
            " border: none; padding: 0 14px; min-height: 30px; }"
            f"#restored QPushButton:focus {{ border: 3px solid {look.colour('ink').name()}; }}"
        )
        self.headline = label(f"{view.headline}:", look, "body_strong_banner", "bold", "stop")
        self.words = label(f"{view.short}.", look, "body_strong_banner", "strong", wrap=True)
        self.door = QPushButton(self.tr("What is missing …  {0}").format(KEY))
        self.door.setFont(look.font("body", "strong"))
        self.door.setAutoDefault(False)
        self.door.setAccessibleName(self.tr("What a restore left out"))
        self.door.setProperty("key", KEY)
        self.door.setAccessibleDescription(self.tr("key {0}").format(KEY))
        said = f"{view.headline}: {view.short}."
        self.setAccessibleName(self.tr("This ward was restored"))
        self.setAccessibleDescription(said)
        row = QHBoxLayout(self)
        row.setContentsMargins(17, 5, 13, 5)
        row.setSpacing(12)
        text = QVBoxLayout()
        text.setSpacing(1)
        text.addWidget(self.headline)
        text.addWidget(self.words)
        row.addWidget(MarkLabel("stop", look), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(text, 1)
        row.addWidget(self.door, 0, Qt.AlignmentFlag.AlignVCenter)
        self.key = QShortcut(KEY, self)
        self.key.activated.connect(self.asked)
        self.door.clicked.connect(self.asked)
