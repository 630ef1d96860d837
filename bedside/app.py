"""The front door of the desktop: everything is made here, in order, and passed on."""

import os
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import bedside.lean  # noqa: F401 (before anything loads msgspec)
from bedside import __version__
from bedside.drawing import Papers
from bedside.machine_zone import MACHINE
from bedside.protocol.drugs import drug_names
from bedside.protocol.site_values import NO_SITE_VALUES
from bedside.store.keys import KeyNeeded
from bedside.store.opening import open_store
from bedside.store.store import Store
from bedside.store.troubles import Hindered
from bedside.units.refusal import Refused
from bedside.ward.people import has_people
from bedside.ward.references import demonstration_values, growth_tables, protocols
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.key_file import KeyFile
    from bedside.store.keys import Keys
    from bedside.ward.unlocking import Unlocking
    from bedside.ward.views.opening import OpeningPage

PROGRAM = f"Bedside {__version__}"


def system_clock() -> Callable[[], datetime]:
    """This workstation's clock, in its own time zone with its summer-time rules."""

    def now() -> datetime:
        return datetime.now(MACHINE)

    return now


def ward_folder(chosen: str | None = None) -> Path:
    """The ward's folder: the one asked for, else this workstation's."""
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("bedside") / "ward"


def open_ward(
    folder: Path,
    clock: Callable[[], datetime],
    *,
    create: bool,
    demonstration: bool = False,
    meanwhile: Callable[[], None] | None = None,
    keys: "Keys | None" = None,
    ask: "Callable[[Unlocking], None] | None" = None,
    moving: bool = False,
) -> Ward:
    """Open a ward.

    Args:
        folder: holds the ward's store.
        clock: gives now, aware.
        create: make an empty ward where there is none.
        demonstration: an empty ward made now is marked as a demonstration for ever.
        meanwhile: done while SQLite checks the file.
        keys: the keys of an encrypted ward; None looks for them in the system's keyring.
        ask: asks a person for them where that has none.
        moving: it is opened from its file to be moved to a server.

    Raises:
        KeyNeeded: the ward is encrypted, and nobody was asked.
        Refused: with what is wrong and what to do.
    """
    server = None if moving else server_of_station(folder)

    def opened(given: "Keys | None") -> Store:
        return open_store(
            folder,
            server=server,
            moving=moving,
            now=clock(),
            create=create,
            demonstration=demonstration,
            meanwhile=meanwhile,
            keys=given,
        )

    try:
        store = opened(keys)
    except KeyNeeded:
        found = _keys_of(folder, clock, ask, None if moving else server)
        if found is None:
            raise
        store = opened(found)
    return assemble(store, clock)


def server_of_station(folder: Path) -> str | None:
    """The address that this workstation's own ward is set to; None for any other folder."""
    server = os.environ.get("BEDSIDE_STORE") or None
    # a demonstration, or a ward that was asked for by its folder, is not the workstation's own
    return server if server is None or folder == ward_folder() else None


def _keys_of(
    folder: Path,
    clock: Callable[[], datetime],
    ask: "Callable[[Unlocking], None] | None",
    server: str | None = None,
) -> "Keys | None":
    """The keys of an encrypted ward: from the system's keyring, else from whoever is asked."""
    from bedside.store.station import server_of
    from bedside.ward.unlocking import Unlocking

    address = server or server_of(folder)

    def elsewhere() -> "KeyFile | None":
        from bedside.store.server_opening import keys_elsewhere

        return None if address is None else keys_elsewhere(address, folder)

    lock = Unlocking(folder, clock, elsewhere)
    lock.by_keyring()
    if lock.keys is None and ask is not None:
        ask(lock)
    return lock.keys


def open_on_screen(
    folder: Path, clock: Callable[[], datetime], keys: "Keys | None" = None
) -> Ward | None:
    """Open the ward for the window; whatever stands in the way has a page of its own.

    Args:
        folder: the ward's folder.
        clock: gives now, aware.
        keys: the keys where they are known already, as after a first start.

    Returns:
        The ward; None where the person closed the page instead.
    """

    def ask(lock: "Unlocking") -> None:
        nonlocal keys
        keys = ask_on_screen(lock)
        if keys is None:
            raise _Closed

    while True:
        try:
            # the file is checked on one core while Qt is loaded on the other
            ward = open_ward(folder, clock, create=True, meanwhile=load_desktop, keys=keys, ask=ask)
        except _Closed:
            return None
        except Refused as refusal:
            answer, copy = _answer_to(refusal, folder, clock, keys)
            if answer != "again":
                return copy
            continue
        answer = _ask_of_reservations(ward)
        if answer == "go on":
            return ward
        ward.store.close()
        if answer == "close":
            return None


def _answer_to(
    refusal: Refused, folder: Path, clock: Callable[[], datetime], keys: "Keys | None"
) -> tuple[str, Ward | None]:
    """Show why the ward was not opened; its last good copy opens instead where that is chosen."""
    from bedside.ward.opening_pages import page_of

    answer = show_page(page_of(refusal, folder, clock()))
    if answer == "go on":  # offered where it may be read: a station's own copy, or on a full disk
        opened = open_while_full if _is_full(refusal) else open_while_away
        try:
            return answer, opened(folder, clock, keys, _ask)
        except Refused as again:
            return _answer_to(again, folder, clock, keys)
    if answer != "copy":
        return answer, None
    from bedside.rescue import last_good_copy

    try:
        ward = last_good_copy(refusal, folder, clock, keys)
    except Refused as again:
        return _answer_to(again, folder, clock, keys)
    return ("again", None) if ward is None else (answer, ward)


def open_while_away(
    folder: Path,
    clock: Callable[[], datetime],
    keys: "Keys | None",
    ask: "Callable[[Unlocking], None]",
) -> Ward:
    """The ward of a station whose server does not answer, read from the station's copy.

    Args:
        folder: the station's own.
        clock: gives now, aware.
        keys: the ward's, where they are known; else they are looked for, and asked for.
        ask: asks a person for them.

    Raises:
        Refused: this station has no copy that can be read.
    """
    from bedside.store.keys import has_keys
    from bedside.store.server_opening import open_copy_while_away
    from bedside.store.station import server_of
    from bedside.ward.away import note_server

    address = server_of_station(folder) or server_of(folder)
    if keys is None and has_keys(folder):
        keys = _keys_of(folder, clock, ask)
    ward = assemble(open_copy_while_away(address or "", folder, clock(), keys=keys), clock)
    note_server(ward)
    return ward


def open_while_full(
    folder: Path,
    clock: Callable[[], datetime],
    keys: "Keys | None",
    ask: "Callable[[Unlocking], None]",
) -> Ward:
    """The ward of a disk that has no room for a save, to be read.

    Args:
        folder: the ward's folder.
        clock: gives now, aware.
        keys: the ward's, where they are known; else they are looked for, and asked for.
        ask: asks a person for them.

    Raises:
        Refused: it is open already, or cannot be shown.
    """
    from bedside.store.keys import has_keys
    from bedside.store.private_copy import open_where_full

    if keys is None and has_keys(folder):
        keys = _keys_of(folder, clock, ask)
    return assemble(open_where_full(folder, keys, clock()), clock)


def _is_full(refusal: Refused) -> bool:
    return isinstance(refusal, Hindered) and refusal.kind == "disk full"


def _copy_of_broken(ward: Ward, broken: Refused) -> Ward | None:
    """Show why the ward was closed; its last good copy where that is chosen."""
    answer, copy = "again", None
    while answer == "again":
        answer, copy = _answer_to(broken, ward.folder, ward.clock, ward.store.keys)
    return copy


def _ask(lock: "Unlocking") -> None:
    ask_on_screen(lock)


class _Closed(Exception):
    """The person closed the page of the passphrase."""


def _ask_of_reservations(ward: Ward) -> str:
    """Ask before the window where the ward can only be read, or the clock cannot be right."""
    last = ward.last_saved
    if not ward.store.read_only and (last is None or ward.now() >= last):
        return "go on"
    from bedside.ward.opening_pages import clock_page, only_read_page
    from bedside.ward.wrong_clock import clock_is_behind

    answer = "go on"
    if ward.store.read_only:
        answer = show_page(only_read_page(ward.store.folder, ward.emergency))
    if answer == "go on" and last is not None and clock_is_behind(ward.now(), last):
        answer = show_page(clock_page(ward.now(), last))
    return answer


def show_page(page: "OpeningPage") -> str:
    """Show a page in the window's place; what was answered on it."""
    from bedside.desktop.opening_page import ask
    from bedside.desktop.start import dress, make_application

    application, look = make_application(sys.argv[:1])
    dress(application, look)
    return ask(look, page)


def ask_on_screen(lock: "Unlocking") -> "Keys | None":
    """Ask for what opens an encrypted ward, or a copy of it; None where the page was closed."""
    from bedside.desktop.start import dress, make_application
    from bedside.desktop.unlock_page import ask_passphrase

    application, look = make_application(sys.argv[:1])
    dress(application, look)
    ask_passphrase(look, lock, str(lock.folder))
    return lock.keys


def assemble(store: Store, clock: Callable[[], datetime]) -> Ward:
    """Put a ward together around an open store."""
    ward = Ward(
        store=store,
        protocols=protocols(),
        drugs=drug_names(),
        read_growth=growth_tables,
        clock=clock,
        values=demonstration_values() if store.demonstration else NO_SITE_VALUES,
        drawing=Papers(),
        program=PROGRAM,
        demonstration=store.demonstration,
        written=protocols().written,
    )
    if store.replaced:
        from bedside.ward.emergency import replaced_words

        ward.emergency = replaced_words(store.folder, ward.zone)
    if store.keys is not None:
        ward.is_ward_passphrase = partial(_is_passphrase, store.folder)
    if store.shared or has_people(ward):
        from bedside.ward.people_guard import guard_store

        guard_store(ward)
    return ward


def _is_passphrase(folder: Path, typed: str) -> bool:
    from bedside.store.key_doors import is_passphrase

    return is_passphrase(folder, typed)


def has_ward(folder: Path) -> bool:
    """Whether something of a ward lies in a folder; then it is opened, not made."""
    return folder.is_dir() and any(folder.iterdir())


def load_desktop() -> None:
    """Load Qt and the desktop's modules, which nothing before the window needs."""
    from bedside.desktop.plain_import import import_plainly

    import_plainly()
    import bedside.desktop.start  # noqa: F401 (loaded here, used by `run_desktop`)


def run_desktop(ward: Ward, *, who: str = "") -> int:
    """Open the desktop on a ward and stay until it is closed; a restored ward is opened anew."""
    os.environ.setdefault("QT_ENABLE_HIGHDPI_SCALING", "1")
    from bedside.desktop.start import run

    while True:
        try:
            code = run(ward, sys.argv[:1], who=who, crash_folder=crash_folder)
            if ward.store.read_only and ward.store.broken is None:
                return code
            if ward.store.broken is None:
                from bedside.rescue import copy_at_the_end

                copy_at_the_end(ward)
        finally:
            ward.store.close()
        if ward.store.broken is not None:
            copy = _copy_of_broken(ward, ward.store.broken)
            if copy is None:
                return code
            ward = copy
            continue
        if ward.closed_work is not None:
            from bedside.key_work import do_closed_work

            reopened = do_closed_work(ward)
            if reopened is None:
                return code
            ward = reopened
        elif ward.restore_ready is not None:
            from bedside.rescue import take_restored

            restored = take_restored(ward, ward.restore_ready)
            if restored is None:
                return code
            ward = restored
        else:
            return code


def crash_folder() -> Path:
    """Where crash files go: nothing clinical is ever in them."""
    from platformdirs import user_state_path

    return user_state_path("bedside") / "crashes"
