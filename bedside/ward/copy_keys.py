"""Which keys open a copy of an encrypted ward: those of the open ward, else whoever knows a way in."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from bedside.store.copy_folders import ward_file_in
from bedside.store.key_file import KeyFile, read_key_file
from bedside.store.keys import Keys, has_keys
from bedside.store.restoring import keep_own_keys
from bedside.units.refusal import Refused
from bedside.ward.unlocking import Unlocking

Ask = Callable[[Unlocking], None]
_OTHER_KEYS = (
    "This copy is encrypted with keys that do not belong to this ward: nothing was changed.",
    "The passphrase and the recovery code of the ward that it was made from open it.",
)


class CopyKeys(Struct, frozen=True):
    """What opens a copy.

    Args:
        keys: for the copy's file; None for a plain copy.
        own: the ward's key file of today opened it, not the one in the copy.
    """

    keys: Keys | None
    own: bool


PLAIN = CopyKeys(None, own=False)


def keys_for(keys: Keys | None, copy: Path) -> CopyKeys:
    """The keys of an open ward as they open a copy of it.

    Args:
        keys: of the open ward, None where it is plain.
        copy: the folder of the copy.

    Raises:
        Refused: the copy is encrypted, and none of the ward's keys opens it.
    """
    if not has_keys(copy):
        return PLAIN
    found = None if keys is None else keys.fitting(ward_file_in(copy))
    if found is None:
        raise Refused(*_OTHER_KEYS)
    return CopyKeys(found, own=True)


def ask_for_keys(
    folder: Path, copy: Path, clock: Callable[[], datetime], ask: Ask, keys: Keys | None = None
) -> CopyKeys | None:
    """The keys of a copy while the ward is closed, or cannot be opened.

    The ward's key file is asked for first, so that today's passphrase opens the copy; where it
    cannot be read, or holds other keys, the key file in the copy and its passphrase of then.

    Args:
        folder: the ward's folder.
        copy: the folder of the copy.
        clock: gives now, aware.
        ask: asks a person for the passphrase or the recovery code.
        keys: of the ward, where it could be unlocked.

    Returns:
        None where the person went away.

    Raises:
        Refused: a wrong passphrase, or keys of another ward.
    """
    if not has_keys(copy):
        return PLAIN
    if keys is not None and (found := keys.fitting(ward_file_in(copy))) is not None:
        return CopyKeys(found, own=True)
    mine, its = _read(folder), _read(copy)
    if mine is None and its is None:
        read_key_file(copy)  # says what is wrong
    for where, content, own in ((folder, mine, True), (copy, its, False)):
        if content is None or (not own and content == mine):
            continue
        opened = _unlocked(where, clock, ask)
        if opened is None:
            return None
        found = opened.fitting(ward_file_in(copy))
        if found is not None:
            return CopyKeys(found, own)
    raise Refused(*_OTHER_KEYS)


def take_own_keys(opened: CopyKeys, folder: Path, prepared: Path) -> None:
    """Let today's passphrase open a prepared ward, where today's key file opens its copy."""
    if opened.own:
        with suppress(Refused):  # it cannot be read any more: then the one of the copy stays
            keep_own_keys(folder, prepared)


def _read(folder: Path) -> KeyFile | None:
    with suppress(Refused):
        return read_key_file(folder)
    return None


def _unlocked(where: Path, clock: Callable[[], datetime], ask: Ask) -> Keys | None:
    lock = Unlocking(where, clock)
    lock.by_keyring()
    if lock.keys is None:
        ask(lock)
    return lock.keys
