"""H41: on an ordinary shift hardly anything is asked twice or named beside a field: 1 in 20 saves at most."""

import random
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bedside.app import open_ward
from bedside.store.queries import all_of
from bedside.store.records import Infant
from bedside.units.quantities import BodyWeight, Haemoglobin, Platelets
from bedside.ward.count_judging import judge_count
from bedside.ward.counting import record_counts
from bedside.ward.demonstration import MovableClock
from bedside.ward.facts import facts_of
from bedside.ward.fever_signs import NewSign, NewSigns, judge_typed, record_signs
from bedside.ward.forms import NewCounts, NewSize
from bedside.ward.weighing import judge_weight, record_size
from tests.made_wards import copy_demonstration

MORNING = datetime(2026, 11, 20, 10, 42, tzinfo=ZoneInfo("Europe/Berlin"))
NURSE = "E. Sørensen, RN"
USUAL = {"heart-rate": 125, "breaths": 32}  # of an infant at rest; each has her own beside it
SETS = 4  # of vital signs in eight hours


class Shift:
    """One nurse's eight hours with every infant of the demonstration ward; what she is told, counted."""

    def __init__(self, folder: Path) -> None:
        self.clock, self.chance = MovableClock(MORNING), random.Random(20261122)
        self.ward = open_ward(copy_demonstration(MORNING, folder), self.clock, create=False)
        self.saves, self.notes = 0, []
        with self.ward.store.reading() as connection:
            self.infants = [row.id for row in all_of(connection, Infant)]

    def told(self, judged) -> str:
        """Count what is asked or named; what is kept with a value that was typed a second time."""
        said = judged.level != "usual" or bool(judged.named)
        if said:
            self.notes.append(judged.words or judged.named)
        return "typed a second time" if judged.level != "usual" else ""

    def near(self, value: float, share: float) -> float:
        return value * (1 + self.chance.gauss(0, share))

    def signs(self, infant: int, own: dict[str, int]) -> None:
        numbers = {key: round(self.near(rate, 0.06)) for key, rate in own.items()}
        degrees = f"{36.8 + self.chance.gauss(0, 0.25):.1f}"
        signs = (
            NewSign("temperature", degrees, "°C", "axillary"),
            *(NewSign(key, str(number)) for key, number in numbers.items()),
        )
        why = [self.told(judge_typed(self.ward, infant, one, self.ward.now())) for one in signs]
        form = NewSigns(self.ward.now(), signs, next(filter(None, why), ""))
        record_signs(self.ward, infant, form, who=NURSE)
        self.saves += 1

    def weigh(self, infant: int) -> None:
        weights = facts_of(self.ward, infant).measurements
        if not weights:
            return
        weight = BodyWeight(int(round(self.near(weights[-1].weight_g, 0.008), -1)))
        why = self.told(judge_weight(self.ward, infant, weight, self.ward.now()))
        record_size(self.ward, infant, NewSize(weight, None, self.ward.now(), why), who=NURSE)
        self.saves += 1

    def count(self, infant: int) -> None:
        last = [row for row in facts_of(self.ward, infant).counts if row.platelets_per_ul]
        if not last:
            return
        platelets = Platelets(int(round(self.near(last[-1].platelets_per_ul, 0.08), -3)))
        tenths = last[-1].haemoglobin_tenths_g_per_l
        haemoglobin = None if tenths is None else Haemoglobin(round(self.near(tenths, 0.04)))
        why = [
            self.told(judge_count(self.ward, infant, value))
            for value in (platelets, haemoglobin)
            if value is not None
        ]
        form = NewCounts(
            self.ward.now(), "central line", None, "not done", None, None, None, None, None, None,
            None, "not done", platelets, "done", haemoglobin,
            "not done" if haemoglobin is None else "done", next(filter(None, why), ""),
        )  # fmt: skip
        record_counts(self.ward, infant, form, who=NURSE)
        self.saves += 1

    def work(self) -> None:
        own = {
            infant: {key: round(self.near(rate, 0.08)) for key, rate in USUAL.items()}
            for infant in self.infants
        }
        for turn in range(SETS):
            for infant in self.infants:
                self.clock.now += timedelta(minutes=8 * 60 / SETS / len(self.infants))
                self.signs(infant, own[infant])
                if turn == 0:
                    self.weigh(infant)
                if turn == 1:
                    self.count(infant)


def test_an_ordinary_shift_brings_hardly_a_note(tmp_path) -> None:
    shift = Shift(tmp_path / "ward")
    try:
        shift.work()
    finally:
        shift.ward.store.close()
    assert shift.saves >= 45
    assert len(shift.notes) <= shift.saves / 20, shift.notes
