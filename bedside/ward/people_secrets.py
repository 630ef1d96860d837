"""A person's own passphrase and PIN: set, changed, or made anew when the passphrase is forgotten."""

from typing import TYPE_CHECKING

from bedside.store.people_records import Person, PersonSecret
from bedside.store.queries import all_of
from bedside.store.ward_file import Reader
from bedside.units.refusal import Refused
from bedside.ward.one_act import one_act
from bedside.ward.passphrases import (
    Cost,
    calibrated,
    check_passphrase,
    check_pin,
    cost_of,
    kept,
)
from bedside.ward.people import confirm_secret
from bedside.ward.people_reading import person_of
from bedside.ward.roles import role_book
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.change import Change


@one_act
def reset_passphrase(
    ward: Ward,
    person_id: int,
    typed: tuple[str, str],
    *,
    second_id: int,
    second_secret: str,
    who: str,
) -> None:
    """Give a person who has forgotten hers a new passphrase: an administrator and a second person.

    Args:
        ward: the ward.
        person_id: who has forgotten it; she types the new one herself.
        typed: the new passphrase, twice.
        second_id: the second person, neither the administrator nor the one who has forgotten it.
        second_secret: that person's passphrase.
        who: the administrator, who is signed in.

    Raises:
        Refused: two of the three are one, the second's passphrase is wrong, or the new one will
            not do.
    """
    signed_in = ward.signed_in
    if signed_in is not None and second_id == signed_in.person_id:
        raise Refused("The second person is another than the administrator.")
    if second_id == person_id:
        raise Refused("The second person is another than the one who has forgotten the passphrase.")
    with ward.store.reading() as connection:
        person, cost = person_of(connection, person_id), secret_cost(connection)
        why = _why_not(ward, "people")
    if why:
        raise Refused(why)
    check_passphrase(*typed, name=person.name, is_wards=ward.is_ward_passphrase)
    second = confirm_secret(ward, second_id, second_secret, ward.now())
    secret = kept(typed[0], cost)
    act = f"reset the passphrase of {person.name}, with {second.name}"
    with ward.store.change(who, act, ward.now()) as change:
        _renew(change, person_id, "passphrase", secret, "a new passphrase")
        _strike_out(change, person_id, "pin", "a new passphrase ends the PIN")


@one_act
def change_passphrase(ward: Ward, old: str, typed: tuple[str, str], *, who: str) -> None:
    """Change one's own passphrase.

    Raises:
        Refused: nobody is signed in, the old one is wrong, or the new one will not do.
    """
    person, cost = _oneself(ward)
    check_passphrase(*typed, name=person.name, is_wards=ward.is_ward_passphrase)
    confirm_secret(ward, person.id, old, ward.now())
    secret = kept(typed[0], cost)
    with ward.store.change(who, "changed the own passphrase", ward.now()) as change:
        _renew(change, person.id, "passphrase", secret, "a new passphrase")


@one_act
def set_pin(ward: Ward, passphrase: str, typed: tuple[str, str], *, who: str) -> None:
    """Set one's own PIN, which opens a running session and nothing else.

    Raises:
        Refused: nobody is signed in, the passphrase is wrong, or the PIN will not do.
    """
    person, cost = _oneself(ward)
    check_pin(*typed)
    confirm_secret(ward, person.id, passphrase, ward.now())
    secret = kept(typed[0], cost)
    with ward.store.change(who, "set the own PIN", ward.now()) as change:
        _renew(change, person.id, "pin", secret, "a new PIN")


def _why_not(ward: Ward, act: str) -> str:
    return "" if ward.signed_in is None else role_book().why_not(ward.signed_in.roles, act)


def _oneself(ward: Ward) -> tuple[Person, Cost]:
    if ward.signed_in is None:
        raise Refused("Nobody is signed in: nothing was changed.")
    with ward.store.reading() as connection:
        return person_of(connection, ward.signed_in.person_id), secret_cost(connection)


def _renew(change: "Change", person_id: int, kind: str, secret: str, reason: str) -> None:
    _strike_out(change, person_id, kind, reason)
    change.add(PersonSecret, person_id=person_id, kind=kind, argon2id=secret)


def _strike_out(change: "Change", person_id: int, kind: str, reason: str) -> None:
    for row in all_of(change.connection, PersonSecret):
        if row.person_id == person_id and row.kind == kind:
            change.void(PersonSecret, row.id, reason)


def secret_cost(connection: Reader) -> Cost:
    """The cost that the ward's newest passphrase has: measured when its first people were made."""
    rows = [row for row in all_of(connection, PersonSecret) if row.kind == "passphrase"]
    return cost_of(rows[-1].argon2id) if rows else calibrated()
