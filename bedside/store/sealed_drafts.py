"""The file that keeps what is typed and not recorded, over a crash: sealed by the ward's own key.

It lies beside the ward's file. Where the ward has a key file it is sealed (AES-256-GCM) by a key made
from the ward's, bound to what it is for; only a ward without any key, such as a demonstration, has it
readable, with a check over it. It is no record: nothing in it was ever said to be saved, and a file that
is damaged, or of another key, is told and given up, never guessed at.
"""

import hashlib
import hmac
import os
from contextlib import suppress

from bedside.store.folders import flush_folder
from bedside.store.store import Store

NAME = "drafts.kept"
_PLAIN, _SEALED = b"Bedside drafts 1, plain\n", b"Bedside drafts 1, sealed\n"
_NONCE_BYTES, _CHECK_BYTES = 12, 32
_MOST_BYTES = 4 << 20


class DraftsUnreadable(Exception):
    """What is kept there cannot be read: damaged, or of another key."""


def write_drafts(store: Store, text: bytes) -> None:
    """Keep a text in the place of what was kept before, whole or not at all; b"" takes the file away.

    Raises:
        OSError: the disk did not take it; what was kept before is there still.
    """
    path = store.folder / NAME
    if not text:
        path.unlink(missing_ok=True)
        return
    key = _key(store)
    if key is None:
        content = _PLAIN + hashlib.sha256(text).digest() + text
    else:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(_NONCE_BYTES)
        content = _SEALED + nonce + AESGCM(key).encrypt(nonce, text, _SEALED)
    part = path.with_name(f".{NAME}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    with suppress(OSError):
        flush_folder(path.parent)


def read_drafts(store: Store) -> bytes:
    """What is kept; b"" where there is nothing.

    Raises:
        DraftsUnreadable: it is damaged, sealed by another key, or readable where it must be sealed.
    """
    path = store.folder / NAME
    try:
        content = path.read_bytes() if path.stat().st_size <= _MOST_BYTES else b"too much"
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise DraftsUnreadable from error
    key = _key(store)
    if key is None:
        check, text = _split(content, _PLAIN, _CHECK_BYTES)
        if not hmac.compare_digest(check, hashlib.sha256(text).digest()):
            raise DraftsUnreadable
        return text
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce, sealed = _split(content, _SEALED, _NONCE_BYTES)
    try:
        return AESGCM(key).decrypt(nonce, sealed, _SEALED)
    except InvalidTag:
        raise DraftsUnreadable from None


def _split(content: bytes, kind: bytes, many: int) -> tuple[bytes, bytes]:
    if not content.startswith(kind) or len(content) <= len(kind) + many:
        raise DraftsUnreadable
    return content[len(kind) :][:many], content[len(kind) + many :]


def _key(store: Store) -> bytes | None:
    """A key for this alone; None in a ward that has none."""
    root = store.key or store.seal_key
    return None if root is None else hmac.new(root, _SEALED, hashlib.sha256).digest()
