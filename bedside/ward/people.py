"""Who records: a name on every record; in a ward with people it is the person who has signed in.

The names of what needs the people's tables are here, their work is in `bedside.ward.signing_in`:
nothing of it is read on the way to the first screen.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from bedside.units.refusal import Refused

if TYPE_CHECKING:
    from bedside.store.people_records import Person
    from bedside.ward.ward import Ward

LONGEST_NAME = 60


def named(who: str) -> str:
    """Return the name of the person who records, trimmed.

    Raises:
        Refused: nobody is named, the name is not one line of sensible length, or its letters are
            of two scripts.
    """
    name = who.strip()
    if not name.isascii():
        from bedside.units.paper_letters import bare  # nothing of it is read at a start

        name = bare(name).strip()
    if not name:
        raise Refused("Nobody is named as recording: type your name and role first.")
    if len(name) > LONGEST_NAME or any(not letter.isprintable() for letter in name):
        raise Refused(f"A name is one line of at most {LONGEST_NAME} letters.")
    if not name.isascii():
        from bedside.ward.look_alikes import why_mixed  # nothing of it is read at a start

        if mixed := why_mixed(name):
            raise Refused(mixed)
    return name


def person_key(who: str) -> str:
    """The same for one person however the name is typed: without role, accents, blanks or capitals.

    Two people with the very same name count as one: the safe side of a rule that needs two.
    """
    from bedside.units.folded import folded  # "E. Sørensen" and "E Sorensen" are one person

    return "".join(letter for letter in folded(who.partition(",")[0]) if letter.isalnum())


def has_people(ward: "Ward") -> bool:
    """Whether this ward has accounts; the demonstration never has."""
    if ward.demonstration:
        return False
    with ward.store.reading() as connection:
        return bool(connection.exec_driver_sql("SELECT 1 FROM ward_person LIMIT 1").fetchall())


def people(ward: "Ward", *, ended: bool = False) -> "tuple[Person, ...]":
    """The people of a ward by name; none in a ward without accounts.

    Args:
        ward: the ward.
        ended: also those whose account has ended.
    """
    from bedside.ward.people_reading import read_people

    return read_people(ward, ended=ended)


def sign_in(ward: "Ward", person_id: int, passphrase: str, at: datetime) -> "Person":
    """Sign a person in: her session begins, and what is recorded from now on is hers.

    Raises:
        Refused: the passphrase is wrong, or was wrong so often that one has to wait.
    """
    from bedside.ward.signing_in import begin_session

    return begin_session(ward, person_id, passphrase, at)


def confirm_secret(ward: "Ward", person_id: int, secret: str, at: datetime) -> "Person":
    """Let a person show that it is she: by her passphrase, or in her running session by her PIN.

    Raises:
        Refused: it is wrong, was wrong too often, or her account has ended.
    """
    from bedside.ward.signing_in import confirm

    return confirm(ward, person_id, secret, at)
