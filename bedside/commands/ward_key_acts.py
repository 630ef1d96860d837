"""`bedside ward passphrase`, `recovery-code`, `change-key` and `keyring`: what opens a ward is changed.

As on the screen: in a ward with people an administrator does it together with any second person,
each with the own passphrase, and it stands in the ward's record with both names. The ward's own
passphrase alone changes nothing there. A ward without people is changed by whoever has that.
"""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bedside.app import open_ward, system_clock
from bedside.commands.terminal_sign_in import second_signer, who_works
from bedside.commands.ward_keys import ask_in_terminal, ask_secret
from bedside.store.key_doors import (
    change_passphrase,
    new_recovery_code,
    stop_keyring,
    use_keyring,
)
from bedside.store.key_ring import Ring, ring_words
from bedside.store.rekey import change_keys
from bedside.units.refusal import Refused
from bedside.ward.key_acts import ACT, record_keys, refuse_on_station
from bedside.ward.people import has_people, named
from bedside.ward.unlocking import Unlocking
from bedside.ward.ward import Ward

NewSecret = Callable[[], str]


def another_passphrase(args: argparse.Namespace, folder: Path, new_secret: NewSecret) -> None:
    """Give the ward another passphrase, by the old one or the recovery code.

    Raises:
        Refused: a secret is wrong, a role may not, or the second person is missing.
    """
    typed = ask_secret("Passphrase until now, or the recovery code: ")
    with _changing(args, folder, typed) as kept:
        change_passphrase(folder, typed, new_secret(), system_clock()())
        kept("new ward passphrase")


def another_code(args: argparse.Namespace, folder: Path) -> str:
    """Make another recovery code; returns it."""
    typed = ask_secret("Ward passphrase: ")
    with _changing(args, folder, typed) as kept:
        code = new_recovery_code(folder, typed, system_clock()())
        kept("new recovery code")
    return code


def another_key(
    args: argparse.Namespace, folder: Path, new_secret: NewSecret, ring: Ring | None
) -> str:
    """Encrypt the ward anew once it is closed; returns its new recovery code."""
    typed, clock = ask_secret("Ward passphrase: "), system_clock()
    with _changing(args, folder, typed, own_file=True) as kept:
        passphrase = new_secret()
        kept("a new key was ordered")
    new = change_keys(folder, typed, passphrase, clock(), ring=ring)
    open_ward(folder, clock, create=False, keys=new.keys).store.close()
    return new.recovery_code


def keyring_on(args: argparse.Namespace, folder: Path, ring: Ring | None) -> None:
    """Let this workstation's keyring open the ward, too.

    Raises:
        Refused: there is none that keeps a secret, or as for `another_passphrase`.
    """
    if ring is None:
        raise Refused(f"{ring_words()} The passphrase opens the ward as before.")
    typed = ask_secret("Ward passphrase: ")
    with _changing(args, folder, typed) as kept:
        if not use_keyring(folder, typed, system_clock()(), ring):
            raise Refused(
                "The system's keyring did not keep it. The passphrase opens the ward as before."
            )
        kept("opens by this workstation's keyring, too")


def keyring_off(args: argparse.Namespace, folder: Path, ring: Ring | None) -> None:
    """Let the keyring open the ward no more."""
    with _changing(args, folder, None) as kept:
        stop_keyring(folder, ring)
        kept("no longer opens by a keyring")


@contextmanager
def _changing(
    args: argparse.Namespace, folder: Path, typed: str | None, *, own_file: bool = False
) -> Iterator[Callable[[str], None]]:
    """The ward, open; both people asked before anything is changed; what puts it on record."""
    clock = system_clock()
    if typed is None:
        ward = open_ward(folder, clock, create=False, ask=ask_in_terminal)
    else:
        lock = Unlocking(folder, clock)
        lock.by_either(typed)
        ward = open_ward(folder, clock, create=False, keys=lock.keys)
    try:
        if own_file:
            refuse_on_station(ward)
        both = who_changes(ward, args)

        def kept(words: str) -> None:
            if both is not None:
                record_keys(ward, words, both)

        yield kept
    finally:
        ward.store.close()


def who_changes(ward: Ward, args: argparse.Namespace) -> tuple[str, str] | None:
    """Who changes what opens a ward, and the second person; None where nobody has to be named.

    Raises:
        Refused: in a ward with people a name, a role, a passphrase or the second person is missing.
    """
    if not has_people(ward):
        return (named(args.by), "") if (args.by or "").strip() else None
    who = who_works(ward, args.by, ACT)
    if not args.and_by:
        raise Refused("This needs a second person: name her with --and-by. Nothing was changed.")
    return who, second_signer(ward, args.and_by)
