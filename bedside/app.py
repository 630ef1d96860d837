"""The front door of the desktop: everything is made here, in order, and passed on."""

import os
import shutil
import sys
from collections.abc import Callable
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import tzlocal

from bedside import __version__
from bedside.places import place
from bedside.protocol.drugs import drug_names
from bedside.protocol.site_values import NO_SITE_VALUES, SiteValues
from bedside.store.opening import open_store
from bedside.store.store import Store
from bedside.units.refusal import Refused
from bedside.ward.references import growth_tables, protocols
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.papers.downtime import DowntimeSheets
    from bedside.papers.protocol_book import BookHead, ProtocolBook
    from bedside.papers.tertiary_card import TertiaryCard
    from bedside.papers.values import DosingSheet, Roadmap

PROGRAM = f"Bedside {__version__}"


class Papers:
    """Draws papers; ReportLab is loaded when the first one is asked for."""

    def dosing_sheet(self, sheet: "DosingSheet") -> bytes:
        """Draw a dosing sheet as PDF bytes."""
        from bedside.documents.sheet import draw_dosing_sheet

        return draw_dosing_sheet(sheet)

    def roadmap(self, roadmap: "Roadmap") -> bytes:
        """Draw a roadmap as PDF bytes."""
        from bedside.documents.roadmap import draw_roadmap

        return draw_roadmap(roadmap)

    def review_book(self, book: "ProtocolBook", head: "BookHead") -> bytes:
        """Draw the review book of a protocol as PDF bytes."""
        from bedside.documents.review_book import draw_review_book

        return draw_review_book(book, head)

    def tertiary_card(self, card: "TertiaryCard") -> bytes:
        """Draw the card "contact the tertiary team" as PDF bytes."""
        from bedside.documents.tertiary_card import draw_tertiary_card

        return draw_tertiary_card(card)

    def downtime(self, sheets: "DowntimeSheets") -> bytes:
        """Draw the downtime sheets as PDF bytes."""
        from bedside.documents.downtime import draw_downtime

        return draw_downtime(sheets)


def system_clock() -> Callable[[], datetime]:
    """This workstation's clock, in its own time zone with its summer-time rules."""
    zone: tzinfo = tzlocal.get_localzone()

    def now() -> datetime:
        return datetime.now(zone)

    return now


def ward_folder(chosen: str | None = None) -> Path:
    """The ward's folder: the one asked for, else this workstation's."""
    return Path(chosen) if chosen else platformdirs.user_data_path("bedside") / "ward"


def open_ward(
    folder: Path,
    clock: Callable[[], datetime],
    *,
    create: bool,
    demonstration: bool = False,
    meanwhile: Callable[[], None] | None = None,
) -> Ward:
    """Open a ward.

    Args:
        folder: holds the ward's store.
        clock: gives now, aware.
        create: make an empty ward where there is none.
        demonstration: an empty ward made now is marked as a demonstration for ever.
        meanwhile: done while SQLite checks the file.

    Raises:
        Refused: with what is wrong and what to do.
    """
    store = open_store(
        folder, now=clock(), create=create, demonstration=demonstration, meanwhile=meanwhile
    )
    return assemble(store, clock)


def assemble(store: Store, clock: Callable[[], datetime]) -> Ward:
    """Put a ward together around an open store."""
    return Ward(
        store=store,
        protocols=protocols(),
        drugs=drug_names(),
        read_growth=growth_tables,
        clock=clock,
        values=demonstration_values() if store.demonstration else NO_SITE_VALUES,
        drawing=Papers(),
        program=PROGRAM,
        demonstration=store.demonstration,
    )


def demonstration_values() -> SiteValues:
    """The invented site values of the demonstration ward."""
    from bedside.protocol.site_value_reader import read_site_values

    return read_site_values(place("resources", "demo", "site_values.toml"), rule_later=True)


def make_demonstration_ward(folder: Path, clock: Callable[[], datetime]) -> Ward:
    """Open the demonstration ward in a folder, made now if the folder has none.

    It is made beside the folder and moved there when it is complete: a half-made one is never left.

    Raises:
        Refused: the folder holds something else, a real ward above all.
    """
    if not folder.exists() or not any(folder.iterdir()):
        _make(folder, clock)
    ward = open_ward(folder, clock, create=False)
    if not ward.demonstration:
        ward.store.close()
        raise Refused(
            f"{folder} holds a ward that is no demonstration: nothing was changed. "
            "Choose an empty folder for the demonstration."
        )
    return ward


def _make(folder: Path, clock: Callable[[], datetime]) -> None:
    from bedside.ward.demonstration import make_demonstration
    from bedside.ward.demonstration_today import MovableClock

    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    movable = MovableClock(clock())
    ward = open_ward(part, movable, create=True, demonstration=True)
    try:
        make_demonstration(ward, movable)
    except BaseException:
        ward.store.close()
        shutil.rmtree(part, ignore_errors=True)
        raise
    ward.store.close()
    if folder.exists():
        folder.rmdir()
    part.rename(folder)


def load_desktop() -> None:
    """Load Qt and the desktop's modules, which nothing before the window needs."""
    import bedside.desktop.start  # noqa: F401 (loaded here, used by `run_desktop`)


def run_desktop(ward: Ward, *, who: str = "") -> int:
    """Open the desktop on a ward and stay until it is closed; a restored ward is opened anew."""
    os.environ.setdefault("QT_ENABLE_HIGHDPI_SCALING", "1")
    from bedside.desktop.start import run

    while True:
        try:
            code = run(ward, sys.argv[:1], who=who, crash_folder=crash_folder())
            copy_at_the_end(ward)
        finally:
            ward.store.close()
        if ward.restore_ready is None:
            return code
        ward = take_restored(ward, ward.restore_ready)


def copy_at_the_end(ward: Ward) -> None:
    """Copy what was recorded since the last copy, before the ward is closed."""
    if ward.store.read_only:
        return
    from bedside.store.troubles import NotSaved
    from bedside.ward.backup import back_up_newer

    try:
        back_up_newer(ward, "closing" if ward.restore_ready is None else "before a restore")
    except (Refused, NotSaved) as trouble:
        print(f"bedside: no copy was made. {trouble}", file=sys.stderr)  # noqa: T201 (no window any more)


def take_restored(ward: Ward, prepared: Path) -> Ward:
    """Put a confirmed restore in its closed ward's place and open that."""
    from bedside.ward.backup import back_up_newer
    from bedside.ward.restoring import put_in_place

    folder = ward.folder
    put_in_place(folder, prepared, ward.now())
    restored = open_ward(folder, ward.clock, create=False)
    back_up_newer(restored, "after a restore")
    return restored


def open_copy(folder: Path, clock: Callable[[], datetime]) -> Ward:
    """Open a copy of a ward to be read and printed only; every page and paper says so.

    Raises:
        Refused: it is damaged, or of another version of Bedside.
    """
    from bedside.store.opening import open_to_read
    from bedside.ward.emergency import emergency_words

    words = emergency_words(folder, clock())
    ward = assemble(open_to_read(folder), clock)
    ward.emergency = words
    return ward


def crash_folder() -> Path:
    """Where crash files go: nothing clinical is ever in them."""
    return platformdirs.user_state_path("bedside") / "crashes"
