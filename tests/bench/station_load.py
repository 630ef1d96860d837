"""Stations that save at a steady pace, as a process of its own: `on_server` starts some and adds them up.

Each is a store of its own, with its own connection; a set of counts is kept every two seconds, which is
far more than people do.
"""

import json
import sys
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from random import random

from bedside.store.opening import open_store
from bedside.store.records import BloodCount
from bedside.store.store import Store

PACE_S = 2.0


def work(
    store: Store, row: dict[str, object], numbers: Iterator[int], until: float, took: list[float]
) -> None:
    """Save until a moment; note how long each save took, in milliseconds."""
    at: datetime = row["taken_at"]  # type: ignore[assignment]  # it is one
    due = time.monotonic() + PACE_S * random()
    while due < until:
        time.sleep(max(0.0, due - time.monotonic()))
        taken = at + timedelta(microseconds=next(numbers))
        began = time.perf_counter()
        with store.change("Bench", "recorded a blood count", at) as change:
            change.add(BloodCount, **{**row, "taken_at": taken})
        took.append((time.perf_counter() - began) * 1000)
        due += PACE_S


def main(folder: str, address: str, first: str, stations: str) -> None:
    """Open the stations; at each line of standard input work for so many seconds."""
    from tests.bench.on_server import NOW, count_row

    stores = [
        open_store(Path(folder) / f"s{first}-{number}", now=NOW, create=False, server=address)
        for number in range(int(stations))
    ]
    numbers = [count((int(first) + number) * 100_000) for number in range(int(stations))]
    print("ready", flush=True)
    for line in sys.stdin:
        took: list[float] = []
        until = time.monotonic() + float(line)
        threads = [
            threading.Thread(
                target=work,
                args=(store, count_row(), numbers[at], until, took),
            )
            for at, store in enumerate(stores)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        print(json.dumps(took), flush=True)
    for store in stores:
        store.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
