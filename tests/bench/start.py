"""How soon the ward list stands on the screen, and what it holds in memory, against a bare window."""

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import monotonic_ns

from tests.bench.measure import LEAST_RUNS, Measure

ROOT = Path(__file__).resolve().parents[2]
PAINT = "first paint of the ward list"
MEMORY = "memory after start"
BARE = "bare QMainWindow process"
PAINT_LIMIT, MEMORY_LIMIT = 2.5, 1.8


def measure_start(folder: Path, runs: int) -> list[Measure]:
    """Start both by turns, in processes of their own.

    Args:
        folder: an empty folder for the demonstration ward.
        runs: how many starts of each, 7 at least.
    """
    ward = folder / "ward"
    try:
        prepare(ward)
        turns = [
            (start("ward", str(ward)), start("bare")) for _ in range(max(runs, LEAST_RUNS) + 1)
        ]
    except (subprocess.SubprocessError, ValueError) as error:
        said = getattr(error, "stderr", "") or str(error)
        trouble = said.strip().splitlines()[-1] if said.strip() else type(error).__name__
        return [
            Measure(PAINT, BARE, trouble=trouble),
            Measure(MEMORY, BARE, "MiB", trouble=trouble),
        ]
    del turns[0]  # reads everything from the disk once
    return [
        Measure(PAINT, BARE, "ms", *_medians(turns, "first_paint_ms"), PAINT_LIMIT),
        Measure(MEMORY, BARE, "MiB", *_medians(turns, "rss_mib"), MEMORY_LIMIT),
    ]


def _medians(
    turns: list[tuple[dict[str, float], dict[str, float]]], key: str
) -> tuple[float, float]:
    return median(ours[key] for ours, _ in turns), median(floor[key] for _, floor in turns)


def prepare(ward: Path) -> None:
    """Make the demonstration ward once; only opening it is measured."""
    subprocess.run(
        [sys.executable, "-P", "-m", "bedside", "demo", "--no-window", "--ward", str(ward)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )


def _as_installed() -> dict[str, str]:
    """The environment of an installed program: its bytecode is kept, as pip and set-up leave it.

    Where a workstation forbids Python to keep bytecode, every start would compile Bedside anew,
    and only Bedside: the floor's libraries were compiled when they were installed.
    """
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT)}


def start(*words: str) -> dict[str, float]:
    """Start one process and return what it reports."""
    environment = {
        "QT_QPA_PLATFORM": "offscreen",
        **_as_installed(),
        "BENCH_BEGAN": str(monotonic_ns()),
    }
    ran = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("child.py")), *words],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    lines = [line for line in ran.stdout.splitlines() if line.startswith("{")]
    if not lines:
        raise ValueError(f"no first paint was seen. {ran.stderr.strip()}")
    return json.loads(lines[-1])
