"""How copies of a ward lie on a medium: written down to it, read back, listed, checked, thinned.

A copy is a folder of its own: the ward's file, its key file (`bedside.store.keys.NAME`) where it has
one, and a note of what it holds with a digest of each file, by which a single spoilt bit is found later.
Of a large ward it may hold the last whole copy and what changed since (`bedside.store.parts`).
Whatever is written gets its name only when it is whole. On a second medium files are written byte by
byte and read back from there: no database is opened on it, so a drive of the network will do.
"""

import hashlib
import os
import shutil
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from bedside.store.audit import Head
from bedside.store.folders import flush_folder
from bedside.store.opening import FILE
from bedside.store.parts import BASE, PAGES, PARTS, digest_over, digests_of, read_from_medium
from bedside.store.thinning import ALL_OF, Kept, to_keep
from bedside.store.troubles import CopyDamaged, NotSaved
from bedside.store.ways import utc_text

NOTE = "copy.json"
MAKING = ".making-"
IN_PARTS = "parts:"  # before a digest over those of a file's parts
_GOING = ".going-"
_DAMAGED = "damaged-"
_BLOCK = 1 << 20
_LONGEST_NOTE = 1 << 22  # bytes; one of ours has some thousand
_SCARCE = 5  # with room for fewer copies than this, the two days of all copies are thinned, too
_SCARCE_ALL_OF = timedelta(hours=2)


class Base(Struct, frozen=True):
    """The whole copy of a large ward that a copy of what changed since lies on."""

    made_at: datetime
    number: int


class Laid(Struct, frozen=True):
    """What was laid into the folder of a copy that is being made, and proved.

    Args:
        head: the end of the trail that it holds.
        counts: how many records of each table.
        files: sha-256 of each file of the ward itself.
        base: the whole copy that it lies on; None for a whole one.
        checked_at: of a large ward, when SQLite last checked all its pages for a copy.
    """

    head: Head
    counts: dict[str, int]
    files: dict[str, str]
    base: Base | None
    checked_at: datetime | None = None


class CopyNote(Struct, frozen=True):
    """What a copy holds, as it was when it was proved."""

    number: int  # which of all copies of this ward, counted up whatever the clock says
    made_at: datetime
    why: str
    schema: str
    ward_id: str
    demonstration: bool
    records: int
    infants: int
    seq: int
    head: str
    last_saved: str  # as the store writes times, "" for an empty ward
    files: dict[str, str]  # sha-256 of each file; see `has_digest`
    counts: dict[str, int] = {}  # how many records of each table
    base: Base | None = None  # the whole copy that it lies on; None for a whole one
    checked_at: datetime | None = None  # of a large ward, when SQLite last checked all its pages

    @property
    def whole_at(self) -> datetime:
        """When the whole copy was made that it is or lies on."""
        return self.made_at if self.base is None else self.base.made_at


class Copy(Struct, frozen=True):
    """A copy as it lies on a medium; ``note`` is None where it cannot be read."""

    folder: Path
    note: CopyNote | None
    size: int

    @property
    def name(self) -> str:
        """Its folder's name: when it was made."""
        return self.folder.name

    @property
    def file(self) -> Path:
        """The ward's file in it; of a copy of what changed, that of the whole copy below it."""
        return ward_file_in(self.folder)

    @property
    def is_damaged(self) -> bool:
        """It was found damaged and set aside."""
        return self.name.startswith(_DAMAGED)


def carry(copy: Copy, above: Path) -> Copy:
    """Write a copy to another medium, and read it back from there.

    Args:
        copy: a copy that was proved.
        above: the folder of copies on the other medium; it must exist.

    Raises:
        NotSaved: the medium did not take it, or gives back something else; nothing of it is left.
    """
    if copy.note is None:
        raise NotSaved("This copy cannot be read: it is not carried on.")
    making = above / f"{MAKING}{os.getpid()}-{copy.name}"
    try:
        clear(above)
        making.mkdir(mode=0o700)
        for name, digest in copy.note.files.items():
            if copy.note.base is not None and _link(copies_in(above), name, digest, making):
                continue  # it was carried with an earlier copy, and read back then
            write_through(copy.folder / name, making / name)
            if not has_digest(making / name, digest, from_medium=True):
                raise NotSaved("The second medium gives back something else than was written.")
        write_note(making, copy.note)
        return name_copy(making, above / copy.name)
    except OSError as error:
        raise NotSaved(f"The copy could not be written to {above}.") from error
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _link(there: list[Copy], name: str, digest: str, making: Path) -> bool:
    """Give a file that a copy there has already a second name; whether that could be done."""
    for copy in there:
        files = {} if copy.note is None else copy.note.files
        for theirs, digest_there in files.items():
            if digest_there == digest and theirs in (FILE, BASE, PARTS):
                with suppress(OSError):
                    os.link(copy.folder / theirs, making / name)
                    return True
    return False


def ward_file_in(folder: Path) -> Path:
    """The ward's file in the folder of a ward or a copy; see `Copy.file`."""
    return (
        folder / FILE if (folder / FILE).exists() or not (folder / BASE).exists() else folder / BASE
    )


def copies_in(above: Path) -> list[Copy]:
    """The copies in a folder of copies, the last made first; none where there is no folder."""
    with suppress(OSError):
        found = [_read(path) for path in above.iterdir() if not path.name.startswith(".")]
        copies = [copy for copy in found if copy is not None]
        return sorted(copies, key=_order, reverse=True)
    return []


def check_copy(copy: Copy) -> CopyNote:
    """Read every byte of a copy again and compare it with what was proved.

    Raises:
        Damaged: something of it is missing or not as it was.
    """
    note = copy.note
    if note is None or not (FILE in note.files or {BASE, PAGES} <= note.files.keys()):
        raise CopyDamaged(copy.name, "it does not say what it holds.")
    for name, digest in note.files.items():
        try:
            same = has_digest(copy.folder / name, digest, from_medium=True)
        except OSError:
            same = False
        if not same:
            raise CopyDamaged(copy.name, "it is not as it was when it was made.")
    return note


def set_aside(copy: Copy) -> None:
    """Rename a damaged copy, so that it never counts as good again; it is not deleted."""
    with suppress(OSError):
        copy.folder.rename(copy.folder.with_name(f"{_DAMAGED}{copy.name}"))


def thin(above: Path, now: datetime) -> int:
    """Remove the copies that are not kept; return how many were removed."""
    copies = copies_in(above)
    kinds = [kept_as(copy) for copy in copies if copy.note is not None]
    kept = to_keep(kinds, now, _all_of(above, copies))
    gone = [copy for copy in copies if copy.note is not None and copy.name not in kept]
    for copy in gone:
        with suppress(OSError):
            aside = copy.folder.with_name(f"{_GOING}{copy.name}")
            copy.folder.rename(aside)  # a half-removed one is never taken for a copy
            shutil.rmtree(aside, ignore_errors=True)
    return len(gone)


def kept_as(copy: Copy) -> Kept:
    """A copy as `to_keep` wants it."""
    if copy.note is None:
        raise ValueError("a copy that cannot be read is neither kept nor thinned")
    return Kept(copy.name, copy.note.made_at, copy.note.number, good=True)


def highest_number(*above: Path) -> int:
    """The highest number of a copy in some folders of copies; 0 for none."""
    notes = [copy.note for place in above for copy in copies_in(place)]
    return max((note.number for note in notes if note is not None), default=0)


def clear(above: Path) -> None:
    """Take away what an interrupted copy or thinning left behind."""
    for pattern in (f"{MAKING}*", f"{_GOING}*"):
        for path in above.glob(pattern):
            shutil.rmtree(path, ignore_errors=True)


def digest_of(path: Path, *, from_medium: bool = False) -> str:
    """The sha-256 of a file.

    Args:
        path: the file.
        from_medium: not what the system still holds in memory of it, where it lets us say so.
    """
    found = hashlib.sha256()
    if from_medium:
        read_from_medium(path)
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def has_digest(path: Path, digest: str, *, from_medium: bool = False) -> bool:
    """Whether a file is, byte for byte, what its note says.

    Args:
        path: the file.
        digest: its SHA-256; of a large one `IN_PARTS` and the SHA-256 over those of its parts,
            which two cores work out in half the time.
        from_medium: as `digest_of`.

    Raises:
        OSError: it cannot be read.
    """
    if digest.startswith(IN_PARTS):
        parts = digests_of(path, from_medium=from_medium)
        return IN_PARTS + digest_over(parts) == digest
    return digest_of(path, from_medium=from_medium) == digest


def stamp(at: datetime) -> str:
    """A moment as the name of a copy: 20261120T184500Z."""
    return "".join(letter for letter in utc_text(at)[:19] if letter.isalnum()) + "Z"


def write_note(making: Path, note: CopyNote) -> None:
    """Write what a copy holds beside it."""
    path = making / NOTE
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    path.write_bytes(msgspec.json.format(msgspec.json.encode(note), indent=1))
    flush_file(path)
    flush_folder(making)


def name_copy(making: Path, target: Path) -> Copy:
    """Give a proved copy its name; two of one second get a number."""
    number, free = 1, target
    while free.exists():
        number += 1
        free = target.with_name(f"{target.name}-{number}")
    making.rename(free)
    flush_folder(free.parent)
    made = _read(free)
    if made is None:
        raise NotSaved("The copy is not there after it was made: look after this disk.")
    return made


def _read(folder: Path) -> Copy | None:
    """A copy as it lies there; None for what is no copy."""
    file, note = ward_file_in(folder), folder / NOTE
    if not file.is_file() and not note.is_file():
        return None
    found: CopyNote | None = None
    with suppress(OSError, msgspec.DecodeError, RecursionError):  # of whatever lies on a stick
        if not folder.name.startswith(_DAMAGED) and note.stat().st_size <= _LONGEST_NOTE:
            found = msgspec.json.decode(note.read_bytes(), type=CopyNote)
    size = 0
    with suppress(OSError):
        size = file.stat().st_size
    return Copy(folder, found, size)


def _order(copy: Copy) -> tuple[int, str]:
    return (0 if copy.note is None else copy.note.number, copy.name)


def write_through(source: Path, target: Path) -> None:
    """Write a file for this user alone, down to the medium."""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with source.open("rb") as read, os.fdopen(descriptor, "wb") as written:
        shutil.copyfileobj(read, written, _BLOCK)
        written.flush()
        os.fsync(written.fileno())


def flush_file(path: Path) -> None:
    """Bring a written file down to its medium."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _all_of(above: Path, copies: list[Copy]) -> timedelta:
    """For how long every copy is kept: two days, less where the medium has little room left."""
    if not copies:
        return ALL_OF
    try:
        free = shutil.disk_usage(above).free
    except OSError:
        return ALL_OF
    return ALL_OF if free > _SCARCE * copies[0].size else _SCARCE_ALL_OF
