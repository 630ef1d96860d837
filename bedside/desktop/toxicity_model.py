"""The toxicity log as a table: open ones first, then those that are gone, then those struck out."""

from enum import IntEnum

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QColor, QFont

from bedside.desktop.labels import hint, unbroken
from bedside.units.dates import write_date, write_date_time
from bedside.ward.views.pages import ToxicitiesView, ToxicityRow

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns of the toxicity table."""

    TERM = 0
    NOW = 1
    WORST = 2
    SINCE = 3
    COURSE = 4
    ATTRIBUTION = 5
    COMMENT = 6
    RECORDED = 7


class ToxicityTable(QAbstractTableModel):
    """Every toxicity, one row each, in the order the ward gives; rows never move when answered."""

    def __init__(self, quiet: QColor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ToxicityRow, ...] = ()
        self._quiet = quiet

    def show_view(self, view: ToxicitiesView) -> None:
        """Fill the table."""
        self.beginResetModel()
        self._rows = view.rows
        self.endResetModel()

    def toxicity_at(self, row: int) -> ToxicityRow | None:
        """The toxicity of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, toxicity_id: int) -> int:
        """The row of a toxicity; -1 when it is not there."""
        for number, row in enumerate(self._rows):
            if row.toxicity_id == toxicity_id:
                return number
        return -1

    def rowCount(self, parent: Index | None = None) -> int:
        """How many toxicities there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, font and colour of a cell."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._cell(row, column)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            text = self._cell(row, column)
            if row.voided:
                text = self.tr("{0} (struck out: {1})").format(text, row.voided)
            return hint(text) if role == Qt.ItemDataRole.ToolTipRole else text
        if role == Qt.ItemDataRole.FontRole and (row.voided or column == Column.TERM):
            font = QFont()
            font.setStrikeOut(bool(row.voided) and column != Column.COMMENT)
            if is_open(row) and column == Column.TERM:
                font.setWeight(QFont.Weight.DemiBold)
            return font
        if role == Qt.ItemDataRole.ForegroundRole and not is_open(row):
            return self._quiet
        if (
            role == Qt.ItemDataRole.FontRole
            and column == Column.COMMENT
            and row.log is not None
            and row.log.corrected
        ):
            font = QFont()
            font.setWeight(QFont.Weight.DemiBold)
            return font
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """The headings."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Term"),
            self.tr("Now"),
            self.tr("Worst"),
            self.tr("Since"),
            self.tr("Course and day"),
            self.tr("Attribution"),
            self.tr("Comment"),
            self.tr("Recorded"),
        )[section]

    def _cell(self, row: ToxicityRow, column: Column) -> str:
        if column == Column.NOW:
            return self._now(row)
        texts = {
            Column.TERM: row.term,
            Column.WORST: self._grade(row.worst, at_least=row.log is not None and row.log.at_least),
            Column.SINCE: unbroken(write_date(row.onset)),
            Column.COURSE: row.course_text,
            Column.ATTRIBUTION: row.attribution or self.tr("not assessed"),
            Column.COMMENT: row.voided or self._comment(row),
            Column.RECORDED: unbroken(f"{row.recorded_by}, {write_date_time(row.recorded_at)}"),
        }
        return texts[column]

    def _comment(self, row: ToxicityRow) -> str:
        """The comment; before it, that a result behind a grade was corrected since."""
        if row.log is not None and row.log.corrected:
            words = self.tr("result corrected")
            return f"{words}; {row.comment}" if row.comment else words
        return row.comment

    def _now(self, row: ToxicityRow) -> str:
        if row.voided:
            return self.tr("struck out")
        if row.resolved_on is not None:
            return self.tr("gone {0}").format(unbroken(write_date(row.resolved_on)))
        return self._grade(row.grade, at_least=row.log is not None and row.log.steps[-1].at_least)

    def _grade(self, grade: int, *, at_least: bool) -> str:
        """A grade; one that may have been higher says so."""
        return (self.tr("at least {0}") if at_least else self.tr("grade {0}")).format(grade)


def log_words(view: ToxicitiesView) -> str:
    """What stands above the log: how many are open, the edition, what waits and the last round."""
    opened = sum(1 for row in view.rows if is_open(row))
    words = _tr("{0} open. CTCAE {1}, fixed at enrolment.").format(
        opened or _tr("none"), view.ctcae
    )
    if view.waiting:
        words += " " + _tr("{0} waiting from the laboratory.").format(view.waiting)
    last = view.last_round
    return f"{words} {last[:1].upper()}{last[1:]}".strip()


def is_open(row: ToxicityRow) -> bool:
    """Whether a toxicity stands (neither gone nor struck out)."""
    return not row.voided and row.resolved_on is None


def _tr(words: str) -> str:
    return QCoreApplication.translate("ToxicitiesPage", words)
