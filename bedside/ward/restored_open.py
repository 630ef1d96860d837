"""The acts that a restore lost and that nobody has settled."""

from bedside.store.queries import all_of
from bedside.store.restored_records import RestoredAct, RestoredSettling
from bedside.store.ward_file import Reader


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
