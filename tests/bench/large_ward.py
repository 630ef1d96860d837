"""What is due today on a large ward: how long the whole ward list takes to be worked out anew.

A window that stays open all night works it out each minute, and after each record.
`python -m tests.bench.large_ward` shows how it grows up to 10,000 infants (copying them in takes a
quarter of an hour); sizes of one's own may follow, the smallest first.
"""

import sys
import tempfile
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from msgspec.structs import asdict

from tests.bench.measure import LEAST_RUNS, Measure

if TYPE_CHECKING:
    from bedside.ward.ward import Ward

NAME = "ward list of {0} infants, warm store (1000: at most 250 ms)"
SIZES, LONG_SIZES = (250, 1_000), (250, 1_000, 2_500, 5_000, 10_000)
REFERENCES = {
    "toxicity_id": "Toxicity",
    "measurement_id": "Measurement",
    "dose_id": "DoseRecord",
    "episode_id": "FeverEpisode",
    "vital_sign_id": "VitalSign",  # not copied: an episode stands without it
}
NOT_COPIED = {"id", "recorded_at", "recorded_by", "voided_at", "voided_by", "void_reason"}


def measure_ward_list(folder: Path, runs: int) -> list[Measure]:
    """Work out the ward list of large wards.

    Args:
        folder: an empty folder.
        runs: how many times each list is worked out.
    """
    return [Measure(NAME.format(size), ours=clock) for size, clock, _ in lists(folder, SIZES, runs)]


def lists(folder: Path, sizes: Sequence[int], runs: int) -> Iterator[tuple[int, float, float]]:
    """Let one ward grow and work out its list at each size.

    Args:
        folder: an empty folder.
        sizes: how many infants, the fewest first; nine at least, as the demonstration has.
        runs: how many times each list is worked out.

    Yields:
        The size, and the median of the time by the clock and of the processor's, in milliseconds.
    """
    from bedside.app import system_clock
    from bedside.demonstration import make_demonstration_ward

    ward = make_demonstration_ward(folder / "ward", system_clock())
    try:
        for size in sizes:
            _grow(ward, size)
            yield size, *time_list(ward, size, runs)
    finally:
        ward.store.close()


def time_list(ward: "Ward", size: int, runs: int) -> tuple[float, float]:
    """Work the list out over and over, from a warm store.

    Returns:
        The median of the time by the clock and of the processor's, in milliseconds.

    Raises:
        ValueError: the list has not as many infants as it must.
    """
    from bedside.ward.board import board
    from bedside.ward.board_ahead import judging

    board(ward)
    deque(judging(ward), maxlen=0)  # as the window does after its first paint
    board(ward)
    clock, processor = [], []
    for _ in range(max(runs, LEAST_RUNS)):
        began, worked = perf_counter(), process_time()
        rows = board(ward).rows
        clock.append((perf_counter() - began) * 1000)
        processor.append((process_time() - worked) * 1000)
    if len(rows) != size:
        raise ValueError(f"{len(rows)} infants on the list instead of {size}")
    return median(clock), median(processor)


def _grow(ward: "Ward", size: int) -> None:
    """Copy the demonstration's infants, with all that is recorded of them, until there are enough."""
    from bedside.store.queries import all_of
    from bedside.store.records import Infant
    from bedside.ward.facts import _KINDS

    with ward.store.reading() as connection:
        infants = all_of(connection, Infant)
        models = infants[:8]
        rows = {
            kind: [
                row for row in all_of(connection, kind) if row.infant_id in {m.id for m in models}
            ]
            for kind in _KINDS
        }
    there = len(infants)
    while there < size:
        with ward.store.change("Bench", "copied an infant", ward.now()) as change:
            for model in models[: size - there]:
                there += 1
                new = change.add(
                    Infant,
                    **{
                        **_own(model),
                        "family": f"{model.family}-{there}",
                        "hospital_number": f"B {there}",
                        "bed": str(there),
                    },
                )
                copied: dict[tuple[str, int | None], int] = {}  # by table and old number
                for kind, kept in rows.items():
                    for row in kept:
                        if row.infant_id != model.id:
                            continue
                        values = {**_own(row), "infant_id": new}
                        for column, about in REFERENCES.items():
                            if column in values:
                                values[column] = copied.get((about, values[column]))
                        copied[kind.__name__, row.id] = change.add(kind, **values)


def _own(row: object) -> dict[str, object]:
    return {key: value for key, value in asdict(row).items() if key not in NOT_COPIED}


def main(words: Sequence[str]) -> None:
    """Print a line for each size."""
    sizes = [int(word) for word in words] or LONG_SIZES
    with tempfile.TemporaryDirectory(prefix="bedside-bench-") as room:
        for size, clock, processor in lists(Path(room), sizes, LEAST_RUNS):
            print(
                f"{size:6} infants: {clock:7.1f} ms by the clock, {processor:7.1f} of the processor, "
                f"{1000 * processor / size:5.0f} µs for each",
                flush=True,
            )


if __name__ == "__main__":
    main(sys.argv[1:])
