"""What is still open of a restore: for the band, the list and the printed list."""

from bedside.store.queries import all_of
from bedside.store.restored_records import RestoredAct, WardRestore
from bedside.units.dates import write_date, write_date_time, write_time
from bedside.ward.restored_blocks import OF_A_DOSE, OF_ALL, missing_words, planned_of, runs
from bedside.ward.restored_like import is_entry
from bedside.ward.restored_open import open_acts
from bedside.ward.views.restored import OpenAct, Planned, RestoredView
from bedside.ward.ward import Ward

_ASKED = ("maybe given", "unknown")


def restored_view(ward: Ward, infant_id: int | None = None) -> RestoredView | None:
    """What is not settled; None where nothing is open.

    Args:
        ward: the ward.
        infant_id: of one infant; None for the whole ward.
    """
    with ward.store.reading() as connection:
        rows = open_acts(connection, infant_id)
        if not rows:
            return None
        restores = {row.id: row for row in all_of(connection, WardRestore)}
    newest = restores[rows[-1].restore_id]
    clocks = {(row.infant_id, planned_of(row)) for row in rows if runs(row)}
    return RestoredView(
        headline=headline(ward, newest),
        short=_short(ward, rows, infant_id),
        by=f"{newest.first}; second person {newest.second}",
        known=newest.reading == "read",
        acts=tuple(_open(ward, row) for row in sorted(rows, key=lambda each: _place(each, clocks))),
    )


def _place(row: RestoredAct, clocks: set[tuple[int | None, Planned | None]]) -> int:
    """Where an act stands in the list: doses first, those with a clock before all; the ward's own last."""
    if row.kind == "dose":
        return 0 if (row.infant_id, planned_of(row)) in clocks else 1
    if row.kind in (*_ASKED, "bearing"):
        return 2
    if row.infant_id is not None and is_entry(row):
        return 3
    return {"order": 4, "record": 5}.get(row.kind, 6)


def headline(ward: Ward, restore: WardRestore) -> str:
    """As "Restored 21-Nov-2026 18:02 from the copy of 17:52"."""
    at, copy = ward.local(restore.recorded_at), ward.local(restore.copy_at)
    from_copy = write_time(copy) if copy.date() == at.date() else write_date_time(copy)
    return f"Restored {write_date(at.date())} {write_time(at)} from the copy of {from_copy}"


def _short(ward: Ward, rows: tuple[RestoredAct, ...], infant_id: int | None) -> str:
    words = missing_words(ward, rows)
    if infant_id is not None:
        return words
    infants = len({row.infant_id for row in rows if row.infant_id is not None})
    of = "; 1 infant" if infants == 1 else f"; {infants} infants" if infants else ""
    return f"{words}{of}"


def _open(ward: Ward, row: RestoredAct) -> OpenAct:
    blocks = "this dose" if row.kind in OF_A_DOSE else "every dose" if row.kind in OF_ALL else ""
    return OpenAct(
        act_id=row.id,
        infant_id=row.infant_id,
        infant=row.infant,
        at=ward.local(row.done_at),
        who=row.done_by,
        act=row.act,
        words=row.words,
        kind=row.kind,
        blocks=blocks if row.infant_id is not None else "",
        can_take_over=bool(row.kind == "dose" and row.content and row.infant_id is not None),
        asks=row.kind in _ASKED,
    )
