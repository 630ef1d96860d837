"""Two identifiers before a dose is signed: retyped off the band, or band and label scanned (hazard H25)."""

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.ward.bands import number_on_band
from bedside.ward.identity import infant_of
from bedside.ward.views.check_state import Planned
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.ward.views.given import OfDay


class TwoIdentifiers(Struct, frozen=True):
    """What was read off the band: hospital number as typed or scanned, and the day of birth.

    ``label`` is what a reader read from the label of the preparation, "" where none was scanned. It
    stands in the place of the day of birth: it names the infant by her study number, and the dose.
    ``unread`` says why a label that was printed here cannot be read, "" where it was.
    """

    hospital_number: str
    born: date | None
    label: str = ""
    unread: str = ""


def check_identifiers(
    ward: Ward,
    infant_id: int,
    typed: TwoIdentifiers,
    planned: Planned | None = None,
    *,
    on_paper: bool = False,
    of: "OfDay | None" = None,
) -> None:
    """Compare both identifiers with the infant's own; blanks and capitals do not count.

    Args:
        ward: the ward.
        infant_id: the infant whose dose is to be signed.
        typed: as read off the band and the label; never filled in by the program.
        planned: the dose that the label must be of; None where no label is scanned.
        on_paper: the dose was given in paper hours, and is recorded now: no label is asked for.
        of: which dose of the day is given; None for a drug given once a day.

    Raises:
        Refused: one is missing, or is not this infant's; neither is told. Or the label is of another
            infant or another dose, or does not hold any more; or one was printed
            here, and it was neither read nor said why not.
    """
    with ward.store.reading() as connection:
        infant = infant_of(connection, infant_id)
    reasons = []
    if not number_on_band(typed.hospital_number):
        reasons.append("Type the hospital number as it stands on the infant's band.")
    else:
        reasons += why_not_number(ward, infant_id, typed.hospital_number)
    of_label: tuple[str, ...] = ()
    if planned is not None:
        from bedside.ward.label_before_giving import label_faults

        of_label = label_faults(ward, infant_id, planned, typed, on_paper=on_paper, of=of)
        reasons += of_label
    if typed.born is None and planned is not None and (typed.label or of_label):
        pass  # the label is the second identifier, or is asked for first
    elif typed.born is None:
        reasons.append("Type the day of birth as it stands on the infant's band.")
    elif typed.born != infant.born:
        reasons.append(
            f"{write_date(typed.born)} is not the day of birth of {infant.family}, {infant.given}. "
            "Look at the band: is this the right infant?"
        )
    if reasons:
        raise Refused(*reasons)


def why_not_number(ward: Ward, infant_id: int, typed: str) -> tuple[str, ...]:
    """Why a number off a band is not this infant's; () where it is, and for none at all.

    Args:
        ward: the ward.
        infant_id: the infant whose dose it is.
        typed: the hospital number as read off the band; blanks and capitals do not count.
    """
    with ward.store.reading() as connection:
        infant = infant_of(connection, infant_id)
    number = number_on_band(typed)
    if not number or number == "".join(infant.hospital_number.split()).casefold():
        return ()
    return (
        f"{typed.strip()} is not the hospital number of {infant.family}, {infant.given}. "
        "Look at the band: is this the right infant?",
    )
