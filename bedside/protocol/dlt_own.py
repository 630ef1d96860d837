"""The DLT rule that a site has commissioned: its numbers, who typed them and when, and the rule with them.

The numbers are the site's; what sorts beside them (blood terms, attribution) is Bedside's own screening
and is said to be so. The rule only asks: a physician decides.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from bedside.protocol.dlt_boundary import MOST_INFANTS, StoppingRule
from bedside.protocol.dlt_rule import DltRule
from bedside.protocol.model import Protocol
from bedside.protocol.rule_numbers import DLT, dlt_group
from bedside.protocol.typed_choices import NOT_STATED
from bedside.units.dates import write_date_time

_STOPPING = ("infants", "acceptable", "chance")
_PREFIX = f"{DLT}/"


class TypedNumber(Struct, frozen=True):
    """One number as two people typed it: canonical text, both names, when the second did."""

    canonical: str
    first: str
    second: str
    at: datetime


class CommissionedDlt(Struct, frozen=True):
    """What two people have typed of a DLT rule, by its short name, and how many numbers it has."""

    typed: Mapping[str, TypedNumber] = {}
    total: int = 0

    @property
    def numbers(self) -> dict[str, str]:
        """What the copy states, in canonical spelling; what it states none of is left out."""
        return {
            key: one.canonical for key, one in self.typed.items() if one.canonical != NOT_STATED
        }

    @property
    def complete(self) -> bool:
        """Whether the rule is the site's: every number is typed, and a lowest grade is among them."""
        return 0 < self.total <= len(self.typed) and "grade" in self.numbers

    @property
    def done(self) -> str:
        """How far it is: "6 of 6 numbers"."""
        return f"{len(self.typed)} of {self.total} numbers"

    @property
    def by(self) -> str:
        """Who typed it and when, each pair once, by the newest: "A and B, 19-Nov-2026 10:12"."""
        return pairs_words(self.typed.values())


def pairs_words(typed: Iterable[TypedNumber]) -> str:
    """Both names and the time of the last number of each pair of people, newest first."""
    newest: dict[tuple[str, str], datetime] = {}
    for one in typed:
        pair = (one.first, one.second)
        newest[pair] = max(newest.get(pair, one.at), one.at)
    said = sorted(newest.items(), key=lambda item: item[1], reverse=True)
    return "; ".join(f"{first} and {second}, {write_date_time(at)}" for (first, second), at in said)


def own_dlt(protocol: Protocol, typed: Iterable[tuple[str, TypedNumber]]) -> CommissionedDlt:
    """The numbers of a protocol's DLT rule among what was typed.

    Args:
        protocol: the protocol.
        typed: full name of each number, "dlt/grade", and what two people typed; others are left out.
    """
    group = dlt_group(protocol)
    known = () if group is None else tuple(number.id for number in group.numbers)
    found = {key.removeprefix(_PREFIX): one for key, one in typed if key in known}
    return CommissionedDlt(found, len(known))


def with_commissioned(rule: DltRule, found: CommissionedDlt) -> DltRule:
    """The screening rule from the commissioned lowest grade on, with the commissioned boundary.

    It is named as the site's once every number is commissioned; until then it says how far it is.
    """
    numbers = found.numbers
    rule = replace(rule, stopping=stopping_of(numbers), own=found.by, own_numbers=found.done)
    if found.complete:
        rule = replace(rule, kind="commissioned", title="The site's DLT rule", edition=found.done)
    grade = numbers.get("grade")
    if grade is None:
        return rule
    least = int(grade.split()[0])
    parts = tuple(replace(part, least_grade=least) for part in rule.parts)
    digest = hashlib.sha256(f"{rule.digest} from {grade}".encode()).hexdigest()
    return replace(rule, parts=parts, digest=digest)


def stopping_of(numbers: Mapping[str, str]) -> StoppingRule | None:
    """Pocock's boundary from the three commissioned numbers; None while one is missing."""
    if not all(key in numbers for key in _STOPPING):
        return None
    infants = int(numbers["infants"].split()[0])
    acceptable, chance = (
        Fraction(numbers[key].split()[0]) / 100 for key in ("acceptable", "chance")
    )
    if not 0 < acceptable < 1 or not 0 < chance < 1 or infants > MOST_INFANTS:
        return None
    return StoppingRule("pocock", infants, acceptable, chance)
