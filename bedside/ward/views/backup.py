"""Copies of the ward as the Backup page shows them, and what a restore would bring and lose."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct

MediumState = Literal["not set", "there", "same disk", "missing"]


class CopyLine(Struct, frozen=True):
    """One copy in the list."""

    folder: Path
    name: str
    made_at: datetime | None  # None where its note cannot be read
    why: str
    where: str  # "this computer" or "second medium"
    size: int  # bytes
    records: int
    infants: int
    state: str  # "proved when made", "damaged: …", "of an older Bedside"
    good: bool
    newest: bool  # the last good one of its place
    older_keys: bool = False  # a passphrase, sheet or key of before opens it


class BackupState(Struct, frozen=True):
    """How safe the ward is against a dead disk, in the ward's words."""

    line: str  # for the status line
    warnings: tuple[str, ...]
    short: str  # the first warning, and the first of the keys, short enough for the status line; "" for none
    last_at: datetime | None
    newer: int  # records added or struck out since
    medium: MediumState
    medium_folder: str
    medium_last_at: datetime | None
    medium_full: bool = False


class LostAct(Struct, frozen=True):
    """Something recorded after the copy: gone when the copy takes the ward's place."""

    at: datetime
    who: str
    act: str
    infant: str  # "" where it is about no infant


class LostRow(Struct, frozen=True):
    """One row of the trail of the ward that is replaced, written after the copy."""

    at: datetime
    who: str
    act: str
    table: str
    row_id: int
    content: Mapping[str, str | int | None]


class LostFrom(Struct, frozen=True):
    """What was read of the ward that is replaced; nothing at all where it cannot be read.

    Args:
        rows: what was recorded after the copy, the oldest first.
        infants: who each infant number is: family and given name, day of birth, hospital number.
        settings: its own settings of backup, which a restore keeps; None where they are not known.
        settled: what was settled since of an earlier restore's lines, by the number of the line.
        copied: what the copy holds beyond the parting, where it is of another line of the ward.
        own: entries after the copy that are no act of a person: tries of a secret, where copies go.
    """

    rows: tuple[LostRow, ...] = ()
    infants: Mapping[int, tuple[str, str, str, str]] = {}
    settings: Mapping[str, str] | None = None
    settled: Mapping[int, Mapping[str, str | int | None]] = {}
    copied: tuple[LostRow, ...] = ()
    own: int = 0


class Preview(Struct, frozen=True):
    """A copy written out, opened, its whole trail verified: what it holds and what would be lost."""

    prepared: Path
    made_at: datetime
    name: str
    why: str  # it was made
    infants: tuple[str, ...]
    records: int
    last_saved: datetime | None
    relation: Literal["before", "same", "apart", "unknown"]
    lost: tuple[LostAct, ...]
    audit_head: str
    lost_from: LostFrom = LostFrom()
    newest: bool = True  # no good copy of the ward is newer


class BackUpDone(Struct, frozen=True):
    """A copy that was made, and what became of the second medium's."""

    name: str
    records: int
    size: int
    thinned: int
    second: str  # "" where none is set, "written", or the trouble in words
    second_trouble: bool


class DrillReport(Struct, frozen=True):
    """A restore tried out in a scratch folder."""

    ok: bool
    copy: str
    made_at: datetime | None
    where: str
    infants: int
    records: int
    newer: int | None  # records of the ward that the copy does not hold; None: not compared
    seconds: str
    lines: tuple[str, ...]  # what was done and found, in words
