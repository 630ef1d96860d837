"""Invented blood counts behind the demonstration's infants: each course falls and recovers."""

import random
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

START_ANC, START_PLATELETS = 900, 60_000


class PastCount(Struct, frozen=True):
    """One invented count of the past."""

    days_ago: int
    anc: int
    platelets: int
    haemoglobin_tenths: int

    def columns(self) -> dict[str, Any]:
        """The store's columns; the analyser gave the ANC, no differential was typed."""
        white = self.anc * 3 + 600
        return {
            "wbc_state": "done",
            "wbc_per_ul": white // 10 * 10,
            "neutrophils_percent": None,
            "bands_percent": None,
            "lymphocytes_percent": None,
            "monocytes_percent": None,
            "other_percent": None,
            "blasts_percent": None,
            "anc_state": "done",
            "anc_per_ul": self.anc,
            "anc_source": "analyser",
            "platelets_state": "done",
            "platelets_per_ul": self.platelets,
            "haemoglobin_state": "done",
            "haemoglobin_tenths_g_per_l": self.haemoglobin_tenths,
            "unusual_reason": "",
        }


def history(story: dict[str, Any], chance: random.Random) -> Iterator[PastCount]:
    """Counts every second or third day from the first course to yesterday.

    The count on the morning of each EPI block, and the day before, meets the start rule.
    """
    seen: set[int] = set()
    starts = [(str(key), int(days)) for key, days in story["starts"]]
    last = story["last-count"]
    target = int(last["wbc"]) * (int(last["neutrophils"]) + int(last["bands"])) // 100
    for place, (key, begins) in enumerate(starts):
        ends = starts[place + 1][1] if place + 1 < len(starts) else 0
        final = (
            (_recovered(chance)) if place + 1 < len(starts) else (target, int(last["platelets"]))
        )
        for count in _course(key, begins, ends, final, chance):
            if count.days_ago not in seen:
                seen.add(count.days_ago)
                yield count


def _recovered(chance: random.Random) -> tuple[int, int]:
    return chance.randrange(720, 1400), chance.randrange(72, 160) * 1000


def _course(
    key: str, begins: int, ends: int, final: tuple[int, int], chance: random.Random
) -> Iterator[PastCount]:
    days = begins - ends
    nadir = (chance.randrange(40, 120), chance.randrange(14, 34) * 1000)
    if key.startswith("epi") or key == "maintenance" or days < 8:
        nadir = (final[0] * 8 // 10, final[1] * 8 // 10)
    first = begins - (0 if ends == 0 and days < 4 else 2)
    for days_ago in range(first, ends, -2 if days < 60 else -5):
        part = (begins - days_ago) * 100 // max(days, 1)
        yield _count(days_ago, part, nadir, final, chance)
    if ends > 0:
        # the morning of the next course's day 1
        yield PastCount(ends, final[0], final[1] // 1000 * 1000, chance.randrange(820, 960))


def _count(
    days_ago: int, part: int, nadir: tuple[int, int], final: tuple[int, int], chance: random.Random
) -> PastCount:
    """``part`` is how much of the course has passed, in hundredths; the lowest lies at 65."""
    if part < 65:
        anc = START_ANC - (START_ANC - nadir[0]) * part // 65
        platelets = START_PLATELETS * 2 - (START_PLATELETS * 2 - nadir[1]) * part // 65
    else:
        up = part - 65
        anc = nadir[0] + (final[0] - nadir[0]) * up * up // (35 * 35)
        platelets = nadir[1] + (final[1] - nadir[1]) * up // 35
    wobble = chance.randrange(88, 113)
    return PastCount(
        days_ago=days_ago,
        anc=max(anc * wobble // 100, 0) // 10 * 10,
        platelets=max(platelets * wobble // 100, 4000) // 1000 * 1000,
        haemoglobin_tenths=chance.randrange(760, 980),
    )
