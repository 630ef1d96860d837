"""Reads off the ward that a restore replaces what was recorded after the copy, and its settings of backup."""

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from bedside.ward.views.backup import LostAct, LostFrom, LostRow
from bedside.ward.ward import fixed

Rows = Sequence[Sequence[object]]
Ask = Callable[[str, tuple[int, ...]], Rows]  # runs a statement and returns every row

KEPT_SETTINGS = ("second_medium", "shift_times", "copy_warn_minutes")
_NOT_ACTS = ("secret_try", "ward_restore", "restored_settling")
_SINCE_SQL = (
    "SELECT at, who, act, table_name, row_id, content FROM audit WHERE seq > ? ORDER BY seq"
)
_LIKE_SQL = "SELECT at, who, table_name, row_id, operation, content FROM audit WHERE seq = ?"
_INFANTS_SQL = "SELECT id, family, given, born, hospital_number FROM infant"
_SETTINGS_SQL = "SELECT key, value FROM site_setting WHERE voided_at IS NULL"


def read_lost(ask: Ask, after: int, at: datetime) -> LostFrom:
    """Read what a ward holds beyond a row of its trail.

    Args:
        ask: asks the ward that is replaced.
        after: the last row that the copy has, too.
        at: now, in the ward's zone.
    """
    rows = rows_after(ask, after, at)
    known = {
        int(str(number)): (str(family), str(given), str(born), str(hospital))
        for number, family, given, born, hospital in ask(_INFANTS_SQL, ())
    }
    kept = {str(key): str(value) for key, value in ask(_SETTINGS_SQL, ())}
    settings = {key: kept.get(key, "") for key in KEPT_SETTINGS}
    settled = {
        int(str(row.content["act_id"])): row.content
        for row in rows
        if row.table == "restored_settling"
    }
    acts = tuple(row for row in rows if _is_act(row))
    return LostFrom(acts, known, settings, settled, own=len(rows) - len(acts))


def rows_after(ask: Ask, after: int, at: datetime) -> tuple[LostRow, ...]:
    """The rows of a trail beyond one of them, the oldest first; arguments as for `read_lost`."""
    return tuple(
        LostRow(
            fixed(datetime.fromisoformat(str(moment)).astimezone(at.tzinfo)),
            str(who),
            str(act),
            str(table),
            int(str(row_id)),
            msgspec.json.decode(str(content), type=dict[str, str | int | None]),
        )
        for moment, who, act, table, row_id, content in ask(_SINCE_SQL, (after,))
    )


def _is_act(row: LostRow) -> bool:
    """Whether somebody would have to write it down again."""
    if row.table == "site_setting":
        return row.content.get("key") not in (*KEPT_SETTINGS, "restored")
    return row.table not in _NOT_ACTS


def parted_after(mine: Ask, theirs: Ask, most: int) -> int:
    """The last row that two trails have in common; 0 where they have none.

    Args:
        mine: asks the ward that is replaced.
        theirs: asks the copy.
        most: how many rows the copy has.
    """
    least, beyond = 0, most + 1
    while beyond - least > 1:
        middle = (least + beyond) // 2
        found = [list(map(tuple, ask(_LIKE_SQL, (middle,)))) for ask in (mine, theirs)]
        if found[0] and found[0] == found[1]:
            least = middle
        else:
            beyond = middle
    return least


def lost_acts(lost: LostFrom) -> tuple[LostAct, ...]:
    """One line for each thing a person did, the newest first."""
    found: dict[LostAct, None] = {}
    for row in reversed(lost.rows):
        number = infant_of(row)
        name = lost.infants.get(number or 0, ("",))[0]
        found[LostAct(row.at, row.who, row.act, name)] = None
    return tuple(found)


def infant_of(row: LostRow) -> int | None:
    """The number of the infant whom a row is about, None for the ward's own."""
    number = row.row_id if row.table == "infant" else row.content.get("infant_id")
    return number if isinstance(number, int) else None
