"""Makes a new ward: its name, its passphrase, its first two people; all of it, or nothing."""

from collections.abc import Callable

from msgspec import Struct

from bedside.units.paper_letters import bare
from bedside.units.refusal import Refused
from bedside.ward.paper_letters import paper_faults
from bedside.ward.passphrases import check_ward_passphrase
from bedside.ward.people_acts import (
    ADMINISTRATOR,
    NewPerson,
    begin_people,
    check_person,
)
from bedside.ward.roles import role_book
from bedside.ward.site import name_ward
from bedside.ward.ward import Ward

LONGEST_WARD_NAME = 60
MakeWard = Callable[[str], tuple[Ward, str]]
"""Makes an empty ward with a passphrase; returns it with its recovery code, "" where it has none."""


class NewWard(Struct, frozen=True):
    """A ward to be made, as typed. ``passphrase`` is "" where the ward's file is not encrypted."""

    site_name: str
    ward_name: str
    passphrase: str
    again: str
    first: NewPerson
    second: NewPerson
    decimal_mark: str = ""  # "." or ","; "" where nobody chose: as shipped


def check_names(site_name: str, ward_name: str) -> None:
    """Refuse a ward without a name."""
    if not ward_name.strip():
        raise Refused("The ward needs a name: it stands on every page and paper.")
    for name in (site_name, ward_name):
        if len(name.strip()) > LONGEST_WARD_NAME or not bare(name).isprintable():
            raise Refused(f"A name is one line of at most {LONGEST_WARD_NAME} letters.")
        if faults := paper_faults("The name", name.strip(), LONGEST_WARD_NAME):
            raise Refused(*faults)


def check_two(first: NewPerson, second: NewPerson, is_wards: Callable[[str], bool] | None) -> None:
    """Refuse a second person who is the first, or two of whom nobody is administrator."""
    check_person(second, (first.name,), is_wards)
    reasons = []
    if ADMINISTRATOR not in {*first.roles, *second.roles}:
        reasons.append("One of the two must be an administrator: somebody has to add the others.")
    if first.passphrase == second.passphrase:
        reasons.append("Two people, two passphrases: each types one that the other does not know.")
    if reasons:
        raise Refused(*reasons)


def found_ward(form: NewWard, make: MakeWard, *, encrypted: bool) -> tuple[Ward, str]:
    """Make a ward with its first two people; returns it, and the recovery code.

    Args:
        form: as typed.
        make: makes the empty ward.
        encrypted: whether the ward has a passphrase.

    Raises:
        Refused: something typed will not do; nothing was made.
    """
    check_names(form.site_name, form.ward_name)
    is_wards: Callable[[str], bool] | None = None
    if encrypted:
        check_ward_passphrase(form.passphrase, form.again)
        is_wards = same_words(form.passphrase)
    check_person(form.first, (), is_wards)
    check_two(form.first, form.second, is_wards)
    ward, code = make(form.passphrase)
    who = f"{form.first.name.strip()}, {role_book().first_title(form.first.roles)}"
    name_ward(ward, form.site_name, form.ward_name, who=who, decimal_mark=form.decimal_mark)
    begin_people(ward, form.first, form.second)
    return ward, code


def same_words(passphrase: str) -> Callable[[str], bool]:
    """Whether a text is this passphrase, however it is spaced."""
    words = passphrase.casefold().split()
    return lambda typed: typed.casefold().split() == words
