"""In a ward with people nothing is recorded but by who is signed in, and by whose role may do it.

The store asks before each row is added or struck out, so no use-case can forget to.
"""

from msgspec.structs import replace

from bedside.store.people_records import SecretTry
from bedside.store.records import Record
from bedside.units.refusal import Refused
from bedside.ward.people import has_people
from bedside.ward.people_reading import person_of, who_text
from bedside.ward.roles import role_book
from bedside.ward.signing_in import PROGRAM
from bedside.ward.ward import Ward


def guard_store(ward: Ward) -> None:
    """Let a ward's store ask who may record, where the ward has people.

    On a server another station may begin the ward's people, change somebody's roles or end an account
    while she is signed in here: so it is asked of the server, once in each change.
    """
    if not ward.store.shared and not has_people(ward):
        return
    asked, accounts = -1, not ward.store.shared

    def guard(who: str, kind: type[Record], voiding: bool) -> None:
        nonlocal asked, accounts
        if _is_a_try(who, kind):  # whoever's account has ended: the next person must get in
            return
        if ward.store.shared and asked != ward.store.known_head.seq:
            take_up_person(ward)
            asked, accounts = ward.store.known_head.seq, has_people(ward)
        if accounts:
            check_may_write(ward, who, kind, voiding=voiding)

    ward.store.guard = guard


def take_up_person(ward: Ward, *, title: bool = False) -> None:
    """Take up what another station changed of the account that is signed in here.

    Args:
        ward: the ward.
        title: also how she stands on records; not amid a save, which was begun as she stood before.

    Raises:
        Refused: the account has ended.
    """
    signed_in = ward.signed_in
    if signed_in is None:
        return
    with ward.store.reading() as connection:
        person = person_of(connection, signed_in.person_id)
    who = who_text(person) if title else signed_in.who
    ward.signed_in = replace(signed_in, who=who, roles=person.roles)


def check_may_write(ward: Ward, who: str, kind: type[Record], *, voiding: bool = False) -> None:
    """Refuse a row of somebody who is not signed in, or whose role may not write or strike it out.

    Raises:
        Refused: with who may.
    """
    if _is_a_try(who, kind):
        return
    signed_in = ward.signed_in
    if signed_in is None:
        raise Refused("Nobody is signed in: nothing was recorded. Sign in first.")
    if who != signed_in.who:
        raise Refused(
            f"{signed_in.who} is signed in, not {who}: nothing was recorded under another name."
        )
    book = role_book()
    if voiding and book.may_void(signed_in.roles, kind.__name__):
        return
    why = book.why_not_write(signed_in.roles, kind.__name__)
    if why:
        raise Refused(why)


def _is_a_try(who: str, kind: type[Record]) -> bool:
    return who == PROGRAM and kind is SecretTry
