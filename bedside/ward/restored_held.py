"""Of what seems lost: what the copy holds after all, and what was recorded again since.

Two restores one after the other go from one line of the ward to another: what the first one lost may
lie in the copy of the second, and what was settled or recorded between them counts before the list.
"""

from collections.abc import Sequence

import msgspec

from bedside.store.ward_file import Reader
from bedside.ward.restored_like import Since, Values, as_they_stand, is_like, order_here
from bedside.ward.restored_reading import infant_of
from bedside.ward.views.backup import LostRow
from bedside.ward.views.restored import MissingAct

_TIMES = ("reconstituted_at", "started_at", "finished_at")
_DOSE = ("course_key", "course_day", "drug", "route")
_ASKED = ("maybe given", "unknown")
_Kept = dict[str, str | int | None]


def not_held(
    connection: Reader,
    copied: Sequence[LostRow],
    carried: Sequence[MissingAct],
    here: Sequence[MissingAct],
) -> tuple[MissingAct, ...]:
    """The acts that are missing in a copy, without those that it holds.

    Args:
        connection: reads either ward, for orders that both have.
        copied: what the copy holds beyond the parting.
        carried: the open lines of an earlier restore.
        here: what was recorded in the ward that is replaced.

    Returns:
        First what an earlier restore lost, then what is lost now.
    """
    held = _Held(connection, copied)
    still = (
        act
        for act in carried
        if not held.was_done(act)
        and not held.has_like(act)
        and not any(_tells_same(act, other) for other in here)
    )
    return (*still, *(act for act in here if not held.has_like(act)))


class _Held:
    """What a copy holds beyond the parting of two lines of a ward."""

    def __init__(self, connection: Reader, copied: Sequence[LostRow]) -> None:
        self._connection = connection
        self._acts = {(row.at, row.act, infant_of(row)) for row in copied}
        self._rows = as_they_stand((row.act, row.table, row.row_id, row.content) for row in copied)

    def was_done(self, act: MissingAct) -> bool:
        """Whether it holds this very act: the same at the same moment, on the same infant."""
        return act.kind not in _ASKED and (act.at, act.act, act.infant_id) in self._acts

    def has_like(self, act: MissingAct) -> bool:
        """Whether it holds the same values, or the same infusion as far as it came."""
        mine = [row for row in self._rows if row.infant == act.infant_id]
        if not act.content or act.kind in _ASKED or not mine:
            return False
        if act.kind == "dose":
            return any(row.table == "dose_record" and _is_dose(act, row) for row in mine)
        return is_like(act.content, mine, self._order)

    def _order(self, number: int) -> Values | None:
        lost = (row.content for row in self._rows if row.table == "dose_order")
        found = next((kept for kept in lost if kept["id"] == number), None)
        return order_here(self._connection, number) if found is None else found


def _is_dose(act: MissingAct, row: Since) -> bool:
    """Whether a record is of the same infusion, or dose given: as far, as much and at the same times."""
    lost, kept = _dose(act), row.content
    return (
        lost is not None
        and kept["voided_at"] is None
        and tuple(kept[name] for name in _DOSE) == act.planned
        and all(kept[name] == lost[name] for name in ("state", "amount_ug", *_TIMES))
    )


def _tells_same(old: MissingAct, new: MissingAct) -> bool:
    """Whether what was recorded since tells an open line again: the same vial, the same values."""
    if old.infant_id != new.infant_id or old.planned != new.planned:
        return False
    if old.content and old.content == new.content:
        return True
    first, second = _dose(old), _dose(new)
    if first is None or second is None or first["reconstituted_at"] is None:
        return False
    return first["reconstituted_at"] == second["reconstituted_at"]


def _dose(act: MissingAct) -> _Kept | None:
    if act.kind != "dose" or not act.content:
        return None
    kept = msgspec.json.decode(act.content, type=dict[str, object])["dose_record"]
    return None if kept is None else msgspec.convert(kept, _Kept)
