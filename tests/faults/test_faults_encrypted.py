"""The same faults on an encrypted ward: SQLCipher's errors are met in the same words, nothing is lost."""

import os
import shutil
import sys

import pytest

from tests.faults.scene import KEYS, make_ward, opened, save
from tests.faults.test_faults import MOUNT_READ_ONLY, outcome, own_mounts, posix, run

KILLS = os.environ.get("BEDSIDE_KILLS", "40")
READ_ONLY = """
import sys
from pathlib import Path
from datetime import timedelta
from bedside.store.key_doors import open_by_passphrase
from bedside.units.refusal import Refused
from tests.faults.scene import NOW, number_of, opened, save
folder = Path(sys.argv[1])
keys = open_by_passphrase(folder, "heron lantern gravel sixteen plum", NOW)
store = opened(folder, keys=keys)
print(store.read_only, number_of(store), len(store.audit_head()))
try:
    save(store, 77)
except Refused as refused:
    print(refused)
store.close()
"""


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("encrypted") / "ward"
    make_ward(folder, keys=KEYS)
    return folder


@pytest.fixture
def folder(base, tmp_path):
    shutil.copytree(base, tmp_path / "ward")
    return tmp_path / "ward"


@posix
def test_nothing_confirmed_is_lost_when_the_program_is_killed():
    """P1: as on a plain ward."""
    words = ("tests.faults.kill", "--cycles", KILLS, "--encrypted")
    found = outcome(run(sys.executable, "-m", *words))
    assert (found["lost"], found["half"]) == (0, 0)
    assert found["confirmed"] > 0


@posix
def test_a_file_that_may_not_grow(folder):
    """P4: refused in words, read meanwhile, saved again with room."""
    words = ("tests.faults.refused_writes", "size", folder, "encrypted")
    found = outcome(run(sys.executable, "-m", *words))
    assert (found["lost"], found["half"], found["unconfirmed"]) == (0, 0, 0)
    assert found["readable"] == found["refused"]
    assert found["words"] == [
        "NOT SAVED. The disk did not take the writing. Check the disk, then save again."
    ]


@posix
def test_a_read_only_medium_is_opened_by_its_passphrase(tmp_path):
    """P5: nothing is written there, not even a try."""
    from bedside.store.key_doors import make_keys
    from bedside.store.passphrase import FLOOR

    folder = tmp_path / "ward"
    keys = make_keys(folder, "heron lantern gravel sixteen plum", slowness=FLOOR).keys
    make_ward(folder, keys=keys)
    store = opened(folder, keys=keys)
    save(store, 1)
    store.close()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    said = own_mounts(MOUNT_READ_ONLY, folder, sys.executable, READ_ONLY).stdout.splitlines()
    assert said[0] == "True 1 64"
    assert said[1].startswith("This ward lies in a place that can only be read")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
