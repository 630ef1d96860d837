"""Signing a record, and whether a signature still stands: bound to one exact version of it.

A signature is a record like any other. It says who signed what, in which meaning and role, and
names the seal of the audit row of that version; whatever changes the version ends the signature.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from bedside.store.queries import one
from bedside.store.records import Record
from bedside.store.shapes import shape_of
from bedside.store.signature_records import MEANINGS, Signature
from bedside.store.signed_version import Version, holds, version_of
from bedside.store.ward_file import Reader
from bedside.units.refusal import Refused
from bedside.ward.one_act import one_act
from bedside.ward.one_person import may_be_one, why_one_person
from bedside.ward.people import confirm_secret, has_people, named, person_key
from bedside.ward.people_reading import person_of
from bedside.ward.roles import RoleBook, role_book
from bedside.ward.views.signatures import SignatureState, SignedAs, Signer
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.change import Change

__all__ = ["SignatureState", "SignedAs", "Signer", "confirmed_signer", "sign", "signature_state"]

NO_ROLE = "role not stated"
CHANGED = "the record is not as it was signed"
_OF_ROW_SQL = "SELECT id FROM signature WHERE table_name = ? AND row_id = ? ORDER BY id"


@one_act
def confirmed_signer(ward: Ward, person: int | str, secret: str, at: datetime) -> Signer:
    """Let somebody show that it is she who signs.

    Args:
        ward: the ward.
        person: the number of a person; in a ward without people the typed name with its role,
            e.g. "A. Okonjo, physician".
        secret: her passphrase, or the PIN of her running session; not asked of a typed name.
        at: now (aware).

    Raises:
        Refused: the secret is wrong, one has to wait, the account has ended, nobody is named, or
            a name was typed where people sign by their secrets.
    """
    if has_people(ward):
        if isinstance(person, str):
            raise Refused("In this ward people sign with their own passphrase or PIN.")
        found = confirm_secret(ward, person, secret, at)
        return Signer(found.id, found.name, role_book().first_title(found.roles))
    if not isinstance(person, str):
        raise Refused("This ward has no accounts: type the name and the role of who signs.")
    name, _, role = named(person).partition(",")
    if not any(letter.isalpha() for letter in name):
        raise Refused(f"“{name.strip()}” is no name: type the name and the role of who signs.")
    return Signer(None, name.strip(), role.strip() or NO_ROLE)


def same_person(one: Signer | SignedAs, other: Signer | SignedAs) -> bool:
    """Whether two signatures may be one person's.

    Accounts tell people apart, but two of one very name count as one. Where a name was typed the
    two may be one as long as nothing in the names tells two people apart.
    """
    if one.person_id is not None and other.person_id is not None:
        return one.person_id == other.person_id or person_key(one.name) == person_key(other.name)
    return may_be_one(one.name, other.name)


def why_same(one: Signer | SignedAs, other: Signer | SignedAs) -> tuple[str, ...]:
    """What to say beside a refusal of one person who signs twice under two typed names; else nothing."""
    if not same_person(one, other) or person_key(one.name) == person_key(other.name):
        return ()
    return (why_one_person(one.name, other.name),)


def check_signer(ward: Ward, signer: Signer, meaning: str) -> None:
    """Stop an act that a person may not sign, before anything of it is kept.

    Raises:
        Refused: with why (`why_not_sign`).
    """
    why = why_not_sign(ward, signer, meaning)
    if why:
        raise Refused(why)


def why_not_sign(ward: Ward, signer: Signer, meaning: str) -> str:
    """Why a person may not sign a meaning, in words; "" where she may.

    A typed role counts as what it says: a nurse's name signs no prescription.
    """
    with ward.store.reading() as connection:
        return _signing_role(connection, signer, meaning)[1]


def sign(
    ward: Ward,
    change: "Change",
    *,
    infant_id: int,
    table_name: str,
    row_id: int,
    meaning: str,
    signer: Signer,
) -> int:
    """Sign the version of a record that stands now, inside an open change.

    Args:
        ward: the ward.
        change: the change that the signature belongs to.
        infant_id: the infant whom the record is about.
        table_name: the record's table.
        row_id: the record's number.
        meaning: what the signature says, one of `MEANINGS`.
        signer: from `confirmed_signer`.

    Returns:
        The signature's number.

    Raises:
        Refused: her role may not sign this, there is no such record, it is struck out, or she has
            signed it already.
        ValueError: there is no such meaning.
    """
    if meaning not in MEANINGS:
        raise ValueError(f"{meaning} is no meaning of a signature")
    role, why = _signing_role(change.connection, signer, meaning)
    if why:
        raise Refused(why)
    version = _version(ward, change.connection, table_name, row_id)
    if _struck_out(change.connection, table_name, row_id):
        raise Refused("What is to be signed is struck out: nothing was signed. Look again.")
    return change.add(
        Signature,
        infant_id=infant_id,
        table_name=table_name,
        row_id=row_id,
        audit_seq=version.seq,
        seal=version.seal,
        meaning=meaning,
        person_id=signer.person_id,
        name=signer.name,
        role=role,
        signed_at=ward.now(),
    )


def signature_state(ward: Ward, table_name: str, row_id: int) -> SignatureState:
    """Every signature on a record, and whether it still stands for the record as it is now."""
    with ward.store.reading() as connection:
        return state_from(ward, connection, table_name, row_id)


def state_from(ward: Ward, connection: Reader, table_name: str, row_id: int) -> SignatureState:
    """As `signature_state`, inside a reading or a change."""
    rows = state_rows(connection, table_name, row_id)
    return SignatureState(tuple(as_signed(ward, connection, row) for row in rows))


def state_rows(connection: Reader, table_name: str, row_id: int) -> list[Signature]:
    """The signatures on a record as they were recorded, struck out ones included, oldest first."""
    ids = connection.exec_driver_sql(_OF_ROW_SQL, (table_name, row_id)).fetchall()
    return [one(connection, Signature, int(str(found[0]))) for found in ids]


def strike_signed(change: "Change", record_type: type[Record], row_id: int, reason: str) -> None:
    """Strike a record out, and every signature that stands on it with the same reason.

    Args:
        change: the change that it belongs to.
        record_type: the kind of the record.
        row_id: the record's number.
        reason: why; it stays with the record and with each signature.

    Raises:
        Refused: there is no such record, it is struck out already, or the reason is missing.
    """
    change.void(record_type, row_id, reason)
    for row in state_rows(change.connection, shape_of(record_type).table, row_id):
        if row.voided_at is None:
            change.void(Signature, row.id, reason)


def as_signed(ward: Ward, connection: Reader, row: Signature) -> SignedAs:
    """One signature with what became of it."""
    why = row.void_reason or ""
    version = Version(row.audit_seq, row.seal)
    if not why and not holds(connection, row.table_name, row.row_id, version, ward.store.seal_key):
        why = CHANGED
    return SignedAs(
        row.id, row.meaning, row.name, row.role, ward.local(row.signed_at), why, row.person_id
    )


def _version(ward: Ward, connection: Reader, table: str, row_id: int) -> Version:
    """The version that is signed: the one others have signed before, else the trail's newest."""
    before = state_rows(connection, table, row_id)
    versions = [Version(row.audit_seq, row.seal) for row in before if row.voided_at is None]
    for version in (*versions, version_of(connection, table, row_id)):
        if version is not None and holds(connection, table, row_id, version, ward.store.seal_key):
            return version
    raise Refused("There is no such record as it is to be signed: nothing was signed.")


def _signing_role(connection: Reader, signer: Signer, meaning: str) -> tuple[str, str]:
    """The role in which somebody signs, and why she may not ("" where she may)."""
    book = role_book()
    if signer.person_id is None:
        return signer.role, _why_not_typed(book, signer, meaning)
    roles = person_of(connection, signer.person_id).roles
    return book.signing_role(roles, meaning), book.why_not_sign(roles, meaning)


def _why_not_typed(book: RoleBook, signer: Signer, meaning: str) -> str:
    """Why a typed name may not sign: its role is another, or it names none that is known."""
    role = book.role_said(signer.role)
    if not role and signer.name.casefold().startswith(("dr ", "dr. ")):
        role = "physician"
    if role:
        return book.why_not_sign((role,), meaning)
    titles = ", ".join(book.roles.values())
    return (
        f"“{signer.name}” names no role that is known here: type the role after the name and a "
        f"comma, one of {titles}. Nothing was signed."
    )


def _struck_out(connection: Reader, table: str, row_id: int) -> bool:
    sql = f'SELECT voided_at FROM "{table}" WHERE id = ?'  # noqa: S608 (`holds` knows the table)
    row = connection.exec_driver_sql(sql, (row_id,)).fetchone()
    return row is not None and row[0] is not None
