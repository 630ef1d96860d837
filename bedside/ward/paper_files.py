"""Where a printed paper goes: its file and its record, both or neither."""

import os
from contextlib import suppress
from pathlib import Path

from bedside.store.records import Print
from bedside.units.refusal import Refused
from bedside.ward.paper_keys import TITLES
from bedside.ward.ward import Ward

NOT_ON_RECORD = 0  # the number of a paper printed where nothing can be recorded


def check_target(target: Path, *, replace: bool) -> None:
    """Refuse a place that is no file of ours to write: a paper never overwrites another unasked."""
    if not target.exists():
        return
    if not target.is_file() or target.is_symlink():
        raise Refused(f"{target} is no ordinary file: choose another name. Nothing was printed.")
    if not replace:
        raise Refused(
            f"{target} is there already: choose another name, so that no earlier paper is lost. "
            "Nothing was printed."
        )


def place(
    ward: Ward, target: Path | None, drawn: bytes, columns: dict[str, object], who: str
) -> int:
    """Put the file in place and on record, both or neither; what lay there before comes back."""
    act = f"printed {TITLES[str(columns['kind'])].lower()}"
    if target is None:
        if ward.read_only:
            return NOT_ON_RECORD
        with ward.store.change(who, act, ward.now()) as change:
            return change.add(Print, **columns)
    part = _write_part(target.parent, target.name, drawn)
    if ward.read_only:
        part.replace(target)
        return NOT_ON_RECORD
    aside = target.with_name(f".{target.name}.before")
    moved = placed = False
    try:
        with ward.store.change(who, act, ward.now()) as change:
            row = change.add(Print, **columns)
            if target.exists():
                target.replace(aside)
                moved = True
            part.replace(target)
            placed = True
    except BaseException:
        (target if placed else part).unlink(missing_ok=True)
        if moved:
            aside.replace(target)
        raise
    aside.unlink(missing_ok=True)
    return row


def _write_part(folder: Path, name: str, drawn: bytes) -> Path:
    part = folder / f".{name}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as out:
            out.write(drawn)
            out.flush()
            os.fsync(out.fileno())
    except OSError as fault:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise Refused(
            f"The paper could not be written to {folder}: {fault.strerror}. "
            "Nothing was printed or recorded; choose another folder."
        ) from fault
    return part
