"""Reads a whole command line: what stands before the command is heard by the command.

`bedside --ward DIR COMMAND` and `bedside COMMAND --ward DIR` mean the same. Python's argparse lets a
command's own unset option write over the one before it without a word, and an act meant for a copy
would then be done on this workstation's ward. A command that cannot use an option refuses it.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bedside.commands.parser import Once, StrictParser
from bedside.commands.plain import brief

_BEFORE = {"ward": "ward_before", "by": "by_before"}


class FrontParser(StrictParser):
    """The reader of `bedside` itself, with the options that may stand before any command."""

    def add_options_before(self) -> None:
        """Add the options that every command hears, or refuses."""
        self.add_argument(
            "--ward",
            metavar="DIR",
            action=Once,
            dest=_BEFORE["ward"],
            help="the ward's folder (default: this workstation's)",
        )
        self.add_argument(
            "--by",
            metavar="NAME",
            action=Once,
            dest=_BEFORE["by"],
            help="who records, for instance 'E. Berg, RN'",
        )

    def parse_args(  # type: ignore[override]  # argparse declares it by overloads
        self, args: Sequence[str] | None = None, namespace: Any = None
    ) -> argparse.Namespace:
        """Read the words; an option before the command goes to the command, or is refused."""
        read: argparse.Namespace = super().parse_args(args, namespace)
        for name, before in _BEFORE.items():
            self._pass_on(read, name, getattr(read, before))
            delattr(read, before)
        return read

    def _pass_on(self, read: argparse.Namespace, name: str, before: str | None) -> None:
        if read.command is None:
            setattr(read, name, before)
            return
        if before is None:
            return
        if not hasattr(read, name):
            self.error(
                f"--{name} “{brief(before)}” stands before “{read.command}”, which does not use it: "
                "leave it out; nothing was done"
            )
        after = getattr(read, name)
        if after is not None and not _same(name, before, after):
            self.error(
                f"--{name} is given before “{read.command}” as “{brief(before)}” and after it as "
                f"“{brief(after)}”: give it once; nothing was done"
            )
        setattr(read, name, before)


def _same(name: str, before: str, after: str) -> bool:
    if name == "ward":
        return Path(before).absolute() == Path(after).absolute()
    return before == after
