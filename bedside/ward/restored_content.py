"""The lost rows of doses, infusion by infusion, and what is kept of one to record it again as it was."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import msgspec

from bedside.store.check_records import FirstCount, SecondCheck
from bedside.store.queries import one
from bedside.store.ward_file import Reader
from bedside.units.refusal import Refused
from bedside.ward.restored_reading import infant_of
from bedside.ward.views.backup import LostRow
from bedside.ward.views.restored import Planned

STATES = ("given", "vial running")


class DoseRows:
    """The lost rows of doses.

    A vial, its infusion and its end are one record after the other, each in the place of the last:
    they are one line. A second infusion of the same day is another one.

    Args:
        rows: every lost row, the oldest first.
    """

    def __init__(self, rows: Sequence[LostRow]) -> None:
        self._rows = rows
        self._first = _first_records(rows)
        self._newest_of = {row.row_id: row for row in rows if row.table == "dose_record"}

    def first_of(self, rows: Iterable[LostRow]) -> int | None:
        """The number of an infusion's first record; None where rows are of no dose."""
        numbers = (row.row_id for row in rows if row.table == "dose_record")
        return next((self._first[number] for number in numbers), None)

    def last(self, first: int) -> LostRow:
        """The last record of an infusion, struck out or not."""
        return self._newest_of[max(one for one, of in self._first.items() if of == first)]

    def basis(self, dose_id: int) -> LostRow | None:
        """What a dose rested on."""
        return self._newest("dose_basis", lambda row: row.content["dose_id"] == dose_id)

    def giving(self, number: int | None, last: LostRow) -> LostRow | None:
        """How the dose of a record was given."""
        planned, of = planned_of(last), _of_day(last)
        return self._newest(
            "dose_giving",
            lambda row: (
                infant_of(row) == number
                and planned_of(row) == planned
                and _of_day(row) == of
                and not row.content["voided_at"]
            ),
        )

    def content(self, connection: Reader, last: LostRow) -> str:
        """What was recorded of a dose, as JSON.

        Args:
            connection: reads the copy.
            last: its last record, which stands.
        """
        number = infant_of(last)
        basis = self.basis(last.row_id)
        giving = self.giving(number, last) if last.content["state"] in STATES else None
        part = self._newest(
            "infusion_part",
            lambda row: row.content["dose_id"] == last.row_id and not row.content["voided_at"],
        )
        kept = dict(last.content)
        weight = kept["measurement_id"]
        if self._newest("measurement", lambda row: row.row_id == weight) is not None:
            kept["measurement_id"] = None  # the copy does not hold it: another may get its number
        whole = {
            "dose_record": kept,
            "dose_basis": None if basis is None else dict(basis.content),
            "dose_giving": None if giving is None else dict(giving.content),
            "infusion_part": None if part is None else dict(part.content),
            "checked_by": [] if giving is None else list(self._checked_by(connection, giving)),
        }
        return msgspec.json.encode(whole, order="deterministic").decode()

    def _checked_by(self, connection: Reader, giving: LostRow) -> tuple[str, str]:
        """The two people of the blind check, from the lost rows or from the copy."""
        check = giving.content["check_id"]
        if not isinstance(check, int):
            return str(giving.content["paper_first"]), str(giving.content["paper_second"])
        lost = self._newest("second_check", lambda row: row.row_id == check)
        if lost is not None:
            first_id = int(str(lost.content["first_id"]))
            first = self._newest("first_count", lambda row: row.row_id == first_id)
            one_name = _name_here(connection, first_id) if first is None else first.content["name"]
            return str(one_name), str(lost.content["name"])
        try:
            kept = one(connection, SecondCheck, check)
        except Refused:
            return giving.who, giving.who
        return _name_here(connection, kept.first_id), kept.name

    def _newest(self, table: str, fits: Callable[[LostRow], bool]) -> LostRow | None:
        found: Iterable[LostRow] = (row for row in reversed(self._rows) if row.table == table)
        return next((row for row in found if fits(row)), None)


def planned_of(row: LostRow) -> Planned:
    """Which planned dose a row is about."""
    kept = row.content
    day = int(str(kept["course_day"]))
    return str(kept["course_key"]), day, str(kept["drug"]), str(kept["route"])


def _of_day(row: LostRow) -> tuple[object, object]:
    """Which dose of its day, of a drug that is given several times."""
    return row.content.get("hour"), row.content.get("turn")


def _name_here(connection: Reader, first_id: int) -> str:
    return one(connection, FirstCount, first_id).name


def _first_records(rows: Sequence[LostRow]) -> dict[int, int]:
    """For each record of a dose the first one of its infusion: what an act strikes out and writes anew."""
    first: dict[int, int] = {}
    struck: dict[tuple[object, ...], int] = defaultdict(int)  # by act: what it struck out last
    for row in rows:
        if row.table != "dose_record":
            continue
        act = (row.at, row.who, row.act, infant_of(row), planned_of(row))
        if row.content["voided_at"]:
            struck[act] = first.setdefault(row.row_id, row.row_id)
        else:
            first.setdefault(row.row_id, struck.pop(act, row.row_id))
    return first
