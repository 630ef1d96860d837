"""`python -m tests.bench [--json] [--runs N]`: how fast Bedside is, as ratios measured in one run.

A benchmark, not a test: it marks what is over its limit and ends with 0 all the same, unless
something could not be measured.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.backing_up import measure_backup
from tests.bench.encrypted import measure_encrypted
from tests.bench.evaluating import measure_evaluation
from tests.bench.grading import measure_grading
from tests.bench.hospital import measure_hospital
from tests.bench.large_ward import measure_ward_list
from tests.bench.measure import LEAST_RUNS, Measure
from tests.bench.on_server import measure_on_server
from tests.bench.paper import measure_sheet
from tests.bench.papers import measure_papers
from tests.bench.projecting import measure_projection
from tests.bench.saving import measure_saving
from tests.bench.screens import measure_screens
from tests.bench.start import measure_start
from tests.bench.start_large import measure_large_start
from tests.bench.trending import measure_trend
from tests.bench.ward_round import measure_ward_round

FAST_RUNS = 5  # the quick ones are measured this many times as often
HEAD = ("what", "ours", "floor", "ratio", "limit", "verdict", "measured against")


def main() -> int:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--runs", type=int, default=9, help="starts of each process, 7 at least")
    args = parser.parse_args()
    runs = max(args.runs, LEAST_RUNS)
    with tempfile.TemporaryDirectory(prefix="bedside-bench-") as room:
        # this machine's own text size and language are not measured
        os.environ["XDG_CONFIG_HOME"] = str(Path(room, "settings"))
        found = measure_all(Path(room), runs)
    if args.json:
        print(json.dumps({"runs": runs, "measures": [one.as_json() for one in found]}, indent=1))
    else:
        print(table(found))
    return int(any(one.trouble for one in found))


def measure_all(room: Path, runs: int) -> list[Measure]:
    """Measure one thing after the other; one that fails hides no other."""
    jobs: list[tuple[str, Callable[[], list[Measure]]]] = [
        ("start", lambda: measure_start(room / "start", runs)),
        ("saving", lambda: measure_saving(room / "saving", runs * FAST_RUNS)),
        ("encrypted", lambda: measure_encrypted(room / "encrypted", runs * FAST_RUNS)),
        ("grading", lambda: [measure_grading(LEAST_RUNS)]),
        ("sheet", lambda: [measure_sheet(runs * FAST_RUNS)]),
        ("papers", lambda: measure_papers(room / "papers", runs)),
        ("projection", lambda: [measure_projection(runs * FAST_RUNS)]),
        ("evaluation", lambda: [measure_evaluation(runs * FAST_RUNS)]),
        ("trend", lambda: measure_trend(runs * FAST_RUNS)),
        ("screens", lambda: measure_screens(room / "screens", runs * FAST_RUNS)),
        ("ward round", lambda: measure_ward_round(room / "ward round", runs)),
        ("backup", lambda: measure_backup(room / "backup")),
        ("large start", lambda: measure_large_start(room / "large start")),
        ("ward list", lambda: measure_ward_list(room / "ward list", runs)),
        ("on a server", lambda: measure_on_server(room / "on a server", runs * FAST_RUNS)),
        ("hospital", lambda: measure_hospital(room / "hospital", runs)),
    ]
    found: list[Measure] = []
    for name, job in jobs:
        (room / name).mkdir()
        try:
            found += job()
        except Exception as error:  # noqa: BLE001 (what cannot be measured is said in the table)
            found.append(Measure(name, trouble=f"{type(error).__name__}: {error}"))
    return found


def table(found: list[Measure]) -> str:
    """Write the measures for people."""
    rows = [HEAD, *(_row(one) for one in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if 1 <= column <= 4 else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _row(one: Measure) -> tuple[str, ...]:
    if one.trouble:
        return (one.name, "", "", "", "", one.verdict, one.trouble)
    return (
        one.name,
        f"{one.ours:.1f} {one.unit}",
        "" if one.floor is None else f"{one.floor:.1f} {one.unit}",
        "" if one.ratio is None else f"{one.ratio:.2f}",
        "" if one.limit is None else f"{one.limit:.1f}",
        one.verdict,
        one.floor_name,
    )


if __name__ == "__main__":
    sys.exit(main())
