"""`bedside ward encrypt` and `remove-plain`: a plain ward is encrypted, and what is readable removed."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from bedside.app import open_ward, system_clock
from bedside.commands.terminal_sign_in import second_signer, who_works
from bedside.commands.ward_keys import ask_in_terminal
from bedside.store.encrypting import encrypt_ward
from bedside.store.key_ring import Ring
from bedside.store.plain_left import PlainLeft, plain_left, remove_plain
from bedside.store.troubles import NotSaved
from bedside.units.refusal import Refused
from bedside.ward.backup import back_up, own_copies
from bedside.ward.backup_settings import backup_settings
from bedside.ward.key_acts import ACT, record_keys, refuse_on_station
from bedside.ward.people import has_people
from bedside.ward.ward import Ward


def encrypt(
    args: argparse.Namespace,
    folder: Path,
    new_secret: Callable[[], str],
    ring: Ring | None,
    out: TextIO,
) -> str:
    """Encrypt a closed plain ward: a copy first, then the new file; returns the recovery code.

    Raises:
        Refused: it is encrypted already, or who asks may not; it stays as it was.
    """
    clock = system_clock()
    ward = open_ward(folder, clock, create=False, ask=ask_in_terminal)
    try:
        refuse_on_station(ward)
        if ward.store.key is not None:
            raise Refused("This ward is encrypted already. Nothing was changed.")
        both = both_named(ward, args)
        passphrase = new_secret()
        back_up(ward, "before it is encrypted")
        record_keys(ward, "the encryption of this ward was ordered", both)
        keys = ward.store.keys
    except NotSaved as error:
        raise Refused(f"Nothing was changed. {error.words}") from error
    finally:
        ward.store.close()

    def tell(words: str) -> None:
        print(words, file=out)

    try:
        made = encrypt_ward(
            folder, passphrase, who=both[0], now=clock(), keys=keys, ring=ring, tell=tell
        )
    except NotSaved as error:
        raise Refused(f"The plain ward is as it was. {error.words}") from error
    opened = open_ward(folder, clock, create=False, keys=made.keys)
    try:
        back_up(opened, "after a change of keys")
    finally:
        opened.store.close()
    _say(folder, made.aside, out)
    return made.recovery_code


def _say(folder: Path, aside: Path, out: TextIO) -> None:
    print(f"The ward in {folder} is encrypted; every field was compared.", file=out)
    print(f"The plain ward is kept in {aside.name}, readable: when you have seen that", file=out)
    print("everything is there, remove it with bedside ward remove-plain --yes.", file=out)


def remove(args: argparse.Namespace, folder: Path, out: TextIO) -> None:
    """List what lies readable beside an encrypted ward; with --yes remove it.

    Raises:
        Refused: who asks may not, or there is no good encrypted copy yet.
    """
    ward = open_ward(folder, system_clock(), create=False, ask=ask_in_terminal)
    try:
        above = own_copies(ward, backup_settings(ward))
        elsewhere = () if above is None else (above,)
        if not args.yes:
            _list(plain_left(folder, *elsewhere), out)
            return
        both = both_named(ward, args)
        removed = remove_plain(folder, *elsewhere)
        record_keys(ward, f"removed {len(removed.everything)} plain copies of this ward", both)
    finally:
        ward.store.close()
    print(f"Removed: {len(removed.everything)}. A disk may hold it for a while yet.", file=out)


def _list(left: PlainLeft, out: TextIO) -> None:
    for path in left.everything:
        print(f"readable: {path}", file=out)
    if not left.everything:
        print("Nothing of this ward lies readable beside it.", file=out)


def both_named(ward: Ward, args: argparse.Namespace) -> tuple[str, str]:
    """Who does it, and in a ward with people the second person, each by the own passphrase.

    Raises:
        Refused: nobody is named, a role may not, or a passphrase is wrong; nothing was changed.
    """
    who = who_works(ward, args.by, ACT)
    if not has_people(ward):
        return who, ""
    if not args.and_by:
        raise Refused("This needs a second person: name her with --and-by. Nothing was changed.")
    return who, second_signer(ward, args.and_by)
