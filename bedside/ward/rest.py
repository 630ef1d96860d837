"""What remains of a dose whose infusion was broken off, and what a physician decided about it.

The program takes what went in off the whole dose and says both; it never offers the whole dose, or
the rest, by itself: the prescriber says rest, whole again, or nothing more, and why.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from bedside.store.infusion_records import InfusionPart, RestDecision
from bedside.store.records import DoseRecord
from bedside.units.quantities import DrugAmount
from bedside.units.writer import write_amount
from bedside.ward.broken_off import DECIDES, broken_off, broken_words
from bedside.ward.facts import InfantFacts
from bedside.ward.views.orders import OrderKey

Decision = Literal["rest", "whole", "nothing"]
SAID: dict[str, str] = {
    "rest": "the rest is given",
    "whole": "the whole dose is given again",
    "nothing": "nothing more is given",
}
WHERE = "Doses, Orders, Decide on the rest"


class RestState(Struct, frozen=True):
    """A dose whose infusion was broken off.

    Args:
        row: the record of the newest infusion that was broken off.
        parts: of every infusion of this dose, broken off since the last whole one; None in it where
            it is not on record how much went in.
        decision: what was decided on the newest one, None while nobody has.
        closed: the dose was recorded as given, or as not given, afterwards.
    """

    row: DoseRecord
    parts: tuple[InfusionPart | None, ...]
    decision: RestDecision | None
    closed: bool = False

    @property
    def is_open(self) -> bool:
        """Whether a physician has still to decide."""
        return self.decision is None and not self.closed

    @property
    def given(self) -> DrugAmount | None:
        """What went in so far, 0 mg for nothing; None where it is not known."""
        if any(part is None or part.went_in == "not known" for part in self.parts):
            return None
        known = (part.amount for part in self.parts if part is not None)
        return DrugAmount(sum((one for one in known if one is not None), Decimal(0)))

    @property
    def words(self) -> str:
        """The infusion, how much went in, and what was or is to be decided."""
        return f"{broken_words(self.row)}; {self.decided_words}"

    @property
    def decided_words(self) -> str:
        """As "A. Okonjo decided: the rest is given, 8.5 mg (new line)"; or that it is to be decided."""
        if self.decision is None:
            return f"{DECIDES}{self._left()}"
        amount = self.decision.amount
        much = "" if amount is None else f", {write_amount(DrugAmount(amount))}"
        by = self.decision.recorded_by.partition(",")[0]
        return f"{by} decided: {SAID[self.decision.decision]}{much} ({self.decision.reason})"

    def _left(self) -> str:
        """How much of the newest vial did not go in, where that is known."""
        part = self.parts[-1]
        if part is None or part.went_in == "not known" or self.row.amount_ug is None:
            return "; how much of it is left is not known"
        left = Decimal(self.row.amount_ug) / 1000 - (part.amount or 0)
        return f"; {write_amount(DrugAmount(left))} of it did not go in"


def rest_state(facts: InfantFacts, key: OrderKey) -> RestState | None:
    """What became of a dose whose infusion was broken off; None where none was.

    Args:
        facts: what is recorded of the infant.
        key: course key, course day, drug, route.
    """
    rows = [row for row in facts.doses if key_of_record(row) == key]
    broken = sorted((row for row in rows if broken_off(row)), key=_began)
    if not broken:
        return None
    newest = broken[-1]
    closed = any(row.state in ("given", "not given") and _after(row, newest) for row in rows)
    parts = tuple(facts.parts.get(row.id) for row in _since_whole(facts, broken))
    return RestState(newest, parts, facts.rests.get(newest.id), closed)


def open_rests(facts: InfantFacts) -> tuple[RestState, ...]:
    """Every broken-off infusion on which a physician has still to decide, the oldest first."""
    keys = dict.fromkeys(key_of_record(row) for row in facts.doses if broken_off(row))
    states = (rest_state(facts, key) for key in keys)
    return tuple(one for one in states if one is not None and one.is_open)


def rest_words(facts: InfantFacts, row: DoseRecord) -> str:
    """What was decided, or is to be decided, after one broken-off infusion."""
    state = rest_state(facts, key_of_record(row))
    if state is not None and state.row.id == row.id:
        return "the dose was given afterwards" if _undecided(state) else state.decided_words
    earlier = facts.rests.get(row.id)
    return DECIDES if earlier is None else f"then {SAID[earlier.decision]}"


def given_of_rest(facts: InfantFacts, key: OrderKey) -> DrugAmount | None:
    """What is taken off the whole dose, where a physician decided that the rest is given."""
    if not facts.rests:  # as of nearly every infant: asked for each dose that is worked out
        return None
    state = rest_state(facts, key)
    if state is None or state.decision is None or state.decision.decision != "rest":
        return None
    given = state.given
    return given if given is not None and given.value > 0 else None


def still_to_give(facts: InfantFacts, row: DoseRecord) -> bool:
    """Whether a physician decided that more is given of a dose that was broken off."""
    decided = facts.rests.get(row.id)
    return broken_off(row) and decided is not None and decided.decision != "nothing"


def key_of_record(row: DoseRecord) -> OrderKey:
    """Which planned dose a record is about."""
    return row.course_key, row.course_day, row.drug, row.route


def _began(row: DoseRecord) -> tuple[datetime, int]:
    return row.started_at or row.recorded_at, row.id


def _after(row: DoseRecord, broken: DoseRecord) -> bool:
    """Whether a dose came after a broken-off infusion, also where that was put right later."""
    if row.started_at is not None and broken.started_at is not None:
        return row.started_at > broken.started_at
    return row.id > broken.id


def _undecided(state: RestState) -> bool:
    return state.closed and state.decision is None


def _since_whole(facts: InfantFacts, broken: Sequence[DoseRecord]) -> Sequence[DoseRecord]:
    """The broken-off infusions that one whole dose is made of: those since it was last ordered whole."""
    begins = 0
    for place, row in enumerate(broken[:-1]):
        decided = facts.rests.get(row.id)
        if decided is None or decided.decision != "rest":
            begins = place + 1
    return broken[begins:]
