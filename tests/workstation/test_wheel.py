"""The wheel: everything is in it, and installed alone, far from any checkout, it works."""

import json
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, tracked

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel of this checkout, built with the pinned backend and no network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("bedside-*.whl")
    return built


@dataclass(frozen=True)
class Installed:
    """The wheel in an environment of its own."""

    python: Path
    command: Path
    elsewhere: Path

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run something of it, away from the checkout."""
        return subprocess.run(
            words,
            cwd=self.elsewhere,
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.elsewhere), "LANG": "C.UTF-8"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
            timeout=240,
        )

    def answer(self, *words: str) -> dict[str, object]:
        """Return what `bedside calc` answers."""
        return json.loads(self.run(str(self.command), "calc", *words, "--json").stdout)


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Installed:
    """The wheel installed alone; the libraries it needs are lent by this environment."""
    room = tmp_path_factory.mktemp("in stalled")
    venv = room / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    python = venv / "bin" / "python"
    own = venv / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    # A .pth beside it is not read from there, so this checkout's own installation stays unseen.
    (own / "lent.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index",
         "--quiet", "--disable-pip-version-check", str(wheel)],
        check=True,
    )  # fmt: skip
    elsewhere = room / "elsewhere"
    elsewhere.mkdir()
    return Installed(python, venv / "bin" / "bedside", elsewhere)


def test_every_file_of_the_program_is_in_the_wheel(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    for file in tracked():
        parts = file.parts
        if parts[0] == "bedside":
            assert file.as_posix() in inside
        if parts[0] in {"resources", "migrations"}:
            assert f"bedside/{file.as_posix()}" in inside


def test_nothing_else_is_in_the_wheel(wheel):
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top.split("-")[0] for top in tops} == {"bedside"}
    strange = [name for name in zipfile.ZipFile(wheel).namelist() if "__pycache__" in name]
    assert strange == []


def test_the_desktop_entry_and_the_icon_go_where_desktops_look(wheel):
    names = [
        name.split("/data/")[1] for name in zipfile.ZipFile(wheel).namelist() if "/data/" in name
    ]
    assert sorted(names) == [
        "share/applications/bedside.desktop",
        "share/icons/hicolor/scalable/apps/bedside.svg",
    ]


def test_the_wheel_says_its_licence_and_its_command(wheel):
    archive = zipfile.ZipFile(wheel)
    (folder,) = {name.split("/")[0] for name in archive.namelist() if ".dist-info/" in name}
    about = archive.read(f"{folder}/METADATA").decode("utf-8")
    assert "License-Expression: Apache-2.0" in about
    assert "Apache License" in archive.read(f"{folder}/licenses/LICENSE").decode("utf-8")
    assert "bedside = bedside.cli:main" in archive.read(f"{folder}/entry_points.txt").decode(
        "utf-8"
    )


def test_the_wheels_own_files_are_used(installed):
    ran = installed.run(
        str(installed.python), "-c",
        "import bedside; from bedside.places import place; "
        "print(bedside.__file__, place('resources', 'protocols'), place('migrations'))",
    )  # fmt: skip
    assert str(ROOT) not in ran.stdout
    assert ran.stdout.count("site-packages/bedside/") == 3


def test_the_command_answers(installed):
    assert installed.run(str(installed.command), "--version").stdout.startswith("Bedside ")
    module = installed.run(str(installed.python), "-m", "bedside", "--version")
    assert module.stdout.startswith("Bedside ")
    size = installed.answer("bsa", "--weight", "6.2 kg", "--length", "62 cm")
    assert size["bsa_m2"] == "0.3268"


def test_the_protocols_and_growth_tables_are_found(installed):
    gate = installed.answer(
        "gate", "--protocol", "aall15p1", "--course", "epi-1", "--anc", "499 /uL",
        "--platelets", "50000 /uL", "--confirm", "toxicity-resolved=yes",
    )  # fmt: skip
    assert gate["open"] is False
    growth = installed.answer("zscore", "--sex", "f", "--age-days", "200", "--weight", "7 kg")
    assert growth["weight_for_age_z"] is not None


DRAW_ONE_OF_EACH = """
import sys
from itertools import islice
from bedside.cli import main
from bedside.commands import ward_commands
from bedside.desktop import shots
from bedside.ward import printing
drawn, offered, printed, seen = shots._theme, printing.paper_choices, ward_commands.every_paper, set()
def each_once(*asked):
    for choice in offered(*asked):
        kind = choice.key.split(":")[0]
        if not choice.refused and kind not in seen:
            seen.add(kind)
            yield choice
def one_of_each(*asked):
    printing.paper_choices = each_once
    return printed(*asked)
shots._theme = lambda *asked, **how: islice(drawn(*asked, **how), 13)
ward_commands.every_paper = one_of_each
sys.exit(main(["demo", "--shots", "drawn"]))
"""


def test_the_demonstration_ward_is_drawn(installed):
    """The migrations, fonts, icons and papers of the wheel, all in one go.

    The list and one infant's pages in both themes, and a paper of each kind: that all the others are
    drawn as well is held in a checkout (`test_own_keys`, `test_drawing`, `test_infant_papers`).
    """
    installed.run(str(installed.python), "-c", DRAW_ONE_OF_EACH)
    drawn = {file.name for file in (installed.elsewhere / "drawn").iterdir()}
    pages = [name for name in drawn if name.endswith(".png")]
    assert len(pages) == 26
    for theme in ("light", "dark"):
        assert f"ward-list-{theme}.png" in drawn
        for page in range(1, 9):
            assert any(f"-{page}-" in name and name.endswith(f"{theme}.png") for name in pages)
    for paper in ("roadmap", "dosing-sheet", "label", "whole-treatment", "transfer-summary",
                  "toxicity-report", "dlt-report", "maintenance-chart", "counts-form",
                  "tertiary-team", "downtime"):  # fmt: skip
        assert any(name.startswith(paper) and name.endswith(".pdf") for name in drawn), paper


def test_this_machine_is_fit_for_the_wheel(installed):
    ran = installed.run(str(installed.command), "doctor", "--json", "--ward", "ward")
    assert json.loads(ran.stdout)["fit"] is True


SAVE_UNTIL_KILLED = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from bedside.store.opening import open_store
from bedside.store.records import Infant
now = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)
store = open_store(Path(sys.argv[1]), now=now, create=True)
number = 0
while True:
    number += 1
    with store.change("E. Berg, RN", "enrolled an infant", now) as change:
        change.add(Infant, family="TESTLING", given="Ida", sex="f", born=date(2026, 5, 1),
            gestation_days=None, hospital_number=f"T {number}", bed="1", allergies="none known",
            line="")
    print(number, flush=True)
"""
LOOK_AGAIN = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from bedside.store.driver import sqlite_version
from bedside.store.engine import LEAST_SQLITE
from bedside.store.opening import open_store
from bedside.store.queries import all_of
from bedside.store.records import Infant
from bedside.store.schema import SCHEMA
from bedside.places import place
now = datetime(2026, 11, 20, 10, 43, tzinfo=UTC)
store = open_store(Path(sys.argv[1]), now=now, create=False)
store.verify_audit()
with store.reading() as connection:
    infants = len(all_of(connection, Infant))
store.close()
steps = sorted(path.name[:4] for path in place("migrations", "versions").glob("[0-9]*.py"))
fits = all(sqlite_version(key) >= LEAST_SQLITE for key in (None, bytes(32)))
print(json.dumps({"infants": infants, "step": SCHEMA, "newest": steps[-1], "sqlite": fits}))
"""


def test_a_ward_of_the_wheel_survives_a_kill(installed):
    """P20, P1: its own steps make the ward, its own libraries keep what was confirmed."""
    saving = subprocess.Popen(
        [str(installed.python), "-c", SAVE_UNTIL_KILLED, "killed"],
        cwd=installed.elsewhere, stdout=subprocess.PIPE, text=True,
        env={"PATH": "/usr/bin:/bin", "HOME": str(installed.elsewhere), "LANG": "C.UTF-8"},
    )  # fmt: skip
    confirmed = [int(saving.stdout.readline()) for _ in range(12)]
    saving.kill()
    confirmed += [int(line) for line in saving.communicate()[0].splitlines()]
    found = json.loads(installed.run(str(installed.python), "-c", LOOK_AGAIN, "killed").stdout)
    assert found["infants"] in (confirmed[-1], confirmed[-1] + 1)
    assert found["step"] == found["newest"]
    assert found["sqlite"] is True
