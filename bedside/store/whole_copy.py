"""A large file written out whole and read back from its medium, on every core.

What this proves, and when: each part is read once and its SHA-256 worked out; the very same bytes go
straight to the medium; when all of them are down there, each byte is read back from it and must be
what was written. A flipped bit anywhere on that way makes the copy worth nothing.

Decision: what was read back was held against the SHA-256 of each part, which took as much of the
processor as the copying itself. It is held now against a sum (GMAC, 128 bits) by a key drawn for
this one copy, which the processor works out ten times as fast; two blocks that differ have the same
sum once in 2^110 copies. It is kept nowhere: what proves the copy later are the SHA-256, as before.
"""

import errno
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import RawIOBase
from pathlib import Path

from msgspec import Struct

from bedside.store.parts import PartsWrong, blocks_of, digests_in, read_from_medium

_FLUSHED = 16 * 1024 * 1024  # bytes: so a save's own flush never waits for a whole copy
_AT_ONCE = 4  # stretches: while some wait for the medium, the sums of others are worked out
_DIRECT: int = getattr(os, "O_DIRECT", 0)  # written to the medium, not to the system's memory of it


class _Stretch(Struct, frozen=True):
    """What was written of a stretch of the file: the digests of its parts, the sum of each block."""

    start: int
    digests: bytes
    sums: tuple[bytes, ...]


def copy_whole(source: Path, target: Path) -> bytes:
    """Write a whole file, down to the medium, and read it back from there.

    Args:
        source: the file; nobody may be writing it.
        target: the file to make.

    Returns:
        The SHA-256 of its parts, one behind the other, as they were read.

    Raises:
        PartsWrong: the medium gives back something else than was written.
        OSError: the medium did not take it.
    """
    size = source.stat().st_size
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    sums = _Sums()
    with ThreadPoolExecutor(_AT_ONCE) as cores:
        starts = range(0, size, _FLUSHED)
        written = list(cores.map(lambda start: _write(source, target, start, sums), starts))
        # only now: a medium has a memory of its own, which a gigabyte has passed through by then
        same = all(cores.map(lambda stretch: _is_there(target, stretch, sums), written))
    if not same or target.stat().st_size != size:
        raise PartsWrong("the medium gives back something else")
    return b"".join(stretch.digests for stretch in written)


class _Sums:
    """The sums of blocks, by a key that nobody else has, each bound to its place in the file."""

    def __init__(self) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # no plain start needs it

        self._sealing = AESGCM(os.urandom(16))

    def of(self, block: memoryview, start: int) -> bytes:
        """The sum of a block that begins at a byte of the file."""
        return self._sealing.encrypt(start.to_bytes(12, "big"), b"", block)


def _write(source: Path, target: Path, start: int, sums: _Sums) -> _Stretch:
    """Write one stretch of a file into its place in another."""
    digests, found, at = bytearray(), [], start
    with open(target, "rb+", buffering=0, opener=_straight) as written:
        written.seek(start)
        for block in blocks_of(source, start, _FLUSHED):
            digests += digests_in(block)
            found.append(sums.of(block, at))
            _put(written, block)
            at += len(block)
        os.fsync(written.fileno())
    return _Stretch(start, bytes(digests), tuple(found))


def _is_there(target: Path, stretch: _Stretch, sums: _Sums) -> bool:
    """Whether the medium gives a stretch back as it was written."""
    read_from_medium(target, stretch.start, _FLUSHED)
    found, at = [], stretch.start
    for block in blocks_of(target, stretch.start, _FLUSHED):
        found.append(sums.of(block, at))
        at += len(block)
    return tuple(found) == stretch.sums


def _straight(path: str, flags: int) -> int:
    """Open a file so that what is written goes straight to its medium, where the system can.

    The system's own memory would take a gigabyte that nobody reads again, at five times the work;
    and what is read back afterwards cannot come from there.
    """
    with suppress(OSError):
        return os.open(path, flags | _DIRECT)
    return os.open(path, flags)


def _put(written: RawIOBase, block: memoryview) -> None:
    """Write a whole block; what no medium takes straight (the odd end of a file) by way of memory."""
    left = block
    while left:  # a system may take less than it is given
        try:
            left = left[written.write(left) or 0 :]
        except OSError as error:
            if error.errno != errno.EINVAL or not _no_longer_straight(written):
                raise


def _no_longer_straight(file: RawIOBase) -> bool:
    """Let an open file be written by way of the system's memory; whether it was not so before."""
    if not _DIRECT:
        return False
    from fcntl import F_GETFL, F_SETFL, fcntl  # not on every system

    flags = fcntl(file.fileno(), F_GETFL)
    fcntl(file.fileno(), F_SETFL, flags & ~_DIRECT)
    return bool(flags & _DIRECT)
