"""The ground of the band under the top bar: as high and as coloured on every page."""

from PySide6.QtWidgets import QFrame

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
