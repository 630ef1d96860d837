"""The open ward: a note after each save, so that a start after a kill need not walk the whole trail.

While a ward is open its newest saves lie in SQLite's write-ahead file. After each save one line is
written beside the file: how far the trail reaches, a digest of the ward's file, and a digest of the
write-ahead file as far as it has been written. After a kill an opening compares both: a ward whose
two files are byte for byte what this program left is the one that was proved, save by save. Where
anything differs (a power cut, a kill in the middle of a save, a changed byte) the trail is walked.

The ward's file changes only when SQLite moves the write-ahead file into it, once in a hundred saves
or so. Then its digest is made anew, in a thread of its own where the file is large; a kill before
that is done costs a walk. A note that is wrong costs a walk, too: it can never let anything pass
that is not, byte for byte, what was noted. With the ward's key the line is sealed by it.
"""

import hashlib
import hmac
import os
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from bedside.store.at_rest import AtRest, digest_of_file
from bedside.store.audit import Head

if TYPE_CHECKING:
    from hashlib import _Hash

    from bedside.store.page_sums import Added, PageSums

NAME = "ward.running"
_VERSION = "1"
_BYTES = getattr(os, "O_BINARY", 0)
_SMALL = 2 * 1024 * 1024  # bytes: digested at once, in a few milliseconds
_HEADER, _FRAME_HEADER = 32, 24
_FRAMES_AT_ONCE = 16  # pages: what two saves write
_Sign = tuple[int, int]  # size and time of the last change


class RunningNote:
    """Writes the note of one open ward; saves come one at a time.

    Args:
        path: the ward's file.
        key: the ward's sealing key, if it has keys.
        digest: of the file as it lies there now, where the opening has just made it.
        sums: what each page of a plain ward must be; None for an encrypted one.
    """

    def __init__(
        self,
        path: Path,
        key: bytes | None,
        digest: str | None = None,
        sums: "PageSums | None" = None,
    ) -> None:
        self._path, self._key, self.sums = path, key, sums
        self._wal: int | None = None  # opened by the first save, which makes the file
        self._file = os.open(path.with_name(NAME), os.O_RDWR | os.O_CREAT | _BYTES, 0o600)
        self._lock = Lock()
        self._thread: Thread | None = None
        self._closed = False
        self._digest = digest
        self._sign: _Sign | None = None if digest is None else _sign(path)
        self._head: Head | None = None
        self._start_wal()

    def saved(self, head: Head) -> None:
        """Note the state after a save; a disk that refuses it does not undo the save."""
        added = None if self.sums is None else self.sums.follow()
        with self._lock, suppress(OSError):
            self._head = head
            sign = _sign(self._path)
            if sign != self._sign or self._digest is None:
                self._digest = None
                self._digest_anew(sign)
            self._write(added)

    def close(self) -> None:
        """Close and take the note away: the ward is about to be closed, and noted as it lies then."""
        with self._lock:
            self._closed = True
            os.close(self._file)
            if self._wal is not None:
                os.close(self._wal)  # SQLite takes the file away when it closes the ward
            with suppress(OSError):
                self._path.with_name(NAME).unlink(missing_ok=True)
        if self._thread is not None:
            self._thread.join()
        if self.sums is not None:
            self.sums.close()

    def _digest_anew(self, sign: _Sign) -> None:
        if sign[0] <= _SMALL:
            self._take(sign, self._digest_now())
        elif self._thread is None or not self._thread.is_alive():
            self._thread = Thread(target=self._work, args=(sign,), name="bedside-digest")
            self._thread.start()

    def _work(self, sign: _Sign) -> None:
        with suppress(OSError):
            digest = self._digest_now()
            with self._lock:
                if not self._closed and _sign(self._path) == sign:
                    self._take(sign, digest)
                    self._write()

    def _digest_now(self) -> str | None:
        """Of the file as it lies there; None where a page of a plain one is not what it must be."""
        return digest_of_file(self._path) if self.sums is None else self.sums.agreed(closed=False)

    def _take(self, sign: _Sign, digest: str | None) -> None:
        self._sign, self._digest = sign, digest
        self._start_wal()

    def _start_wal(self) -> None:
        self._header = b""
        self._end = 0
        self._sum = _summing(self._digest or "", self._key)

    def _write(self, added: "Added | None" = None) -> None:
        if self._digest is None or self._sign is None or self._head is None:
            return
        if added is not None and (added.header, added.start) == (self._header, self._end):
            self._sum.update(added.pages)  # read once already
            self._end += len(added.pages)
        else:
            self._follow_wal()
        rest = AtRest(
            self._head, self._sign[0], self._digest, self._end, self._sum.copy().hexdigest()
        )
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, _line(rest, self._key))

    def _follow_wal(self) -> None:
        """Sum up what was added to the write-ahead file; from its beginning where it began anew."""
        if self._wal is None:
            self._wal = os.open(f"{self._path}-wal", os.O_RDONLY | _BYTES)
        wal = self._wal
        os.lseek(wal, 0, os.SEEK_SET)
        header = os.read(wal, _HEADER)
        if header != self._header:
            self._start_wal()
            self._header, self._end = header, len(header)
            self._sum.update(header)
        os.lseek(wal, self._end, os.SEEK_SET)
        most = _FRAMES_AT_ONCE * _step(header)
        while True:  # behind the last page of now lie old ones, up to megabytes: left unread
            added = os.read(wal, most)
            written = _frames(header, added)
            self._sum.update(memoryview(added)[:written])
            self._end += written
            if written < most:
                return


def read_running(path: Path, key: bytes | None = None) -> AtRest | None:
    """The note beside a ward that was not closed; None where there is none that holds.

    Args:
        path: the ward's file.
        key: the ward's sealing key, if it has keys.
    """
    try:
        line = path.with_name(NAME).read_bytes()
        version, seq, sealed, size, digest, end, total, _ = line.decode("ascii").split(" ")
        rest = AtRest(Head(int(seq), sealed), int(size), digest, int(end), total)
    except (OSError, ValueError):
        return None
    return rest if version == _VERSION and hmac.compare_digest(_line(rest, key), line) else None


def is_wal_as_left(path: Path, rest: AtRest, key: bytes | None) -> bool:
    """Whether the write-ahead file is the one of the note, and holds no save beyond it."""
    content = path.with_name(f"{path.name}-wal").read_bytes()
    written, beyond = content[: rest.wal_end], content[rest.wal_end :]
    total = _summing(rest.digest, key)
    total.update(written)
    return (
        len(written) == rest.wal_end
        and hmac.compare_digest(total.hexdigest(), rest.wal_digest)
        and _frames(content[:_HEADER], beyond) == 0
    )


def _frames(header: bytes, content: bytes) -> int:
    """How many bytes of pages that belong to this beginning follow one another."""
    if len(header) < _HEADER:
        return 0
    step = _step(header)
    salts, end = header[16:24], 0
    while content[end + 8 : end + 16] == salts:
        end += step
    return min(end, len(content))


def _step(header: bytes) -> int:
    """The bytes of one page in the write-ahead file, its own header included."""
    return _FRAME_HEADER + int.from_bytes(header[8:12], "big")


def _summing(digest: str, key: bytes | None) -> "_Hash | hmac.HMAC":
    """A sum over the write-ahead file that holds only together with this ward's file."""
    begun = hashlib.sha256() if key is None else hmac.new(key, digestmod=hashlib.sha256)
    begun.update(digest.encode())
    return begun


def _sign(path: Path) -> _Sign:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


def _line(rest: AtRest, key: bytes | None) -> bytes:
    text = (
        f"{_VERSION} {rest.head.seq:020d} {rest.head.seal} {rest.size:020d} {rest.digest} "
        f"{rest.wal_end:020d} {rest.wal_digest}"
    ).encode()
    check = hashlib.sha256(text) if key is None else hmac.new(key, text, hashlib.sha256)
    return text + b" " + check.hexdigest().encode() + b"\n"
