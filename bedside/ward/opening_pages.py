"""Which page a nurse sees when the ward does not open, or opens with a reservation."""

from datetime import datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from bedside.store.key_file import DAMAGED
from bedside.store.opening import FILE, ORDER
from bedside.store.schema import is_unmerged
from bedside.store.troubles import (
    OPEN_ALREADY,
    AuditBroken,
    Damaged,
    Hindered,
    Hindrance,
    NoBookmark,
    ServerBehind,
)
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused
from bedside.ward.views.opening import OpeningPage

_UNTOUCHED = "Everything that was recorded is as it was. Nothing was changed."

_READ_MEANWHILE = (
    "Or open it to read: every page can be shown and every paper printed, marked READ-ONLY, and nothing "
    "is recorded. To record, make room, close that window and start Bedside again."
)

_TITLES: dict[Hindrance, str] = {
    "open already": "This ward is open already",
    "network drive": "The ward's folder is on a network drive",
    "disk full": "The disk is nearly full",
    "no right": "You may not write in the ward's folder",
    "newer": "This ward belongs to a newer Bedside",
    "read-only": "The ward lies in a place that can only be read",
    "key file": "The ward's key file does not fit",
    "server": "The ward's server is not reached",
}
_TODO: dict[Hindrance, tuple[str, ...]] = {
    "open already": (
        "Look for the other Bedside window; it may lie behind this one, or belong to another person "
        "who is signed in on this computer.",
        "Close it there, then press Try again.",
    ),
    "network drive": (
        "Start Bedside with a folder on a disk of this computer: bedside --ward FOLDER.",
        "To bring the ward along, close it everywhere, and copy the whole folder there.",
    ),
    "disk full": (
        "Empty the wastebasket and move large files away, then press Try again.",
        "Until then, write on the downtime sheets.",
    ),
    "no right": ("Ask whoever looks after this computer for the right to write in the folder.",),
    "newer": (
        "Start the newer Bedside, on this computer or on the one where the ward was used last.",
        "Or ask whoever looks after this computer to bring this Bedside up to date.",
    ),
    "read-only": (
        "Copy the whole folder to a disk of this computer, and start Bedside there: "
        "bedside --ward FOLDER.",
    ),
    "key file": (
        "Put back the file ward.keys of this very ward: one lies in each copy of it, in the folder "
        "backups. Or open the last good copy.",
        "Keep the ward's folder as it is meanwhile. Without its key file nothing opens it.",
    ),
    "server": (
        "Check that this computer is on the hospital's network, then press Try again.",
        "Until then, work from the printed downtime sheets. Other stations may still reach it.",
        "If it stays so, call whoever looks after the ward's server.",
    ),
}
_ONLY_PRESSING_AGAIN: frozenset[Hindrance] = frozenset(
    {"open already", "disk full", "no right", "key file", "network drive", "server"}
)


def page_of(refusal: Refused, folder: Path, now: datetime | None = None) -> OpeningPage:
    """The page of a ward that was not opened.

    Args:
        refusal: why.
        folder: the ward's folder.
        now: aware, for the age of what may be read meanwhile.
    """
    if isinstance(refusal, Hindered) and refusal.kind == "server" and now is not None:
        return _server_page(refusal, folder, now)
    if isinstance(refusal, Hindered) and refusal.kind == "disk full":
        return _full_page(refusal, folder)
    if isinstance(refusal, Hindered):
        return OpeningPage(
            mark="hold",
            title=_TITLES[refusal.kind],
            happened=refusal.reasons[0],
            kept=_UNTOUCHED,
            todo=_TODO[refusal.kind],
            again=refusal.kind in _ONLY_PRESSING_AGAIN,
            copy=refusal.kind == "key file"
            or (refusal.kind == "read-only" and (folder / FILE).exists()),
        )
    if isinstance(refusal, ServerBehind):
        return _behind_page(refusal, folder, now)
    if isinstance(refusal, AuditBroken):
        return _broken_page(refusal, folder)
    if isinstance(refusal, Damaged):
        return _damaged_page(refusal, folder)
    if isinstance(refusal, NoBookmark):
        return _no_bookmark_page(refusal)
    return OpeningPage(
        mark="hold",
        title="The ward was not opened",
        happened=refusal.reasons[0],
        kept=_UNTOUCHED,
        todo=refusal.reasons[1:] or ("Put this right, then press Try again.",),
        again=True,
    )


def _full_page(refusal: Hindered, folder: Path) -> OpeningPage:
    """The page of a ward without room for a save; it can be read, unless a restore waits for its last step."""
    reads = (folder / FILE).exists() and not (folder / ORDER).exists()
    todo = _TODO["disk full"]
    return OpeningPage(
        mark="hold",
        title=_TITLES["disk full"],
        happened=refusal.reasons[0],
        kept=_UNTOUCHED,
        todo=(todo[0], _READ_MEANWHILE, *todo[1:]) if reads else todo,
        again=True,
        go_on="&Open it to read" if reads else "",
    )


def _server_page(refusal: Hindered, folder: Path, now: datetime) -> OpeningPage:
    """The page of a station whose server is not reached; its own copy may be read where it has one."""
    from bedside.store.station_copy import copy_as_of, has_station_copy
    from bedside.ward.away import as_of_words
    from bedside.ward.unreached import unreached_page

    title, todo = _TITLES["server"], _TODO["server"]
    if refusal.cause != "away":
        title, first = unreached_page(refusal.cause)
        todo = (first, todo[1])
    page = OpeningPage(
        mark="hold",
        title=title,
        happened=refusal.reasons[0],
        kept=_UNTOUCHED,
        todo=todo,
        again=True,
    )
    if not has_station_copy(folder):
        return page
    as_of = copy_as_of(folder)
    made = "" if as_of is None else f" of {as_of_words(as_of, now)}"
    read = (
        f"Or read this station's copy{made}: every page and paper, nothing is recorded. It goes on by "
        "itself when the server answers."
    )
    rest = todo[2:] if refusal.cause == "away" else todo[1:]
    return replace(page, todo=(todo[0], read, *rest), go_on="&Read this station's copy")


def _damaged_page(damaged: Damaged, folder: Path) -> OpeningPage:
    """The page of a ward's file that does not hold what was recorded in it."""
    return OpeningPage(
        mark="stop",
        title="The ward's file is damaged",
        happened=damaged.reasons[0],
        kept=(
            "Bedside shows nothing from it, so that no wrong value is believed. The file and the "
            f"backups were left as they are, in {folder}."
        ),
        todo=(
            *damaged.reasons[1:],
            "Until the ward is open again, work from its last good copy or the printed sheets.",
        ),
        copy=True,
    )


def _behind_page(behind: ServerBehind, folder: Path, now: datetime | None) -> OpeningPage:
    """The page of a server that is an older state of itself."""
    from bedside.store.station_copy import copy_as_of, has_station_copy
    from bedside.ward.away import as_of_words

    there = has_station_copy(folder)
    as_of = copy_as_of(folder) if there else None
    made = "" if as_of is None or now is None else f" of {as_of_words(as_of, now)}"
    read = (f"To read, press Read this station's copy{made}: it holds what is missing.",)
    return OpeningPage(
        mark="stop",
        title="The ward's server is older than this station",
        happened=behind.reasons[0],
        kept="Nothing was opened and nothing was changed, so that nobody works from an older state.",
        todo=(
            behind.reasons[1],
            *(read if there else ()),
            "Until then, work from the downtime sheets and the papers already printed.",
        ),
        again=True,
        go_on="&Read this station's copy" if there else "",
    )


def not_restored_page(words: str) -> OpeningPage:
    """The page of a confirmed restore that the disk did not take.

    Args:
        words: what happened.
    """
    return OpeningPage(
        mark="hold",
        title="The restore was not done",
        happened=words,
        kept=_UNTOUCHED,
        todo=("Press Try again, or go on in the ward as it was and restore later (F11).",),
        again=True,
        go_on="&Open the ward as it was",
    )


def _broken_page(broken: AuditBroken, folder: Path) -> OpeningPage:
    """The page of a record that its own audit trail contradicts."""
    return OpeningPage(
        mark="stop",
        title="The record was changed outside Bedside",
        happened=broken.reasons[0],
        kept=(
            "Bedside shows and prints nothing from it, so that no wrong value is believed. The file "
            f"and the backups were left as they are, in {folder}. What was typed and not yet "
            "recorded is not in them: write it down."
        ),
        todo=(
            "Press Last good copy: it opens to read and print only, or two people put it in the "
            "ward's place. The changed file is kept aside then.",
            "Until then, work from the downtime sheets and the papers already printed. Check their "
            "audit head on the page Record once a ward is open.",
            "Keep the folder as it is and call whoever looks after Bedside here: a person or a "
            "program has written in the ward's file.",
        ),
        copy=True,
    )


def _no_bookmark_page(refusal: NoBookmark) -> OpeningPage:
    """The page of a ward that may be an older state of itself."""
    return OpeningPage(
        mark="stop",
        title="The ward's bookmark is missing",
        happened=refusal.reasons[0],
        kept=(
            "Nothing was changed. The file may be whole, or an older one that was laid in its place: "
            "Bedside cannot know, so it shows nothing from it."
        ),
        todo=(
            "Press Last good copy: two people put it in the ward's place, and see first what it does "
            "not hold. The file as it is now is kept aside.",
            "If the bookmark was taken away by mistake, put it back and press Try again.",
            "Until then, work from the downtime sheets and the papers already printed.",
        ),
        again=True,
        copy=True,
    )


def replaced_page(folder: Path, words: str) -> OpeningPage:
    """The page before a ward that a restore has put aside.

    Args:
        folder: the ward's folder.
        words: from `bedside.ward.emergency.replaced_words`.
    """
    return OpeningPage(
        mark="stop",
        title="This is not the ward: a restore has replaced it",
        happened=f"The ward in {folder} was put aside by a restore ({words}).",
        kept="All that was recorded until then is there. Every page can be shown and printed.",
        todo=(
            "Nothing can be recorded or signed. Each page and each paper says REPLACED WARD.",
            "To work, close it and open the ward itself.",
        ),
        go_on="&Open it to read",
    )


def only_read_page(folder: Path, emergency: str) -> OpeningPage:
    """The page before a ward that opens to be read only: put aside by a restore, or on such a medium."""
    if emergency:
        return replaced_page(folder, emergency)
    return not_closed_page(folder) if is_unmerged(folder / FILE) else read_only_page(folder)


def not_closed_page(folder: Path) -> OpeningPage:
    """The page before a ward that was not closed before its medium could only be read, as a failing disk does."""
    return OpeningPage(
        mark="hold",
        title="This ward can only be read here, and it was not closed",
        happened=(
            f"The folder {folder} lies on a disk that can only be read now, and Bedside was ended there "
            "before it closed the ward. A failing disk does this."
        ),
        kept=(
            "Every save is there, the newest too. Bedside has checked them all in a copy of its own "
            "and shows that; the folder was left as it is."
        ),
        todo=(
            "Open it to read: every page can be shown and every paper printed, marked READ-ONLY. Print "
            "the downtime sheets first.",
            "To record, have the whole folder copied to another disk and start Bedside there: "
            "bedside --ward FOLDER.",
            "Call whoever looks after this computer: this disk must not be trusted.",
        ),
        go_on="&Open it to read",
    )


def read_only_page(folder: Path) -> OpeningPage:
    """The page before a ward on a medium that cannot be written."""
    return OpeningPage(
        mark="hold",
        title="This ward can only be read here",
        happened=f"The folder {folder} lies on a medium that can only be read.",
        kept="All that was recorded is there. Every page can be shown and every paper printed.",
        todo=(
            "Nothing can be recorded. Each page and each paper says READ-ONLY, and a paper printed "
            "here is not on record.",
            "To record, copy the whole folder to a disk of this computer and open it there.",
        ),
        go_on="&Open it to read",
    )


def clock_page(now: datetime, last_saved: datetime) -> OpeningPage:
    """The page before a ward whose last record is later than the clock.

    Args:
        now: what the clock shows.
        last_saved: when the last record was made, in the same zone.
    """
    return OpeningPage(
        mark="hold",
        title="The clock is behind the last record",
        happened=(
            f"This computer's clock shows {write_date_time(now)}, but the ward's last record was "
            f"made at {write_date_time(last_saved)}. One of the two is wrong."
        ),
        kept=_UNTOUCHED,
        todo=(
            "Compare the clock with another one. If it is wrong, close Bedside, have it set, and "
            "start again: doses, limits of 45 minutes and ages hang on it.",
            "If it is right, the last record has a wrong time: open the ward and correct it.",
        ),
        again=True,
        go_on="The clock is right: &open the ward",
    )


def example_pages(folder: Path, now: datetime) -> dict[str, OpeningPage]:
    """One page of each kind, with invented figures: for pictures of them all.

    Args:
        folder: a ward's folder.
        now: the clock, aware.
    """
    from bedside.store.restoring import NOT_ORDERED  # not on the way to a window

    hindrances = (
        Hindered("open already", *OPEN_ALREADY),
        Hindered("network drive", f"The folder {folder} lies on a network drive (nfs4)."),
        Hindered("disk full", f"Only 31 MB are free on the disk of {folder}; 52 MB are needed."),
        Hindered("no right", f"You have no right to write in the folder {folder}."),
        Hindered("newer", "This ward belongs to a newer Bedside (its step 0031)."),
        Hindered("key file", *DAMAGED),
    )
    pages = {one.kind.replace(" ", "-"): page_of(one, folder) for one in hindrances}
    pages["damaged"] = page_of(Damaged("the seal of an encrypted page is broken."), folder)
    broken = AuditBroken("the measurement number 12 was changed outside Bedside.")
    pages["record-changed"] = page_of(broken, folder)
    pages["read-only"] = read_only_page(folder)
    pages["not-closed"] = not_closed_page(folder)
    pages["not-restored"] = not_restored_page(NOT_ORDERED)
    pages["no-bookmark"] = page_of(NoBookmark("ward.bookmark", folder), folder)
    pages["replaced"] = replaced_page(folder, "REPLACED WARD, put aside at an earlier time")
    pages["clock-behind"] = clock_page(now, now + timedelta(hours=5))
    return pages
