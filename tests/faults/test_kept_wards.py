"""P9: a populated ward of every earlier step opens in this program, with every field as it was."""

import hashlib
import subprocess
import sys

import pytest

from bedside.store.opening import FILE
from bedside.store.schema import SCHEMA
from bedside.store.troubles import AuditBroken
from tests.faults.kept_wards import (
    copies_before,
    differences,
    kept_steps,
    lay_down,
    rows_in,
    trail_in,
)
from tests.faults.recorder import HERE, quiet_environment
from tests.faults.scene import opened, save
from tests.store.samples import tamper


@pytest.mark.parametrize("step", kept_steps())
def test_a_kept_ward_is_brought_up_field_by_field(step, tmp_path):
    """Nothing that was recorded is changed, lost or added; the trail goes on from where it was."""
    folder = lay_down(step, tmp_path / "ward")
    before, trail = rows_in(folder / FILE), trail_in(folder / FILE)
    assert sum(map(len, before.values())) >= 13
    store = opened(folder)
    store.verify_audit()
    store.close()
    assert differences(before, rows_in(folder / FILE)) == []
    after = trail_in(folder / FILE)
    assert after[: len(trail)] == trail
    assert {row[6] for row in after[len(trail) :]} <= {"upgrade"}
    copies = copies_before(folder)
    assert len(copies) == (step != SCHEMA)
    for copy in copies:
        assert rows_in(copy) == before
    store = opened(folder)
    save(store, 4000)
    store.close()


def test_a_changed_field_would_be_seen(tmp_path):
    """The comparison itself: one value off by one, one row gone, one too many."""
    before = rows_in(lay_down(kept_steps()[0], tmp_path / "ward") / FILE)
    after = {table: [dict(row) for row in rows] for table, rows in before.items()}
    assert differences(before, after) == []
    after["measurement"][0]["weight_g"] += 1
    assert differences(before, after) == ["measurement 1.weight_g: 6850 is 6851"]
    del after["measurement"][0]
    assert len(differences(before, after)) > 5


@pytest.mark.parametrize("step", [step for step in kept_steps() if step != SCHEMA][:1])
def test_a_kept_ward_that_was_tampered_with_is_not_brought_up(step, tmp_path):
    """P9, P11: it is refused and its file stays byte for byte as it was."""
    folder = lay_down(step, tmp_path / "ward")
    tamper(folder / FILE, "UPDATE measurement SET weight_g = 9000")
    whole = hashlib.sha256((folder / FILE).read_bytes()).digest()
    with pytest.raises(AuditBroken):
        opened(folder)
    assert hashlib.sha256((folder / FILE).read_bytes()).digest() == whole


STARTED = """
import sys
from pathlib import Path
from bedside.units.refusal import Refused
from tests.faults.scene import opened
sys.stdin.readline()
try:
    store = opened(Path(sys.argv[1]))
except Refused as refused:
    print("refused:", refused, flush=True)
else:
    print("opened", flush=True)
    sys.stdin.readline()
    store.close()
"""


@pytest.mark.parametrize("together", [2, 3])
def test_starts_at_once_on_an_older_ward(together, tmp_path):
    """P8, P9: one of them brings the ward up, the others are told that it is open already."""
    step = kept_steps()[0]
    folder = lay_down(step, tmp_path / "ward")
    before = rows_in(folder / FILE)
    started = [
        subprocess.Popen(
            [sys.executable, "-c", STARTED, str(folder)], cwd=HERE, env=quiet_environment(),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(together)
    ]  # fmt: skip
    for one in started:
        one.stdin.write("go\n")
        one.stdin.flush()
    said = sorted(one.stdout.readline() for one in started)
    for one in started:
        one.communicate("end\n", timeout=60)
        assert one.returncode == 0
    assert said[0] == "opened\n"
    assert all(line.startswith("refused: This ward is open already") for line in said[1:])
    assert len(copies_before(folder)) == 1
    assert differences(before, rows_in(folder / FILE)) == []
