"""The ward's file read beside SQLite, without taking SQLite's lock from it.

On POSIX systems a process that closes any descriptor of a file loses every lock that it has on that
file: a digest made of an open ward would, unseen, let another program write into it. So while a
ward is open its file is read through one descriptor only, which stays open until SQLite has closed
the file. Windows keeps locks by handle and needs none of this.
"""

import os
from io import RawIOBase
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_File = tuple[int, int]  # device and number
_HELD: dict[_File, tuple[int, int]] = {}  # the descriptor, and how many hold it


def hold_open(path: Path) -> _File | None:
    """Open a file for reading beside SQLite, until it is let go.

    Returns:
        What to let go of; None where the system needs none of this.
    """
    if not hasattr(os, "preadv"):
        return None
    key = _key(path)
    descriptor, holders = _HELD.get(key, (-1, 0))
    _HELD[key] = (os.open(path, os.O_RDONLY) if holders == 0 else descriptor, holders + 1)
    return key


def let_go(held: _File | None) -> None:
    """Close what was held open; SQLite has closed the file by then."""
    if held is None or held not in _HELD:
        return
    descriptor, holders = _HELD.pop(held)
    if holders > 1:
        _HELD[held] = (descriptor, holders - 1)
    else:
        os.close(descriptor)


def read_beside(path: Path) -> RawIOBase:
    """A file to read bytes from, without a buffer; closing it takes no lock from an open ward.

    Raises:
        OSError: it cannot be opened.
    """
    held = _HELD.get(_key(path)) if _HELD else None
    return path.open("rb", buffering=0) if held is None else _Beside(held[0])


class _Beside(RawIOBase):
    """Reads through a descriptor that others read through, too, each from a place of its own."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor, self._at = descriptor, 0

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a place counted from the beginning."""
        if whence != os.SEEK_SET:
            raise ValueError("places are counted from the beginning")
        self._at = offset
        return offset

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill a buffer from the place reached; 0 at the end."""
        read = os.preadv(self._descriptor, [buffer], self._at)
        self._at += read
        return read


def _key(path: Path) -> _File:
    found = path.stat()
    return found.st_dev, found.st_ino
