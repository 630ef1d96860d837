"""Adding people, changing their roles and secrets, ending an account; nobody is ever deleted."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from bedside.store.people_records import Person, PersonRole, PersonSecret, WardPerson
from bedside.store.queries import all_of
from bedside.store.ward_file import Reader
from bedside.units.refusal import Refused
from bedside.ward.look_alikes import why_mixed
from bedside.ward.near_names import near_names
from bedside.ward.one_act import one_act
from bedside.ward.one_person import why_one_person
from bedside.ward.paper_letters import paper_faults
from bedside.ward.passphrases import (
    calibrated,
    check_passphrase,
    kept,
)
from bedside.ward.people import LONGEST_NAME, confirm_secret, named, person_key
from bedside.ward.people_guard import guard_store
from bedside.ward.people_reading import people_from, person_of, who_text
from bedside.ward.people_secrets import secret_cost
from bedside.ward.roles import role_book
from bedside.ward.ward import SignedIn, Ward

if TYPE_CHECKING:
    from bedside.store.change import Change

ADMINISTRATOR = "administrator"
LONGEST_PERSON = 36  # with the longest role it still is a name on a record
LONGEST_INITIALS = 4


class NewPerson(Struct, frozen=True):
    """A person to be added, as typed."""

    name: str
    initials: str
    roles: tuple[str, ...]
    passphrase: str
    again: str


def initials_of(name: str) -> str:
    """The first letters of a name's parts, as a proposal: "E. Berg" is "EB"."""
    letters = [part[0] for part in name.replace(".", " ").split() if part[0].isalpha()]
    return "".join(letters).upper()[:LONGEST_INITIALS]


def check_person(
    person: NewPerson,
    others: Sequence[str] = (),
    is_wards: Callable[[str], bool] | None = None,
) -> None:
    """Refuse a person who cannot be added; every reason at once.

    Args:
        person: as typed.
        others: names that are there already.
        is_wards: whether a text is the ward's own passphrase.
    """
    reasons = list(_name_reasons(person, others))
    reasons += _role_reasons(person.roles)
    try:
        check_passphrase(person.passphrase, person.again, name=person.name, is_wards=is_wards)
    except Refused as refused:
        reasons += refused.reasons
    if reasons:
        raise Refused(*reasons)


def _name_reasons(person: NewPerson, others: Sequence[str]) -> list[str]:
    try:
        name = named(person.name)
    except Refused:
        return [why_mixed(person.name) or "A person needs a name of one line."]
    reasons = paper_faults("The name", name, LONGEST_NAME)
    if len(name) > LONGEST_PERSON:
        reasons.append(f"A name has at most {LONGEST_PERSON} letters, so that it fits on a record.")
    if "," in name:
        reasons.append("Write the name without a comma: the role is chosen below.")
    if not person_key(name):
        reasons.append("A name needs letters.")
    elif person_key(name) in {person_key(other) for other in others}:
        reasons.append(
            f"{name} is in this ward already: write more of the name to tell two people apart."
        )
    else:  # one person with two accounts would be two people everywhere (H26)
        reasons += [why for other in others if (why := why_one_person(name, other))]
    initials = person.initials.strip()
    if not (initials.isalnum() and len(initials) <= LONGEST_INITIALS):
        reasons.append(f"Initials are 1 to {LONGEST_INITIALS} letters.")
    reasons += paper_faults("The initials", initials, LONGEST_NAME)
    return reasons


def _role_reasons(roles: Sequence[str]) -> list[str]:
    if not roles:
        return ["Choose at least one role."]
    unknown = set(roles) - role_book().roles.keys()
    return [f"There is no role {role}." for role in sorted(unknown)]


@one_act
def begin_people(ward: Ward, first: NewPerson, second: NewPerson) -> tuple[Person, Person]:
    """Give a ward its first two people; from then on everybody signs in.

    Raises:
        Refused: the ward has people, is a demonstration, the two are one, or neither is an
            administrator.
    """
    if ward.demonstration:
        raise Refused("A demonstration ward has no people: names are typed freely in it.")
    for person, other in ((first, second), (second, first)):
        check_person(person, (other.name,), ward.is_ward_passphrase)
    if ADMINISTRATOR not in {*first.roles, *second.roles}:
        raise Refused("One of the two must be an administrator: somebody has to add the others.")
    if first.passphrase == second.passphrase:
        raise Refused("Two people, two passphrases: each types one that the other does not know.")
    cost = calibrated()
    secrets = [kept(person.passphrase, cost) for person in (first, second)]
    with ward.store.change(
        named(first.name), "gave this ward its first people", ward.now()
    ) as change:
        if people_from(change.connection, ended=True):
            raise Refused("This ward has people already: an administrator adds more.")
        ids = [
            _add(change, person, secret)
            for person, secret in zip((first, second), secrets, strict=True)
        ]
    guard_store(ward)
    with ward.store.reading() as connection:
        return person_of(connection, ids[0]), person_of(connection, ids[1])


def check_addition(ward: Ward, person: NewPerson) -> None:
    """Refuse a person who cannot be added to this ward, before a second one is asked to confirm."""
    with ward.store.reading() as connection:
        others = [one.name for one in people_from(connection)]
    check_person(person, others, ward.is_ward_passphrase)


def near_people(ward: Ward, name: str) -> tuple[str, ...]:
    """People of this ward whose names are spelt nearly as a new one's: two people, or one twice."""
    with ward.store.reading() as connection:
        return near_names(name, [one.name for one in people_from(connection)])


@one_act
def add_person(ward: Ward, person: NewPerson, *, who: str, second: tuple[int, str]) -> int:
    """Add a person; returns her number.

    Args:
        ward: the ward.
        person: as typed; the passphrase is the new person's own.
        who: the administrator, who is signed in.
        second: number and passphrase of another person who knows the new one. One alone could make
            up the second person of every later check.

    Raises:
        Refused: name, initials, roles or passphrase will not do, this is no administrator, or the
            second person is the same, typed a wrong passphrase or has nearly the new one's name.
    """
    check_addition(ward, person)
    near = near_people(ward, person.name)
    with ward.store.reading() as connection:
        cost = secret_cost(connection)
    confirmed = _second(ward, second)
    if confirmed.name in near:
        raise Refused(
            f"{confirmed.name} is spelt nearly as {person.name.strip()}: somebody else who knows "
            "both confirms that they are two people. Nobody was added."
        )
    secret = kept(person.passphrase, cost)
    act = f"added {person.name.strip()}, with {confirmed.name}"
    if near:
        act += f", who says that this is another person than {' and '.join(near)}"
    with ward.store.change(who, act, ward.now()) as change:
        return _add(change, person, secret)


def check_roles(ward: Ward, person_id: int, roles: Sequence[str]) -> None:
    """Refuse roles that nobody can have, none, or that leave nobody administrator.

    It is asked before a second person types a passphrase, and again with the save.
    """
    reasons = _role_reasons(roles)
    if reasons:
        raise Refused(*reasons)
    if ADMINISTRATOR not in roles:
        with ward.store.reading() as connection:
            _refuse_last_administrator(connection, person_of(connection, person_id))


@one_act
def change_roles(
    ward: Ward, person_id: int, roles: Sequence[str], *, who: str, second: tuple[int, str]
) -> None:
    """Give a person other roles; those she has no more are struck out.

    Args:
        ward: the ward.
        person_id: whose roles.
        roles: every role that she has from now on.
        who: the administrator, who is signed in.
        second: number and passphrase of another person, as in `add_person`, and not hers whose
            roles they are: nobody vouches for what she may do herself.

    Raises:
        Refused: no role, nobody would be administrator any more, or the second person is one of the
            two or typed a wrong passphrase.
    """
    check_roles(ward, person_id, roles)
    if second[0] == person_id:
        raise Refused(
            "The second person is another than the one whose roles they are. Nothing was changed."
        )
    confirmed = _second(ward, second)
    act = f"changed a person's roles, with {confirmed.name}"
    with ward.store.change(who, act, ward.now()) as change:
        person = person_of(change.connection, person_id)
        if ADMINISTRATOR not in roles:
            _refuse_last_administrator(change.connection, person)
        for row in all_of(change.connection, PersonRole):
            if row.person_id == person_id and row.role not in roles:
                change.void(PersonRole, row.id, "the role was taken back")
        for role in roles:
            if role not in person.roles:
                change.add(PersonRole, person_id=person_id, role=role)
    _follow(ward, person_id)


@one_act
def end_account(ward: Ward, person_id: int, reason: str, *, who: str) -> None:
    """End an account: she signs in no more; her name stays on everything that she recorded.

    Raises:
        Refused: no reason, it is one's own, or nobody would be administrator any more.
    """
    _refuse_own(ward, person_id)
    with ward.store.change(who, "ended an account", ward.now()) as change:
        person = person_of(change.connection, person_id)
        _refuse_last_administrator(change.connection, person)
        for role in all_of(change.connection, PersonRole):
            if role.person_id == person_id:
                change.void(PersonRole, role.id, reason)
        for secret in all_of(change.connection, PersonSecret):
            if secret.person_id == person_id:
                change.void(PersonSecret, secret.id, reason)
        change.void(WardPerson, person_id, reason)


def check_ending(ward: Ward, person_id: int) -> None:
    """Refuse an ending that no reason would make possible: said before a reason is asked.

    Raises:
        Refused: it is one's own account, or nobody would be administrator any more.
    """
    _refuse_own(ward, person_id)
    with ward.store.reading() as connection:
        _refuse_last_administrator(connection, person_of(connection, person_id))


def _refuse_own(ward: Ward, person_id: int) -> None:
    if ward.signed_in is not None and ward.signed_in.person_id == person_id:
        raise Refused("Nobody ends the account she is signed in with: another administrator does.")


def _second(ward: Ward, second: tuple[int, str]) -> Person:
    if ward.signed_in is not None and second[0] == ward.signed_in.person_id:
        raise Refused("The second person is another than the one who is signed in.")
    why = "" if ward.signed_in is None else role_book().why_not(ward.signed_in.roles, "people")
    if why:  # said before somebody types a passphrase for nothing
        raise Refused(why)
    return confirm_secret(ward, *second, ward.now())


def _add(change: "Change", person: NewPerson, secret: str) -> int:
    name = named(person.name)
    person_id = change.add(
        WardPerson, name=name, initials=person.initials.strip(), person_key=person_key(name)
    )
    for role in person.roles:
        change.add(PersonRole, person_id=person_id, role=role)
    change.add(PersonSecret, person_id=person_id, kind="passphrase", argon2id=secret)
    return person_id


def _refuse_last_administrator(connection: Reader, person: Person) -> None:
    others = [
        one for one in people_from(connection) if one.id != person.id and ADMINISTRATOR in one.roles
    ]
    if ADMINISTRATOR in person.roles and not others:
        raise Refused(
            f"{person.name} is the only administrator: make another one first. Nothing was changed."
        )


def _follow(ward: Ward, person_id: int) -> None:
    """Who is signed in has her new roles at once."""
    if ward.signed_in is not None and ward.signed_in.person_id == person_id:
        with ward.store.reading() as connection:
            person = person_of(connection, person_id)
        ward.signed_in = SignedIn(person.id, who_text(person), person.roles)
