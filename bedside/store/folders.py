"""The folder in which a ward lies: made for this user alone, its names brought down to the disk.

A new folder's own name stands in the folder above it, and a power cut may take it, with everything
in it, until that one was brought down, too.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path

from bedside.store.disk import check_writable
from bedside.units.refusal import Refused


def flush_folder(folder: Path) -> None:
    """Make new names in a folder durable (not needed, nor possible, on Windows)."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder for this user alone, and those above it; none of them is lost to a power cut.

    Raises:
        OSError: it cannot be made.
    """
    if folder.is_dir():
        return
    if not folder.parent.is_dir():
        make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    with suppress(
        OSError
    ):  # a folder above that may not be read is brought down by the system alone
        flush_folder(folder.parent)


def nearest_folder(folder: Path) -> Path:
    """The folder, or the nearest one above it that exists."""
    found = folder.absolute()
    while not found.exists() and found != found.parent:
        found = found.parent
    return found


def make_ward_folder(folder: Path) -> bool:
    """Make a ward's folder for this user alone; whether it was made now.

    Raises:
        Refused: there is a file of this name, or no right to make a folder there.
    """
    if folder.is_dir():
        if not any(folder.iterdir()):
            with suppress(OSError):  # an empty folder becomes the ward's own
                folder.chmod(0o700)
        return False
    if folder.exists():
        raise Refused(f"{folder} is a file: a ward needs a folder. Choose another name.")
    check_writable(nearest_folder(folder))
    make_folder(folder)
    return True


def make_ward_file(path: Path) -> None:
    """Make a ward's file for this user alone, or take the rights of others on it away."""
    if not path.exists():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        flush_folder(path.parent)
    elif sys.platform != "win32" and path.stat().st_mode & 0o077:
        with suppress(OSError):
            path.chmod(0o600)


def remove_empty(folder: Path) -> None:
    """Leave nothing behind where no ward could be made."""
    with suppress(OSError):
        for leftover in folder.iterdir():
            leftover.unlink()
        folder.rmdir()
