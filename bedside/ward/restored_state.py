"""What is still open of a restore: for the band, the list and the printed list."""

from bedside.store.queries import all_of
from bedside.store.restored_records import RestoredAct, RestoredSettling, WardRestore
from bedside.store.ward_file import Reader
from bedside.units.dates import write_date, write_date_time, write_time
from bedside.ward.restored_blocks import OF_A_DOSE, OF_ALL, missing_words, runs
from bedside.ward.restored_like import is_entry
from bedside.ward.views.restored import OpenAct, RestoredView
from bedside.ward.ward import Ward

_ASKED = ("maybe given", "unknown")


def open_acts(connection: Reader, infant_id: int | None = None) -> tuple[RestoredAct, ...]:
    """The acts that nobody has settled, the oldest restore first.

    Args:
        connection: from a reading or a change.
        infant_id: of one infant; None for all, the ward's own included.
    """
    rows = all_of(connection, RestoredAct)
    if not rows:
        return ()
    done = {row.act_id for row in all_of(connection, RestoredSettling)}
    return tuple(row for row in rows if row.id not in done and infant_id in (None, row.infant_id))


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
    return RestoredView(
        headline=headline(ward, newest),
        short=_short(ward, rows, infant_id),
        by=f"{newest.first}; second person {newest.second}",
        known=newest.reading == "read",
        acts=tuple(_open(ward, row) for row in sorted(rows, key=_place)),
    )


def _place(row: RestoredAct) -> int:
    """Where an act stands in the list: doses first, running clocks before all; the ward's own last."""
    if row.kind == "dose":
        return 0 if runs(row) else 1
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
