"""Names spelt nearly alike: two people perhaps, or one person under two spellings; a person is asked.

The rule about two people (`one_person`) refuses what nothing tells apart. "Ann Berg" and "Anna Berg" it
tells apart, as both may well work in one ward. So nothing is refused here: whoever confirms the new
account says by name that they are two, and the record keeps it.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import permutations

from bedside.units.folded import folded
from bedside.ward.look_alikes import figures_as_letters
from bedside.ward.one_person import may_be_one
from bedside.ward.roles import role_book

_WORD = re.compile(r"[^\W\d_]+")
# letters that are said alike and changed for one another in names; judgement
_SAID_ALIKE = (("ph", "f"), ("th", "t"), ("ck", "k"), ("c", "k"), ("q", "k"), ("w", "v"),
               ("y", "i"), ("z", "s"))  # fmt: skip
_SHORTEST = 3  # letters: shorter words differ by one letter and are other names
_MOST_WORDS = 5


def near_names(name: str, others: Iterable[str]) -> tuple[str, ...]:
    """Those of other names that are spelt nearly as a name, and yet may be another person's.

    Args:
        name: as typed.
        others: names that are there already.
    """
    return tuple(other for other in others if not may_be_one(name, other) and is_near(name, other))


def is_near(one: str, other: str) -> bool:
    """Whether two names are as many words, each at most a letter from one of the other's."""
    first, second = name_words(one), name_words(other)
    if len(first) != len(second) or not 0 < len(first) <= _MOST_WORDS:
        return False
    return any(
        all(_alike(a, b) for a, b in zip(first, order, strict=True))
        for order in permutations(second)
    )


@lru_cache(maxsize=16_384)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name in small plain letters, titles left out."""
    plain = figures_as_letters(name.partition(",")[0])
    found = [folded(word) for word in _WORD.findall(plain)]
    return tuple(word for word in found if word not in role_book().names.titles)


def _alike(one: str, other: str) -> bool:
    if one == other or (1 in (len(one), len(other)) and one[0] == other[0]):
        return True
    if min(len(one), len(other)) < _SHORTEST:
        return False
    return _one_letter_apart(one, other) or _one_letter_apart(said_alike(one), said_alike(other))


def said_alike(word: str) -> str:
    """A word with one letter for those that are said alike, none of them doubled."""
    for written, meant in _SAID_ALIKE:
        word = word.replace(written, meant)
    return re.sub(r"(.)\1", r"\1", word)


def _one_letter_apart(one: str, other: str) -> bool:
    """Whether one letter is at most another one, too many or missing."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    same = next((at for at, letter in enumerate(short) if letter != long[at]), len(short))
    rest = short[same:] if len(short) < len(long) else short[same + 1 :]
    return rest == long[same + 1 :]
