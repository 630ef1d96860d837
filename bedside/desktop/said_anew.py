"""Says a form that is open already in another language: each text that Qt holds is handed over anew."""

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget

# what Qt is asked for, and given back by "set…"; by name: the border changes Qt's classes
_TEXTS: tuple[tuple[type, str], ...] = (
    (QWidget, "windowTitle"),
    (QWidget, "toolTip"),
    (QWidget, "accessibleName"),
    (QWidget, "accessibleDescription"),
    (QLabel, "text"),
    (QAbstractButton, "text"),
    (QLineEdit, "placeholderText"),
    (QComboBox, "placeholderText"),
)


def said_anew(top: QWidget, change: Callable[[], object]) -> None:
    """Change the language, and say everything below a widget in it; what was typed stays as it is.

    Args:
        top: the form.
        change: makes the screen speak another language.
    """
    held = list(_held(top))  # in English: what is asked back from Qt is
    change()
    for widget, setter, text in held:
        getattr(widget, setter)(*text)  # only now: the language may have changed Qt's own


def _held(top: QWidget) -> Iterator[tuple[QWidget, str, tuple[object, ...]]]:
    for widget in (top, *top.findChildren(QWidget)):
        for kind, name in _TEXTS:
            if isinstance(widget, kind) and (text := getattr(widget, name)()):
                yield widget, f"set{name[0].upper()}{name[1:]}", (text,)
        if isinstance(widget, QComboBox):
            for row in range(widget.count()):
                yield widget, "setItemText", (row, widget.itemText(row))
