"""What the store keeps of the people of a ward: who they are, their roles, their secrets, each try.

A secret is kept as argon2id's own text only, never as it was typed. Tries are rows like all
others, so that what was counted survives a restart.
"""

from msgspec import Struct

from bedside.store.records import Record


class WardPerson(Record, frozen=True, kw_only=True):
    """One person; voided when the account ends. ``person_key`` tells two people apart by name."""

    name: str
    initials: str
    person_key: str


class PersonRole(Record, frozen=True, kw_only=True):
    """A role that a person has; voided when she has it no more."""

    person_id: int
    role: str


class PersonSecret(Record, frozen=True, kw_only=True):
    """A person's passphrase or PIN as argon2id's own text, its parameters in it."""

    person_id: int
    kind: str  # "passphrase" or "pin"
    argon2id: str


class SecretTry(Record, frozen=True, kw_only=True):
    """A secret was typed for a person: what for, and whether it was right; or she signed out."""

    person_id: int
    kind: str  # "passphrase" or "pin"
    purpose: str  # "sign in", "unlock", "confirm", "sign out"
    outcome: str  # "right", "wrong", "ended"


class Person(Struct, frozen=True):
    """A person as the ward sees her now.

    Args:
        id: number of her row.
        name: as it stands on records.
        initials: as they stand on a label.
        roles: the roles she has.
        active: False when her account has ended.
    """

    id: int
    name: str
    initials: str
    roles: tuple[str, ...]
    active: bool
