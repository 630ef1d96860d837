"""One row, written the one way: the text that the audit trail keeps, and the seal over it.

The content of a row is JSON with sorted keys and no spaces, holding what the file holds (texts,
whole numbers, nothing). A seal is the SHA-256 of the audit row and of the seal before it, so the
rows hang together like a chain.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from operator import itemgetter

NO_HASH = "0" * 64
Stored = str | int | None

_quoted: Callable[[object], str] = json.JSONEncoder(ensure_ascii=False).encode


def row_writer(names: Sequence[str]) -> Callable[[Sequence[Stored]], str]:
    """How rows of one table are written as canonical JSON, worked out once for the table.

    Args:
        names: the table's columns, in the order in which a row gives their values.

    Returns:
        A function from a row's stored values to its text. It writes what the standard library's
        `json` writes with sorted keys and no spaces, in half the time: a whole ward is written
        out again at each opening.
    """
    order = sorted(range(len(names)), key=names.__getitem__)
    pattern = "{" + ",".join(f"{_quoted(names[index])}:%s" for index in order) + "}"
    pick = itemgetter(*order)

    def write(row: Sequence[Stored]) -> str:
        return pattern % tuple(map(_value, pick(row)))

    return write


def seal(link: Sequence[Stored], key: bytes | None = None) -> str:
    """Seal one audit row, the seal before it included.

    Args:
        link: every column of the audit row but the seal itself, in the table's order; sealed as a
            JSON list without spaces.
        key: none yet. When the ward gets keys, the seal becomes an HMAC-SHA256 under the ward's
            key: then nobody without the key can make a trail that verifies.

    Returns:
        64 hexadecimal letters.
    """
    message = f"[{','.join(map(_value, link))}]".encode()
    if key is None:
        return hashlib.sha256(message).hexdigest()
    return hmac.new(key, message, hashlib.sha256).hexdigest()


def _value(value: Stored) -> str:
    if type(value) is str:
        return _quoted(value)
    if value is None:
        return "null"
    if type(value) is int:
        return repr(value)
    raise TypeError(f"a {type(value).__name__} is not kept in a ward's file")
