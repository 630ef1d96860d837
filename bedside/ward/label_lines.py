"""The ten figures of a label's line code, and the words below its square: which label of this ward they stand on.

They are read by readers that take no square code, and typed off a label whose square is smudged. They
name a sheet number and a copy and prove nothing: the ward's own record of that label answers.
"""

import json

from bedside.papers.check_signs import folded
from bedside.papers.label_digits import label_digits
from bedside.store.queries import all_of
from bedside.store.records import Print
from bedside.ward.bands import number_on_band
from bedside.ward.paper_codes import RECORDED, misfit
from bedside.ward.paper_keys import LABEL
from bedside.ward.ward import Ward

FIGURES = 10


def is_label_figures(scanned: str) -> bool:
    """Whether a scan may be the line code of a label; nothing is looked up."""
    figures = number_on_band(scanned)
    return len(figures) == FIGURES and figures.isascii() and figures.isdecimal()


def is_label_words(typed: str) -> bool:
    """Whether what was typed may be the words below a label's square code; nothing is looked up."""
    return not misfit(folded(typed.strip()), RECORDED)


def figures_of(row: Print) -> tuple[str, ...]:
    """The ten figures of each label of one print: one, or one for each of several doses of a day."""
    many = len(json.loads(row.facts).get("parts") or [])
    numbers = range(1, many + 1) if many else (0,)
    return tuple(label_digits(row.sheet_number, row.copy, number, many) for number in numbers)


def printed_label(ward: Ward, scanned: str) -> Print | None:
    """The label of this ward that bears these figures or words; None where there is none, or more than one.

    Args:
        ward: the ward.
        scanned: as read or typed; blanks do not count.
    """
    words = folded(scanned.strip()) if is_label_words(scanned) else ""
    if not words and not is_label_figures(scanned):
        return None
    figures = number_on_band(scanned)
    with ward.store.reading() as connection:
        rows = all_of(connection, Print, include_void=True)
    found = [
        row
        for row in rows
        if row.kind == LABEL
        and (folded(row.code) == words if words else figures in figures_of(row))
    ]
    return found[0] if len(found) == 1 else None
