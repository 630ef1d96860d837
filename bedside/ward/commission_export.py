"""Writes what this ward has commissioned for a protocol into one signed file."""

import os
from pathlib import Path

from bedside.protocol.numbers import SITE
from bedside.store.commission_records import CommissionValue
from bedside.units.refusal import Refused
from bedside.ward.commission_facts import inventory_of
from bedside.ward.commission_values import read_values, trouble_of, values_text
from bedside.ward.one_person import why_not_two
from bedside.ward.people import named
from bedside.ward.signed_values import (
    MOST_BYTES,
    SignedRow,
    SignedValues,
    letters_of,
    read_signed,
    write_signed,
)
from bedside.ward.ward import Ward


def signed_file(ward: Ward, protocol_key: str, *, who: str, and_who: str) -> bytes:
    """The signed file of a protocol's values, with the formulary and the settings of the site.

    Args:
        ward: the ward.
        protocol_key: the protocol.
        who: the first who signs.
        and_who: the second who signs, another person.

    Raises:
        Refused: nothing is commissioned, the values contradict each other, or one person signs twice.
    """
    signed_by = (named(who), named(and_who))
    if why := why_not_two(ward, who, and_who):
        raise Refused("Two different people sign the file: name a second one.", why)
    inventory = inventory_of(ward, protocol_key)
    if protocol_key == SITE:
        raise Refused("A file belongs to a protocol; the site's own values go with each of them.")
    own, site = read_values(ward, protocol_key)
    if not own:
        raise Refused(
            f"Nothing of {inventory.title} is commissioned here yet: nothing was written."
        )
    trouble = trouble_of(ward, protocol_key)
    if trouble:
        raise Refused("The recorded values contradict each other: settle them first.", *trouble)
    rows = [_row(row) for row in (*own.values(), *site.values())]
    return write_signed(
        SignedValues(
            protocol=protocol_key,
            edition=inventory.edition,
            demonstration=ward.demonstration,
            body=values_text(ward, protocol_key, to_keep=True),
            rows=tuple(rows),
            signed_by=signed_by,
            digest="",
        )
    )


def _row(row: CommissionValue) -> SignedRow:
    return SignedRow(
        scope=row.scope,
        group=row.group_key,
        number=row.number_id,
        value=row.canonical,
        public=row.public,
        first=row.first_person,
        first_at=row.first_at.isoformat(),
        second=row.second_person,
        second_at=row.second_at.isoformat(),
        reason=row.reason,
    )


def export_values(
    ward: Ward, protocol_key: str, target: Path, *, who: str, and_who: str, replace: bool = False
) -> str:
    """Write the signed file.

    Returns:
        The twelve letters that a second person retypes where the file is read in.

    Raises:
        Refused: as `signed_file`; or the file is there already, or cannot be written.
    """
    content = signed_file(ward, protocol_key, who=who, and_who=and_who)
    if target.exists() and not replace:
        raise Refused(f"{target} is there already: choose another name. Nothing was written.")
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        part.replace(target)
    except OSError as fault:
        part.unlink(missing_ok=True)
        raise Refused(
            f"{target} could not be written: {fault.strerror}. Choose another folder."
        ) from fault
    return letters_of(read_signed(content, target.name).digest)


def read_file(path: Path) -> bytes:
    """The bytes of a file to be read in.

    Raises:
        Refused: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as fault:
        raise Refused(f"{path} cannot be read: {fault.strerror}.") from fault
