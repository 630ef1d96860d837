"""Keys side by side, each with its letter and its word: pressed by the key or by the pointer."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from bedside.desktop.gloves import gloved_rule
from bedside.desktop.look import Look

_GAP, _SIDE = 5, 5  # between letter and word, and beside them, in pixels


class LetterButton(QPushButton):
    """A button that shows its letter strong and its word quiet: the eye finds the key first.

    Args:
        letter: the key.
        words: what it means.
        look: colours and fonts.
        left: whether the words begin at its left instead of standing in its middle.
    """

    def __init__(self, letter: str, words: str, look: Look, *, left: bool) -> None:
        super().__init__(f"{letter}   {words}" if left else f"{letter} {words}")
        self._letter, self._words, self._left, self._look = letter, words, left, look
        self.setFont(look.font("small", "medium"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button as ever, and letter and word each in its own weight."""
        look = self._look
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        with QPainter(self) as painter:
            self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
            strong, plain = look.font("small", "bold"), look.font("small")
            parts = ((self._letter, strong, "ink"), (self._words, plain, "quiet"))
            wide = [QFontMetrics(font).horizontalAdvance(text) for text, font, _ in parts]
            gap = look.px(_GAP)
            whole = sum(wide) + gap
            at = look.px(_SIDE) + 1 if self._left else max(1, (self.width() - whole) // 2)
            for (text, font, colour), room in zip(parts, wide, strict=True):
                painter.setFont(font)
                painter.setPen(look.colour(self._ink(colour)))
                box = QRect(at, 0, max(room, self.width() - at - 1), self.height())
                painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), text)
                at += room + gap

    def _ink(self, colour: str) -> str:
        """The colour of a part: a key that makes no sense here is as quiet as any closed button."""
        if self.isChecked():
            return "surface"
        return colour if self.isEnabled() else "quiet"


class Keys(QWidget):
    """A few keys of which at most one is chosen; they never take the keyboard from their line.

    Args:
        keys: letter and word of each.
        look: colours and fonts.
        stacked: one below the other with its words in full, instead of side by side.

    Signals:
        pressed: a key was chosen (its letter).
    """

    pressed = Signal(str)

    def __init__(
        self, keys: Sequence[tuple[str, str]], look: Look, *, stacked: bool = False
    ) -> None:
        super().__init__()
        self._look = look
        self.buttons: dict[str, QPushButton] = {}
        rows: QBoxLayout = QVBoxLayout(self) if stacked else QHBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(3 if stacked else 4)
        for letter, words in keys:
            button = LetterButton(letter, words, look, left=stacked)
            button.setProperty("key", letter)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAccessibleName(f"{words}, key {letter}")
            button.setFixedHeight(look.px(26))
            button.clicked.connect(self._clicked)
            rows.addWidget(button)
            self.buttons[letter] = button
        self._align = "left" if stacked else "center"
        self._dress()

    def press(self, text: str) -> bool:
        """Press the key with this letter or figure; whether there is one."""
        button = self.buttons.get(text)
        if button is None or not button.isEnabled():
            return False
        self.choose(text)
        self.pressed.emit(text)
        return True

    def choose(self, letter: str) -> None:
        """Show this key as chosen ("": none), without a signal."""
        for key, button in self.buttons.items():
            button.setChecked(key == letter)

    def disable(self, letter: str) -> None:
        """Take a key away that makes no sense here; it stays visible."""
        self.buttons[letter].setEnabled(False)

    def _clicked(self) -> None:
        self.press(str(self.sender().property("key")))

    def _dress(self) -> None:
        look = self._look
        ink, surface = look.colour("ink").name(), look.colour("surface").name()
        edge, tint = look.colour("edge").name(), look.colour("accent_tint").name()
        quiet, sunk = look.colour("quiet").name(), look.colour("sunk").name()
        self.setStyleSheet(
            f"QPushButton {{ background: {surface}; color: {ink}; border: 1px solid {edge};"
            f" border-radius: 2px; padding: 0 4px; min-height: 22px; min-width: 0;"
            f" text-align: {self._align}; }}"
            f"QPushButton:hover {{ background: {tint}; }}"
            f"QPushButton:checked {{ background: {ink}; color: {surface}; }}"
            f"QPushButton:disabled {{ color: {quiet}; background: {sunk};"
            f" border: 1px dashed {edge}; }}" + gloved_rule(look, fixed=True)
        )
