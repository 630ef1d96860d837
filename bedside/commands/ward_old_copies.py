"""`bedside ward remove-old-copies`: copies that an earlier passphrase, code or key opens are removed.

The same door as on the page of keys, with the same confirmation: in a ward with people an
administrator and a second person, each by the own passphrase; nothing goes while something that a
restore lost is not settled, and never the last good copy of a place.
"""

import argparse
from pathlib import Path
from typing import TextIO

from bedside.app import open_ward, system_clock
from bedside.commands.ward_encrypting import both_named
from bedside.commands.ward_keys import ask_in_terminal
from bedside.ward.key_acts import old_copies, remove_old_copies_by


def remove(args: argparse.Namespace, folder: Path, out: TextIO) -> None:
    """List what older keys open, here and on the second medium; with --yes remove it.

    Raises:
        Refused: who asks may not, no good copy that only today's keys open is there, or something
            that a restore lost is not settled; nothing was removed.
    """
    ward = open_ward(folder, system_clock(), create=False, ask=ask_in_terminal)
    try:
        found = old_copies(ward)
        for path in () if args.yes else found:
            print(f"older keys open: {path}", file=out)
        if not found:
            print("No copy of this ward is opened by older keys.", file=out)
        elif args.yes:
            count = remove_old_copies_by(ward, both_named(ward, args))
            print(f"Removed: {count}. A disk may hold them for a while yet.", file=out)
    finally:
        ward.store.close()
