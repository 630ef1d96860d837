"""Works out one dose on paper, step by step, and keeps every step and every reason against it."""

from datetime import date
from decimal import Decimal
from typing import Literal

from msgspec import Struct

from bedside.protocol.age_factor import age_factor, times
from bedside.protocol.dose_bounds import body_faults, rounding_faults, safety_faults
from bedside.protocol.drugs import ROUTE_NOT_PUBLIC, display_name, route_words
from bedside.protocol.model import Course, DrugPlan, Evidence
from bedside.protocol.preparation import draw_up, shown
from bedside.protocol.site_values import SiteValues
from bedside.units.dates import write_date
from bedside.units.quantities import BodySurface, BodyWeight, DoseRate, DrugAmount
from bedside.units.registry import amount_for
from bedside.units.rounding import change_percent, half_up
from bedside.units.writer import (
    write_amount,
    write_number,
    write_rate,
    write_surface,
    write_weight,
)


class DoseWorking(Struct, frozen=True):
    """One dose, worked out or blocked.

    ``unrounded`` is exact; ``prepared`` is what would be drawn up, None while blocked.
    ``cautions`` do not block but are said. The ``*_words`` are for the sheet.
    """

    drug: str
    route: str
    rate_words: str
    evidence: Evidence
    age_factor: str
    unrounded: DrugAmount | None
    prepared: DrugAmount | None
    change_percent: Decimal | None
    volume_ml: Decimal | None
    vials: int | None
    steps: tuple[str, ...]
    status: Literal["ready", "blocked"]
    blocked_by: tuple[str, ...]
    course_day: int
    cautions: tuple[str, ...] = ()
    confirmed: bool = False  # by two people of the site
    source_words: str = ""
    age_factor_words: str = ""
    modified_words: str = ""
    cap_words: str = ""
    rounding_words: str = ""
    volume_words: str = ""


class Work:
    """The sheet of paper on which one dose is worked out, step by step."""

    def __init__(self, plan: DrugPlan, course: Course, site: SiteValues, course_day: int) -> None:
        self.plan = plan
        self.course = course
        self.site = site
        self.course_day = course_day
        self.name = display_name(plan.drug)
        self.steps: list[str] = []
        self.blocked: list[str] = []
        self.cautions: list[str] = []
        self.rate: DoseRate | None = None
        self.evidence: Evidence = plan.dose.origin.evidence
        self.source_words = ""
        self.factor = "none"
        self.amount: DrugAmount | None = None
        self.prepared: DrugAmount | None = None
        self.change: Decimal | None = None
        self.volume: Decimal | None = None
        self.vials: int | None = None
        self.words = {"age": "", "modified": "", "cap": "", "rounding": "", "volume": ""}

    def check_day(self, birth: date, day_1: date, on: date) -> None:
        """Block a day that is not one of this drug's, or that cannot be."""
        if birth > day_1:
            self.blocked.append(
                f"Day 1 of {self.course.title} is {write_date(day_1)}, before the birth on "
                f"{write_date(birth)}: correct one of them."
            )
        if on < day_1:
            self.blocked.append(
                f"{write_date(on)} is before day 1 of {self.course.title}, {write_date(day_1)}."
            )
        elif not self.plan.days.plans(self.course_day):
            self.blocked.append(self._not_due())
        if self.plan.route == ROUTE_NOT_PUBLIC:
            self.blocked.append(
                f"The route of {self.name} is not public: enter it from your protocol."
            )

    def _not_due(self) -> str:
        days = self.plan.days
        if self.course_day in days.disputed:
            return f"Day {self.course_day} is not planned: {days.words}."
        if not days.scheduled:
            return f"The days of {self.name} in {self.course.title} are not public: enter them."
        listed = ", ".join(str(day) for day in days.scheduled)
        return (
            f"{self.name} is not due on day {self.course_day} of {self.course.title}: "
            f"its days are {listed}."
        )

    def find_rate(self) -> None:
        """Take the stated dose, or the site's own where none is stated; never a related one."""
        public = self.plan.dose.rate
        site_dose = self.site.dose_for(
            self.course.protocol, (self.course.key, self.plan.drug, self.plan.route)
        )
        own = None if site_dose is None else site_dose.rate
        if public is not None and own is not None and own != public:
            self.blocked.append(
                f"This site entered {write_rate(own)} for {self.name}, the public source states "
                f"{write_rate(public)}: settle which holds."
            )
        if public is not None:
            self.rate, self.source_words = public, self.plan.dose.origin.named
            words = f"stated: {self.source_words}"
        elif own is not None:
            self.rate, self.evidence = own, "site"
            self.source_words = f"site value, {self.site.edition}"
            words = self.source_words
        else:
            self.blocked.append(
                f"The dose of {self._drug_by_route()} in {self.course.title} is not in public "
                "sources: enter it from your protocol."
            )
            return
        self.steps.append(f"Protocol dose: {write_rate(self.rate)} ({words}).")

    def _drug_by_route(self) -> str:
        if self.plan.route == ROUTE_NOT_PUBLIC:
            return self.name
        return f"{self.name} {route_words(self.plan.route)}"

    def multiply(self, weight: BodyWeight | None, surface: BodySurface | None) -> None:
        """Protocol dose × body, through the units room."""
        if self.rate is None:
            return
        faults = body_faults(self.rate, weight, surface, self.course.weight_range)
        self.blocked.extend(faults)
        size = {"kg": weight, "m2": surface, "dose": None}[self.rate.per]
        if self.rate.per != "dose" and size is None:
            return
        amount = amount_for(self.rate, size)
        if amount.value <= 0:
            self.blocked.append("The dose works out to nothing: weigh and measure again.")
            return
        self.amount = amount
        if isinstance(size, BodyWeight):
            body = write_weight(size)
        elif isinstance(size, BodySurface):
            body = write_surface(size)
        else:
            self.steps.append(f"Fixed dose: {write_amount(amount)}.")
            return
        self.steps.append(f"{write_rate(self.rate)} × {body} = {shown(amount)}.")

    def take_age_factor(self, birth: date, day_1: date) -> None:
        """Multiply by the age factor on day 1 of the course; a drug without one stays as it is."""
        rule = self.plan.age_rule
        if rule is None:
            self.words["age"] = "none: the protocol's public sources state none for this drug"
            self.steps.append(f"Age factor: {self.words['age']}.")
            return
        if birth > day_1:
            return
        factor = age_factor(rule, birth, day_1)
        self.factor = str(factor.factor)
        self.words["age"] = factor.words
        self.cautions.extend(factor.cautions)
        if self.amount is None:
            self.steps.append(f"Age factor: {factor.words}.")
            return
        before, self.amount = self.amount, times(self.amount, factor.factor)
        self.steps.append(
            f"Age factor {factor.words}: {shown(before)} × {factor.factor} = {shown(self.amount)}."
        )

    def leave_unmodified(self) -> None:
        """No modification and no cap: said, so that nobody wonders."""
        self.words["modified"] = "no: 100 % of the protocol dose"
        self.words["cap"] = "none in public sources"
        self.steps.append("Modification: 100 % of the protocol dose.")
        self.steps.append(f"Cap: {self.words['cap']}.")

    def round(self) -> None:
        """Round by the site's named rule; no rule, no rounding."""
        if self.amount is None:
            return
        rule = self.site.rounding.get(self.plan.drug)
        if rule is None:
            self.prepared = self.amount
            self.words["rounding"] = "not rounded: no rounding rule is commissioned"
            self.steps.append(f"Rounding: {self.words['rounding']}.")
            return
        before = self.amount.value
        after = rule.rounded(before)
        self.prepared = DrugAmount(after, self.amount.unit)
        self.change = half_up(change_percent(before, after), 2)
        self.blocked.extend(rounding_faults(self.name, self.amount, self.prepared, rule))
        marked = "site value, demonstration" if self.site.demonstration else "site value"
        self.words["rounding"] = f"{rule.name}: change {write_number(self.change)} % ({marked})"
        self.steps.append(
            f"Rounding {rule.name}, half up ({marked}): {shown(self.amount)} becomes "
            f"{write_amount(self.prepared)}, change {write_number(self.change)} %."
        )

    def check_stops(self, weight: BodyWeight | None) -> None:
        """The stops that no infant's dose may pass (hazard H2)."""
        if self.prepared is None:
            return
        largest = max(self.prepared, self.amount or self.prepared, key=lambda dose: dose.value)
        faults, passed = safety_faults(self.name, self.plan, largest, weight, self.site)
        self.blocked.extend(faults)
        self.steps.extend(passed)

    def draw_up(self) -> None:
        """Volume and vials, where the site has entered concentration and vial."""
        if self.prepared is None or self.prepared.unit != "mg":
            return
        drawn = draw_up(self.name, self.plan, self.prepared, self.site)
        self.volume, self.vials = drawn.volume_ml, drawn.vials
        self.words["volume"] = drawn.words
        self.steps.extend(drawn.steps)
        self.blocked.extend(drawn.faults)

    def say_who_confirmed(self) -> None:
        """Whether two people of this site have confirmed what is dosed from."""
        if self.confirmed and self.site.confirmed_by is not None:
            first, second = self.site.confirmed_by
            self.steps.append(f"Confirmed at this site by {first} and {second}.")
        else:
            self.steps.append("Not confirmed at this site: two people confirm it before use.")

    @property
    def confirmed(self) -> bool:
        """Two people have confirmed values for this very protocol."""
        same = self.site.protocol == self.course.protocol
        return same and self.site.confirmed_by is not None

    def finished(self) -> DoseWorking:
        """The working; a blocked one carries no amount to prepare."""
        stopped = bool(self.blocked)
        return DoseWorking(
            drug=self.plan.drug,
            route=self.plan.route,
            rate_words="" if self.rate is None else write_rate(self.rate),
            evidence=self.evidence,
            age_factor=self.factor,
            unrounded=self.amount,
            prepared=None if stopped else self.prepared,
            change_percent=None if stopped else self.change,
            volume_ml=None if stopped else self.volume,
            vials=None if stopped else self.vials,
            steps=tuple(self.steps),
            status="blocked" if stopped else "ready",
            blocked_by=tuple(self.blocked),
            course_day=self.course_day,
            cautions=tuple(self.cautions),
            confirmed=self.confirmed,
            source_words=self.source_words,
            age_factor_words=self.words["age"],
            modified_words=self.words["modified"],
            cap_words=self.words["cap"],
            rounding_words=self.words["rounding"],
            volume_words="" if stopped else self.words["volume"],
        )
