"""Where the keyboard begins: the first field of a form or page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea, QWidget


def first_field(inside: QWidget) -> QWidget | None:
    """Return the first part in tab order that can be seen, is on, and takes the keyboard; None for none.

    A scroll area is passed by, its parts are not.
    """
    step = inside.nextInFocusChain()
    while step is not None and step is not inside:
        if inside.isAncestorOf(step) and _takes_keys(step, inside):
            return step
        step = step.nextInFocusChain()
    return None


def _takes_keys(widget: QWidget, inside: QWidget) -> bool:
    policy = widget.focusPolicy()
    stops = bool(policy & Qt.FocusPolicy.TabFocus)
    plain = not isinstance(widget, QScrollArea) and not _is_viewport(widget)
    return stops and plain and widget.isEnabled() and widget.isVisibleTo(inside)


def _is_viewport(widget: QWidget) -> bool:
    area = widget.parentWidget()
    return isinstance(area, QAbstractScrollArea) and area.viewport() is widget
