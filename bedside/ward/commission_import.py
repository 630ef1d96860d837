"""Reads a signed file in, by two people: the first reads it in, the second retypes its letters.

Nothing counts before the second person: the file waits, whole and unchanged, in the ward's record.
The other site's settings are never taken over (a shared-care centre would become a tertiary one by
a file, hazard H13), nor is a value that stands against the public sources without its reason.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from bedside.protocol.numbers import SITE
from bedside.protocol.site_numbers import SETTINGS
from bedside.store.commission_records import CommissionImport, CommissionValue
from bedside.store.queries import all_of
from bedside.units.counted import so_many
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused
from bedside.ward.backup import back_up_newer
from bedside.ward.commission_facts import digest_of, group_facts, inventory_of
from bedside.ward.commission_record import STALE, public_standing, void_stale
from bedside.ward.commission_values import read_values
from bedside.ward.one_act import one_act
from bedside.ward.one_person import why_not_two
from bedside.ward.people import named, person_key
from bedside.ward.signed_values import SignedRow, SignedValues, read_signed, same_letters
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.change import Change


class ImportPlan(Struct, frozen=True):
    """What a file would bring: numbers to take, those here already, those left out."""

    signed: SignedValues
    take: tuple[SignedRow, ...]
    same: int
    left_out: tuple[str, ...]
    again: Mapping[tuple[str, str], str] = {}  # those of them withdrawn here: when, by whom, why

    @property
    def withdrawn(self) -> tuple[str, ...]:
        """A sentence for each number that was withdrawn here."""
        return tuple(self.again.values())


class Waiting(Struct, frozen=True):
    """A file that waits for its second person."""

    import_id: int
    scope: str
    file_name: str
    person: str
    read_in_at: datetime


@one_act
def begin_import(ward: Ward, content: bytes, file_name: str, *, who: str) -> ImportPlan:
    """Read a file in as the first person; it then waits for the second.

    Args:
        ward: the ward.
        content: every byte of the file.
        file_name: for messages.
        who: the first person.

    Raises:
        Refused: a byte was changed, it belongs to another edition, it contradicts what is
            commissioned here, or another file waits already.
    """
    who = named(who)
    plan = plan_import(ward, content, file_name)
    inventory = inventory_of(ward, plan.signed.protocol)
    with ward.store.change(who, "read a file of site values in", ward.now()) as change:
        change.add(
            CommissionImport,
            scope=inventory.scope,
            edition=inventory.edition,
            person_key=person_key(who),
            file_name=file_name,
            file_digest=hashlib.sha256(content).hexdigest(),
            content=content.decode(),
        )
    return plan


def plan_import(ward: Ward, content: bytes, file_name: str) -> ImportPlan:
    """What a file would bring; nothing is recorded.

    Raises:
        Refused: with every reason.
    """
    signed = read_signed(content, file_name)
    inventory = inventory_of(ward, signed.protocol)
    if signed.demonstration and not ward.demonstration:
        raise Refused(f"{file_name} comes from a demonstration: invented values are never taken.")
    if signed.edition != inventory.edition:
        raise Refused(
            f"{file_name} was commissioned for {inventory.title}, {signed.edition}; this program "
            f"has {inventory.edition}. An edition inherits nothing: commission it anew."
        )
    rows = [row for row in signed.rows if not _is_setting(row)]
    settings = len(signed.rows) - len(rows)
    own, site = read_values(ward, signed.protocol)
    here = {(SITE, key): row for key, row in site.items()}
    here |= {(inventory.scope, key): row for key, row in own.items()}
    faults = [words for row in rows for words in _faults(ward, signed, row, here)]
    if faults:
        raise Refused(f"Nothing of {file_name} was taken.", *faults)
    take = tuple(row for row in rows if (row.scope, row.number) not in here)
    left_out = (f"{so_many(settings, 'setting')} of the other site",) if settings else ()
    return ImportPlan(signed, take, len(rows) - len(take), left_out, _withdrawn(ward, take))


def numbers_words(count: int) -> str:
    """As "1 number" or "10 numbers"."""
    return "1 number" if count == 1 else f"{count} numbers"


def _withdrawn(ward: Ward, take: tuple[SignedRow, ...]) -> dict[tuple[str, str], str]:
    """A sentence for each number whose last value here was taken back by somebody, with a reason."""
    with ward.store.reading() as connection:
        kept = all_of(connection, CommissionValue, include_void=True)
    last = {(row.scope, row.number_id): row for row in kept}
    said = {}
    for taken in take:
        row = last.get((taken.scope, taken.number))
        if row is None or row.voided_at is None or row.void_reason == STALE:
            continue
        number = inventory_of(ward, taken.scope).number(taken.number)
        said[taken.scope, taken.number] = (
            f"{taken.number} was withdrawn here {write_date_time(ward.local(row.voided_at))} by "
            f"{row.voided_by}: {row.void_reason}. The file has {number.read(taken.value).shown}."
        )
    return said


def _is_setting(row: SignedRow) -> bool:
    return row.scope == SITE and row.group == SETTINGS


def _faults(
    ward: Ward,
    signed: SignedValues,
    row: SignedRow,
    here: dict[tuple[str, str], CommissionValue],
) -> Iterator[str]:
    """Everything against taking one number."""
    if row.scope not in (SITE, signed.protocol):
        yield f"{row.number} belongs to {row.scope}, not to {signed.protocol}."
        return
    try:
        number = inventory_of(ward, row.scope).number(row.number)
        read = number.read_new(row.value)
    except KeyError:
        yield f"{row.number} is no number of this edition."
        return
    except Refused as refused:
        yield f"{row.number}: {refused}"
        return
    if read.canonical != row.value:
        yield f"{row.number} is not written as this program writes it."
    if row.public != "\n".join(number.public):
        yield f"{row.number} was compared with another public value than this program's."
    if person_key(row.first) == person_key(row.second):
        yield f"{row.number} was typed twice by one person."
    if public_standing(number, row.value).needs_reason and not row.reason.strip():
        yield f"{row.number} stands against the public sources, or what is usual, without a reason."
    there = here.get((row.scope, row.number))
    if there is not None and there.canonical != row.value:
        yield (
            f"{row.number} is commissioned here as {number.read(there.canonical).shown}, in the "
            f"file as {read.shown}: withdraw the one here first, or leave the file."
        )


def waiting_imports(ward: Ward) -> tuple[Waiting, ...]:
    """The files that wait for their second person."""
    with ward.store.reading() as connection:
        rows = all_of(connection, CommissionImport)
    return tuple(
        Waiting(row.id, row.scope, row.file_name, row.recorded_by, ward.local(row.recorded_at))
        for row in rows
    )


@one_act
def confirm_import(
    ward: Ward, protocol_key: str, letters: str, *, who: str, reason: str = ""
) -> int:
    """Confirm a waiting file as the second person, by retyping its letters.

    Args:
        ward: the ward.
        protocol_key: the protocol whose file waits.
        letters: the twelve letters, as they were told.
        who: the second person.
        reason: why numbers that were withdrawn here are taken again; needed for those only.

    Returns:
        How many numbers were taken.

    Raises:
        Refused: it is the same person, the letters are not the file's, no file waits, or a number
            of it was withdrawn here and no reason is written.
    """
    who = named(who)
    row = _waiting_row(ward, protocol_key)
    if why := why_not_two(ward, row.recorded_by, who):
        raise Refused(
            f"{row.recorded_by} read this file in: a second person confirms it. Nothing was taken.",
            why,
        )
    plan = plan_import(ward, row.content.encode(), row.file_name)
    if not same_letters(letters, plan.signed.digest):
        raise Refused(
            f"These are not the letters of {row.file_name}: ask those who signed it for its twelve "
            "letters. Nothing was taken."
        )
    why = " ".join(reason.split())
    if plan.again and not why:
        raise Refused(
            *plan.withdrawn,
            "Nothing was taken. To take it again all the same, write the reason.",
        )
    back_up_newer(ward, "before an import")
    now = ward.now()
    with ward.store.change(who, "confirmed a file of site values", now) as change:
        for one in plan.take:
            again = (one.scope, one.number) in plan.again
            taken = replace(one, reason=f"{one.reason} {why}".strip()) if again else one
            _take(change, ward, row, plan.signed, taken, who, now)
        change.void(CommissionImport, row.id, "confirmed by the second person")
    return len(plan.take)


@one_act
def drop_import(ward: Ward, protocol_key: str, reason: str, *, who: str) -> None:
    """Drop a waiting file.

    Raises:
        Refused: no file waits, or no reason is written.
    """
    row = _waiting_row(ward, protocol_key)
    with ward.store.change(named(who), "dropped a file of site values", ward.now()) as change:
        change.void(CommissionImport, row.id, reason)


def _waiting_row(ward: Ward, protocol_key: str) -> CommissionImport:
    with ward.store.reading() as connection:
        for row in all_of(connection, CommissionImport):
            if row.scope == protocol_key:
                return row
    raise Refused(f"No file of {protocol_key} waits for a second person.")


def _take(
    change: "Change",
    ward: Ward,
    row: CommissionImport,
    signed: SignedValues,
    taken: SignedRow,
    who: str,
    now: datetime,
) -> None:
    inventory = inventory_of(ward, taken.scope)
    facts = group_facts(ward, taken.scope, inventory.group_of(taken.number).key)
    void_stale(change, facts, taken.number)
    whence = (
        f"From the file signed by {' and '.join(signed.signed_by)}; typed there by {taken.first} "
        f"and {taken.second}."
    )
    change.add(
        CommissionValue,
        scope=taken.scope,
        edition=inventory.edition,
        protocol_digest=digest_of(ward, taken.scope),
        group_key=facts.group.key,
        number_id=taken.number,
        canonical=taken.value,
        public=taken.public,
        import_id=row.id,
        first_person=row.recorded_by,
        first_key=row.person_key,
        first_at=row.recorded_at,
        second_person=who,
        second_key=person_key(who),
        second_at=now,
        reason=f"{taken.reason} {whence}".strip(),
    )
