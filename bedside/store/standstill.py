"""The open ward's file held still while it is read as a whole, and saves go on beside it.

In write-ahead mode a save never touches the ward's file: it is added to the file beside it, and
moved into the ward's own now and then (a checkpoint). So the newest saves are moved into it once,
within one turn; then no more are moved until the reading is over. What is read meanwhile is the ward
as it was at that moment, byte for byte, however many saves come in between, and none of them waits.

Decision: of a ward of a gigabyte SQLite's own copying (`bedside.store.copies`) hands over every page
each time, and writes each page of an encrypted ward out anew, so that no two copies are alike. Read
like this the unchanged pages are known by their digests. The danger of copying an open file is
met: everything that lies beside it is in it, too, at that moment, nothing moves while it is read, and a file
that changed all the same (size or time) makes the copy worth nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from bedside.store.audit import Head, read_head
from bedside.store.audit_walk import Proof
from bedside.store.driver import driver_errors
from bedside.store.opening import FILE
from bedside.store.proving import verify_counts, verify_since
from bedside.store.store import Store
from bedside.store.troubles import NotSaved

_USUAL = 1000  # pages: SQLite's own measure of when saves are moved into the file


class Still(Struct, frozen=True):
    """A ward's file that does not change: where it lies, and what of the trail it holds.

    Args:
        path: the file.
        head: the end of its trail.
        proof: what was proved of the trail up to there; nothing counted where nothing was asked to be.
        sign: size and time of the file.
    """

    path: Path
    head: Head
    proof: Proof
    sign: tuple[int, int]

    def check(self) -> None:
        """Raise NotSaved where the file was changed after all."""
        if _sign(self.path) != self.sign:
            raise NotSaved("The ward's file changed while it was copied: try again.")


@contextmanager
def still(store: Store, since: Proof | None, *, count: bool = True) -> Iterator[Still]:
    """Hold the ward's file still.

    Args:
        store: the open ward.
        since: what is proved of its trail already; the rest is proved first, with every record
            that it tells of, and every table is counted. None proves nothing.
        count: whether the tables are counted before; else whoever holds it still sees to that.

    Raises:
        AuditBroken: a record or the trail was changed outside Bedside.
        NotSaved: the disk did not take the newest saves into the file.
        sqlite3.Error: (or SQLCipher's) the same.
    """
    path = store.folder / FILE
    before = verify_counts if count else verify_since
    proof = None if since is None else before(store, since)
    with store.at_rest() as driver:
        proof = None if proof is None else verify_since(store, proof)
        # the file beside it is not emptied: by it the next start knows that the ward was not closed
        busy, beside, moved = driver.execute("PRAGMA wal_checkpoint(FULL)").fetchone()
        if busy or beside != moved:
            raise NotSaved("The ward's newest saves could not be taken along: try again.")
        driver.execute("PRAGMA wal_autocheckpoint=0").fetchall()
        head = read_head(driver)
        held = Still(path, head, proof or Proof(head, {}), _sign(path))
    try:
        yield held
        held.check()
    finally:
        with suppress(RuntimeError, *driver_errors()):  # closed meanwhile: no more of it
            store.note_state()
            with store.at_rest() as driver:
                driver.execute(f"PRAGMA wal_autocheckpoint={_USUAL}").fetchall()


def _sign(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns
