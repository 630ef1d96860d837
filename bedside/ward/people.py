"""Who records: a name on every record. Accounts and signatures arrive with a later issue."""

from bedside.units.refusal import Refused

LONGEST_NAME = 60


def named(who: str) -> str:
    """Return the name of the person who records, trimmed.

    Raises:
        Refused: nobody is named, or the name is not one line of sensible length.
    """
    name = who.strip()
    if not name:
        raise Refused("Nobody is named as recording: type your name and role first.")
    if len(name) > LONGEST_NAME or any(not letter.isprintable() for letter in name):
        raise Refused(f"A name is one line of at most {LONGEST_NAME} letters.")
    return name
