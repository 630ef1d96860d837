"""One row, written the one way: the text that the audit trail keeps, and the seal over it.

The content of a row is JSON with sorted keys and no spaces, holding what the file holds (texts,
whole numbers, nothing). A seal is the SHA-256 of the audit row and of the seal before it, so the
rows hang together like a chain.
"""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping

NO_HASH = "0" * 64
Stored = str | int | None

_write: Callable[[object], str] = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
).encode


def canonical(content: Mapping[str, Stored] | tuple[Stored, ...]) -> str:
    """Write a row's stored values as canonical JSON."""
    return _write(content)


def seal(link: tuple[Stored, ...], key: bytes | None = None) -> str:
    """Seal one audit row, the seal before it included.

    Args:
        link: every column of the audit row but the seal itself, in the table's order.
        key: none yet. When the ward gets keys, the seal becomes an HMAC-SHA256 under the ward's
            key: then nobody without the key can make a trail that verifies.

    Returns:
        64 hexadecimal letters.
    """
    message = _write(link).encode()
    if key is None:
        return hashlib.sha256(message).hexdigest()
    return hmac.new(key, message, hashlib.sha256).hexdigest()
