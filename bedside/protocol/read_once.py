"""Keeps what a protocol file was read as, so that a start need not read and check it again.

Reading three protocols and checking every fact in them takes a tenth of a start. As Python keeps its
bytecode beside a source, the checked result lies in `__pycache__` beside the file. It is taken only
where every letter of every file that was read, every module that reads, Python and msgspec are the
very same, and where its own bytes are whole; else the files are read and checked again, as always.
Where the folder cannot be written, or Python is told to keep no bytecode, nothing is kept.
"""

import hashlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

Read = TypeVar("Read")
READERS = ("protocol", "units")  # the rooms whose modules read and hold a protocol
_SEAL = hashlib.sha256().digest_size
_NOT_WHOLE = (OSError, TypeError, msgspec.DecodeError)


def read_once(kind: type[Read], files: Sequence[Path], read: Callable[[], Read]) -> Read:
    """Return what a file was read as before, or read it now and keep the result.

    Args:
        kind: what the file is read as.
        files: every file that the reading looks at, the one it is named after first.
        read: reads and checks it; what it raises goes through, and nothing is kept.
    """
    place = files[0].parent / "__pycache__" / f"{files[0].stem}.read"
    stamp = _stamp(files)
    kept = None if stamp is None else _kept(kind, place, stamp)
    if kept is not None:
        return kept
    found = read()
    if stamp is not None and not sys.dont_write_bytecode:
        with suppress(*_NOT_WHOLE):
            _keep(found, kind, place, stamp)
    return found


def _stamp(files: Sequence[Path]) -> bytes | None:
    """What must be the same for a reading to hold; None where a file cannot be read."""
    seen = hashlib.sha256(code_stamp())
    try:
        for path in files:
            seen.update(f"{path.name} {path.stat().st_size} ".encode())
            seen.update(path.read_bytes())
    except OSError:
        return None
    return seen.digest()


@cache
def code_stamp() -> bytes:
    """Which program reads: Python, msgspec, and size and time of every module that takes part."""
    rooms = Path(__file__).parents[1]
    modules = sorted(line for room in READERS for line in _modules(rooms / room))
    whole = "\n".join((sys.version, msgspec.__version__, *modules))
    return hashlib.sha256(whole.encode()).digest()


def _modules(room: Path) -> Iterator[str]:
    with os.scandir(room) as found:
        for entry in found:
            if entry.name.endswith((".py", ".txt")):
                state = entry.stat()
                yield f"{room.name}/{entry.name} {state.st_size} {state.st_mtime_ns}"


def _kept(kind: type[Read], place: Path, stamp: bytes) -> Read | None:
    try:
        whole = place.read_bytes()
        seal, content = whole[:_SEAL], whole[_SEAL:]
        if seal != hashlib.sha256(stamp + content).digest():
            return None
        return msgspec.msgpack.decode(content, type=kind, dec_hook=_made)
    except _NOT_WHOLE:
        return None


def _keep(found: Read, kind: type[Read], place: Path, stamp: bytes) -> None:
    content = msgspec.msgpack.encode(found, enc_hook=_written)
    if msgspec.msgpack.decode(content, type=kind, dec_hook=_made) != found:
        return  # something in it does not come back as it was: then it is read each time
    place.parent.mkdir(exist_ok=True)
    making = place.with_suffix(f".{os.getpid()}")
    making.write_bytes(hashlib.sha256(stamp + content).digest() + content)
    making.replace(place)


def _written(value: object) -> str:
    """How a factor is kept, e.g. "2/3"."""
    if isinstance(value, Fraction):
        return str(value)
    raise TypeError(f"a {type(value).__name__} cannot be kept")


def _made(kind: type, written: str) -> Fraction:
    if kind is Fraction:
        return Fraction(written)
    raise TypeError(f"a {kind.__name__} is not kept")
