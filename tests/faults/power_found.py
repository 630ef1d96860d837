"""What is found of a ward after a power cut, and what had been confirmed by then (P2)."""

import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from bedside.store import engine
from bedside.store.audit import COLUMNS, answered_for
from bedside.store.audit_walk import verify
from bedside.store.keys import Keys
from bedside.store.opening import FILE
from bedside.store.store import Store
from bedside.store.troubles import Damaged
from bedside.units.refusal import Refused
from tests.faults.scene import findings, opened

Written = dict[str, list[tuple[Any, ...]]]  # each table's rows in the order of their numbers


class Found(NamedTuple):
    """What is wrong with a ward after a cut; all zero where everything holds."""

    lost: int = 0
    half: int = 0
    shut_out: int = 0
    words: str = ""


def say(word: str, number: int = 0) -> None:
    """Confirm something, as the screen does: the record keeps its place among the calls."""
    sys.stdout.write(f"{word} {number}\n")
    sys.stdout.flush()


def heard(said: list[str], word: str) -> list[int]:
    """The numbers that were confirmed with a word."""
    return [int(line.split()[1]) for line in said if line.startswith(f"{word} ")]


def judged(store: Store, confirmed: set[int]) -> Found:
    """What is lost or half in an open ward; it is closed then."""
    try:
        lost, half, _ = findings(store, confirmed)
        return Found(lost, half)
    finally:
        store.close()


def reopened(folder: Path, keys: Keys | None, confirmed: set[int]) -> Found:
    """Open a ward by the real road and judge it; a refusal to open shuts the ward out."""
    try:
        store = opened(folder, keys=keys)
    except Refused as refused:
        return Found(shut_out=1, words=str(refused))
    try:
        return judged(store, confirmed)
    except Damaged as refused:
        return Found(half=1, words=str(refused))


def written_in(folder: Path, keys: Keys | None) -> Written:
    """Every row of a closed ward, once its whole trail is verified."""
    key, seal = (None, None) if keys is None else (keys.database, keys.seal)
    with closing(engine.connect(folder / FILE, key)) as driver:
        verify(driver, None, seal)
        every = {table: rows_of(driver, table) for table in ("audit", *answered_for(driver))}
    return {table: rows for table, rows in every.items() if rows}


def rows_of(driver: Any, table: str) -> list[tuple[Any, ...]]:
    """The rows of a table in the order of their numbers."""
    return list(driver.execute(f'SELECT * FROM "{table}" ORDER BY 1'))  # noqa: S608 (own names only)


def not_as_written(held: Written, written: Written, marked: str | None) -> list[str]:
    """What of a ward that only grows is not as it was written: by its tables, or its bookmark."""
    wrong = [table for table, rows in held.items() if rows != written[table][: len(rows)]]
    trail = held["audit"]
    told = Counter(row[COLUMNS.index("table_name")] for row in trail)
    wrong += [table for table in held if table != "audit" and told[table] != len(held[table])]
    if marked and marked not in {row[COLUMNS.index("hash")] for row in trail}:
        wrong.append("bookmark")
    return wrong
