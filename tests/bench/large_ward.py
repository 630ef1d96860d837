"""What is due today on a large ward: how long the whole ward list takes to be worked out anew.

A window that stays open all night works it out each minute, and after each record. With
BEDSIDE_EXAMPLES=long it goes up to 10,000 infants (copying them in takes some minutes).
"""

import os
from pathlib import Path
from statistics import median
from time import perf_counter

from msgspec.structs import asdict

from tests.bench.measure import LEAST_RUNS, Measure

NAME = "ward list of {0} infants, warm store (1000: at most 250 ms)"
SIZES, LONG_SIZES = (250, 1_000), (1_000, 10_000)
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
    from bedside.app import system_clock
    from bedside.demonstration import make_demonstration_ward
    from bedside.ward.board import board

    sizes = LONG_SIZES if os.environ.get("BEDSIDE_EXAMPLES") == "long" else SIZES
    found = []
    ward = make_demonstration_ward(folder / "ward", system_clock())
    try:
        for size in sizes:
            _grow(ward, size)
            board(ward)
            times = []
            for _ in range(max(runs, LEAST_RUNS)):
                began = perf_counter()
                rows = board(ward).rows
                times.append((perf_counter() - began) * 1000)
            if len(rows) != size:
                raise ValueError(f"{len(rows)} infants on the list instead of {size}")
            found.append(Measure(NAME.format(size), ours=median(times)))
    finally:
        ward.store.close()
    return found


def _grow(ward: object, size: int) -> None:
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
