"""The whole key to the marks, opened where the status line has no room for all of them."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.marks import MARK_WORDS, MarkLabel
from bedside.ward.views.marks import Mark


class MarkKey(QFrame):
    """Every mark with its word, above the button that opened it; Esc or a click beside it closes.

    Args:
        marks: which ones, in their order.
        look: the theme.
        beside: the button.
    """

    def __init__(self, marks: Sequence[Mark], look: Look, beside: QWidget) -> None:
        super().__init__(beside, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("markkey")
        self.setStyleSheet(
            f"#markkey {{ background: {look.colour('surface').name()};"
            f" border: 1px solid {look.colour('edge').name()}; }}"
        )
        self.setAccessibleName(self.tr("Key to the marks"))
        rows = QGridLayout(self)
        rows.setContentsMargins(*[look.px(12)] * 4)
        rows.setHorizontalSpacing(look.px(8))
        rows.setVerticalSpacing(look.px(6))
        for at, mark in enumerate(marks):
            words = QCoreApplication.translate("StatusLine", MARK_WORDS[mark])
            rows.addWidget(MarkLabel(mark, look, 16), at, 0)
            rows.addWidget(label(words, look, "body"), at, 1)
        self.setAccessibleDescription(
            ", ".join(QCoreApplication.translate("StatusLine", MARK_WORDS[mark]) for mark in marks)
        )
        self.adjustSize()
        self.move(beside.mapToGlobal(QPoint(0, -self.height() - look.px(4))))
