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

WHOLE, TRANSFER, TOXICITIES = "whole-treatment", "transfer-summary", "toxicity-report"
DLT, CHART, COUNTS = "dlt-report", "maintenance-chart", "counts-form"
Check = Callable[[Ward, InfantFacts], tuple[str, ...]]
Fill = Callable[[Ward, InfantFacts, PaperHead], InfantPaper]


class PaperKind(Struct, frozen=True):
    """One kind of paper.

    Args:
        title: its name on screen and on record.
        holds_days: until the end of which day after today it holds, where nothing changes.
        record: a record as it stood when it was printed: what comes after does not make it wrong.
        load: gives what says every reason against it now, and what fills it; read when first asked.
    """

    title: str
    holds_days: int
    record: bool
    load: Callable[[], tuple[Check, Fill]]


def _whole() -> tuple[Check, Fill]:
    from bedside.ward.whole_treatment import check_whole_treatment, fill_whole_treatment

    return check_whole_treatment, fill_whole_treatment


def _transfer() -> tuple[Check, Fill]:
    from bedside.ward.transfer import check_transfer, fill_transfer

    return check_transfer, fill_transfer


def _toxicities() -> tuple[Check, Fill]:
    from bedside.ward.toxicity_report import check_toxicity_report, fill_toxicity_report

    return check_toxicity_report, fill_toxicity_report


def _dlt() -> tuple[Check, Fill]:
    from bedside.ward.dlt_report import check_dlt_report, fill_dlt_report

    return check_dlt_report, fill_dlt_report


def _chart() -> tuple[Check, Fill]:
    from bedside.ward.maintenance_paper import check_maintenance_chart, fill_maintenance_chart

    return check_maintenance_chart, fill_maintenance_chart


def _counts() -> tuple[Check, Fill]:
    from bedside.ward.counts_form import check_counts_form, fill_counts_form

    return check_counts_form, fill_counts_form


INFANT_PAPERS: dict[str, PaperKind] = {
    TRANSFER: PaperKind("Transfer summary", 7, False, _transfer),
    WHOLE: PaperKind("Whole treatment", 0, False, _whole),
    TOXICITIES: PaperKind("Toxicity report", 0, True, _toxicities),
    DLT: PaperKind("DLT report", 0, True, _dlt),
    CHART: PaperKind("Maintenance chart", 0, True, _chart),
    COUNTS: PaperKind("Blank counts form", 7, True, _counts),
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
