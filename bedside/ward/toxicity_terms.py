"""Terms by name and key: found by any name a CTCAE version gives them, refused where a version has none."""

from collections.abc import Mapping

from bedside.clinical.ctcae.catalogue import names_in, same_name, term_named
from bedside.clinical.ctcae.values import VERSIONS
from bedside.ward.ctcae import criteria_in
from bedside.ward.ward import Ward


def term_key(term: str) -> str:
    """The key of a term by any of its names, in any version.

    A term that the list does not hold, in the ward's own words, has the key "".
    """
    for version in VERSIONS:
        found = term_named(term, version)
        if found is not None:
            return found.key
    return ""


def why_not_in(term: str, version: str) -> str:
    """Why a term cannot be recorded under a version, "" when it can.

    Words of the ward's own, which no version knows, are taken as they are.
    """
    key = term_key(term)
    if not key:
        return ""
    name = names_in(version).get(key, "")
    if not name:
        return (
            f"{term} does not exist in CTCAE {version}, which was fixed for this infant at "
            f"enrolment. Choose a term of {version}, or describe it in your own words."
        )
    if not same_name(name, term):
        return f"CTCAE {version}, fixed for this infant at enrolment, calls this {name}. Choose {name}."
    return ""


def as_named(term: str, version: str) -> str:
    """The term as the version spells it ("diarrhoea" is Diarrhea); the ward's own words as typed."""
    name = names_in(version).get(term_key(term), "")
    return name if name and same_name(name, term) else term.strip()


def criteria(ward: Ward, term: str, version: str) -> Mapping[int, str]:
    """What each grade of a term means in a version.

    In the official words where the site loaded the institute's workbook, else in our own; empty
    for the ward's own words.
    """
    found = criteria_in(ward, term.strip(), version) if term.strip() else None
    return {} if found is None else found.criteria
