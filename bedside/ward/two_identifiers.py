"""Two identifiers, read off the infant's band and retyped before a dose is signed (hazard H25)."""

from datetime import date

from msgspec import Struct

from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.ward.identity import infant_of
from bedside.ward.ward import Ward


class TwoIdentifiers(Struct, frozen=True):
    """What was read off the band: hospital number as typed, and the day of birth."""

    hospital_number: str
    born: date | None


def check_identifiers(ward: Ward, infant_id: int, typed: TwoIdentifiers) -> None:
    """Compare both identifiers with the infant's own; blanks and capitals do not count.

    Args:
        ward: the ward.
        infant_id: the infant whose dose is to be signed.
        typed: as read off the band; never filled in by the program.

    Raises:
        Refused: one is missing, or is not this infant's; neither is told.
    """
    with ward.store.reading() as connection:
        infant = infant_of(connection, infant_id)
    number = "".join(typed.hospital_number.split()).casefold()
    reasons = []
    if not number:
        reasons.append("Type the hospital number as it stands on the infant's band.")
    elif number != "".join(infant.hospital_number.split()).casefold():
        reasons.append(
            f"{typed.hospital_number.strip()} is not the hospital number of {infant.family}, "
            f"{infant.given}. Look at the band: is this the right infant?"
        )
    if typed.born is None:
        reasons.append("Type the day of birth as it stands on the infant's band.")
    elif typed.born != infant.born:
        reasons.append(
            f"{write_date(typed.born)} is not the day of birth of {infant.family}, {infant.given}. "
            "Look at the band: is this the right infant?"
        )
    if reasons:
        raise Refused(*reasons)
