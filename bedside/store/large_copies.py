"""Copies of a large ward: the whole file once a day, in between what changed since, on top of it.

A ward of a million results is a file of a gigabyte. Written out whole every five minutes it would
fill any disk in a day, and take longer than the disk has. So a copy holds the last whole copy (the
very same file under a second name, so that no copy needs another to be there) and the parts that are
other now (`bedside.store.parts`). It is proved like this before it counts:

* what did not change is, by digest, what lies in the copy before, and so on back to one that SQLite
  checked page by page, a week ago at most;
* what changed has, in an encrypted ward, the seal of each page (`bedside.store.page_seals`), in a plain
  one the sum of a page that Bedside found proved or wrote (`bedside.store.page_sums`; so has each page
  of its whole copies, or their whole trail is walked), is written down and read back from the medium;
* every record since the last copy is held against the trail, each seal recomputed, each table
  counted, so that what is copied is the record and not damage to it.

A whole copy is written out and read back in all its bytes. SQLite's own check of all pages, beside it,
takes most of the time where each page must be deciphered first: so of an encrypted ward it is made once
a week, and where no copy before proves the rest; of a plain one each time. What the seals cannot show
is a fault of SQLite's or of the memory, sealed with the page: that is found within the week, and older
copies are kept for two months and more.

Restoring puts all together, proves the result by one digest over all of it, and then opens it by
the real road: checked by SQLite, its whole trail walked. Where a disk has no second names for a file
(FAT), and once a day, the copy is a whole one. It takes some seconds, and nobody waits for it: a copy
that somebody waits for (closing, locking, a restore, an import) holds what changed, until the last
whole one is two days old, and leaves SQLite's check of all pages to the next one, for another week.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from bedside.store.audit import Head, read_head
from bedside.store.audit_walk import Proof
from bedside.store.copies import NOT_THE_SAME, WARD_WRONG, counts, rows_of_trail
from bedside.store.copy_folders import (
    IN_PARTS,
    Base,
    Copy,
    CopyNote,
    Laid,
    copies_in,
    digest_of,
    flush_file,
    kept_as,
)
from bedside.store.engine import connect_read_only
from bedside.store.keys import mark_in, mark_of
from bedside.store.opening import FILE
from bedside.store.page_seals import PageSeals
from bedside.store.parts import (
    BASE,
    PAGES,
    PARTS,
    PartsWrong,
    PartUnsound,
    changed_parts,
    digest_over,
    digests_of,
    write_changed,
)
from bedside.store.plain_proof import proves_plain
from bedside.store.proving import verify_counts
from bedside.store.schema import SCHEMA
from bedside.store.standstill import still
from bedside.store.store import Store
from bedside.store.thinning import last_good
from bedside.store.troubles import NotSaved
from bedside.store.whole_copy import copy_whole

_WHOLE_EVERY = timedelta(hours=24)
_CHECKED_EVERY = timedelta(days=7)  # by SQLite, page by page; of a plain ward each time
_SOON = 2  # so many times as long where somebody waits for the copy
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
        NotSaved: it did not prove equal, or the ward's own file is damaged.
        AuditBroken: a record or the trail was changed outside Bedside.
        OSError: the disk did not take it.
        sqlite3.Error: (or SQLCipher's) the same.
    """
    before = _before(store, making.parent)
    times = _SOON if soon else 1
    try:
        laid = None
        if before is not None and _is_within(before.note.whole_at, at, times * _WHOLE_EVERY):
            laid = _lay_changed(store, before, making)
        if laid is not None:
            return laid
        checked = None if before is None or store.key is None else _checked_at(before.note)
        if before is None or checked is None or not _is_within(checked, at, times * _CHECKED_EVERY):
            return _lay_checked(store, making, at)
        return _lay_whole(store, before, making)
    except PartUnsound as wrong:
        store.unsound = True
        raise NotSaved(WARD_WRONG) from wrong
    except PartsWrong as wrong:
        raise NotSaved(NOT_THE_SAME) from wrong


class _Before(Struct, frozen=True):
    """The last good copy of this ward, which proves what did not change since."""

    copy: Copy
    note: CopyNote

    def proof(self) -> Proof:
        """What it proved of the trail."""
        return Proof(Head(self.note.seq, self.note.head), self.note.counts)

    def parts(self) -> bytes:
        """The digests of the parts of the whole copy that it is or lies on."""
        return (self.copy.folder / PARTS).read_bytes()


def _before(store: Store, above: Path) -> _Before | None:
    """The last good copy, where it is one of this ward as it is now, and a large one."""
    found = [copy for copy in copies_in(above) if copy.note is not None]
    last = last_good(kept_as(copy) for copy in found)
    copy = next((each for each in found if last is not None and each.name == last.name), None)
    if copy is None or copy.note is None or PARTS not in copy.note.files:
        return None
    note = copy.note
    fits = (
        note.schema == SCHEMA
        and mark_in(copy.file) == mark_of(store.key)
        and digest_of(copy.folder / PARTS) == note.files[PARTS]
    )
    return _Before(copy, note) if fits and _is_of_this_line(store, note.seq, note.head) else None


def _is_within(then: datetime, now: datetime, most: timedelta) -> bool:
    return timedelta(0) <= now - then < most


def _checked_at(note: CopyNote) -> datetime:
    """When SQLite last checked all pages; the Bedside of before did so for each whole copy."""
    return note.whole_at if note.checked_at is None else note.checked_at


def _is_of_this_line(store: Store, seq: int, head: str) -> bool:
    with store.reading() as reader:
        row = reader.exec_driver_sql("SELECT hash FROM audit WHERE seq = ?", (seq,)).fetchone()
    return row is not None and row[0] == head


def _lay_changed(store: Store, before: _Before, making: Path) -> Laid | None:
    """Lay the whole copy and what changed since; None where a whole one is the better copy."""
    note, folder = before.note, before.copy.folder
    try:
        os.link(before.copy.file, making / BASE)
        os.link(folder / PARTS, making / PARTS)
    except OSError:
        _clear(making)
        return None
    base_digest = note.files[FILE if note.base is None else BASE]
    holds = store.sums.hold if store.sums is not None else PageSeals(store.key).hold
    with still(store, before.proof()) as held:
        now = digests_of(held.path)
        changed = changed_parts(before.parts(), now)
        if _MOST_CHANGED * 32 * len(changed) > len(now):
            _clear(making)
            return None
        try:
            pages = write_changed(held.path, changed, now, making / PAGES, holds)
        except PartUnsound:
            if store.key is not None:
                raise
            _clear(making)  # of a plain ward the trail decides, over a whole copy
            return None
    if digest_of(making / PAGES, from_medium=True) != pages:
        raise PartsWrong("the medium gives back something else")
    base = note.base or Base(note.made_at, note.number)
    files = {BASE: base_digest, PARTS: note.files[PARTS], PAGES: pages}
    return Laid(held.head, held.proof.counts, files, base, _checked_at(note))


def _clear(making: Path) -> None:
    for name in (BASE, PARTS, PAGES):
        (making / name).unlink(missing_ok=True)


def _lay_whole(store: Store, before: _Before, making: Path) -> Laid:
    """Lay the whole file; what did not change is proved by the copy before, and the rest like its like.

    Decision: the ward's tables are counted beside the copying, which waits for the medium most of its
    time. A row that is missing then was missing in what was copied, too: rows are never removed.
    """
    target = making / FILE
    with still(store, before.proof(), count=False) as held, ThreadPoolExecutor(1) as beside:
        counted = beside.submit(verify_counts, store, held.proof)
        parts = copy_whole(held.path, target)
        counted.result()
        if not PageSeals(store.key).hold_in(target, changed_parts(before.parts(), parts)):
            raise PartUnsound("a seal")
    with closing(connect_read_only(target, store.key)) as copy:
        if read_head(copy) != held.head:
            raise NotSaved(NOT_THE_SAME)
    return _laid(making, parts, held.head, held.proof.counts, _checked_at(before.note))


def _lay_checked(store: Store, making: Path, at: datetime) -> Laid:
    """Lay the whole file, and prove it by reading it back and by SQLite's own check."""
    target = making / FILE
    with still(store, None) as held, ThreadPoolExecutor(1) as beside:
        sound = beside.submit(_is_sound, held.path, store.key)
        parts = copy_whole(held.path, target)
        if not sound.result():
            raise PartUnsound("SQLite's check")
        if not proves_plain(store, target, held.head, whole=True):
            raise PartUnsound("a record")
    # only now: SQLite reads here and there, and finds what was read from the medium in memory
    with closing(connect_read_only(target, store.key)) as copy:
        counted, told = counts(copy), rows_of_trail(copy)
        if read_head(copy) != held.head or counted != told:
            raise NotSaved(NOT_THE_SAME)
    return _laid(making, parts, held.head, counted, at)


def _laid(making: Path, parts: bytes, head: Head, counted: dict[str, int], at: datetime) -> Laid:
    (making / PARTS).touch(mode=0o600)  # for this user alone, as every file of a ward
    (making / PARTS).write_bytes(parts)
    flush_file(making / PARTS)
    files = {FILE: IN_PARTS + digest_over(parts), PARTS: digest_over(parts)}
    return Laid(head, counted, files, None, at)


def _is_sound(path: Path, key: bytes | None) -> bool:
    """SQLite's own check of a ward's file that is held still, beside its copying.

    Decision: it takes one core as long as copying and reading back take the other, so it does not wait
    for them. What it looks at and what lies in the copy then are, by their digests, the same bytes. The
    ward's own lock is kept: it is SQLite itself, the same library, that opens and closes the file.
    """
    with closing(connect_read_only(path, key)) as driver:
        driver.execute(f"PRAGMA cache_size=-{_CHECK_KB}").fetchall()
        return bool(driver.execute("PRAGMA quick_check").fetchall() == [("ok",)])
