"""A dose changed by a physician's decision: so many per cent of the protocol dose, why, and who decided.

A reduction is always a share of the protocol's own dose, never of the last one. Raising a dose
above the protocol is not offered here, and a dose of nothing is an omission, recorded as such.
"""

from decimal import Decimal

from msgspec import Struct

from bedside.units.writer import write_number

WHOLE = Decimal(100)


class Modification(Struct, frozen=True):
    """``percent`` of the protocol dose, above 0 and at most 100, with reason and who decided."""

    percent: Decimal
    reason: str
    who: str

    @property
    def words(self) -> str:
        """In words: "75 % of the protocol dose, after mucositis (Dr X)"."""
        return (
            f"{write_number(self.percent)} % of the protocol dose, {self.reason.strip()} "
            f"({self.who.strip()})"
        )


def modification_faults(modification: Modification) -> list[str]:
    """Say why a modification cannot be used; empty when it can."""
    faults = []
    percent = modification.percent
    if not percent.is_finite() or not 0 < percent <= WHOLE:
        shown = write_number(percent) if percent.is_finite() else str(percent)
        faults.append(
            f"A dose may be changed to more than 0 and at most 100 % of the protocol dose, not "
            f"{shown} %: a dose left out is recorded as not given, a higher one is not worked out."
        )
    if not modification.reason.strip():
        faults.append("A changed dose needs its reason: write why.")
    if not modification.who.strip():
        faults.append("A changed dose needs the name of who decided: write it.")
    return faults
