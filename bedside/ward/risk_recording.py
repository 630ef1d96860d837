"""Recording what risk group, arm and transplant rest on: each item once, a correction with its reason."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from bedside.protocol.mrd import METHODS, read_limit, read_mrd
from bedside.protocol.path import allocated_arm
from bedside.store.records import Record
from bedside.store.risk_records import ArmAllocation, MrdLevel, RiskFact
from bedside.units.bounds import Bound
from bedside.units.dates import write_date
from bedside.units.quantities import Blasts, WhiteCells
from bedside.units.refusal import Refused
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.risk_facts import BILLION, DONE, fact, group_of
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.change import Change

NOT_TO_BE_DONE = "not to be done"


class NewMrd(Struct, frozen=True):
    """A result as typed: time point, day, result, method, and the method's limit ("" if unknown)."""

    point: str
    taken_on: date
    result: str
    method: str
    sees: str = ""


class NewRisk(Struct, frozen=True):
    """What a person enters; None and "" are not entered. ``reason`` for what replaces an entry."""

    white_cells: WhiteCells | Bound[WhiteCells] | None = None
    day8_blasts: Blasts | Bound[Blasts] | None = None
    blasts_on: date | None = None
    partner: str = ""
    arm: str = ""
    allocated_on: date | None = None
    allocated_by: str = ""
    transplant: str = ""
    transplant_on: date | None = None
    mrd: NewMrd | None = None
    reason: str = ""


Cells = WhiteCells | Blasts | Bound[WhiteCells] | Bound[Blasts]
Write = Callable[["Change"], None]


@one_act
def record_risk(ward: Ward, infant_id: int, form: NewRisk, *, who: str) -> None:
    """Keep everything entered, in one change.

    Args:
        ward: the ward.
        infant_id: the infant.
        form: what was entered.
        who: who records it.

    Raises:
        Refused: with every reason; then nothing of the form is kept.
    """
    who = named(who)
    facts = facts_of(ward, infant_id)
    desk = _Desk(facts, ward.today(), form.reason.strip())
    desk.count("white-cells", form.white_cells, facts.enrolment.diagnosed_on)
    desk.count("day8-blasts", form.day8_blasts, form.blasts_on)
    desk.word("partner", form.partner, facts.enrolment.kmt2a_on or facts.enrolment.diagnosed_on)
    desk.word("transplant", form.transplant, form.transplant_on)
    desk.arm(form)
    desk.mrd(form.mrd)
    if not desk.writes and not desk.faults:
        desk.faults.append("Nothing was entered: enter at least one item.")
    if desk.faults:
        raise Refused(*desk.faults)
    with ward.store.change(who, "recorded risk and arm", ward.now()) as change:
        for write in desk.writes:
            write(change)


class _Desk:
    """Checks each item and collects what is to be written, and what is wrong."""

    def __init__(self, facts: InfantFacts, today: date, reason: str) -> None:
        self.facts = facts
        self.today = today
        self.reason = reason
        self.faults: list[str] = []
        self.writes: list[Write] = []

    def count(self, kind: str, cells: Cells | None, on: date | None) -> None:
        """White cells at diagnosis, or blasts on day 8; a bound is kept with its sign."""
        if cells is None:
            return
        if on is None:
            self.faults.append("Blasts on day 8: the day of the count is missing.")
        elif self._past(on, "The count") and (kind != "day8-blasts" or self._day_8(on)):
            sign, seen = (cells.sign, cells.figure) if isinstance(cells, Bound) else ("", cells)
            values = {"kind": kind, "per_ul": seen.per_ul, "word": sign, "on_day": on}
            self._put(fact(self.facts, kind), RiskFact, **values)

    def word(self, kind: str, word: str, on: date | None) -> None:
        """The fusion partner, or a transplant."""
        if not word:
            return
        known = {
            "partner": [partner.key for partner in self.facts.protocol.strata.partners],
            "transplant": [DONE, NOT_TO_BE_DONE],
        }[kind]
        if word not in known:
            self.faults.append(f"{kind.capitalize()} “{word}” is not known on this protocol.")
        elif on is None:
            self.faults.append("Transplant: its day, or the day of the decision, is missing.")
        elif self._past(on, kind.capitalize()):
            values = {"kind": kind, "per_ul": None, "word": word, "on_day": on}
            self._put(fact(self.facts, kind), RiskFact, **values)

    def arm(self, form: NewRisk) -> None:
        """The arm as allocated elsewhere."""
        if not form.arm:
            return
        try:
            arm = allocated_arm(self.facts.protocol, form.arm, group_of(self.facts) or None)
        except Refused as refusal:
            self.faults.extend(refusal.reasons)
            return
        if form.allocated_on is None or not form.allocated_by.strip():
            self.faults.append("Arm: say when and by whom it was allocated.")
        elif self._past(form.allocated_on, "The allocation"):
            old = self.facts.allocations[-1] if self.facts.allocations else None
            self._put(old, ArmAllocation, arm=arm.key, allocated_on=form.allocated_on,
                      allocated_by=form.allocated_by.strip())  # fmt: skip

    def mrd(self, form: NewMrd | None) -> None:
        """A result of residual disease."""
        if form is None:
            return
        try:
            result = read_mrd(form.result)
            sees = read_limit(form.sees) if form.sees.strip() else None
            level = None if result.fraction is None else per_billion(result.fraction)
            limit = None if sees is None else per_billion(sees)
        except Refused as refusal:
            self.faults.extend(refusal.reasons)
            return
        points = [point.key for point in self.facts.protocol.strata.mrd_points]
        if form.point not in points or form.method not in dict(METHODS):
            self.faults.append("MRD: choose its time point and its method.")
        elif self._past(form.taken_on, "The sample"):
            old = next((row for row in self.facts.mrd if row.point == form.point), None)
            self._put(old, MrdLevel, point=form.point, taken_on=form.taken_on, state=result.kind,
                      per_billion=level, method=form.method, sees_per_billion=limit)  # fmt: skip

    def _day_8(self, on: date) -> bool:
        """Whether a day is day 8 of the course that begins with the pre-phase; a fault where not."""
        first = self.facts.protocol.courses[0]
        start = self.facts.start_of(first.key)
        if start is None:
            self.faults.append(
                f"Blasts on day 8: day 8 is counted from day 1 of {first.title}, which is not "
                f"recorded: open {first.title} first."
            )
            return False
        day_8 = start.day_1 + timedelta(days=7)
        if on == day_8:
            return True
        self.faults.append(
            f"Blasts on day 8: {write_date(on)} is not day 8 of {first.title}, which is "
            f"{write_date(day_8)}: the rule takes the count of that day only. Correct the day, or leave "
            "the count out."
        )
        return False

    def _past(self, on: date, what: str) -> bool:
        if self.facts.infant.born <= on <= self.today:
            return True
        self.faults.append(
            f"{what} on {write_date(on)} must lie between the birth and today: correct the date."
        )
        return False

    def _put(self, old: Record | None, table: type[Record], /, **values: object) -> None:
        """Add a row; one that stands is struck out with the reason, and stays readable."""
        if old is not None and not self.reason:
            self.faults.append(
                "This was recorded before: a correction needs its reason, say what was wrong."
            )
            return
        infant_id = self.facts.infant.id

        def write(change: "Change") -> None:
            if old is not None:
                change.void(table, old.id, self.reason)
            change.add(table, infant_id=infant_id, **values)

        self.writes.append(write)


def mrd_refusals(result: str, sees: str) -> tuple[str, str]:
    """Why a typed MRD result and its limit of detection cannot be read; "" where they can, or are empty."""

    def why(text: str, read: Callable[[str], object]) -> str:
        try:
            if text.strip():
                read(text)
        except Refused as refused:
            return " ".join(refused.reasons)
        return ""

    return why(result, read_mrd), why(sees, read_limit)


def per_billion(fraction: Decimal) -> int:
    """A fraction of cells in whole parts of 1 000 000 000, as the store keeps it.

    Raises:
        Refused: finer than any method sees.
    """
    parts = fraction * BILLION
    if parts != parts.to_integral_value():
        raise Refused("MRD is kept to 1 in 1 000 000 000 cells: write it with fewer digits.")
    return int(parts)
