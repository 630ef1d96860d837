"""The strip above the vial clock: how far the order of the next azacitidine dose is."""

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bedside.desktop.labels import label, rule, unbroken
from bedside.desktop.look import Look
from bedside.desktop.marks import MarkLabel
from bedside.desktop.order_words import headline, links
from bedside.ward.views.orders import OrderBoard, OrderRow


class OrderStrip(QWidget):
    """One line of marks and words, and below it why the order is void, where it is."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._inner: QWidget | None = None
        self.setAccessibleName(self.tr("Order of the next dose"))
        self.hide()

    def show_board(self, board: OrderBoard | None, drug: str, today: date) -> None:
        """Show the order of the first dose of a drug that is not given yet; none hides the strip."""
        if self._inner is not None:
            self._column.removeWidget(self._inner)
            self._inner.setParent(None)
            self._inner.deleteLater()
            self._inner = None
        row = None if board is None else _next(board, drug, today)
        self.setVisible(row is not None)
        if row is not None:
            self._inner = self._of(row, today)
            self._column.addWidget(self._inner)

    def texts(self) -> tuple[str, ...]:
        """Everything that is said here, in order."""
        from PySide6.QtWidgets import QLabel

        return tuple(one.text() for one in self.findChildren(QLabel))

    def _of(self, row: OrderRow, today: date) -> QWidget:
        look, made = self._look, QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        line = QHBoxLayout()
        line.setSpacing(6)
        head = headline(row)
        amount = row.state.dose_words
        title = self.tr("Order of day {0}").format(row.day) + (f", {amount}" if amount else "")
        line.addWidget(MarkLabel(head.mark, look, 16))
        line.addWidget(label(title, look, "body", "strong"))
        colour = "stop" if head.mark == "stop" else "ink"
        line.addWidget(label(head.words, look, "body", "strong", colour))
        names = (
            self.tr("prescribed"),
            self.tr("verified"),
            self.tr("released"),
            self.tr("checked"),
            self.tr("given"),
        )
        for name, link in zip(names, links(row, today), strict=True):
            if link.mark == "none":
                continue
            line.addSpacing(8)
            line.addWidget(MarkLabel(link.mark, look, 14))
            line.addWidget(label(unbroken(f"{name}: {link.words}"), look, "small"))
        line.addStretch(1)
        column.addLayout(line)
        if row.state.why:
            words = unbroken("; ".join(row.state.why))
            column.addWidget(label(words, look, "small", "medium", "stop", wrap=True))
        column.addWidget(rule(look, "line"))
        return made


def _next(board: OrderBoard, drug: str, today: date) -> OrderRow | None:
    for row in board.rows:
        if row.key[2] == drug and row.on >= today and row.state.stage != "given":
            return row
    return None
