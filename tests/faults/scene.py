"""What every fault test does over and over: saves through the real road, and a check that none is lost.

One save is a blood count with a weight, in one change. It is confirmed by its number only after
`Store.change` has ended, as the screen does it.
"""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from bedside.store.keys import Keys
from bedside.store.opening import open_store
from bedside.store.queries import all_of
from bedside.store.records import BloodCount, Infant, Measurement
from bedside.store.store import Store

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)
WHO = "E. Berg, RN"
KEYS = Keys(bytes(range(32)), bytes(32))  # of the encrypted wards of the fault tests


def opened(folder: Path, *, create: bool = False, keys: Keys | None = None) -> Store:
    """Open the ward of a fault test by the real road."""
    return open_store(folder, now=NOW, create=create, keys=keys)


def make_ward(folder: Path, saves: int = 0, keys: Keys | None = None) -> None:
    """A closed ward with one infant and some saves."""
    store = opened(folder, create=True, keys=keys)
    with store.change(WHO, "enrolled an infant", NOW) as change:
        change.add(
            Infant, family="TESTLING", given="Ida", sex="f", born=NOW.date() - timedelta(days=90),
            gestation_days=273, hospital_number="T 1", bed="1", allergies="none known", line="",
        )  # fmt: skip
    for number in range(saves):
        save(store, number)
    store.close()


def save(store: Store, number: int) -> int:
    """Save a count and a weight together; return the count's id, once it is on the disk."""
    with store.change(WHO, "recorded a blood count", NOW) as change:
        count = change.add(
            BloodCount, infant_id=1, taken_at=NOW + timedelta(minutes=number), specimen=f"{number}",
            wbc_state="done", wbc_per_ul=3000 + number % 1000, neutrophils_percent=Decimal("15.5"),
            anc_state="done", anc_per_ul=number % 5000, anc_source="analyser",
            platelets_state="pending", haemoglobin_state="not done", unusual_reason="",
        )  # fmt: skip
        change.add(
            Measurement, infant_id=1, measured_at=NOW + timedelta(minutes=number),
            weight_g=5000 + number % 1000, length_mm=None, unusual_reason="",
        )  # fmt: skip
    return count


def number_of(store: Store) -> int:
    """How many saves the ward holds."""
    with store.reading() as connection:
        return len(all_of(connection, BloodCount, include_void=True))


def findings(store: Store, confirmed: set[int]) -> tuple[int, int, int]:
    """What is wrong after a fault: saves lost, saves half there; and saves never confirmed."""
    with store.reading() as connection:
        counts = {row.id: row for row in all_of(connection, BloodCount, include_void=True)}
        weights = all_of(connection, Measurement, include_void=True)
    store.verify_audit()
    lost = len(confirmed - counts.keys())
    at_count = {row.taken_at for row in counts.values()}
    half = len(at_count ^ {row.measured_at for row in weights})
    half += 0 if sorted(counts) == list(range(1, len(counts) + 1)) else 1
    half += sum(row.anc_per_ul != int(row.specimen) % 5000 for row in counts.values())
    return lost, half, len(counts.keys() - confirmed)


def said(**facts: object) -> None:
    """Say the outcome as one line of JSON, for the test that started us."""
    print(json.dumps(facts), flush=True)  # noqa: T201
