"""The house rules that no linter knows: clocks, binary floats, sizes, names, first sentences."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, modules, tracked

FRONT_DOORS = {Path("bedside/app.py"), Path("bedside/cli.py")}
DECIMAL_ROOMS = ("bedside/units", "bedside/clinical", "bedside/protocol", "bedside/ward",
                 "bedside/store", "bedside/papers")  # fmt: skip
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
BANNED_NAMES = {"manager", "helper", "helpers", "util", "utils", "misc", "common", "data", "info",
                "process", "handle"}  # fmt: skip
TOP_LEVEL = {"bedside", "migrations", "resources", "tests", "pyproject.toml", "README.md",
             "CHANGELOG.md", "LICENSE"}  # fmt: skip
WALL_CLOCKS = {
    "date.today", "datetime.now", "datetime.today", "datetime.utcnow", "datetime.utcfromtimestamp",
    "time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime",
    "QDate.currentDate", "QTime.currentTime", "QDateTime.currentDateTime",
    "QDateTime.currentDateTimeUtc", "QDateTime.currentMSecsSinceEpoch",
}  # fmt: skip


def wall_clocks(tree: ast.Module) -> Iterator[int]:
    """Yield the lines that read a wall clock, under whatever name it was imported."""
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = ast.unparse(node.value).split(".")[-1]
            if f"{names.get(owner, owner)}.{node.attr}" in WALL_CLOCKS:
                yield node.lineno
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (node.lineno for alias in node.names if f"time.{alias.name}" in WALL_CLOCKS)


def binary_floats(tree: ast.Module) -> Iterator[int]:
    """Yield the lines that make or speak of a binary float."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "float":
            yield node.lineno


def function_lengths(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield each function's name and its lines, its docstring not counted."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            first = node.body[0]
            if ast.get_docstring(node) is not None and isinstance(first, ast.Expr):
                lines -= (first.end_lineno or first.lineno) - first.lineno + 1
            yield node.name, lines


def words_of(name: str) -> set[str]:
    """Split a module's or class's name into its words."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def class_names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield node.name


def test_only_the_front_doors_read_a_clock():
    """H16, H45: elapsed time and "now" come from one clock, passed in."""
    found = [
        f"{file}:{line}"
        for file, tree in modules("bedside", "migrations")
        if file not in FRONT_DOORS
        for line in wall_clocks(tree)
    ]
    assert not found, "\n".join(found)


def test_no_binary_float_where_clinical_numbers_live():
    """H40: rounding differs between binary floats and decimals in one weight of eight."""
    found = [
        f"{file}:{line}" for file, tree in modules(*DECIMAL_ROOMS) for line in binary_floats(tree)
    ]
    assert not found, "\n".join(found)


def test_no_file_runs_away():
    lengths = {file: _lines(file) for file in tracked() if file.suffix == ".py"}
    found = [f"{file}: {lines} lines" for file, lines in lengths.items() if lines > LONGEST_FILE]
    assert not found, "\n".join(found)


def _lines(file: Path) -> int:
    return len((Path(__file__).parents[2] / file).read_text(encoding="utf-8").splitlines())


def test_no_function_runs_away():
    found = [
        f"{file}: {name} has {lines} lines"
        for file, tree in modules("bedside", "migrations/env.py")
        for name, lines in function_lengths(tree)
        if lines > LONGEST_FUNCTION
    ]
    assert not found, "\n".join(found)


def test_nothing_is_named_after_nothing():
    found = [
        f"{file}: {name}"
        for file, tree in modules("bedside", "migrations", "tests")
        for name in (file.stem, *class_names(tree))
        if words_of(name) & BANNED_NAMES
    ]
    assert not found, "\n".join(found)


def test_every_module_opens_with_a_sentence():
    found = []
    for file, tree in modules("bedside", "migrations", "tests"):
        opening = (ast.get_docstring(tree) or "").split("\n\n")[0].strip()
        if not opening.endswith((".", "?", "!", ":")) or len(opening.split()) < 4:
            found.append(f"{file}: {opening!r}")
    assert not found, "\n".join(found)


def test_the_top_level_holds_only_what_belongs_there():
    tops = {file.parts[0] for file in tracked()}
    assert {top for top in tops if not top.startswith(".")} <= TOP_LEVEL


@pytest.mark.parametrize(
    ("source", "reads"),
    [
        ("from datetime import datetime\ndatetime.now()", True),
        ("from datetime import datetime as moment\nmoment.now()", True),
        ("import datetime\ndatetime.datetime.now(zone)", True),
        ("import datetime as dt\ndt.date.today()", True),
        ("from time import time\ntime()", True),
        ("import time\ntime.time()", True),
        ("from PySide6.QtCore import QDate\nQDate.currentDate()", True),
        ("import time\ntime.monotonic()", False),
        ("ward.now()", False),
        ("ward.today()", False),
        ("from datetime import datetime\ndatetime.fromisoformat(text)", False),
    ],
)
def test_the_check_of_clocks_bites(source, reads):
    assert bool(list(wall_clocks(ast.parse(source)))) is reads


def test_every_name_is_tied_to_its_field_in_one_place():
    """A label tied to a button by hand would press it with its letter (H34)."""
    tied = {file.name for file, tree in modules("bedside") if ".setBuddy(" in ast.unparse(tree)}
    assert tied == {"captions.py"}


def test_the_check_of_floats_bites():
    assert list(binary_floats(ast.parse("x = float('1.5')\ndef f(x: float) -> int: ..."))) == [1, 2]


def test_the_check_of_function_lengths_bites():
    body = "\n".join(f"    x = {number}" for number in range(50))
    ((name, lines),) = function_lengths(
        ast.parse(f"def long():\n    '''Two\n    lines.'''\n{body}\n")
    )
    assert (name, lines) == ("long", 51)


@pytest.mark.parametrize(
    ("name", "banned"),
    [("DataManager", True), ("string_utils", True), ("HTTPInfo", True), ("database", False),
     ("WhereView", False), ("in_process", True), ("updates", False)],
)  # fmt: skip
def test_the_check_of_names_bites(name, banned):
    assert bool(words_of(name) & BANNED_NAMES) is banned


def test_three_dots_follow_their_word_at_once():
    """Never with a blank between: one way of writing on every button that opens a form."""
    spaced = re.compile(r'[\w?] …"\)')
    found = [
        f"{path.name}: {line.strip()}"
        for path in tracked()
        if path.suffix == ".py" and path.parts[:2] == ("bedside", "desktop")
        for line in (ROOT / path).read_text("utf-8").splitlines()
        if spaced.search(line)
    ]
    assert found == []
