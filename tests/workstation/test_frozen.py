"""P20: the frozen build is the tested build. Run by `bedside.sh frozen`, which builds it first.

The tests of the wheel that ask for an installed Bedside run on the folder once more; `bedside-test` in
it stands in for Python, with the very same libraries.
"""

import os
import re
import subprocess
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.architecture.tree import ROOT, tracked
from tests.workstation.test_wheel import (
    Installed,
    test_a_ward_of_the_wheel_survives_a_kill,
    test_the_command_answers,
    test_the_demonstration_ward_is_drawn,
    test_the_protocols_and_growth_tables_are_found,
    test_this_machine_is_fit_for_the_wheel,
)

__all__ = [
    "test_a_ward_of_the_wheel_survives_a_kill",
    "test_the_command_answers",
    "test_the_demonstration_ward_is_drawn",
    "test_the_protocols_and_growth_tables_are_found",
    "test_this_machine_is_fit_for_the_wheel",
]

BUILT = Path(os.environ.get("BEDSIDE_FROZEN", "/nowhere"))
PINS = ROOT / "resources" / "workstation" / "requirements-frozen.txt"
PATIENCE_S = 120
pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.skipif("BEDSIDE_FROZEN" not in os.environ, reason="`bedside.sh frozen` builds one"),
]


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Installed:
    """The frozen folder, used from a folder of its own."""
    elsewhere = tmp_path_factory.mktemp("frozen") / "else where"
    elsewhere.mkdir()
    return Installed(BUILT / "bedside-test", BUILT / "bedside", elsewhere)


def test_every_file_of_the_program_is_the_checkouts_letter_for_letter():
    inside, different = BUILT / "_internal", []
    for file in tracked():
        if file.parts[0] in {"bedside", "resources", "migrations"}:
            below = file if file.parts[0] == "bedside" else "bedside" / file
            there = inside / below
            if not there.is_file() or there.read_bytes() != (ROOT / file).read_bytes():
                different.append(file.as_posix())
    assert different == []


def test_its_libraries_are_the_pinned_ones_and_nothing_of_the_tests_is_in_it(installed):
    pins = dict(
        re.findall(r"^([a-z0-9-]+)==([^ ]+)", PINS.read_text(encoding="utf-8"), re.MULTILINE)
    )
    said = installed.run(
        str(installed.python), "-c",
        "from importlib.metadata import distributions as all\n"
        "for one in all(): print(one.metadata['Name'].lower().replace('_', '-'), one.version)",
    ).stdout  # fmt: skip
    found = dict(line.split() for line in said.splitlines())
    assert len(found) >= 16
    assert {name: pins[name] for name in found} == found
    names = {path.name for path in (BUILT / "_internal").iterdir()}
    assert not names & {"pytest", "hypothesis", "numpy", "mypy", "tests"}


def test_its_window_is_killed_and_its_ward_opens_again_and_prints(installed):
    """P1, P8, P20: the real window of the real program, killed while the ward is open."""
    words = [str(installed.command), "demo", "--ward", "window"]
    settings = {"PATH": "/usr/bin:/bin", "HOME": str(installed.elsewhere), "LANG": "C.UTF-8"}
    window = subprocess.Popen(
        words, cwd=installed.elsewhere, env={**settings, "QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":9"}
    )  # fmt: skip
    sheet = (str(installed.command), "sheet", "--ward", "window", "--infant", "DEM 004 118",
             "--by", "E. Berg, RN", "-o", "sheet.pdf")  # fmt: skip
    try:
        until, said = monotonic() + PATIENCE_S, ""
        while "open already" not in said and monotonic() < until and window.poll() is None:
            sleep(1)
            if (installed.elsewhere / "window" / "ward.sqlite3-wal").exists():
                said = subprocess.run(
                    sheet, cwd=installed.elsewhere, env=settings, capture_output=True, text=True, check=False,
                ).stderr  # fmt: skip
        assert window.poll() is None, "the window ended by itself"
        assert "open already" in said
    finally:
        window.kill()
        window.wait()
    assert "in sheet.pdf" in installed.run(*sheet).stdout
    assert (installed.elsewhere / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert "demonstration" in installed.run(str(installed.command), "doctor", "--ward", "window").stdout.lower()  # fmt: skip
