"""The words of `bedside ward`: making an encrypted ward, and changing what opens it."""

import argparse

from bedside.commands.asked_everywhere import add_ward_folder
from bedside.commands.parser import Once, StrictParser


def add_ward_keys(commands: "argparse._SubParsersAction[StrictParser]") -> None:
    """Add `bedside ward make`, what changes the ways in, and what removes what is left behind."""
    ward = commands.add_parser(
        "ward",
        help="make an encrypted ward, encrypt a plain one, change its passphrase, code or key",
        description=(
            "Makes an encrypted ward, encrypts a plain one, and changes what opens it.\n"
            "Passphrases are asked for and not shown; where standard input is no terminal each is\n"
            "read from it, one a line. They are never words of the command line."
        ),
        example="bedside ward make --ward ./ward-4-north",
    )
    acts = ward.add_subparsers(dest="act", metavar="ACT", parser_class=StrictParser, required=True)
    _act(
        acts,
        "make",
        "make a new ward, encrypted, and print its recovery code once",
        stated=True,
        keyring=True,
    )
    _add_changes(acts)
    _add_encrypting(acts)


def _add_changes(acts: "argparse._SubParsersAction[StrictParser]") -> None:
    """What changes the ways into a ward that has keys."""
    _two(
        _act(
            acts,
            "passphrase",
            "give the ward another passphrase, by the old one or the recovery code",
        )
    )
    _two(
        _act(
            acts,
            "recovery-code",
            "make another recovery code; the old sheet opens older copies only",
        )
    )
    _two(
        _act(
            acts,
            "change-key",
            "encrypt the closed ward anew, where a passphrase, a sheet or a key file was seen by "
            "others",
            keyring=True,
        )
    )
    ring = _act(
        acts, "keyring", "let this workstation's own keyring open the ward without the passphrase"
    )
    ring.add_argument("--off", action="store_true", help="let it open the ward no more")
    _two(ring)


def _add_encrypting(acts: "argparse._SubParsersAction[StrictParser]") -> None:
    """What encrypts a plain ward, and removes what is left of it or opened by older keys."""
    _two(
        _act(
            acts,
            "encrypt",
            "encrypt an existing plain ward; the plain one is kept aside until it is removed",
            keyring=True,
        )
    )
    remove = _act(
        acts, "remove-plain", "list what of an encrypted ward lies readable beside it, or remove it"
    )
    remove.add_argument("--yes", action="store_true", help="remove it for good")
    _two(remove)
    old = _act(
        acts,
        "remove-old-copies",
        "list the copies and replaced wards that an earlier passphrase, code or key opens, or "
        "remove them",
    )
    old.add_argument("--yes", action="store_true", help="remove them for good")
    _two(old)


def _act(
    acts: "argparse._SubParsersAction[StrictParser]",
    name: str,
    words: str,
    *,
    stated: bool = False,
    keyring: bool = False,
) -> StrictParser:
    act = acts.add_parser(
        name,
        help=words,
        description=f"{words[0].upper()}{words[1:]}.",
        example=f"bedside ward {name} --ward ./ward-4-north",
    )
    add_ward_folder(act)
    if stated:
        act.add_argument(
            "--disk-encrypted-by",
            metavar="NAME",
            action=Once,
            help="who states that this disk is encrypted as a whole: the ward's file is then plain",
        )
    if keyring:
        act.add_argument(
            "--keyring", action="store_true", help="let this workstation's keyring open it, too"
        )
    return act


def _two(act: StrictParser) -> None:
    act.add_argument("--by", metavar="NAME", action=Once, help="who does it")
    act.add_argument(
        "--and-by",
        metavar="NAME",
        action=Once,
        help="the second person, asked for in a ward with people; both show their passphrases",
    )
