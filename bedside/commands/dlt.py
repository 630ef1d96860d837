"""`calc dlt`: where an infant's DLT evaluation stands, from a history, with every verdict and its rule.

The program's own rule is a screening rule: AALL15P1's definition is not public. A site names its own
with ``--rule``, or the signed file of its commissioned numbers with ``--site-values``. The rule proposes; a decision is a physician's and is read from the history.
"""

import argparse
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from bedside.commands.answers import Answer
from bedside.commands.books import Books
from bedside.commands.dlt_file import read_history
from bedside.commands.parser import Once
from bedside.commands.plain import brief
from bedside.commands.protocols import find_protocol, find_site_values
from bedside.places import place
from bedside.protocol.dlt import dlt_period
from bedside.protocol.dlt_own import CommissionedDlt, TypedNumber, own_dlt, with_commissioned
from bedside.protocol.dlt_review import Decision, DltReview, Reviewed, review
from bedside.protocol.dlt_rule import DltRule
from bedside.protocol.dlt_rule_reader import read_dlt_rule_file
from bedside.protocol.dlt_words import title_in_words
from bedside.protocol.model import Protocol
from bedside.units.dates import write_date, write_date_time
from bedside.units.refusal import Refused

OPTIONS_EXAMPLE = "--protocol aall15p1 history.toml"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add --protocol, --rule and FILE."""
    parser.add_argument("--protocol", metavar="P", required=True, action=Once, help="as aall15p1")
    parser.add_argument(
        "--rule",
        metavar="RULE",
        action=Once,
        help="the site's own DLT rule (TOML); left out: the program's screening rule",
    )
    parser.add_argument(
        "--site-values",
        metavar="SITE",
        action=Once,
        help="the signed file of the site's values, with the numbers of its DLT rule",
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        help="a history (TOML): [start] course = day; [[count]] at, anc, platelets; [[answer]] "
        "course, answer, at; [[toxicity]] term, onset, grade, attribution, resolved; [[decision]] "
        "toxicity, decision, by, at, reason; [not-evaluable] by, at, reason; on",
    )


def answer(args: argparse.Namespace, books: Books) -> Answer:
    """Answer the state, the period, and each toxicity with its verdict and rule.

    Raises:
        Refused: the protocol has no DLT period, or a file cannot be read.
    """
    protocol = find_protocol(args.protocol, books)
    if protocol.dlt_window is None:
        raise Refused(f"{protocol.title} has no DLT period: there is nothing to review.")
    rule = _rule_asked(args, protocol, books)
    history = read_history(args.file, protocol)
    period = dlt_period(protocol, history.facts)
    found = review(
        period,
        rule,
        history.toxicities,
        history.decisions,
        history.not_evaluable,
        history.on,
    )
    values = {
        "protocol": protocol.key,
        "on": history.on.isoformat(),
        "state": found.state,
        "opened": None if found.opened is None else found.opened.isoformat(),
        "closed": None if found.closed is None else found.closed.isoformat(),
        "words": found.words,
        "period": period.words,
        "due": [each.toxicity.key for each in found.due],
        "reviewed": [_in_json(each, rule) for each in found.reviewed],
        "not_evaluable": None if found.not_evaluable is None else found.not_evaluable.reason,
        "rule": rule.title,
        "rule_kind": rule.kind,
        "rule_edition": rule.edition,
        "rule_confirmed_by": list(rule.confirmed_by or ()),
        "rule_words": title_in_words(rule, protocol.title),
    }
    origin = protocol.dlt_window.origin
    sources = (f"{protocol.title}, {protocol.edition}", origin.named, *rule.sources)
    return Answer(
        values,
        partial(_in_words, found, period.words, title_in_words(rule, protocol.title)),
        sources,
    )


def _rule_asked(args: argparse.Namespace, protocol: Protocol, books: Books) -> DltRule:
    """The rule that is named, with ``--rule`` or as commissioned numbers; else the screening rule."""
    if args.site_values is None:
        return rule_for(args.rule, protocol, books)
    if args.rule is not None:
        raise Refused("--rule and --site-values name two DLT rules: name one of them.")
    name = args.site_values
    site = find_site_values(name, protocol, books)
    found = books.once(("dlt numbers", name), lambda: _commissioned(name, protocol))
    rule = with_commissioned(rule_for(None, protocol, books), found)
    if rule.kind == "screening":
        raise Refused(
            f"--site-values: “{brief(name)}” has no DLT rule that two people have commissioned whole "
            f"({found.done}): leave it out to judge by the screening rule."
        )
    return replace(rule, demonstration=site.demonstration)


def _commissioned(name: str, protocol: Protocol) -> CommissionedDlt:
    """The numbers of the DLT rule in a signed file; a file without a seal holds none of them."""
    from bedside.ward.signed_values import claims_a_signature, read_signed

    content = Path(name).read_bytes()
    if not claims_a_signature(content):
        return own_dlt(protocol, ())
    return own_dlt(
        protocol,
        (
            (
                row.number,
                TypedNumber(
                    row.value, row.first, row.second, datetime.fromisoformat(row.second_at)
                ),
            )
            for row in read_signed(content, name).rows
        ),
    )


def rule_for(name: str | None, protocol: Protocol, books: Books) -> DltRule:
    """Return the named rule, else the program's own screening rule.

    Raises:
        Refused: the file cannot be used; or the program carries no rule for the protocol.
    """
    if name is not None:
        path = Path(name)
        return books.once(
            ("dlt rule", name, protocol.key), lambda: read_dlt_rule_file(path, protocol)
        )
    own = place("resources", "dlt") / f"{protocol.key}.toml"
    if not own.is_file():
        raise Refused(f"There is no DLT rule for {protocol.title} here: name one with --rule.")
    return books.once(("dlt rule", "", protocol.key), lambda: read_dlt_rule_file(own, protocol))


def _in_json(each: Reviewed, rule: DltRule) -> dict[str, Any]:
    toxicity = each.toxicity
    return {
        "key": toxicity.key,
        "term": toxicity.words,
        "onset": toxicity.onset.isoformat(),
        "course": toxicity.course,
        "place": each.place,
        "worst_grade": each.worst,
        "verdict": each.ruling.verdict,
        "rule": each.ruling.words,
        "rule_title": rule.title,
        "rule_part": each.ruling.part,
        "missing": list(each.ruling.missing),
        "decided": None if each.decided is None else each.decided.verdict,
        "decisions": [_decision_in_json(decision) for decision in each.decisions],
        "stale": each.stale,
        "due": each.due,
    }


def _decision_in_json(decision: Decision) -> dict[str, str]:
    return {
        "decision": decision.verdict,
        "by": decision.by,
        "at": decision.at.isoformat(),
        "reason": decision.reason,
    }


def _in_words(found: DltReview, period: str, rule: str) -> Iterator[str]:
    yield f"State: {found.state}"
    yield f"  {period}"
    if found.words != period:
        yield f"  {found.words}"
    yield f"Rule: {rule}"
    for each in found.reviewed:
        yield ""
        yield from _toxicity_in_words(each)
    yield ""
    yield "The rule proposes; a named physician decides."


def _toxicity_in_words(each: Reviewed) -> Iterator[str]:
    toxicity = each.toxicity
    grade = "not graded" if each.worst is None else f"grade {each.worst} at worst"
    where = grade if each.place == "in the period" else each.place
    yield f"{toxicity.words}, since {write_date(toxicity.onset)}, {where}"
    yield f"  The rule says: {each.words}"
    for decision in each.decisions:
        yield (
            f"  Decided: {decision.verdict}, {decision.by}, {write_date_time(decision.at)}: "
            f"{decision.reason}"
        )
    if each.stale:
        yield "  Decided on earlier facts: decide again."
    elif each.due:
        yield "  A decision is due."
