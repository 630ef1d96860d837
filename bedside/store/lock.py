"""One Bedside at a time: the lock that the first window holds on a ward, and the second one meets.

The operating system lets go of the lock when the program ends, however it ends; a killed program
never keeps a ward locked. (SQLite's own exclusive lock stands behind it.)
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bedside.store.troubles import OPEN_ALREADY, Hindered, disk_in_words
from bedside.units.refusal import Refused

NAME = "ward.lock"
_NO_LOCK = (
    "The disk did not let Bedside open the ward's lock, so nothing was begun or changed.",
    "Check that it has room and may be written.",
)


class WardLock:
    """The lock on one ward's folder, held until released.

    Args:
        folder: the ward's folder; it must be writable.

    Raises:
        Refused: another Bedside holds it, or the disk does not let its file be opened.
    """

    def __init__(self, folder: Path) -> None:
        with disk_in_words(*_NO_LOCK):
            self._file: int | None = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
        if not _take(self._file):
            self.release()
            raise Hindered("open already", *OPEN_ALREADY)

    def release(self) -> None:
        """Let go of the ward."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _take(file: int) -> bool:
    """Try to take the lock, without waiting."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def take_lock(path: Path, refusal: str) -> Iterator[None]:
    """Hold a lock on a file of its own for as long as the block lasts.

    Raises:
        Refused: another program holds it; with the words given.
    """
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _take(file):
            raise Refused(refusal)
        yield
    finally:
        os.close(file)
