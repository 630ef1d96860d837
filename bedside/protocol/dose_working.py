"""What becomes of a worked amount: the stops, what went in already, volume and vials; and the working whole."""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from bedside.protocol.continuous_words import plan_rate_words
from bedside.protocol.day_dose import NO_STOP, above_words, day_doses
from bedside.protocol.dose_amount import AmountWork
from bedside.protocol.dose_bounds import safety_faults
from bedside.protocol.missing import Missing
from bedside.protocol.model import Evidence
from bedside.protocol.preparation import draw_up, shown
from bedside.units.quantities import BodyWeight, DoseRate, DrugAmount
from bedside.units.writer import write_amount


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
    rate: DoseRate | None = None  # the dose that was worked from
    missing: tuple[Missing, ...] = ()  # what is needed, from whom, entered where
    doses_per_day: int | None = None
    tablets: Decimal | None = None
    holds: DrugAmount | None = None  # what the volume or the tablets hold
    whole_change_percent: Decimal | None = None  # of that against the worked dose
    # what an amount given is held against: as prepared, or worked out and only not rounded
    compared: DrugAmount | None = None


class Work(AmountWork):
    """The sheet of paper on which one dose is worked out, step by step, from its facts to the working."""

    def check_stops(self, weight: BodyWeight | None) -> None:
        """The stops that no infant's dose may pass (hazard H2)."""
        if self.prepared is None:
            return
        largest = max(self.prepared, self.amount or self.prepared, key=lambda dose: dose.value)
        faults, passed = safety_faults(self.name, self.plan, largest, weight, self.site)
        self.blocked.extend(faults)
        self.steps.extend(passed)
        self._check_day()

    def _check_day(self) -> None:
        """What is given in a day against the most of any public source for this drug here."""
        if self.plan.safety is not None:
            return  # its own stop has been said
        known = day_doses(self.plan)
        alike = self.rate is not None and any(
            (one.rate.unit, one.rate.per) == (self.rate.unit, self.rate.per) for one in known
        )
        if self.rate is None or not alike:
            self.steps.append(NO_STOP)
            return
        above = above_words(self.rate, self.found.doses_per_day or 1, known)
        if above and not self.found.above_public:
            self._block(
                f"Stop: {above}. A dose of the day typed as each dose looks like this. Where the "
                "copy has it so, the two who typed it say why in commissioning.",
                f"why the dose of {self.name} in {self.course.title} is above public sources",
                "above-public-dose of dose",
            )
        elif above:
            self.steps.append(f"Above public sources, confirmed by two people: {above}.")
        else:
            self.steps.append(
                "Stop: in a day not above what public sources have for this drug here."
            )

    def take_rest(self, given: DrugAmount | None) -> None:
        """What is left of the whole dose after a part of it went in.

        Args:
            given: what went in already and is to be taken off, in the unit of the dose; None where
                the whole dose is given.
        """
        if self.prepared is None or given is None:
            return
        whole = self.prepared
        if given.unit != whole.unit or given.value >= whole.value:
            self.blocked.append(
                f"{write_amount(given)} of {self.name} went in already, the whole dose is "
                f"{write_amount(whole)}: nothing is left to give. The prescriber decides anew."
            )
            return
        self.prepared = DrugAmount(whole.value - given.value, whole.unit)
        self.rest = Fraction(self.prepared.value)
        self.steps.append(
            f"REST of a broken-off infusion: {write_amount(whole)} − {write_amount(given)} given = "
            f"{write_amount(self.prepared)}."
        )

    def draw_up(self) -> None:
        """Volume, vials or tablets, where the site has entered what they rest on."""
        if self.prepared is None or self.prepared.value == 0:
            return  # what rounds to nothing is blocked already: there is nothing to draw up
        asked = self.exact if self.rest is None else self.rest
        drawn = draw_up(self.name, self.plan, self.prepared, self.site, self.route, asked)
        self.volume, self.vials, self.tablets = drawn.volume_ml, drawn.vials, drawn.tablets
        self.holds, self.whole_change = drawn.holds, drawn.whole_change
        self.words["volume"] = drawn.words
        self.steps.extend(drawn.steps)
        self.blocked.extend(drawn.faults)

    def say_doses_a_day(self) -> None:
        """How often a day, where it is more than once."""
        times = self.found.doses_per_day
        if self.prepared is None or times is None or times == 1:
            return
        whole = DrugAmount(self.prepared.value * times, self.prepared.unit)
        self.steps.append(
            f"Doses a day: {times}, each as worked out here; {shown(whole)} in the day."
        )

    def say_who_confirmed(self) -> None:
        """Whether two people of this site have confirmed what is dosed from."""
        if self.confirmed and self.site.confirmed_by is not None:
            first, second = self.site.confirmed_by
            self.steps.append(f"Confirmed at this site by {first} and {second}.")
        else:
            self.steps.append("Not confirmed at this site: two people confirm it before use.")

    def finished(self) -> DoseWorking:
        """The working; a blocked one carries no amount to prepare."""
        stopped = bool(self.blocked)
        return DoseWorking(
            drug=self.plan.drug,
            route=self.route,
            rate_words="" if self.rate is None else plan_rate_words(self.plan, self.rate),
            evidence=self.found.evidence,
            age_factor=self.factor,
            unrounded=self.amount,
            prepared=None if stopped else self.prepared,
            compared=self.prepared if not stopped or self.blocked == self.endless else None,
            change_percent=None if stopped else self.change,
            volume_ml=None if stopped else self.volume,
            vials=None if stopped else self.vials,
            steps=tuple(self.steps),
            status="blocked" if stopped else "ready",
            blocked_by=tuple(self.blocked),
            course_day=self.course_day,
            cautions=tuple(self.cautions),
            confirmed=self.confirmed,
            source_words=self.found.source_words,
            age_factor_words=self.words["age"],
            modified_words=self.words["modified"],
            cap_words=self.words["cap"],
            rounding_words=self.words["rounding"],
            volume_words="" if stopped else self.words["volume"],
            rate=self.rate,
            missing=tuple(dict.fromkeys(self.missing)),
            doses_per_day=self.found.doses_per_day,
            tablets=None if stopped else self.tablets,
            holds=None if stopped else self.holds,
            whole_change_percent=None if stopped else self.whole_change,
        )
