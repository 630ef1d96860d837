"""What a person does with a ward's keys: make them, open with them, change how they are opened.

Only wards with a key file come here. Nothing here keeps a passphrase longer than the call, and no
refusal says more than that it was not the right one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from secrets import token_bytes
from time import perf_counter_ns

from msgspec import Struct
from msgspec.structs import replace

from bedside.store.bookmark import read_bookmark
from bedside.store.folders import make_folder
from bedside.store.key_file import (
    KeyFile,
    WayIn,
    WrongSecret,
    heal,
    open_up,
    read_key_file,
    write_key_file,
)
from bedside.store.key_ring import Ring, forget_key, kept_key
from bedside.store.key_wrap import (
    Held,
    Opened,
    held_in,
    keys_of,
    new_key_file,
    wrap_by_code,
    wrap_by_keyring,
    wrap_by_passphrase,
)
from bedside.store.keys import Keys, has_keys
from bedside.store.lock import take_lock
from bedside.store.passphrase import Slowness, as_used, calibrate, check_new, derive
from bedside.store.recovery_code import derive_from_code, new_code, read_code
from bedside.store.tries import begin_try, delay_s, forget
from bedside.store.troubles import disk_in_words
from bedside.units.refusal import Refused

Elsewhere = Callable[[], KeyFile | None]
FILE = "ward.sqlite3"
LOCK = "ward.keys.lock"
_IN_USE = "The ward's keys are being changed in another window. Wait until that is done."


_KEYS_NOT_SAVED = (
    "NOT SAVED. The disk did not take the ward's key file.",
    "What opened the ward before opens it still, or else what was just chosen does: keep both until "
    "one of them has opened it, and look after this disk.",
)


class WrongKey(Refused):
    """It was not the passphrase, or not the recovery code.

    Args:
        what: "passphrase" or "recovery code".
        wait_s: how long to wait before the next try, in seconds.
    """

    def __init__(self, what: str, wait_s: int) -> None:
        self.wait_s = wait_s
        super().__init__(f"That is not this ward's {what}. Nothing was opened.")


class NewKeys(Struct, frozen=True):
    """What making or changing keys gives: the keys, and the code for the recovery sheet, once."""

    keys: Keys
    recovery_code: str

    def __repr__(self) -> str:
        """Say nothing."""
        return "NewKeys(…)"


@disk_in_words(*_KEYS_NOT_SAVED)
def make_keys(
    folder: Path,
    passphrase: str,
    *,
    stated: str = "",
    slowness: Slowness | None = None,
    ring: Ring | None = None,
) -> NewKeys:
    """Make the keys of a new ward, and its key file; the ward itself is made by `open_store`.

    Args:
        folder: the ward's folder; made where it is missing. It holds no ward yet.
        passphrase: at least five words (`passphrase.check_new`).
        stated: who stated, and when, that this disk is encrypted as a whole; then the ward's file
            is plain. "" encrypts the file.
        slowness: None measures this workstation.
        ring: the system's keyring (`key_ring.system_ring`), or None.

    Returns:
        The keys for `open_store`, and the recovery code to print.

    Raises:
        Refused: the passphrase is too short, or there is a ward already.
    """
    used = check_new(passphrase)
    file = folder / FILE
    if (file.exists() and file.stat().st_size) or read_bookmark(folder) is not None:
        raise Refused(f"There is a ward in {folder} already. Nothing was changed.")
    make_folder(folder)
    held = Held(None if stated else token_bytes(32), token_bytes(32))
    content, code, _ = new_key_file(
        used, held, stated, slowness or calibrate(perf_counter_ns), ring
    )
    write_key_file(folder, content)
    return NewKeys(keys_of(held, file), code)


def no_other_file() -> KeyFile | None:
    """No key file lies elsewhere."""
    return None


def open_by_passphrase(
    folder: Path, typed: str, now: datetime, elsewhere: Elsewhere = no_other_file
) -> Keys:
    """Open a ward's key file by its passphrase.

    Args:
        folder: holds the key file.
        typed: the passphrase.
        now: aware.
        elsewhere: the key file that the ward was given at another station since; asked for only where
            this one is not opened. What it opens, whoever reads the ward proves.

    Raises:
        WrongKey: it is another one; wait before the next try.
        TooSoon: the wait is not over; nothing was tried.
        Refused: the key file is missing, damaged or of a newer Bedside.
    """
    try:
        return _keys(folder, opened_by_passphrase(folder, typed, now))
    except WrongKey:
        other = elsewhere()
        if other is None:
            raise
        opened = _opened(other, "passphrase", other.passphrase, _key_of_words(other, typed))
        if opened is None:
            raise
        forget(folder)
        return _keys(folder, opened)


def open_by_recovery_code(
    folder: Path, typed: str, now: datetime, elsewhere: Elsewhere = no_other_file
) -> Keys:
    """Open a ward's key file by its recovery code; see `open_by_passphrase`.

    Raises:
        Refused: a group was mistyped (not counted as a try), or as above.
    """
    try:
        return _keys(folder, _open_by_code(folder, typed, now))
    except WrongKey:
        other = elsewhere()
        if other is None:
            raise
        opened = _opened(other, "recovery", other.recovery, _key_of_code(other, read_code(typed)))
        if opened is None:
            raise
        forget(folder)
        return _keys(folder, opened)


def open_by_keyring(folder: Path, ring: Ring | None) -> Keys | None:
    """Open a ward's key file by the system's keyring; None where that does not open it."""
    content = read_key_file(folder)
    key = None if content.keyring is None else kept_key(ring, content.ward)
    if key is None or content.keyring is None:
        return None
    try:
        master = open_up(key, content.keyring, content.bound("keyring"))
        return _keys(folder, Opened(content, master, held_in(content, master)))
    except WrongSecret:
        return None


@disk_in_words(*_KEYS_NOT_SAVED)
def change_passphrase(
    folder: Path, typed: str, new: str, now: datetime, *, slowness: Slowness | None = None
) -> None:
    """Give a ward another passphrase; the old one, or the recovery code, opens it once more.

    The ward may be open meanwhile: its keys stay as they are.

    Args:
        folder: the ward's folder.
        typed: the passphrase until now, or the recovery code.
        new: the new one, at least five words.
        now: aware, for the wait after a wrong try.
        slowness: None measures this workstation.
    """
    used = check_new(new)
    with changing_keys(folder):
        opened = _open_by_any(folder, typed, now)
        way = wrap_by_passphrase(
            opened.content, used, opened.master, slowness or calibrate(perf_counter_ns)
        )
        write_key_file(folder, replace(opened.content, passphrase=way))


@disk_in_words(*_KEYS_NOT_SAVED)
def new_recovery_code(folder: Path, typed: str, now: datetime) -> str:
    """Make another recovery code, by the passphrase; the sheet printed before opens nothing more."""
    with changing_keys(folder):
        opened = opened_by_passphrase(folder, typed, now)
        code = new_code()
        way = wrap_by_code(opened.content, code, opened.master)
        write_key_file(folder, replace(opened.content, recovery=way))
    return code


@disk_in_words(*_KEYS_NOT_SAVED)
def use_keyring(folder: Path, typed: str, now: datetime, ring: Ring | None) -> bool:
    """Let this workstation's keyring open the ward, too; whether it does now."""
    with changing_keys(folder):
        opened = opened_by_passphrase(folder, typed, now)
        wrapped = wrap_by_keyring(opened.content, opened.master, ring)
        write_key_file(folder, replace(opened.content, keyring=wrapped))
    return wrapped is not None


def stop_keyring(folder: Path, ring: Ring | None) -> None:
    """Let this workstation's keyring open the ward no more: from now on the passphrase is asked for."""
    with changing_keys(folder):
        content = read_key_file(folder)
        write_key_file(folder, replace(content, keyring=None))
        forget_key(ring, content.ward)


@contextmanager
def changing_keys(folder: Path) -> Iterator[None]:
    """One change of the key file at a time, whichever window makes it.

    Raises:
        Refused: another window makes one; or the ward has no key file.
    """
    if not has_keys(folder):
        raise Refused(
            f"There is no ward with a key file in {folder}. Make one: bedside ward make --ward DIR."
        )
    with take_lock(folder / LOCK, _IN_USE):
        yield


def _keys(folder: Path, opened: Opened) -> Keys:
    _heal(folder)
    return keys_of(opened.held, folder / FILE)


def _heal(folder: Path) -> None:
    try:
        with changing_keys(folder):
            heal(folder)
    except (Refused, OSError):
        return  # another window changes the keys, or the medium can only be read


def _open_by_any(folder: Path, typed: str, now: datetime) -> Opened:
    try:
        read_code(typed)
    except Refused:
        return opened_by_passphrase(folder, typed, now)
    return _open_by_code(folder, typed, now)


def opened_by_passphrase(folder: Path, typed: str, now: datetime) -> Opened:
    """Open a key file to change what is in it; see `open_by_passphrase`."""
    content = read_key_file(folder)
    key = _key_of_words(content, typed)
    return _try(folder, content, "passphrase", content.passphrase, key, now)


def _key_of_words(content: KeyFile, typed: str) -> Callable[[], bytes]:
    used, way = as_used(typed), content.passphrase

    def key() -> bytes:
        slowness = way.slowness
        if slowness is None or not used:
            raise WrongSecret
        return derive(used, bytes.fromhex(way.salt), slowness)

    return key


def is_passphrase(folder: Path, typed: str) -> bool:
    """Whether a text is the ward's passphrase: nobody may take it as a passphrase of her own.

    Opens nothing and counts no try: who asks has opened the ward already.
    """
    content = read_key_file(folder)
    used, way = as_used(typed), content.passphrase
    if way.slowness is None or not used:
        return False
    try:
        key = derive(used, bytes.fromhex(way.salt), way.slowness)
        open_up(key, way.sealed, content.bound("passphrase", way))
    except (WrongSecret, ValueError):
        return False
    return True


def _open_by_code(folder: Path, typed: str, now: datetime) -> Opened:
    content, letters = read_key_file(folder), read_code(typed)
    key = _key_of_code(content, letters)
    return _try(folder, content, "recovery", content.recovery, key, now)


def _key_of_code(content: KeyFile, letters: str) -> Callable[[], bytes]:
    def key() -> bytes:
        return derive_from_code(letters, bytes.fromhex(content.recovery.salt))

    return key


def _try(
    folder: Path, content: KeyFile, name: str, way: WayIn, key: Callable[[], bytes], now: datetime
) -> Opened:
    """Count the try, make it, and take the count back when it opens."""
    wrong = begin_try(folder, now)
    opened = _opened(content, name, way, key)
    if opened is None:
        raise WrongKey("recovery code" if name == "recovery" else name, delay_s(wrong))
    forget(folder)
    return opened


def _opened(content: KeyFile, name: str, way: WayIn, key: Callable[[], bytes]) -> Opened | None:
    """What a way in opens; None where it is another one's."""
    try:
        master = open_up(key(), way.sealed, content.bound(name, way))
        return Opened(content, master, held_in(content, master))
    except (WrongSecret, ValueError):
        return None
