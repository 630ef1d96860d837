"""The ward's folder and file: may it be kept here, is it whole, and is it open in another window?"""

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bedside.doctor.finding import Finding, fit, look, not_fit
from bedside.doctor.machine import nearest_existing
from bedside.units.refusal import Refused

FOLDER = "ward folder"
WARD = "ward"
FILE = "ward.sqlite3"


def ward_place(folder: Path) -> Finding:
    """Is the folder on a disk of this computer, and may this user write there?"""
    from bedside.store.disk import network_kind

    there = nearest_existing(folder)
    kind = network_kind(there)
    if kind:
        return not_fit(
            FOLDER,
            f"{folder} lies on a network drive ({kind}), whose locks cannot be trusted. "
            "Choose a folder on a disk of this computer.",
        )
    if not there.is_dir():
        return not_fit(FOLDER, f"{there} is a file, not a folder. Choose another place.")
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        return not_fit(
            FOLDER,
            f"Nothing can be written in {there} ({error.strerror}). "
            "Ask for the right to write there, or choose another folder.",
        )
    return fit(FOLDER, f"{folder} is on this computer and can be written.")


def ward_state(folder: Path) -> tuple[Finding, datetime | None]:
    """Look at the ward's file without changing it.

    Returns:
        What was found, and when its last record was made (None where that is not known).
    """
    from bedside.store.keys import PLAIN_MARK, has_keys, mark_in

    file = folder / FILE
    if not file.exists():
        return fit(WARD, f"There is none in {folder} yet; the first start makes it."), None
    if mark_in(file) != PLAIN_MARK and has_keys(folder):
        words = "Its file is encrypted, and is looked through when its passphrase opens it."
        return fit(WARD, words), None
    try:
        return _look_locked(folder, file)
    except Refused as refusal:
        return not_fit(WARD, " ".join(refusal.reasons)), None
    except PermissionError:
        return not_fit(WARD, f"{file} belongs to another user, who must open it."), None


def _look_locked(folder: Path, file: Path) -> tuple[Finding, datetime | None]:
    """Look while holding the ward's lock, so that no window opens it meanwhile."""
    from bedside.store.lock import NAME, WardLock
    from bedside.store.troubles import Hindered

    if not (folder / NAME).exists() or not os.access(folder / NAME, os.W_OK):
        return _look(file)
    try:
        lock = WardLock(folder)
    except Hindered:
        return fit(WARD, "It is open in another window now, and so was found whole."), None
    try:
        return _look(file)
    finally:
        lock.release()


def _look(file: Path) -> tuple[Finding, datetime | None]:
    from bedside.store.schema import SCHEMA, look_at

    found = look_at(file)
    if found.empty:
        return fit(WARD, "Its file is there and empty; the first start fills it in."), None
    if found.newer:
        return not_fit(
            WARD,
            f"It was used with a newer Bedside (tables {found.step}, this program knows {SCHEMA}). "
            "Install the newer program here.",
        ), None
    last = _last_record(file)
    if found.older:
        return look(
            WARD,
            f"Its tables are of version {found.step}; the next start brings them to {SCHEMA}.",
        ), last
    return fit(WARD, f"Its file is whole (tables {found.step})."), last


def _last_record(file: Path) -> datetime | None:
    """When the last record was made, as far as the file itself says."""
    import sqlite3

    from bedside.store.audit import read_last_saved
    from bedside.store.engine import connect_read_only

    driver = connect_read_only(file)
    try:
        text = read_last_saved(driver)
    except sqlite3.Error:
        return None
    finally:
        driver.close()
    return None if text is None else datetime.fromisoformat(text).astimezone(UTC)
