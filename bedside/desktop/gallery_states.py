"""Puts a widget of the gallery into a state: what a hand, the keyboard or a judgement would do to it."""

from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QMenu,
    QTabBar,
    QTableView,
    QWidget,
)

from bedside.desktop.fields import TypedField
from bedside.desktop.segments import Segments

State = Literal[
    "normal",
    "hover",
    "focus",
    "pressed",
    "chosen",
    "disabled",
    "typed",
    "warning",
    "error",
    "read-only",
]
STATES: tuple[State, ...] = (
    "normal", "hover", "focus", "pressed", "chosen", "disabled", "typed", "warning", "error",
    "read-only",
)  # fmt: skip
_PROPERTIES = {"warning": "doubt", "error": "trouble"}


def put(widget: QWidget, state: State, typed: str = "4.2", wrong: str = "") -> None:
    """Put a shown widget into a state.

    Args:
        widget: a widget in a window that is shown.
        state: the state.
        typed: what is typed for "typed", "warning", "error" and "read-only".
        wrong: what is typed for "error" instead, where the field itself refuses it.
    """
    target = _target(widget)
    if state == "hover":
        _point_at(target)
    elif state == "focus" and isinstance(target, QMenu):
        target.setActiveAction(target.actions()[0])
    elif state == "focus":
        target.setFocus(Qt.FocusReason.TabFocusReason)
    elif state == "pressed" and isinstance(target, QAbstractButton):
        target.setDown(True)
    elif state == "chosen":
        _choose(widget, target)
    elif state == "disabled":
        widget.setEnabled(False)
    elif state == "error" and wrong and isinstance(target, QLineEdit):
        target.setText(wrong)
    elif state != "normal":
        _fill(widget, target, state, typed)


def _point_at(target: QWidget) -> None:
    """Move a pointer over the middle of a part, as Qt would tell it."""
    middle = QPointF(target.rect().center())
    none = Qt.MouseButton.NoButton
    there = QPointF(target.mapToGlobal(target.rect().center()))
    plain = Qt.KeyboardModifier.NoModifier
    moved = QMouseEvent(QEvent.Type.MouseMove, middle, there, none, none, plain)
    QCoreApplication.sendEvent(target, QEnterEvent(middle, middle, there))
    QCoreApplication.sendEvent(target, moved)
    target.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    target.update()


def leave(widget: QWidget) -> None:
    """Take a pointer away that Qt believes to be over a part since the one before stood there."""
    _target(widget).setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)


def _target(widget: QWidget) -> QWidget:
    """The part that takes the keyboard and the pointer."""
    if isinstance(widget, Segments):
        return widget.buttons[0]
    return widget.focusProxy() or widget


def _choose(widget: QWidget, target: QWidget) -> None:
    if isinstance(widget, Segments):
        widget.choose(0)
    elif isinstance(target, QAbstractButton):
        target.setCheckable(True)
        target.setChecked(True)
    elif isinstance(target, QComboBox):
        target.setCurrentIndex(0)
    elif isinstance(target, QTabBar):
        target.setCurrentIndex(1)
    elif isinstance(target, QTableView):
        target.setCurrentIndex(target.model().index(1, 0))


def _fill(widget: QWidget, target: QWidget, state: State, typed: str) -> None:
    """Type into a field; a warning and an error are said below it, or by its edge alone."""
    if not isinstance(target, QLineEdit):
        return
    target.setText(typed)
    if isinstance(widget, TypedField) and state == "warning":
        widget.set_note("ten times the child's last value", "unusual")
    elif isinstance(widget, TypedField) and state == "error":
        widget.set_note("this cannot be: look at the paper again", "impossible")
    elif state in _PROPERTIES:
        target.setProperty(_PROPERTIES[state], True)
        target.style().unpolish(target)
        target.style().polish(target)
    target.setReadOnly(state == "read-only")
