"""An encrypted ward: a set of counts saved durably against a raw plain commit, and how soon it opens."""

from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter

from bedside.store.key_doors import make_keys, open_by_passphrase
from bedside.store.opening import open_store
from tests.bench.measure import LEAST_RUNS, Measure
from tests.bench.saving import measure_saving

WORDS = "heron lantern gravel sixteen plum"
UNLOCK = "unlock an encrypted ward (passphrase, checks, trail)"
UNLOCK_LIMIT = "two seconds"
_LIMIT_MS = 2000.0


def measure_encrypted(folder: Path, runs: int) -> list[Measure]:
    """Save by turns into an encrypted ward and a raw plain file; then open the ward, over and over."""
    ward = folder / "ward"
    keys = make_keys(ward, WORDS).keys
    saved = measure_saving(folder, runs, keys)
    return [*saved, measure_unlock(ward)]


def measure_unlock(ward: Path) -> Measure:
    """From the passphrase to the open store, as slow as it was calibrated here."""
    now = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
    times = []
    for _ in range(LEAST_RUNS):
        began = perf_counter()
        keys = open_by_passphrase(ward, WORDS, now)
        store = open_store(ward, now=now, create=False, keys=keys)
        times.append((perf_counter() - began) * 1000)
        store.close()
    return Measure(UNLOCK, UNLOCK_LIMIT, "ms", median(times), _LIMIT_MS, 1.0)
