"""Names on one ward that are taken for one another: of one spelling, or spelt nearly alike.

Two infants of one family name are marked in both rows; of one birthday, too, they are marked as that:
siblings born together are the ones most easily mixed up. "Berg" beside "Bergh" is marked as alike.
"""

from functools import lru_cache

from bedside.store.records import Infant
from bedside.units.folded import folded
from bedside.ward.near_names import near_names


@lru_cache(maxsize=4)
def alike_words(everyone: tuple[Infant, ...]) -> dict[int, str]:
    """What is written below the name of each infant who may be taken for another one, by infant.

    Args:
        everyone: the infants on the list.
    """
    found = {}
    for one in everyone:
        others = [other for other in everyone if other.id != one.id]
        same = [other for other in others if folded(other.family) == folded(one.family)]
        twins = [other for other in same if other.born == one.born]
        near = [other for other in others if near_names(one.family, (other.family,))]
        said = (
            ("same family name and birthday", twins),
            ("same family name", [other for other in same if other not in twins]),
            ("name spelt alike", [other for other in near if other not in same]),
        )
        words = "; ".join(f"{what}: {_beds(whom)}" for what, whom in said if whom)
        if words:
            found[one.id] = words
    return found


def _beds(infants: list[Infant]) -> str:
    return ", ".join(f"bed {one.bed}" if one.bed else one.given for one in infants)
