"""A station whose ward lies on a server: is the server reached, safe, as it was, and silent about names?

It connects as a station does and asks; nothing on the server is changed.
"""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bedside.doctor.finding import Finding, fit, look, not_fit
from bedside.units.refusal import Refused

if TYPE_CHECKING:
    from bedside.store.server_address import ServerAddress
    from bedside.store.server_driver import ServerDriver

SERVER, LINE, CLOCK, RIGHTS, TABLES, LOG, COPY, KEYS = (
    "server", "line to the server", "clock of the server", "rights on the server", "tables on the server",
    "log of the server", "station's copy", "keys of this station",
)  # fmt: skip
_QUIET = (
    # a refused row is repeated in the server's log, with names, unless it is told to be brief
    ("log_error_verbosity", ("terse",), "terse"),
    ("log_statement", ("none", "ddl"), "none"),
    ("log_min_duration_statement", ("-1",), "-1"),
    ("log_parameter_max_length_on_error", ("0",), "0"),
)


def server(folder: Path, address: str, now: datetime) -> Iterator[Finding]:
    """Look at a station's server, its rights there, and its copy.

    Args:
        folder: the station's own folder.
        address: of the server, as it is set.
        now: aware.
    """
    from bedside.store.server_address import read_address
    from bedside.store.server_driver import connect_server

    try:
        read = read_address(address)
        driver = connect_server(read)
    except Refused as refusal:
        yield not_fit(SERVER, " ".join(refusal.reasons))
    else:
        with closing(driver):
            yield fit(SERVER, f"{read.shown} answers and keeps saves safe ({_version(driver)}).")
            yield _line(driver, read)
            yield _clock(driver, now)
            yield _rights(driver)
            yield _tables(driver)
            yield _log(driver)
    yield _keys(folder)
    yield _copy(folder, now)


def _version(driver: "ServerDriver") -> str:
    (text,) = driver.plain("SHOW server_version").fetchone() or ("unknown",)
    return f"PostgreSQL {str(text).split(' ', 1)[0]}"


def _line(driver: "ServerDriver", address: "ServerAddress") -> Finding:
    """Is what goes over the network encrypted, and is it really that server?"""
    from bedside.store.server_address import VERIFIED

    encrypted = bool(driver.connection.pgconn.ssl_in_use)
    if address.local:
        return fit(LINE, "The server is on this computer itself.")
    mode = address.words().get("sslmode")
    if not encrypted:
        return not_fit(LINE, "It is NOT encrypted: take sslmode out of the station's address.")
    if mode != VERIFIED:
        return look(
            LINE,
            f"It is encrypted, but the server's certificate is not verified (sslmode={mode}): "
            "another computer could stand in for it. Take sslmode out of the station's address.",
        )
    return fit(LINE, "It is encrypted, and the server's certificate and name were verified.")


def _clock(driver: "ServerDriver", now: datetime) -> Finding:
    """Is this station's clock the server's? All stations record into one trail, and a vial runs for minutes."""
    from bedside.store.server_following import ask_newest
    from bedside.ward.wrong_clock import minutes_apart

    heard = ask_newest(driver)
    apart = 0 if heard is None else minutes_apart(heard.server_now - now)
    if apart:
        side = "behind" if apart > 0 else "ahead of"
        return not_fit(
            CLOCK,
            f"This computer's clock is {abs(apart)} min {side} the server's: compare both with another, "
            "and set the wrong one.",
        )
    return fit(CLOCK, "It agrees with this computer's clock to the minute.")


def _rights(driver: "ServerDriver") -> Finding:
    from bedside.store.server_rights import check_own_rights

    try:
        check_own_rights(driver)
    except Refused as refusal:
        return not_fit(RIGHTS, " ".join(refusal.reasons))
    return fit(RIGHTS, "This station may add records and strike them out, and change nothing else.")


def _tables(driver: "ServerDriver") -> Finding:
    from bedside.store.server_schema import check_server_schema, check_step

    try:
        check_step(driver)
        check_server_schema(driver)
    except Refused as refusal:
        return not_fit(TABLES, " ".join(refusal.reasons))
    return fit(TABLES, "They are of this Bedside, with every rule that guards them.")


def _log(driver: "ServerDriver") -> Finding:
    """Whether names may end in the server's own log."""
    wrong = []
    for name, quiet, wanted in _QUIET:
        row = driver.plain(f"SELECT current_setting('{name}', true)").fetchone()
        if row is not None and row[0] is not None and row[0] not in quiet:
            wrong.append(f"{name} = {wanted}")
    if wrong:
        return look(
            LOG,
            "The server's log may repeat what is recorded, with names. Whoever looks after the "
            f"server sets {', '.join(wrong)}.",
        )
    return fit(LOG, "It repeats nothing of what is recorded.")


def _keys(folder: Path) -> Finding:
    from bedside.store.key_file import read_key_file
    from bedside.store.keys import has_keys
    from bedside.store.station_copy import has_station_copy

    if not has_keys(folder) and not has_station_copy(folder):
        return look(
            KEYS,
            "This station has no key file, and no copy of the ward to keep with it. Where the ward has "
            "keys, open it here once: it asks for the ward passphrase and takes them.",
        )
    if not has_keys(folder):
        return look(
            KEYS,
            "This station has no key file: its copy of the ward lies readable on its disk. Where the "
            "ward has keys, open it here once: it asks for the ward passphrase and takes them.",
        )
    try:
        content = read_key_file(folder)
    except Refused as refusal:
        return not_fit(KEYS, " ".join(refusal.reasons))
    if not content.encrypted:
        return look(KEYS, f"The copy is plain: {content.stated}. Bedside cannot see that.")
    return fit(KEYS, "The key file is whole, and the station's copy is encrypted with it.")


def _copy(folder: Path, now: datetime) -> Finding:
    """What is read while the server is away."""
    from bedside.store.station_copy import copy_as_of, has_station_copy
    from bedside.units.dates import write_date_time

    as_of = copy_as_of(folder) if has_station_copy(folder) else None
    if as_of is None:
        return look(COPY, "There is none yet: open the ward once; without it nothing is read "
                          "while the server is away.")  # fmt: skip
    made = write_date_time(as_of.astimezone(now.tzinfo))
    if (now - as_of).days >= 1:
        return look(COPY, f"It is of {made}: open the ward here, so that it is brought up to date.")
    return fit(COPY, f"It is of {made}, and is read while the server is away.")
