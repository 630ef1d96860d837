"""Who records: a name on every record. Accounts and signatures arrive with a later issue."""

import unicodedata

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


def person_key(who: str) -> str:
    """The same for one person however the name is typed: without role, blanks, points or capitals.

    Two people with the very same name count as one: the safe side of a rule that needs two.
    """
    name = unicodedata.normalize("NFKC", who.partition(",")[0]).casefold()
    return "".join(letter for letter in name if letter.isalnum())
