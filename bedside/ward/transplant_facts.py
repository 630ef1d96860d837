"""What is recorded for the transplant rule: the MRD before the deciding course, and what follows."""

from decimal import Decimal
from typing import cast

from bedside.protocol.mrd import MrdKind, MrdResult
from bedside.protocol.transplant import Indication, judge_transplant
from bedside.store.risk_records import MrdLevel
from bedside.ward.facts import InfantFacts
from bedside.ward.risk_facts import BILLION, group_of


def indication_of(facts: InfantFacts) -> Indication | None:
    """The transplant indication from the group and the MRD before the deciding course."""
    rule = facts.protocol.strata.transplant
    if rule is None:
        return None
    row = next((row for row in facts.mrd if row.point == rule.mrd_point), None)
    result = None if row is None else result_of(row)
    limit = None if row is None else limit_of(row)
    return judge_transplant(facts.protocol, group_of(facts) or None, result, limit)


def result_of(row: MrdLevel) -> MrdResult:
    """A kept result as the protocol room reads it."""
    fraction = None if row.per_billion is None else Decimal(row.per_billion) / BILLION
    return MrdResult(cast(MrdKind, row.state), fraction)


def limit_of(row: MrdLevel) -> Decimal | None:
    """A kept limit of detection as a fraction of cells."""
    return None if row.sees_per_billion is None else Decimal(row.sees_per_billion) / BILLION
