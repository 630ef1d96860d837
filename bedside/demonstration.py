"""The demonstration ward in its folder: opened, or made now where there is none."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bedside.app import open_ward
from bedside.units.refusal import Refused
from bedside.ward.ward import Ward


def make_demonstration_ward(folder: Path, clock: Callable[[], datetime]) -> Ward:
    """Open the demonstration ward in a folder, made now if the folder has none.

    It is made beside the folder and moved there when it is complete: a half-made one is never left.

    Raises:
        Refused: the folder holds something else, a real ward above all.
    """
    if not folder.exists() or not any(folder.iterdir()):
        _make(folder, clock)
    ward = open_ward(folder, clock, create=False)
    if not ward.demonstration:
        ward.store.close()
        raise Refused(
            f"{folder} holds a ward that is no demonstration: nothing was changed. "
            "Choose an empty folder for the demonstration."
        )
    return ward


def _make(folder: Path, clock: Callable[[], datetime]) -> None:
    import shutil

    from bedside.ward.demonstration import make_demonstration
    from bedside.ward.demonstration_today import MovableClock

    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    movable = MovableClock(clock())
    ward = open_ward(part, movable, create=True, demonstration=True)
    try:
        make_demonstration(ward, movable)
    except BaseException:
        ward.store.close()
        shutil.rmtree(part, ignore_errors=True)
        raise
    ward.store.close()
    if folder.exists():
        folder.rmdir()
    part.rename(folder)
