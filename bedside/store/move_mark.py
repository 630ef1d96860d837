"""The mark in a workstation's folder that its ward is being moved to a server, or lies there now.

From the moment a move begins nobody records in the ward's own file any more: two living wards would
each get a part of what happens, and neither would know. The mark names the server without a secret.
"""

import os
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.json import decode, encode

from bedside.units.refusal import Refused

NAME = "ward.move"


class MoveMark(Struct, frozen=True):
    """How far a ward's move is.

    Attributes:
        to: the server, as a person reads it.
        head: the newest seal of the ward's file.
        state: "begun" until the server keeps everything, then "done".
    """

    to: str
    head: str
    state: Literal["begun", "done"]


def read_mark(folder: Path) -> MoveMark | None:
    """The mark of a folder; None where its ward was never moved.

    Raises:
        Refused: there is a mark that cannot be read.
    """
    try:
        return decode((folder / NAME).read_bytes(), type=MoveMark)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise Refused(
            f"The file {NAME} in {folder} says that this ward is moved, and cannot be read.",
            "Nothing was opened. Call whoever looks after Bedside here.",
        ) from error


def write_mark(folder: Path, mark: MoveMark) -> None:
    """Write the mark, wholly or not at all, down to the disk."""
    from bedside.store.copy_folders import flush_file
    from bedside.store.folders import flush_folder

    made = folder / f".{NAME}.new"
    made.touch(mode=0o600)
    made.write_bytes(encode(mark))
    flush_file(made)
    os.replace(made, folder / NAME)  # noqa: PTH105 (the same, and it says what it does)
    flush_folder(folder)


def take_away(folder: Path) -> None:
    """Take the mark away: the ward lives in its own file again."""
    from bedside.store.folders import flush_folder

    (folder / NAME).unlink(missing_ok=True)
    flush_folder(folder)


def refuse_moved(folder: Path) -> None:
    """Refuse a ward whose place is a server now.

    Raises:
        Refused: its move was begun or is done.
    """
    mark = read_mark(folder)
    if mark is None:
        return
    if mark.state == "begun":
        raise Refused(
            f"This ward is being moved to {mark.to}, and the move did not end.",
            "Nothing is lost: its file is whole. Give the same command once more (bedside move --to …): "
            "it goes on from there.",
        )
    raise Refused(
        f"This ward lies on a server now: {mark.to}.",
        "Set this workstation to it (BEDSIDE_STORE, or the file ward.server). What lies in this folder "
        "is its state of then, kept as it was.",
    )
