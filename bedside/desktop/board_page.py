"""The page Ward list: the table of all infants, or what to do while there is none."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QElapsedTimer, QModelIndex, Qt, Signal
from PySide6.QtGui import QCursor, QEnterEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QPushButton,
    QStackedWidget,
    QTableView,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from bedside.desktop.board_delegate import BoardDelegate
from bedside.desktop.board_model import BoardModel
from bedside.desktop.board_widths import FOLDED, grown_list, is_folded, widths_in
from bedside.desktop.board_words import COLUMNS, COURSE, DLT
from bedside.desktop.labels import label
from bedside.desktop.last_row import cut_after
from bedside.desktop.look import Look
from bedside.ward.views.board import Board

_LEAST_ROOM = 700
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_IN_HAND_MS = 4000  # so long after it moved, the mouse is about to press
_MOVED_MS = 600  # [judgement] an eye and a hand need about half a second


class BoardTable(QTableView):
    """The table: Up and Down move the row, Home and End go to the first and last, Enter opens it.

    Signals:
        opened: Enter or a double click on a row.
        resized: the room for the columns (``room``, in pixels) is another one.
    """

    opened = Signal()
    resized = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.room = 0
        self._pressed = -1  # the row of the last press
        self._hand = QElapsedTimer()  # since the mouse moved or pressed here
        self._moved = QElapsedTimer()  # since rows moved by themselves
        self.setAccessibleName(self.tr("Ward list, a row an infant; Enter opens"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setHighlightSections(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.draw_head_as(look)

    def draw_head_as(self, look: Look) -> None:
        """Write the headings as large as the rows are drawn."""
        head = self.horizontalHeader()
        head.setFixedHeight(look.measure("list_header"))
        head.setFont(look.font("caption"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say that the room is another one."""
        super().resizeEvent(event)
        # asking for the viewport would make Python's picture of every kind of widget there is
        self.room = event.size().width()
        self.resized.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Draw all anew: pixels that are only moved would leave "2 more below" among the rows."""
        super().scrollContentsBy(dx, dy)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note the row: the second press of a double click may find another one there.

        Just after rows moved by themselves another infant may lie under the hand: nobody is chosen.
        """
        if self._moved.isValid() and self._moved.elapsed() < _MOVED_MS:
            self._pressed = -1
            words = self.tr("The list moved just now: look, and press again.")
            QToolTip.showText(event.globalPosition().toPoint(), words, self)
            return
        self._pressed = self.indexAt(event.position().toPoint()).row()
        self._hand.start()
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the row that was pressed first; one that came under the hand since is only chosen."""
        if self._pressed >= 0 and self.indexAt(event.position().toPoint()).row() == self._pressed:
            super().mouseDoubleClickEvent(event)
        else:
            self.mousePressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """A hand comes: follow it. Not from the start: asking for the viewport costs the first paint."""
        self.viewport().setMouseTracking(True)
        super().enterEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Note that a hand is at the mouse."""
        self._hand.start()
        super().mouseMoveEvent(event)

    def note_moved(self) -> None:
        """Rows became higher or lower by themselves."""
        self._moved.start()

    def row_in_hand(self) -> int:
        """The row under the mouse, else the chosen one; -1 where there is neither.

        A mouse that lies still holds no row: a window that opened under it began scrolled down, and
        the first infants were out of sight.
        """
        if self.underMouse() and self._hand.isValid() and self._hand.elapsed() < _IN_HAND_MS:
            at = self.mapFromGlobal(QCursor.pos()).y() - self.horizontalHeader().height()
            if at >= 0 and self.rowAt(at) >= 0:
                return self.rowAt(at)
        return self.currentIndex().row()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; letters are left to the window; all else moves the row."""
        if event.key() in _RETURN:
            self.opened.emit()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            last = self.model().rowCount() - 1
            at = 0 if event.key() == Qt.Key.Key_Home else last
            self.setCurrentIndex(self.model().index(at, 0))
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)


class BoardPage(QWidget):
    """The ward list.

    Signals:
        opened: an infant (by id) is to be opened.
        enrol_asked: an infant is to be enrolled.
        site_asked: the site's settings are to be entered.
    """

    opened = Signal(int)
    enrol_asked = Signal()
    site_asked = Signal()

    least_size = (sum(FOLDED.values()) + 16, 200)  # what is due and held is broken into more lines

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._current: int | None = None
        self._laid: tuple[int, ...] = ()  # whose rows were given their heights last, in their order
        self.setAccessibleName(self.tr("Ward list"))
        self.model = BoardModel(self)
        self.table = BoardTable(look)
        cut = partial(cut_after, self.table)
        self.delegate = BoardDelegate(look, self._is_chosen, self, cut=cut)
        self.table.setModel(self.model)
        self.table.setItemDelegate(self.delegate)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.empty = self._empty()
        self.stack.addWidget(self.empty)
        self.unfound: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)
        self.table.opened.connect(self._open)
        self.table.resized.connect(self._set_widths)
        self.table.doubleClicked.connect(self._open)
        self.model.relined.connect(self._set_heights)
        self.model.relined.connect(self._show_unfound)
        self.model.ticked.connect(self._set_clock_heights)
        self.table.selectionModel().currentRowChanged.connect(self._row_changed)

    @property
    def chosen(self) -> int | None:
        """The infant of the row in focus; None where no row is."""
        row = self.table.currentIndex().row()
        return self.model.row(row).infant_id if row >= 0 else None

    def _empty(self) -> QWidget:
        """What to do while no infant is on the list."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(40, 40, 40, 40)
        column.setSpacing(10)
        look = self._look
        column.addWidget(
            label(self.tr("No infant is enrolled on this ward yet."), look, "answer", "strong")
        )
        lines = (
            self.tr(
                "1. Enter the site's settings: the kind of centre, whom to ring, the site's limits."
            ),
            self.tr(
                "2. Enrol the first infant: the form says which points of eligibility are met."
            ),
            self.tr("3. Record a weight and the counts; the ward list then says what is due."),
        )
        for line in lines:
            column.addWidget(label(line, look, "body_strong_banner", wrap=True))
        self.site_button = QPushButton(self.tr("En&ter the site's settings"))
        self.enrol_button = QPushButton(self.tr("En&rol infant"))
        self.enrol_button.setProperty("role", "act")
        for button in (self.site_button, self.enrol_button):
            button.setMinimumHeight(look.measure("field"))
            button.setFont(look.font("body", "strong"))
            button.setAutoDefault(False)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.site_button.clicked.connect(self.site_asked)
        self.enrol_button.clicked.connect(self.enrol_asked)
        return holder

    def show_board(self, board: Board, now: datetime, *, keep_order: bool) -> None:
        """Show the list; the chosen infant stays chosen."""
        before = self.model.counted[1]
        self.model.fill(board, now, keep_order=keep_order)
        if self.model.counted[1] != before:
            self._set_widths()  # fewer infants may be drawn larger, more of them smaller
        self.stack.setCurrentWidget(self.table if board.rows else self.empty)
        self._show_unfound()
        self.choose(self._current)

    def stand_as(self, before: "BoardPage") -> None:
        """Take order and chosen infant from the list that this one takes the place of.

        A list drawn anew at the first row, in another order, lets Return open another child.
        """
        self._current = before._current
        self.model.stand_as(before.model)

    def _show_unfound(self) -> None:
        """Where the search leaves nobody, say what is searched and how to come back."""
        shown, total = self.model.counted
        if shown or not total:
            if self.stack.currentWidget() is self.unfound:
                self.stack.setCurrentWidget(self.table)
            return
        if self.unfound is None:
            self.unfound = self._unfound()
            self.stack.addWidget(self.unfound)
        self.stack.setCurrentWidget(self.unfound)

    def _unfound(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(40, 40, 40, 40)
        column.setSpacing(10)
        lines = (
            self.tr(
                "Searched: family and given name, hospital number, study number, the scanned band, and the bed as a "
                "whole. Accents may be left out: tran finds Trần."
            ),
            self.tr("Esc shows the whole ward list again."),
        )
        title = self.tr("No infant on this ward is found by that.")
        column.addWidget(label(title, self._look, "answer", "strong"))
        for line in lines:
            column.addWidget(label(line, self._look, "body_strong_banner", wrap=True))
        column.addStretch(1)
        return holder

    def choose(self, infant_id: int | None) -> None:
        """Put the ring on an infant's row, or on the first row."""
        at = max(self.model.row_of(infant_id), 0)
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(at, 0))

    def open_only(self) -> bool:
        """Open the only infant that the search has left; False where there is another or none."""
        if self.model.rowCount() != 1:
            return False
        self.opened.emit(self.model.row(0).infant_id)
        return True

    def take_focus(self) -> None:
        """Give the keyboard to the list, or to the first thing to do."""
        reason = Qt.FocusReason.OtherFocusReason
        if self.stack.currentWidget() is not self.empty:
            self.choose(self._current)
            self.table.setFocus(reason)
        else:
            self.site_button.setFocus(reason)

    def _set_widths(self) -> None:
        """Give each column its share of the room, and on a large screen larger type."""
        room = self.table.room
        if room < _LEAST_ROOM:
            return  # not laid out yet
        infants = self.model.counted[1]
        look = grown_list(self._look, self.table.size(), infants, self._high_as)
        if look.percent != self.delegate.percent:
            self.delegate.draw_as(look)
            self.table.draw_head_as(look)
        self._fold(is_folded(room, look))
        widths = widths_in(room, look)
        for column, name in enumerate(COLUMNS):
            self.table.setColumnWidth(column, widths[name])
        self._set_heights()

    def _high_as(self, look: Look, widths: list[int]) -> int:
        """How high the rows of every infant on the ward are as a look draws them."""
        rows, now = self.model.every_row, self.model.now
        return sum(self.delegate.row_height(row, now, widths, look) for row in rows)

    def _fold(self, folded: bool) -> None:
        """Draw course and DLT period below infant and clocks, or in columns of their own."""
        if folded != self.model.folded:
            self.model.fold(folded)
            for column in (COURSE, DLT):
                self.table.setColumnHidden(column, folded)

    def _set_heights(self) -> None:
        self._make_room(range(self.model.rowCount()))

    def _set_clock_heights(self) -> None:
        """What a clock says may need another line than a second ago: nothing below it is cut."""
        self._make_room(self.model.with_clocks())

    def _make_room(self, rows: Iterable[int]) -> None:
        """Make rows as high as their lines; the row in hand, if any is above it, stays where it is."""
        if self.table.room < _LEAST_ROOM:
            return  # not laid out yet
        widths = [self.table.columnWidth(column) for column in range(len(COLUMNS))]
        in_hand = self.table.row_in_hand()
        shown = tuple(self.model.row(at).infant_id for at in range(self.model.rowCount()))
        stays, self._laid = shown == self._laid, shown
        moved = changed = 0
        for at in rows:
            high = self.delegate.row_height(self.model.row(at), self.model.now, widths)
            before = self.table.rowHeight(at)
            if before != high:
                self.table.setRowHeight(at, high)
                moved += high - before if at < in_hand else 0
                changed += 1
        if changed and stays and self.isVisible():
            self.table.note_moved()
        if moved and self.isVisible():
            self._hold(in_hand, moved)

    def _hold(self, in_hand: int, moved: int) -> None:
        """Rows above the one in hand became higher or lower: it stays under the hand."""
        bar = self.table.verticalScrollBar()
        top = self.table.rowViewportPosition(in_hand) - moved
        if 0 <= top < self.table.height():  # in sight: what is out of it is not brought there
            self.table.updateGeometries()
            bar.setValue(bar.value() + moved)

    def _is_chosen(self, row: int) -> bool:
        return self.table.currentIndex().row() == row

    def _row_changed(self, current: QModelIndex, previous: QModelIndex) -> None:
        if current.isValid():
            self._current = self.model.row(current.row()).infant_id

    def _open(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.opened.emit(self.model.row(index.row()).infant_id)
