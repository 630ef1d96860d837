"""Where gloves go: one property, by which the style sheet makes what is pressed there high enough.

Decision: gloves go to the navigation's doors, the ward list, Doses, the forms of giving, the blind
check, the round and the scan field. 40 px there, 44 for what signs, gives or stops; elsewhere 24.
"""

from PySide6.QtWidgets import QWidget

from bedside.desktop.look import Look

_EDGES = 2  # upper and lower together, in pixels


def wear(around: QWidget) -> None:
    """Make every button, field and choice within high enough for a gloved finger.

    Args:
        around: a page or a form, before it is shown.
    """
    around.setProperty("gloved", True)


def gloved_rule(look: Look, *, fixed: bool = False) -> str:
    """Return the rule for a button with a style sheet of its own: that one wins otherwise.

    Args:
        look: measures.
        fixed: the button is of a fixed height elsewhere.
    """
    high = look.measure("touch") - _EDGES
    most = f" max-height: {high}px;" if fixed else ""
    return f'[gloved="true"] QPushButton {{ min-height: {high}px;{most} }}'
