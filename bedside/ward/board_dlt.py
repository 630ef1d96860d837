"""Each infant's DLT state on the ward list: the period with what was decided in it, and what is due.

Decision: the list's first paint shows the period only, which needs no toxicity log and no rule. The
states are read just after it (`judge_board`), and from then on only of infants of whom something was
recorded since: `facts_of_all` hands the same facts over again while nothing was.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from msgspec import Struct

from bedside.protocol.dlt_review import DltReview
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.ward.dlt import evaluation_of
from bedside.ward.dlt_rules import RuleInForce, rule_in_force
from bedside.ward.facts import InfantFacts
from bedside.ward.infants import dlt_line
from bedside.ward.views.marks import DltLine
from bedside.ward.ward import Ward


class KeptLine(Struct, frozen=True):
    """A line as it was worked out, and what it rests on."""

    facts: InfantFacts
    rule: str
    today: date
    line: DltLine


def judge_board(ward: Ward) -> None:
    """From now on the ward list says each infant's state, not only the period, and her orders.

    All of it is worked out when the list is next asked for; `bedside.ward.board_ahead` does so
    infant by infant.
    """
    if ward.kept_dlt is None:
        ward.kept_dlt = {}
    if ward.kept_orders is None:
        from bedside.ward.board_orders import KeptOrders

        ward.kept_orders = KeptOrders()


def judged_lines(ward: Ward, everyone: Sequence[InfantFacts]) -> dict[int, DltLine]:
    """The state of every infant whose protocol has a DLT period, by infant.

    Args:
        ward: the ward.
        everyone: the facts of the infants on the list.
    """
    if ward.kept_dlt is None:
        return {}
    rules = rules_of(ward, everyone)
    return {
        facts.infant.id: judged_line(ward, facts, rules[facts.protocol.key], ward.kept_dlt)
        for facts in everyone
        if facts.protocol.key in rules
    }


def judged_line(
    ward: Ward, facts: InfantFacts, rule: RuleInForce, kept: dict[int, KeptLine]
) -> DltLine:
    """One infant's state: what is kept, or worked out now and kept where it does not hold any more.

    Args:
        ward: the ward.
        facts: the infant's.
        rule: the DLT rule in force of her protocol.
        kept: what was worked out, by infant.
    """
    known, today = kept.get(facts.infant.id), ward.today()
    if (
        known is None
        or known.facts is not facts
        or (known.rule, known.today) != (rule.rule.digest, today)
    ):
        line = _line(ward, facts, rule)
        known = kept[facts.infant.id] = KeptLine(facts, rule.rule.digest, today, line)
    return known.line


def rules_of(ward: Ward, everyone: Sequence[InfantFacts]) -> dict[str, RuleInForce]:
    """The rule in force of each protocol that has a DLT period."""
    with_period = {
        facts.protocol.key: facts.protocol
        for facts in everyone
        if facts.protocol.dlt_window is not None
    }
    rules = {}
    for key, protocol in with_period.items():
        with suppress(Refused):  # the list still opens; the infant's DLT page says what is wrong
            rules[key] = rule_in_force(ward, protocol)
    return rules


def _line(ward: Ward, facts: InfantFacts, rule: RuleInForce) -> DltLine:
    plain = dlt_line(ward, facts)
    if plain.state == "not started":
        return plain
    found = evaluation_of(ward, facts, rule)
    return plain if found is None else short_line(found.review, plain)


def short_line(found: DltReview, plain: DltLine) -> DltLine:
    """The state in a few words, and one line beside it: why, or since when.

    Args:
        found: the evaluation.
        plain: the period's own line.
    """
    closed = "" if found.closed is None else write_date(found.closed)
    headline, details = plain.headline, tuple(plain.details[1:])
    if found.state == "open" and closed:
        headline, details = "not yet decided", (f"closed {closed}",)
    elif found.state == "closed without DLT":
        headline, details = "closed, no DLT", (f"on {closed}",)
    elif found.state == "DLT":
        headline, details = "DLT", (_counted(found),)
    elif found.state == "not evaluable":
        headline, details = "not evaluable", (f"closed {closed}" if closed else "period open",)
    return DltLine(
        found.state, headline, details, found.opened, found.closed, decisions_due=len(found.due)
    )


def _counted(found: DltReview) -> str:
    first, *more = (f"{each.toxicity.words} grade {each.worst}" for each in found.counted)
    return f"{first}, {len(more)} more" if more else first
