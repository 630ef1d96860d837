"""`calc infusion`: azacitidine's vial clock, from the minute the vial was reconstituted."""

import argparse
from datetime import datetime
from functools import partial

from bedside.commands.answers import Answer, aligned
from bedside.commands.books import Books
from bedside.commands.options import read_option
from bedside.commands.parser import Once
from bedside.commands.protocols import cited, find_course, find_protocol
from bedside.protocol.infusion import vial_clock
from bedside.protocol.model import DrugPlan, Protocol
from bedside.units.dates import read_timestamp, write_date_time
from bedside.units.quantity_reader import read_minutes

OPTIONS_EXAMPLE = "--reconstituted 2026-10-25T02:40+02:00 --minutes 30"
PROTOCOL, COURSE, DRUG = "aall15p1", "epi-1", "azacitidine"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add --reconstituted and --minutes."""
    parser.add_argument(
        "--reconstituted",
        metavar="T",
        required=True,
        action=Once,
        help="time with its offset from UTC, as 2026-10-25T02:40+02:00",
    )
    parser.add_argument(
        "--minutes", metavar="N", required=True, action=Once, help="planned infusion, 10 to 40"
    )


def answer(args: argparse.Namespace, books: Books) -> Answer:
    """Answer the latest start and the finish in the offset that was given.

    Raises:
        Refused: the time has no offset, or the infusion is shorter or longer than allowed.
    """
    reconstituted = read_option("--reconstituted", read_timestamp, args.reconstituted)
    minutes = read_option("--minutes", read_minutes, args.minutes)
    protocol = find_protocol(PROTOCOL, books)
    allowed, within, sources = vial_limits(protocol)
    clock = vial_clock(reconstituted, minutes, allowed=allowed, within=within)
    values = {
        "reconstituted": clock.reconstituted.isoformat(),
        "minutes": clock.minutes,
        "latest_start": clock.latest_start.isoformat(),
        "finish_by": clock.finish_by.isoformat(),
        "finish_within_minutes": within,
    }
    rows = (
        ("reconstituted", told(clock.reconstituted)),
        ("infusion", f"{clock.minutes} minutes"),
        ("latest start", told(clock.latest_start)),
        ("finish by", told(clock.finish_by)),
    )
    return Answer(values, partial(aligned, rows), sources)


def vial_limits(protocol: Protocol) -> tuple[tuple[int, int], int, tuple[str, ...]]:
    """Return the allowed infusion minutes, the minutes from reconstitution, and their sources."""
    plan = vial_plan(protocol)
    if plan.infusion_minutes is None or plan.finish_within_minutes is None:
        raise ValueError(f"{PROTOCOL} states no vial clock for {DRUG}")
    sources = cited(protocol, *plan.dose.origin.sources)
    return plan.infusion_minutes, plan.finish_within_minutes, sources


def vial_plan(protocol: Protocol) -> DrugPlan:
    """Return azacitidine's plan, where the protocol states the vial clock."""
    return next(plan for plan in find_course(protocol, COURSE).drugs if plan.drug == DRUG)


def told(at: datetime) -> str:
    """Return a time for a person, with the offset that tells two 02:30s apart."""
    return f"{write_date_time(at)}, UTC{at.isoformat()[-6:]}"
