"""The blank form for counts in paper hours, filled with whose it is and the last count to compare."""

from bedside.papers.reports import CountsForm
from bedside.papers.values import PaperHead
from bedside.ward.facts import InfantFacts
from bedside.ward.transfer_counts import counts_of
from bedside.ward.ward import Ward
from bedside.ward.whose import as_of_today, whose_of


def check_counts_form(_ward: Ward, _facts: InfantFacts) -> tuple[str, ...]:
    """A blank form can always be made."""
    return ()


def fill_counts_form(ward: Ward, facts: InfantFacts, head: PaperHead) -> CountsForm:
    """Fill the form of an infant."""
    counts = counts_of(ward, facts)
    last = counts[-1] if counts else None
    return CountsForm(
        head=head,
        whose=whose_of(facts),
        as_of=as_of_today(ward, facts),
        last=()
        if last is None
        else (
            ("ANC", _counted(last.anc)),
            ("Platelets", _counted(last.platelets)),
            ("Haemoglobin", last.haemoglobin),
        ),
        last_at=None if last is None else last.at,
        mark=ward.decimal_mark,
    )


def _counted(said: str) -> str:
    """A count with its unit; what was not done has none."""
    return f"{said} per microlitre" if said[-1:].isdigit() else said
