"""How a dose that was recorded as not given is told: with its reason, everywhere in the same words."""

from bedside.store.records import DoseRecord


def not_given_words(row: DoseRecord) -> str:
    """As "not given: vomiting; on the word of I. Halvorsen, physician"; "" for every other record.

    Args:
        row: what was recorded of a dose.
    """
    if row.state != "not given":
        return ""
    return f"not given: {row.note}" if row.note else "not given, no reason on record"
