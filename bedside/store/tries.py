"""Wrong tries at a ward's passphrase: each makes the next wait longer, also after a new start.

One second after the first, then twice as long each time, up to a minute: it stops nobody who is
patient (argon2id does that), but a colleague at an unwatched keyboard. It never locks the ward for
good: a nurse who remembers the passphrase at last gets in.
"""

import json
import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from bedside.store.ways import utc_text
from bedside.units.refusal import Refused

NAME = "ward.tries"
LONGEST_S = 60


class TooSoon(Refused):
    """The wait after wrong tries is not over.

    Args:
        wait_s: the seconds that are left.
    """

    def __init__(self, wait_s: int) -> None:
        self.wait_s = wait_s
        unit = "second" if wait_s == 1 else "seconds"
        super().__init__(
            f"Wait {wait_s} {unit} before the next try. Nothing was tried, and nothing is lost."
        )


def wait_s(folder: Path, now: datetime) -> int:
    """The whole seconds that are left to wait; 0 for none.

    A clock that was put back never makes the wait longer than it was at its beginning.
    """
    wrong, at = _read(folder)
    if wrong == 0 or at is None:
        return 0
    whole = delay_s(wrong)
    passed = max(timedelta(), now - at).total_seconds()
    return max(0, -int(-(whole - passed) // 1))


def delay_s(wrong: int) -> int:
    """How long to wait after so many wrong tries, in seconds."""
    return 0 if wrong <= 0 else min(LONGEST_S, 1 << min(wrong - 1, 10))


def begin_try(folder: Path, now: datetime) -> int:
    """Count a try before it is made, so that ending the program in its midst does not undo it.

    Returns:
        How many wrong tries there have been, with this one.

    Raises:
        TooSoon: the wait is not over.
    """
    left = wait_s(folder, now)
    if left:
        raise TooSoon(left)
    wrong = _read(folder)[0] + 1
    with suppress(OSError):  # on a medium that can only be read nothing is counted
        file = os.open(folder / NAME, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(file, "w", encoding="utf-8") as opened:
            json.dump({"wrong": wrong, "at": utc_text(now)}, opened)
    return wrong


def forget(folder: Path) -> None:
    """The ward was opened: the next wrong try is the first again."""
    with suppress(OSError):
        (folder / NAME).unlink(missing_ok=True)


def _read(folder: Path) -> tuple[int, datetime | None]:
    try:
        kept = json.loads((folder / NAME).read_text(encoding="utf-8"))
        wrong, at = int(kept["wrong"]), datetime.fromisoformat(kept["at"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return 0, None
    return (wrong, at) if at.utcoffset() is not None and wrong > 0 else (0, None)
