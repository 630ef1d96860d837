"""The key file: a ward's keys, each way in wrapped on its own, and its spare beside it.

The ward's two keys are sealed (AES-256-GCM) by a random master key; the master key is sealed once
for each way in: passphrase, recovery code, the system's keyring. So a new passphrase re-wraps 32
bytes and touches nothing else. What is not secret but must not be changed either (the version, the
ward, how slow the derivation is) is bound to each seal. A check over the whole file tells a damaged
one before anybody is asked for a passphrase; then the spare is read instead.

Decision: a file of its own, not a row in the ward: it must be read before the ward can be. JSON, so
that a person can see what is in it; nothing in it is of use without one of the ways in.
"""

import hashlib
import json
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import DecodeError, Struct, ValidationError, convert
from msgspec.structs import asdict, replace

from bedside.store.folders import flush_folder
from bedside.store.keys import NAME, SPARE
from bedside.store.passphrase import Slowness
from bedside.store.troubles import Hindered

VERSION = 1
_WHAT = "Bedside ward keys"
_NONCE_BYTES = 12
DAMAGED = (
    "The ward's key file (ward.keys) is damaged, and so is its spare. Nothing was changed.",
    "Put back a copy of it: one lies in every copy of the ward. Keep the ward's folder as it is meanwhile.",
)
NEWER = (
    "This ward's key file belongs to a newer Bedside.",
    "Nothing was changed. Start the newer Bedside, or bring this one up to date.",
)


class Sealed(Struct, frozen=True, forbid_unknown_fields=True):
    """Something sealed by AES-256-GCM, in hexadecimal letters."""

    nonce: str
    text: str


class WayIn(Struct, frozen=True, forbid_unknown_fields=True):
    """The master key as one way in holds it; how slow is None where nothing slow is needed."""

    salt: str
    sealed: Sealed
    slowness: Slowness | None = None


class KeyFile(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in a ward's key file; nothing of it is secret by itself.

    Args:
        ward: a random number for this ward's keys.
        encrypted: whether the ward's file is; else a site has stated that its disk is.
        stated: who stated so and when, "" for an encrypted ward.
        keys: the ward's keys, sealed by the master key.
        passphrase: the way in by the ward passphrase.
        recovery: the way in by the recovery code.
        keyring: the way in by the system's keyring; None where there is none.
    """

    ward: str
    encrypted: bool
    stated: str
    keys: Sealed
    passphrase: WayIn
    recovery: WayIn
    keyring: Sealed | None = None
    version: int = VERSION

    def bound(self, name: str, way: WayIn | None = None) -> bytes:
        """What a seal is bound to: the file's plain facts, and the place of the seal in it."""
        slowness = None if way is None or way.slowness is None else asdict(way.slowness)
        salt = "" if way is None else way.salt
        facts = [_WHAT, self.version, self.ward, self.encrypted, self.stated, name, salt, slowness]
        return json.dumps(facts).encode()


class WrongSecret(Exception):
    """A seal did not open: another secret, or another file's."""


def seal_up(key: bytes, secret: bytes, bound: bytes) -> Sealed:
    """Seal a secret by a key, bound to what must not be changed."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(_NONCE_BYTES)
    return Sealed(nonce.hex(), AESGCM(key).encrypt(nonce, secret, bound).hex())


def open_up(key: bytes, sealed: Sealed, bound: bytes) -> bytes:
    """Open what `seal_up` sealed.

    Raises:
        WrongSecret: the key, or what the seal is bound to, is another.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(bytes.fromhex(sealed.nonce), bytes.fromhex(sealed.text), bound)
    except (InvalidTag, ValueError):
        # the cause would hold what was tried
        raise WrongSecret from None


def read_key_file(folder: Path) -> KeyFile:
    """Read a ward's key file; where it is missing or damaged, its spare.

    Raises:
        Refused: both are; or the file is of a newer Bedside.
    """
    for name in (NAME, SPARE):
        found = _read(folder / name)
        if found is not None:
            return found
    raise Hindered("key file", *DAMAGED)


def write_key_file(folder: Path, content: KeyFile) -> None:
    """Put a new key file in the place of the old one, whole or not at all; then its spare.

    Raises:
        OSError: the disk did not take it; the old one is there still.
    """
    text = text_of(content)
    for name in (NAME, SPARE):
        _replace(folder / name, text)


def heal(folder: Path) -> None:
    """Make file and spare the same again, where one was lost, spoilt or cut off from a change."""
    with suppress(OSError):
        content = read_key_file(folder)
        text = text_of(content)
        for name in (NAME, SPARE):
            path = folder / name
            if not path.exists() or path.read_bytes() != text:
                _replace(path, text)


def copy_key_file(folder: Path, target: Path) -> None:
    """Copy a ward's key file to a new file, beside a backup; what lies there is replaced.

    Raises:
        Refused: there is none that can be read.
        OSError: the medium did not take it.
    """
    _replace(target, text_of(read_key_file(folder)))


def text_of(content: KeyFile) -> bytes:
    """The file's text: one fact a line, with a check over all of it."""
    facts = {"what": _WHAT, **_plain(content)}
    return (json.dumps({**facts, "check": _check(facts)}, indent=1) + "\n").encode()


def with_keys(content: KeyFile, master: bytes, keys: bytes) -> KeyFile:
    """The key file with other keys in it, sealed by the same master key."""
    return replace(content, keys=seal_up(master, keys, content.bound("keys")))


def _read(path: Path) -> KeyFile | None:
    try:
        return key_file_in(path.read_bytes())
    except OSError:
        return None


def key_file_in(text: bytes) -> KeyFile | None:
    """What stands in a key file's text; None where it is no key file, or damaged.

    Raises:
        Refused: it is of a newer Bedside.
    """
    try:
        facts = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(facts, dict) or facts.pop("what", None) != _WHAT:
        return None
    version = facts.get("version")
    if isinstance(version, int) and version > VERSION:
        raise Hindered("newer", *NEWER)
    check = facts.pop("check", None)
    try:
        if check != _check({"what": _WHAT, **facts}):
            return None
        return convert(facts, KeyFile)
    except (ValidationError, DecodeError, TypeError):
        return None


def _plain(content: Any) -> Any:
    if isinstance(content, Struct):
        return {name: _plain(value) for name, value in asdict(content).items()}
    return content


def _check(facts: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:32]


def _replace(path: Path, text: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(file, "wb") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)
