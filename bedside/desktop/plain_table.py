"""A calm table: one row has the focus, Ctrl+C copies rows as text, Tab leaves it again."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from bedside.desktop.last_row import cover_cut_row
from bedside.desktop.look import Look
from bedside.desktop.spoken import spoken_words

ROW_HIGH = 26
HEAD_HIGH = 28
USUAL_PERCENT = 100
_MOST_MEASURED = 300  # rows: measuring the words of more takes too long
_PADDED = 10  # of a cell's words, left and right together, as the style below says
_TYPED = str.maketrans({"\u2011": "-", "\u00a0": " "})  # as a keyboard has them, for what is copied
_CELL_PAD = 18  # of a cell, left and right together


class PaddedCells(QStyledItemDelegate):
    """Reckons the height of wrapped words at the width they have: a cell less what it is padded with.

    Qt takes the whole cell's, and the last line was then cut.
    """

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As high as the words need."""
        narrower = QStyleOptionViewItem(option)
        room = narrower.rect
        room.setWidth(room.width() - _PADDED)
        narrower.rect = room
        return super().sizeHint(narrower, index)


class PlainTable(QTableView):
    """A table for reading: no editing, whole rows, fixed row heights."""

    def __init__(self, accessible_name: str, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._asked: tuple[int, ...] = ()
        self.empty_words = ""
        self.setAccessibleName(accessible_name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(PaddedCells(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        line = look.colour("line").name()
        accent = look.colour("accent").name()
        self.setStyleSheet(
            f"QTableView::item {{ padding: 0 5px; border: none; border-bottom: 1px solid {line}; }}"
            f"QTableView:focus {{ border: 2px solid {accent}; }}"
            "QTableView { border: 2px solid transparent; }"
            # without a word of its own the first heading would stand twice as far in
            "QHeaderView::section:first { padding: 0 8px; }"
        )
        self.setFont(look.font("body"))
        head_font = look.font("caption")
        self.horizontalHeader().setFont(head_font)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(look.px(ROW_HIGH))
        head = self.horizontalHeader()
        head.setFixedHeight(look.px(HEAD_HIGH))
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setStretchLastSection(True)

    def when_empty(self, words: str) -> None:
        """Say in the middle of a table without rows what that means and what to do."""
        self.empty_words = words
        self.setAccessibleDescription(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, the last one whole; where there are none, the sentence that says what that means."""
        super().paintEvent(event)
        cover_cut_row(self, self.look)
        model = self.model()
        if not self.empty_words or model.rowCount():
            return
        ground = self.viewport()
        room = ground.rect().adjusted(12, 6, -12, -6)
        with QPainter(ground) as painter:
            painter.setFont(self.font())
            painter.setPen(self.look.colour("quiet"))
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
            painter.drawText(room, int(flags) | int(Qt.TextFlag.TextWordWrap), self.empty_words)

    def set_widths(self, widths: tuple[int, ...]) -> None:
        """Set the column widths in pixels; the last column takes what is left."""
        head = self.horizontalHeader()
        self._asked = tuple(
            max(
                self.look.px(width), head.sectionSizeHint(column)
            )  # -1 where there is no column yet
            for column, width in enumerate(widths)
        )
        for column, width in enumerate(self._asked):
            self.setColumnWidth(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In large text the columns share the room there is: nothing is out of sight sideways."""
        super().resizeEvent(event)
        if self._asked and self.look.percent > USUAL_PERCENT:
            self._share_out(event.size().width())

    def _share_out(self, room: int) -> None:
        last = self.model().columnCount() - 1
        least = [self._longest_word(column) for column in range(last + 1)]
        asked = [*self._asked, max(least[last], min(self._words_wide(last), room // 4))]
        asked = asked[: last + 1]
        over = sum(asked) > room
        if over and self.model().rowCount() <= _MOST_MEASURED and not self.wordWrap():
            self.grow_rows(ROW_HIGH)
        elif over and not self.wordWrap():  # too many to measure: each has room for two lines
            self.setWordWrap(True)
            rows = self.verticalHeader()
            rows.setDefaultSectionSize(max(rows.defaultSectionSize(), self._two_lines()))
        if over:  # no column is narrower than its longest word: a date is never cut
            more = [max(0, wide - word) for wide, word in zip(asked, least, strict=True)]
            spare = max(0, room - sum(least)) / max(1, sum(more))
            asked = [int(word + one * spare) for word, one in zip(least, more, strict=True)]
        for column, width in enumerate(asked[:last]):
            self.setColumnWidth(column, width)
        self.setColumnWidth(last, room - sum(map(self.columnWidth, range(last))))
        if self.wordWrap() and self.model().rowCount() <= _MOST_MEASURED:
            QTimer.singleShot(0, self, self.resizeRowsToContents)

    def _two_lines(self) -> int:
        return 2 * self.fontMetrics().lineSpacing() + _PADDED

    def _longest_word(self, column: int) -> int:
        """How wide a column must be so that no word in it is cut."""
        model, metrics = self.model(), self.fontMetrics()
        rows = range(min(model.rowCount(), _MOST_MEASURED))
        texts = (str(model.index(row, column).data() or "") for row in rows)
        # a figure is one word: its thin space (U+202F) never breaks a line
        words = {word for text in texts for word in spoken_words(text.replace("\n", " "))}
        most = max(map(metrics.horizontalAdvance, words), default=0)
        return max(most + _CELL_PAD, self.horizontalHeader().sectionSizeHint(column))

    def _words_wide(self, column: int) -> int:
        """How wide a column would be that broke no line."""
        model, metrics = self.model(), self.fontMetrics()
        rows = range(min(model.rowCount(), _MOST_MEASURED))
        texts = (str(model.index(row, column).data() or "") for row in rows)
        return max(map(metrics.horizontalAdvance, texts), default=0) + _CELL_PAD

    def grow_rows(self, least: int) -> None:
        """Wrap long words: each row is as high as they need, also when a column became narrower.

        Args:
            least: the height of a row without long words, in pixels.
        """
        self.setWordWrap(True)
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(self.look.px(least))
        rows.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.timeout.connect(self.resizeRowsToContents)
        self.horizontalHeader().sectionResized.connect(self._again.start)

    def fit_to_words(self, most: int) -> None:
        """Make each column as wide as its longest words, up to a width; the last takes what is left.

        Args:
            most: the widest a column becomes, in pixels; longer words stand whole in the tooltip.
        """
        model = self.model()
        metrics, head = self.fontMetrics(), self.horizontalHeader()
        for column in range(model.columnCount() - 1):
            texts = (str(model.index(row, column).data() or "") for row in range(model.rowCount()))
            words = max((metrics.horizontalAdvance(text) for text in texts), default=0)
            wide = max(words + _CELL_PAD, head.sectionSizeHint(column))
            self.setColumnWidth(column, min(wide, self.look.px(most)))
        self._asked = tuple(map(self.columnWidth, range(model.columnCount() - 1)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the chosen row; Home and End go to the first and the last row; letters to the page."""
        if event.matches(QKeySequence.StandardKey.Copy):
            row = self.currentIndex().row()
            if row >= 0:
                QGuiApplication.clipboard().setText(row_as_text(self.model(), row))
            return
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.model().rowCount() - 1}
        if event.key() in ends and self.model().rowCount():
            index = self.model().index(
                ends[Qt.Key(event.key())], max(self.currentIndex().column(), 0)
            )
            self.setCurrentIndex(index)
            return
        if event.text() and event.text().isprintable():
            event.ignore()
            return
        super().keyPressEvent(event)


def row_as_text(model: QAbstractItemModel, row: int) -> str:
    """One row as text, its cells set apart by tabs; hyphens and blanks are those of a keyboard."""
    return "\t".join(
        str(model.index(row, column).data(Qt.ItemDataRole.DisplayRole) or "").translate(_TYPED)
        for column in range(model.columnCount(QModelIndex()))
    )


def table_as_text(model: QAbstractItemModel) -> str:
    """A whole table as text: its headings, then a line for each row."""
    columns = range(model.columnCount(QModelIndex()))
    role = Qt.ItemDataRole.DisplayRole
    head = [
        str(model.headerData(column, Qt.Orientation.Horizontal, role)).replace("\n", " ")
        for column in columns
    ]
    rows = [row_as_text(model, row) for row in range(model.rowCount(QModelIndex()))]
    return "\n".join(["\t".join(head), *rows])
