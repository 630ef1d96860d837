"""What is inside a key file: the two keys, and how each way in seals the master key over them."""

import json
import secrets
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from bedside.store.key_file import KeyFile, Sealed, WayIn, open_up, seal_up
from bedside.store.key_ring import Ring, keep_key
from bedside.store.keys import Keys, mark_in, mark_of
from bedside.store.passphrase import SALT_BYTES, Slowness, derive
from bedside.store.recovery_code import derive_from_code, new_code, read_code


class Opened(Struct, frozen=True):
    """An opened key file: what stands in it, and the secrets that were in it."""

    content: KeyFile
    master: bytes
    held: "Held"

    def __repr__(self) -> str:
        """Say nothing."""
        return "Opened(…)"


class Held(Struct, frozen=True):
    """The keys inside a key file; ``coming`` is the one that a change of key is about to bring."""

    database: bytes | None
    seal: bytes
    coming: bytes | None = None
    retired: tuple[bytes, ...] = ()

    def __repr__(self) -> str:
        """Say nothing."""
        return "Held(…)"


def new_key_file(
    used: str, held: Held, stated: str, slowness: Slowness, ring: Ring | None
) -> tuple[KeyFile, str, bytes]:
    """A key file with ways in of its own: the file, its recovery code, its master key."""
    master, code = secrets.token_bytes(32), new_code()
    nothing = Sealed("", "")
    content = KeyFile(
        ward=secrets.token_hex(16),
        encrypted=not stated,
        stated=stated,
        keys=nothing,
        passphrase=WayIn("", nothing),
        recovery=WayIn("", nothing),
    )
    content = replace(
        content,
        keys=seal_up(master, held_text(held), content.bound("keys")),
        passphrase=wrap_by_passphrase(content, used, master, slowness),
        recovery=wrap_by_code(content, code, master),
        keyring=wrap_by_keyring(content, master, ring),
    )
    return content, code, master


def wrap_by_passphrase(content: KeyFile, used: str, master: bytes, slowness: Slowness) -> WayIn:
    """Seal the master key by a passphrase."""
    way = WayIn(secrets.token_hex(SALT_BYTES), Sealed("", ""), slowness)
    key = derive(used, bytes.fromhex(way.salt), slowness)
    return replace(way, sealed=seal_up(key, master, content.bound("passphrase", way)))


def wrap_by_code(content: KeyFile, code: str, master: bytes) -> WayIn:
    """Seal the master key by a recovery code."""
    way = WayIn(secrets.token_hex(SALT_BYTES), Sealed("", ""))
    key = derive_from_code(read_code(code), bytes.fromhex(way.salt))
    return replace(way, sealed=seal_up(key, master, content.bound("recovery", way)))


def wrap_by_keyring(content: KeyFile, master: bytes, ring: Ring | None) -> Sealed | None:
    """Seal the master key by a random key that the system's keyring keeps; None where it does not."""
    key = secrets.token_bytes(32)
    if not keep_key(ring, content.ward, key):
        return None
    return seal_up(key, master, content.bound("keyring"))


def held_text(held: Held) -> bytes:
    """The keys as they are sealed."""
    return json.dumps(
        {
            "database": None if held.database is None else held.database.hex(),
            "seal": held.seal.hex(),
            "coming": None if held.coming is None else held.coming.hex(),
            "retired": [key.hex() for key in held.retired],
        }
    ).encode()


def keys_of(held: Held, file: Path) -> Keys:
    """The keys that fit a ward's file as it is now.

    It may be the file before, or after, a change of key reached it, or one put back from a backup
    that was made before an earlier change.
    """
    mark = mark_in(file)
    known = [key for key in (held.database, held.coming, *held.retired) if key is not None]
    fitting = next((key for key in known if mark == mark_of(key)), held.database)
    others = () if fitting is None else tuple(key for key in known if key != fitting)
    return Keys(fitting, held.seal, others)


def held_in(content: KeyFile, master: bytes) -> Held:
    """Open what a key file holds, by its master key.

    Raises:
        WrongSecret: the master key is another file's.
    """
    kept = json.loads(open_up(master, content.keys, content.bound("keys")))
    return Held(
        database=_bytes(kept["database"]),
        seal=bytes.fromhex(kept["seal"]),
        coming=_bytes(kept["coming"]),
        retired=tuple(map(bytes.fromhex, kept["retired"])),
    )


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else bytes.fromhex(text)
