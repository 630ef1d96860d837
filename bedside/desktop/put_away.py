"""Takes everything out of a dialog's window while the screen is locked, and puts it back as it was.

Decision: a hidden dialog still stands in the tree that a screen reader reads. So what is in it is
moved into a holder that was never a window; the empty frame keeps nothing but the program's name.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLayout, QWidget
from shiboken6 import isValid

from bedside.desktop.staying_dialog import StayingDialog

_PLAIN = "Bedside"


class PutAway:
    """One dialog that is hidden, and what was in it."""

    def __init__(self, dialog: StayingDialog) -> None:
        self.dialog = dialog
        self._focus = dialog.focusWidget()
        self._place = dialog.geometry()
        self._words = (
            dialog.windowTitle(),
            dialog.accessibleName(),
            dialog.accessibleDescription(),
        )
        dialog.hide()
        self._holder = QWidget()
        self._loose = [
            (child, child.geometry(), not child.isHidden()) for child in _loose_children(dialog)
        ]
        _move_layout(dialog, self._holder)
        for child, _, _ in self._loose:
            child.setParent(self._holder)
        _name(dialog, (_PLAIN, _PLAIN, ""))

    def bring_back(self) -> None:
        """Show the dialog as it was."""
        _move_layout(self._holder, self.dialog)
        for child, place, shown in self._loose:
            if not isValid(child):  # words for a moment, whose time was over meanwhile
                continue
            child.setParent(self.dialog)
            child.setGeometry(place)
            child.setVisible(shown)
        self._holder.deleteLater()
        _name(self.dialog, self._words)
        self.dialog.setGeometry(self._place)
        self.dialog.show()
        self.dialog.activateWindow()
        focus: QWidget | None = self._focus
        if focus is not None and isValid(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)


def put_dialogs_away() -> list[PutAway]:
    """Put every open form away; close what is only read, and menus, questions, file lists."""
    while (popup := QApplication.activePopupWidget()) is not None and popup.close():
        pass
    kept = []
    for dialog in _open_dialogs():
        if isinstance(dialog, StayingDialog) and not dialog.only_read:
            kept.append(PutAway(dialog))
        else:
            dialog.reject()
    return kept


def _open_dialogs() -> list[QDialog]:
    """The dialogs in sight in the order in which they were opened."""
    shown = {
        widget.windowHandle(): widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, QDialog) and widget.isVisible()
    }
    return [shown[window] for window in QGuiApplication.topLevelWindows() if window in shown]


def _loose_children(dialog: QWidget) -> list[QWidget]:
    """Children that no layout holds: they are moved by hand."""
    layout = dialog.layout()
    held = set() if layout is None else set(_held(layout))
    found = dialog.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [child for child in found if not child.isWindow() and child not in held]


def _held(layout: QLayout) -> list[QWidget]:
    found: list[QWidget] = []
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            found.append(widget)
        elif inner is not None:
            found += _held(inner)
    return found


def _move_layout(before: QWidget, after: QWidget) -> None:
    layout = before.layout()
    if layout is not None:
        after.setLayout(layout)  # Qt takes it, and everything in it, from where it was


def _name(dialog: QWidget, words: tuple[str, str, str]) -> None:
    title, name, description = words
    dialog.setWindowTitle(title)
    dialog.setAccessibleName(name)
    dialog.setAccessibleDescription(description)
