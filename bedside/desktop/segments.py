"""A row of buttons of which at most one is chosen: zooms, views, grades, yes or no.

Decision: not Qt's exclusive button group, because its arrow keys choose, and an arrow key must
never change a clinical value; nothing is chosen until a person chooses it.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from bedside.desktop.gloves import gloved_rule
from bedside.desktop.look import Look
from bedside.desktop.spoken import spoken


class SegmentButton(QPushButton):
    """One of the buttons; arrow keys only move the focus.

    ``goes_on`` says where Return goes in a form where it goes from value to value; None: Return chooses.

    Signals:
        lettered: a letter, a figure or a minus was typed on it.
        moved: the neighbour is wanted, -1 to the left or 1 to the right.
    """

    lettered = Signal(str)
    moved = Signal(int)

    def __init__(self, text: str, number: int) -> None:
        super().__init__(text)
        self.number = number
        self.goes_on: Callable[[], QWidget] | None = None
        self.setCheckable(True)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go to the neighbour; Return chooses as the space bar does."""
        if event.key() == Qt.Key.Key_Left:
            self.moved.emit(-1)
        elif event.key() == Qt.Key.Key_Right:
            self.moved.emit(1)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._return()
        elif event.text().isalnum() or event.text() == "-":
            self.lettered.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _return(self) -> None:
        if self.goes_on is None:
            self.click()
        else:
            self.goes_on().setFocus(Qt.FocusReason.TabFocusReason)


class Segments(QWidget):
    """Buttons side by side, none or one of them chosen.

    Args:
        labels: the words on the buttons, with a mnemonic each where there is one.
        name: the accessible name of the whole row.
        look: colours.
        high: the height in pixels.
        one_stop: one tab stop for the whole row; left and right move within it.
        numbered: a figure typed on it chooses the button at that place.

    Signals:
        chosen: a person chose this one (its number).
        unmatched: a letter was typed with which none of them begins.
    """

    chosen = Signal(int)
    unmatched = Signal(str)

    def __init__(
        self,
        labels: tuple[str, ...],
        name: str,
        look: Look,
        *,
        high: int = 28,
        one_stop: bool = False,
        numbered: bool = False,
    ) -> None:
        super().__init__()
        self._name, self.look = name, look
        self._high = high
        self._chosen = -1
        self._one_stop, self._numbered = one_stop, numbered
        self.buttons: list[SegmentButton] = []
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, label in enumerate(labels):
            button = SegmentButton(label, number)
            button.setFixedHeight(look.px(high))
            button.setAccessibleName(f"{name}: {label.replace('&', '')}")
            button.clicked.connect(self._clicked)
            button.lettered.connect(self._lettered)
            button.moved.connect(self._moved)
            row.addWidget(button)
            self.buttons.append(button)
        self.buttons[-1].setProperty("last", True)
        self._stop_at(0)
        self._dress(look)
        for button in self.buttons:
            button.setFont(look.font("body"))
            wide = button.fontMetrics().horizontalAdvance(button.text().replace("&", ""))
            button.setMinimumWidth(wide + look.px(24))

    def value(self) -> int:
        """The number of the chosen button; -1 while none is."""
        return self._chosen

    def stop(self) -> SegmentButton:
        """Where a way through the form stops: at the chosen button, else at the first."""
        return self.buttons[max(self._chosen, 0)]

    def let_return_go_on(self, goes_on: Callable[[], QWidget]) -> None:
        """Return goes there from every button and chooses none: the space bar and letters do."""
        for button in self.buttons:
            button.goes_on = goes_on

    def take_letter(self, text: str) -> bool:
        """Choose the button that begins with a letter typed elsewhere; whether there was one."""
        begins = [
            b for b in self.buttons if spoken(b.text()).casefold().startswith(text.casefold())
        ]
        if len(begins) == 1:
            self._lettered(text)
        return len(begins) == 1

    def choose(self, number: int) -> None:
        """Show this one as chosen (-1: none), without a signal."""
        self._chosen = number
        for button in self.buttons:
            button.setChecked(button.number == number)
        self._stop_at(max(number, 0))

    def _stop_at(self, number: int) -> None:
        """Make this button the tab stop of the row, where the row has one only."""
        if not self._one_stop:
            return
        for button in self.buttons:
            here = button.number == number
            policy = Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)

    def _moved(self, step: int) -> None:
        """Left and right: to the neighbour of this row, and no further where the row is one stop."""
        button = self.sender()
        if not isinstance(button, SegmentButton):
            return
        if not self._one_stop:
            if step > 0:
                button.focusNextChild()
            else:
                button.focusPreviousChild()
            return
        at = button.number + step
        if 0 <= at < len(self.buttons):
            self._stop_at(at)
            self.buttons[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _dress(self, look: Look) -> None:
        """Take the colours of a theme."""
        ink, surface = look.colour("ink").name(), look.colour("surface").name()
        edge, accent = look.colour("edge").name(), look.colour("accent").name()
        tint = look.colour("accent_tint").name()
        self.setStyleSheet(
            f"QPushButton {{ background: {surface}; color: {ink}; border: 1px solid {edge};"
            f" border-radius: 0; margin: 0 -1px 0 0; padding: 0 10px; min-height: 0;"
            " }"
            f'QPushButton[last="true"] {{ margin: 0; }}'
            f"QPushButton:hover {{ background: {tint}; }}"
            f"QPushButton:checked {{ background: {ink}; color: {surface}; }}"
            # dashed: what only has the keyboard is not chosen; solid and filled is
            f"QPushButton:focus {{ border: 2px dashed {accent}; padding: 0 9px; }}"
            f"QPushButton:checked:focus {{ border: 2px solid {accent}; }}"
            f"QPushButton:disabled {{ color: {look.colour('quiet').name()}; }}"
            + gloved_rule(look, fixed=True)
        )

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, SegmentButton):
            self.choose(button.number)
            self.chosen.emit(button.number)

    def _lettered(self, text: str) -> None:
        """A typed letter or figure chooses the button that begins with it, if there is only one."""
        found = [
            button
            for button in self.buttons
            if spoken(button.text()).replace("&", "").casefold().startswith(text.casefold())
        ]
        if self._numbered and text.isascii() and text.isdecimal():
            found = [button for button in self.buttons if str(button.number + 1) == text]
        if len(found) == 1:
            found[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
            found[0].click()
        elif not found:
            self.unmatched.emit(text)
