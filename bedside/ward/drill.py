"""The restore drill: the newest copy is restored into a scratch folder, verified whole, compared, removed."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bedside.store.changed import newest_change
from bedside.store.copies import counts
from bedside.store.copy_folders import Copy, CopyNote, check_copy, copies_in
from bedside.store.keys import Keys
from bedside.store.opening import BACKUPS, open_store
from bedside.store.restoring import prepare
from bedside.store.store import Store
from bedside.store.troubles import NotSaved
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused
from bedside.ward.backup import HERE, last_copy
from bedside.ward.copy_keys import keys_for
from bedside.ward.views.backup import DrillReport
from bedside.ward.ward import Ward, fixed


def drill(
    folder: Path,
    at: datetime,
    ward: Ward | None,
    took: Callable[[], str],
    copies: Path | None = None,
    keys: Keys | None = None,
) -> DrillReport:
    """Try the newest copy out.

    Args:
        folder: the ward's folder.
        at: now (aware).
        ward: the ward, open; None where it cannot be opened (it is then not compared).
        took: how long it has taken so far, in seconds.
        copies: another folder of copies, on the second medium.
        keys: what opens an encrypted copy while the ward is closed; an open ward's are its own.
    """
    above = copies or folder / BACKUPS
    where = HERE if copies is None else str(copies)
    last = last_copy(copies_in(above))
    if last is None:
        none = (f"There is no good copy in {above}: back the ward up now.",)
        return DrillReport(False, "", None, where, 0, 0, None, took(), none)
    try:
        note, lines, newer = _tried(
            last, folder, at, ward, keys if ward is None else ward.store.keys
        )
    except (Refused, NotSaved) as trouble:
        said = (f"The copy {last.name} CANNOT BE RESTORED.", str(trouble))
        return DrillReport(False, last.name, None, where, 0, 0, None, took(), said)
    made = fixed(note.made_at.astimezone(at.tzinfo))
    return DrillReport(
        ok=True,
        copy=last.name,
        made_at=made,
        where=where,
        infants=note.infants,
        records=note.records,
        newer=newer,
        seconds=took(),
        lines=(f"The copy of {write_date_time(made)} ({where}) was restored on trial.", *lines),
    )


def _tried(
    last: Copy, folder: Path, at: datetime, ward: Ward | None, keys: Keys | None
) -> tuple[CopyNote, tuple[str, ...], int | None]:
    """Restore a copy beside the ward, open it by the real road, compare it, remove it."""
    note = check_copy(last)
    its = keys_for(keys, last.folder).keys
    prepared = prepare(last, folder, at)
    try:
        store = open_store(prepared, now=at, create=False, keys=its)
        try:
            lines = _verified(store, note)
            newer, said = _compared(store, note, ward)
        finally:
            store.close()
    finally:
        shutil.rmtree(prepared, ignore_errors=True)
    return note, (*lines, said), newer


def _verified(store: Store, note: CopyNote) -> tuple[str, ...]:
    with store.at_rest() as driver:
        held = sum(counts(driver).values())
    if held < note.records:
        raise Refused(f"It holds {held} records; {note.records} were copied.")
    return (
        "Every byte is as it was when the copy was made.",
        f"It opens, and every one of its {held} records agrees with its audit trail.",
        f"It holds {note.infants} {'infant' if note.infants == 1 else 'infants'}.",
    )


def _compared(store: Store, note: CopyNote, ward: Ward | None) -> tuple[int | None, str]:
    """Hold the copy's end against the ward's trail: equal seals mean equal records up to there."""
    if ward is None:
        return None, "The ward itself was not compared: it is open elsewhere or cannot be opened."
    ward.store.verify_audit(note.head)  # its end stands in the ward's trail, or this raises
    with ward.store.reading() as connection:
        newer = newest_change(connection) - note.seq
    store.verify_audit(note.head)
    if not newer:
        return 0, "It is equal to the ward, record for record."
    return newer, f"It is equal to the ward up to there; {newer} newer records are not in it."
