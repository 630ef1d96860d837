"""What is to be put right before a dose can go on: a line each with its reason, and one door for each place."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from bedside.desktop.flowing import whole
from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel
from bedside.desktop.where_parts import section_head
from bedside.ward.views.marks import Door, HeldItem

_TONES = {"stop": "stop", "hold": "hold", "mend": "hold"}
_DOOR_WIDE = 168


class MendSection(QWidget):
    """The section To put right.

    Args:
        items: what is to be put right, worst first.
        look: colours and fonts.
        open_door: told which place is asked for.
    """

    def __init__(
        self, items: tuple[HeldItem, ...], look: Look, open_door: Callable[[Door], None]
    ) -> None:
        super().__init__()
        self._look, self._open = look, open_door
        self.doors: dict[Door, QPushButton] = {}
        self.setAccessibleName(_t("To put right"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(section_head(_t("To put right"), "", look))
        for item in items:
            column.addWidget(self._row(item))

    def _row(self, item: HeldItem) -> QWidget:
        look, made = self._look, QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(8, 4, 0, 4)
        row.setSpacing(10)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(MarkLabel(item.mark, look, 20), 0, top)
        words = QVBoxLayout()
        words.setSpacing(1)
        tone = _TONES.get(item.mark, "ink")
        text = _sentence(item.headline)
        words.addWidget(label(whole(text), look, "body_strong_banner", "strong", tone, wrap=True))
        for detail in item.details:
            words.addWidget(label(whole(detail), look, "body", colour="quiet", wrap=True))
        row.addLayout(words, 1)
        if item.door and item.door not in self.doors:
            row.addWidget(self._door(item.door), 0, top)
        made.setAccessibleName(f"{text}: {'; '.join(item.details)}")
        return made

    def _door(self, door: Door) -> QPushButton:
        titles = {
            "orders": _t("To the order&s"),
            "papers": _t("To the papers, &take away"),
            "recorded": _t("To doses &not recorded"),
            "commission": _t("To &Commission (F7)"),
            "given": _t("A ph&ysician has seen it…"),
        }
        made = QPushButton(titles[door])
        made.setAutoDefault(False)
        made.setFont(self._look.font("small", "strong"))
        made.setMinimumWidth(self._look.px(_DOOR_WIDE))
        high = self._look.px(24)
        made.setStyleSheet(f"QPushButton {{ min-height: {high}px; padding: 0 8px; }}")
        made.clicked.connect(lambda: self._open(door))
        self.doors[door] = made
        return made


def _sentence(words: str) -> str:
    """Begun with a capital, but for a name in tall-man letters, which stays as it is written."""
    first = words.partition(" ")[0]
    return words if first != first.lower() else words[:1].upper() + words[1:]


def _t(text: str) -> str:
    return QCoreApplication.translate("WhereAreWe", text)
