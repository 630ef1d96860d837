"""The lines of the palette: what can be done here, and, once something is typed, whom it may mean."""

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from bedside.desktop.acts import Act
from bedside.desktop.direction import named
from bedside.desktop.palette_ranking import ranked
from bedside.desktop.spoken import spoken
from bedside.ward.views.board import BoardRow

LINE_ROLE = int(Qt.ItemDataRole.UserRole)
Index = QModelIndex | QPersistentModelIndex


class Line(Struct, frozen=True):
    """One line: an act, or an infant.

    Args:
        words: what it is.
        below: where its door is, why it is closed, or which infant.
        keys: its shortcuts.
        why_not: why it cannot be taken now; "" where it can.
        act: what it does; None for an infant.
        infant_id: whom it opens; None for an act.
        alike: another infant of the ward bears this family name: the line says so.
    """

    words: str
    below: str
    keys: tuple[str, ...] = ()
    why_not: str = ""
    act: Act | None = None
    infant_id: int | None = None
    alike: bool = False


class PaletteModel(QAbstractListModel):
    """Acts and infants, narrowed by what is typed.

    Args:
        acts: everything that can be done here.
        infants: the ward list.
    """

    def __init__(
        self, acts: Sequence[Act], infants: Sequence[BoardRow], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._acts = [
            (
                spoken(act.words),
                " ".join((*act.keys, act.place, act.also)),
                bool(act.why_not),
                self._act(act),
            )
            for act in acts
        ]
        self._infants = [
            (f"{row.family} {row.given}", _numbers(row), False, self._infant(row))
            for row in infants
        ]
        self.lines: list[Line] = []
        self.narrow("")

    def narrow(self, typed: str) -> None:
        """Show what a text may mean; nothing typed shows every act and no infant."""
        plain = typed.strip()
        self.beginResetModel()
        if not plain:
            every = [line for _, _, _, line in self._acts]
            self.lines = sorted(every, key=lambda line: bool(line.why_not))
        else:
            self.lines = ranked(plain, [*self._infants, *self._acts])
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many lines there are."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """A line in words, or the line itself."""
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == LINE_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            said = (line.words, line.below, ", ".join(line.keys))
            return "; ".join(part for part in said if part)
        return None

    def _act(self, act: Act) -> Line:
        below = self.tr("not now: {0}").format(act.why_not) if act.why_not else act.place
        return Line(act.words, below, act.keys, act.why_not, act=act)

    def _infant(self, row: BoardRow) -> Line:
        bed = self.tr("bed {0}").format(row.bed) if row.bed else self.tr("no bed")
        told = (bed, row.hospital_number, row.age_text, row.course_title, row.same_family)
        below = "  ·  ".join(part for part in told if part)
        return Line(
            named(row.family, row.given),
            below,
            infant_id=row.infant_id,
            alike=bool(row.same_family),
        )


def _numbers(row: BoardRow) -> str:
    """What else finds an infant: her numbers with and without blanks, and the bed as a whole."""
    numbers = f"{row.hospital_number} {row.study_number}"
    return f"{numbers} {numbers.replace(' ', '')} bed {row.bed}"
