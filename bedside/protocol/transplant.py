"""Whether an infant is to be transplanted by the protocol's rule, and on what that rests.

Bedside shows an indication and decides nothing: donor, conditioning and time are not public.
"""

from decimal import Decimal

from msgspec import Struct

from bedside.protocol.model import Protocol
from bedside.protocol.mrd import MrdResult, reaches
from bedside.protocol.path import beginning_of, titles_of


class Indication(Struct, frozen=True):
    """``indicated``: True, False, or None for not yet known; why; which courses it would replace."""

    indicated: bool | None
    because: str
    missing: tuple[str, ...]
    replaces: tuple[str, ...]
    replaces_words: str


def judge_transplant(
    protocol: Protocol,
    group: str | None,
    mrd: MrdResult | None,
    limit_of_detection: Decimal | None = None,
) -> Indication | None:
    """Judge the indication for transplant.

    Args:
        protocol: the protocol.
        group: the risk group, None while it is not known.
        mrd: the result at the protocol's deciding time point, None while there is none.
        limit_of_detection: of the method, as a fraction of cells.

    Returns:
        The indication; None where the protocol has no public transplant rule.
    """
    rule = protocol.strata.transplant
    if rule is None:
        return None
    title = beginning_of(protocol, rule.before)
    words = (
        f"replaces {' and '.join(titles_of(protocol, rule.replaces))} ({rule.replaces_origin.note})"
    )

    def found(indicated: bool | None, because: str, *missing: str) -> Indication:
        return Indication(indicated, because, missing, rule.replaces, words)

    if group is None:
        return found(None, "the risk group is not yet known", "risk group")
    if group in rule.groups:
        return found(True, f"every {group} infant is to be transplanted")
    if group not in rule.mrd_groups:
        return found(False, f"not foreseen in {group}")
    if mrd is None:
        return found(None, f"{group}: MRD before {title} decides", "MRD before " + title)
    above = reaches(mrd, limit_of_detection, rule.mrd)
    seen = f"{group}, MRD before {title} {mrd.words}"
    if above is None:
        return found(
            None,
            f"{seen}: the method must be able to see {rule.mrd.words}",
            "limit of detection",
        )
    return found(above, f"{seen}: {'' if above else 'not '}{rule.mrd.words}")
