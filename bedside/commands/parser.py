"""Reads the words of a command line, and says in one line what is wrong with them.

Decision: Python's own argparse, made strict: no shortened options, no option given twice (the
last one would win silently), nothing left over, one line on stderr instead of a page of usage.
A command is filled with its options only when it is asked for, so that `calc age` never loads
what `calc dose` needs. Third-party command-line kits were rejected: one more dependency to trust.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from bedside.commands.answers import complain
from bedside.commands.plain import brief, one_line
from bedside.units.refusal import Refused

# argparse asks the system's language files for each word of its own, which was half of what reading a
# command line cost; there are none, and Bedside's terminal speaks English.
setattr(argparse, "_", str)  # noqa: B010 (a name that its types do not know)

LONGEST_VALUE = 200
LONGEST_PATH = 4000


class StrictParser(argparse.ArgumentParser):
    """A command line reader that refuses with one line and exit code 2.

    Args:
        fill: called once, before the first use, to add the command's own options.
        example: one command line that works; shown by ``--help`` and with each refusal.
    """

    def __init__(
        self,
        *args: Any,  # argparse's own, passed on unchanged
        fill: Callable[["StrictParser"], None] | None = None,
        example: str = "",
        **kwargs: Any,  # likewise
    ) -> None:
        kwargs.setdefault("allow_abbrev", False)
        kwargs.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(*args, **kwargs)
        self.fill = fill
        self.filled = False
        self.show_example(example)

    def show_example(self, example: str) -> None:
        """Set the example shown by ``--help`` and with each refusal."""
        self.example = example
        if example:
            self.epilog = f"Example:\n  {example}"

    def parse_known_args(  # type: ignore[override]  # argparse declares it by overloads
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Fill the command if that has not been done, read its words, refuse what is left over."""
        if self.fill is not None:
            fill, self.fill = self.fill, None
            fill(self)
            self.filled = True
        words = sys.argv[1:] if args is None else list(args)
        if self.filled:
            self.refuse_unknown_options(words)
        read, left_over = super().parse_known_args(words, namespace)
        if left_over:
            self.error(self.about_left_over(left_over[0]))
        return read, left_over

    def about_left_over(self, word: str) -> str:
        """Say why a word fits nowhere."""
        if word.startswith("-"):
            return f"“{brief(word)}” is not known here; known are {self.known_options()}"
        return (
            f"“{brief(word)}” stands alone: put number and unit into one pair of quotation marks, "
            "and an option before each value"
        )

    def refuse_unknown_options(self, words: Sequence[str]) -> None:
        """Name an option that this command does not have, before asking for missing ones."""
        known = {name for action in self._actions for name in action.option_strings}
        for word in words:
            if word.startswith("--") and word != "--" and word.partition("=")[0] not in known:
                self.error(self.about_left_over(word))

    def known_options(self) -> str:
        """Return this command's options in one phrase."""
        return ", ".join(name for action in self._actions for name in action.option_strings[-1:])

    def refusal(self, message: str) -> str:
        """Return the one line that says what is wrong and what would be right."""
        right = self.example or f"{self.prog} --help"
        return f"{self.prog}: {one_line(message)}. Write for example: {right}"

    def error(self, message: str) -> NoReturn:
        """Refuse the command line: one line on stderr, exit code 2."""
        complain(sys.stderr, self.refusal(message))
        raise SystemExit(2)


class LineParser(StrictParser):
    """The same reader for one line of a table of cases: it raises instead of ending the program."""

    def error(self, message: str) -> NoReturn:
        """Refuse this line.

        Raises:
            Refused: always.
        """
        raise Refused(self.refusal(message))

    def print_help(self, file: Any = None) -> None:
        """Refuse: a table of cases asks for answers, not for help."""
        self.error("--help is for the command line, not for a line of a table")


class Once(argparse.Action):
    """Takes an option's value, and refuses the option when it stands there twice."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        """Keep the value; refuse a second one and one too long to be what is asked."""
        if getattr(namespace, self.dest, None) is not None:
            parser.error(f"{option_string} is given twice: give it once")
        setattr(namespace, self.dest, one_text(parser, values, option_string, self.metavar))


class EachOnce(argparse.Action):
    """Collects KEY=VALUE pairs; the same key may come again only with the same value."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        """Add one pair to those read so far."""
        typed = one_text(parser, values, option_string, self.metavar)
        pairs: dict[str, str] = dict(getattr(namespace, self.dest, None) or {})
        key, equals, value = typed.partition("=")
        if not equals or not key or not value:
            parser.error(f"{option_string} needs {self.metavar}, with one equals sign")
        if pairs.get(key, value) != value:
            parser.error(f"{option_string} {key} is given twice, as {pairs[key]} and as {value}")
        setattr(namespace, self.dest, {**pairs, key: value})


def one_text(
    parser: argparse.ArgumentParser, typed: object, option: str | None, means: object
) -> str:
    """Return the typed value of an option; refuse none at all, and one far too long to be meant."""
    if not isinstance(typed, str):  # argparse makes an empty list of a lone "--"
        parser.error(f"{option} needs a value: {means}")
    most = LONGEST_PATH if means == "FILE" else LONGEST_VALUE
    if len(typed) > most:
        parser.error(f"{option}: the value has {len(typed)} characters; {means} has at most {most}")
    return typed
