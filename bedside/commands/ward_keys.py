"""`bedside ward …`: an encrypted ward is made, and what opens it is changed, from a terminal."""

import argparse
import getpass
import sys
from pathlib import Path
from typing import TextIO

from bedside.app import assemble, system_clock, ward_folder
from bedside.store.key_doors import make_keys
from bedside.store.key_ring import Ring, system_ring
from bedside.store.opening import open_store
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.ward.people import named
from bedside.ward.unlocking import Unlocking

_SHEET = (
    "Write it on the recovery sheet now and lock the sheet away: it is not shown again, and opens "
    "the ward when the passphrase is forgotten."
)
_OLDER = (
    "What opened the ward until now opens it no more, but still opens every copy made before, on "
    "this disk and on the second medium: lock these away, or remove them with bedside ward "
    "remove-old-copies."
)


def run(args: argparse.Namespace, out: TextIO) -> int:
    """Carry out one act on a ward's keys."""
    folder = ward_folder(args.ward)
    {
        "make": _make,
        "passphrase": _passphrase,
        "recovery-code": _recovery_code,
        "change-key": _change_key,
        "keyring": _keyring,
        "encrypt": _encrypt,
        "remove-plain": _remove_plain,
        "remove-old-copies": _remove_old_copies,
    }[args.act](args, folder, out)
    return 0


def ask_in_terminal(lock: Unlocking) -> None:
    """Ask for the passphrase of an encrypted ward, or its recovery code, for a command on it.

    Raises:
        Refused: it is another one, or there is nobody to ask.
    """
    lock.by_either(ask_secret(f"Passphrase of the ward in {lock.folder}, or recovery code: "))


def ask_secret(words: str) -> str:
    """Ask for a secret without showing it; where no terminal is, read one line.

    Raises:
        Refused: standard input is at its end, or whoever was asked ended it (Ctrl+D).
    """
    if sys.stdin.isatty():
        try:
            return getpass.getpass(words)
        except EOFError:
            raise Refused("Nothing was typed. Nothing was done.") from None
    line = sys.stdin.readline()
    if not line:
        raise Refused(
            f"{words.strip().rstrip(':')}: nobody can be asked here: start it in a terminal, or "
            "give each passphrase on standard input, one a line. Nothing was done."
        )
    return line.rstrip("\r\n")


def _make(args: argparse.Namespace, folder: Path, out: TextIO) -> None:
    clock = system_clock()
    stated = ""
    if args.disk_encrypted_by is not None:
        who = named(args.disk_encrypted_by)
        stated = f"disk encryption stated by {who} on {write_date(clock().date())}"
    new = make_keys(folder, _new_secret(), stated=stated, ring=_ring(args))
    store = open_store(folder, now=clock(), create=True, keys=new.keys)
    assemble(store, clock).store.close()
    kind = "plain, as its disk is encrypted" if stated else "encrypted"
    print(f"A new ward is in {folder}; its file is {kind}.", file=out)
    _say_code(new.recovery_code, out)


def _passphrase(args: argparse.Namespace, folder: Path, out: TextIO) -> None:
    from bedside.commands.ward_key_acts import another_passphrase

    another_passphrase(args, folder, _new_secret)
    print(f"The ward in {folder} has its new passphrase.", file=out)
    print(_OLDER, file=out)


def _recovery_code(args: argparse.Namespace, folder: Path, out: TextIO) -> None:
    from bedside.commands.ward_key_acts import another_code

    _say_code(another_code(args, folder), out)
    print(_OLDER, file=out)


def _change_key(args: argparse.Namespace, folder: Path, out: TextIO) -> None:
    from bedside.commands.ward_key_acts import another_key

    code = another_key(args, folder, _new_secret, _ring(args))
    print(f"The ward in {folder} is encrypted anew, with another key; nothing is lost.", file=out)
    _say_code(code, out)
    print(_OLDER, file=out)


def _encrypt(args: argparse.Namespace, folder: Path, out: TextIO) -> None:
    from bedside.commands.ward_encrypting import encrypt

    code = encrypt(args, folder, _new_secret, _ring(args), out)
    _say_code(code, out)


def _remove_plain(args: argparse.Namespace, folder: Path, out: TextIO) -> None:
    from bedside.commands.ward_encrypting import remove

    remove(args, folder, out)


def _remove_old_copies(args: argparse.Namespace, folder: Path, out: TextIO) -> None:
    from bedside.commands.ward_old_copies import remove

    remove(args, folder, out)


def _keyring(args: argparse.Namespace, folder: Path, out: TextIO) -> None:
    from bedside.commands.ward_key_acts import keyring_off, keyring_on

    if args.off:
        keyring_off(args, folder, system_ring())
        print("The keyring opens the ward no more: its passphrase is asked for.", file=out)
        return
    keyring_on(args, folder, system_ring())
    print("This workstation's keyring opens the ward now, too.", file=out)


def _new_secret() -> str:
    first = ask_secret("New passphrase, at least five words: ")
    if ask_secret("The same once more: ") != first:
        raise Refused("The two were not the same. Nothing was changed: begin again.")
    return first


def _ring(args: argparse.Namespace) -> Ring | None:
    return system_ring() if args.keyring else None


def _say_code(code: str, out: TextIO) -> None:
    print(f"Recovery code: {code}", file=out)
    print(_SHEET, file=out)
