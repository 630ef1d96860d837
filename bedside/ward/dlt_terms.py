"""What the DLT rule asks of a term: its system organ class, and whether it is one of the blood's.

Both come from the toxicity terms (`bedside.clinical.ctcae.catalogue`), where a low count is
haematological and febrile neutropenia is not. A term in the ward's own words is not known to be
either: the rule then asks.
"""

from msgspec import Struct

from bedside.clinical.ctcae.catalogue import term_named


class AboutTerm(Struct, frozen=True):
    """A term's system organ class ("" not known) and whether it is haematological (None not known)."""

    group: str
    haematological: bool | None


def about_term(term: str, version: str) -> AboutTerm:
    """What is known of a term.

    Args:
        term: its name as recorded, or its key.
        version: the CTCAE version under which it was recorded.
    """
    found = term_named(term, version)
    if found is None:
        return AboutTerm("", None)
    return AboutTerm(found.group, found.haematological)
