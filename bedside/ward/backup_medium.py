"""Whether a second medium still has room for a copy, and whether its setting was lost in a restore."""

import os
import shutil
from pathlib import Path

from bedside.store.copy_folders import Copy
from bedside.ward.ward import Ward

SHORT = "Second medium full"
READ_ONLY = "Second medium to read only"
NONE_SET = "No second medium set"
NONE_SET_WORDS = (
    "This ward was restored without what it held before, its settings too: set where copies go."
)
_SPARE = 64 * 1024  # bytes: a copy's note and its folders


def is_full(above: Path | None, here: Copy | None, there: Copy | None) -> bool:
    """Whether the last copy is not on the medium, and would not fit on it.

    Args:
        above: this ward's folder of copies on the medium; None while it is not there.
        here: the last good copy on this computer.
        there: the last good copy on the medium.
    """
    if above is None or here is None or (there is not None and there.name >= here.name):
        return False
    return lacks_room(above, here.size)


def lacks_room(above: Path, size: int) -> bool:
    """Whether a copy of so many bytes does not fit into a folder."""
    try:
        return shutil.disk_usage(above).free < size + _SPARE
    except OSError:
        return False


def full_words(above: Path, size: int) -> str:
    """What to do about a full medium.

    Args:
        above: this ward's folder of copies on it.
        size: bytes that a copy needs.
    """
    free = shutil.disk_usage(above).free
    return (
        f"The second medium is FULL: {_megabytes(free)} free, a copy needs {_megabytes(size)}. Make room "
        "on it, or set another; until then copies go to this computer only."
    )


def is_read_only(above: Path) -> bool:
    """Whether nothing can be written to the medium: its write protection is on, or it is failing."""
    return not os.access(above, os.W_OK)


def read_only_words(folder: str) -> str:
    """What to do about a medium that takes nothing.

    Args:
        folder: the second medium, as the site has set it.
    """
    return (
        f"The second medium can only be read ({folder}): take its write protection off, or set another; "
        "until then copies go to this computer only."
    )


def was_read_from_nothing(ward: Ward) -> bool:
    """Whether the ward was put back to a copy while nothing could be read of what it replaced."""
    with ward.store.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT 1 FROM ward_restore WHERE reading = 'not read' LIMIT 1"
        ).fetchall()
    return bool(rows)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
