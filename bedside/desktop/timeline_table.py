"""The timeline as a table: the same doses, holds and open questions, a row each, in the order of time."""

from datetime import date, timedelta
from enum import IntEnum

from msgspec import Struct
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from bedside.desktop.timeline_layout import Focus, certainty_words
from bedside.units.dates import write_weekday_date
from bedside.ward.views.timeline import TimelineEvent, TimelineView

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns of the timeline's table."""

    DATE = 0
    COURSE = 1
    DAY = 2
    LANE = 3
    DRUG = 4
    ROUTE = 5
    STATE = 6
    WORDS = 7


class TimelineRow(Struct, frozen=True):
    """One row: a dose (with its focus) or something else that the drawing shows."""

    on: date | None  # None: no date is known, behind all that has one
    cells: tuple[str, ...]  # all columns but the date
    focus: Focus | None


class TimelineTable(QAbstractTableModel):
    """The table twin of the timeline."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[TimelineRow] = []
        self._row_of: dict[Focus, int] = {}

    def show_view(self, view: TimelineView) -> None:
        """Fill the table from what the timeline draws."""
        self.beginResetModel()
        rows = [*self._doses(view), *self._courses(view), *self._others(view)]
        rows.sort(key=_order)
        rows += self._undated(view)
        self._rows = rows
        self._row_of = {
            row.focus: number for number, row in enumerate(rows) if row.focus is not None
        }
        self.endResetModel()

    def row_of(self, focus: Focus | None) -> int:
        """The row of a dose; -1 when there is none."""
        return -1 if focus is None else self._row_of.get(focus, -1)

    def focus_of(self, row: int) -> Focus | None:
        """The dose of a row; None where the row is no dose."""
        return self._rows[row].focus if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(Column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The text of a cell."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if index.column() == Column.DATE:
                return self.tr("no date") if row.on is None else write_weekday_date(row.on)
            return row.cells[index.column() - 1]
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.cells[Column.WORDS - 1]
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
            self.tr("Date"),
            self.tr("Course"),
            self.tr("Day"),
            self.tr("Lane"),
            self.tr("Drug"),
            self.tr("Route"),
            self.tr("State"),
            self.tr("In words"),
        )[section]

    def _row_name(self, kind: str) -> str:
        return self.tr("Transplant") if kind == "transplant" else self.tr("MRD")

    def _event(self, event: TimelineEvent) -> tuple[str, str, str, str]:
        """Lane, drug, route and state of an event."""
        states = {
            "done": self.tr("done"),
            "planned": self.tr("planned"),
            "missing": self.tr("not recorded"),
            "not to be done": self.tr("not to be done"),
        }
        if not event.state:
            return "", "", "", event.kind
        return self._row_name(event.kind), "", "", states[event.state]

    def _doses(self, view: TimelineView) -> list[TimelineRow]:
        return [
            TimelineRow(
                dose.on,
                (
                    dose.course_title,
                    str(dose.course_day),
                    lane.title,
                    dose.drug,
                    dose.way,
                    dose.state,
                    dose.words,
                ),
                Focus(lane_number, dose_number),
            )
            for lane_number, lane in enumerate(view.lanes)
            for dose_number, dose in enumerate(lane.doses)
        ]

    def _courses(self, view: TimelineView) -> list[TimelineRow]:
        row = self.tr("Courses")
        return [
            TimelineRow(
                course.start,
                (
                    course.title,
                    "1",
                    row,
                    "",
                    "",
                    self.tr("began") if course.basis == "actual" else self.tr("projected"),
                    certainty_words(course) or self.tr("course begins"),
                ),
                None,
            )
            for course in view.courses
        ]

    def _undated(self, view: TimelineView) -> list[TimelineRow]:
        """Courses without a date, in their order, each with the drugs it names."""
        row, rows = self.tr("Courses"), []
        for course in (*view.not_recorded, *view.undated):
            cells = (course.title, "", row, "", "", self.tr("no date"), course.words)
            rows.append(TimelineRow(None, cells, None))
            rows += [
                TimelineRow(
                    None, (course.title, "", lane.title, "", "", self.tr("no date"), text), None
                )
                for lane in view.lanes
                for key, text in lane.undated
                if key == course.key and course not in view.not_recorded
            ]
        for kind, words in view.open_rows:
            cells = ("", "", self._row_name(kind), "", "", self.tr("no date"), words)
            rows.append(TimelineRow(None, cells, None))
        if view.no_end and all(event.kind != "end of therapy" for event in view.events):
            cells = ("", "", row, "", "", self.tr("no date"), view.no_end)
            rows.append(TimelineRow(None, cells, None))
        return rows

    def _others(self, view: TimelineView) -> list[TimelineRow]:
        rows = [
            TimelineRow(start, ("", "", lane.title, "", "", self.tr("not scheduled"), text), None)
            for lane in view.lanes
            for start, _, text in lane.unscheduled
        ]
        rows += [
            TimelineRow(
                course.end + timedelta(days=1),
                (course.title, "", self.tr("Courses"), "", "", self.tr("goes on"), words),
                None,
            )
            for course in view.courses
            if (words := course.open_words)
        ]
        rows += [
            TimelineRow(event.start, ("", "", *self._event(event), event.words), None)
            for event in view.events
        ]
        if view.dlt.opened is not None:
            words = "; ".join((view.dlt.headline, *view.dlt.details))
            cells = ("", "", self.tr("DLT period"), "", "", self.tr("opened"), words)
            rows.append(TimelineRow(view.dlt.opened, cells, None))
        return rows


def _order(row: TimelineRow) -> tuple[date, int, int, int]:
    on = date.max if row.on is None else row.on
    if row.focus is None:
        return (on, 0, 0, 0)
    return (on, 1, row.focus.lane, row.focus.dose)
