"""The doctor on libraries: what is missing, too old or known to kill the program is named."""

import tomllib
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from bedside.doctor import libraries

ROOT = Path(__file__).resolve().parents[2]


def versions(**changed: str):
    """Answer as the installed packages would, with some versions changed."""

    def version_of(name: str) -> str:
        return changed.get(name.replace("-", "_"), "6.11.3" if "PySide6" in name else "2.0")

    return version_of


def test_the_list_is_the_projects_own():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {line.split(">")[0] for line in project["dependencies"]}
    assert asked == set(libraries.NEEDED)


@pytest.mark.parametrize("number", ["6.12.0", "6.12.1", "6.13.0", "7.0"])
def test_a_pyside_that_kills_python_3_11_is_not_fit(number):
    found = libraries.libraries(versions(PySide6_Essentials=number), running=(3, 11, 7))
    assert found.verdict == "not fit"
    assert number in found.sentence
    assert "6.11" in found.sentence


@pytest.mark.parametrize(("number", "python"), [("6.11.3", (3, 11, 2)), ("6.12.0", (3, 12, 0))])
def test_a_pyside_that_is_safe_is_fit(number, python):
    found = libraries.libraries(versions(PySide6_Essentials=number), running=python)
    assert found.verdict == "fit"
    assert f"PySide6-Essentials {number}" in found.sentence


def test_a_pyside_that_is_too_old_is_not_fit():
    found = libraries.libraries(versions(PySide6_Essentials="6.7.2"))
    assert (found.verdict, "6.7.2 is too old" in found.sentence) == ("not fit", True)


def test_missing_libraries_are_all_named():
    def version_of(name: str) -> str:
        if name in {"reportlab", "segno"}:
            raise PackageNotFoundError(name)
        return "6.11.3"

    found = libraries.libraries(version_of)
    assert found.verdict == "not fit"
    assert "Missing: reportlab, segno." in found.sentence


def test_a_library_that_qt_needs_is_named_by_its_debian_package():
    def load(file: str) -> object:
        if file == "libxcb-cursor.so.0":
            raise OSError(file)
        return object()

    found = libraries.system_libraries(load, "linux")
    assert found.verdict == "not fit"
    assert "apt-get install -y --no-install-recommends libxcb-cursor0" in found.sentence


def test_every_library_that_qt_needs_comes_with_the_set_up():
    script = (ROOT / "resources" / "workstation" / "bedside.sh").read_text(encoding="utf-8")
    packages = script.split('screen_packages="')[1].split('"')[0].split()
    assert set(libraries.QT_NEEDS.values()) < set(packages)


@pytest.mark.parametrize(
    ("number", "verdict"),
    [("3.37.1", "not fit"), ("3.37.2", "fit"), ("3.40.1", "fit"), ("3.51.3", "fit")],
)
def test_sqlite_is_judged_by_its_version(number, verdict):
    assert libraries.sqlite_library(number).verdict == verdict


def test_the_wal_fault_is_said_only_where_it_is():
    """H37: the fault of older SQLite libraries is named, with why it cannot bite."""
    assert "locks all others out" in libraries.sqlite_library("3.51.2").sentence
    assert "locks" not in libraries.sqlite_library("3.51.3").sentence


def test_the_oldest_sqlite_is_the_stores_own_limit():
    from bedside.store import engine

    assert libraries.OLDEST_SQLITE == engine.LEAST_SQLITE


def test_an_old_python_is_not_fit():
    assert libraries.python_itself((3, 10, 14)).verdict == "not fit"
    assert libraries.python_itself((3, 11, 0)).verdict == "fit"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("6.11.3", (6, 11, 3)), ("3.0.0rc1", (3, 0)), ("2026.6", (2026, 6)), ("x", ())],
)
def test_the_numbers_of_a_version(text, numbers):
    assert libraries.version_numbers(text) == numbers
