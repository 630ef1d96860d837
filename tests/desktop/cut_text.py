"""Finds labels and buttons whose words do not fit the box they are drawn in."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QTableView,
    QWidget,
)

from bedside.desktop.fields import Echo
from bedside.desktop.spoken import spoken, spoken_words

SLACK = 2  # a letter's own side room
SIDES = 4  # of a heading
_NOT_SEEN = 1  # pixel to the side: no bar is drawn for it


def cut_in(window: QWidget) -> list[str]:
    """Every visible label or button of a window that is cut, in words: class, size, text."""
    found = []
    for widget in [*window.findChildren(QLabel), *window.findChildren(QAbstractButton)]:
        if widget.isVisibleTo(window) and widget.width() > 0 and widget.text().strip():
            why = _label(widget) if isinstance(widget, QLabel) else _button(widget)
            if why:
                named = _owner(widget, window)
                found.append(f"{named}: {why}: {widget.text()[:90]!r}")
    return found


# what may be wider than the window, and why
SCROLLS_SIDEWAYS = {
    "TimelineCanvas": "a time axis: nearer than two years it is moved along, and its table says all",
}


def sideways_in(window: QWidget) -> list[str]:
    """Every visible part of a window that has to be scrolled sideways, and each cut word of a table."""
    found = []
    for area in window.findChildren(QAbstractScrollArea):
        kind = type(area).__name__
        if not area.isVisibleTo(window) or kind in SCROLLS_SIDEWAYS:
            continue
        if area.viewport().width() > 0 and area.horizontalScrollBar().maximum() > _NOT_SEEN:
            most = area.horizontalScrollBar().maximum()
            found.append(f"{kind} {area.accessibleName()!r} goes {most} px further to the right")
        if isinstance(area, QTableView) and area.model() is not None:
            found += _narrow_cells(area)
    return found


def headings_in(window: QWidget) -> list[str]:
    """Every heading of a column that is wider than its column."""
    found = []
    for head in window.findChildren(QHeaderView):
        model, metrics = head.model(), head.fontMetrics()
        upright = head.orientation() == Qt.Orientation.Vertical
        if model is None or upright or not head.isVisibleTo(window):
            continue
        for column in range(head.count()):
            words = spoken(str(model.headerData(column, head.orientation()) or ""))
            needed = max(map(metrics.horizontalAdvance, words.split("\n")))
            if head.sectionSize(column) and needed + SIDES > head.sectionSize(column):
                found.append(f"heading {words!r}: {needed} px, has {head.sectionSize(column)}")
    return found


def _narrow_cells(table: QTableView) -> list[str]:
    """The columns of a table in which a word (a date, a dose) has no room."""
    model, metrics, found = table.model(), table.fontMetrics(), []
    for column in range(model.columnCount()):
        if table.isColumnHidden(column) or type(table).__name__ == "BoardTable":
            continue
        rows = range(min(model.rowCount(), 60))
        texts = (str(model.index(row, column).data() or "") for row in rows)
        words = {word for text in texts for word in spoken_words(text.replace("\n", " "))}
        widest = max(words, key=metrics.horizontalAdvance, default="")
        if metrics.horizontalAdvance(widest) > table.columnWidth(column):
            found.append(f"{table.accessibleName()!r}: {widest!r} is cut in column {column + 1}")
    return found


def _owner(widget: QWidget, window: QWidget) -> str:
    step: QWidget | None = widget
    while step is not None and step is not window:
        if type(step).__module__.startswith("bedside."):
            return type(step).__name__
        step = step.parentWidget()
    return type(window).__name__


def _label(label: QLabel) -> str:
    box = label.contentsRect()
    if label.textFormat() == Qt.TextFormat.RichText:
        return _rich(label, box)
    text = spoken(label.drawn() if isinstance(label, Echo) else label.text())
    if label.textFormat() == Qt.TextFormat.AutoText:
        text = text.replace("&&", "\0").replace("&", "").replace("\0", "&")
    metrics = label.fontMetrics()
    flags = int(Qt.TextFlag.TextWordWrap) if label.wordWrap() else 0
    room = QRect(0, 0, box.width() if label.wordWrap() else 100_000, 100_000)
    needed = metrics.boundingRect(room, flags, text)
    if needed.width() > box.width() + SLACK:
        return f"needs {needed.width()} px, has {box.width()} wide"
    lines = max(1, round(needed.height() / metrics.lineSpacing()))
    high = metrics.tightBoundingRect(text).height() if lines == 1 else needed.height()
    if high > box.height() + SLACK:
        return f"needs {high} px, has {box.height()} high"
    return ""


def _rich(label: QLabel, box: QRect) -> str:
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(label.font())
    document.setHtml(label.text())
    if label.wordWrap():
        document.setTextWidth(box.width())
    wide, high = round(document.idealWidth()), round(document.size().height())
    if wide > box.width() + SLACK:
        return f"needs {wide} px, has {box.width()} wide"
    return "" if high <= box.height() + 6 else f"needs {high} px, has {box.height()} high"


def _room_in(button: QAbstractButton) -> int:
    """How wide the words of a button may be, as its style draws it."""
    if not isinstance(button, QPushButton):
        return button.width()
    option = QStyleOptionButton()
    button.initStyleOption(option)
    part = QStyle.SubElement.SE_PushButtonContents
    return button.style().subElementRect(part, option, button).width()


def _button(button: QAbstractButton) -> str:
    if not isinstance(button, QPushButton | QCheckBox | QRadioButton):
        return ""
    text = spoken(button.text()).replace("&&", "\0").replace("&", "").replace("\0", "&")
    needed = max(button.fontMetrics().horizontalAdvance(line) for line in text.split("\n"))
    room = _room_in(button)
    if needed > room:
        return f"needs {needed} px, has {room} wide"
    return ""
