"""The ward list as a table: a row an infant, in an order that stays while somebody reads."""

from datetime import datetime

from msgspec import Struct
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from bedside.desktop.board_words import (
    BED,
    CLOCKS,
    COLUMNS,
    COURSE,
    DLT,
    DUE,
    HELD,
    INFANT,
    words_of,
)
from bedside.desktop.labels import hint
from bedside.ward.views.board import Board, BoardRow

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
SORT_ROLE = ROW_ROLE + 1
NOW_ROLE = ROW_ROLE + 2
Index = QModelIndex | QPersistentModelIndex


class Limit(Struct, frozen=True):
    """Which infants are shown: of a protocol, in a course, with open checks; "" for every one."""

    protocol: str = ""
    course: str = ""
    checks: bool = False

    def lets(self, row: BoardRow) -> bool:
        """Whether an infant is shown; whose checks are not judged yet is not left out."""
        open_ones = row.checks or row.dlt.decisions_due or not row.judged
        waits = bool(open_ones) or not self.checks
        return waits and (
            self.protocol in ("", row.protocol_title) and self.course in ("", row.course_title)
        )


class BoardModel(QAbstractTableModel):
    """The rows of the board, filtered by what is typed into the search field.

    Decision: filtered here in Python, not by a proxy; a proxy over a Python model is slower by
    orders, and the order must stay anyway until somebody asks for a new one.

    Signals:
        relined: the text of some rows changed, so their heights may have.
        ticked: the clocks moved on: the words beside them may need another line.
        passed: a clock passed its limit: the row is late from now on.
    """

    relined = Signal()
    ticked = Signal()
    passed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[BoardRow, ...] = ()
        self._shown: tuple[BoardRow, ...] = ()
        self._search = ""
        self.limit = Limit()
        self._now: datetime | None = None
        self.folded = False  # course and DLT period stand below infant and clocks
        self.headings = (
            self.tr("Bed"),
            self.tr("Infant, age"),
            self.tr("Course, day, protocol"),
            self.tr("Due this shift"),
            self.tr("Held or stopped, and why"),
            self.tr("Clocks, open checks"),
            self.tr("DLT period"),
        )

    @property
    def now(self) -> datetime:
        """The time for which clocks are shown."""
        if self._now is None:
            raise ValueError("the board has not been filled yet")
        return self._now

    def fill(self, board: Board, now: datetime, *, keep_order: bool) -> None:
        """Take new rows.

        Args:
            board: the ward list, ordered anew.
            now: the time for which clocks are shown.
            keep_order: leave the infants where they stand; new ones go to the end.
        """
        self._now = now
        rows = _kept(self._rows, board.rows) if keep_order else board.rows
        self._rows = rows
        shown = tuple(row for row in rows if self._matches(row))
        if [row.infant_id for row in shown] != [row.infant_id for row in self._shown]:
            self.beginResetModel()
            self._shown = shown
            self.endResetModel()
            self.relined.emit()
            return
        changed = [at for at, row in enumerate(shown) if row != self._shown[at]]
        self._shown = shown
        for at in changed:
            self.dataChanged.emit(self.index(at, 0), self.index(at, len(COLUMNS) - 1))
        if changed:
            self.relined.emit()
        self.ticked.emit()

    def fold(self, folded: bool) -> None:
        """Say course and DLT period together with infant and clocks: their columns are away."""
        self.folded = folded
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def stand_as(self, before: "BoardModel") -> None:
        """Begin with the rows of another model, in its order; `fill` with ``keep_order`` leaves them so."""
        self._rows, self._now, self.limit = before._rows, before._now, before.limit

    def tick(self, now: datetime) -> None:
        """Move the clocks on, and nothing else; say where one of them passed its limit."""
        before = None if self._now is None else _standings(self._rows, self._now)
        self._now = now
        for at in self.with_clocks():
            self.dataChanged.emit(self.index(at, CLOCKS), self.index(at, CLOCKS))
        self.ticked.emit()
        if before is not None and before != _standings(self._rows, now):
            self.passed.emit()

    def with_clocks(self) -> list[int]:
        """The rows that are shown with a running clock."""
        return [at for at, row in enumerate(self._shown) if row.clocks or row.fever is not None]

    def search(self, text: str) -> None:
        """Show the infants whose name, hospital or study number has this text in it, or whose bed it is."""
        self._search = text.strip()
        self._narrow()

    def limit_to(self, limit: Limit) -> None:
        """Show the infants whom a filter lets through; the order stays."""
        self.limit = limit
        self._narrow()

    @property
    def every_row(self) -> tuple[BoardRow, ...]:
        """Every infant of the ward, shown or not."""
        return self._rows

    @property
    def left_out(self) -> tuple[BoardRow, ...]:
        """The infants whom search and filter leave out."""
        return tuple(row for row in self._rows if row not in self._shown)

    def _narrow(self) -> None:
        shown = tuple(row for row in self._rows if self._matches(row))
        if shown != self._shown:
            self.beginResetModel()
            self._shown = shown
            self.endResetModel()
            self.relined.emit()

    @property
    def counted(self) -> tuple[int, int]:
        """How many infants are shown, of how many."""
        return len(self._shown), len(self._rows)

    def clocks_run(self) -> bool:
        """Whether any clock runs."""
        return any(row.clocks or row.fever is not None for row in self._rows)

    def row(self, at: int) -> BoardRow:
        """The infant of a row."""
        return self._shown[at]

    def row_of(self, infant_id: int | None) -> int:
        """The row of an infant; -1 while she is not shown."""
        for at, row in enumerate(self._shown):
            if row.infant_id == infant_id:
                return at
        return -1

    def rowCount(self, parent: Index | None = None) -> int:
        """How many infants are shown."""
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> object:
        """The headings; a row is named after its infant."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self._heading(section) if 0 <= section < len(COLUMNS) else None
        return self._shown[section].family if 0 <= section < len(self._shown) else None

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """A cell as words, its row, or its raw value to sort by."""
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        row = self._shown[index.row()]
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return self._words(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return hint(self._words(row, index.column()))
        if role == ROW_ROLE:
            return row
        if role == NOW_ROLE:
            return self.now
        if role == SORT_ROLE:
            return _raw(row, index.column())
        return None

    def _heading(self, section: int) -> str:
        if self.folded and section == INFANT:
            return self.tr("Infant, age, course, day")
        if self.folded and section == CLOCKS:
            return self.tr("Clocks, checks, DLT period")
        return self.headings[section]

    def _words(self, row: BoardRow, column: int) -> str:
        with_it = {INFANT: COURSE, CLOCKS: DLT}.get(column) if self.folded else None
        said = [words_of(row, each, self.now) for each in (column, with_it) if each is not None]
        return "; ".join(said)

    def _matches(self, row: BoardRow) -> bool:
        if not self.limit.lets(row):
            return False
        if not self._search:
            return True
        from bedside.units.folded import folded

        wanted = folded(self._search)
        name = folded(f"{row.family} {row.given}, {row.hospital_number}")
        from bedside.ward.bands import number_on_band

        scanned = number_on_band(self._search)
        if scanned in (number_on_band(row.hospital_number), number_on_band(row.study_number)):
            return True
        numbers = folded(f"{row.hospital_number}\n{row.study_number}").replace(" ", "")
        return wanted in name or wanted.replace(" ", "") in numbers or wanted == folded(row.bed)


def _raw(row: BoardRow, column: int) -> object:
    """A value to sort by, as it is kept."""
    return {
        BED: row.bed,
        INFANT: row.family.casefold(),
        COURSE: (row.protocol_title, row.course_title, row.course_day),
        DUE: min((item.at for item in row.due if item.at is not None), default=None),
        HELD: len(row.held),
        CLOCKS: min(
            [clock.latest_start for clock in row.clocks]
            + ([] if row.fever is None else [row.fever.due_at]),
            default=None,
        ),
        DLT: row.dlt.opened,
    }[column]


def _standings(rows: tuple[BoardRow, ...], now: datetime) -> list[object]:
    """How every clock stands: what passed its limit stands otherwise than a second before."""
    vials: list[object] = [clock.standing(now) for row in rows for clock in row.clocks]
    return vials + [row.fever.due_at < now for row in rows if row.fever is not None]


def _kept(before: tuple[BoardRow, ...], new: tuple[BoardRow, ...]) -> tuple[BoardRow, ...]:
    """The new rows in the order of the old ones; infants that are new go to the end."""
    place = {row.infant_id: at for at, row in enumerate(before)}
    far = len(place)
    return tuple(sorted(new, key=lambda row: place.get(row.infant_id, far)))
