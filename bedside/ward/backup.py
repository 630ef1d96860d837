"""Copies of the ward: made here and on a second medium, listed, checked, and how old the last one is."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from bedside.store.changed import records_since
from bedside.store.copies import make_copy
from bedside.store.copy_folders import (
    Copy,
    carry,
    check_copy,
    copies_in,
    highest_number,
    kept_as,
    set_aside,
    thin,
)
from bedside.store.old_keys import opens_by_older
from bedside.store.opening import BACKUPS
from bedside.store.schema import SCHEMA
from bedside.store.thinning import last_good
from bedside.store.troubles import Damaged, NotSaved
from bedside.units.dates import age_words, write_date_time, write_time
from bedside.units.refusal import Refused
from bedside.ward.backup_medium import (
    NONE_SET,
    NONE_SET_WORDS,
    READ_ONLY,
    SHORT,
    full_words,
    is_full,
    is_read_only,
    lacks_room,
    read_only_words,
    was_read_from_nothing,
)
from bedside.ward.backup_settings import BackupSettings, backup_settings, own_folder
from bedside.ward.key_open import key_warnings
from bedside.ward.views.backup import BackUpDone, BackupState, CopyLine, MediumState
from bedside.ward.ward import Ward

HERE, SECOND = "this computer", "second medium"
_NOTHING_NEWER = ", nothing newer"
SAVES, MINUTES = 20, 5  # a copy is due after so many saves, or so long after something new


def back_up(ward: Ward, why: str, *, soon: bool = False) -> BackUpDone:
    """Make a proved copy in the ward's folder and on the second medium, and thin both.

    Safe in a thread of its own; a save waits some milliseconds for it at the longest.

    Args:
        ward: the open ward.
        why: what made it due, in words: "by hand", "20 saves", "closing".
        soon: somebody waits for it, or works on: of a large ward it holds what changed, until the
            last whole copy is two days old.

    Raises:
        Refused: this ward can only be read.
        NotSaved: no proved copy could be made in the ward's folder.
    """
    if ward.store.read_only:
        raise Refused("This ward can only be read: no copy of it is made.")
    settings = backup_settings(ward)
    above = own_copies(ward, settings)
    after = 0 if above is None else highest_number(above)
    copy = make_copy(ward.store, ward.now(), why, after=after, soon=soon)
    second, trouble = _carried(ward, settings, copy)
    now = ward.now()
    gone = thin(copy.folder.parent, now)
    note = copy.note
    return BackUpDone(
        copy.name, 0 if note is None else note.records, copy.size, gone, second, trouble
    )


def back_up_newer(ward: Ward, why: str) -> BackUpDone | None:
    """Make a copy where something was recorded since the last one; None where nothing was."""
    last = _last(copies_in(ward.store.folder / BACKUPS))
    if last is None and ward.last_saved is None:
        return None  # a ward in which nothing was ever recorded
    return back_up(ward, why, soon=True) if _newer_than(ward, last) else None


def copies(ward: Ward) -> tuple[CopyLine, ...]:
    """Every copy here and on the second medium, the newest first."""
    settings = backup_settings(ward)
    places = [(HERE, ward.store.folder / BACKUPS)]
    above = own_copies(ward, settings)
    if above is not None:
        places.append((SECOND, above))
    lines = [line for where, above in places for line in lines_of(above, where, ward)]
    far = datetime.min.replace(tzinfo=UTC)
    return tuple(sorted(lines, key=lambda line: line.made_at or far, reverse=True))


def lines_of(
    above: Path, where: str, ward: Ward | None = None, folder: Path | None = None
) -> list[CopyLine]:
    """The copies in one folder of copies.

    Args:
        above: the folder of copies.
        where: it, in words.
        ward: the open ward, where it is open.
        folder: the ward's own folder, where only that is known.
    """
    found = copies_in(above)
    last = _last(found)
    own = folder if ward is None else ward.store.folder
    return [_line(copy, where, last, (ward, own)) for copy in found]


def check(line: CopyLine) -> str:
    """Read every byte of a copy again; a damaged one is set aside and never counts as good again.

    Returns:
        What was found, "" where it is as it was.
    """
    copy = copy_at(line.folder)
    try:
        check_copy(copy)
    except Damaged as damaged:
        set_aside(copy)
        return damaged.reasons[0]
    return ""


def check_newest(ward: Ward) -> str:
    """Check the last good copy; a damaged one is set aside, and the one before it is checked."""
    said = ""
    while (line := next((each for each in copies(ward) if each.newest), None)) is not None:
        found = check(line)
        if not found:
            break
        said = said or found
        if line.folder.exists():
            break  # it could not be set aside: its medium takes nothing
    return said


def state(ward: Ward) -> BackupState:
    """How old the last good copy is, and what stands against trusting it."""
    settings = backup_settings(ward)
    here = _last(copies_in(ward.store.folder / BACKUPS))
    medium = medium_state(ward, settings)
    above = own_copies(ward, settings)
    there = None if above is None else _last(copies_in(above))
    newer = _newer_than(ward, here)
    last_at = None if here is None or here.note is None else ward.local(here.note.made_at)
    medium_at = None if there is None or there.note is None else ward.local(there.note.made_at)
    warnings = _warnings(ward, settings, last_at, newer, medium)
    full = above is not None and here is not None and is_full(above, here, there)
    if above is not None and here is not None and full:
        warnings.insert(0, (SHORT, full_words(above, here.size)))
    elif above is not None and is_read_only(above):
        warnings.insert(0, (READ_ONLY, read_only_words(settings.second_medium)))
    if medium == "not set" and was_read_from_nothing(ward):
        warnings.append((NONE_SET, NONE_SET_WORDS))
    keys = key_warnings(ward)
    shorts = [short for short, _ in (*warnings[:1], *keys[:1])]
    warnings.extend(keys)
    return BackupState(
        line=_line_words(ward, last_at, newer),
        warnings=tuple(full for _, full in warnings),
        short="; ".join(shorts),  # no warning of the copies hides one of the keys
        last_at=last_at,
        newer=newer,
        medium=medium,
        medium_folder=settings.second_medium,
        medium_last_at=medium_at,
        medium_full=full,
    )


def medium_state(ward: Ward, settings: BackupSettings) -> MediumState:
    """Whether the second medium is there: this ward's own folder on it, not just the place for it."""
    if not settings.second_medium:
        return "not set"
    own = own_folder(ward, Path(settings.second_medium))
    with suppress(OSError):
        if (own / "copies").is_dir():
            same = own.stat().st_dev == ward.store.folder.stat().st_dev
            return "same disk" if same else "there"
    return "missing"


def own_copies(ward: Ward, settings: BackupSettings) -> Path | None:
    """This ward's copies on the second medium; None while it is not there."""
    if medium_state(ward, settings) not in ("there", "same disk"):
        return None
    return own_folder(ward, Path(settings.second_medium)) / "copies"


def _newer_than(ward: Ward, copy: Copy | None) -> int:
    """Records added or struck out since a copy; all of them where it is of another line.

    Sign-ins are none: with them a copy that holds every record was said to lack the newest one.
    """
    with ward.store.reading() as connection:
        if copy is None or copy.note is None:
            return records_since(connection, 0)
        sql = "SELECT hash FROM audit WHERE seq = ?"
        row = connection.exec_driver_sql(sql, (copy.note.seq,)).fetchone()
        same_line = row is not None and row[0] == copy.note.head
        return records_since(connection, copy.note.seq if same_line else 0)


def copy_at(folder: Path) -> Copy:
    """The copy in a folder.

    Raises:
        Refused: there is none.
    """
    for copy in copies_in(folder.parent):
        if copy.folder.name == folder.name:
            return copy
    raise Refused(f"There is no copy of a ward in {folder}.")


def last_copy(found: list[Copy]) -> Copy | None:
    """The last good copy of a list."""
    return _last(found)


def due(saves: int, waited: timedelta, newer: int) -> str:
    """Why a copy is due, "" while none is.

    Args:
        saves: saves since the last copy.
        waited: time since the last copy, or since something newer was recorded.
        newer: records since the last copy.
    """
    if saves >= SAVES:
        return f"{SAVES} saves"
    if newer and waited >= timedelta(minutes=MINUTES):
        return f"{MINUTES} minutes"
    return ""


def _carried(ward: Ward, settings: BackupSettings, copy: Copy) -> tuple[str, bool]:
    medium = medium_state(ward, settings)
    if medium == "not set":
        return "", False
    if medium == "missing":
        return _missing(settings.second_medium), True
    above = own_folder(ward, Path(settings.second_medium)) / "copies"
    try:
        carry(copy, above)
    except NotSaved as error:
        said = full_words(above, copy.size) if lacks_room(above, copy.size) else error.words
        if is_read_only(above):
            said = read_only_words(settings.second_medium)
        return f"Not written to the second medium. {said}", True
    thin(above, ward.now())
    return "written", False


def _last(found: list[Copy]) -> Copy | None:
    last = last_good(kept_as(copy) for copy in found if copy.note is not None)
    return next((copy for copy in found if last is not None and copy.name == last.name), None)


def _line(
    copy: Copy, where: str, last: Copy | None, own: tuple[Ward | None, Path | None]
) -> CopyLine:
    (ward, folder), note = own, copy.note
    made = None if note is None else note.made_at
    if note is None:
        said = "damaged: never used" if copy.is_damaged else "cannot be read: never used"
    elif note.schema != SCHEMA:
        said = f"proved when made, by an older Bedside (step {note.schema})"
    elif note.base is not None:
        said = f"proved when made (what changed since copy {note.base.number}, and that copy)"
    else:
        said = "proved when made"
    older = folder is not None and opens_by_older(copy.folder, folder)
    if older:
        said = f"OLDER KEYS open it; {said}"
    return CopyLine(
        folder=copy.folder,
        name=copy.name,
        made_at=made if made is None or ward is None else ward.local(made),
        why="" if note is None else note.why,
        where=where,
        size=copy.size,
        records=0 if note is None else note.records,
        infants=0 if note is None else note.infants,
        state=said,
        good=note is not None,
        newest=last is not None and last.folder == copy.folder,
        older_keys=older,
    )


def _line_words(ward: Ward, last_at: datetime | None, newer: int) -> str:
    if last_at is None:
        return "No copy of this ward yet"
    when = write_time(last_at) if last_at.date() == ward.today() else write_date_time(last_at)
    return f"Last good copy {when}" + ("" if newer else _NOTHING_NEWER)


def after_a_save(seen: BackupState) -> BackupState:
    """What is known of the copies once something was recorded: nothing says any more that all is in one."""
    return replace(seen, newer=max(seen.newer, 1), line=seen.line.removesuffix(_NOTHING_NEWER))


def _warnings(
    ward: Ward,
    settings: BackupSettings,
    last_at: datetime | None,
    newer: int,
    medium: MediumState,
) -> list[tuple[str, str]]:
    """What stands against trusting the copies, each short and in full."""
    found = []
    if last_at is None and newer > 1:
        found.append(("No good copy", "There is no good copy of this ward: back it up now."))
    if last_at is not None and newer:
        age = ward.now() - last_at
        if age // timedelta(minutes=1) >= settings.warn_minutes:
            records = "newest record" if newer == 1 else f"newest {newer} records"
            words = f"is {age_words(age)} old and does not hold the {records}: back up now."
            found.append((f"Last copy {age_words(age)} old", f"The last good copy {words}"))
    if medium == "missing":
        found.append(("Second medium missing", _missing(settings.second_medium)))
    if medium == "same disk":
        words = "The second medium lies on the ward's own disk: if it fails, both are gone."
        found.append(("Second medium on the same disk", words))
    return found


def _missing(folder: str) -> str:
    return f"The second medium is missing ({folder}): plug it in. Copies go to this computer only."
