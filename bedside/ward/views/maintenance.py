"""What the page of the doses by mouth in Maintenance shows."""

from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from bedside.ward.views.marks import Banner, Mark


class DrugLine(Struct, frozen=True):
    """One drug: what is in force, what the rule proposes and why."""

    drug: str
    name: str
    every: str  # "day" or "week", "" where no rule says
    in_force: str  # "125 %, 27.5 mg, from 01-Oct-2026", "no dose so far"
    mark: Mark
    action: str  # "raise", "stop" …; "" where there is no rule
    headline: str  # "RAISE to 125 %: 27.5 mg each day"
    percent: Decimal | None  # proposed; None where nothing is
    amount_mg: Decimal | None
    because: tuple[str, ...]
    steps: tuple[str, ...]
    missing: tuple[str, ...]
    cautions: tuple[str, ...]
    shown: str  # the whole proposal as one text: kept with the decision


class DecisionRow(Struct, frozen=True):
    """One decision, as recorded."""

    titration_id: int
    drug: str
    name: str
    from_on: date
    dose: str  # "125 %, 27.5 mg"
    percent: Decimal | None
    decision: str  # "accepted", "overridden", "recorded"
    reason: str
    proposal: str
    recorded_by: str
    recorded_at: datetime
    voided: str  # reason when struck out, else ""
    signed: str = ""  # who prescribed, verified and released it, and what is still open
    waiting: str = ""  # "VERIFIED", "RELEASED": what it waits for; "" once it is in force


class CheckPoint(Struct, frozen=True):
    """One blood count of the chart; None where it is unknown."""

    at: datetime
    anc_per_ul: int | None
    platelets_per_ul: int | None
    anc_state: str = "done"  # why there is no number: "not done", "pending" or "unusable"
    platelets_state: str = "done"


class Threshold(Struct, frozen=True):
    """A line of the rule across the chart."""

    per_ul: int
    words: str  # "stop", "half", "raise"


class MaintenanceView(Struct, frozen=True):
    """The page: the rule, the proposal, the decisions and the chart's points."""

    banner: Banner
    today: date
    now: datetime
    day_1: date
    course_title: str
    blocked_by: tuple[str, ...]  # no rule: who can supply it and where
    rule: str
    rule_lines: tuple[str, ...]
    evidence: str  # "site", "" where there is no rule
    hold: bool
    hold_because: tuple[str, ...]
    missing: tuple[str, ...]
    newest: str  # the newest count in words
    drugs: tuple[DrugLine, ...]
    decisions: tuple[DecisionRow, ...]  # newest first, struck-out ones included
    checks: tuple[CheckPoint, ...]  # since shortly before day 1, oldest first
    anc_lines: tuple[Threshold, ...]
    platelet_lines: tuple[Threshold, ...]
    unsigned: tuple[str, ...] = ()  # decisions that nobody has verified or released yet


class DoseStep(Struct, frozen=True):
    """What a decision changes: in a line, with the whole working, and whether the dose is raised."""

    words: str  # "17 mg to 22 mg: +29.4 %. …"; "" while nothing is decided
    lines: tuple[str, ...]
    raises: bool
    far: str = ""  # why it is too far up to be meant, "" where it is not
    low: str = ""  # why it looks like a slip of the decimal mark downwards; "" where it does not


class NewTitration(Struct, frozen=True):
    """A decision as typed: the dose in per cent, in milligrams, or both; 0 stops."""

    drug: str
    from_on: date
    decision: str
    percent: Decimal | None = None
    amount_mg: Decimal | None = None
    reason: str = ""
    shown: str = ""  # the proposal that the person saw
    again: Decimal | None = None  # typed a second time, where a dose looks ten times too low
