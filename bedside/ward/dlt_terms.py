"""What the DLT rule asks of a term: its system organ class, and whether it is one of the blood's.

Low counts are haematological; febrile neutropenia is an infection risk of the whole infant and is not
taken as a mere low count. A term that no list knows is not known to be either: the rule then asks.
"""

from msgspec import Struct

_BLOOD = frozenset(
    {
        "anemia",
        "cd4-lymphocytes-decreased",
        "eosinophilia",
        "hemoglobin-increased",
        "leukocytosis",
        "lymphocyte-count-decreased",
        "lymphocyte-count-increased",
        "neutrophil-count-decreased",
        "platelet-count-decreased",
        "white-blood-cell-decreased",
    }
)


class AboutTerm(Struct, frozen=True):
    """A term's system organ class ("" not known) and whether it is haematological (None not known)."""

    group: str
    haematological: bool | None


def about_term(term: str, key: str, version: str) -> AboutTerm:
    """What is known of a term.

    Args:
        term: its name as recorded.
        key: its key, "" for the ward's own words.
        version: the CTCAE version under which it was recorded.
    """
    del term, version
    return AboutTerm("", None if not key else key in _BLOOD)
