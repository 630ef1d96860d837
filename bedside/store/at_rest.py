"""The closed ward: what its file was, byte for byte, when Bedside left it.

Every opening must know that each record agrees with the audit trail. Walking the trail costs time
in proportion to all that was ever recorded; a file that is still the very one that Bedside closed
was proved already, save by save, from the walk before. So each closing writes one line beside the
file: how far the trail reached, and a digest over the whole file. An opening that finds another
digest, or none, or a bookmark that disagrees, walks the trail: so it is after a power cut, a
restored copy, a changed byte. A digest over a million results takes less than a second, in C.

With the ward's key the line is sealed by it; without one it is no protection against a person who
edits both, as little as the bookmark is: the seals on printed papers are.
"""

import hashlib
import hmac
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from bedside.store.audit import Head
from bedside.store.held_open import read_beside

NAME = "ward.rest"
_VERSION = "2"  # of the note
PART_BYTES = 32 * 1024 * 1024
_READ_BYTES = 1024 * 1024
LOCK_AT, PAGE = 0x40000000, 4096  # the page at one gigabyte that SQLite locks and never writes


class AtRest(Struct, frozen=True):
    """What a closing left: the end of the trail, and the file's size and digest.

    Of a ward that was killed also how far its write-ahead file was written, and that file's sum
    (`bedside.store.running`).
    """

    head: Head
    size: int  # bytes
    digest: str  # SHA-256 of the whole file, hexadecimal
    wal_end: int = 0  # bytes; 0 for a ward that was closed
    wal_digest: str = ""


def write_rest(path: Path, head: Head, key: bytes | None = None, digest: str | None = None) -> None:
    """Note the file as it lies now, closed; a disk that refuses leaves no note, and no harm.

    Args:
        path: the ward's file; nothing may have it open for writing.
        head: the end of its audit trail.
        key: the ward's sealing key, if it has keys.
        digest: of the file as it lies now, where it was just worked out.
    """
    note = path.with_name(NAME)
    try:
        if unfinished(path):
            raise OSError
        rest = AtRest(head, path.stat().st_size, digest or digest_of_file(path))
        part = note.with_name(f".{NAME}.part")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(_line(rest, key))
        part.replace(note)
    except OSError:
        forget_rest(path)


def forget_rest(path: Path) -> None:
    """Take the note away: the next opening walks the trail."""
    with suppress(OSError):
        path.with_name(NAME).unlink(missing_ok=True)


def read_rest(path: Path, key: bytes | None = None) -> AtRest | None:
    """The note beside a ward's file; None where there is none that holds.

    Args:
        path: the ward's file.
        key: the ward's sealing key, if it has keys.
    """
    try:
        line = path.with_name(NAME).read_bytes()
        version, seq, sealed, size, digest, _ = line.decode("ascii").split(" ")
        rest = AtRest(Head(int(seq), sealed), int(size), digest)
    except (OSError, ValueError):
        return None
    return rest if version == _VERSION and hmac.compare_digest(_line(rest, key), line) else None


def is_as_left(path: Path, rest: AtRest | None, key: bytes | None = None) -> bool:
    """Is the file still the one that the note describes?

    Reads the whole file, in C and without holding Python up: made for a thread of its own.
    """
    try:
        return (
            rest is not None
            and _is_wal_as_left(path, rest, key)
            and path.stat().st_size == rest.size
            and digest_of_file(path) == rest.digest
        )
    except OSError:
        return False


def _is_wal_as_left(path: Path, rest: AtRest, key: bytes | None) -> bool:
    if not rest.wal_end:
        return not unfinished(path)
    from bedside.store.running import is_wal_as_left  # a ward that was closed never needs it

    return is_wal_as_left(path, rest, key)


def unfinished(path: Path) -> bool:
    """Whether saves lie beside the file that are not in it yet."""
    wal = path.with_name(f"{path.name}-wal")
    return wal.exists() and wal.stat().st_size > 0


def digest_of_file(path: Path, each: Callable[[bytes, int], None] | None = None) -> str:
    """The SHA-256 of a whole file; of a large one the SHA-256 of those of its parts.

    The parts are worked out on two cores: a file of a gigabyte is read at every start.

    Args:
        path: the file.
        each: given each block that was read and the byte it begins at, some at a time.
    """
    size = path.stat().st_size
    if size <= PART_BYTES:
        return _digest_of_part(path, 0, each).hex()
    from concurrent.futures import ThreadPoolExecutor  # a small ward never needs it

    with ThreadPoolExecutor(2) as cores:
        starts = range(0, size, PART_BYTES)
        parts = cores.map(lambda start: _digest_of_part(path, start, each), starts)
        return hashlib.sha256(b"".join(parts)).hexdigest()


def _digest_of_part(path: Path, start: int, each: Callable[[bytes, int], None] | None) -> bytes:
    found, left = hashlib.sha256(), PART_BYTES
    with read_beside(path) as file:
        file.seek(start)
        while left and (read := file.read(min(left, _READ_BYTES))):
            found.update(read)
            if each is not None:
                each(read, start + PART_BYTES - left)
            left -= len(read)
    return found.digest()


def _line(rest: AtRest, key: bytes | None) -> bytes:
    text = f"{_VERSION} {rest.head.seq} {rest.head.seal} {rest.size} {rest.digest}".encode()
    check = hashlib.sha256(text) if key is None else hmac.new(key, text, hashlib.sha256)
    return text + b" " + check.hexdigest().encode() + b"\n"
