"""What is kept of a dose that a restore loses, so that it can be recorded again exactly as it was."""

from collections.abc import Callable, Iterable, Sequence

import msgspec

from bedside.store.check_records import FirstCount, SecondCheck
from bedside.store.queries import one
from bedside.store.ward_file import Reader
from bedside.units.refusal import Refused
from bedside.ward.restored_reading import infant_of
from bedside.ward.views.backup import LostRow
from bedside.ward.views.restored import Planned


class DoseRows:
    """The lost rows of doses.

    Args:
        rows: every lost row, the oldest first.
    """

    def __init__(self, rows: Sequence[LostRow]) -> None:
        self._rows = rows
        self._last = _last_states(rows)

    def last(self, number: int, planned: Planned) -> LostRow | None:
        """The last record that stands of a dose."""
        return self._last.get((number, planned))

    def basis(self, dose_id: int) -> LostRow | None:
        """What a dose rested on."""
        return self._newest("dose_basis", lambda row: row.content["dose_id"] == dose_id)

    def giving(self, number: int | None, planned: Planned) -> LostRow | None:
        """How a dose was given."""
        return self._newest(
            "dose_giving",
            lambda row: (
                infant_of(row) == number
                and planned_of(row) == planned
                and not row.content["voided_at"]
            ),
        )

    def content(self, connection: Reader, number: int, planned: Planned) -> str:
        """What was recorded of a dose, as JSON.

        Args:
            connection: reads the copy.
            number: the infant.
            planned: the dose.
        """
        dose = self._last[number, planned]
        basis, giving = self.basis(dose.row_id), self.giving(number, planned)
        kept = dict(dose.content)
        weight = kept["measurement_id"]
        if self._newest("measurement", lambda row: row.row_id == weight) is not None:
            kept["measurement_id"] = None  # the copy does not hold it: another may get its number
        whole = {
            "dose_record": kept,
            "dose_basis": None if basis is None else dict(basis.content),
            "dose_giving": None if giving is None else dict(giving.content),
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


def _name_here(connection: Reader, first_id: int) -> str:
    return one(connection, FirstCount, first_id).name


def _last_states(rows: Sequence[LostRow]) -> dict[tuple[int, Planned], LostRow]:
    """The last record that stands of each dose, by infant."""
    newest: dict[int, LostRow] = {row.row_id: row for row in rows if row.table == "dose_record"}
    found: dict[tuple[int, Planned], LostRow] = {}
    for row in sorted(newest.values(), key=lambda each: each.row_id):
        number = infant_of(row)
        if number is not None and not row.content["voided_at"]:
            found[number, planned_of(row)] = row
    return found
