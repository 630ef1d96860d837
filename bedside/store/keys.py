"""The two keys of a ward: one for its file, one for the seals of its audit trail.

They are 32 random bytes each and never leave this program unwrapped: the key file beside the ward
(`bedside.store.key_file`) holds them wrapped by the ward passphrase, by the recovery code on the
sheet in the safe and, where there is one, by the system's keyring. A ward without a key file is
plain; nothing of what opens a key file is loaded for it.

The first 16 bytes of an encrypted ward are worked out from its key (a mark, which says nothing of
the key). So it is known at a glance, before anything is decrypted, whether a key and a file belong
together, and whether a change of key had reached the file when it was cut off.
"""

import hashlib
from pathlib import Path

from msgspec import Struct

from bedside.store.held_open import read_beside
from bedside.units.refusal import Refused

NAME = "ward.keys"
SPARE = "ward.keys.spare"
MARK_BYTES = 16
PLAIN_MARK = b"SQLite format 3\0"
_PLAIN_FRACTIONS = b"\x40\x20\x20"  # bytes 21 to 23 of every plain SQLite file


class Keys(Struct, frozen=True):
    """What opens one ward and seals its trail; never printed, logged or put into an error.

    Args:
        database: opens the ward's file; None where the file is plain, on a disk that is encrypted
            as a whole.
        seal: keys the seals of the audit trail; it stays when the file's key is changed.
        retired: its other keys, before or after a change of key; backups were made with them.
    """

    database: bytes | None
    seal: bytes
    retired: tuple[bytes, ...] = ()

    def __repr__(self) -> str:
        """Say nothing."""
        return "Keys(…)"

    __str__ = __repr__

    def fitting(self, file: Path) -> "Keys | None":
        """These keys with the one that opens a file, e.g. an older backup; None where none does."""
        mark = mark_in(file)
        for key in (self.database, *self.retired):
            if mark == mark_of(key):
                known = (self.database, *self.retired)
                others = tuple(one for one in known if one is not None and one != key)
                return Keys(key, self.seal, others)
        return None


class KeyNeeded(Refused):
    """The ward is encrypted: its passphrase, or its recovery code, opens it.

    Args:
        folder: the ward's folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(
            f"The ward in {folder} is encrypted. Its passphrase, or the recovery code on its "
            "recovery sheet, opens it."
        )


def has_keys(folder: Path) -> bool:
    """Whether a ward has a key file (or its spare): then it asks for a key."""
    return (folder / NAME).exists() or (folder / SPARE).exists()


def mark_of(key: bytes | None) -> bytes:
    """The first 16 bytes of a ward's file with this key."""
    if key is None:
        return PLAIN_MARK
    return hashlib.sha256(b"mark of a Bedside ward\0" + key).digest()[:MARK_BYTES]


def mark_in(file: Path) -> bytes:
    """The first 16 bytes of a file; fewer where it is shorter or missing."""
    return _beginning(file)[:MARK_BYTES]


def looks_encrypted(file: Path) -> bool:
    """Whether a file that is no plain SQLite file could be a ward whose key file is missing."""
    beginning = _beginning(file)
    plain = beginning.startswith(PLAIN_MARK) or beginning[21:24] == _PLAIN_FRACTIONS
    return len(beginning) == 24 and not plain


def _beginning(file: Path) -> bytes:
    try:
        with read_beside(file) as opened:
            return opened.read(24) or b""
    except FileNotFoundError:
        return b""
