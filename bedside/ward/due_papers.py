"""The printed papers of an infant that are to be taken away: they say what does not hold any more.

A paper whose dates are over is no danger and not told. One that was printed anew is not told either:
the newer one names the number that it replaces. A report is a record of its day. A roadmap is a diary: that a dose was given or a
toxicity logged since does not make it wrong, a changed weight, date or dose does.
"""

from collections.abc import Sequence

from bedside.ward.facts import InfantFacts
from bedside.ward.printing import printed_papers
from bedside.ward.views.pages import PrintedPaper
from bedside.ward.ward import Ward


def papers_to_take_away(ward: Ward, facts: InfantFacts) -> tuple[PrintedPaper, ...]:
    """Read the printed papers that are out of date, newest first.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
    """
    return to_take_away(printed_papers(ward, facts))


def to_take_away(papers: Sequence[PrintedPaper]) -> tuple[PrintedPaper, ...]:
    """Which of an infant's printed papers say what does not hold any more; the one rule for every page.

    Args:
        papers: every one, newest first.
    """
    replaced: set[str] = set()
    found = []
    for paper in papers:
        if paper.void:
            continue  # whoever declared it void took it away
        newest = paper.title not in replaced
        holds = not paper.out_of_date or paper.record or (paper.diary and not paper.order)
        if holds:
            replaced.add(paper.title)
        elif newest and not paper.is_over:
            found.append(paper)
    return tuple(found)
