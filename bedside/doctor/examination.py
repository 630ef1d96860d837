"""Goes through the workstation from its libraries to its ward, and writes down what was found."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TextIO

from bedside.doctor import (
    books,
    copies,
    encryption,
    libraries,
    machine,
    people,
    screen,
    site_values,
    ward_store,
)
from bedside.doctor.finding import Finding, not_fit

NOT_FIT = 1
_MARKS = {"fit": "fit", "look": "LOOK", "not fit": "NOT FIT"}
_WIDTH = max(len(mark) for mark in _MARKS.values())


def run(
    ward_folder: Path,
    now: datetime,
    as_json: bool,
    out: TextIO,
    values: Path | None = None,
    address: str | None = None,
) -> int:
    """Examine this workstation and print what was found.

    Args:
        ward_folder: where the ward is, or would be, kept.
        now: the clock's time, aware.
        as_json: print one JSON object instead of plain words.
        out: where to print.
        values: the site's own values file to hold against its protocol, None for none.
        address: of the ward's server, where the folder is a station's.

    Returns:
        0 when the workstation is fit, 1 when something on it is not.
    """
    findings = examine(ward_folder, now, values, address)
    fit = is_fit(findings)
    out.write(in_json(findings) if as_json else in_words(findings))
    return 0 if fit else NOT_FIT


def examine(
    ward_folder: Path, now: datetime, values: Path | None = None, address: str | None = None
) -> tuple[Finding, ...]:
    """Look at everything, in order; one thing that fails never hides the others."""
    return tuple(_everything(ward_folder, now, values, address))


def is_fit(findings: tuple[Finding, ...]) -> bool:
    """Say whether the workstation may be used."""
    return all(finding.verdict != "not fit" for finding in findings)


def _everything(
    folder: Path, now: datetime, values: Path | None, address: str | None
) -> Iterator[Finding]:
    yield libraries.python_itself()
    yield libraries.libraries()
    yield libraries.system_libraries()
    yield libraries.sqlite_library()
    yield books.program_files()
    yield guarded(books.BOOKS, books.books)
    yield guarded(site_values.SITE_VALUES, lambda: site_values.site_values(values))
    found = screen.probe_screen()
    yield screen.qt_starts(found)
    if found.platform:
        yield screen.screen_fonts(found)
        yield screen.printer(found)
    yield machine.display(os.environ, sys.platform)
    yield machine.disk_space(folder)
    yield guarded(ward_store.FOLDER, lambda: ward_store.ward_place(folder))
    if address is not None:
        yield from _server(folder, address, now)
        yield guarded(copies.COPIES, lambda: copies.copies(folder, now, station=True))
        yield machine.clock(now, None)
    else:
        yield from _own_ward(folder, now)
    yield machine.time_zone(now)


def _own_ward(folder: Path, now: datetime) -> Iterator[Finding]:
    ward, last_record = _ward(folder)
    yield ward
    yield guarded(encryption.ENCRYPTION, lambda: encryption.encryption(folder))
    yield guarded(people.PEOPLE, lambda: people.people(folder))
    yield guarded(copies.COPIES, lambda: copies.copies(folder, now))
    yield guarded(people.MEDIUM, lambda: people.second_medium(folder))
    yield machine.clock(now, last_record)


def _server(folder: Path, address: str, now: datetime) -> Iterator[Finding]:
    from bedside.doctor import server  # a workstation of its own needs none of it

    try:
        yield from server.server(folder, address, now)
    except Exception as error:  # noqa: BLE001 (the doctor reports every trouble, of any kind)
        yield _not_examined(server.SERVER, error)


def guarded(name: str, examination: Callable[[], Finding]) -> Finding:
    """Do one examination; whatever goes wrong in it is its finding."""
    try:
        return examination()
    except Exception as error:  # noqa: BLE001 (the doctor reports every trouble, of any kind)
        return _not_examined(name, error)


def _ward(folder: Path) -> tuple[Finding, datetime | None]:
    try:
        return ward_store.ward_state(folder)
    except Exception as error:  # noqa: BLE001 (the doctor reports every trouble, of any kind)
        return _not_examined(ward_store.WARD, error), None


def _not_examined(name: str, error: Exception) -> Finding:
    words = " ".join(str(error).split()) or type(error).__name__
    return not_fit(name, f"It could not be examined: {words}")


def in_words(findings: tuple[Finding, ...]) -> str:
    """Write the findings for people, one a line, with a last line that sums up."""
    lines = [
        f"{_MARKS[finding.verdict]:<{_WIDTH}}  {finding.name}: {finding.sentence}"
        for finding in findings
    ]
    return "\n".join([*lines, "", _summary(findings)]) + "\n"


def _summary(findings: tuple[Finding, ...]) -> str:
    bad = sum(finding.verdict == "not fit" for finding in findings)
    looks = sum(finding.verdict == "look" for finding in findings)
    if bad:
        return (
            f"This workstation is NOT FIT for Bedside: see the {_counted(bad, 'line')} so marked."
        )
    if looks:
        return f"This workstation is fit for Bedside; {_counted(looks, 'thing')} to look at."
    return "This workstation is fit for Bedside."


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def in_json(findings: tuple[Finding, ...]) -> str:
    """Write the findings as one JSON object."""
    answer = {
        "fit": is_fit(findings),
        "findings": [
            {"name": finding.name, "verdict": finding.verdict, "sentence": finding.sentence}
            for finding in findings
        ],
    }
    return json.dumps(answer, ensure_ascii=False) + "\n"
