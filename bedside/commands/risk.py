"""`calc risk`: the risk group by the protocol's rule, why, and what is missing.

``unknown`` is an answer; an option left out is not. Where an unknown cannot change the group, the
group is named all the same; else it is null and ``missing`` says what to ask for.
"""

import argparse
from functools import partial
from typing import cast

from bedside.clinical.age import age_on
from bedside.commands.answers import Answer, with_notes_first
from bedside.commands.blood_counts import (
    notes_for_counts,
    or_bound,
    read_possible_blasts,
    read_possible_white_cells,
)
from bedside.commands.books import Books
from bedside.commands.options import either, read_choice, read_option
from bedside.commands.parser import Once
from bedside.commands.protocols import cited, find_protocol
from bedside.commands.waits import in_json, risk_waits, waits_in_words
from bedside.protocol.model import Protocol
from bedside.protocol.risk import Kmt2a, RiskFacts, RiskJudgement, judge_risk
from bedside.units.bounds import Bound
from bedside.units.dates import read_date
from bedside.units.quantities import Blasts, WhiteCells

OPTIONS_EXAMPLE = (
    "--protocol interfant06 --birth 2026-05-01 --diagnosed 2026-09-01 --kmt2a rearranged "
    "--wbc '310 10^9/L' --day8-blasts unknown"
)
UNKNOWN = "unknown"
FEW_BLASTS = 1000  # per µL: under it a count of blasts is no slip of a unit
KMT2A = ("rearranged", "germline", "not-evaluable", UNKNOWN)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add --protocol, --birth, --diagnosed, --kmt2a, --wbc and --day8-blasts."""
    parser.add_argument(
        "--protocol", metavar="P", required=True, action=Once, help="as interfant06"
    )
    parser.add_argument("--birth", metavar="D", required=True, action=Once, help="date of birth")
    parser.add_argument(
        "--diagnosed", metavar="D", required=True, action=Once, help="day of diagnosis"
    )
    parser.add_argument("--kmt2a", metavar="K", required=True, action=Once, help=either(KMT2A))
    parser.add_argument(
        "--wbc",
        metavar="Q",
        required=True,
        action=Once,
        help="white cells at diagnosis, as '300 10^9/L', '>400 10^9/L' or unknown",
    )
    parser.add_argument(
        "--day8-blasts",
        metavar="Q",
        required=True,
        action=Once,
        help="blasts in blood on day 8, as '1000 /uL', '<1 /uL' or unknown",
    )


def answer(args: argparse.Namespace, books: Books) -> Answer:
    """Answer the risk group; null while it depends on what is unknown.

    Raises:
        Refused: the protocol is not known or has no risk groups, or a value cannot be read.
    """
    protocol = find_protocol(args.protocol, books)
    facts = RiskFacts(
        born=read_option("--birth", read_date, args.birth),
        diagnosed_on=read_option("--diagnosed", read_date, args.diagnosed),
        kmt2a=cast(Kmt2a, read_choice("--kmt2a", args.kmt2a, KMT2A)),
        white_cells=read_cells(args.wbc),
        day8_blasts=read_day8(args.day8_blasts),
    )
    judged = judge_risk(protocol, facts)
    notes = age_note(protocol, facts) + notes_for_counts(
        (
            ("--wbc", facts.white_cells, args.wbc),
            ("--day8-blasts", high_blasts(facts.day8_blasts), args.day8_blasts),
        )
    )
    values = {
        "protocol": protocol.key,
        "group": judged.group,
        "because": list(judged.because),
        "missing": list(judged.missing),
        "possible": list(judged.possible),
        "ask": judged.ask,
        "notes": list(notes),
        "waits_for": in_json(risk_waits(judged.missing)),
    }
    return Answer(values, partial(worded, protocol, judged, notes), sources_of(protocol))


def age_note(protocol: Protocol, facts: RiskFacts) -> tuple[str, ...]:
    """Return that a child is older than the protocol takes; her group is answered all the same."""
    days = 0 if facts.diagnosed_on is None else age_on(facts.born, facts.diagnosed_on).days
    return tuple(
        f"{days} days old at diagnosis: {protocol.title} takes infants “{rule.words}”. Look at both dates "
        "again."
        for rule in protocol.entry_rules
        if rule.check == "age-in-days" and rule.limit is not None and days > rule.limit
    )


def read_cells(typed: str) -> WhiteCells | Bound[WhiteCells] | None:
    """Return the white cells at diagnosis, or their bound; None for "unknown"."""
    if typed == UNKNOWN:
        return None
    return read_option("--wbc", or_bound(read_possible_white_cells), typed)


def read_day8(typed: str) -> Blasts | Bound[Blasts] | None:
    """Return the blasts on day 8, or their bound; None for "unknown"."""
    if typed == UNKNOWN:
        return None
    return read_option("--day8-blasts", or_bound(read_possible_blasts), typed)


def high_blasts(blasts: Blasts | Bound[Blasts] | None) -> WhiteCells | None:
    """Return a high number of blasts as the white cells that they are; few are expected, and no slip."""
    if blasts is None or isinstance(blasts, Bound) or blasts.per_ul < FEW_BLASTS:
        return None
    return WhiteCells(blasts.per_ul)


def worded(
    protocol: Protocol, judged: RiskJudgement, notes: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Return the answer for a person: the group, then each reason on its line."""
    group = judged.group or f"not yet known: {either(judged.possible)}"
    lines = [f"{protocol.title}: {group}", *(f"  {reason}" for reason in judged.because)]
    asked = (judged.ask,) if judged.ask else ()
    said = (*lines, *asked, *waits_in_words(risk_waits(judged.missing)))
    return with_notes_first(notes, said)


def sources_of(protocol: Protocol) -> tuple[str, ...]:
    """Return the edition and the sources of groups and limits."""
    rule = protocol.strata.risk
    if rule is None:
        return cited(protocol)
    origins = [part.origin for part in rule.groups] + [part.origin for part in rule.thresholds]
    return cited(protocol, *(key for origin in origins for key in origin.sources))
