"""What was lost in a restore, held against what was recorded since: only that counts as entered again (hazard H36)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from bedside.store.queries import one
from bedside.store.restored_records import RestoredAct
from bedside.store.signature_records import DoseOrder
from bedside.store.ward_file import Reader
from bedside.units.refusal import Refused
from bedside.ward.views.backup import LostRow

Values = Mapping[str, str | int | None]
OrderOf = Callable[[int], Values | None]
"""Gives the columns of an order by its number; None where it is not known."""

_DOSE = ("course_key", "course_day", "drug", "route")
_ORDERING = ("dose_order", "signature", "first_count", "second_check")
# by which columns a row is known again; a time counts to the minute
_KNOWN_BY: Mapping[str, tuple[str, ...]] = {
    "dose_record": (*_DOSE, "state"),
    "measurement": ("weight_g", "measured_at"),
    "blood_count": ("anc_per_ul", "platelets_per_ul", "taken_at"),
    "toxicity": ("term", "onset"),
    "toxicity_grade": ("grade", "from_on"),
    "toxicity_round_answer": ("term",),
    "round_asked": ("term",),
    "hold": ("course_key", "drug", "from_on", "until_on"),
    "dose_reduction": ("course_key", "drug", "share", "from_day"),
    "course_start": ("course_key", "day_1"),
    "dose_order": (*_DOSE, "amount", "unit"),
    "signature": (*_DOSE, "meaning"),
    "first_count": _DOSE,
    "second_check": _DOSE,
}
_OF_A_ROUND = ("toxicity_round_answer", "round_asked")
_BROKEN = "broken off"
_NOT_ASSESSED = "not assessed"
_SINCE_SQL = (
    "SELECT act, table_name, row_id, content FROM audit WHERE seq > (SELECT max(seq) FROM audit "
    "WHERE table_name = 'ward_restore' AND row_id = ?) ORDER BY seq"
)
_CONTENT = dict[str, str | int | None]
_MINUTE = len("2026-11-20T10:42")


class Since(NamedTuple):
    """A row that was recorded after a moment, as it stands now."""

    act: str
    table: str
    content: Values

    @property
    def infant(self) -> int | None:
        """The infant whom it is about."""
        number = self.content.get("id" if self.table == "infant" else "infant_id")
        return number if isinstance(number, int) else None


def kept_to_compare(rows: Sequence[LostRow], main: LostRow, order_of: OrderOf) -> str:
    """What of a lost act is kept, so that it is known again when it is entered again.

    Args:
        rows: every lost row of the act.
        main: the row that tells it.
        order_of: the order of a signature or a count.

    Returns:
        JSON; "" where nothing of its rows can be compared.
    """
    tables = [row.table for row in rows if row.table in _OF_A_ROUND] or [main.table]
    tables += ["toxicity_grade"] if main.table == "toxicity" else []
    found = [
        known
        for row in rows
        if row.table in tables
        and row.content.get("answer") != _NOT_ASSESSED  # of a round: there is nothing to enter
        and (known := _known_by(row.table, row.content, order_of))
    ]
    return msgspec.json.encode(found, order="deterministic").decode() if found else ""


def is_compared(row: RestoredAct) -> bool:
    """Whether it can be known that an act was entered again; what nobody knows of cannot."""
    return row.kind not in ("dose", "maybe given", "unknown")


def was_entered(connection: Reader, row: RestoredAct) -> bool:
    """Whether the like of a lost act was recorded since the restore and stands.

    Where nothing of it was kept to be compared, the same act on the same infant must have been done.

    Args:
        connection: reads the ward.
        row: an act for which `is_compared` is true.
    """
    newer = [each for each in _since(connection, row) if each.infant == row.infant_id]
    if not row.content:
        return any(each.act == row.act for each in newer)
    return is_like(row.content, newer, lambda number: order_here(connection, number))


def is_like(content: str, newer: Iterable[Since], order_of: OrderOf) -> bool:
    """Whether rows hold the like of everything that was kept of a lost act.

    Args:
        content: from `kept_to_compare`.
        newer: the infant's rows.
        order_of: the order of a signature or a count.
    """
    here = [known for each in newer if (known := _known_by(each.table, each.content, order_of))]
    lost = msgspec.json.decode(content, type=list[Values])
    return all(each in here or _has_become_dose(each, here) for each in lost)


def is_entry(row: RestoredAct) -> bool:
    """Whether an act is a result or a finding that is entered: a count, a weight, a toxicity, a hold."""
    return any(each["table"] not in (*_ORDERING, "dose_record") for each in _lost(row))


def order_here(connection: Reader, number: int) -> Values | None:
    """The columns of an order of this ward, by its number."""
    try:
        found = one(connection, DoseOrder, number)
    except Refused:
        return None
    return {name: getattr(found, name) for name in _DOSE}


def _lost(row: RestoredAct) -> list[Values]:
    if not row.content or not is_compared(row):
        return []
    found: list[Values] = msgspec.json.decode(row.content, type=list[Values])
    return found


def _has_become_dose(lost: Values, here: Iterable[Values]) -> bool:
    """An order whose dose is on record as given or running needs no second order."""
    if lost["table"] not in _ORDERING or lost["struck"]:
        return False
    return any(
        each["table"] == "dose_record"
        and each["state"] in ("given", "vial running", _BROKEN)
        and not each["struck"]
        and all(each[name] == lost[name] for name in _DOSE)
        for each in here
    )


def as_they_stand(rows: Iterable[tuple[str, str, int, Values]]) -> tuple[Since, ...]:
    """Rows of a trail, each as its last version stands.

    Args:
        rows: act, table, row number and content, the oldest first.
    """
    newest: dict[tuple[str, int], Since] = {}
    for act, table, row_id, content in rows:
        if table not in ("restored_act", "restored_settling", "ward_restore"):
            newest[table, row_id] = Since(act, table, content)
    return tuple(newest.values())


def _since(connection: Reader, row: RestoredAct) -> tuple[Since, ...]:
    """The rows recorded since a restore."""
    rows = connection.exec_driver_sql(_SINCE_SQL, (row.restore_id,)).fetchall()
    return as_they_stand(
        (str(act), str(table), int(str(row_id)), msgspec.json.decode(str(content), type=_CONTENT))
        for act, table, row_id, content in rows
    )


def _known_by(table: str, content: Values, order_of: OrderOf) -> Values | None:
    """By what a row is known again; None for a kind that is not compared."""
    wanted = _KNOWN_BY.get(table)
    if wanted is None:
        return None
    if table in _OF_A_ROUND and content["answer"] == _NOT_ASSESSED:
        return None
    values = dict(content)
    if table in ("signature", "first_count", "second_check"):
        if table == "signature" and content.get("table_name") != "dose_order":
            return None
        number = content["row_id" if table == "signature" else "order_id"]
        values |= order_of(int(str(number))) or {}
    known: dict[str, str | int | None] = {name: _plain(name, values.get(name)) for name in wanted}
    if known.get("state") == "vial lost" and content.get("started_at"):
        known["state"] = _BROKEN  # a part of the dose may be in
    kind = "a term of a round" if table in _OF_A_ROUND else table
    return {"table": kind, "struck": int(content.get("voided_at") is not None), **known}


def _plain(name: str, value: str | int | None) -> str | int | None:
    return value[:_MINUTE] if isinstance(value, str) and name.endswith("_at") else value
