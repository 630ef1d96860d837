"""The tables of the cohort page: plain rows of finished text."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bedside.desktop.flowing import whole
from bedside.units.dates import write_date
from bedside.ward.views.cohort import CohortLine, CohortView

Index = QModelIndex | QPersistentModelIndex


class TextTable(QAbstractTableModel):
    """Rows of text under headings."""

    def __init__(self, headings: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings = tuple(headings)
        self._rows: tuple[tuple[str, ...], ...] = ()

    def show_rows(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Fill the table."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell."""
        wanted = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        )
        if not index.isValid() or role not in wanted:
            return None
        return self._rows[index.row()][index.column()]

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """The headings."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._headings[section]


def infant_rows(view: CohortView) -> list[tuple[str, ...]]:
    """The infants: study number, state, what is due, and the reason or the days."""
    return [
        (
            each.study_number,
            each.state,
            str(each.due) if each.due else "",
            whole(each.words),
        )
        for each in view.infants
    ]


def line_rows(lines: Sequence[CohortLine]) -> list[tuple[str, ...]]:
    """Courses or terms with their three counts."""
    return [
        (
            each.name.replace(" part ", " part\u00a0"),
            str(each.infants),
            str(each.asked),
            str(each.counted),
        )
        for each in lines
    ]


def twin_rows(view: CohortView) -> list[tuple[str, ...]]:
    """The chart as rows: each number of evaluable infants, the DLTs so far, and where it stops."""
    stops, points = dict(view.boundary), {point.evaluable: point for point in view.points}
    last = max([view.boundary_most, *points], default=0)
    rows: list[tuple[str, ...]] = []
    for size in range(1, last + 1):
        point = points.get(size)
        rows.append(
            (
                str(size),
                "" if point is None else str(point.with_dlt),
                str(stops[size]) if size in stops else "",
                "" if point is None else f"{point.study_number}, {write_date(point.on)}",
            )
        )
    return rows
