"""What of a ward's keys was begun and not ended, as an empty file beside the ward's own.

A recovery code is worth something once its printed sheet was read back. Whoever ends the program at
that page, and whoever ends it while the key is changed, would never be told. A file is laid before
the work begins and taken away when it has ended; it holds nothing, and no copy takes it along.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from bedside.store.folders import flush_folder

Begun = Literal["recovery sheet", "key change"]
_NAMES: dict[Begun, str] = {
    "recovery sheet": "recovery-sheet.open",
    "key change": "key-change.open",
}


def begin(folder: Path, what: Begun) -> None:
    """Say that something has begun; durable before anything of it is done."""
    (folder / _NAMES[what]).touch(mode=0o600)
    flush_folder(folder)


def end(folder: Path, what: Begun) -> None:
    """It has ended: the sheet was read back, or the keys are as they were or as they should be."""
    with suppress(OSError):
        (folder / _NAMES[what]).unlink(missing_ok=True)


@contextmanager
def beginning(folder: Path, what: Begun) -> Iterator[None]:
    """Begin something; where it is refused, or fails, it is as if it had not begun."""
    before = what in unended(folder)
    begin(folder, what)
    try:
        yield
    except Exception:
        if not before:
            end(folder, what)
        raise


def unended(folder: Path) -> tuple[Begun, ...]:
    """Everything that was begun and has not ended."""
    return tuple(what for what, name in _NAMES.items() if (folder / name).exists())
