"""Who works at the terminal: a typed name; in a ward with people one of them, with her own passphrase.

A passphrase is never a word of the command line, where every user of the computer could read it in
the list of running programs: it is asked for and not shown; where standard input is no terminal, it
is one line of that, after the ward's own passphrase where the ward is encrypted. Tries are counted
with those of the screen, and the guard of the ward's file asks for the role as it does there.
"""

import sys

from bedside.commands.ward_keys import ask_secret
from bedside.store.people_records import Person
from bedside.units.refusal import Refused
from bedside.ward.people import confirm_secret, has_people, named, people, person_key, sign_in
from bedside.ward.people_reading import who_text
from bedside.ward.roles import role_book
from bedside.ward.ward import Ward

_NAME_HER = (
    "Nobody is named as recording: name yourself with --by, for instance --by 'E. Berg, RN'."
)


def who_works(ward: Ward, by: str | None, act: str) -> str:
    """How whoever works stands on records; in a ward with people she is signed in afterwards.

    Args:
        ward: the open ward.
        by: the name given with --by, or None.
        act: what she is about to do, as the file of roles calls it; refused before anything is
            written or printed where her role may not.

    Raises:
        Refused: nobody is named, nobody can be asked, the passphrase is wrong, or another role is
            needed.
    """
    if not has_people(ward):
        if not (by or "").strip():
            raise Refused(_NAME_HER)
        return named(by or "")
    person = person_named(ward, by if by is not None else _ask_name())
    why = role_book().why_not(person.roles, act)
    if why:
        raise Refused(why)
    sign_in(ward, person.id, ask_secret(f"Passphrase of {person.name}: "), ward.now())
    return who_text(person)


def who_prints(ward: Ward, by: str | None) -> str:
    """The same for a paper that leaves no record: without people nobody has to be named."""
    return who_works(ward, by, "print") if has_people(ward) else by or ""


def stay_blind(ward: Ward, scope: str, by: str | None) -> None:
    """Refuse a protocol to whoever types a pass of it or of a related one, as the screen does.

    While nobody's pass is open nobody has to be named: the program's protocols are printed without a
    ward, too. While one is, the terminal cannot know that it is not hers: it asks who is there.

    Raises:
        Refused: she has such a pass open; or somebody has, and nobody is named.
    """
    from bedside.ward.commission_blind import anybodys_open_pass, keep_blind

    if (by or "").strip():
        keep_blind(ward, scope, who=named(by or ""))
        return
    group = anybodys_open_pass(ward, scope)
    if group:
        raise Refused(
            f"A blind pass of “{group}” is begun in this ward and not complete: say who you are with "
            "--by, for instance --by 'E. Berg, RN'. Whoever types no pass of this protocol or of a "
            "related one gets it. Nothing was printed."
        )


def second_signer(ward: Ward, name: str) -> str:
    """How a second person stands on records: as typed, or in a ward with people by her passphrase.

    Raises:
        Refused: there is nobody of this name, or the passphrase is wrong.
    """
    if not has_people(ward):
        return named(name)
    person = person_named(ward, name)
    if ward.signed_in is not None and ward.signed_in.person_id == person.id:
        raise Refused("A second person is needed: this is the first one. Nothing was written.")
    secret = ask_secret(f"Passphrase of {person.name}: ")
    return who_text(confirm_secret(ward, person.id, secret, ward.now()))


def person_named(ward: Ward, name: str) -> Person:
    """One of the ward's people, by the name as typed; a role after a comma does not matter.

    Raises:
        Refused: there is nobody of this name; with who there is.
    """
    everybody = people(ward)
    for person in everybody:
        if person_key(person.name) == person_key(name):
            return person
    known = "; ".join(person.name for person in everybody)
    raise Refused(f"There is nobody named {name} in this ward. Its people are: {known}.")


def _ask_name() -> str:
    """Ask for the name in the terminal; it is no secret, and is shown."""
    if not sys.stdin.isatty():
        raise Refused("In this ward each person signs in: name yourself with --by.")
    sys.stderr.write("Your name: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip()
