"""The cap of a key, drawn beside what the key does."""

from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from bedside.desktop.look import Look


class KeyCap(QLabel):
    """A small box with the name of a key.

    Args:
        key: as printed on the keyboard, e.g. "Ctrl+K".
        look: colours and fonts.
    """

    def __init__(self, key: str, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(key, parent)
        self.setFont(look.font("caption"))
        self.setStyleSheet(
            f"QLabel {{ background: {look.colour('sunk').name()}; color: {look.colour('quiet').name()};"
            f" border: 1px solid {look.colour('line').name()}; padding: 1px 5px; }}"
        )
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("key {0}").format(key))
