"""Whose band was scanned: the one infant of this ward with that hospital or study number, or nobody.

Only the whole number counts; blanks and capitals do not. A number that could be two infants' is
nobody's: a scan never chooses between two children.

Decision: what was read is repeated only where it is built as the numbers of this ward are. A quick hand
types a passphrase as fast as a reader, and with no field in front it would stand on the screen in clear.
"""

import re
from collections.abc import Sequence

from bedside.store.queries import all_of
from bedside.store.records import Enrolment, Infant
from bedside.units.dates import write_date
from bedside.ward.identity import infants_of
from bedside.ward.views.verified import BandAnswer
from bedside.ward.ward import Ward

# the three signs in which a reader may name the kind of code before what it read (AIM, ISO/IEC 15424)
_KIND_OF_CODE = re.compile(r"^\][A-Za-z][0-9A-Za-z]")
_LONGEST = 64
NO_BAND = (
    "What was read is no band of this ward. Nobody was opened: look at the band, or find the infant by "
    "name."
)


def read_band(ward: Ward, scanned: str) -> BandAnswer:
    """Whose band this is.

    Args:
        ward: the ward.
        scanned: what the reader read, or what was typed off the band.
    """
    number = number_on_band(scanned)
    with ward.store.reading() as connection:
        everyone = infants_of(connection)
        study = {row.infant_id: row.study_number for row in all_of(connection, Enrolment)}
    found = [
        one
        for one in everyone
        if number and number in (_plain(one.hospital_number), _plain(study.get(one.id, "")))
    ]
    if len(found) == 1:
        return BandAnswer(found[0].id, whose_words(found[0]), same_family(found[0], everyone))
    shown = " ".join(scanned.split())[:_LONGEST]
    like = {_shape(one.hospital_number) for one in everyone} | set(map(_shape, study.values()))
    if found:
        both = " and ".join(whose_words(one) for one in found)
        return BandAnswer(
            None,
            f"{shown} is a number of {both}. Nobody was opened: look at both bands, and have the "
            "wrong number corrected.",
        )
    if _shape(number) not in like - {""}:
        return BandAnswer(None, NO_BAND)
    return BandAnswer(
        None,
        f"{shown} is the band of nobody on this ward. Nobody was opened: look at the band, "
        "or find the infant by name.",
    )


def number_on_band(scanned: str) -> str:
    """What a band says, without what a reader may set before it, without blanks and capitals."""
    return _plain(_KIND_OF_CODE.sub("", scanned.strip()))


def whose_words(infant: Infant) -> str:
    """Name and both identifiers."""
    return (
        f"{infant.family}, {infant.given}; born {write_date(infant.born)}; {infant.hospital_number}"
    )


def same_family(infant: Infant, everyone: Sequence[Infant]) -> str:
    """That others on the ward bear this family name, and in which beds; "" where nobody does."""
    beds = [
        other.bed or other.given
        for other in everyone
        if other.id != infant.id and other.family.casefold() == infant.family.casefold()
    ]
    return f"same family name: bed {', '.join(beds)}" if beds else ""


def _plain(number: str) -> str:
    return "".join(number.split()).casefold()


def _shape(number: str) -> str:
    """How a number is built, sign by sign: "DEM 004 118" is aaa999999."""
    signs = ("9" if sign.isdigit() else "a" if sign.isalpha() else sign for sign in _plain(number))
    return "".join(signs)
