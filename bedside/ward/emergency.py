"""The last good copy of a ward that cannot be opened, to be read and printed only, marked as such."""

import atexit
import shutil
from datetime import datetime, tzinfo
from pathlib import Path
from tempfile import mkdtemp

from bedside.papers.standing import REPLACED
from bedside.store.copy_folders import check_copy, copies_in, set_aside
from bedside.store.opening import BACKUPS, FILE
from bedside.store.replaced import replaced_at
from bedside.store.restoring import lay_out
from bedside.store.troubles import Damaged, NotSaved
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused
from bedside.ward.backup import HERE, copy_at, last_copy, lines_of
from bedside.ward.views.backup import CopyLine
from bedside.ward.ward import fixed


def copy_to_read(folder: Path, above: Path | None = None) -> CopyLine | None:
    """The last good copy, every byte of it checked; a damaged one is set aside and the next taken.

    Args:
        folder: the ward's folder.
        above: another folder of copies, on the second medium.

    Returns:
        None where there is no good copy.
    """
    place = above or folder / BACKUPS
    while (last := last_copy(copies_in(place))) is not None:
        try:
            check_copy(last)
        except Damaged:
            set_aside(last)
            if last.folder.exists():
                return None  # it cannot be set aside: this medium takes nothing
            continue
        lines = lines_of(place, HERE if above is None else str(above))
        return next(line for line in lines if line.folder == last.folder)
    return None


def made_at(folder: Path) -> datetime:
    """When a copy was made, in UTC; its file is checked first.

    Raises:
        Damaged: the copy is not as it was when it was made.
    """
    return check_copy(copy_at(folder)).made_at


def emergency_words(made: datetime, zone: tzinfo) -> str:
    """What every page and paper of an opened copy says.

    Args:
        made: when the copy was made, aware.
        zone: the ward's own: its clock and papers show no other.
    """
    return f"EMERGENCY COPY of {write_date_time(fixed(made.astimezone(zone)))}, READ-ONLY"


def replaced_words(folder: Path, zone: tzinfo) -> str:
    """What every page and paper of a ward says that a restore has put aside, by the ward's own clock."""
    at = replaced_at(folder)
    when = "" if at is None else f" {write_date_time(fixed(at.astimezone(zone)))}"
    return f"{REPLACED}, put aside by a restore{when}, READ-ONLY"


def folder_to_open(copy_folder: Path) -> Path:
    """The folder in which a copy can be opened to be read: its own, where it is a whole one.

    A copy of what changed in a large ward is put together in a folder of its own, for this user
    alone; it is taken away when the program ends.

    Args:
        copy_folder: the folder of the copy, checked already.

    Raises:
        Damaged: the whole copy and what changed since do not make what was copied.
        NotSaved: this computer has no room for it.
    """
    copy = copy_at(copy_folder)
    if copy.note is None or copy.file.name == FILE:
        return copy_folder
    target = Path(mkdtemp(prefix="bedside-copy-"))
    atexit.register(shutil.rmtree, target, ignore_errors=True)
    try:
        lay_out(copy_folder, copy.note, target)
    except OSError as error:
        raise NotSaved(f"The copy could not be put together in {target}.") from error
    return target


def copies_on(chosen: Path) -> Path:
    """The folder of copies that a person means who chooses a medium.

    Args:
        chosen: the medium, a ward's own folder on it, or its folder of copies.

    Raises:
        Refused: no copies lie there, or those of several wards.
    """
    places = [chosen, chosen / "copies", *(own / "copies" for own in chosen.glob("bedside-*"))]
    found = [place for place in places if copies_in(place)]
    if not found:
        raise Refused(
            f"There are no copies of a ward in {chosen}. Choose the medium, or its folder bedside-…."
        )
    if len(found) > 1:
        names = ", ".join(sorted(place.parent.name for place in found))
        raise Refused(f"Copies of several wards lie there: choose the folder of yours ({names}).")
    return found[0]
