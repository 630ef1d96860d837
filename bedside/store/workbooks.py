"""The NCI workbooks that a ward has loaded: files beside its own, which its copies take along.

In the ward's folder they lie in a folder of their own; in a copy beside its file, since a copy is
one flat folder whose note knows each file by its digest. A restore puts those into the ward's folder
that are not there; none is ever replaced or removed, for the record holds the digest of the one it
means.
"""

from contextlib import suppress
from pathlib import Path

from bedside.store.folders import flush_folder

FOLDER = "ctcae"
_PATTERN = "ctcae-*.xlsx"


def workbook_at(folder: Path, name: str) -> Path:
    """Where a workbook lies: in the ward's own folder of them, or beside the file of a copy."""
    beside = folder / name
    return beside if beside.is_file() else folder / FOLDER / name


def lay_workbooks_beside(folder: Path, making: Path) -> None:
    """Write a ward's workbooks into a copy that is being made; one that cannot be read is left out.

    A copy without a workbook is a good copy: its digest says at once that it has to be loaded again.
    """
    for path in sorted((folder / FOLDER).glob(_PATTERN)):
        target = making / path.name
        try:
            write_beside(path, target)
        except OSError:
            with suppress(OSError):
                target.unlink(missing_ok=True)


def write_beside(source: Path, target: Path) -> None:
    """Write one workbook into a copy, through to the medium."""
    from bedside.store.copy_folders import write_through  # copies are long after the first paint

    write_through(source, target)


def take_workbooks(prepared: Path, folder: Path) -> None:
    """Put the workbooks of a prepared ward into the ward's folder, where they are not there yet."""
    found = sorted(prepared.glob(_PATTERN))
    if not found:
        return
    own = folder / FOLDER
    own.mkdir(mode=0o700, exist_ok=True)
    for path in found:
        if not (own / path.name).exists():
            path.replace(own / path.name)
    flush_folder(own)
