"""Before giving, the label that was printed here is read: the birthday does not stand in for it (hazard H25).

A label that cannot be read has one way out: why, in some words that stay with the dose, and band and
birthday retyped. A label that was read and refused has none but a fresh label: what it was refused for
is not mended by typing a birthday. Which label was refused last is kept as long as the program runs.
"""

from typing import TYPE_CHECKING

from bedside.papers.label_code import read_label_code
from bedside.store.queries import of_infant
from bedside.store.records import Print
from bedside.units.paper_letters import bare
from bedside.ward.doses_on_papers import WHICH, dose_at, is_of_dose
from bedside.ward.facts import facts_of
from bedside.ward.label_check import NO_LABEL, NOT_MADE, why_not_label
from bedside.ward.label_hold import no_fresh_label
from bedside.ward.paper_keys import LABEL
from bedside.ward.views.check_state import Planned
from bedside.ward.views.given import OfDay
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.ward.two_identifiers import TwoIdentifiers

ASKED = (
    "A label of this dose was printed here: scan it, or type its ten figures or its words. The birthday "
    "does not stand in for it. If it cannot be read, say why, then type the birthday off the band."
)
ALL_VOID = (
    "Every label of this dose that was printed here was declared void: nothing is given from it, readable "
    "or not."
)
FRESH = "Ask for a fresh label of this dose and scan that."
IN_WORDS = "Why can the label not be read? Say it in some words, for example: wet, all its codes are smudged."
LONGEST_REASON = 200  # letters
_FEWEST_WORDS, _FEWEST_LETTERS = 2, 6


def label_printed(ward: Ward, infant_id: int, planned: Planned, *, standing: bool = False) -> bool:
    """Whether a label of this dose was ever printed here, be it void or replaced since.

    Args:
        ward: the ward.
        infant_id: the infant whose dose it is.
        planned: course key, course day, drug and route.
        standing: only one that was not declared void.
    """
    with ward.store.reading() as connection:
        prints = of_infant(connection, Print, infant_id, include_void=not standing)
    return any(row.kind == LABEL and is_of_dose(row, planned) for row in prints)


def read_label(
    ward: Ward, infant_id: int, planned: Planned, scanned: str, of: OfDay | None = None
) -> tuple[str, ...]:
    """Why a label that is read before giving is not that of this dose; () where it is. A refusal is kept in mind.

    Args:
        ward: the ward.
        infant_id: the infant whose dose it is.
        planned: course key, course day, drug and route.
        scanned: square code, ten figures or words, as scanned or typed.
        of: which dose of the day is given; None for a drug given once a day.
    """
    reasons = why_not_label(ward, infant_id, planned, scanned, of)
    if reasons and _was_read(scanned, reasons):
        reasons += tuple(filter(None, (_no_fresh(ward, infant_id, planned, of),)))
    key = (infant_id, planned)
    if not reasons:
        ward.refused_labels.pop(key, None)
    elif _was_read(scanned, reasons):
        ward.refused_labels[key] = scanned.strip()
    return reasons


def refused_before(
    ward: Ward, infant_id: int, planned: Planned, of: OfDay | None = None
) -> tuple[str, ...]:
    """Why the label that was read last for this dose was refused, and still is; () where none was."""
    scanned = ward.refused_labels.get((infant_id, planned), "")
    reasons = why_not_label(ward, infant_id, planned, scanned, of) if scanned else ()
    if not reasons:
        return ()
    why = "; ".join(reasons).rstrip(".")
    return (
        f"A label of this dose was read and refused: {why}. Nothing is given from it. "
        + (_no_fresh(ward, infant_id, planned, of) or FRESH),
    )


def _no_fresh(ward: Ward, infant_id: int, planned: Planned, of: OfDay | None) -> str:
    """The way out where no fresh label of a dose can be had any more; "" where one can."""
    facts = facts_of(ward, infant_id)
    dose = dose_at(ward, facts, planned[:3], planned[3])
    return "" if dose is None else no_fresh_label(ward, facts, dose, of)


def label_faults(
    ward: Ward,
    infant_id: int,
    planned: Planned,
    typed: "TwoIdentifiers",
    *,
    on_paper: bool = False,
    of: OfDay | None = None,
) -> tuple[str, ...]:
    """What is wrong with the label before giving, or with giving without it; () where nothing is.

    Args:
        ward: the ward.
        infant_id: the infant whose dose it is.
        planned: course key, course day, drug and route.
        typed: as read off band and label.
        on_paper: it was given in paper hours, when nothing could be scanned, and is recorded now.
        of: which dose of the day is given; None for a drug given once a day.
    """
    if typed.label.strip():
        return read_label(ward, infant_id, planned, typed.label, of)
    if on_paper or not label_printed(ward, infant_id, planned):
        return ()
    refused = refused_before(ward, infant_id, planned, of)
    if refused:
        return refused
    if not typed.unread.strip():
        return (ASKED,)
    if not label_printed(ward, infant_id, planned, standing=True):
        return (f"{ALL_VOID} {_no_fresh(ward, infant_id, planned, of) or FRESH}",)
    return why_no_reason(typed.unread)


def why_no_reason(unread: str) -> tuple[str, ...]:
    """Why what was typed does not say why a label cannot be read; () where it does."""
    letters = sum(sign.isalpha() for sign in unread)
    if len(set(unread.casefold().split())) < _FEWEST_WORDS or letters < _FEWEST_LETTERS:
        return (IN_WORDS,)
    if len(unread.strip()) > LONGEST_REASON or not bare(unread).isprintable():
        return (f"Why the label cannot be read is one line of at most {LONGEST_REASON} letters.",)
    return ()


def unread_note(typed: "TwoIdentifiers") -> str:
    """What is kept with a dose that was given without its label; "" where the label was read."""
    said = "" if typed.label.strip() else typed.unread.strip()
    return f"label not read: {said}" if said else ""


def _was_read(scanned: str, reasons: tuple[str, ...]) -> bool:
    """Whether a refused label was read: a slip of a finger, or of the reader, refuses nothing for good."""
    return read_label_code(scanned) is not None or not ({NO_LABEL, NOT_MADE, WHICH} & set(reasons))
