"""Terms by name and key: found by any name a CTCAE version gives them, refused where a version has none."""

from functools import cache
from typing import TYPE_CHECKING

from bedside.places import place

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSIONS = ("4.03", "5.0", "6.0")


@cache
def _names() -> "tuple[Mapping[str, str], ...]":
    import tomllib

    text = place("resources", "ctcae", "terms.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["term"])


def term_key(term: str) -> str:
    """The key of a term by any of its names: a slug of its name in version 5.0, else the newest.

    A term that the list does not hold, in the ward's own words, has the key "".
    """
    wanted = term.strip().casefold()
    for names in _names():
        if wanted in {name.casefold() for name in names.values()}:
            return slug(names.get("5.0") or names[max(names)])
    return ""


def slug(name: str) -> str:
    """A name as a key: small letters, figures, and single hyphens between them."""
    letters = "".join(letter if letter.isalnum() else " " for letter in name.casefold())
    return "-".join(letters.split())


def name_in(key: str, version: str) -> str:
    """The name of a term in a version, "" where that version has none."""
    for names in _names():
        if slug(names.get("5.0") or names[max(names)]) == key:
            return names.get(version, "")
    return ""


def why_not_in(term: str, version: str) -> str:
    """Why a term cannot be recorded under a version, "" when it can.

    Words of the ward's own, which no version knows, are taken as they are.
    """
    key = term_key(term)
    if not key:
        return ""
    name = name_in(key, version)
    if not name:
        return (
            f"{term} does not exist in CTCAE {version}, which was fixed for this infant at "
            f"enrolment. Choose a term of {version}, or describe it in your own words."
        )
    if name.casefold() != term.strip().casefold():
        return f"CTCAE {version}, fixed for this infant at enrolment, calls this {name}. Choose {name}."
    return ""
