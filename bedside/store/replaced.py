"""The mark in the folder of a ward that a restore replaced: it is no living ward any more, wherever it lies.

It lies beside the file and travels with the folder. Such a ward is opened to be read only.
"""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

NAME = "ward.replaced"
FOLDER = "replaced-"  # what `bedside.store.restoring` names the folder
_STAMP = "%Y%m%dT%H%M%SZ"
_OWN_NAME = re.compile(rf"{FOLDER}(\d{{8}}T\d{{6}}Z)(-\d+)?")


def mark_replaced(folder: Path) -> None:
    """Mark the folder of a ward that is put aside; again and again does no harm.

    Raises:
        OSError: the disk did not take it.
    """
    from bedside.store.copy_folders import flush_file

    path = folder / NAME
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(opened, "w", encoding="ascii") as file:
        file.write(folder.name.removeprefix(FOLDER) + "\n")
    flush_file(path)


def is_replaced(folder: Path) -> bool:
    """Whether the ward in a folder was replaced by a restore, by its mark or by the folder's own name."""
    return (folder / NAME).exists() or bool(_OWN_NAME.fullmatch(folder.absolute().name))


def replaced_at(folder: Path) -> datetime | None:
    """When it was put aside; None where the mark does not say it."""
    try:
        said = FOLDER + (folder / NAME).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        said = folder.absolute().name
    found = _OWN_NAME.fullmatch(said)
    try:
        return None if found is None else datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
