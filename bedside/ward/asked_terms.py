"""The toxicities that a round asks for by name: the site's own list, else the short one that ships.

Decision: the list is a setting of the site, kept as the keys of terms, so that each infant is asked by
the names of her own CTCAE version; a term that her version does not have is not asked.
"""

import tomllib
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from bedside.clinical.ctcae.catalogue import every_term, names_in, near_names
from bedside.clinical.ctcae.values import VERSIONS
from bedside.places import place
from bedside.store.queries import all_of
from bedside.store.records import SiteSetting
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.toxicity_terms import term_key
from bedside.ward.ward import Ward

SETTING = "asked_terms"
MOST_TERMS = 12


class AskedList(Struct, frozen=True):
    """The list in force, by name, and where it comes from."""

    names: tuple[str, ...]
    source: str
    own: bool


def asked_list(ward: Ward) -> AskedList:
    """The list in force, as the site edits it."""
    keys, row = _kept(ward)
    names = tuple(_any_name(key) for key in keys)
    if row is None:
        return AskedList(names, _shipped()[1], own=False)
    on = write_date(ward.local(row.recorded_at).date())
    source = f"entered by {row.recorded_by} on {on}"
    return AskedList(names, source, own=True)


def asked_in(ward: Ward, version: str) -> tuple[tuple[str, str], ...]:
    """Key and name of each term asked for under a CTCAE version; those it does not have are left out."""
    names = names_in(version)
    return tuple((key, names[key]) for key in _kept(ward)[0] if key in names)


def offered_terms() -> tuple[str, ...]:
    """The names to choose from, in the alphabet's order: terms that no laboratory result grades."""
    return tuple(sorted(_any_name(term.key) for term in every_term() if not term.laboratory))


@one_act
def save_asked(ward: Ward, lines: Sequence[str], *, who: str) -> None:
    """Record the site's own list; an empty one asks for nothing by name.

    Args:
        ward: the ward.
        lines: the name of a term each; empty lines are left out.
        who: who enters it.

    Raises:
        Refused: a line is no term of the ward's list (names near to it are offered), stands twice,
            or the list is too long for a round of half a minute.
    """
    who = named(who)
    wanted = [line.strip() for line in lines if line.strip()]
    keys = [term_key(line) for line in wanted]
    reasons = [_unknown(line) for line, key in zip(wanted, keys, strict=True) if not key]
    twice = sorted({_any_name(key) for key in keys if key and keys.count(key) > 1})
    reasons += [f"{name} stands in the list twice." for name in twice]
    if len(wanted) > MOST_TERMS:
        reasons.append(
            f"{len(wanted)} terms are too many to be asked for in each round: at most {MOST_TERMS}."
        )
    if reasons:
        raise Refused(*reasons)
    value = "\n".join(keys)
    _, old = _kept(ward)
    if old is not None and old.value == value:
        return
    act = "set which toxicities a round asks for"
    with ward.store.change(who, act, ward.now()) as change:
        if old is not None:
            change.void(SiteSetting, old.id, "a new value was entered")
        change.add(SiteSetting, key=SETTING, value=value)


def _kept(ward: Ward) -> tuple[tuple[str, ...], SiteSetting | None]:
    with ward.store.reading() as connection:
        rows = [row for row in all_of(connection, SiteSetting) if row.key == SETTING]
    if not rows:
        return _shipped()[0], None
    return tuple(rows[-1].value.split()), rows[-1]


@cache
def _shipped() -> tuple[tuple[str, ...], str]:
    told = tomllib.loads(place("resources", "ctcae", "asked.toml").read_text(encoding="utf-8"))
    known = {term.key for term in every_term()}
    keys = tuple(str(key) for key in told["terms"])
    if not set(keys) <= known:
        raise ValueError(f"asked.toml names no terms of the list: {set(keys) - known}")
    return keys, str(told["source"])


def _unknown(line: str) -> str:
    near = [name for version in reversed(VERSIONS) for name in near_names(line, version)]
    right = f"near to it: {', '.join(dict.fromkeys(near))}" if near else "choose one of the list"
    return f"“{line[:80]}” is no term of the ward's list: {right}."


def _any_name(key: str) -> str:
    """The newest name of a term."""
    return next(
        names_in(version)[key] for version in reversed(VERSIONS) if key in names_in(version)
    )
