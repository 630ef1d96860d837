"""A copy of a plain ward proved by what it holds: plain pages carry no seals that could tell damage.

Each page of the copy must be one that the opening found proved or that a save wrote
(`bedside.store.page_sums`). Where that is not known, or a page is another, the trail decides: it is
walked over the copy, every record held against it, as before a restore, beside work that goes on.
"""

from contextlib import closing
from pathlib import Path
from time import sleep

from bedside.store.audit import Head
from bedside.store.audit_walk import Walk
from bedside.store.engine import connect_read_only
from bedside.store.proven import PAUSE_S
from bedside.store.store import Store
from bedside.store.troubles import AuditBroken


def proves_plain(store: Store, target: Path, head: Head, *, whole: bool) -> bool:
    """Whether a copy of a plain ward holds what was recorded; an encrypted one's seals say so elsewhere.

    Args:
        store: the open ward.
        target: the copy, complete.
        head: where its trail ends.
        whole: it is the file byte for byte; else SQLite made it, and its first page is its own.

    Raises:
        OSError: the copy cannot be read.
        sqlite3.Error: the same.
    """
    if store.key is not None:
        return True
    sums = store.sums
    if sums is not None and sums.hold_whole(target, but_first=not whole):
        return True
    with closing(connect_read_only(target)) as copy:
        walk = Walk(copy, head.seal, store.seal_key)
        try:
            while walk.step():
                sleep(PAUSE_S)  # whoever works meanwhile has the processor in between
            return walk.finish().head == head
        except AuditBroken:
            return False
