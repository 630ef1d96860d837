"""A bookmark beside the ward's file: how far the record had been written at the last save.

SQLite drops the newest saves without a word when its write-ahead file is lost, damaged or exchanged
for an old one. The bookmark (audit row number and seal, one line of fixed length, overwritten in
place after each save) makes that visible at the next opening. It is never ahead of the file, since
it is written after the save is durable; it may be behind after a power cut, which does no harm. It
is no protection against a person who edits both: the seals on printed papers are.
"""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from bedside.store.audit import Head

NAME = "ward.bookmark"
_BYTES = getattr(os, "O_BINARY", 0)  # Windows would change the line's end
_DIGITS = 20
_MOST = 4096  # bytes: far more than its line has
_CHECK = 16


class Bookmark:
    """The open bookmark file of one ward.

    Args:
        folder: the ward's folder.
    """

    def __init__(self, folder: Path) -> None:
        self._file = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | _BYTES, 0o600)
        self._line = os.read(self._file, _MOST)
        self._new = not self._line

    def set(self, head: Head) -> None:
        """Move the bookmark; a disk that refuses it does not undo the save."""
        line = _line(head)
        if line == self._line:
            return  # as at most openings: a power cut then finds nothing to spoil
        with suppress(OSError):
            self._line = b""
            os.lseek(self._file, 0, os.SEEK_SET)
            os.write(self._file, line)
            os.ftruncate(self._file, len(line))  # a power cut may have left more behind it
            self._line = line
            if self._new:  # from now on a ward that has lived does not open without it
                os.fsync(self._file)
                self._new = False

    def close(self) -> None:
        """Close the file; its line is on the disk then, as the ward's own file is."""
        with suppress(OSError):
            os.fsync(self._file)
        os.close(self._file)


def read_bookmark(folder: Path) -> Head | None:
    """The bookmark of a ward; None where there is none that can be read."""
    try:
        line = (folder / NAME).read_bytes()
        seq, sealed, _ = line.decode("ascii").split(" ")
        head = Head(int(seq), sealed)
    except (OSError, ValueError):
        return None
    return head if _line(head) == line else None


def _line(head: Head) -> bytes:
    text = f"{head.seq:0{_DIGITS}d} {head.seal}"
    check = hashlib.sha256(text.encode()).hexdigest()[:_CHECK]
    return f"{text} {check}\n".encode()
