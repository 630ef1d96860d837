"""Names on one ward that are taken for one another: of one spelling, or spelt nearly alike.

Two infants of one family name are marked in both rows; of one birthday, too, they are marked as that:
siblings born together are the ones most easily mixed up. "Berg" beside "Bergh" is marked as alike, and
so are "Müller" beside "Mueller" and what only looks the same, as "OIsen" beside "Olsen".

Decision: not every name is held against every other, which would stop a window of a thousand infants
for a minute. Only names that share a part (`_marks`) can be alike by the rules of `near_names` and
`one_person`; a test holds the two ways against each other.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from bedside.store.records import Infant
from bedside.units.folded import folded
from bedside.ward.near_names import is_near, name_words, said_alike
from bedside.ward.one_person import Spelling, may_be_one, spelling
from bedside.ward.people import person_key

_MOST_TOLD = 4  # infants named in a row; of more it is said how many


@lru_cache(maxsize=4)
def alike_words(everyone: tuple[Infant, ...]) -> dict[int, str]:
    """What is written below the name of each infant who may be taken for another one, by infant.

    Args:
        everyone: the infants on the list.
    """
    families: dict[str, list[Infant]] = defaultdict(list)
    for one in everyone:
        families[folded(one.family)].append(one)
    near = alike_families([of_one[0].family for of_one in families.values()])
    found = {}
    for of_one in families.values():
        alike = [other for name in near[of_one[0].family] for other in families[folded(name)]]
        for one in of_one:
            same = [other for other in of_one if other.id != one.id]
            said = (
                ("same family name and birthday", [o for o in same if o.born == one.born]),
                ("same family name", [o for o in same if o.born != one.born]),
                ("name spelt alike", alike),
            )
            words = "; ".join(f"{what}: {_beds(whom)}" for what, whom in said if whom)
            if words:
                found[one.id] = words
    return found


def alike_families(names: Sequence[str]) -> dict[str, list[str]]:
    """The other names that each name may be taken for, in the order they are given in.

    Args:
        names: family names, each once.
    """
    groups: dict[tuple[Spelling, tuple[str, ...]], list[str]] = defaultdict(list)
    for name in names:
        groups[spelling(name), name_words(name)].append(name)
    firsts = [of_one[0] for of_one in groups.values()]
    place = {name: at for at, name in enumerate(names)}
    meant = dict(zip(firsts, groups.values(), strict=True))
    found: dict[str, list[str]] = {name: [] for name in names}
    for first, others in _beside(firsts).items():
        alike = [name for other in others if _alike(first, other) for name in meant[other]]
        alike += meant[first] if _alike(first, first) else []
        for name in meant[first]:
            found[name] = sorted((other for other in alike if other != name), key=place.__getitem__)
    return found


def _alike(one: str, other: str) -> bool:
    if not name_words(one) and not name_words(other):
        return False  # without letters nothing is known of them
    return may_be_one(one, other) or is_near(one, other)


def _beside(names: Iterable[str]) -> dict[str, set[str]]:
    """Those that each name has to be held against: they share a mark, or one of the two has none."""
    with_mark: dict[str, set[str]] = defaultdict(set)
    marks = {name: _marks(name) for name in names}
    for name, of_name in marks.items():
        for mark in of_name:
            with_mark[mark].add(name)
    unmarked = {name for name, of_name in marks.items() if not of_name}
    return {
        name: (
            set().union(unmarked, *(with_mark[mark] for mark in of_name)) if of_name else set(marks)
        )
        - {name}
        for name, of_name in marks.items()
    }


@lru_cache(maxsize=16_384)
def _marks(name: str) -> frozenset[str]:
    """Parts of which two alike names share one; none where initials or two scripts may be any name.

    Two words a letter apart are the same after one letter is taken out of each, or out of the longer.
    """
    spelt = spelling(name)
    parts = {word for read in (*spelt.read, *spelt.looks) for word, _ in read}
    if spelt.mixed or len(spelt.read) > 1 or any(short for _, short in parts):
        return frozenset()
    words = {person_key(name), *name_words(name), *(letters for letters, _ in parts)}
    words.update([said_alike(word) for word in words])
    if any(len(word) <= 1 for word in words):
        return frozenset()
    return frozenset(part for word in words for part in (word, *_without_a_letter(word)))


def _without_a_letter(word: str) -> Iterable[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _beds(infants: list[Infant]) -> str:
    told = [f"bed {one.bed}" if one.bed else one.given for one in infants[:_MOST_TOLD]]
    more = len(infants) - len(told)
    return ", ".join(told) + (f" and {more} more" if more else "")
