"""Copies of a large ward: the whole file once a day, in between what changed since, on top of it.

A ward of a million results is a file of a gigabyte. Written out whole every five minutes it would
fill any disk in a day, and take longer than the disk has. So a copy holds the last whole copy (the
very same file under a second name, so that no copy needs another to be there) and the parts that are
other now (`bedside.store.parts`). It is proved like this before it counts:

* what did not change is, by digest, what lies in the whole copy, which was read back from its medium
  and checked by SQLite page by page when it was made;
* what changed is written down to the medium and read back from there;
* every record since the last copy is held against the trail, each seal recomputed, each table
  counted, so that what is copied is the record and not damage to it.

Restoring puts both together, proves the result by one digest over all of it, and then opens it by
the real road: checked by SQLite, its whole trail walked. Where a disk has no second names for a file
(FAT), and once a day, the copy is a whole one. It takes some seconds, and nobody waits for it: a copy
that somebody waits for (closing, locking, a restore, an import) holds what changed, until the last
whole one is two days old.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from bedside.store.audit import Head, read_head
from bedside.store.audit_walk import Proof
from bedside.store.copies import NOT_THE_SAME, counts, rows_of_trail
from bedside.store.copy_folders import (
    IN_PARTS,
    Base,
    Copy,
    Laid,
    copies_in,
    digest_of,
    flush_file,
    kept_as,
)
from bedside.store.engine import connect_read_only
from bedside.store.keys import mark_in, mark_of
from bedside.store.opening import FILE
from bedside.store.parts import (
    BASE,
    PAGES,
    PARTS,
    PartsWrong,
    changed_parts,
    copy_in_parts,
    digest_over,
    digests_of,
    write_changed,
)
from bedside.store.schema import SCHEMA
from bedside.store.standstill import still
from bedside.store.store import Store
from bedside.store.thinning import last_good
from bedside.store.troubles import NotSaved

_WHOLE_EVERY = timedelta(hours=24)
_WHOLE_AT_LAST = timedelta(hours=48)  # where somebody waits for each copy
_CHECK_KB = 64_000  # of memory, for SQLite's check
_MOST_CHANGED = 4  # a copy that would hold more than a fourth of the file is a whole one


def lay_large(store: Store, making: Path, at: datetime, *, soon: bool = False) -> Laid:
    """Lay a proved copy of a large ward into a folder.

    Args:
        store: the open ward; saves and readings go on.
        making: the new copy's folder, beside those of the other copies.
        at: now (aware).
        soon: somebody waits for it: what changed, where the last whole copy is not two days old.

    Raises:
        NotSaved: it did not prove equal.
        AuditBroken: a record or the trail was changed outside Bedside.
        OSError: the disk did not take it.
        sqlite3.Error: (or SQLCipher's) the same.
    """
    before = _before(store, making.parent, at, _WHOLE_AT_LAST if soon else _WHOLE_EVERY)
    try:
        laid = None if before is None else _lay_changed(store, before, making)
        return laid or _lay_whole(store, making)
    except PartsWrong as wrong:
        raise NotSaved(NOT_THE_SAME) from wrong


def _before(store: Store, above: Path, at: datetime, every: timedelta) -> Copy | None:
    """The last good copy, where a copy of what changed may lie on the same whole one."""
    found = [copy for copy in copies_in(above) if copy.note is not None]
    last = last_good(kept_as(copy) for copy in found)
    copy = next((each for each in found if last is not None and each.name == last.name), None)
    if copy is None or copy.note is None or PARTS not in copy.note.files:
        return None
    note = copy.note
    whole_at = note.made_at if note.base is None else note.base.made_at
    fits = (
        note.schema == SCHEMA
        and timedelta(0) <= at - whole_at < every
        and mark_in(copy.file) == mark_of(store.key)
        and digest_of(copy.folder / PARTS) == note.files[PARTS]
    )
    return copy if fits and _is_of_this_line(store, note.seq, note.head) else None


def _is_of_this_line(store: Store, seq: int, head: str) -> bool:
    with store.reading() as reader:
        row = reader.exec_driver_sql("SELECT hash FROM audit WHERE seq = ?", (seq,)).fetchone()
    return row is not None and row[0] == head


def _lay_changed(store: Store, before: Copy, making: Path) -> Laid | None:
    """Lay the whole copy and what changed since; None where a whole one is the better copy."""
    note = before.note
    if note is None:
        return None
    try:
        os.link(before.file, making / BASE)
        os.link(before.folder / PARTS, making / PARTS)
    except OSError:
        _clear(making)
        return None
    base_digest = note.files[FILE if note.base is None else BASE]
    with still(store, Proof(Head(note.seq, note.head), note.counts)) as held:
        now = digests_of(held.path)
        changed = changed_parts((making / PARTS).read_bytes(), now)
        if held.proof is None or _MOST_CHANGED * 32 * len(changed) > len(now):
            _clear(making)
            return None
        pages = write_changed(held.path, changed, now, making / PAGES)
    if digest_of(making / PAGES, from_medium=True) != pages:
        raise PartsWrong("the medium gives back something else")
    base = note.base or Base(note.made_at, note.number)
    files = {BASE: base_digest, PARTS: note.files[PARTS], PAGES: pages}
    return Laid(held.head, held.proof.counts, files, base)


def _clear(making: Path) -> None:
    for name in (BASE, PARTS):
        (making / name).unlink(missing_ok=True)


def _lay_whole(store: Store, making: Path) -> Laid:
    """Lay the whole file, and prove it by reading it back and by SQLite's own check."""
    target = making / FILE
    with still(store, None) as held, ThreadPoolExecutor(1) as beside:
        sound = beside.submit(_is_sound, held.path, store.key)
        parts = copy_in_parts(held.path, target)
        if digests_of(target, from_medium=True) != parts or not sound.result():
            raise NotSaved(NOT_THE_SAME)
    # only now: SQLite reads here and there, and finds what was read from the medium in memory
    with closing(connect_read_only(target, store.key)) as copy:
        counted, told = counts(copy), rows_of_trail(copy)
        if read_head(copy) != held.head or counted != told:
            raise NotSaved(NOT_THE_SAME)
    (making / PARTS).write_bytes(parts)
    flush_file(making / PARTS)
    files = {FILE: IN_PARTS + digest_over(parts), PARTS: digest_over(parts)}
    return Laid(held.head, counted, files, None)


def _is_sound(path: Path, key: bytes | None) -> bool:
    """SQLite's own check of a ward's file that is held still, beside its copying.

    Decision: it takes one core as long as copying and reading back take the other, so it does not wait
    for them. What it looks at and what lies in the copy then are, by their digests, the same bytes. The
    ward's own lock is kept: it is SQLite itself, the same library, that opens and closes the file.
    """
    with closing(connect_read_only(path, key)) as driver:
        driver.execute(f"PRAGMA cache_size=-{_CHECK_KB}").fetchall()
        return bool(driver.execute("PRAGMA quick_check").fetchall() == [("ok",)])
