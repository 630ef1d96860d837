"""Every hazard and promise has a control in the code and a test that would fail without it.

`tests/cases/hazards.toml` is the list; here it is held to the code, so that a control or a test that
is renamed or dropped is noticed by the hazard it stood for.
"""

import ast
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LISTED = tomllib.loads((ROOT / "tests/cases/hazards.toml").read_text(encoding="utf-8"))
HAZARDS = [f"H{number}" for number in range(1, 46)]
PROMISES = [f"P{number}" for number in range(1, 23)]


def test_every_hazard_and_promise_is_listed_and_nothing_else():
    assert list(LISTED) == [*HAZARDS, *PROMISES]


@pytest.mark.parametrize("key", [*HAZARDS, *PROMISES])
def test_its_controls_and_tests_are_there(key: str):
    entry = LISTED[key]
    assert entry["words"] and entry["controls"] and entry["tests"]
    for control in entry["controls"]:
        assert (ROOT / control).is_file(), f"{key}: {control} is gone"
    for test in entry["tests"]:
        file, _, name = test.partition("::")
        assert name in named_in(file), f"{key}: {test} is gone"


@cache
def named_in(file: str) -> frozenset[str]:
    """The names of the tests of a file, and "*" for all of them together."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    names = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    assert names, f"{file} holds no test"
    return frozenset({*names, "*"})
