"""A menu of words: letters choose in it, a one-of choice is drawn round, and it wears the design system."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget, QWidgetAction

from bedside.desktop.labels import label
from bedside.desktop.look import Look
from bedside.desktop.spoken import spoken

_ONE_WORD_MS = 1000  # letters that come so close belong together: 1, 2 is 125 %


class WordMenu(QMenu):
    """A menu in which what is typed finds its line, in the language of the screen.

    Decision: the first letters of the words as they stand, not letters of our own with "&": the lines are
    names (protocols, analytes, languages), and a letter that is underlined in one list means another line
    in the next. What is typed and fits one line alone chooses it; where several fit, the next one of them
    takes the keyboard.

    Args:
        look: fonts and colours.
        name: what the menu chooses, for a screen reader.
        parent: whoever owns it.
    """

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFont(look.font("body", "medium"))
        self._look, self._typed, self._since = look, "", QElapsedTimer()
        self.setStyleSheet(_round(look))

    def one_of(self, *, may_be_none: bool = False) -> QActionGroup:
        """Return a group of which one line is chosen; drawn round, not as a box.

        Args:
            may_be_none: choosing the chosen one again takes the choice away.
        """
        group = QActionGroup(self)
        policies = QActionGroup.ExclusionPolicy
        group.setExclusionPolicy(policies.ExclusiveOptional if may_be_none else policies.Exclusive)
        return group

    def add_heading(self, words: str) -> None:
        """Part the lines below from those above, and say what they are."""
        self.addSeparator()
        heading = label(words, self._look, "small", "strong", "quiet")
        heading.setContentsMargins(self._look.px(12), 2, self._look.px(12), 2)
        action = QWidgetAction(self)
        action.setDefaultWidget(heading)
        action.setEnabled(False)
        self.addAction(action)

    def add_choice(
        self,
        words: str,
        take: Callable[[], object],
        *,
        chosen: bool,
        group: QActionGroup | None = None,
    ) -> QAction:
        """Add a line that is chosen or not.

        Args:
            words: as they stand; an "&" is an "&".
            take: what choosing it does.
            chosen: whether it is in force.
            group: of which it is one; None for a line by itself.
        """
        action = self.addAction(words.replace("&", "&&"))
        action.setCheckable(True)
        if group is not None:
            group.addAction(action)
        action.setChecked(chosen)
        action.triggered.connect(lambda _on: take())
        return action

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Find a line by its first letters, the first and the last by Home and End; else as any menu."""
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
        lines = [one for one in self.actions() if one.isEnabled() and not one.isSeparator()]
        if event.key() in ends and lines:
            self.setActiveAction(lines[ends[Qt.Key(event.key())]])
            return
        letter = event.text()
        if not letter.isalnum():
            super().keyPressEvent(event)
            return
        old = not self._since.isValid() or self._since.elapsed() > _ONE_WORD_MS
        typed = letter.casefold() if old else self._typed + letter.casefold()
        found = self._found(typed)
        if not found:
            typed = letter.casefold()
            found = self._found(typed)
        self._typed = typed
        self._since.start()
        if len(found) == 1:
            self.close()
            found[0].trigger()
        elif found:
            self.setActiveAction(self._next(found))

    def _found(self, typed: str) -> list[QAction]:
        return [
            action
            for action in self.actions()
            if action.isEnabled()
            and action.text()
            and spoken(action.text()).replace("&", "").casefold().startswith(typed)
        ]

    def _next(self, found: list[QAction]) -> QAction:
        now = self.activeAction()
        if now not in found or len(self._typed) > 1:
            return found[0]
        return found[(found.index(now) + 1) % len(found)]


def _round(look: Look) -> str:
    """The style of a one-of choice: a ring, a thick one for what holds; a radius must fit its size."""
    side, thick = look.px(14), look.px(4)
    surface, accent = look.colour("surface").name(), look.colour("accent").name()
    return (
        f"QMenu::indicator:exclusive {{ border-radius: {side // 2}px;"
        f" width: {side - 2}px; height: {side - 2}px; }}"
        f"QMenu::indicator:exclusive:checked {{ background: {surface};"
        f" border: {thick}px solid {accent};"
        f" width: {side - 2 * thick}px; height: {side - 2 * thick}px; }}"
    )
