"""A ward that was killed and now lies where nothing may be written: read from a copy for this program alone.

This is what a dying disk leaves: the system mounts it for reading only while the window is killed. The
newest saves lie beside the file, and to see them they must be moved into it. So what lies there is
copied, into memory where the system offers that, is opened by the real road (its keys, its trail, its
bookmark, the saves beside it), and its names are taken away again once it is open: from then on nothing
of it is left, even if the program is killed. What a kill leaves while it is being opened (for this user
alone, and encrypted where the ward is) goes at the next such opening. An encrypted ward stays encrypted in it.
"""

import os
import shutil
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bedside.store.disk import LEAST_FREE_BYTES, is_read_only_medium
from bedside.store.keys import Keys
from bedside.store.lived_in import check_bookmark
from bedside.store.lock import NAME as LOCK
from bedside.store.lock import WardLock, take_lock
from bedside.store.opening import FILE, open_store, open_to_read
from bedside.store.store import Store
from bedside.store.troubles import Hindered
from bedside.units.refusal import Refused

_IN_MEMORY = "/dev/shm"  # noqa: S108 (a folder of its own is made in it, for this user alone)
_PREFIX, _HELD = "bedside-read-", "held"
_NO_PLACE = (
    "This computer has no room for the copy that Bedside makes to show the ward, neither in memory "
    "nor on its disk.",
)
_TIMES = 3  # the file, the saves beside it, and a proved copy before its tables change


def open_privately(folder: Path, keys: Keys | None, now: datetime) -> Store | None:
    """Open such a ward to be read; what lies in its folder stays as it is.

    Args:
        folder: the ward's folder, on a medium that can only be read.
        keys: what opens an encrypted one.
        now: aware time.

    Returns:
        The ward as it was at its last save; None where no place is left for a copy.

    Raises:
        NoBookmark: it may be an older state of the ward.
        Refused: it does not open where it may be written, either.
    """
    check_bookmark(folder, folder / FILE)
    _sweep()
    files = [path for path in folder.glob("ward.*") if path.is_file() and path.name != LOCK]
    above = _place(_TIMES * sum(path.stat().st_size for path in files))
    if above is None:
        return None
    own = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=above))
    try:
        with take_lock(own / _HELD, "It is being read."):
            for path in files:
                if not path.name.endswith("-shm"):
                    _copy(path, own / path.name)
            open_store(own, now=now, create=False, keys=keys).close()
            return open_to_read(own, keys, of=folder)
    finally:
        shutil.rmtree(own, ignore_errors=True)  # what is open stays open


def open_where_full(folder: Path, keys: Keys | None, now: datetime) -> Store:
    """Open a ward to be read whose disk has no room for a save; its lock is held, so that nobody records meanwhile.

    Args:
        folder: the ward's folder.
        keys: what opens an encrypted one.
        now: aware time.

    Raises:
        Refused: another Bedside has it open, it does not open, or no place is left for a copy.
    """
    lock = WardLock(folder)
    try:
        store = open_privately(folder, keys, now)
        if store is None:
            raise Hindered("disk full", *_NO_PLACE)
    except BaseException:
        lock.release()
        raise
    store.hold(lock)
    return store


def _sweep() -> None:
    """Take away the copies of programs that were killed while they made them."""
    for above in {Path(_IN_MEMORY), Path(tempfile.gettempdir())}:
        for left in above.glob(f"{_PREFIX}*"):
            with suppress(OSError, Refused):  # another user's, or still at work
                if (left / _HELD).exists():  # without it the folder is new, and empty
                    with take_lock(left / _HELD, "It is being read."):
                        # the lock's file goes last: a kill may come here
                        for path in left.iterdir():
                            if path.name != _HELD:
                                path.unlink(missing_ok=True)
                        shutil.rmtree(left, ignore_errors=True)


def _place(size: int) -> Path | None:
    for above in (Path(_IN_MEMORY), Path(tempfile.gettempdir())):
        if (
            above.is_dir()
            and os.access(above, os.W_OK | os.X_OK)
            and not is_read_only_medium(above)
            and shutil.disk_usage(above).free >= size + LEAST_FREE_BYTES
        ):
            return above
    return None


def _copy(source: Path, target: Path) -> None:
    """Copy one file, for this user alone."""
    opened = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "wb") as written, source.open("rb") as read:
        shutil.copyfileobj(read, written, 1024 * 1024)
