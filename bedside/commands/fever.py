"""`calc fever`: febrile neutropenia by the site's definition and by CTCAE's, and the antibiotic clock."""

import argparse
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import cast

from bedside.clinical.fever import DefinitionFinding, FeverState, Neutrophils, judge_fever
from bedside.clinical.fever_clock import AntibioticClock, antibiotic_clock
from bedside.clinical.fever_own import read_rules as read_rules_text
from bedside.clinical.fever_rules import SITES, FeverBook, Site, shipped_fever_book
from bedside.clinical.fever_temperature import TemperatureReading
from bedside.clinical.vital_signs import judge_degrees
from bedside.commands.answers import Answer
from bedside.commands.blood_counts import or_bound, read_possible_anc
from bedside.commands.books import Books
from bedside.commands.options import either, read_choice, read_if_given, read_option
from bedside.commands.parser import Once
from bedside.commands.plain import brief
from bedside.units.bounds import per_ul
from bedside.units.dates import read_timestamp, write_date_time
from bedside.units.refusal import Refused
from bedside.units.temperature import read_degrees

OPTIONS_EXAMPLE = (
    "--temperatures '2026-11-20T10:06+01:00 38.6 C axillary' --anc '88 /uL' "
    "--now 2026-11-20T10:42+01:00"
)
UNKNOWN = "unknown"
ANSWERS = ("yes", "no", UNKNOWN)
LONGEST_FILE = 200_000


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the temperatures, the neutrophils, the time and what else is known."""
    parser.add_argument(
        "--temperatures",
        metavar="LIST",
        required=True,
        action=Once,
        help="time, degrees, unit and site, as '2026-11-20T10:06+01:00 38.6 C axillary'; several "
        f"parted by ;  sites: {', '.join(SITES)}; or none",
    )
    parser.add_argument(
        "--anc", metavar="Q", required=True, action=Once, help="as '480 /uL', '<100 /uL' or unknown"
    )
    parser.add_argument(
        "--now", metavar="T", required=True, action=Once, help="time with its offset from UTC"
    )
    parser.add_argument(
        "--definition",
        metavar="D",
        action=Once,
        help=f"{either(shipped_fever_book().choices())}; left out: the default of the file",
    )
    parser.add_argument(
        "--rules",
        metavar="FILE",
        action=Once,
        help="a site's own definition, as the page Fever writes it, or a whole file of definitions",
    )
    parser.add_argument(
        "--expected-low",
        metavar="A",
        action=Once,
        help="whether the neutrophils are expected to fall below the limit: yes, no or unknown",
    )
    parser.add_argument("--steroids", metavar="A", action=Once, help="given: yes, no or unknown")
    parser.add_argument("--unwell", metavar="A", action=Once, help="looks ill: yes, no or unknown")
    parser.add_argument(
        "--antibiotics", metavar="T", action=Once, help="when the first antibiotic was started"
    )


def answer(args: argparse.Namespace, books: Books) -> Answer:
    """Answer both definitions, with their reasons, and the clock where it runs.

    Raises:
        Refused: something cannot be read, or there is no such definition.
    """
    book = shipped_fever_book() if args.rules is None else read_rules(args.rules)
    now = read_option("--now", read_timestamp, args.now)
    given = read_if_given("--antibiotics", read_timestamp, args.antibiotics)
    readings = read_option("--temperatures", read_list, args.temperatures)
    check_times(readings, now)
    anc = None
    if args.anc != UNKNOWN:
        anc = per_ul(read_option("--anc", or_bound(read_possible_anc), args.anc))
    signs = ("looks ill",) if yes_no("--unwell", args.unwell) else ()
    state = judge_fever(
        book,
        args.definition or "",
        readings,
        Neutrophils(anc, expected_low=yes_no("--expected-low", args.expected_low)),
        now,
        signs=signs,
        steroids=yes_no("--steroids", args.steroids),
    )
    clock = None
    if state.starts_clock and state.since is not None:
        clock = antibiotic_clock(state.since, book.antibiotics.within_minutes, now, given)
    return Answer(values_of(state, clock), partial(worded, state, clock), sources_of(book, state))


def read_rules(name: str) -> FeverBook:
    """Read a site's own definitions.

    Raises:
        Refused: the file cannot be read, or is not such a file.
    """
    try:
        with Path(name).open("rb") as file:
            raw = file.read(LONGEST_FILE)
        return read_rules_text(raw.decode("utf-8"), Path(name).name)
    except (OSError, UnicodeDecodeError, ValueError) as fault:
        if isinstance(fault, Refused):
            raise
        raise Refused(
            f"--rules: “{brief(name)}” cannot be read: name a text file (UTF-8) in the form of "
            "definitions.toml."
        ) from fault


def yes_no(option: str, typed: str | None) -> bool | None:
    """Return yes or no; None for unknown and for an option left out."""
    word = UNKNOWN if typed is None else read_choice(option, typed, ANSWERS)
    return {"yes": True, "no": False}.get(word)


def read_list(typed: str) -> tuple[TemperatureReading, ...]:
    """Read the list of temperatures; "none" is a list of nothing."""
    if typed.strip() == "none":
        return ()
    return tuple(read_reading(part.strip()) for part in typed.split(";"))


def read_reading(typed: str) -> TemperatureReading:
    """Read one temperature: time, degrees, unit, site.

    Raises:
        Refused: a part is missing or cannot be read, or this is no body temperature.
    """
    parts = typed.split()
    if len(parts) != 4:
        raise Refused(
            f"“{brief(typed)}” is not time, degrees, unit and site: "
            "write it as 2026-11-20T10:06+01:00 38.6 C axillary."
        )
    degrees = read_degrees(f"{parts[1]} {parts[2]}")
    judged = judge_degrees(degrees)
    if judged.level == "impossible":
        raise Refused(judged.words)
    site = cast(Site, read_choice("the site of measurement", parts[3], SITES))
    return TemperatureReading(read_timestamp(parts[0]), degrees.kept.celsius, site)


def check_times(readings: Sequence[TemperatureReading], now: datetime) -> None:
    """Check that no temperature was taken after now: it would be left out without a word.

    Raises:
        Refused: naming the first one that lies in the future.
    """
    for reading in readings:
        if reading.at > now:
            raise Refused(
                f"--temperatures: {reading.at.isoformat(timespec='minutes')} lies after --now "
                f"({now.isoformat(timespec='minutes')}): read both times again."
            )


def values_of(state: FeverState, clock: AntibioticClock | None) -> dict[str, object]:
    """Return the answer for a program; there is no value that says there is no sepsis."""
    return {
        "site": finding_values(state.site),
        "ctcae": finding_values(state.ctcae),
        "starts_clock": state.starts_clock,
        "since": iso(state.since),
        "act": list(state.act),
        "notes": list(state.notes),
        "clock": None
        if clock is None
        else {
            "state": clock.state,
            "due": iso(clock.due_at),
            "seconds_left": clock.seconds_left,
            "minutes_taken": clock.minutes_taken,
        },
    }


def finding_values(found: DefinitionFinding) -> dict[str, object]:
    """Return one definition's finding for a program."""
    return {
        "definition": found.key,
        "verdict": found.verdict,
        "fever": found.fever.fever,
        "fever_since": iso(found.fever.since),
        "again_at": iso(found.fever.again_at),
        "neutropenia": found.neutropenia,
        "words": [found.words, found.fever.words, found.neutropenia_words],
    }


def iso(moment: datetime | None) -> str | None:
    """Return a time with its offset, or None."""
    return None if moment is None else moment.isoformat()


def worded(state: FeverState, clock: AntibioticClock | None) -> tuple[str, ...]:
    """Return the answer for a person."""
    lines = []
    for found in (state.site, state.ctcae):
        lines += [found.words, f"  {found.fever.words}", f"  {found.neutropenia_words}"]
    lines += [*state.act, *state.notes]
    if clock is not None:
        lines.append(f"First antibiotic due by {write_date_time(clock.due_at)}: {clock.state}.")
    return tuple(lines)


def sources_of(book: FeverBook, state: FeverState) -> tuple[str, ...]:
    """Return where the two definitions stand."""
    return tuple(book.cite(book.find(found.key)) for found in (state.site, state.ctcae))
