"""The window under random hands and through a long shift: small here, larger by hand.

`BEDSIDE_EVENTS` and `BEDSIDE_SHIFT` set how many; the long runs are
`python -m tests.faults.monkey --events 10000` and `python -m tests.faults.shift --saves 3000`.
"""

import os
import sys
from pathlib import Path

import pytest

from tests.faults.test_faults import outcome, run

EVENTS = os.environ.get("BEDSIDE_EVENTS", "300")
SHIFT = os.environ.get("BEDSIDE_SHIFT", "40")


def test_random_hands_break_nothing_and_record_nothing_by_themselves():
    """Keys, clicks, wheel, drags, sizes and dialogs: no exception, no warning of Qt, no stray record."""
    done = run(sys.executable, "-m", "tests.faults.monkey", "--events", EVENTS, check=False)
    found = outcome(done)
    assert found["faults"] == [], "\n".join([*found["faults"], "led up by:", *found["leading_up"]])
    assert found["events"] == int(EVENTS)
    assert {"key", "click", "text", "tab", "wheel", "drag", "resize"} <= found["kinds"].keys()
    assert done.returncode == 0


@pytest.mark.skipif(
    not Path("/proc/self/fd").is_dir(), reason="reads the process as Linux tells it"
)
def test_a_shift_leaves_the_process_as_it_was():
    """Saves, papers, infants and a lock: all recorded, and nothing grows after the warm-up."""
    done = run(sys.executable, "-m", "tests.faults.shift", "--saves", SHIFT, check=False)
    found = outcome(done)
    assert (found["saved"], found["refused"]) == (int(SHIFT), 0), found["notes"]
    assert found["papers"] > 0 and found["locks"] > 0 and found["infants"] > 1
    assert found["over"] == [], found
    if (
        int(SHIFT) <= 40
    ):  # of so few infants every part that is left behind tells (205 with the banner's)
        assert found["growth"]["objects"] < 100, found
    assert done.returncode == 0
