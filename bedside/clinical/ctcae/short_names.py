"""What a ward calls a laboratory toxicity ("ALT increased", "plt", "low K"), and the term that is meant.

The words are data (`resources/ctcae/short_names.toml`): ward usage, no wording of the institute's.
They find a term and never grade; where more than one term may be meant, none is chosen.
"""

from collections.abc import Mapping
from functools import cache

import tomli
from msgspec import Struct

from bedside.clinical.ctcae.catalogue import Term, every_term, found_term, plain_name, term_named
from bedside.places import place
from bedside.units.refusal import Refused


class _Book(Struct, frozen=True):
    """The short names: each with its term for a low and for a high value, "" where there is none."""

    low_words: frozenset[str]
    high_words: frozenset[str]
    names: Mapping[str, tuple[str, str]]


def meant_by(text: str, version: str) -> tuple[Term, ...]:
    """The terms of a version that a ward's short name may mean; empty where it is none.

    Args:
        text: as a ward says it: "ALT increased", "plt", "K low".
        version: the CTCAE version they must exist in.
    """
    book = _book()
    words = plain_name(text).split()
    low = any(word in book.low_words for word in words)
    high = any(word in book.high_words for word in words)
    said = " ".join(word for word in words if word not in book.low_words | book.high_words)
    below, above = book.names.get(said, ("", ""))
    keys = {below if low or not high else "", above if high or not low else ""} - {""}
    return tuple(term for term in every_term() if term.key in keys and version in term.names)


def term_meant(text: str, version: str) -> Term:
    """The term of a name, be it the institute's or a ward's short one.

    Raises:
        Refused: no such term in the version, or a short name that may mean several.
    """
    own = term_named(text, version)
    if own is not None:
        return own
    meant = meant_by(text, version)
    if not meant:
        return found_term(text, version)  # refuses, with names near to it
    if len(meant) > 1:
        listed = " or ".join(term.names[version] for term in meant)
        raise Refused(f"“{text[:80]}” may mean {listed}: say which.")
    return meant[0]


@cache
def _book() -> _Book:
    text = place("resources", "ctcae", "short_names.toml").read_text(encoding="utf-8")
    read = tomli.loads(text)
    return _Book(
        frozenset(map(plain_name, read["low_words"])),
        frozenset(map(plain_name, read["high_words"])),
        {
            plain_name(said): (row.get("low", ""), row.get("high", ""))
            for row in read["name"]
            for said in row["said"]
        },
    )
