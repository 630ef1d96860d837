"""`bedside --ward DIR COMMAND`: every command hears the folder, or refuses it; none goes on without."""

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from bedside.cli import build_parser, main
from bedside.commands.parser import StrictParser

Leaf = tuple[tuple[str, ...], StrictParser]


def leaves(parser: StrictParser, path: tuple[str, ...] = ()) -> Iterator[Leaf]:
    """Every command of the program, with the words that lead to it."""
    if parser.fill is not None:
        fill, parser.fill = parser.fill, None
        fill(parser)
    below = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    for action in below:
        for name, inner in action.choices.items():
            yield from leaves(inner, (*path, name))
    if path and not any(action.required or path == () for action in below):
        yield path, parser


def needed_words(parser: StrictParser) -> list[str]:
    """Something for each word that the command cannot go without."""
    words: list[str] = []
    for action in parser._actions:
        value = str(next(iter(action.choices))) if action.choices else "something"
        if isinstance(action, argparse._SubParsersAction):
            continue
        if action.option_strings and action.required:
            words += [action.option_strings[-1], value]
        elif not action.option_strings and action.nargs not in ("?", "*"):
            words += [value] * (action.nargs if isinstance(action.nargs, int) else 1)
    return words


LEAVES = list(leaves(build_parser()))


def hears(parser: StrictParser) -> bool:
    return any("--ward" in action.option_strings for action in parser._actions)


def test_the_whole_parser_is_walked() -> None:
    """Reading wards and not reading wards: both kinds are among the commands that were found."""
    found = {" ".join(path) for path, _ in LEAVES}
    assert {"restore", "backup", "downtime", "commission status", "calc age", "doctor"} <= found
    assert sum(hears(parser) for _, parser in LEAVES) > 15


@pytest.mark.parametrize("path", [path for path, _ in LEAVES], ids=" ".join)
def test_a_ward_before_the_command_is_heard_or_refused(
    path: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = build_parser()
    leaf = dict(leaves(parser))[path]
    words = ["--ward", str(tmp_path / "copy"), *path, *needed_words(leaf)]
    if hears(leaf):
        assert build_parser().parse_args(words).ward == str(tmp_path / "copy")
        return
    with pytest.raises(SystemExit) as ended:
        build_parser().parse_args(words)
    assert ended.value.code == 2
    assert "which does not use it" in capsys.readouterr().err


def test_two_wards_that_differ_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--ward", "a-copy", "backup", "--ward", "the-ward"]) == 2
    said = capsys.readouterr().err
    assert "“a-copy”" in said and "“the-ward”" in said and "nothing was done" in said
    read = build_parser().parse_args(["--ward", "a-copy", "backup", "--ward", "./a-copy"])
    assert read.ward == "a-copy"


def test_a_name_before_the_command_is_heard_too(capsys: pytest.CaptureFixture[str]) -> None:
    read = build_parser().parse_args(["--by", "E. Berg, RN", "restore"])
    assert read.by == "E. Berg, RN" and read.ward is None
    assert main(["--by", "E. Berg, RN", "restore", "--by", "A. Okonjo"]) == 2
    assert "give it once" in capsys.readouterr().err


def test_without_a_command_the_window_hears_both() -> None:
    read = build_parser().parse_args(["--ward", "x", "--by", "E. Berg, RN"])
    assert (read.command, read.ward, read.by) == (None, "x", "E. Berg, RN")


def test_a_copy_that_is_not_there_is_said_and_no_other_ward_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--ward", str(tmp_path / "nowhere"), "commission", "status"]) == 2
    assert str(tmp_path / "nowhere") in capsys.readouterr().err
