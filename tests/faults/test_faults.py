"""The store under faults: killed, refused by the disk, spoilt on the disk. Small here, larger by hand.

`BEDSIDE_KILLS`, `BEDSIDE_KEY_KILLS`, `BEDSIDE_COPIES`, `BEDSIDE_FLIPS` and `BEDSIDE_INJECTIONS` set
how many; the long runs are
`python -m tests.faults.kill --cycles 10000` and `python -m tests.faults.flips --flips 10000`.
"""

import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from bedside.store.records import Measurement
from bedside.store.troubles import NotSaved
from bedside.units.refusal import Refused
from tests.faults.scene import NOW, findings, make_ward, number_of, opened, save

HERE = Path(__file__).resolve().parents[2]
KILLS = os.environ.get("BEDSIDE_KILLS", "60")
KEY_KILLS = os.environ.get("BEDSIDE_KEY_KILLS", "12")
COPIES = os.environ.get("BEDSIDE_COPIES", "12")
FLIPS = os.environ.get("BEDSIDE_FLIPS", "150")
INJECTIONS = int(os.environ.get("BEDSIDE_INJECTIONS", "4"))
SAVES = 6
posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX limits and signals")


def run(*words, check=True):
    """Run a scene in a process of its own; return what it said last."""
    # what counts lines would write, too, and meet the very faults that are injected
    quiet = {key: value for key, value in os.environ.items() if not key.startswith("COV")}
    done = subprocess.run(
        [str(word) for word in words],
        capture_output=True,
        text=True,
        cwd=HERE,
        check=False,
        env=quiet,
    )
    if check:
        assert done.returncode == 0, done.stdout + done.stderr
    return done


def outcome(done):
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    folder = tmp_path_factory.mktemp("faults") / "ward"
    make_ward(folder)
    return folder


@pytest.fixture
def folder(base, tmp_path):
    shutil.copytree(base, tmp_path / "ward")
    return tmp_path / "ward"


# ---- killed


@posix
def test_nothing_confirmed_is_lost_when_the_program_is_killed():
    """P1, H36: every save that was confirmed is there, and none is there by half."""
    found = outcome(run(sys.executable, "-m", "tests.faults.kill", "--cycles", KILLS))
    assert (found["lost"], found["half"]) == (0, 0)
    assert found["cycles"] == int(KILLS)
    assert found["confirmed"] > 0
    assert found["unconfirmed"] <= found["cycles"]


@posix
@pytest.mark.parametrize("large", [[], ["--large"]], ids=["usual", "large"])
def test_nothing_is_lost_or_half_when_a_copy_or_a_restore_is_killed(large):
    """P1, P7, H36: the ward is whole, old or new; every copy that has a name can be restored."""
    words = ("tests.faults.copies", "kill", "--cycles", COPIES, *large)
    found = outcome(run(sys.executable, "-m", *words))
    assert (found["lost"], found["half"], found["spoilt"]) == (0, 0, 0)
    assert found["copies"] >= int(COPIES)
    assert found["restored"] + found["kept"] == int(COPIES) // 2
    assert bool(found["changes"]) is bool(large)


@posix
@pytest.mark.parametrize("large", [[], ["--large"]], ids=["usual", "large"])
def test_a_bit_flipped_in_a_copy_is_always_found(large):
    """P6, P7: such a copy never counts as good."""
    words = ("tests.faults.copies", "flips", "--flips", FLIPS, *large)
    found = outcome(run(sys.executable, "-m", *words))
    assert (found["flips"], found["missed"]) == (int(FLIPS), 0)
    assert found["files"] == (3 if large else 1)


@posix
def test_a_second_medium_that_fills_up(tmp_path):
    """P4, P7: what has no room is not named there, and the ward goes on."""
    script = 'mount -t tmpfs -o size=6m tmpfs "$1"; exec "$2" -m tests.faults.copies medium "$1"'
    found = outcome(own_mounts(script, tmp_path, sys.executable))
    assert found["refused"] == 3
    assert found["named"] == found["carried"] > 0
    assert (found["lost"], found["half"], found["spoilt"], found["left_behind"]) == (0, 0, 0, 0)


# ---- a disk that refuses


@posix
def test_a_file_that_may_not_grow(folder):
    """P4: the save is refused in words, the ward can be read, and saving works again with room."""
    found = outcome(run(sys.executable, "-m", "tests.faults.refused_writes", "size", folder))
    assert (found["lost"], found["half"], found["unconfirmed"]) == (0, 0, 0)
    assert found["readable"] == found["refused"]
    assert found["words"] == [
        "NOT SAVED. The disk did not take the writing. Check the disk, then save again."
    ]


def own_mounts(script, *words):
    """Run a shell script with mounts of its own; skip where this is not allowed."""
    unshare = shutil.which("unshare")
    if unshare is None or os.geteuid() != 0:
        pytest.skip("a mount of one's own needs root and unshare")
    if run(unshare, "-m", "true", check=False).returncode != 0:
        pytest.skip("this machine does not let root mount")
    return run(unshare, "-m", "sh", "-ec", script, "sh", *words)


@posix
def test_a_full_disk(base, tmp_path):
    """P4: a full disk is said to be full; with room again the same window saves again."""
    script = (
        'mount -t tmpfs -o size=64m tmpfs "$1"; cp -a "$2" "$1/ward"; '
        'exec "$3" -m tests.faults.refused_writes full "$1/ward"'
    )
    found = outcome(own_mounts(script, tmp_path, base, sys.executable))
    assert (found["lost"], found["half"], found["unconfirmed"]) == (0, 0, 0)
    assert found["readable"] == found["refused"] == 4
    (words,) = found["words"]
    assert words.startswith("NOT SAVED. The ward's disk is FULL: 0.0 MB free at ")
    assert words.endswith("Make room on it, then save again; what was typed stands.")


@posix
def test_a_nearly_full_disk_is_not_begun_on(base, tmp_path):
    """P4: with less than 50 MB free no ward is opened, and it is said why."""
    script = (
        'mount -t tmpfs -o size=40m tmpfs "$1"; cp -a "$2" "$1/ward"; '
        'exec "$3" -c "from tests.faults.scene import opened; from pathlib import Path; import sys\n'
        "try:\n    opened(Path(sys.argv[1]))\n"
        'except ValueError as refused:\n    print(refused)" "$1/ward"'
    )
    said = own_mounts(script, tmp_path, base, sys.executable).stdout
    assert "Bedside needs at least 52 MB" in said
    assert "Free some space first" in said


READ_ONLY = """
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from bedside.units.refusal import Refused
from tests.faults.scene import number_of, opened, save
try:
    store = opened(Path(sys.argv[1]), create=True)
except Refused as refused:
    print("refused:", refused)
else:
    print(store.read_only, number_of(store), len(store.audit_head()))
    store.verify_audit()
    try:
        save(store, 77)
    except Refused as refused:
        print(refused)
    store.close()
"""
MOUNT_READ_ONLY = 'mount --bind "$1" "$1"; mount -o remount,ro,bind "$1"; exec "$2" -c "$3" "$1"'


@posix
def test_a_read_only_medium_can_be_read(folder):
    """P5: everything can be seen and printed, nothing recorded, and the store says so."""
    store = opened(folder)
    save(store, 1)
    store.close()
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    said = own_mounts(MOUNT_READ_ONLY, folder, sys.executable, READ_ONLY).stdout.splitlines()
    assert said[0] == "True 1 64"
    assert said[1].startswith("This ward lies in a place that can only be read")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@posix
def test_a_ward_not_closed_is_read_on_a_read_only_medium_with_its_newest_save(folder, tmp_path):
    """P5: a disk that fails is mounted so while the window is killed; nothing of the copy stays behind."""
    store = opened(folder)
    save(store, 1)
    crashed, temporary = tmp_path / "crashed", tmp_path / "temporary"
    shutil.copytree(folder, crashed)
    store.close()
    temporary.mkdir()
    before = {path.name: path.read_bytes() for path in crashed.iterdir()}
    mounted = f'export TMPDIR="{temporary}"; {MOUNT_READ_ONLY}'
    said = own_mounts(mounted, crashed, sys.executable, READ_ONLY).stdout.splitlines()
    assert said[0] == "True 1 64"
    assert said[1].startswith("This ward lies in a place that can only be read")
    assert {path.name: path.read_bytes() for path in crashed.iterdir()} == before
    assert not list(temporary.iterdir())


@posix
def test_no_ward_is_made_on_a_read_only_medium(tmp_path):
    said = own_mounts(MOUNT_READ_ONLY, tmp_path, sys.executable, READ_ONLY).stdout
    assert "can only be read: no ward can be made there" in said


# ---- the N-th write, sync or read fails

FAULTS = [("pwrite64", "ENOSPC"), ("pwrite64", "EIO"), ("fdatasync", "EIO"), ("ftruncate", "EIO")]


@pytest.fixture(scope="module")
def strace():
    """The tracer that makes system calls fail."""
    found = shutil.which("strace")
    if found is None:
        pytest.skip("strace is not installed on this machine")
    if run(found, "-f", "-e", "trace=none", "true", check=False).returncode != 0:
        pytest.skip("this machine does not let strace trace")
    return found


@posix
@pytest.mark.parametrize("once", [False, True], ids=["and all after", "once"])
@pytest.mark.parametrize(("call", "error"), FAULTS)
def test_the_nth_call_fails(folder, tmp_path, strace, call, error, once):
    """P3, H35: whichever call fails, what was confirmed is there, and a failed save is said."""
    refused = 0
    for nth in range(1, INJECTIONS + 1):
        ward = tmp_path / f"ward-{nth}"
        shutil.copytree(folder, ward)
        when = f"{nth * 3}" if once else f"{nth * 3}+"
        done = run(
            strace, "-f", "-o", "/dev/null", "-e", f"trace={call}",
            "-e", f"inject={call}:error={error}:when={when}",
            sys.executable, "-m", "tests.faults.refused_writes", "saves", ward, SAVES,
            check=False,
        )  # fmt: skip
        lines = done.stdout.splitlines()
        confirmed = {int(line.split()[1]) for line in lines if line.startswith("confirmed")}
        if lines and lines[-1].startswith("{"):
            refused += json.loads(lines[-1])["refused"]
        assert "Traceback" not in done.stderr or "Refused" in done.stderr, done.stderr
        store = opened(ward)
        lost, half, _ = findings(store, confirmed)
        assert (lost, half) == (0, 0)
        save(store, 1000)
        store.close()
    if call != "ftruncate" and not once:
        assert refused > 0


# ---- an error inside a save, without any tool


def test_an_error_in_a_save_leaves_the_store_usable(folder):
    """P3, H35: SQLite's own limit on pages stands for a full disk; nothing is rolled back twice."""
    store = opened(folder)
    saved = save(store, 1)
    with store.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").fetchone()[0]
    with store.at_rest() as driver:
        driver.execute(f"PRAGMA max_page_count={pages}")
    saved, head = save_until_full(store, saved)
    assert (number_of(store), store.audit_head()) == (saved, head)
    store.verify_audit()
    with store.at_rest() as driver:
        driver.execute("PRAGMA max_page_count=1073741823")
    assert save(store, 600) == saved + 1
    store.verify_audit()
    store.close()


def save_until_full(store, saved):
    head = store.audit_head()
    try:
        for number in range(2, 500):
            saved, head = save(store, number), store.audit_head()
    except NotSaved as refusal:
        assert "The disk is full" in str(refusal)  # noqa: PT017 (what came before it counts too)
    return saved, head


def test_a_swallowed_error_does_not_keep_half(folder):
    """P3: a caller that catches the failure cannot go on and keep the rest."""
    store = opened(folder)
    with store.at_rest() as driver:
        driver.execute("PRAGMA max_page_count=1")
    kept = number_of(store)
    with pytest.raises(NotSaved, match="The disk is full"):
        swallow_errors(store)
    assert number_of(store) == kept
    store.verify_audit()
    store.close()


def swallow_errors(store):
    with store.change("E. Berg, RN", "recorded weights", NOW) as change:
        for number in range(500):
            with suppress(NotSaved):
                change.add(
                    Measurement, infant_id=1, measured_at=NOW + timedelta(seconds=number),
                    weight_g=6000, unusual_reason="x" * 2000,
                )  # fmt: skip


# ---- spoilt on the disk


@posix
@pytest.mark.parametrize("act", ["key", "passphrase", "encrypt"])
def test_a_ward_opens_after_a_kill_in_a_change_of_its_keys(act):
    """By the passphrase before or the one after, with everything in it, and nothing left behind."""
    found = outcome(
        run(sys.executable, "-m", "tests.faults.kill_keys", "--cycles", KEY_KILLS, "--act", act)
    )
    assert found["cycles"] == int(KEY_KILLS)
    assert [found[name] for name in ("closed_for_good", "lost", "half", "left")] == [0, 0, 0, 0]


def test_every_flipped_bit_of_an_encrypted_ward_is_found():
    """P6, finding 3: the seal of each page finds all of them, before anything is shown."""
    found = outcome(
        run(sys.executable, "-m", "tests.faults.flips", "--flips", FLIPS, "--encrypted")
    )
    assert found["found_by_check"] == found["flips"] == int(FLIPS)


@pytest.mark.parametrize("where", ["file", "wal"])
def test_a_flipped_bit_is_found_or_harmless(where):
    """H37, P6: no flipped bit is ever read as a value that was recorded."""
    found = outcome(
        run(sys.executable, "-m", "tests.faults.flips", "--flips", FLIPS, "--where", where)
    )
    assert found["missed_bits"] == []
    assert found["found_by_check"] + found["found_by_trail"] > 0


def test_an_exchanged_page_is_found(folder):
    """P6: two pages swapped by a failing disk."""
    store = opened(folder)
    for number in range(1, 40):
        save(store, number)
    store.close()
    file = folder / "ward.sqlite3"
    content = bytearray(file.read_bytes())
    pages = len(content) // 4096
    content[(pages - 2) * 4096 : pages * 4096] = (
        content[(pages - 1) * 4096 :] + content[(pages - 2) * 4096 : (pages - 1) * 4096]
    )
    file.write_bytes(content)
    with pytest.raises(Refused, match="damaged"):
        opened(folder)
