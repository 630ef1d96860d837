"""What each page of a plain ward's open file must be: as the opening found it, or as Bedside wrote it since.

The pages of an encrypted ward carry seals, and a damaged one is refused as it is read. A plain page
has none, and SQLite shows what lies there. So the opening takes a sum (CRC-32) of each page of the file
that it proved; whatever a save writes is read off the write-ahead file, through which every page goes.
At any time a page must have one of these sums. A bit that flips on the disk while the ward is open has
another: then the close leaves no note (`bedside.store.at_rest`), the next start checks all, and no copy
of that page counts.

It finds damage, not forgery, as everything that stands beside a ward without a key. What it does not
know (a write that was not followed, a disk that refuses to be read) counts as damage: it costs a walk.
"""

import os
from array import array
from pathlib import Path
from threading import Lock, Thread
from typing import NamedTuple
from zlib import crc32

from bedside.store.at_rest import LOCK_AT, PAGE, digest_of_file
from bedside.store.held_open import read_beside

_BYTES = getattr(os, "O_BINARY", 0)
_SMALL = 2 * 1024 * 1024  # bytes: summed at once, in a few milliseconds
HEADER, FRAME_HEADER = 32, 24  # of the write-ahead file, and of each page in it, in bytes
_FRAME = FRAME_HEADER + PAGE
_AT_ONCE = 64 * _FRAME
_FRAMES_OF_A_SAVE = 16  # as a rule two of them fit
_AT_ONCE_READ = 256 * PAGE


class Added(NamedTuple):
    """What was added to the write-ahead file since the last look."""

    header: bytes
    start: int  # the byte at which it begins
    pages: memoryview  # whole, each with its own header


class PageSums:
    """The sums of the pages of one open plain ward; safe in any thread.

    Args:
        path: the ward's file.
        digest: what the opening has just proved of it; None where it is about to walk the trail, which
            proves what is summed now.
    """

    def __init__(self, path: Path, digest: str | None) -> None:
        self._path, self._lock = path, Lock()
        self._found: array[int] | None = None  # None: not known, and so nothing agrees
        self._written: dict[int, list[int]] = {}  # sums of a page since then, the newest last
        self._wal, self._header, self._end = -1, b"", 0
        self._thread: Thread | None = None
        if digest is None or path.stat().st_size <= _SMALL:
            self._begin(digest)
        else:
            self._thread = Thread(target=self._begin, args=(digest,), name="bedside-sums")
            self._thread.start()
        self.follow()

    def follow(self) -> Added | None:
        """Note the pages that were written since; after each save, before the next one.

        Returns:
            What was added to the write-ahead file, for whoever sums that up; None where nothing was
            read of it, or more than once.
        """
        with self._lock:
            try:
                return self._follow()
            except OSError:
                self._written[-1] = []  # no page of any file: nothing agrees any more
                return None

    def agreed(self, *, closed: bool) -> str | None:
        """The digest of the file as it lies there, where each of its pages is what it must be.

        Args:
            closed: the ward was closed: each page is the newest that was written of it.

        Returns:
            The digest (`bedside.store.at_rest.digest_of_file`); None where a page is another.

        Raises:
            OSError: the file cannot be read.
        """
        self._wait()
        with self._lock:
            before = self._found
            written = {page: len(sums) for page, sums in self._written.items()}
        if before is None or -1 in written:
            return None
        digest, now = _summed(self._path)
        with self._lock:
            pages = max(len(before), max(written, default=-1) + 1)
            if len(now) > pages or (closed and len(now) < pages):
                return None
            for page, found in enumerate(now):
                if not self._fits(page, found, closed):
                    return None
            if not closed:
                self._found = now
                for page, many in written.items():
                    del self._written[page][: many - 1]
        return digest

    def hold(self, block: memoryview, start: int) -> bool:
        """Whether each page of a stretch is one that Bedside found proved or wrote itself.

        Args:
            block: whole pages.
            start: the byte of the file at which the stretch begins.
        """
        self._wait()
        view, first = memoryview(block), start // PAGE
        with self._lock:
            return -1 not in self._written and all(
                self._fits(first + at // PAGE, crc32(view[at : at + PAGE]), False)
                for at in range(0, len(view), PAGE)
            )

    def hold_whole(self, path: Path, *, but_first: bool) -> bool:
        """The same of each page of a whole copy of the file.

        Args:
            path: the copy.
            but_first: its first page is another: SQLite notes there how a file is written.

        Raises:
            OSError: it cannot be read.
        """
        with read_beside(path) as file:
            start = 0
            while block := file.read(_AT_ONCE_READ):
                skip = PAGE if but_first and not start else 0
                if not self.hold(memoryview(block)[skip:], start + skip):
                    return False
                start += len(block)
        return True

    def close(self) -> None:
        """Let go of the write-ahead file: the ward is about to be closed."""
        self._wait()
        with self._lock:
            if self._wal >= 0:
                os.close(self._wal)  # SQLite takes the file away when it closes the ward
                self._wal = -1

    def _wait(self) -> None:
        if self._thread is not None:
            self._thread.join()

    def _begin(self, digest: str | None) -> None:
        try:
            now, found = _summed(self._path)
        except OSError:
            return
        if digest is None or now == digest:  # else it is not what was proved
            with self._lock:
                self._found = found

    def _fits(self, page: int, found: int, newest: bool) -> bool:
        known, sums = self._found, self._written.get(page)
        if page * PAGE == LOCK_AT:
            return True  # SQLite never writes that one
        if sums and (found == sums[-1] or (not newest and found in sums)):
            return True
        if sums and newest:
            return False
        return known is not None and page < len(known) and known[page] == found

    def _follow(self) -> Added | None:
        if self._wal < 0:
            wal = Path(f"{self._path}-wal")
            if not wal.exists():
                return None
            self._wal = os.open(wal, os.O_RDONLY | _BYTES)
        header = _read(self._wal, 0, HEADER)
        if len(header) < HEADER:
            return None
        if header != self._header:
            self._header, self._end = header, HEADER
        if int.from_bytes(header[8:12], "big") != PAGE:
            raise OSError("pages of another size")
        start, most = self._end, _FRAMES_OF_A_SAVE * _FRAME
        while True:  # behind the last page of now lie old ones, of another beginning: left unread
            added = _read(self._wal, self._end, most)
            whole = self._note(added)
            begun, self._end = self._end, self._end + whole
            if whole < most:
                seen = memoryview(added)[:whole]
                return Added(header, start, seen) if begun == start else None
            most = _AT_ONCE

    def _note(self, added: bytes) -> int:
        """Note the pages that belong to this beginning; how many bytes they are."""
        salts, view, at = self._header[16:24], memoryview(added), 0
        while at + _FRAME <= len(added) and added[at + 8 : at + 16] == salts:
            page = int.from_bytes(added[at : at + 4], "big") - 1
            found = crc32(view[at + FRAME_HEADER : at + _FRAME])
            self._written.setdefault(page, []).append(found)
            at += _FRAME
        return at


def _read(descriptor: int, start: int, most: int) -> bytes:
    os.lseek(descriptor, start, os.SEEK_SET)
    return os.read(descriptor, most)


def _summed(path: Path) -> tuple[str, "array[int]"]:
    """The digest of a file, and the sum of each of its pages, from one reading.

    Raises:
        OSError: it cannot be read, or has grown since.
    """
    sums = array("I", bytes(4 * -(-path.stat().st_size // PAGE)))

    def add(block: bytes, start: int) -> None:
        view = memoryview(block)
        if start + len(view) > PAGE * len(sums):
            raise OSError("saves were moved into it while it was read")
        for at in range(0, len(view), PAGE):
            sums[(start + at) // PAGE] = crc32(view[at : at + PAGE])

    return digest_of_file(path, add), sums
