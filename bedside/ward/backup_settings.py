"""Where copies go besides this computer, when the shifts change, when an old copy is warned of.

Defaults where nothing was entered: no second medium; shifts at 07:00 and 19:00 [judgement]; a
warning when the last good copy is 60 minutes old and something newer is recorded [judgement].
"""

import re
from datetime import datetime, time, timedelta
from pathlib import Path

from msgspec import Struct

from bedside.store.queries import all_of
from bedside.store.records import SiteSetting
from bedside.units.refusal import Refused
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.ward import Ward, fixed

DEFAULT_SHIFTS = ("07:00", "19:00")
DEFAULT_WARN_MINUTES = 60
MOST_WARN_MINUTES = 24 * 60
MOST_SHIFTS = 4
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


class BackupSettings(Struct, frozen=True):
    """The settings in force.

    Args:
        second_medium: a folder on another disk, "" for none.
        shifts: when shifts change, HH:MM on the ward's clock.
        warn_minutes: how old the last good copy may be while newer records wait.
    """

    second_medium: str = ""
    shifts: tuple[str, ...] = DEFAULT_SHIFTS
    warn_minutes: int = DEFAULT_WARN_MINUTES


def backup_settings(ward: Ward) -> BackupSettings:
    """Read the settings in force; safe in any thread."""
    with ward.store.reading() as connection:
        rows = {row.key: row.value for row in all_of(connection, SiteSetting)}
    return BackupSettings(
        second_medium=rows.get("second_medium", ""),
        shifts=tuple(rows.get("shift_times", " ".join(DEFAULT_SHIFTS)).split()),
        warn_minutes=int(rows.get("copy_warn_minutes", DEFAULT_WARN_MINUTES)),
    )


@one_act
def save_backup_settings(ward: Ward, form: BackupSettings, *, who: str) -> None:
    """Record the settings and make this ward's folder on a second medium.

    Raises:
        Refused: with every reason; nothing was recorded.
    """
    who = named(who)
    check_backup_settings(ward, form)
    if form.second_medium:
        make_medium(ward, Path(form.second_medium))
    keep_settings(
        ward,
        {
            "second_medium": form.second_medium,
            "shift_times": " ".join(form.shifts),
            "copy_warn_minutes": str(form.warn_minutes),
        },
        who=who,
        act="set where copies go",
    )


@one_act
def keep_settings(ward: Ward, values: dict[str, str], *, who: str, act: str) -> None:
    """Record settings; each changed one voids the value before it."""
    with ward.store.change(who, act, ward.now()) as change:
        kept = {row.key: row for row in all_of(change.connection, SiteSetting)}
        for key, value in values.items():
            old = kept.get(key)
            if old is not None and old.value == value:
                continue
            if old is not None:
                change.void(SiteSetting, old.id, "a new value was entered")
            if value or old is not None:
                change.add(SiteSetting, key=key, value=value)


def check_backup_settings(ward: Ward, form: BackupSettings) -> None:
    """Refuse settings that cannot be right, with every reason at once."""
    reasons = []
    if form.second_medium:
        reasons += _against_medium(ward, Path(form.second_medium))
    if not 1 <= len(form.shifts) <= MOST_SHIFTS or len(set(form.shifts)) != len(form.shifts):
        reasons.append(f"Write 1 to {MOST_SHIFTS} different times at which the shift changes.")
    reasons += [
        f'Write the time of a shift change as 07:00, with two figures each; "{text}" was typed.'
        for text in form.shifts
        if not _TIME.fullmatch(text)
    ]
    if not 1 <= form.warn_minutes <= MOST_WARN_MINUTES:
        reasons.append(
            f"Warn after 1 to {MOST_WARN_MINUTES} minutes; {form.warn_minutes} was typed."
        )
    if reasons:
        raise Refused(*reasons)


def _against_medium(ward: Ward, folder: Path) -> list[str]:
    if not folder.is_absolute() or "\n" in str(folder):
        return ["Write the whole path of the second medium's folder, from the top."]
    if not folder.is_dir():
        return [f"There is no folder {folder}: plug the medium in, or make the folder first."]
    ward_folder = ward.store.folder.resolve()
    if folder.resolve().is_relative_to(ward_folder):
        return ["The second medium lies inside the ward's own folder: choose another disk."]
    return []


def make_medium(ward: Ward, folder: Path) -> None:
    """Make this ward's own folder on a medium; that it is there tells the medium from an empty place.

    Raises:
        Refused: the medium does not take it.
    """
    own = own_folder(ward, folder)
    try:
        (own / "copies").mkdir(mode=0o700, parents=True, exist_ok=True)
        (own / "downtime").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise Refused(f"The folder {folder} may not be written: choose another.") from error


def own_folder(ward: Ward, medium: Path) -> Path:
    """This ward's folder on a medium."""
    with ward.store.reading() as connection:
        row = connection.exec_driver_sql("SELECT ward_id FROM ward").fetchone()
    return medium / f"bedside-{str(row[0])[:8] if row else 'ward'}"


def shift_changes(ward: Ward, shifts: tuple[str, ...]) -> tuple[datetime, datetime]:
    """The last change of shift, now included, and the next one."""
    now = ward.now()
    wall = ward.wall_clock()
    days = (wall.date() + timedelta(days=offset) for offset in (-1, 0, 1))
    moments = sorted(
        fixed(datetime.combine(day, time.fromisoformat(text), ward.zone))
        for day in days
        for text in shifts
    )
    return max(at for at in moments if at <= now), min(at for at in moments if at > now)
