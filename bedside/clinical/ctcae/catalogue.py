"""The ward's toxicity terms in three versions of CTCAE, with what each grade asks for in our words.

Read once from `resources/ctcae/terms.toml`. A term is found by its name in any of the three
versions, by its key, or by part of a word; the official wording is not in here.

The ward list asks for names and organ classes after every start: the laboratory rules, made ready,
are seven tenths of a megabyte, and are read where a grade's numbers are asked for.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import tomli
from msgspec import Struct

from bedside.clinical.ctcae.values import VERSIONS
from bedside.places import place
from bedside.units.refusal import Refused

DEATH = "The child died of it"
NEAR_NAMES = 3


class Term(Struct, frozen=True):
    """A toxicity term.

    Args:
        key: the same in every version, e.g. "platelet-count-decreased".
        names: its name in each version that has it.
        group: the part of the body, in our words.
        haematological: a blood count.
    """

    key: str
    names: Mapping[str, str]
    group: str
    haematological: bool

    @property
    def laboratory(self) -> bool:
        """Whether it is graded by a number in one version at least."""
        from bedside.clinical.ctcae.rule_book import rule_book

        return any((self.key, version) in rule_book().rules for version in VERSIONS)


def every_term() -> tuple[Term, ...]:
    """Return every term, whatever the version."""
    return _terms()


@cache
def terms(version: str) -> tuple[Term, ...]:
    """Return the terms that exist in a version, by their names there in alphabetical order."""
    here = (term for term in _terms() if version in term.names)
    return tuple(sorted(here, key=lambda term: term.names[version].casefold()))


@cache
def names_in(version: str) -> Mapping[str, str]:
    """Return the name of each term in a version, by key."""
    return {term.key: term.names[version] for term in _terms() if version in term.names}


def term_named(text: str, version: str) -> Term | None:
    """Return the term of this name or key that exists in a version.

    Args:
        text: the name in any version, in capitals or not, or the key.
        version: the version it must exist in.
    """
    term = _known_names().get(plain_name(text))
    return term if term is not None and version in term.names else None


def found_term(text: str, version: str) -> Term:
    """Return the term of this name, or refuse with names near to it.

    Raises:
        Refused: no such term in the version.
    """
    term = term_named(text, version)
    if term is not None:
        return term
    elsewhere = _known_names().get(plain_name(text))
    if elsewhere is not None:
        has = " and ".join(elsewhere.names)
        raise Refused(f"CTCAE {version} has no term “{text[:80]}”: {has} do.")
    near = near_names(text, version)
    right = f"near to it: {', '.join(near)}" if near else "look the name up in the list of terms"
    raise Refused(f"“{text[:80]}” is no term of the ward's list in CTCAE {version}: {right}.")


def near_names(text: str, version: str) -> tuple[str, ...]:
    """Return a few names in a version that a mistyped name may have meant."""
    from difflib import get_close_matches  # only a mistyped name needs it

    found = [term.names[version] for term in search(text, version)]
    known = _known_names()
    for near in get_close_matches(plain_name(text[:80]), known, NEAR_NAMES, 0.6):
        term = known[near]
        if version in term.names:
            found.append(term.names[version])
    return tuple(dict.fromkeys(found))[:NEAR_NAMES]


def search(text: str, version: str) -> tuple[Term, ...]:
    """Return the terms of a version in whose names each typed part of a word stands.

    Names of the other versions count too; terms whose name here begins so come first.
    """
    parts = plain_name(text).split()
    if not parts:
        return terms(version)
    found = [term for term in terms(version) if all(_in_names(term, part) for part in parts)]
    begins = plain_name(text)
    found.sort(key=lambda term: not plain_name(term.names[version]).startswith(begins))
    return tuple(found)


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same word for word, spelt the British or the American way."""
    return plain_name(one) == plain_name(other)


def criteria_of(term_key: str, version: str) -> Mapping[int, str]:
    """Return what each grade of a term asks for in a version, in our own words, by grade.

    Raises:
        Refused: the version has no such term.
    """
    if term_key not in names_in(version):
        raise Refused(f"CTCAE {version} has no term “{term_key[:80]}” among the ward's terms.")
    return _criteria(term_key, version)


@cache
def _criteria(term_key: str, version: str) -> Mapping[int, str]:
    row = _rows()[term_key]
    found = dict(_measured(term_key, version))
    found |= {grade: row[str(grade)] for grade in range(1, 5) if str(grade) in row}
    found |= {int(grade): words for grade, words in row.get(f"in {version}", {}).items()}
    if version in row.get("death", ()):
        found[5] = DEATH
    return {grade: found[grade] for grade in sorted(found) if found[grade]}


def _measured(term_key: str, version: str) -> Iterator[tuple[int, str]]:
    """Give the grades of a term that is graded by a number, from its rule."""
    from bedside.clinical.ctcae.rule_book import rule_book

    for rule in rule_book().rules.get((term_key, version), ())[:1]:
        for grade, condition in rule.columns[rule.table.unit].grades:
            yield grade, condition.words[0].upper() + condition.words[1:]


@cache
def _rows() -> Mapping[str, Mapping[str, Any]]:
    text = place("resources", "ctcae", "terms.toml").read_text(encoding="utf-8")
    return {row["key"]: row for row in tomli.loads(text)["term"]}


@cache
def _terms() -> tuple[Term, ...]:
    return tuple(
        Term(
            key,
            {version: row[version] for version in VERSIONS if version in row},
            row["group"],
            row.get("haematological", False),
        )
        for key, row in _rows().items()
    )


@cache
def _known_names() -> Mapping[str, Term]:
    """Return every name in its plain form; the newest version's meaning wins where two share one."""
    known = {plain_name(name): term for term in _terms() for name in term.names.values()}
    return known | {plain_name(term.key): term for term in _terms()}


def _in_names(term: Term, part: str) -> bool:
    return any(part in plain_name(name) for name in term.names.values())


def plain_name(text: str) -> str:
    """Return a name without capitals, hyphens and commas; British and American spelling alike."""
    plain = " ".join(text.casefold().replace("-", " ").replace(",", " ").split())
    return plain.replace("ae", "e").replace("oe", "e").replace("leuco", "leuko")
