"""Terms by name and key: found by any name a CTCAE version gives them, refused where a version has none."""

from collections.abc import Mapping

from bedside.clinical.ctcae.catalogue import names_in, near_names, same_name, term_named
from bedside.clinical.ctcae.values import VERSIONS
from bedside.ward.ctcae import criteria_in, term_names
from bedside.ward.ward import Ward

_NEAR = 3


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


def is_known(ward: Ward, term: str, version: str) -> bool:
    """Whether a term is one of CTCAE: of the ward's list, or of the loaded workbook."""
    return bool(term_key(term)) or criteria_in(ward, term.strip(), version) is not None


def near_terms(ward: Ward, text: str, version: str) -> tuple[str, ...]:
    """A few names of a version that a name typed here may have meant, the nearest first."""
    if not text.strip() or is_known(ward, text, version):
        return ()
    from difflib import get_close_matches  # only a mistyped name needs it

    known = {name.casefold(): name for name in term_names(ward, version)}
    close = get_close_matches(text.strip().casefold()[:80], known, _NEAR, 0.6)
    found = (*near_names(text, version), *(known[name] for name in close))
    return tuple(dict.fromkeys(found))[:_NEAR]


def why_unknown(ward: Ward, term: str, version: str, *, own_words: bool) -> str:
    """Why a term typed by hand is not taken as it is; "" when it is.

    Args:
        ward: the ward.
        term: as typed.
        version: the infant's CTCAE version.
        own_words: a person marked it as no CTCAE term, in the ward's own words.
    """
    known = is_known(ward, term, version)
    if known and own_words:
        return f"{term} is a term of CTCAE: take the mark “the ward's own words” off."
    if known or own_words:
        return ""
    near = near_terms(ward, term, version)
    right = f"Near to it: {', '.join(near)}. " if near else ""
    return (
        f"“{term[:80]}” is no term of CTCAE {version} here. {right}Choose a term of the list, or mark "
        "it as the ward's own words."
    )


def why_not_grade(ward: Ward, term: str, version: str, grade: int) -> str:
    """Why a term cannot have a grade: its criteria have none; "" when it can (0 is always "gone")."""
    has = sorted(criteria(ward, term, version))
    if not has or grade in (0, *has):
        return ""
    listed = ", ".join(map(str, has))
    plural = "grade is" if len(has) == 1 else "grades are"
    return f"{term} has no grade {grade} in CTCAE {version}: its {plural} {listed}."


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
