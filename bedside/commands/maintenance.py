"""`calc maintenance`: the doses by mouth in Maintenance that a rule proposes, and why.

The numbers of AALL15P1 and Interfant-06 are not public: without the site's own rule the answer is
"blocked", and says who can supply what where. The worked example of another trial answers only
when it is asked for by name (`--rule`), and says so each time. A proposal, never a decision.
"""

import argparse
from datetime import date
from functools import partial
from itertools import chain
from typing import Any

from bedside.clinical.age import age_on
from bedside.clinical.body_size import body_surface
from bedside.commands.answers import Answer
from bedside.commands.books import Books
from bedside.commands.maintenance_file import SoFar, find_rule, read_so_far
from bedside.commands.maintenance_words import drug_in_json, hold_of, proposal_in_words
from bedside.commands.options import read_option
from bedside.commands.parser import Once
from bedside.commands.plain import brief
from bedside.commands.protocols import cited, find_protocol, find_site_values, site_sources
from bedside.commands.waits import in_json, titration_waits
from bedside.protocol.maintenance import MaintenanceRule
from bedside.protocol.maintenance_words import no_rule_words
from bedside.protocol.missing import missing_value
from bedside.protocol.model import Course, Protocol
from bedside.protocol.site_values import SiteValues
from bedside.protocol.titration import propose
from bedside.protocol.titration_facts import Proposal, TitrationFacts
from bedside.units.dates import read_date, write_date
from bedside.units.refusal import Refused
from bedside.units.rounding import half_up

OPTIONS_EXAMPLE = (
    "--protocol aall15p1 --birth 2025-09-14 --cycle-1-day-1 2026-11-20 --rule icicle-all-14"
)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add --protocol, --birth, --cycle-1-day-1, --rule, --site-values and FILE."""
    parser.add_argument("--protocol", metavar="P", required=True, action=Once, help="as aall15p1")
    parser.add_argument("--birth", metavar="D", required=True, action=Once, help="date of birth")
    parser.add_argument(
        "--cycle-1-day-1",
        metavar="D",
        required=True,
        action=Once,
        help="day 1 of cycle 1 of Maintenance: the age on it chooses the starting dose",
    )
    parser.add_argument(
        "--rule",
        metavar="FILE",
        action=Once,
        help="a titration rule (TOML), or icicle-all-14, the worked example of another trial",
    )
    parser.add_argument(
        "--site-values",
        metavar="FILE",
        action=Once,
        help="the site's own values (TOML), with its rule under [maintenance]",
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        help="counts and doses so far (TOML): on, weight, length, [[count]] on, at (the time, where it is known), anc, platelets; "
        "[[dose]] drug, from, percent or mg; left out: none so far",
    )


def answer(args: argparse.Namespace, books: Books) -> Answer:
    """Answer each drug's proposal; blocked while there is no rule.

    Raises:
        Refused: an option or the file cannot be read, or the facts contradict each other.
    """
    protocol = find_protocol(args.protocol, books)
    course = maintenance_of(protocol)
    birth = read_option("--birth", read_date, args.birth)
    day_1 = read_option("--cycle-1-day-1", read_date, args.cycle_1_day_1)
    so_far = SoFar() if args.file is None else read_so_far(args.file)
    site = find_site_values(args.site_values, protocol, books)
    rule = rule_for(args.rule, site, protocol, books)
    values: dict[str, Any] = {
        "protocol": protocol.key,
        "birth": birth.isoformat(),
        "cycle_1_day_1": day_1.isoformat(),
        "demonstration": site.demonstration,
    }
    if rule is None:
        return blocked(protocol, course, values)
    facts = facts_for(course, birth, day_1, so_far, site)
    return proposed(protocol, rule, facts, site, values)


def maintenance_of(protocol: Protocol) -> Course:
    """Return the protocol's Maintenance.

    Raises:
        Refused: it has none.
    """
    for course in protocol.courses:
        if course.kind == "maintenance":
            return course
    raise Refused(f"{protocol.title} has no Maintenance of its own: nothing is titrated on it.")


def rule_for(
    name: str | None, site: SiteValues, protocol: Protocol, books: Books
) -> MaintenanceRule | None:
    """Return the rule that was asked for: the named one, or the site's own; None where there is none.

    Raises:
        Refused: two rules were given, or the named one cannot be read.
    """
    own = site.maintenance_for(protocol.key)
    if name is None:
        return own
    if own is not None:
        raise Refused(
            f"--rule: “{brief(name)}” and the [maintenance] table of --site-values are two rules: "
            "name one of them."
        )
    return books.once(("maintenance rule", name), lambda: find_rule(name))


def facts_for(
    course: Course, birth: date, day_1: date, so_far: SoFar, site: SiteValues
) -> TitrationFacts:
    """Gather what the proposal rests on; the day asked about is the file's, else its newest."""
    on = so_far.on or max(so_far.newest or day_1, day_1)
    surface = None
    if so_far.weight is not None and so_far.length is not None:
        surface = body_surface(so_far.weight, so_far.length, site.bsa_formula)
    return TitrationFacts(
        birth=birth,
        cycle_1_day_1=day_1,
        on=on,
        counts=so_far.counts,
        doses=so_far.doses,
        weight=so_far.weight,
        surface=surface,
        rounding=site.rounding,
        stops=site.stops,
        fences=course.weight_range,
    )


def proposed(
    protocol: Protocol,
    rule: MaintenanceRule,
    facts: TitrationFacts,
    site: SiteValues,
    values: dict[str, Any],
) -> Answer:
    """Answer what the rule proposes."""
    proposal = propose(rule, facts)
    months = age_on(facts.birth, facts.cycle_1_day_1).completed_months
    surface = facts.surface
    rows = [drug_in_json(drug, proposal.missing) for drug in proposal.drugs]
    against = _against_all(proposal)
    values |= {
        "on": facts.on.isoformat(),
        "age_completed_months_on_cycle_1_day_1": months,
        "bsa_m2": None if surface is None else str(half_up(surface.m2, 4)),
        "bsa_formula": None if surface is None else site.bsa_formula,
        "status": "blocked" if against else "proposed",
        "blocked_by": against,
        "rule": rule.words,
        "evidence": rule.origin.evidence,
        "proposal": rows,
        "hold": hold_of(proposal),
        "hold_because": list(proposal.hold_because),
        "missing": list(proposal.missing),
        "waits_for": in_json(titration_waits(proposal)),
    }
    head = (
        f"{protocol.title}, Maintenance: {months} completed months on day 1 of cycle 1, "
        f"{write_date(facts.cycle_1_day_1)}"
    )
    words = partial(proposal_in_words, head, proposal, values)
    return Answer(
        values, words, (f"{protocol.title}, {protocol.edition}", *rule.sources, *site_sources(site))
    )


def _against_all(proposal: Proposal) -> list[str]:
    """Why nothing can be given by the proposal, where something stands against every drug's dose."""
    against = [
        [*drug.missing, *(() if drug.dose is None else drug.dose.faults)] for drug in proposal.drugs
    ]
    return list(dict.fromkeys(chain.from_iterable(against))) if all(against) else []


def blocked(protocol: Protocol, course: Course, values: dict[str, Any]) -> Answer:
    """Answer what is missing, who can supply it and where."""
    reasons = no_rule(protocol, course)
    values |= {
        "on": None,
        "status": "blocked",
        "blocked_by": list(reasons),
        "rule": None,
        "evidence": "absent",
        "proposal": [],
        "hold": None,
        "hold_because": [],
        "missing": list(reasons),
        "waits_for": in_json(
            (missing_value(f"the titration rule of {course.title}", "maintenance"),)
        ),
    }
    head = f"{protocol.title}, Maintenance: BLOCKED, no dose is proposed"
    sources = cited(protocol, *course.start_origin.sources)
    return Answer(values, lambda: (head, *(f"  {reason}" for reason in reasons)), sources)


def no_rule(protocol: Protocol, course: Course) -> tuple[str, ...]:
    """Which fact is missing, who can supply it, where, and how the command is told."""
    missing, supply = no_rule_words(protocol.title, course.title)
    return (
        missing,
        f"{supply} Name that file with --site-values.",
        "The worked example of another trial can be asked for by name, --rule icicle-all-14: "
        f"its numbers are not {protocol.title}'s.",
    )
