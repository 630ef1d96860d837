"""From which row on the seals of an audit trail are keyed: from the first, or since a plain ward got keys.

When a plain ward is encrypted its history is not rewritten: seals on printed papers, signatures and
older copies name the seals that its rows had. One more row is written instead, the first that is
sealed with the new key. It holds the newest plain seal, and each plain seal holds the one before it;
so the key's seal answers for every row of the history, and who has not the key can change none of
them. There is one such row, it says what it is, and every row after it must be keyed.

Decision: sealing every old row anew was rejected: a trail that can be rewritten whole by the program
is one whose papers no longer prove anything.
"""

from collections.abc import Sequence
from typing import cast

from msgspec import Struct

from bedside.store.audit import COLUMNS
from bedside.store.canonical import Stored, seal
from bedside.store.catalogue import Driver
from bedside.store.shapes import listed

ANCHOR_ACT = "encrypted this ward"
_FIRST_SQL = f"SELECT {listed(COLUMNS)} FROM audit ORDER BY seq LIMIT 1"  # noqa: S608 (own names only)
_ANCHOR_SQL = (
    f"SELECT {listed(COLUMNS)} FROM audit WHERE act = ? AND table_name = 'ward' "  # noqa: S608 (own names only)
    "AND operation = 'upgrade' ORDER BY seq"
)


class TrailKey(Struct, frozen=True):
    """With which key each row of a trail is sealed.

    Attributes:
        keyed: the number of the first keyed row.
        key: the ward's sealing key, None for a plain ward.
    """

    keyed: int
    key: bytes | None

    def seal(self, row: Sequence[Stored]) -> str:
        """The seal that a row of the trail, the last column apart, must have."""
        return seal(tuple(row), self.key if cast(int, row[0]) >= self.keyed else None)


def trail_key(driver: Driver, key: bytes | None) -> TrailKey:
    """How the rows of this trail are sealed (see `keyed_from`)."""
    return TrailKey(keyed_from(driver, key), key)


def keyed_from(driver: Driver, key: bytes | None) -> int:
    """The number of the first audit row whose seal is keyed; no matter in a ward without keys.

    Args:
        driver: an open ward file.
        key: the ward's sealing key, None for a plain ward.

    Returns:
        1 where every row is keyed, as in every ward that was made with keys. Where the first row is
        not, and no row is the one that brought the keys, 1 too: the first row is then refused.
    """
    if key is None:
        return 1
    first = driver.execute(_FIRST_SQL).fetchone()
    if first is None or seal(first[:-1], key) == first[-1]:
        return 1
    for row in driver.execute(_ANCHOR_SQL, (ANCHOR_ACT,)):
        if seal(row[:-1], key) == row[-1]:
            return int(row[0])
    return 1
