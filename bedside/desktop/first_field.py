"""Where the keyboard begins, and where Return goes on to: the first field, the next one, the button that acts."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QPushButton, QScrollArea, QWidget

ASIDE = "aside"  # a button that Return passes by: it does something else than the form is for


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


def go_on_from(field: QWidget) -> None:
    """Leave a field by Return: to the next one, after the last to the button that acts.

    Neither the button that goes back nor a red one is ever reached so: Return would then undo or
    stop something that nobody has looked at. Where the button that acts is red, or cannot be pressed
    yet, the keyboard stays.
    """
    following = _next_stop(field)
    if following is not None and not _is_passed_by(following):
        following.setFocus(Qt.FocusReason.TabFocusReason)
        return
    act = main_button(field.window())
    if act is not None and act.isEnabled() and act.isVisible() and not _is_red(act):
        act.setFocus(Qt.FocusReason.TabFocusReason)


def main_button(window: QWidget) -> QPushButton | None:
    """The button of a dialog that does what it is for; None where there is none."""
    for name in ("act_button", "act"):
        found = getattr(window, name, None)
        if isinstance(found, QPushButton):
            return found
    return None


def _next_stop(field: QWidget) -> QWidget | None:
    window = field.window()
    step = field.nextInFocusChain()
    while step is not None and step is not field:
        aside = bool(step.property(ASIDE))
        if not aside and not field.isAncestorOf(step) and _takes_keys(step, window):
            return step
        step = step.nextInFocusChain()
    return None


def _is_passed_by(widget: QWidget) -> bool:
    return isinstance(widget, QPushButton) and (widget.isDefault() or _is_red(widget))


def _is_red(button: QPushButton) -> bool:
    return str(button.property("role")) == "stop"


def _takes_keys(widget: QWidget, inside: QWidget) -> bool:
    policy = widget.focusPolicy()
    stops = bool(policy & Qt.FocusPolicy.TabFocus)
    plain = not isinstance(widget, QScrollArea) and not _is_viewport(widget)
    return stops and plain and widget.isEnabled() and widget.isVisibleTo(inside)


def _is_viewport(widget: QWidget) -> bool:
    area = widget.parentWidget()
    return isinstance(area, QAbstractScrollArea) and area.viewport() is widget
