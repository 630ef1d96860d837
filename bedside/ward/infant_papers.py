"""The papers of a whole infant by kind: what each is called, how long it holds, and what it needs.

They stand beside the papers of one course (`bedside.ward.printing`), which makes, numbers and keeps
both in the same way.
"""

from collections.abc import Callable

from msgspec import Struct

from bedside.papers.infant_papers import InfantPaper
from bedside.papers.values import PaperHead
from bedside.ward.facts import InfantFacts
from bedside.ward.ward import Ward

WHOLE, TRANSFER = "whole-treatment", "transfer-summary"
Check = Callable[[Ward, InfantFacts], tuple[str, ...]]
Fill = Callable[[Ward, InfantFacts, PaperHead], InfantPaper]


class PaperKind(Struct, frozen=True):
    """One kind of paper.

    Args:
        title: its name on screen and on record.
        holds_days: until the end of which day after today it holds, where nothing changes.
        load: gives what says every reason against it now, and what fills it; read when first asked.
    """

    title: str
    holds_days: int
    load: Callable[[], tuple[Check, Fill]]


def _whole() -> tuple[Check, Fill]:
    from bedside.ward.whole_treatment import check_whole_treatment, fill_whole_treatment

    return check_whole_treatment, fill_whole_treatment


INFANT_PAPERS: dict[str, PaperKind] = {
    WHOLE: PaperKind("Whole treatment", 7, _whole),
}


def check_infant_paper(ward: Ward, facts: InfantFacts, kind: str) -> tuple[str, ...]:
    """Every reason why a paper cannot be made now; empty when it can."""
    return INFANT_PAPERS[kind].load()[0](ward, facts)


def fill_infant_paper(ward: Ward, facts: InfantFacts, kind: str, head: PaperHead) -> InfantPaper:
    """Fill a paper.

    Raises:
        Refused: with every reason.
    """
    check, fill = INFANT_PAPERS[kind].load()
    reasons = check(ward, facts)
    if reasons:
        from bedside.units.refusal import Refused

        raise Refused(*reasons)
    return fill(ward, facts, head)
