"""Who gave a dose that was taken over after a restore: the giver's name stays, beside that of who took it over."""

import re

from bedside.store.records import DoseRecord

WORDS = re.compile(r"taken over after a restore by (?P<taker>[^;]+); given by (?P<giver>[^;]+)")


def taken_over_words(taker: str, giver: str) -> str:
    """What the record of such a dose says of itself.

    Args:
        taker: who took it over.
        giver: who gave it, or started its infusion.
    """
    return f"taken over after a restore by {taker}; given by {giver}"


def giver_words(row: DoseRecord, *, short: bool = False) -> str:
    """Who gave a dose, as "Tomas Riis, nurse, taken over by Anna Lindqvist, nurse".

    Args:
        row: the dose.
        short: names without roles.
    """
    found = WORDS.search(row.note)
    by = row.recorded_by
    if found is None or found["taker"] != by:  # or somebody else has recorded its end since
        return by.partition(",")[0] if short else by
    giver = found["giver"]
    if short:
        giver, by = giver.partition(",")[0], by.partition(",")[0]
    return f"{giver}, taken over by {by}"
