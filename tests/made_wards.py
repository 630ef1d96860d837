"""Demonstration wards for tests: each is made once by a test process, closed, and copied.

Making one tells the whole stories of nine infants through the ward's own doors, which takes seconds.
"""

import atexit
import os
import shutil
import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path

from bedside.app import make_demonstration_ward
from bedside.ward.demonstration_today import MovableClock


@cache
def _made(now: datetime, zone: str) -> Path:
    above = Path(tempfile.mkdtemp(dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    atexit.register(shutil.rmtree, above, ignore_errors=True)
    make_demonstration_ward(above / "ward", MovableClock(now)).store.close()
    return above / "ward"


def copy_demonstration(now: datetime, folder: Path) -> Path:
    """Lay a demonstration ward made at a moment into a folder that is not there yet.

    Args:
        now: the aware moment it is made at; the same one is made once.
        folder: where it is to lie.

    Returns:
        The folder, with a ward that is closed.
    """
    shutil.copytree(_made(now, str(now.tzinfo)), folder)
    return folder
