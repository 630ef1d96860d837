"""One row, written the one way: the text that the audit trail keeps, and the seal over it.

The content of a row is JSON with sorted keys and no spaces, holding what the file holds (texts,
whole numbers, nothing). A seal is made over the audit row and the seal before it, so the rows
hang together like a chain.

Decision: msgspec writes the JSON, the standard library's `json` was rejected: a whole ward is
written out again at each opening, and took ten times as long. A test holds the two equal, letter
by letter, for every sign that a text may hold.
"""

import hashlib
import hmac
from collections.abc import Callable, Sequence
from operator import itemgetter

from msgspec import defstruct
from msgspec.json import encode

NO_HASH = "0" * 64
Stored = str | int | None
_KEPT = frozenset({str, int, type(None)})


def row_writer(names: Sequence[str]) -> Callable[[Sequence[Stored]], str]:
    """How rows of one table are written as canonical JSON, worked out once for the table.

    Args:
        names: the table's columns, in the order in which a row gives their values.

    Returns:
        A function from a row's stored values to its text; it raises TypeError for a value of a
        kind that no ward's file holds.
    """
    order = sorted(range(len(names)), key=names.__getitem__)
    sorted_row = defstruct("SortedRow", [names[index] for index in order], gc=False)
    pick = itemgetter(*order) if len(order) > 1 else tuple

    def write(row: Sequence[Stored]) -> str:
        check_kinds(row)
        return encode(sorted_row(*pick(row))).decode()

    return write


def seal(link: Sequence[Stored], key: bytes | None = None) -> str:
    """Seal one audit row, the seal before it included.

    Args:
        link: every column of the audit row but the seal itself, in the table's order; sealed as a
            JSON list without spaces.
        key: the ward's sealing key: the seal is an HMAC-SHA256 under it, and nobody without the
            key can make a trail that verifies. None for a plain ward: a bare SHA-256.

    Returns:
        64 hexadecimal letters.
    """
    message = encode(link)
    if key is None:
        return hashlib.sha256(message).hexdigest()
    return hmac.digest(key, message, "sha256").hex()


def check_kinds(values: Sequence[Stored]) -> None:
    """Refuse with TypeError what no file holds: a truth value, a fraction, bytes."""
    if not {*map(type, values)} <= _KEPT:
        strange = next(type(value) for value in values if type(value) not in _KEPT)
        raise TypeError(f"a {strange.__name__} is not kept in a ward's file")
