"""The site's own values: what is not public and what only a pharmacy can decide, entered by two people.

One set belongs to one protocol: the Induction of one is not the Induction of another, so lengths,
days, start rules and doses are only handed out for the protocol that they were entered for.
`bedside.protocol.site_value_reader` reads them from their file.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from msgspec import Struct, field

from bedside.protocol.drugs import route_atoms
from bedside.protocol.hours import HourRule
from bedside.protocol.model import AgeFactor, StartRule
from bedside.protocol.therapy_end import TherapyEnd
from bedside.units.quantities import DoseRate, DrugAmount
from bedside.units.refusal import Refused
from bedside.units.rounding import RoundingRule

if TYPE_CHECKING:
    from bedside.protocol.maintenance import MaintenanceRule
    from bedside.protocol.model import Course

DoseKey = tuple[str, str, str]  # course key, drug key, route
Denial = tuple[str, str, str, str]  # course key, what, drug key, route; "" where it has none
DENIED = (
    "dose",
    "times",
    "age-factors",
    "days",
    "cycle-days",
    "length",
    "start",
    "cycles",
    "therapy",
    "hours",
)
OF_COURSE = ("length", "start", "cycles", "therapy")  # those that belong to no one drug
UNSETTLED = ("times", "most", "age-factors")
Place = Literal["tertiary", "shared-care", "unknown"]
PLACES: tuple[Place, ...] = ("tertiary", "shared-care", "unknown")
AgeAnchor = Literal["course-day-1", "dose-day", "diagnosis"]
AGE_ANCHORS: tuple[AgeAnchor, ...] = ("course-day-1", "dose-day", "diagnosis")
BsaFormula = Literal["mosteller", "haycock", "dubois", "boyd"]
BSA_FORMULAS: tuple[BsaFormula, ...] = ("mosteller", "haycock", "dubois", "boyd")

_Value = TypeVar("_Value")


class AgeDose(Struct, frozen=True):
    """A band of a dose fixed by age: the amount from so many completed calendar months on."""

    from_month: int
    amount: DrugAmount


class TaperStep(Struct, frozen=True):
    """One step of a taper: its course days, one dose of it, and how many times a day."""

    days: tuple[int, ...]
    rate: DoseRate
    times: int


class SiteDose(Struct, frozen=True):
    """The site's own dose of one drug by one route in one course.

    ``rate`` is one dose (per kg, per m² or fixed); None where ``by_age`` holds the dose instead, and
    where the site entered no dose but what limits the public one. ``most`` is the cap of one dose.
    ``age_factors`` and ``by_age`` begin at month 0 and rise. ``unsettled`` names the parts (of
    ``UNSETTLED``) that two people have not settled yet: until then nothing is worked from the dose.
    ``taper`` holds the doses of the taper's days; ``no_taper`` says that the copy has no taper.
    ``above_public``: two people have said why it comes to more in a day than any public source has.
    """

    rate: DoseRate | None
    most: DrugAmount | None = None
    age_factors: tuple[AgeFactor, ...] = ()
    by_age: tuple[AgeDose, ...] = ()
    doses_per_day: int | None = None
    unsettled: tuple[str, ...] = ()
    taper: tuple[TaperStep, ...] = ()
    no_taper: bool = False
    above_public: bool = False

    @property
    def has_dose(self) -> bool:
        """Whether the site entered the dose itself, and not only what limits it."""
        return self.rate is not None or bool(self.by_age)

    @property
    def taper_days(self) -> tuple[int, ...]:
        """The days on which a step of the taper is given."""
        return tuple(day for step in self.taper for day in step.days)


class Tablet(Struct, frozen=True):
    """A tablet, and into how many parts the pharmacy lets it be cut: 1 (not at all), 2 or 4."""

    amount: DrugAmount
    parts: int = 1


class Strength(Struct, frozen=True):
    """What a drug comes in: so much in 1 mL, in one vial, or a tablet; None where not entered."""

    concentration: DrugAmount | None = None
    vial: DrugAmount | None = None
    tablet: Tablet | None = None


def formulary_keys(drug: str, route: str) -> tuple[str, ...]:
    """Where a drug by a route stands in the formulary, nearest first.

    What is given by mouth or by tube is one preparation: the entry of "PO" serves "PO or NG". A
    route that may be intravenous as well needs an entry of its own, or the drug's general one.
    """
    enteral = bool(route) and set(route_atoms(route)) <= {"PO", "NG"}
    by_mouth = (f"{drug} PO",) if enteral else ()
    return (f"{drug} {route}", *by_mouth, drug)


def _nothing() -> Mapping[str, _Value]:
    return MappingProxyType({})


def _no_keys() -> Mapping[DoseKey, _Value]:
    return MappingProxyType({})


class LaterCycles(Struct, frozen=True):
    """That a course goes on in cycles: from which of its days, and how many days each has."""

    from_day: int
    every_days: int


class LaterRule(Struct, frozen=True):
    """The titration rule of a file of site values, read when it is asked for."""

    path: Path

    def read(self) -> "MaintenanceRule | None":
        """Read the rule, once for each file.

        Raises:
            SiteValuesError: with every fault of the file.
        """
        return _rule_of(self.path)


class SiteValues(Struct, frozen=True):
    """The site's values for one protocol; everything empty means nothing has been commissioned.

    Lengths are days from a course's day 1 to day 1 of the next. ``cycle_days`` are the days of each
    later cycle of a drug that goes on in cycles, from 1 to the cycle's length (empty: not given in them). ``later_cycles`` are the
    cycles of a course of which no source states any, ``hours`` at which a drug follows another one, ``therapy`` when treatment ends. ``stops`` replace the program's
    own absolute stop of a drug. ``weight_age_days`` and ``count_age_hours`` say how old a weight
    and a count may be; None where the site has entered nothing. ``strengths``, ``rounding`` and ``syringe_step_ml`` (one mark of the syringe) are by
    drug ("methotrexate") or by drug and route ("methotrexate PO"), which goes before the drug alone. ``age_anchor`` is the day on which
    the age of a dose's band is taken: day 1 of the course (the ruling), the day of the dose, or the
    day of diagnosis.
    """

    protocol: str = ""
    edition: str = ""
    demonstration: bool = False
    confirmed_by: tuple[str, str] | None = None
    confirmed_on: date | None = None
    signed_by: tuple[str, str] | None = None  # a file whose seal held when it was read
    lengths: Mapping[str, int] = field(default_factory=_nothing)
    doses: Mapping[DoseKey, SiteDose] = field(default_factory=_no_keys)
    days: Mapping[DoseKey, tuple[int, ...]] = field(default_factory=_no_keys)
    cycle_days: Mapping[DoseKey, tuple[int, ...]] = field(default_factory=_no_keys)
    later_cycles: Mapping[str, LaterCycles] = field(default_factory=_nothing)
    hours: Mapping[DoseKey, HourRule] = field(default_factory=_no_keys)
    therapy: TherapyEnd | None = None
    starts: Mapping[str, StartRule] = field(default_factory=_nothing)
    rounding: Mapping[str, RoundingRule] = field(default_factory=_nothing)
    concentration_mg_per_ml: Mapping[str, Decimal] = field(default_factory=_nothing)
    vial_mg: Mapping[str, Decimal] = field(default_factory=_nothing)
    strengths: Mapping[str, Strength] = field(default_factory=_nothing)
    planned_minutes: Mapping[str, int] = field(default_factory=_nothing)
    syringe_step_ml: Mapping[str, Decimal] = field(default_factory=_nothing)
    stops: Mapping[str, DrugAmount] = field(default_factory=_nothing)
    weight_age_days: int | None = None
    count_age_hours: int | None = None
    site_name: str = ""
    ward_name: str = ""
    place: Place = "unknown"
    contacts: tuple[tuple[str, str, str], ...] = ()  # role, name, number
    bsa_formula: BsaFormula = "mosteller"
    age_anchor: AgeAnchor = "course-day-1"
    maintenance: Any = None  # a MaintenanceRule or a LaterRule: ask `maintenance_for`
    denied: tuple[Denial, ...] = ()  # stated by a public source, not stated in the copy

    confirmed_courses: tuple[str, ...] | None = None  # None: the two confirmed all of it

    def confirms(self, course: "Course") -> bool:
        """Whether two people have confirmed every number of this very course."""
        if self.protocol != course.protocol or self.confirmed_by is None:
            return False
        return self.confirmed_courses is None or course.key in self.confirmed_courses

    def denies(self, course: "Course", what: str, drug: str = "", route: str = "") -> bool:
        """Whether the site's copy states none where a public source states one (of ``DENIED``)."""
        return self.protocol == course.protocol and (course.key, what, drug, route) in self.denied

    def lengths_for(self, protocol_key: str) -> Mapping[str, int]:
        """The course lengths, only for the protocol they were entered for."""
        return self.lengths if protocol_key == self.protocol else {}

    def dose_for(self, protocol_key: str, key: DoseKey) -> SiteDose | None:
        """The site's own dose, only for the protocol it was entered for."""
        return self.doses.get(key) if protocol_key == self.protocol else None

    def days_for(self, protocol_key: str, key: DoseKey) -> tuple[int, ...]:
        """The site's own course days of a drug, only for the protocol they were entered for."""
        return self.days.get(key, ()) if protocol_key == self.protocol else ()

    def rounding_of(self, drug: str, route: str) -> RoundingRule | None:
        """The rounding rule of a drug by a route, else of the drug by every route."""
        for key in formulary_keys(drug, route):
            if key in self.rounding:
                return self.rounding[key]
        return None

    def syringe_step_of(self, drug: str, route: str) -> Decimal | None:
        """One mark of the syringe in mL, for a drug by a route, else for the drug by every route."""
        for key in formulary_keys(drug, route):
            if key in self.syringe_step_ml:
                return self.syringe_step_ml[key]
        return None

    def start_rule_for(self, protocol_key: str, course_key: str) -> StartRule | None:
        """The site's own start rule of a course, only for the protocol it was entered for."""
        return self.starts.get(course_key) if protocol_key == self.protocol else None

    def maintenance_for(self, protocol_key: str) -> "MaintenanceRule | None":
        """The site's titration rule for Maintenance, only for the protocol it was entered for."""
        if protocol_key != self.protocol:
            return None
        found: MaintenanceRule | LaterRule | None = self.maintenance
        return found.read() if isinstance(found, LaterRule) else found


@cache
def _rule_of(path: Path) -> "MaintenanceRule | None":
    from bedside.protocol.site_value_reader import read_site_values

    values = read_site_values(path)
    return values.maintenance_for(values.protocol)


NO_SITE_VALUES = SiteValues()


class SiteValuesError(Refused):
    """The site's values cannot be used; each reason names the file, the place and what is right."""
