"""Reads the people of a ward, and says how each stands on a record."""

from bedside.store.people_records import Person, PersonRole, WardPerson
from bedside.store.queries import all_of
from bedside.store.ward_file import Reader
from bedside.units.refusal import Refused
from bedside.ward.roles import role_book
from bedside.ward.ward import Ward


def read_people(ward: Ward, *, ended: bool = False) -> tuple[Person, ...]:
    """The people of a ward by name."""
    with ward.store.reading() as connection:
        return people_from(connection, ended=ended)


def people_from(connection: Reader, *, ended: bool = False) -> tuple[Person, ...]:
    """The people of a ward by name, as a reading or a change sees them."""
    roles: dict[int, set[str]] = {}
    for row in all_of(connection, PersonRole):
        roles.setdefault(row.person_id, set()).add(row.role)
    found = [
        Person(
            id=row.id,
            name=row.name,
            initials=row.initials,
            roles=tuple(role for role in role_book().roles if role in roles.get(row.id, ())),
            active=row.voided_at is None,
        )
        for row in all_of(connection, WardPerson, include_void=ended)
    ]
    return tuple(sorted(found, key=lambda person: (not person.active, person.name.casefold())))


def person_of(connection: Reader, person_id: int) -> Person:
    """One person whose account stands.

    Raises:
        Refused: there is none with this number, or the account has ended.
    """
    for person in people_from(connection, ended=True):
        if person.id == person_id:
            if not person.active:
                raise Refused(
                    f"The account of {person.name} has ended: nothing was done with it. Another "
                    "person signs in and goes on."
                )
            return person
    raise Refused("There is no such person in this ward.")


def who_text(person: Person) -> str:
    """How a person stands on a record: the name and the first of her roles."""
    return f"{person.name}, {role_book().first_title(person.roles)}"


def found_by(people: tuple[Person, ...], typed: str) -> tuple[Person, ...]:
    """The people whose name, a part of it, or initials begin with what was typed."""
    wanted = typed.strip().casefold()
    if not wanted:
        return people
    return tuple(
        person
        for person in people
        if person.initials.casefold().startswith(wanted)
        or person.name.casefold().startswith(wanted)
        or any(part.startswith(wanted) for part in person.name.casefold().split())
    )
