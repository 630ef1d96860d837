"""Simulated power cuts (P2), small here; `python -m tests.faults.power --cuts 100000` is the long run.

`BEDSIDE_CUTS` sets how many. What is recorded are the program's real calls, so Linux and strace are
needed; where they are missing the tests say so and are skipped.
"""

import json
import os
import random
import sys

import pytest

from tests.faults.disk import Disk, File
from tests.faults.power import CONTROLS, SHARE
from tests.faults.power_found import not_as_written
from tests.faults.recorder import MISSING, Step, tracer
from tests.faults.test_faults import run

pytestmark = pytest.mark.timeout(600)
CUTS = int(os.environ.get("BEDSIDE_CUTS", "3000"))
OTHERS = CUTS // 75  # of each other scene: seven of these, the dearer ones by far
traced = pytest.mark.skipif(tracer() is None, reason=MISSING)


def outcomes(*words):
    done = run(sys.executable, "-m", "tests.faults.power", *words, check=False)
    assert done.stdout, done.stderr
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


@traced
@pytest.mark.parametrize("kind", ["plain", "encrypted"])
def test_nothing_confirmed_is_lost_in_a_power_cut(kind):
    """P2, H36: what was confirmed is there, nothing is there by half, and the ward opens."""
    many = (CUTS - 7 * OTHERS) // 2
    code, (found,) = outcomes("--cuts", many, "--scene", "saves", "--kind", kind)
    assert (found["lost"], found["half"], found["shut_out"]) == (0, 0, 0), found["words"]
    assert found["opened"] > many * 0.8
    assert found["wholly"] > 0
    assert code == 0


@traced
@pytest.mark.parametrize("scene", sorted(SHARE.keys() - {"saves"}))
def test_a_power_cut_in_other_acts_shuts_nobody_out(scene):
    """P2, P7, P9: a new ward, other keys, a restore: the ward before or the one after, whole."""
    _, found = outcomes("--cuts", OTHERS // (2 if scene == "founded" else 1), "--scene", scene)
    for each in found:
        assert (each["lost"], each["half"], each["shut_out"]) == (0, 0, 0), each["words"]
        assert each["opened"] > 5


def test_a_glance_finds_what_is_not_as_it_was_written():
    """P2: a cell that is other, a row that is missing or twice told, a bookmark beyond the trail."""
    trail = [
        (1, "", "", "", "ward", 1, "add", "", "", "a"),
        (2, *[""] * 3, "infant", 1, "add", "", "a", "b"),
    ]
    written = {"audit": trail, "ward": [(1, "w")], "infant": [(1, "Ida")]}
    assert not_as_written(written, written, "b") == []
    assert not_as_written(written | {"infant": [(1, "Ada")]}, written, "b") == ["infant"]
    assert not_as_written(written | {"infant": []}, written, "b") == ["infant"]
    shorter = {"audit": trail[:1], "ward": [(1, "w")], "infant": []}
    assert not_as_written(shorter, written, "a") == []
    assert not_as_written(shorter, written, "b") == ["bookmark"]
    assert not_as_written(shorter | {"ward": [(1, "w"), (2, "x")]}, written, "a") == [
        "ward",
        "ward",
    ]


@traced
@pytest.mark.parametrize("control", CONTROLS)
def test_the_cuts_would_find_a_fault(control):
    """P2: with a weaker setting, or without a flush, the very same cuts find losses or damage."""
    code, (found,) = outcomes("--cuts", 60, "--scene", "saves", "--control", control)
    assert code == 1
    assert found["lost"] > 0
    if control in ("OFF", "files"):
        assert found["shut_out"] > 0


@traced
@pytest.mark.parametrize(("control", "cuts"), [("files", 120), ("folders", 280)])
def test_the_cuts_while_a_ward_is_encrypted_would_find_a_fault(control, cuts):
    """P2: without a flush the very same cuts leave a ward that no key opens, or lose the old one."""
    code, (found,) = outcomes("--cuts", cuts, "--scene", "encrypting", "--control", control)
    assert code == 1
    assert found["lost"] + found["shut_out"] > 0


# ---- the simulated disk itself, without a tracer


@pytest.fixture
def disk(tmp_path):
    (tmp_path / "old").write_bytes(b"before")
    return Disk(tmp_path)


def images(disk):
    rng = random.Random(7)
    return [disk.image(rng)[0] for _ in range(200)]


def test_what_was_flushed_is_there(disk, tmp_path):
    for step in (
        Step("open", f"{tmp_path}/old", file=3),
        Step("write", f"{tmp_path}/old", 0, b"after!", file=3),
    ):
        disk.take(step)
    assert {image["old"] for image in images(disk)} >= {b"before", b"after!"}
    disk.take(Step("sync", f"{tmp_path}/old", file=3))
    assert {image["old"] for image in images(disk)} == {b"after!"}


def test_a_new_name_is_sure_with_its_folder_only(disk, tmp_path):
    new = f"{tmp_path}/new"
    for step in (
        Step("open", new, other="create", file=3),
        Step("write", new, 0, b"x", file=3),
        Step("sync", new, file=3),
    ):
        disk.take(step)
    assert {"new" in image for image in images(disk)} == {True, False}
    for step in (Step("open", str(tmp_path), file=4), Step("sync", str(tmp_path), file=4)):
        disk.take(step)
    assert {image["new"] for image in images(disk)} == {b"x"}


def test_a_renamed_file_is_in_one_place(disk, tmp_path):
    disk.take(Step("rename", f"{tmp_path}/old", other=f"{tmp_path}/moved"))
    assert {tuple(image) for image in images(disk)} == {("old",), ("moved",)}


def test_a_torn_write_is_torn_between_sectors():
    file = File(bytes(2048))
    file.pending.append((0, b"\1" * 2048))
    rng = random.Random(3)
    seen = {file.after_cut("torn", rng) for _ in range(300)}
    assert len(seen) == 16
    for content in seen:
        assert {content[at : at + 512] for at in range(0, 2048, 512)} <= {bytes(512), b"\1" * 512}
