"""Whether the last session ended with something typed and not recorded: a count and a time, never a word of it."""

import os
from contextlib import suppress
from pathlib import Path

from bedside.units.dates import write_date_time
from bedside.ward.ward import Ward

_NAME = "drafts.txt"
_LONGEST = 60


def note_drafts(ward: Ward, count: int) -> None:
    """Note beside the ward's file how many drafts there are; none, or a clean end, takes the note away.

    A folder that cannot be written is no reason to stop anybody's work: the note is then missing.
    """
    path = _path(ward)
    with suppress(OSError):
        if not count:
            path.unlink(missing_ok=True)
            return
        words = f"{count} draft{'s' if count > 1 else ''}, {write_date_time(ward.now())}"
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(opened, "w", encoding="utf-8") as file:
            file.write(words)


def left_by_last_session(ward: Ward) -> str:
    """Return how many drafts the last session had when it broke off, and since when; "" after a clean end."""
    try:
        words = _path(ward).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""
    return words[:_LONGEST].strip()


def _path(ward: Ward) -> Path:
    return ward.store.folder / _NAME
