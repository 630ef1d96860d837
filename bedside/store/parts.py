"""A large file in parts of 64 KB: their digests, the parts that changed, and a file put together again.

A copy of a large ward that holds only what changed since the last whole copy is three files: the
whole copy's own file (`BASE`, the very same one under a second name, not written again), the digests
of its parts (`PARTS`), and the parts that are other now (`PAGES`). Put together they are, byte for
byte, the ward's file of that moment; a digest over the digests of all its parts proves it.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from io import RawIOBase
from mmap import mmap
from pathlib import Path
from typing import BinaryIO

import msgspec
from msgspec import Struct

from bedside.store.at_rest import LOCK_AT, PAGE
from bedside.store.held_open import read_beside

BASE, PARTS, PAGES = "ward.base", "ward.parts", "ward.pages"
PART_BYTES = 64 * 1024
_BLOCK = 16 * PART_BYTES  # 1 MB, which stays in the processor's own memory
_STRETCH = 32 * 1024 * 1024  # bytes: one piece of work for one core
_DIGEST = hashlib.sha256().digest_size
_LENGTH = 8  # bytes before the head of the changed parts


class Changed(Struct, frozen=True):
    """The head of a file of changed parts: which they are, and what the whole must be then.

    Args:
        size: of the whole file, in bytes.
        numbers: which parts follow, from 0.
        whole: SHA-256 over the digests of all parts of the whole file, in hexadecimal.
    """

    size: int
    numbers: tuple[int, ...]
    whole: str


class PartsWrong(Exception):
    """What was put together, or read again, is not what it must be."""


class PartUnsound(Exception):
    """A part of the ward's own file is damaged."""


def digests_of(path: Path, *, from_medium: bool = False) -> bytes:
    """The SHA-256 of each part of a file, one behind the other; worked out on two cores.

    Args:
        path: the file.
        from_medium: as `read_from_medium` says; never of an open ward's own file.
    """
    size = path.stat().st_size
    with ThreadPoolExecutor(2) as cores:
        starts = range(0, size, _STRETCH)
        return b"".join(cores.map(lambda start: _digests_from(path, start, from_medium), starts))


def digests_in(block: memoryview) -> bytes:
    """The SHA-256 of each part of a block that begins with a part."""
    view = memoryview(block)
    starts = range(0, len(view), PART_BYTES)
    return b"".join(hashlib.sha256(view[start : start + PART_BYTES]).digest() for start in starts)


def digest_over(digests: bytes) -> str:
    """The one digest that stands for a whole file's parts."""
    return hashlib.sha256(digests).hexdigest()


def read_from_medium(path: Path, start: int = 0, most: int = 0) -> None:
    """Let what is read next of a file come from its medium, where the system lets us say so.

    Args:
        path: a file that is whole and was brought down to its medium. Not an open ward's: see
            `bedside.store.held_open`.
        start: from where on.
        most: how many bytes; 0 to its end.
    """
    if hasattr(os, "posix_fadvise"):
        with path.open("rb", buffering=0) as file:
            os.posix_fadvise(file.fileno(), start, most, os.POSIX_FADV_DONTNEED)


def changed_parts(before: bytes, now: bytes) -> list[int]:
    """The numbers of the parts that are other now, or new.

    Args:
        before: the digests of the parts of the earlier file.
        now: those of the file of now.
    """
    return [
        start // _DIGEST
        for start in range(0, len(now), _DIGEST)
        if before[start : start + _DIGEST] != now[start : start + _DIGEST]
    ]


def write_changed(
    source: Path,
    numbers: list[int],
    digests: bytes,
    target: Path,
    holds: Callable[[memoryview, int], bool] = lambda _block, _start: True,
) -> str:
    """Write the changed parts of a file, down to the medium.

    Args:
        source: the file; nobody may be writing it.
        numbers: which parts.
        digests: of all its parts, as they were found a moment ago.
        target: the file to make.
        holds: whether a part that begins at a byte is sound in itself.

    Returns:
        The SHA-256 of what was written.

    Raises:
        PartsWrong: a part reads otherwise than a moment ago.
        PartUnsound: a part is not sound in itself.
        OSError: the medium did not take it.
    """
    head = msgspec.json.encode(Changed(source.stat().st_size, tuple(numbers), digest_over(digests)))
    found, room = hashlib.sha256(), memoryview(bytearray(PART_BYTES))
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with read_beside(source) as read, os.fdopen(descriptor, "wb") as written:
        for piece in (len(head).to_bytes(_LENGTH, "big"), head):
            found.update(piece)
            written.write(piece)
        for number in numbers:
            content = room[: read_into(read, number * PART_BYTES, room)]
            if hashlib.sha256(content).digest() != digests[number * _DIGEST :][:_DIGEST]:
                raise PartsWrong(f"part {number} reads in two ways")
            if not holds(content, number * PART_BYTES):
                raise PartUnsound(f"part {number}")
            found.update(content)
            written.write(content)
        written.flush()
        os.fsync(written.fileno())
    return found.hexdigest()


def some_parts(path: Path, numbers: Iterable[int]) -> Iterator[tuple[int, memoryview]]:
    """Some parts of a file, each with the byte it begins at; good until the next is asked for."""
    room = memoryview(bytearray(PART_BYTES))
    with read_beside(path) as file:
        for number in numbers:
            start = number * PART_BYTES
            yield start, room[: read_into(file, start, room)]


def put_together(base: Path, pages: Path, target: Path) -> None:
    """Write the whole file of a base and the parts that changed, and prove it.

    Raises:
        PartsWrong: it is not the file that was copied.
        OSError: the medium did not take it, or a file cannot be read.
    """
    descriptor = os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "rb+") as written, pages.open("rb") as changes:
        head = _head(changes)
        for block in blocks_of(base):
            written.write(block)
        written.truncate(head.size)
        for number in head.numbers:
            start = number * PART_BYTES
            written.seek(start)
            written.write(changes.read(min(PART_BYTES, head.size - start)))
        written.flush()
        os.fsync(written.fileno())
    if target.stat().st_size != head.size or digest_over(digests_of(target)) != head.whole:
        raise PartsWrong("it is not what was copied")


def blocks_of(path: Path, start: int = 0, most: int = 1 << 62) -> Iterator[memoryview]:
    """A stretch of a file, some parts at a time; each block is good until the next is asked for."""
    block = memoryview(mmap(-1, _BLOCK))  # begins with a page, as `whole_copy` needs it
    with read_beside(path) as file:
        end = start + most
        while start < end and (read := read_into(file, start, block[: end - start])):
            yield block[:read]
            start += read


def read_into(file: RawIOBase, start: int, block: memoryview) -> int:
    """Fill a block from a place in a file; fewer bytes only at the file's end.

    The page that SQLite keeps for its locks holds nothing, and some systems refuse to read it.

    Args:
        file: open, without a buffer of its own.
        start: where to read.
        block: what to fill.

    Returns:
        How many bytes were read.
    """
    done = 0
    while done < len(block):
        at = start + done
        if at == LOCK_AT:
            room = block[done : done + PAGE]
            room[:] = bytes(len(room))
            done += len(room)
            continue
        until = LOCK_AT - start if at < LOCK_AT < start + len(block) else len(block)
        file.seek(at)
        read = file.readinto(block[done:until])
        if not read:
            break
        done += read
    return done


def _head(changes: BinaryIO) -> Changed:
    try:
        length = int.from_bytes(changes.read(_LENGTH), "big")
        return msgspec.json.decode(changes.read(min(length, 1 << 24)), type=Changed)
    except (msgspec.DecodeError, RecursionError) as error:
        raise PartsWrong("its list of changes cannot be read") from error


def _digests_from(path: Path, start: int, from_medium: bool) -> bytes:
    if from_medium:
        read_from_medium(path, start, _STRETCH)
    return b"".join(map(digests_in, blocks_of(path, start, _STRETCH)))
