"""Whether two typed names may be one person's: the one rule behind every act that needs two people.

Where a ward has no accounts only the names tell people apart, and one person writes herself in many
ways: "Dr I. Halvorsen" and "I Halvorsen, pharmacist" are one, so are "E. Sørensen, RN" and "Elin
Sorensen". Titles, roles, marks, punctuation, capitals and the order of the parts say nothing; an
initial may stand for every name that begins with it; a name that is left out may be any. Two names
count as two people only where something tells them apart for certain: another family name, another
initial, or full given names that differ.

What the eye cannot tell apart tells nobody apart either: a Cyrillic Е, a capital I for a small l, a 0
for an O (`look_alikes`); a name whose letters are of two scripts is no name of a second person.

Decided: refused, not asked. Two people of one family name always have a way, their given names in
full; a question would be answered with yes at three in the morning. What the rule cannot see is
somebody who types another's name: only accounts help there.
"""

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from itertools import product

from msgspec import Struct

from bedside.units.folded import folded
from bedside.ward.look_alikes import as_it_looks, figures_as_letters, why_mixed
from bedside.ward.people import has_people, person_key
from bedside.ward.roles import role_book
from bedside.ward.ward import Ward

# how one letter is written in two ways where a keyboard lacks it, after accents are taken away
_SPELT = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"), ("ij", "y"))
_APOSTROPHES = re.compile(r"['’ʼ`´]")
_WORD = re.compile(r"[^\W\d_]+\.?")
_MOST_JOINED = 3  # "JP" and "EMB" may be initials written in one

Word = tuple[str, bool]  # letters, and whether they stand for a longer word


class Spelling(Struct, frozen=True):
    """What tells a name from another one: two names of one spelling are judged alike beside any third.

    Args:
        read: its words, as often as it can be read otherwise; each with how often it is there.
        looks: the same as the eye takes its letters.
        mixed: its letters are of two scripts.
    """

    read: tuple[frozenset[tuple[Word, int]], ...]
    looks: tuple[frozenset[tuple[Word, int]], ...]
    mixed: bool


def spelling(name: str) -> Spelling:
    """Take a name apart as `may_be_one` does.

    Args:
        name: as typed.
    """
    read, looks = (
        tuple(frozenset(reading.items()) for reading in _readings(name, looked_at=looked_at))
        for looked_at in (False, True)
    )
    return Spelling(read, looks, bool(why_mixed(name)))


def why_one_person(one: str, other: str) -> str:
    """Why two names may be one person's, in words; "" where they are certainly two.

    Args:
        one: a name as typed, with or without role, e.g. "E. Sørensen, RN".
        other: another.
    """
    first, second = (name.partition(",")[0].strip() for name in (one, other))
    if mixed := why_mixed(first) or why_mixed(second):
        return mixed
    if not may_be_one(first, second):
        return ""
    if person_key(first) == person_key(second):
        return f"“{first}” and “{second}” are one name, so they count as one person."
    return (
        f"“{first}” and “{second}” may be one person: an initial may be any name, titles and roles "
        "tell nobody apart. Two people of one family name write their given names in full."
    )


def may_be_one(one: str, other: str) -> bool:
    """Whether nothing in two names tells two people apart; a name without letters is nobody's."""
    key = person_key(one)
    if key and key == person_key(other):
        return True
    if why_mixed(one) or why_mixed(other):
        return True
    return any(
        _alike(a, b)
        for looked_at in (False, True)
        for a, b in product(
            _readings(one, looked_at=looked_at), _readings(other, looked_at=looked_at)
        )
        if a and b
    )


def _looked_at(word: str) -> str:
    return folded(as_it_looks(word))


def _alike(one: Counter[Word], other: Counter[Word]) -> bool:
    shared = Counter(word for word in (one & other).elements() if not word[1])
    left, right = list((one - shared).elements()), list((other - shared).elements())
    for word in tuple(left):
        stands = next((other for other in right if _stands_for(word, other)), None)
        if stands is not None:
            left.remove(word)
            right.remove(stands)
    if shared and left and right:
        full = all(any(not short for _, short in words) for words in (left, right))
        return shared.total() > 1 and not full
    if shared or not any(not short for _, short in (*left, *right)):
        return not (left and right)
    return not (left and right) and 1 in (one.total(), other.total())


def _stands_for(one: Word, other: Word) -> bool:
    """Whether an initial or a shortened word may be the other word."""
    return (one[1] and other[0].startswith(one[0])) or (other[1] and one[0].startswith(other[0]))


@lru_cache(maxsize=16_384)  # a ward's names are held against each other again and again
def _readings(name: str, *, looked_at: bool) -> tuple[Counter[Word], ...]:
    """A name as words, its titles left out; twice where letters in one may be initials."""
    written = _looked_at if looked_at else folded
    plain_name = figures_as_letters(_APOSTROPHES.sub("", name.partition(",")[0]))
    found = [part.group() for part in _WORD.finditer(plain_name)]
    bare = [part for part in found if not _is_title(part)] or found
    names = [part for part in bare if not _is_particle(part)] or bare
    mixed = len(names) == 1 or any(not part.rstrip(".").isupper() for part in names)
    plain = Counter(_word(part, written) for part in names)
    if not mixed or not any(_joined(part) for part in names):
        return (plain,)
    apart = Counter[Word]()
    for part in names:
        apart.update(
            [(written(letter), True) for letter in part]
            if _joined(part)
            else [_word(part, written)]
        )
    return (plain, apart)


def _word(part: str, written: Callable[[str], str]) -> Word:
    letters = written(part.rstrip("."))
    for spelt, meant in _SPELT:
        letters = letters.replace(spelt, meant)
    return letters, part.endswith(".") or len(letters) == 1


def _joined(part: str) -> bool:
    return part.isupper() and part.isalpha() and 2 <= len(part) <= _MOST_JOINED


def _is_title(part: str) -> bool:
    return folded(part.rstrip(".")) in role_book().names.titles


def _is_particle(part: str) -> bool:
    return part in role_book().names.particles  # only where typed small: Al Hansen has a name


def why_not_two(ward: Ward, one: str, other: str) -> str:
    """Why two who act are not two people of this ward, in words; "" where they are.

    Accounts tell people apart by themselves: in a ward that has them only the very same name counts
    as one. Names that somebody typed beside an account are judged by `why_one_person`.
    """
    if not has_people(ward) or person_key(one) == person_key(other):
        return why_one_person(one, other)
    return ""
