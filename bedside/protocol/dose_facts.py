"""The facts that one dose rests on: which dose, which days, which day the age is taken on; and what is missing."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from bedside.protocol.age_factor import ANCHOR_WORDS, Anchor, Spell, edges_in_course
from bedside.protocol.dose_in_force import days_of, dose_in_force, route_in_force
from bedside.protocol.drugs import ROUTE_NOT_PUBLIC, display_name
from bedside.protocol.missing import Missing, missing_diagnosis, missing_value
from bedside.protocol.model import Course, DrugPlan
from bedside.protocol.site_values import SiteValues
from bedside.units.dates import write_date
from bedside.units.quantities import DoseRate, DrugAmount, DrugUnit
from bedside.units.rounding import as_decimal


class WorkSheet:
    """The sheet of paper before the arithmetic begins: the facts, and every reason against it."""

    def __init__(
        self,
        plan: DrugPlan,
        course: Course,
        site: SiteValues,
        *,
        birth: date,
        day_1: date,
        on: date,
        course_day: int,
        diagnosed_on: date | None = None,
    ) -> None:
        self.plan, self.course, self.site = plan, course, site
        self.birth, self.day_1, self.on, self.course_day = birth, day_1, on, course_day
        self.name = display_name(plan.drug)
        self.route = route_in_force(plan, course, site)
        self.days, self._days_fault = days_of(plan, course, site)
        self.found = dose_in_force(plan, course, site, course_day)
        self.rate: DoseRate | None = self.found.rate
        self.steps: list[str] = []
        self.blocked: list[str] = []
        self.endless: list[str] = []  # of them: why an amount without end is not prepared
        self.missing: list[Missing] = []
        self.cautions: list[str] = []
        self.factor = "none"
        self.exact: Fraction | None = None
        self.rest: Fraction | None = None  # what is left after a part went in
        self.unit: DrugUnit = "mg"
        self.prepared: DrugAmount | None = None
        self.change: Decimal | None = None
        self.volume: Decimal | None = None
        self.vials: int | None = None
        self.tablets: Decimal | None = None
        self.holds: DrugAmount | None = None  # what the volume or the tablets hold
        self.whole_change: Decimal | None = None  # of that against the worked dose, in per cent
        self.words = {"age": "", "modified": "", "cap": "", "rounding": "", "volume": ""}
        self.anchor = self._find_anchor(diagnosed_on)

    @property
    def amount(self) -> DrugAmount | None:
        """The amount so far, exact where it ends as a decimal."""
        return None if self.exact is None else DrugAmount(as_decimal(self.exact), self.unit)

    @property
    def confirmed(self) -> bool:
        """Two people have confirmed values for this very protocol."""
        return self.site.confirms(self.course)

    def _find_anchor(self, diagnosed_on: date | None) -> Anchor | None:
        """The day on which the age is taken; None where it is not known."""
        same = self.site.protocol == self.course.protocol
        kind = self.site.age_anchor if same else "course-day-1"
        self.anchor_kind = kind
        day = {"course-day-1": self.day_1, "dose-day": self.on, "diagnosis": diagnosed_on}[kind]
        return None if day is None else Anchor(day, ANCHOR_WORDS[kind])

    def check_day(self) -> None:
        """Block a day that is not one of this drug's, or that cannot be."""
        if self.birth > self.day_1:
            self.blocked.append(
                f"Day 1 of {self.course.title} is {write_date(self.day_1)}, before the birth on "
                f"{write_date(self.birth)}: correct one of them."
            )
        if self.on < self.day_1:
            self.blocked.append(
                f"{write_date(self.on)} is before day 1 of {self.course.title}, "
                f"{write_date(self.day_1)}."
            )
        elif self._days_fault:
            self._block(self._days_fault, f"which days of {self.name} hold", "days")
        elif not self.days.plans(self.course_day) and not self.plan.may_be:
            self._not_due()
        if self.route == ROUTE_NOT_PUBLIC:
            reason = f"The route of {self.name} is not public: enter it from your protocol."
            self._block(reason, f"the route of {self.name} in {self.course.title}", "dose")

    def _block(self, reason: str, fact: str, table: str) -> None:
        self.blocked.append(reason)
        self.missing.append(missing_value(fact, table))

    def _not_due(self) -> None:
        days, title = self.days, self.course.title
        fact = f"the days of {self.name} in {title}"
        if self.course_day in days.disputed:
            self._block(f"Day {self.course_day} is not planned: {days.words}.", fact, "days")
        elif not days.scheduled:
            self._block(
                f"The days of {self.name} in {title} are not public: enter them.", fact, "days"
            )
        else:
            listed = ", ".join(str(day) for day in days.scheduled)
            self.blocked.append(
                f"{self.name} is not due on day {self.course_day} of {title}: its days are {listed}."
            )

    def known_anchor(self) -> Anchor | None:
        """The anchor day, or a reason why the age cannot be taken."""
        if self.anchor is None:
            self.blocked.append(
                "The day of diagnosis is not known: this site takes the age on it. Enter it."
            )
            self.missing.append(missing_diagnosis())
            return None
        if self.birth > self.anchor.day:
            if self.anchor_kind == "diagnosis":
                self.blocked.append(
                    f"The diagnosis on {write_date(self.anchor.day)} is before the birth on "
                    f"{write_date(self.birth)}: correct one of them."
                )
            return None
        return self.anchor

    def say_edges(self, bands: list[tuple[int, str]]) -> None:
        """Say which birthdays of a band fall within the course; each band with what holds in it."""
        last = self.days.scheduled[-1] if self.days.scheduled else self.course_day
        spell = Spell.of(self.day_1, self.on, self.course_day, last)
        self.cautions += edges_in_course(bands, self.birth, self.anchor_kind, spell)
