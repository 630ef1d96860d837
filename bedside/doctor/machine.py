"""The workstation itself: has it room on its disk, a display, and a clock that can be believed?"""

import shutil
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bedside.doctor.finding import Finding, fit, look, not_fit
from bedside.units.dates import write_date_time

DISK = "disk space"
DISPLAY = "display"
CLOCK = "clock"
ZONE = "time zone"

LEAST_FREE_BYTES = 50 * 1024 * 1024  # below this the store refuses to open
EASY_FREE_BYTES = 1024 * 1024 * 1024
# No clock that is right can show a time before this program was written.
WRITTEN = datetime(2026, 11, 1, tzinfo=UTC)
TOO_LATE = datetime(2075, 1, 1, tzinfo=UTC)
# A time server may set a clock back a little; more than this would put records out of order.
SLACK = timedelta(minutes=1)


def disk_space(folder: Path) -> Finding:
    """Is there room for the ward where it is kept?"""
    try:
        free = shutil.disk_usage(nearest_existing(folder)).free
    except OSError as error:
        return not_fit(DISK, f"The disk of {folder} cannot be read: {error.strerror}.")
    words = f"{free / 1e9:.1f} GB free where the ward is kept."
    if free < LEAST_FREE_BYTES:
        return not_fit(
            DISK, f"Only {free // 1_000_000} MB free: Bedside needs 50 MB to open a ward."
        )
    if free < EASY_FREE_BYTES:
        return look(DISK, f"{words} Make room soon: backups and papers need some, too.")
    return fit(DISK, words)


def nearest_existing(folder: Path) -> Path:
    """Return the folder itself, or the nearest one above it that is there."""
    there = folder.absolute()
    while not there.exists() and there != there.parent:
        there = there.parent
    return there


def display(environment: Mapping[str, str], platform: str) -> Finding:
    """Is there a screen to open a window on?"""
    if not platform.startswith("linux"):
        return fit(DISPLAY, "This system always has one.")
    if environment.get("WAYLAND_DISPLAY"):
        return fit(DISPLAY, f"Wayland, {environment['WAYLAND_DISPLAY']}.")
    if environment.get("DISPLAY"):
        return fit(DISPLAY, f"X11, {environment['DISPLAY']}.")
    return look(
        DISPLAY,
        "None in this session, so no window can open. "
        "Everything else works; bedside demo --shots DIR draws the pages as pictures.",
    )


def clock(now: datetime, last_record: datetime | None) -> Finding:
    """Is the clock's year possible, and is it not behind the ward's last record?"""
    words = write_date_time(now)
    if now < WRITTEN:
        return not_fit(
            CLOCK, f"It shows {words}, before this program was written. Set the clock first."
        )
    if now > TOO_LATE:
        return not_fit(CLOCK, f"It shows {words}, which cannot be. Set the clock first.")
    if last_record is not None and now < last_record - SLACK:
        last = write_date_time(last_record.astimezone(now.tzinfo))
        return not_fit(
            CLOCK,
            f"It shows {words}, but the ward's last record was made at {last}. "
            "One of the two is wrong: set the clock, or ask who recorded last.",
        )
    return fit(CLOCK, f"It shows {words}.")


def time_zone(now: datetime) -> Finding:
    """Does the workstation know its time zone by name, with its summer time?"""
    name = str(getattr(now.tzinfo, "key", "") or "")
    offset = now.strftime("%z")
    offset = f"UTC{offset[:3]}:{offset[3:5]}"
    if not name:
        return look(
            ZONE,
            f"Only its offset is known ({offset}), not its name: the change to and from summer "
            "time would be missed. Set the system's time zone by name.",
        )
    if name in {"UTC", "Etc/UTC", "GMT", "Etc/GMT"}:
        return look(ZONE, f"{name}. Times are shown without summer time: is the ward there?")
    return fit(ZONE, f"{name}, now {offset}.")
