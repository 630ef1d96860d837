"""What can go wrong with the ward's file, said so that a nurse knows what holds and what to do.

Four kinds. `Refused` (from `bedside.units`): what was asked for is not done, by rule. `Hindered`: the
ward is whole, but cannot be opened here and now; the screen has a page for each. `Damaged`: the
file does not say what was once recorded; it is never shown as if it did. `NotSaved`: the disk did
not take a save; nothing of it is kept, what was typed must stay on the screen (hazard H35).
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from bedside.store.driver import driver_errors
from bedside.store.server_fault import ServerFault
from bedside.units.refusal import Refused

_RESTORE = (
    "Do not work from it. Read or restore the last good copy (in a terminal: bedside restore). Keep "
    "this ward's folder as it is."
)
OPEN_ALREADY = (
    "This ward is open already, in another Bedside window on this computer.",
    "Go to that window, or close it first.",
)
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
_DISK = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN")
OPENING_WORDS = (
    "The disk did not let Bedside open the ward. Check that it has room and may be written."
)
_DAMAGED = (
    "The ward's file is damaged. Close Bedside and start it again: it then offers the last good copy, "
    "to read or to restore."
)
_SAVE_WORDS = {
    "SQLITE_FULL": "The disk is full. Free some space, then save again.",
    "SQLITE_IOERR": "The disk did not take the writing. Check the disk, then save again.",
    "SQLITE_READONLY": "The ward's file may only be read now. Check the disk, then save again.",
    "SQLITE_BUSY": "Another program is using the ward's file. Close it, then save again.",
    "SQLITE_LOCKED": "Another program is using the ward's file. Close it, then save again.",
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_NOTADB": _DAMAGED,
}
_ROOM = 2_000_000  # bytes: with less a save of some rows and its log may not fit
_SAVE_UNKNOWN = "Something went wrong while saving. Try once more; if it stays so, call for help."


Hindrance = Literal[
    "open already",
    "network drive",
    "disk full",
    "no right",
    "newer",
    "read-only",
    "key file",
    "server",
]

# why a ward's server is not worked with: "away" and "older" aside, what somebody has to set right
Unreached = Literal[
    "away", "full", "other name", "no tls", "untrusted", "no authorities", "expired",
    "own certificate", "no password", "password", "no role", "no database", "not let in", "closed", "older",
]  # fmt: skip


class Hindered(Refused):
    """A ward cannot be opened here and now, though nothing is wrong with what is in it.

    Args:
        kind: what stands in the way.
        reasons: what happened; then what to do, where the screen's own page says more of it.
        cause: of a ward on a server: why.
    """

    def __init__(self, kind: Hindrance, *reasons: str, cause: Unreached = "away") -> None:
        self.kind, self.cause = kind, cause
        super().__init__(*reasons)


class Damaged(Refused):
    """The ward's file does not hold what was recorded in it.

    Args:
        finding: what was found, one sentence.
    """

    def __init__(self, finding: str) -> None:
        super().__init__(f"The ward's file is damaged: {finding}", _RESTORE)


class CopyDamaged(Damaged):
    """A copy is not as it was when it was made; the ward itself has nothing to do with it.

    Args:
        name: of the copy.
        finding: what was found.
    """

    def __init__(self, name: str, finding: str) -> None:
        Refused.__init__(
            self,
            f"The copy {name} is damaged: {finding}",
            "It is not used. Nothing was restored, and the ward's own file is as it was. Choose another "
            "copy.",
        )


class Twice(Refused):
    """There may be one such record or act only, and there is one.

    Where another station was quicker, the use-case is judged anew and says it in its own words.

    ``mine`` is the row that was to be added: table, number, operation, content; None of a striking out.
    """

    mine: tuple[str, int, str, str] | None = None


class NoBookmark(Refused):
    """A ward in which people have worked has lost its bookmark: it may be an older state of itself.

    Args:
        name: of the bookmark's file.
        folder: the ward's folder.
    """

    def __init__(self, name: str, folder: Path) -> None:
        super().__init__(
            f"The file {name}, which says how far this ward's record reached, is missing in {folder}, "
            "or cannot be read. The ward may be an older state of itself: it was not opened.",
            "Two people put the last good copy in its place, and see first what that does not hold: "
            "the page that opens instead offers it (in a terminal: bedside restore).",
        )


class ServerBehind(Damaged):
    """A server's trail does not reach as far as this station has seen it: it is an older state of itself."""

    def __init__(self) -> None:
        Refused.__init__(
            self,
            "Saves that this station has seen are missing from the ward's server: it may have been put "
            "back to an older state, or another server that had fallen behind has taken its place.",
            "Call whoever looks after the server. This station's copy of the ward may be the last place "
            "where those saves are: leave its folder as it is.",
        )


class AuditBroken(Damaged):
    """A row and its audit trail disagree, or the trail itself has been changed or cut."""


class NotSaved(Exception):
    """A save did not reach the disk; nothing of it is kept and the store can be used again.

    Args:
        words: what happened and what to do, in the ward's words.
    """

    def __init__(self, words: str) -> None:
        self.words = words
        super().__init__(f"NOT SAVED. {words}")


class NotKnown(NotSaved):
    """Nobody can say yet whether a save was kept: to be looked for before it is recorded again."""


def driver_error(error: BaseException) -> Exception | None:
    """The database's own error inside an error of SQLAlchemy, or the error itself; None when it is neither.

    An error of SQLCipher's is one of SQLite's, with the same names.
    """
    found = getattr(error, "orig", error)  # SQLAlchemy's name for the error that it wraps
    if isinstance(found, ServerFault):
        return found
    return found if isinstance(found, driver_errors()) else None


def is_disk_trouble(error: BaseException) -> bool:
    """Whether an error comes from the disk or from another program on the file, not from the SQL."""
    name = getattr(driver_error(error), "sqlite_errorname", None) or ""
    return name.startswith(_BUSY + _DISK + ("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def opening_trouble(error: BaseException) -> Refused:
    """Say in words why a ward's file could not be opened."""
    name = getattr(driver_error(error), "sqlite_errorname", None) or ""
    if name.startswith(_BUSY):
        return Hindered("open already", *OPEN_ALREADY)
    if name.startswith(_DISK):
        return Refused(OPENING_WORDS)
    return Damaged("it cannot be read.")


def _full_disk(folder: Path | None) -> str:
    """That the ward's disk is full, with its place and what is free; "" where it has room."""
    try:
        free = _ROOM if folder is None else shutil.disk_usage(folder).free
    except OSError:
        return ""
    if free >= _ROOM:
        return ""
    return (
        f"The ward's disk is FULL: {free / 1_000_000:.1f} MB free at {folder}. Make room on it, then "
        "save again; what was typed stands."
    )


@contextmanager
def disk_in_words(*words: str) -> Iterator[None]:
    """Say in words what the disk did not take, wherever in the block it was; for `with`, or a function.

    Args:
        words: what happened, what holds, what to do.

    Raises:
        Refused: the system reported an error of a file.
    """
    try:
        yield
    except OSError as error:
        raise Refused(*words) from error


def not_saved(error: Exception, folder: Path | None = None) -> NotSaved:
    """Say in words why a save failed; a full disk is named, whatever the error calls it.

    Args:
        error: of the driver.
        folder: of the ward, where it is known.
    """
    if isinstance(error, ServerFault):
        from bedside.store.server_refusals import not_saved_on_server

        return not_saved_on_server(error)
    name = getattr(error, "sqlite_errorname", None) or ""
    full = _full_disk(folder) if name.startswith(_DISK) else ""
    if full:
        return NotSaved(full)
    for start, words in _SAVE_WORDS.items():
        if name.startswith(start):
            return NotSaved(words)
    return NotSaved(_SAVE_UNKNOWN)
