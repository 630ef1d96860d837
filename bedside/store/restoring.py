"""Putting a copy in a ward's place: prepared beside it, ordered by one file, finished whatever happens.

Until the order is there the old ward is whole; from then on every opening first finishes what was
ordered, and each step of it may be repeated after a kill or a power cut. The old ward is moved into
a folder of its own, marked as replaced, where it can be read: nothing is deleted.
"""

import shutil
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from bedside.store.at_rest import NAME as REST
from bedside.store.bookmark import NAME as BOOKMARK
from bedside.store.copy_folders import (
    Copy,
    CopyNote,
    check_copy,
    flush_file,
    has_digest,
    stamp,
    write_through,
)
from bedside.store.folders import flush_folder
from bedside.store.key_file import copy_key_file, heal
from bedside.store.keys import NAME, SPARE
from bedside.store.opening import FILE, ORDER
from bedside.store.parts import BASE, PAGES, PARTS, PartsWrong, put_together
from bedside.store.replaced import FOLDER as _REPLACED
from bedside.store.replaced import mark_replaced
from bedside.store.running import NAME as RUNNING
from bedside.store.troubles import CopyDamaged, Damaged, NotSaved
from bedside.store.workbooks import take_workbooks

RESTORED = "restored this ward from a copy"  # the act by which a restored ward says that it is one
_PREPARED = "restoring-"
_BESIDE = (f"{FILE}-wal", f"{FILE}-shm", f"{FILE}-journal", REST, RUNNING, SPARE)
NOT_ORDERED = (
    "The disk did not take the restored ward: nothing was put in place. The ward is as it was. Look "
    "after this disk, then restore again."
)


class Order(Struct, frozen=True):
    """What is put in the ward's place, and where the old ward goes: folders inside the ward's."""

    prepared: str
    aside: str
    keys: bool = False  # whether it brings a key file
    bookmark: bool = False  # whether it brings a bookmark


def prepare(copy: Copy, folder: Path, at: datetime) -> Path:
    """Write a copy out as a ward in a new folder beside the ward's file.

    Args:
        copy: the copy; every byte of it is checked.
        folder: the ward's folder.
        at: now (aware).

    Returns:
        The new folder, to be opened like any ward.

    Raises:
        Damaged: the copy is not as it was when it was made.
        NotSaved: the disk did not take it; nothing is left of it.
    """
    note = check_copy(copy)
    target = _free(folder / f"{_PREPARED}{stamp(at)}")
    try:
        for leftover in folder.glob(f"{_PREPARED}*"):
            shutil.rmtree(leftover, ignore_errors=True)  # of a restore that nobody confirmed
        target.mkdir(mode=0o700)
        lay_out(copy.folder, note, target)
    except OSError as error:
        shutil.rmtree(target, ignore_errors=True)
        raise NotSaved(f"The copy could not be written to {folder}.") from error
    except (NotSaved, Damaged):
        shutil.rmtree(target, ignore_errors=True)
        raise
    return target


def lay_out(copied: Path, note: CopyNote, target: Path) -> None:
    """Write the files of a copy as a ward's into an empty folder, down to the disk.

    Args:
        copied: the copy's folder.
        note: what it holds.
        target: the folder.

    Raises:
        Damaged: the whole copy and what changed since do not make what was copied.
        NotSaved: the disk gives back something else than was written.
        OSError: the disk did not take it.
    """
    for name, digest in note.files.items():
        if name in (BASE, PAGES, PARTS):
            continue
        write_through(copied / name, target / name)
        if not has_digest(target / name, digest):
            raise NotSaved("The disk gives back something else than was written.")
    if PAGES in note.files:
        try:
            put_together(copied / BASE, copied / PAGES, target / FILE)
        except PartsWrong as error:
            raise CopyDamaged(copied.name, "it is not as it was when it was made.") from error
    flush_folder(target)


def keep_own_keys(folder: Path, prepared: Path) -> None:
    """Let a prepared ward be opened by the ward's key file of today, not by that of its copy.

    For a copy that the ward's own keys open: today's passphrase opens it after the restore.

    Raises:
        NotSaved: the disk did not take it.
    """
    try:
        copy_key_file(folder, prepared / NAME)
    except OSError as error:
        raise NotSaved(f"The copy could not be written to {folder}.") from error


def order_restore(folder: Path, prepared: Path, at: datetime) -> Path:
    """Order that a prepared ward takes the ward's place at the next opening.

    Both wards must be closed. Only the prepared ward's file and its keys are taken over.

    Returns:
        Where the old ward will lie.

    Raises:
        NotSaved: the disk did not take the order; the ward stays as it is.
    """
    try:
        return _ordered(folder, prepared, at)
    except OSError as error:
        for left in (_part(folder), folder / ORDER):
            with suppress(OSError):
                left.unlink(missing_ok=True)
        with suppress(OSError):
            flush_folder(folder)  # it must not come back with a power cut either
        raise NotSaved(NOT_ORDERED) from error


def _ordered(folder: Path, prepared: Path, at: datetime) -> Path:
    for beside in _BESIDE:
        (prepared / beside).unlink(missing_ok=True)
    aside = _free(folder / f"{_REPLACED}{stamp(at)}")
    brings = ((prepared / name).exists() for name in (NAME, BOOKMARK))
    order = Order(prepared.name, aside.name, *brings)
    part = _part(folder)
    part.touch(mode=0o600)
    part.write_bytes(msgspec.json.encode(order))
    flush_file(part)
    if order.bookmark:
        flush_file(prepared / BOOKMARK)
    for path in (prepared, folder):  # whoever finds the order finds what it orders
        flush_folder(path)
    part.replace(folder / ORDER)
    flush_folder(folder)
    return aside


def _part(folder: Path) -> Path:
    return folder / f".{ORDER}.part"


def finish_restore(folder: Path) -> Path | None:
    """Finish a restore that was ordered; None where none was.

    Called under the ward's lock before its file is looked at.

    Raises:
        Damaged: the order cannot be read.
    """
    order = _order(folder)
    if order is None:
        return None
    prepared, aside = folder / order.prepared, folder / order.aside
    aside.mkdir(mode=0o700, exist_ok=True)
    mark_replaced(aside)
    flush_folder(folder)  # its own name: what is moved into it must not be lost with it
    if (prepared / FILE).exists():
        _take_over(folder, prepared, aside, order)
    if (folder / NAME).exists():
        heal(folder)  # the keys that came with the copy get their spare at once
    for path in (aside, folder):
        flush_folder(path)
    (folder / ORDER).unlink()
    flush_folder(folder)
    shutil.rmtree(prepared, ignore_errors=True)
    return aside


def _take_over(folder: Path, prepared: Path, aside: Path, order: Order) -> None:
    """Move the old ward's parts aside and the new one's in, the file last; each step may be repeated."""
    for name in _BESIDE:  # before the file: an old log must never meet a new file
        _move(folder / name, aside / name)
    if (prepared / NAME).exists():
        _exchange(folder / NAME, aside / NAME, prepared / NAME)
    elif not order.keys:  # a plain ward: the old one's keys go with the old one
        _move(folder / NAME, aside / NAME)
    if (prepared / BOOKMARK).exists():
        _exchange(folder / BOOKMARK, aside / BOOKMARK, prepared / BOOKMARK)
    elif not order.bookmark:
        _move(folder / BOOKMARK, aside / BOOKMARK)
    take_workbooks(prepared, folder)
    # a power cut may keep a later move and lose an earlier one: whoever finds the new file in the
    # ward's place finds its keys there, too, and no log of the old one
    for path in (prepared, folder):
        flush_folder(path)
    _exchange(folder / FILE, aside / FILE, prepared / FILE)
    for path in (prepared, folder):  # else what follows were done, and all above done again
        flush_folder(path)


def _order(folder: Path) -> Order | None:
    path = folder / ORDER
    if not path.exists():
        return None
    try:
        order = msgspec.json.decode(path.read_bytes(), type=Order)
    except (OSError, msgspec.DecodeError, RecursionError) as error:
        raise Damaged("a restore that was begun cannot be read.") from error
    for name, start in ((order.prepared, _PREPARED), (order.aside, _REPLACED)):
        if not name.startswith(start) or Path(name).name != name:
            raise Damaged("a restore that was begun cannot be read.")
    return order


def _exchange(here: Path, aside: Path, new: Path) -> None:
    """Move the old one aside, once, and the new one in."""
    if not aside.exists():
        _move(here, aside)
    flush_folder(aside.parent)
    new.replace(here)


def _move(path: Path, target: Path) -> None:
    if path.exists():
        path.replace(target)


def _free(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}-{number}")
    return free
