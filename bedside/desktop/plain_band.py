"""The ground of the band under the top bar: as high and as coloured on every page."""

from PySide6.QtWidgets import QFrame, QVBoxLayout

from bedside.desktop.labels import label
from bedside.desktop.look import Look


class Band(QFrame):
    """A band of the frame's own height and ground."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.setObjectName("band")
        self.setFixedHeight(look.measure("band"))
        self.setStyleSheet(
            f"#band {{ background: {look.colour('band').name()};"
            f" border-bottom: 1px solid {look.colour('edge').name()}; }}"
        )


class TitleBand(Band):
    """A band of two lines: a quiet one above, and the title of the page.

    Args:
        look: fonts and colours.
        above: the quiet line.
    """

    def __init__(self, look: Look, above: str = "") -> None:
        super().__init__(look)
        self.above = label(above, look, "body", colour="quiet")
        self.title = label("", look, "list_title", "bold")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 16, 8)
        column.setSpacing(2)
        column.addWidget(self.above)
        column.addWidget(self.title)
