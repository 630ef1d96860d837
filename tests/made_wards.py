"""Demonstration wards for tests: each is made once in a test run, closed, and copied.

Making one tells the whole stories of nine infants through the ward's own doors, which takes seconds.
The workers of a run, and the programs that their tests start, share what one of them made.
"""

import os
import shutil
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bedside.demonstration import make_demonstration_ward
from bedside.ward.demonstration_today import MovableClock

SHARED = "BEDSIDE_MADE_WARDS"  # names the folder of a test run: `tests/conftest.py`


def copy_demonstration(now: datetime, folder: Path) -> Path:
    """Lay a demonstration ward made at a moment into a folder that is not there yet.

    Outside a test run it is made there.

    Args:
        now: the aware moment it is made at; the same one is made once.
        folder: where it is to lie.

    Returns:
        The folder, with a ward that is closed.
    """
    if SHARED not in os.environ:
        return _make(now, folder)
    made = Path(os.environ[SHARED], f"{now:%Y%m%dT%H%M%S.%f%z}-{now.tzinfo}".replace("/", "_"))
    if not made.exists():
        above = Path(tempfile.mkdtemp(dir=made.parent))
        with suppress(OSError):  # another worker was quicker: one is as good as the other
            _make(now, above / "ward").rename(made)
    shutil.copytree(made, folder)
    return folder


def _make(now: datetime, folder: Path) -> Path:
    make_demonstration_ward(folder, MovableClock(now)).store.close()
    return folder
