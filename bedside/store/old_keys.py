"""Copies of a ward that are opened by what opened it earlier, and their removal.

A copy carries the key file of its day. After another passphrase, recovery code or key it still opens
by the old ones, for as long as it is kept: up to two years, on both media. Whoever changed them
because others had seen them wants those copies gone.
"""

import shutil
from pathlib import Path

from bedside.store.copy_folders import Copy, check_copy, copies_in
from bedside.store.folders import flush_folder
from bedside.store.key_file import KeyFile, read_key_file
from bedside.store.keys import has_keys
from bedside.store.opening import BACKUPS
from bedside.store.troubles import Damaged
from bedside.units.refusal import Refused

_REPLACED = "replaced-"  # what `bedside.store.restoring` names them


def opens_by_older(copy: Path, folder: Path) -> bool:
    """Whether a copy is opened by another passphrase or recovery code than the ward is now.

    Args:
        copy: the copy's folder.
        folder: the ward's folder.
    """
    if not has_keys(folder) or not has_keys(copy):
        return False
    now, then = _ways(folder), _ways(copy)
    return now is not None and then is not None and then != now


def under_old_keys(folder: Path, *above: Path) -> tuple[Copy, ...]:
    """Every copy that older keys open, here and in folders of copies on other media."""
    return tuple(
        copy
        for place in (folder / BACKUPS, *above)
        for copy in copies_in(place)
        if opens_by_older(copy.folder, folder)
    )


def replaced_under_old_keys(folder: Path) -> tuple[Path, ...]:
    """The wards that restores replaced, kept aside in the ward's folder, that older keys open."""
    found = folder.glob(f"{_REPLACED}*")
    return tuple(sorted(each for each in found if opens_by_older(each, folder)))


def remove_under_old_keys(folder: Path, *above: Path) -> tuple[Path, ...]:
    """Remove every copy and replaced ward that older keys open; a place's last good copy never goes.

    Returns:
        The folders that were removed.

    Raises:
        Refused: a place holds no good copy that only today's keys open, or the disk did not let go.
    """
    found = under_old_keys(folder, *above)
    for place in (folder / BACKUPS, *above):
        if any(copy.folder.parent == place for copy in found):
            _need_copy_of_today(place, folder)
    replaced = replaced_under_old_keys(folder)
    if replaced:
        _need_copy_of_today(folder / BACKUPS, folder)
    gone = (*(copy.folder for copy in found), *replaced)
    for each in gone:
        try:
            shutil.rmtree(each)
            flush_folder(each.parent)
        except OSError as error:
            raise Refused(f"{each} could not be removed: {error.strerror}.") from error
    return gone


def _need_copy_of_today(place: Path, folder: Path) -> None:
    """Read every byte of a copy that stays before others go."""
    for copy in copies_in(place):
        if copy.note is None or opens_by_older(copy.folder, folder):
            continue
        try:
            check_copy(copy)
        except Damaged:
            continue
        return
    raise Refused(
        f"The last good copy in {place} is opened by older keys, and no newer one is there: nothing "
        "was removed. Back up now (F11), then remove them."
    )


def _ways(folder: Path) -> tuple[object, ...] | None:
    """The ways in by passphrase and recovery code; None where the key file cannot be read."""
    try:
        content: KeyFile = read_key_file(folder)
    except Refused:
        return None
    return content.passphrase, content.recovery
