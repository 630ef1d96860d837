"""A session on an encrypted ward leaves nothing readable behind (H43); the control must find the name."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def session(home, *words):
    (home / "tmp").mkdir(parents=True)
    quiet = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
    places = {"HOME": home, "TMPDIR": home / "tmp"}
    places |= {
        f"XDG_{kind}_HOME": home / kind.lower() for kind in ("STATE", "DATA", "CACHE", "CONFIG")
    }
    ran = subprocess.run(
        [sys.executable, "-m", "tests.faults.canary", str(home), *words],
        env=quiet | {key: str(value) for key, value in places.items()},
        cwd=ROOT, capture_output=True, text=True, timeout=80, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout.splitlines()[-1]), ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    """What one session on an encrypted ward left behind, and what it said."""
    return session(tmp_path_factory.mktemp("canary") / "home")


def test_nothing_secret_and_no_name_is_on_the_disk(sealed):
    found, said = sealed
    assert found["done"] == [
        "That is not this ward's passphrase. Nothing was opened.",
        "Roadmap, Consolidation: True",
        "draft typed: True, kept: True",
    ]
    assert found["temporary"] == []  # no paper passes through a temporary file
    assert set(found["titles"]) <= {"Bedside", ""}
    # a count and a time; and the draft itself, sealed: both were there, and were searched
    assert {"drafts.txt", "drafts.kept"} <= found["modes"].keys()
    assert (found["code"], found["notes"]) == (0, 1)
    assert found["hits_open"] == []
    assert found["hits_closed"] == []
    for secret in ("CANARYBIRD", "heron lantern", "anvil pepper", "quartz saddle"):
        assert secret not in said
    assert "ward.sqlite3-wal" in found["modes"]  # the file beside it was searched, too


def test_its_files_are_for_its_user_alone(sealed):
    found, _ = sealed
    assert set(found["modes"].values()) == {"0o600"}


def test_the_search_finds_the_name_where_the_ward_is_plain(tmp_path):
    """Without this the search could be blind."""
    found, _ = session(tmp_path / "home", "--plain")
    assert found["hits_open"] == ["ward.sqlite3-wal: name"]
    # the ward, and the copy that is made when the window closes
    assert found["hits_closed"] == ["ward.sqlite3: name"] * 2


@pytest.mark.parametrize("library", ["sqlcipher3", "cryptography", "argon2", "keyring"])
def test_a_plain_ward_waits_for_nothing_of_it(tmp_path, library):
    """The start of a ward without a key file is as fast as ever."""
    script = (
        "import sys; from pathlib import Path; from bedside.app import open_ward, system_clock, "
        "load_desktop; open_ward(Path(sys.argv[1]), system_clock(), create=True, "
        "meanwhile=load_desktop).store.close(); "
        "print(sorted(name for name in sys.modules if name.partition('.')[0] == sys.argv[2]))"
    )
    words = [sys.executable, "-c", script, str(tmp_path / "ward"), library]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)  # makes the ward
    ran = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == "[]"
