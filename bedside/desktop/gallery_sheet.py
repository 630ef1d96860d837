"""The sheet of the gallery: a row for each part, a column for each state, drawn from the real widgets.

Decision: only one widget can have the keyboard and one the pointer, so each state is made alone, on a
stage, and its picture is put into the sheet. Nothing is painted by hand.
"""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from bedside.desktop.gallery_drawings import drawings
from bedside.desktop.gallery_parts import Part, controls
from bedside.desktop.gallery_states import STATES, State, leave, put
from bedside.desktop.gallery_words import lines, swatch, words
from bedside.desktop.labels import label, rule
from bedside.desktop.look import Look

_MARGIN = 20
_GAP = 16
_EDGE = 6
_STAGE = (1400, 400)


class Stage(QWidget):
    """Where a widget stands while its picture is taken; it wears the theme by itself."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("stage")
        self.setAccessibleName("stage")
        ground = look.colour("ground").name()
        self.setPalette(look.palette())
        self.setStyleSheet(f"{look.style_sheet()}\n#stage {{ background: {ground}; }}")
        self._rest = QLabel(self)  # takes the keyboard between two pictures
        self._rest.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._rest.setFixedSize(1, 1)
        self._rest.setAccessibleName("rest")
        self.setFixedSize(*_STAGE)
        self.show()
        self.activateWindow()
        _settle()

    def picture(self, part: Part, state: State) -> QPixmap:
        """A part in one state."""
        widget = part.make(self._look)
        widget.setParent(self)
        widget.move(_EDGE, _EDGE)
        self._rest.setFocus()
        widget.show()
        _settle()
        put(widget, state, part.typed, part.wrong)
        _settle()
        widget.adjustSize()
        if part.wide:
            widget.resize(part.wide, max(widget.heightForWidth(part.wide), widget.height()))
        _settle()
        if state != "hover":
            leave(widget)
        taken = self.grab(widget.geometry().adjusted(-3, -3, 3, 3))
        widget.hide()
        widget.deleteLater()
        _settle()
        return taken


class GallerySheet(QWidget):
    """Every part in every state that it has, in one theme.

    Args:
        look: the theme.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("sheet")
        self.setAccessibleName(self.tr("Every widget in every state, {0}").format(look.theme))
        ground = look.colour("ground").name()
        self.setPalette(look.palette())
        self.setStyleSheet(f"{look.style_sheet()}\n#sheet {{ background: {ground}; }}")
        self._stage = Stage(look)
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        column.setSpacing(_GAP)
        title = self.tr("The design system: {0} theme").format(look.theme)
        column.addWidget(label(title, look, "page_title", "title"))
        column.addWidget(self._colours())
        for heading, parts in (
            (self.tr("Buttons, fields, lists, tables"), controls()),
            (self.tr("Rows and small parts"), words()),
        ):
            column.addWidget(label(heading, look, "list_title", "bold"))
            column.addWidget(self._table(parts))
        column.addWidget(label(self.tr("Lines and bands"), look, "list_title", "bold"))
        column.addWidget(self._lines(lines()))
        column.addWidget(label(self.tr("Drawn by hand"), look, "list_title", "bold"))
        column.addWidget(self._lines(drawings()))
        column.addStretch(1)
        self._stage.close()
        self._stage.deleteLater()

    def _colours(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        for at, name in enumerate(self._look.colours()):
            grid.addWidget(swatch(name)(self._look), at // 6, at % 6)
        return holder

    def _table(self, parts: Iterable[Part]) -> QWidget:
        shown = tuple(parts)
        states = [state for state in STATES if any(state in part.states for part in shown)]
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(_GAP)
        grid.setVerticalSpacing(10)
        for column, state in enumerate(states):
            grid.addWidget(label(state, self._look, "caption", colour="quiet"), 0, column + 1)
        for row, part in enumerate(shown):
            grid.addWidget(self._name(part), row * 2 + 1, 0, Qt.AlignmentFlag.AlignTop)
            for column, state in enumerate(states):
                cell = self._cell(part, state)
                grid.addWidget(cell, row * 2 + 1, column + 1, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(rule(self._look), row * 2 + 2, 0, 1, len(states) + 1)
        grid.setColumnStretch(len(states) + 1, 1)
        return holder

    def _lines(self, parts: Iterable[Part]) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(_GAP)
        grid.setVerticalSpacing(10)
        for row, part in enumerate(parts):
            grid.addWidget(self._name(part), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self._cell(part, "normal"), row, 1)
        grid.setColumnStretch(1, 1)
        return holder

    def _name(self, part: Part) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(1)
        column.addWidget(label(part.name, self._look, "body", "strong"))
        column.addWidget(label(", ".join(part.shows), self._look, "caption", colour="quiet"))
        return holder

    def _cell(self, part: Part, state: State) -> QLabel:
        if state not in part.states:
            return label("–", self._look, "small", colour="quiet")
        cell = QLabel()
        cell.setPixmap(self._stage.picture(part, state))
        cell.setObjectName(f"{part.name}: {state}")
        cell.setAccessibleName(f"{part.name}: {state}")
        return cell


def _settle() -> None:
    """Let Qt lay out, style and focus what was changed."""
    for _ in range(2):
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
