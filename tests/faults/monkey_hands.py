"""What the monkey does at the window: one random act at a time, each told in words that a reader can follow.

Every act is drawn from one seeded generator; the widget it is done to is named by its place among
the widgets in sight, so that a run can be read again and, with the same seed, done again.
"""

import random
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from tests.mouse import double_click

Act = tuple[str, str, Callable[[], None]]  # its kind, told in words, and done
WRITES_NOTHING = frozenset({"text", "wheel", "resize", "drag", "tab", "nothing"})
_NO = Qt.KeyboardModifier.NoModifier
_CTRL, _ALT, _SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
_LETTERS = [getattr(Qt.Key, f"Key_{letter}") for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
_FIGURES = [getattr(Qt.Key, f"Key_{figure}") for figure in range(10)]
_OTHERS = [
    Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Escape,
    Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left,
    Qt.Key.Key_Right, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End,
    Qt.Key.Key_Insert, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Question,
    *(getattr(Qt.Key, f"Key_F{number}") for number in range(1, 13)),
]  # fmt: skip
_TEXTS = (
    "12", "38.6", "0", "-", "x", "1 200", "2,5", "999999999999999999999", "<0.1", ">500", "1e9",
    "20-Nov-2026", "2026-11-19", "31-Feb-2026", "25:61", "10:40", "Mucositis oral", "Nausea",
    "J. Weiß, RN", "I. Halvorsen, physician", "n not drawn", "h", "p", " ", "٣", "a" * 600,
    "\u202eoral\u202c", "<b>bold</b>", "'; DROP TABLE infant; --", "typed from the wrong slip",
)  # fmt: skip
_LIKELY = {
    "date": "20-Nov-2026", "since": "19-Nov-2026", "day": "20-Nov-2026", "time": "10:40",
    "taken": "10:40", "weight": "6.9", "length": "64", "temperature": "38.6", "white": "3.1",
    "neutrophil": "30", "platelet": "86", "haemoglobin": "92", "term": "Nausea", "bed": "12",
    "physician": "I. Halvorsen, physician", "reason": "typed from the wrong slip", "second": "6.9",
    "name": "TESTLING", "hospital": "T 4711", "who": "J. Weiss, RN", "family": "TESTLING",
}  # fmt: skip
_CALM = 0.5  # how much of what is clicked is a button


class Hands:
    """Chooses and does random acts on the window, its dialogs and its popups.

    Args:
        window: the main window.
        chance: the seeded generator.
    """

    def __init__(self, window: QMainWindow, chance: random.Random) -> None:
        self._window, self._chance = window, chance
        acts: tuple[tuple[int, Callable[[QWidget], Act]], ...] = (
            (26, self._key),
            (8, self._chord),
            (10, self._tab),
            (10, self._text),
            (28, self._click),
            (3, self._double_click),
            (5, self._wheel),
            (3, self._resize),
            (4, self._drag),
            (7, self._page),
            (6, self._fill),
        )
        self._acts = [act for _, act in acts]
        self._weights = [weight for weight, _ in acts]

    def next_act(self) -> Act:
        """Choose what comes next, for what is in front."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return self._at_popup(popup)
        front = QApplication.activeModalWidget() or self._window
        if isinstance(front, QDialog) and self._chance.random() < 0.04:
            return self._press(front, Qt.Key.Key_Escape, _NO, "key")
        act = self._chance.choices(self._acts, self._weights)[0]
        return act(front)

    # ---- keys ----------------------------------------------------------------------------------
    def _key(self, front: QWidget) -> Act:
        keys = self._chance.choice((_LETTERS, _FIGURES, _OTHERS, _OTHERS))
        key = self._chance.choice(keys)
        return self._press(front, key, _NO, "key")

    def _chord(self, front: QWidget) -> Act:
        if self._chance.random() < 0.5:
            key, held = self._chance.choice([*_FIGURES[:8], Qt.Key.Key_K, Qt.Key.Key_N]), _CTRL
        else:
            key, held = self._chance.choice(_LETTERS), self._chance.choice((_ALT, _ALT, _SHIFT))
        return self._press(front, key, held, "key")

    def _tab(self, front: QWidget) -> Act:
        back = self._chance.random() < 0.25
        key = Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab
        return self._press(front, key, _SHIFT if back else _NO, "tab")

    def _text(self, front: QWidget) -> Act:
        """Text goes into a field; where none has the keyboard, one is chosen."""
        text = self._chance.choice(_TEXTS)
        field = front.focusWidget()
        if not isinstance(field, QLineEdit | QTextEdit | QPlainTextEdit):
            fields = [one for one in self._seen(front) if isinstance(one, QLineEdit)]
            if not fields:
                return ("nothing", "no field to type into", lambda: None)
            field = self._chance.choice(fields)

        def do() -> None:
            field.setFocus(Qt.FocusReason.MouseFocusReason)
            for letter in text:  # not by QTest: it takes letters of ASCII only
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    if field.hasFocus():
                        QApplication.sendEvent(field, QKeyEvent(kind, 0, _NO, letter))

        return ("text", f"types {text[:20]!r} into {_named(field)}", do)

    def _fill(self, front: QWidget) -> Act:
        """A form filled as likely as a name tells, then its own act: so that things are recorded."""
        seen = self._seen(front)
        fields = [one for one in seen if isinstance(one, QLineEdit) and not one.text()]
        buttons = [one for one in seen if one.property("role") == "act"]
        segments = [one for one in seen if isinstance(one, QAbstractButton) and one.isCheckable()]
        chosen = self._chance.sample(segments, min(len(segments), 4))
        typed = [(one, self._likely(one)) for one in fields if self._chance.random() < 0.8]

        def do() -> None:
            for button in chosen:
                if button.isVisible() and button.isEnabled():
                    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
            for field, text in typed:
                if field.isVisible() and field.isEnabled():
                    field.setFocus(Qt.FocusReason.MouseFocusReason)
                    QTest.keyClicks(field, text)
            for button in buttons[:1]:
                if button.isVisible() and button.isEnabled():
                    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

        return ("fill", f"fills {len(typed)} fields of {_named(front)} and presses its act", do)

    def _likely(self, field: QLineEdit) -> str:
        name = field.accessibleName().casefold()
        found = [text for word, text in _LIKELY.items() if word in name]
        return found[0] if found else self._chance.choice(("12", "6.9", "10:40", "20-Nov-2026"))

    def _press(self, front: QWidget, key: Qt.Key, held: Qt.KeyboardModifier, kind: str) -> Act:
        target = front.focusWidget() or front
        words = f"presses {held.name}+{key.name} at {_named(target)}"
        return (kind, words, lambda: QTest.keyClick(target, key, held))

    # ---- pointer -------------------------------------------------------------------------------
    def _click(self, front: QWidget) -> Act:
        target = self._target(front)
        if target is None:
            return ("nothing", "nothing to click", lambda: None)
        button = Qt.MouseButton.LeftButton
        if self._chance.random() < 0.06:
            button = Qt.MouseButton.RightButton
        at = self._spot(target)
        words = f"clicks {button.name} on {_named(target)} at {at.x()},{at.y()}"
        return ("click", words, lambda: QTest.mouseClick(target, button, _NO, at))

    def _double_click(self, front: QWidget) -> Act:
        target = self._target(front)
        if target is None:
            return ("nothing", "nothing to double-click", lambda: None)
        at = self._spot(target)
        words = f"double-clicks {_named(target)}"
        return ("click", words, lambda: double_click(target, at))

    def _drag(self, front: QWidget) -> Act:
        target = self._target(front, buttons=False)
        if target is None:
            return ("nothing", "nothing to drag", lambda: None)
        begin, end, left = self._spot(target), self._spot(target), Qt.MouseButton.LeftButton
        middle = (begin + end) / 2

        def do() -> None:
            QTest.mousePress(target, left, _NO, begin)
            QTest.mouseMove(target, middle)
            QTest.mouseMove(target, end)
            QTest.mouseRelease(target, left, _NO, end)

        # pressed and let go on one button is a click, whatever lay between
        kind = "click" if isinstance(target, QAbstractButton) else "drag"
        return (kind, f"drags over {_named(target)}", do)

    def _wheel(self, front: QWidget) -> Act:
        target = self._target(front, buttons=False)
        if target is None:
            return ("nothing", "nothing to turn the wheel on", lambda: None)
        at, turn = QPointF(self._spot(target)), self._chance.choice((-240, -120, 120, 240))
        held = self._chance.choice((_NO, _NO, _CTRL))

        def do() -> None:
            event = QWheelEvent(
                at, target.mapToGlobal(at), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
                held, Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            QApplication.sendEvent(target, event)

        return ("wheel", f"turns the wheel by {turn} ({held.name}) on {_named(target)}", do)

    # ---- the window ----------------------------------------------------------------------------
    def _resize(self, front: QWidget) -> Act:
        wide, high = self._chance.randint(1280, 1920), self._chance.randint(700, 1080)
        return ("resize", f"window {wide} × {high}", lambda: self._window.resize(wide, high))

    def _page(self, front: QWidget) -> Act:
        """Into an infant and to one of her pages, so that no run stays on the list."""
        if front is not self._window:
            return self._key(front)
        number = self._chance.randint(1, 7)
        key = getattr(Qt.Key, f"Key_{number}")

        def do() -> None:
            views = [one for one in self._seen(front) if isinstance(one, QAbstractItemView)]
            if views and views[0].model() is not None and views[0].model().rowCount():
                view = views[0]
                row = self._chance.randrange(view.model().rowCount())
                view.setCurrentIndex(view.model().index(row, 0))
                QTest.keyClick(view, Qt.Key.Key_Return)
            QTest.keyClick(self._window, key, _CTRL)

        return ("page", f"opens a row, then page {number}", do)

    def _at_popup(self, popup: QWidget) -> Act:
        key = self._chance.choice(
            (Qt.Key.Key_Escape, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Down)
        )
        # a list of choices answers keys at its view
        view = popup.findChild(QAbstractItemView)
        # where a new list lies at the address of one that is gone, PySide may hand out the old one
        target = popup if view is None or not isValid(view) else view

        def do() -> None:
            try:
                QTest.keyClick(target, key)
            except RuntimeError:  # the old one, which says so only when it is touched
                QTest.keyClick(popup, key)

        return ("key", f"presses {key.name} in a popup", do)

    # ---- what is in sight ----------------------------------------------------------------------
    def _seen(self, front: QWidget) -> list[QWidget]:
        return [
            one
            for one in front.findChildren(QWidget)
            if one.isVisible()
            and one.isEnabled()
            and one.window() is front.window()
            and not one.visibleRegion().isEmpty()
        ]

    def _target(self, front: QWidget, *, buttons: bool = True) -> QWidget | None:
        seen = self._seen(front)
        pressed = [one for one in seen if isinstance(one, QAbstractButton | QComboBox)]
        if buttons and pressed and self._chance.random() < _CALM:
            return self._chance.choice(pressed)
        return self._chance.choice(seen) if seen else None

    def _spot(self, target: QWidget) -> QPoint:
        box = target.visibleRegion().boundingRect()
        if isinstance(target, QAbstractButton):
            return box.center()
        return QPoint(
            self._chance.randint(box.left(), max(box.left(), box.right())),
            self._chance.randint(box.top(), max(box.top(), box.bottom())),
        )


def _named(widget: QWidget) -> str:
    """A widget for a reader: its kind and what it says, and the window it is in."""
    says = widget.accessibleName()
    if not says and isinstance(widget, QAbstractButton):
        says = widget.text()
    where = type(widget.window()).__name__
    return f"{type(widget).__name__} {says[:40]!r} in {where}"
