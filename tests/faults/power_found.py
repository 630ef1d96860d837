"""What is found of a ward after a power cut, and what had been confirmed by then (P2)."""

import sys
from pathlib import Path
from typing import NamedTuple

from bedside.store.keys import Keys
from bedside.store.store import Store
from bedside.store.troubles import Damaged
from bedside.units.refusal import Refused
from tests.faults.scene import findings, opened


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
