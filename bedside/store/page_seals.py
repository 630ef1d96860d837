"""The seals of an encrypted ward's pages, checked on the file's own bytes, without SQLite.

Each page of 4096 bytes ends in what SQLCipher needs to open it: 16 bytes of a start value and a seal
(HMAC-SHA-512) over the page as it lies there and its number. A seal that fits was made with the
ward's key, over these very bytes, for this very place: a flipped bit, a torn page, a page of another
place or of another file does not have it. That is what `PRAGMA cipher_integrity_check` finds out for
a whole file; here it is found out for the few parts of a file that changed.

What it does not say: that the pages fit together. That is SQLite's own check (`bedside.store.large_copies`).

Source: SQLCipher's design (https://www.zetetic.net/sqlcipher/design/), version 4: the seal's key is
derived from the file's with its mark, each byte changed by 0x3a, in two rounds of PBKDF2-HMAC-SHA512.
"""

import hashlib
import hmac
from collections.abc import Iterable
from pathlib import Path

from bedside.store.at_rest import LOCK_AT, PAGE
from bedside.store.keys import MARK_BYTES, mark_of
from bedside.store.parts import some_parts

_SEAL_BYTES = 64
_SEALED = PAGE - _SEAL_BYTES  # bytes of each page; its number is sealed with them
_MASK, _ROUNDS, _KEY_BYTES = 0x3A, 2, 32


class PageSeals:
    """Tells whether the pages of one ward's file have their own seals.

    Args:
        key: the file's key; a plain file (None) has no seals, and everything passes.
    """

    def __init__(self, key: bytes | None) -> None:
        self._keyed = None
        if key is not None:
            salt = bytes(each ^ _MASK for each in mark_of(key))
            sealing = hashlib.pbkdf2_hmac("sha512", key, salt, _ROUNDS, _KEY_BYTES)
            self._keyed = hmac.new(sealing, digestmod=hashlib.sha512)

    def hold(self, block: memoryview, start: int) -> bool:
        """Whether each page of a stretch of the file has its seal.

        Args:
            block: whole pages.
            start: the byte of the file at which the stretch begins.
        """
        if self._keyed is None:
            return True
        if len(block) % PAGE:
            return False
        return all(
            _holds(block[at : at + PAGE], start + at, self._keyed.copy())
            for at in range(0, len(block), PAGE)
            if start + at != LOCK_AT  # SQLite never writes that one
        )

    def hold_in(self, path: Path, numbers: Iterable[int]) -> bool:
        """Whether each page of some parts of a file has its seal.

        Args:
            path: the file; nobody may be writing it.
            numbers: which parts, from 0; see `bedside.store.parts`.

        Raises:
            OSError: it cannot be read.
        """
        return all(self.hold(block, start) for start, block in some_parts(path, numbers))


def _holds(page: memoryview, place: int, found: hmac.HMAC) -> bool:
    found.update(page[MARK_BYTES if place == 0 else 0 : _SEALED])
    found.update((place // PAGE + 1).to_bytes(4, "little"))
    return hmac.compare_digest(found.digest(), page[_SEALED:])
