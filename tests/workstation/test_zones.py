"""The program runs on a computer of any time zone: its main jobs, started as its users start them."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.made_wards import copy_demonstration

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 20, 12, 42, tzinfo=UTC)


def run(zone: str, *words: str) -> str:
    """Run Python on a computer of this zone and return what it says; what it complains of fails."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", *words],
        env={**os.environ, "TZ": zone, "PYTHONPATH": str(ROOT), "BENCH_BEGAN": "0"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr[-2000:]
    return done.stdout


def painted(zone: str, ward: str) -> bool:
    """Whether the window paints the ward's list."""
    return json.loads(run(zone, "tests.bench.child", "ward", ward))["first_paint_ms"] > 0


def test_the_demonstration_ward_is_made_and_its_list_is_painted(tmp_path):
    """The site's own zone is blank in it, as on every ward that has not said one."""
    ward = str(tmp_path / "ward")
    run("Europe/Berlin", "bedside", "demo", "--no-window", "--ward", ward)
    assert painted("Europe/Berlin", ward)


@pytest.mark.parametrize("zone", ["America/St_Johns", "Pacific/Kiritimati"])
def test_a_ward_made_in_one_zone_opens_in_another(zone, tmp_path):
    ward = str(copy_demonstration(NOW, tmp_path / "ward"))
    assert painted(zone, ward)
