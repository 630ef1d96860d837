"""Which recorded values still count: those of this edition, while what is public is what it was.

Apart from `commission_facts`, so that the ward list, which asks only for the few numbers of a DLT
rule, need not list every number of a protocol.
"""

from collections.abc import Iterable

from bedside.protocol.number_shape import Number
from bedside.store.commission_records import CommissionValue


def that_count(
    rows: Iterable[CommissionValue], scope: str, edition: str, numbers: Iterable[Number]
) -> dict[str, CommissionValue]:
    """The values that count, by number.

    Args:
        rows: what two people recorded, in the order in which they did.
        scope: the protocol, or the site.
        edition: its edition; a value counts only in the one that it was typed for.
        numbers: those that are asked for.
    """
    asked = {number.id: number for number in numbers}
    return {
        row.number_id: row
        for row in rows
        if (row.scope, row.edition) == (scope, edition)
        and row.number_id in asked
        and row.public == "\n".join(asked[row.number_id].public)
    }
