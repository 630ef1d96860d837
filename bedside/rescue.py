"""Copies at the front door: the last good one of a ward that cannot be opened, and a restore's last step."""

import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from bedside.app import ask_on_screen, assemble, open_ward, server_of_station, show_page
from bedside.store.keys import Keys
from bedside.store.opening import FILE, open_to_read
from bedside.store.station import server_of
from bedside.store.troubles import NotSaved
from bedside.units.refusal import Refused
from bedside.ward.backup import back_up_newer
from bedside.ward.copy_keys import CopyKeys, ask_for_keys
from bedside.ward.emergency import (
    copies_on,
    copy_to_read,
    emergency_words,
    folder_to_open,
    made_at,
)
from bedside.ward.opening_pages import not_restored_page
from bedside.ward.restore_signing import Signing
from bedside.ward.restoring import RESTORED_THERE, preview_closed, put_in_place
from bedside.ward.unlocking import Unlocking
from bedside.ward.views.backup import CopyLine
from bedside.ward.ward import Ward


def last_good_copy(
    refusal: Refused, folder: Path, clock: Callable[[], datetime], keys: Keys | None
) -> Ward | None:
    """Offer the last good copy of a ward that was not opened: to read, or to restore.

    Args:
        refusal: why the ward was not opened.
        folder: the ward's folder.
        clock: gives now, aware.
        keys: the ward's, where they are known; else they are asked for.

    Returns:
        The copy, marked and to be read only, or the restored ward; None where nothing was chosen.

    Raises:
        Refused: the copy cannot be opened or restored.
    """
    from bedside.desktop.emergency_dialog import offer_copy

    copy = copy_to_read(folder)
    chosen = offer_copy(refusal.reasons, copy)
    if not chosen or copy is None:
        return None
    opened = ask_for_keys(folder, copy.folder, clock, _ask, keys)
    if opened is None:
        return None
    if chosen == "read":
        return open_copy(copy.folder, clock, opened.keys)
    return _restored(folder, copy, clock, opened)


def refuse_at_station(folder: Path) -> None:
    """A copy does not take the place of a ward that lies on a server.

    Raises:
        Refused: the folder is a station's.
    """
    if server_of_station(folder) or server_of(folder):
        raise Refused(f"{folder} is a station's: {RESTORED_THERE[0]}", RESTORED_THERE[1])


def _ask(lock: Unlocking) -> None:
    ask_on_screen(lock)


def _restored(
    folder: Path, copy: CopyLine, clock: Callable[[], datetime], opened: CopyKeys
) -> Ward | None:
    """Let two people put a copy in the closed ward's place, and open that."""
    from bedside.desktop.emergency_dialog import confirm_restore

    refuse_at_station(folder)
    try:
        seen = preview_closed(folder, copy.folder, clock(), opened)
        with closing(open_to_read(seen.prepared, opened.keys)) as store:
            signing = Signing(seen, assemble(store, clock), opened.keys, clock)
            if not confirm_restore(signing):
                return None
        put_in_place(folder, seen.prepared, clock())
    except NotSaved as trouble:
        raise Refused(trouble.words) from trouble
    return open_ward(folder, clock, create=False, keys=opened.keys)


def restore_from(folder: Path, chosen: Path, clock: Callable[[], datetime]) -> bool:
    """Put the newest good copy of a second medium where this computer has no ward (any more).

    Args:
        folder: where the ward is to lie.
        chosen: the medium, the ward's own folder on it, or its folder of copies.
        clock: gives now, aware.

    Returns:
        Whether two people put it there; where they did not, nothing is left of it.

    Raises:
        Refused: there is no good copy, there are copies of several wards, it cannot be opened, or
            this computer has no room for it.
    """
    copy = copy_to_read(folder, copies_on(chosen))
    if copy is None:
        raise Refused(f"There is no good copy of a ward in {chosen}: choose another folder.")
    was_empty = not folder.exists() or not any(folder.iterdir())
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    restored = None
    try:
        opened = ask_for_keys(folder, copy.folder, clock, _ask)
        restored = None if opened is None else _restored(folder, copy, clock, opened)
    except NotSaved as trouble:
        raise Refused(trouble.words) from trouble
    finally:
        if restored is None and was_empty:
            shutil.rmtree(folder, ignore_errors=True)
    if restored is None:
        return False
    restored.store.close()
    return True


def open_copy(folder: Path, clock: Callable[[], datetime], keys: Keys | None = None) -> Ward:
    """Open a copy of a ward to be read and printed only; every page and paper says so.

    Args:
        folder: the folder of the copy.
        clock: gives now, aware.
        keys: what opens an encrypted one (`bedside.ward.copy_keys`).

    Raises:
        Refused: it is damaged, or of another version of Bedside.
    """
    made = made_at(folder)
    ward = assemble(open_to_read(folder_to_open(folder), keys), clock)
    ward.emergency = emergency_words(made, ward.zone)
    return ward


def copy_at_the_end(ward: Ward) -> None:
    """Copy what was recorded since the last copy, before the ward is closed."""
    copy_now(ward, "closing" if ward.restore_ready is None else "before a restore")


def copy_now(ward: Ward, why: str) -> None:
    """Copy what was recorded since the last copy; where that fails it is said, and work goes on."""
    try:
        back_up_newer(ward, why)
    except (Refused, NotSaved) as trouble:
        print(f"bedside: no copy was made. {trouble}", file=sys.stderr)  # noqa: T201 (no window any more)


def take_restored(ward: Ward, prepared: Path) -> Ward | None:
    """Put a confirmed restore in its closed ward's place and open that.

    Where the disk does not take it, a page says so and offers to try again or to open the ward as it was.

    Returns:
        The restored ward, or the one as it was; None where the person closed the page.
    """
    keys = ward.store.keys
    fitting = None if keys is None else keys.fitting(prepared / FILE)
    while True:
        try:
            put_in_place(ward.folder, prepared, ward.clock())
        except NotSaved as trouble:
            answer = show_page(not_restored_page(trouble.words))
            if answer == "again":
                continue
            as_it_was = answer == "go on"
            return (
                open_ward(ward.folder, ward.clock, create=False, keys=keys) if as_it_was else None
            )
        restored = open_ward(ward.folder, ward.clock, create=False, keys=fitting)
        copy_now(restored, "after a restore")
        return restored
