"""The page of shortcuts: everything can be done by keyboard, and here it says how."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.key_cap import KeyCap
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.staying_dialog import StayingDialog


class KeysDialog(StayingDialog):
    """Lists the keys, by place."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setWindowTitle(self.tr("Keys"))
        self.setAccessibleName(self.tr("Keys"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(14)
        column.addWidget(label(self.tr("Keys"), look, "page_title", "title"))
        halves = QHBoxLayout()
        halves.setSpacing(40)
        for part in (self._everywhere(), self._places()):
            halves.addLayout(part, 1)
        column.addLayout(halves)
        self.close_button = QPushButton(self.tr("&Go back"))
        self.close_button.setMinimumHeight(look.measure("field"))
        self.close_button.setDefault(True)
        column.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)
        self.close_button.clicked.connect(self.reject)

    def _everywhere(self) -> QVBoxLayout:
        tr = self.tr
        return self._listed(
            (
                (tr("Everywhere"), ()),
                (tr("Ward list"), ("Ctrl+0",)),
                (tr("Find an infant"), ("Ctrl+K",)),
                (tr("Enrol an infant"), ("Ctrl+N",)),
                (tr("Who records; another person"), ("F2",)),
                (tr("People; lock the screen, where the ward has people"), ("F3", "Ctrl+L")),
                (tr("Protocols"), ("F6",)),
                (tr("Commissioning"), ("F7",)),
                (tr("The ward's toxicity round"), ("F4",)),
                (tr("Site settings"), ("F9",)),
                (tr("Backup, restore, downtime sheets"), ("F11",)),
                (tr("Dark or light theme"), ("F10",)),
                (tr("Cohort"), ("F8",)),
                (tr("Put a NOT SAVED message away"), ("F12",)),
                (tr("This page"), ("F1", "?")),
                (tr("Next and previous part"), ("Tab", "Shift+Tab")),
                (tr("The button with the underlined letter"), ("Alt+…",)),
            )
        )

    def _places(self) -> QVBoxLayout:
        tr = self.tr
        return self._listed(
            (
                (tr("On the ward list"), ()),
                (tr("Move the row"), ("↑", "↓")),
                (tr("Open the infant"), ("Enter",)),
                (tr("Order anew"), ("F5",)),
                (tr("With an infant"), ()),
                (tr("Where are we"), ("Ctrl+1",)),
                (tr("Timeline, Counts"), ("Ctrl+2", "Ctrl+3")),
                (tr("Toxicities, DLT, Fever"), ("Ctrl+4", "Ctrl+5", "Ctrl+6")),
                (tr("Doses and papers"), ("Ctrl+7",)),
                (tr("Record: who did what when"), ("Ctrl+8",)),
                (tr("Read the facts again"), ("F5",)),
                (tr("Back to the same row of the ward list"), ("Esc",)),
                (tr("While typing"), ()),
                (tr("Next field (a scanner's Return, too)"), ("Return",)),
                (tr("Open a list of choices"), ("Space", "↓")),
            )
        )

    def _listed(self, rows: tuple[tuple[str, tuple[str, ...]], ...]) -> QVBoxLayout:
        column = QVBoxLayout()
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(7)
        for at, (words, keys) in enumerate(rows):
            if not keys:
                head = label(words, self._look, "body", "bold")
                grid.addWidget(head, at, 0, 1, 2)
                continue
            grid.addWidget(label(words, self._look), at, 0)
            caps = QHBoxLayout()
            caps.setSpacing(6)
            for key in keys:
                caps.addWidget(KeyCap(key, self._look))
            caps.addStretch(1)
            grid.addLayout(caps, at, 1)
        column.addLayout(grid)
        column.addStretch(1)
        return column
