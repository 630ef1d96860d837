"""Who an infant is: as first recorded, and as corrected since; a correction never hides the first record."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from bedside.store.queries import all_of, of_infant, one
from bedside.store.records import Identity, Infant, Print
from bedside.store.ward_file import Reader
from bedside.units.dates import write_date, write_date_time
from bedside.units.refusal import Refused
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.ward import Ward

RETYPED = 4
_FIELDS = (
    "family",
    "given",
    "sex",
    "born",
    "gestation_days",
    "hospital_number",
    "bed",
    "allergies",
    "line",
)


_TITLES = {
    "family": "family name",
    "given": "given name",
    "sex": "sex",
    "born": "born",
    "gestation_days": "gestation in days",
    "hospital_number": "hospital number",
    "bed": "bed",
    "allergies": "allergies",
    "line": "central line",
}


class IdentityForm(Struct, frozen=True):
    """Who an infant is, as typed."""

    family: str
    given: str
    sex: Literal["f", "m"]
    born: date
    gestation_days: int | None
    hospital_number: str
    bed: str
    allergies: str
    line: str


def known_as(infant: Infant, corrected: Sequence[Identity]) -> Infant:
    """The infant as her newest standing correction says; as first recorded where there is none."""
    if not corrected:
        return infant
    return replace(infant, **{name: getattr(corrected[-1], name) for name in _FIELDS})


def infant_of(connection: Reader, infant_id: int) -> Infant:
    """One infant as she is known now."""
    return known_as(one(connection, Infant, infant_id), of_infant(connection, Identity, infant_id))


def infants_of(connection: Reader) -> tuple[Infant, ...]:
    """Every infant on the ward as she is known now."""
    corrected = {row.infant_id: row for row in all_of(connection, Identity)}
    return tuple(
        known_as(infant, [corrected[infant.id]] if infant.id in corrected else [])
        for infant in all_of(connection, Infant)
    )


def in_bed(ward: Ward, bed: str, but: int | None = None) -> tuple[str, ...]:
    """Who lies in a bed, by name, hospital number and day of birth.

    Args:
        ward: the ward.
        bed: as typed; "" is no bed.
        but: an infant who is not told.
    """
    wanted = bed.strip().casefold()
    if not wanted:
        return ()
    with ward.store.reading() as connection:
        return tuple(
            f"{one.family}, {one.given} ({one.hospital_number}, born {write_date(one.born)})"
            for one in infants_of(connection)
            if one.id != but and one.bed.strip().casefold() == wanted
        )


def identity_form(ward: Ward, infant_id: int) -> IdentityForm:
    """The form as it stands, to be corrected."""
    with ward.store.reading() as connection:
        infant = infant_of(connection, infant_id)
    return IdentityForm(**{name: getattr(infant, name) for name in _FIELDS})


def corrected_until_now(ward: Ward, infant_id: int) -> tuple[str, ...]:
    """What each correction changed, from what to what, by whom and why; oldest first."""
    with ward.store.reading() as connection:
        before: Infant | Identity = one(connection, Infant, infant_id)
        rows = of_infant(connection, Identity, infant_id, include_void=True)
    found = []
    for row in sorted(rows, key=lambda one: one.id):
        changes = ", ".join(
            f"{_TITLES[name]} {_said(getattr(before, name))} became {_said(getattr(row, name))}"
            for name in _FIELDS
            if getattr(before, name) != getattr(row, name)
        )
        when = write_date_time(ward.local(row.recorded_at))
        found.append(f"{when}, {row.recorded_by}: {changes} ({row.reason})")
        before = row
    return tuple(found)


def _said(value: object) -> str:
    if isinstance(value, date):
        return write_date(value)
    if value in ("f", "m"):
        return "female" if value == "f" else "male"
    return "unknown" if value in (None, "") else str(value)


def last_signs(hospital_number: str) -> str:
    """What is retyped before a print: the last four digits; the last four signs where it has fewer."""
    digits = [sign for sign in hospital_number if sign.isdecimal()]
    signs = digits if len(digits) >= RETYPED else [one for one in hospital_number if one.isalnum()]
    return "".join(signs[-RETYPED:])


def check_retyped(ward: Ward, infant_id: int, typed: str) -> None:
    """Compare what was read off the band with the infant's hospital number (hazard H25).

    Args:
        ward: the ward.
        infant_id: the infant whose paper is to be printed.
        typed: the last four digits as typed, or the whole number as a reader reads it; never filled
            in by the program.

    Raises:
        Refused: nothing was typed, or it is not this infant's number; the number is not told.
    """
    with ward.store.reading() as connection:
        infant = infant_of(connection, infant_id)
    wanted = last_signs(infant.hospital_number)
    given = "".join(typed.split()).casefold()
    mixed = not wanted.isdecimal()  # of a number as "T 001"
    if not given and mixed:
        raise Refused(
            f"Not printed: read the last {len(wanted)} letters and digits of the hospital number off "
            "the infant's band and type them together first."
        )
    if not given:
        raise Refused(
            f"Not printed: read the last {len(wanted)} digits of the hospital number off the "
            "infant's band and type them first."
        )
    whole = "".join(infant.hospital_number.split()).casefold()
    if given not in (wanted.casefold(), whole):
        reasons = [
            f"Not printed: {typed.strip()} does not end the hospital number of {infant.family}, "
            f"{infant.given}. Look at the band: is this the right infant?"
        ]
        if mixed:
            reasons.append(f"Type the last {len(wanted)} letters and digits together.")
        raise Refused(*reasons)


def papers_with_old_identity(ward: Ward, infant_id: int) -> tuple[str, ...]:
    """The papers printed until now: after a correction they carry the old identity."""
    with ward.store.reading() as connection:
        return tuple(row.sheet_number for row in of_infant(connection, Print, infant_id))


@one_act
def correct_identity(
    ward: Ward, infant_id: int, form: IdentityForm, reason: str, *, who: str
) -> None:
    """Keep a corrected identity; the one before it stays readable.

    Args:
        ward: the ward.
        infant_id: the infant.
        form: everything as it should be.
        reason: what was wrong.
        who: who corrects.

    Raises:
        Refused: no reason, nothing changed, an identity that could not be enrolled, or a hospital
            number that is another infant's.
    """
    from bedside.ward.enrolling import identity_reasons, number_taken
    from bedside.ward.order_ending import changing_doses

    who = named(who)
    form = _trimmed(form)
    reasons = [] if reason.strip() else ["A correction needs its reason: say what was wrong."]
    if form == identity_form(ward, infant_id):
        reasons.append("Nothing differs from what is recorded.")
    reasons += identity_reasons(form) + number_taken(ward, form.hospital_number, but=infant_id)
    reasons += _birth(ward, infant_id, form.born)
    if reasons:
        raise Refused(*reasons)
    with changing_doses(ward, infant_id, who, "corrected who the infant is") as change:
        for old in of_infant(change.connection, Identity, infant_id):
            change.void(Identity, old.id, reason.strip())
        change.add(Identity, infant_id=infant_id, reason=reason.strip(), **identity_fields(form))


def identity_fields(form: IdentityForm) -> dict[str, object]:
    """Who an infant is, column by column."""
    return {name: getattr(form, name) for name in _FIELDS}


def _trimmed(form: IdentityForm) -> IdentityForm:
    texts = ("family", "given", "hospital_number", "bed", "allergies", "line")
    return replace(form, **{name: getattr(form, name).strip() for name in texts})


def _birth(ward: Ward, infant_id: int, born: date) -> list[str]:
    """A day of birth stands before everything that is recorded of her."""
    from bedside.ward.enrolling import birth_reasons
    from bedside.ward.facts import facts_of

    facts = facts_of(ward, infant_id)
    days = [
        ("the diagnosis", facts.enrolment.diagnosed_on),
        *(("a weight", ward.local(row.measured_at).date()) for row in facts.measurements),
        *(("a blood count", ward.local(row.taken_at).date()) for row in facts.counts),
    ]
    too_late = sorted({what for what, day in days if day < born})
    reasons = birth_reasons(ward.today(), born)
    return reasons + [f"The day of birth lies after {what} that is recorded." for what in too_late]
