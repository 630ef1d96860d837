"""The name of a field: its letter with Alt goes there, and never presses or chooses anything (H34).

Decision: every name is tied to its field here. A label's letter would otherwise press a buddy that is
a button: "Put down to" would record the first cause as unrelated, "Grade" the first grade.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from bedside.desktop.segments import Segments


def name_field(name: QLabel, field: QWidget) -> None:
    """Tie a label to the field that it names.

    Args:
        name: the label, with a mnemonic or without.
        field: what it names; a row of choices may be given as a whole, or by one of its buttons.
    """
    target = _end_of(field)
    name.setBuddy(target)
    if isinstance(target, QAbstractButton):
        _OnlyGoes(name)


class _OnlyGoes(QObject):
    """Lets a label's letter move the keyboard to a button, and do no more."""

    def __init__(self, name: QLabel) -> None:
        super().__init__(name)
        self._name = name
        name.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the letter before the label clicks its button."""
        if event.type() != QEvent.Type.Shortcut:
            return False
        field = self._name.buddy()
        if field is not None:
            _end_of(_row_of(field)).setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True


def _row_of(field: QWidget) -> QWidget:
    """The row of choices that a button stands in; else the field itself."""
    holder = field.parentWidget()
    return holder if isinstance(holder, Segments) else field


def _end_of(field: QWidget) -> QWidget:
    """Where the keyboard ends up: at the chosen one of a row, behind every stand-in."""
    if isinstance(field, Segments):
        return field.stop()
    proxy = field.focusProxy()
    return field if proxy is None else _end_of(proxy)
