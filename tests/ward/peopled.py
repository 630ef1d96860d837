"""A ward with people: a pharmacist who is administrator, and a nurse; their secrets for tests."""

from collections.abc import Iterator
from contextlib import contextmanager

from bedside.ward import people_acts
from bedside.ward.passphrases import FLOOR
from bedside.ward.people import people, sign_in
from bedside.ward.people_acts import NewPerson, add_person, begin_people
from bedside.ward.ward import Ward

KELLER, BERG, OKONJO = "Mara Keller", "Erika Berg", "Ada Okonjo"
SECRETS = {
    KELLER: "grey herons stand still",
    BERG: "seven lamps in the hall",
    OKONJO: "bread before the ferry",
}
ROLES = {KELLER: ("pharmacist", "administrator"), BERG: ("nurse",), OKONJO: ("physician",)}


def new(name: str, *roles: str) -> NewPerson:
    """A person to be added, with her passphrase from above."""
    secret = SECRETS.get(name, f"the passphrase of somebody called {name}")
    return NewPerson(name, people_acts.initials_of(name), roles or ROLES[name], secret, secret)


@contextmanager
def cheap() -> Iterator[None]:
    """Secrets at the floor's cost: tests make many."""
    before = people_acts.calibrated
    people_acts.calibrated = lambda: FLOOR
    try:
        yield
    finally:
        people_acts.calibrated = before


def peopled(ward: Ward) -> dict[str, int]:
    """Give a ward its first two people and a physician; returns their numbers by name."""
    with cheap():
        begin_people(ward, new(KELLER), new(BERG))
    enter(ward, KELLER)
    add_person(ward, new(OKONJO), who=ward.signed_in.who, second=second_of(ward))
    ward.signed_in = None
    return {person.name: person.id for person in people(ward)}


def second_of(ward: Ward) -> tuple[int, str]:
    """Number and passphrase of somebody with an account who is not signed in."""
    signed_in = 0 if ward.signed_in is None else ward.signed_in.person_id
    return next(
        (one.id, SECRETS[one.name])
        for one in people(ward)
        if one.id != signed_in and one.name in SECRETS
    )


def enter(ward: Ward, name: str) -> str:
    """Sign somebody in; returns how she stands on records."""
    ids = {person.name: person.id for person in people(ward)}
    sign_in(ward, ids[name], SECRETS[name], ward.now())
    return ward.signed_in.who
