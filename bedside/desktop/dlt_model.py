"""The DLT ledger as a table: what is due first, then by onset, outside the period last."""

from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bedside.units.dates import write_date, write_date_time
from bedside.ward.views.dlt import DltToxicity, DltView

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns of the ledger."""

    TERM = 0
    WORST = 1
    ATTRIBUTION = 2
    RULE = 3
    DECISION = 4
    DAYS = 5


class DltLedger(QAbstractTableModel):
    """Every toxicity of the log, one row each; each cell has a first and a second line."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view: DltView | None = None

    def show_view(self, view: DltView) -> None:
        """Fill the table."""
        self.beginResetModel()
        self.view = view
        self.endResetModel()

    def clear(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self.view = None
        self.endResetModel()

    def toxicity_at(self, row: int) -> DltToxicity | None:
        """The toxicity of a row."""
        rows = () if self.view is None else self.view.rows
        return rows[row] if 0 <= row < len(rows) else None

    def row_of(self, toxicity_id: int) -> int:
        """The row of a toxicity; -1 when it is not there."""
        rows = () if self.view is None else self.view.rows
        return next((at for at, row in enumerate(rows) if row.toxicity_id == toxicity_id), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """How many toxicities there are."""
        if parent is not None and parent.isValid():
            return 0
        return 0 if self.view is None else len(self.view.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Both lines of a cell as one text."""
        if not index.isValid():
            return None
        wanted = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        )
        if role in wanted:
            lines = self.lines(index.row(), Column(index.column()))
            return "; ".join(line for line in lines if line)
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
        screening = self.view is None or self.view.screening
        return (
            self.tr("Toxicity"),
            self.tr("Worst"),
            self.tr("Attribution"),
            self.tr("Screening rule says") if screening else self.tr("The rule says"),
            self.tr("Decision, by a named physician"),
            self.tr("Days, to scale"),
        )[section]

    def lines(self, row: int, column: Column) -> tuple[str, str]:
        """The first and the second line of a cell."""
        toxicity = self.toxicity_at(row)
        if toxicity is None:
            return "", ""
        if column == Column.TERM:
            return toxicity.term, self._days(toxicity)
        if column == Column.WORST:
            return self._worst(toxicity), ""
        if column == Column.ATTRIBUTION:
            first, _, rest = toxicity.attribution.partition("; ")
            return first, rest
        if column == Column.RULE:
            if toxicity.in_period:
                return toxicity.verdict, toxicity.rule_words
            return self.tr("outside the period"), toxicity.rule_words
        if column == Column.DECISION:
            return self._decision(toxicity)
        return "", ""

    def _days(self, toxicity: DltToxicity) -> str:
        since = write_date(toxicity.onset)
        if toxicity.resolved_on is not None:
            return self.tr("{0} to {1}").format(since, write_date(toxicity.resolved_on))
        return self.tr("since {0}").format(since)

    def _worst(self, toxicity: DltToxicity) -> str:
        if not toxicity.in_period:
            return self.tr("outside")
        if toxicity.worst is None:
            return self.tr("not graded")
        return self.tr("grade {0}").format(toxicity.worst)

    def _decision(self, toxicity: DltToxicity) -> tuple[str, str]:
        newest = next((line for line in toxicity.decisions if not line.struck_out), None)
        if toxicity.stale and newest is not None:
            said = self.tr("{0}, {1}").format(newest.verdict, write_date(newest.at.date()))
            return self.tr("Decide again: the facts changed"), self.tr("before: {0}").format(said)
        if toxicity.shaken and newest is not None:
            said = self.tr("{0}, {1}; it holds until then")
            by = said.format(newest.verdict, write_date(newest.at.date()))
            return self.tr("Decide again: a result was corrected"), by
        if newest is not None:
            head = newest.verdict[:1].upper() + newest.verdict[1:]
            by = f"{newest.physician}, {write_date_time(newest.at)}"
            return self.tr("{0}: {1}").format(head, newest.reason), by
        if toxicity.due:
            return self.tr("Due"), self.tr("press D to decide")
        return self.tr("none needed by the rule"), self.tr("a physician may decide otherwise")
