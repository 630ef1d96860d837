"""What lies readable beside an encrypted ward: the plain ward it was made from, and plain copies of it.

It is listed, and removed only when a person says so, and never before an encrypted copy was proved
where plain ones are removed. Removing a file does not wipe the disk under it; that is said, too.
"""

import shutil
from pathlib import Path

from msgspec import Struct

from bedside.store.copy_folders import check_copy, copies_in
from bedside.store.folders import flush_folder
from bedside.store.keys import PLAIN_MARK, has_keys, mark_in
from bedside.store.opening import BACKUPS, FILE
from bedside.store.troubles import Damaged
from bedside.units.refusal import Refused

_REPLACED = "replaced-"
_BEFORE = "before-*.sqlite3"


class PlainLeft(Struct, frozen=True):
    """What of a ward can be read without its key.

    Args:
        wards: folders of wards that were replaced.
        copies: folders of copies, and single files of copies made before an upgrade.
    """

    wards: tuple[Path, ...]
    copies: tuple[Path, ...]

    @property
    def everything(self) -> tuple[Path, ...]:
        """All of it."""
        return (*self.wards, *self.copies)


def plain_left(folder: Path, *above: Path) -> PlainLeft:
    """What lies readable in a ward's folder, and in folders of copies elsewhere.

    Args:
        folder: the ward's folder.
        above: folders of its copies on other media.
    """
    wards = tuple(sorted(each for each in folder.glob(f"{_REPLACED}*") if _is_plain(each / FILE)))
    copies: list[Path] = []
    for place in (folder / BACKUPS, *above):
        copies += (copy.folder for copy in copies_in(place) if _is_plain(copy.file))
        copies += (each for each in place.glob(_BEFORE) if mark_in(each) == PLAIN_MARK)
    return PlainLeft(wards, tuple(sorted(copies)))


def remove_plain(folder: Path, *above: Path) -> PlainLeft:
    """Remove what lies readable; returns what was removed.

    Args:
        folder: the ward's folder.
        above: folders of its copies on other media.

    Raises:
        Refused: the ward is plain itself, a folder has no good encrypted copy yet, or the disk did
            not let go of something.
    """
    if not has_keys(folder) or mark_in(folder / FILE) == PLAIN_MARK:
        raise Refused("This ward's own file is plain: nothing was removed. Encrypt it first.")
    found = plain_left(folder, *above)
    for place in (folder / BACKUPS, *above):
        if any(place in path.parents for path in found.copies):
            _need_encrypted_copy(place)
    for path in found.everything:
        try:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
            flush_folder(path.parent)
        except OSError as error:
            raise Refused(f"{path} could not be removed: {error.strerror}.") from error
    return found


def _need_encrypted_copy(place: Path) -> None:
    for copy in copies_in(place):
        if copy.note is None or mark_in(copy.file) == PLAIN_MARK:
            continue
        try:
            check_copy(copy)
        except Damaged:
            continue
        return
    raise Refused(
        f"There is no good encrypted copy in {place} yet: nothing was removed. Back up first."
    )


def _is_plain(file: Path) -> bool:
    return mark_in(file) == PLAIN_MARK
