"""The pinned libraries: exact, hashed, from nowhere in particular, and the very ones these tests use."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.architecture.tree import ROOT

FOLDER = ROOT / "resources" / "workstation"
FILES = ("requirements.txt", "requirements-test.txt", "requirements-frozen.txt")
PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^ ]+) \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def pins(file: str) -> dict[str, str]:
    """Return each library's pinned version."""
    lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()
    return {found["name"]: found["version"] for line in lines if (found := PIN.match(line))}


def project() -> dict[str, list[str]]:
    """Return the ranges that the project asks for, without and with its tests."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed, built = table["project"]["dependencies"], table["build-system"]["requires"]
    return {
        "requirements.txt": [*needed, *built],
        "requirements-test.txt": [
            *needed,
            *built,
            *table["project"]["optional-dependencies"]["test"],
        ],
        "requirements-frozen.txt": [
            *needed,
            *table["project"]["optional-dependencies"]["frozen"],
        ],
    }


@pytest.mark.parametrize("file", FILES)
def test_every_line_is_an_exact_pin_a_hash_or_a_remark(file):
    """No address of an index, no option, no range: only what, which version, which bytes."""
    for line in (FOLDER / file).read_text(encoding="utf-8").splitlines():
        assert PIN.match(line) or HASH.match(line) or line.lstrip()[:1] in {"", "#"}, line


@pytest.mark.parametrize("file", FILES)
def test_every_pin_has_hashes(file):
    lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if PIN.match(line):
            assert HASH.match(lines[number + 1]), line


@pytest.mark.parametrize("file", FILES)
def test_everything_the_project_asks_for_is_pinned_within_its_range(file):
    pinned = pins(file)
    for line in project()[file]:
        asked = Requirement(line)
        assert asked.specifier.contains(pinned[canonicalize_name(asked.name)]), line


def test_all_files_pin_the_same_versions():
    run, test, frozen = (pins(file) for file in FILES)
    assert run.items() <= test.items()
    assert {name: run.get(name, pinned) for name, pinned in frozen.items()} == frozen


def test_wheels_for_every_platform_of_qt_are_hashed():
    """One wheel each for Linux on two processors, Windows on two, and macOS, at least."""
    text = (FOLDER / "requirements.txt").read_text(encoding="utf-8")
    block = text.split("pyside6-essentials==")[1].split("# via")[0]
    assert block.count("--hash=") >= 4


def test_pyside_6_12_is_kept_out():
    """6.12.0 loses a reference to None at each call that returns it: Python 3.11 dies of it."""
    assert Version(pins("requirements.txt")["pyside6-essentials"]) < Version("6.12")
    (asked,) = [line for line in project()["requirements.txt"] if line.startswith("PySide6")]
    assert not Requirement(asked).specifier.contains("6.12.0")
    assert not Requirement(asked).specifier.contains("6.13.0")
    assert Requirement(asked).specifier.contains("6.11.3")


def test_these_tests_run_on_the_pinned_versions():
    different = {}
    for name, pinned in pins("requirements-test.txt").items():
        try:
            installed = version(name)
        except PackageNotFoundError:
            installed = "not installed"
        if installed != pinned:
            different[name] = (pinned, installed)
    assert different == {}


def test_the_refreshing_of_pins_is_written_down():
    script = Path(FOLDER / "refresh-pins.sh").read_text(encoding="utf-8")
    for option in (
        "--generate-hashes",
        "--no-emit-index-url",
        "--no-emit-find-links",
        "--strip-extras",
    ):
        assert option in script
