"""The page of shortcuts: everything can be done by keyboard, and here it says how."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.key_cap import KeyCap
from bedside.desktop.key_sections import Section
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.staying_dialog import StayingDialog
from bedside.desktop.tall_area import TallArea

_COLUMNS = 3
_MOST_HIGH, _WIDE = 560, 1200
_HEAD_LINES = 2  # a heading stands as high as two rows


class KeysDialog(StayingDialog):
    """Lists the keys, by place, in columns.

    Args:
        look: fonts and colours.
        sections: what is listed, from `key_sections`.
        parent: the window.
    """

    only_read = True
    like_a_page = True

    def __init__(
        self, look: Look, sections: Sequence[Section], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.sections = tuple(sections)
        self.setWindowTitle(self.tr("Keys"))
        self.setAccessibleName(self.tr("Keys"))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        self.setMinimumWidth(look.fitting(_WIDE, 0)[0])
        column.addWidget(label(self.tr("Keys"), look, "page_title", "title"))
        about = self.tr(
            "Ctrl+K finds each of these by name, and every button of the page in sight."
        )
        column.addWidget(label(about, look, "small", colour="quiet", wrap=True))
        inside = QWidget()
        halves = QHBoxLayout(inside)
        halves.setContentsMargins(2, 2, 10, 2)
        halves.setSpacing(32)
        for part in in_columns(self.sections, _COLUMNS):
            halves.addLayout(self._listed(part), 1)
        column.addWidget(TallArea(inside, self.tr("The keys, by place"), grows_to=_MOST_HIGH))
        self.close_button = QPushButton(self.tr("&Go back"))
        self.close_button.setMinimumHeight(look.measure("field"))
        self.close_button.setDefault(True)
        column.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)
        self.close_button.clicked.connect(self.reject)

    def _listed(self, sections: Sequence[Section]) -> QVBoxLayout:
        column = QVBoxLayout()
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(5)
        grid.setColumnStretch(0, 1)
        at = 0
        for title, rows in sections:
            head = label(title, self._look, "body", "bold")
            head.setContentsMargins(0, 8 if at else 0, 0, 0)
            grid.addWidget(head, at, 0, 1, 2)
            for words, keys in rows:
                at += 1
                grid.addWidget(label(words, self._look, wrap=True), at, 0)
                grid.addLayout(self._caps(keys), at, 1, Qt.AlignmentFlag.AlignTop)
            at += 1
        column.addLayout(grid)
        column.addStretch(1)
        return column

    def _caps(self, keys: Sequence[str]) -> QHBoxLayout:
        caps = QHBoxLayout()
        caps.setSpacing(6)
        for key in keys:
            caps.addWidget(KeyCap(key, self._look))
        caps.addStretch(1)
        return caps


def in_columns(sections: Sequence[Section], columns: int) -> list[list[Section]]:
    """Sections in so many columns, in order, each about as high as the next."""
    highs = [len(rows) + _HEAD_LINES for _, rows in sections]
    room = -(-sum(highs) // columns)
    found: list[list[Section]] = [[]]
    used = 0
    for section, high in zip(sections, highs, strict=True):
        if found[-1] and used + high > room + _HEAD_LINES and len(found) < columns:
            found.append([])
            used = 0
        found[-1].append(section)
        used += high
    return found
