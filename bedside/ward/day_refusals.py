"""Why the paper of one administration may not be made now: every reason, in words.

A sheet orders nothing of its own. It prints what is prescribed and verified on screen, so it is
refused while its dose is blocked, held, absent, recorded already, or not signed by both.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from msgspec import Struct

from bedside.protocol.dose_working import DoseWorking
from bedside.protocol.drugs import INTRATHECAL, ROUTE_NOT_PUBLIC, route_atoms, route_words
from bedside.protocol.model import Course, DrugPlan
from bedside.protocol.preparation import shown
from bedside.protocol.schedule import ProjectedDose
from bedside.store.signature_records import DoseOrder
from bedside.store.ward_file import Reader
from bedside.units.dates import write_date
from bedside.units.rounding import half_up
from bedside.ward.due import dose_record, plan_of
from bedside.ward.facts import InfantFacts
from bedside.ward.order_facts import CLOSED, OrderFacts, key_of
from bedside.ward.orders import state_of, why_not_prescribe
from bedside.ward.paper_keys import Administration
from bedside.ward.views.orders import ENDED, OrderKey, OrderState
from bedside.ward.ward import Ward

_NOT_YET = {
    "not ordered": "is not prescribed yet: a physician prescribes it, a pharmacist verifies it first",
    "prescribed": "is prescribed and not verified yet: a pharmacist verifies it first",
}
_TITRATED = (
    "Doses by mouth of Maintenance are decided and signed at each check, for weeks (Other drugs, Doses "
    "by mouth): they have no sheet of a day. They are given at home by what is in force there."
)
_SIGNED = ("verified", "released")
_PLACES = 3  # decimals that a dose on paper may have: a thousandth of its unit


class DueDose(Struct, frozen=True):
    """One planned dose of a paper: its plan, its working of now, and how far its order is."""

    dose: ProjectedDose
    plan: DrugPlan
    working: DoseWorking
    order: OrderState
    closed: bool  # recorded as given or not given


class DayPapers:
    """What the papers of an infant's days are judged by, read once.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        connection: from a reading.
    """

    def __init__(self, ward: Ward, facts: InfantFacts, connection: Reader) -> None:
        self.ward, self.facts, self._connection = ward, facts, connection
        self.known = OrderFacts(ward, facts, connection)
        self._orders: Mapping[OrderKey, DoseOrder] | None = None
        self._days: dict[tuple[str, int], list[ProjectedDose]] | None = None

    def planned_on(self, course_key: str, day: int) -> Sequence[ProjectedDose]:
        """What is planned on one course day."""
        if self._days is None:
            self._days = {}
            for dose in self.known.planned.values():
                self._days.setdefault((dose.course_key, dose.course_day), []).append(dose)
        return self._days.get((course_key, day), ())

    def doses_of(self, course: Course, of: Administration) -> tuple[DueDose, ...]:
        """The planned doses that a paper is for."""
        return tuple(
            self._due(dose)
            for dose in self.planned_on(course.key, of.day)
            if of.drug in ("", dose.drug)
            and of.route in route_atoms(self.known.working(dose).route)
        )

    def why_not(self, course: Course, of: Administration) -> tuple[str, ...]:
        """Every reason against a dosing sheet of this administration; empty where it may be made."""
        found = self.doses_of(course, of)
        if not found:
            return (self._not_planned(course, of),)
        reasons = [reason for due in found for reason in self._against(due, of, len(found) > 1)]
        return tuple(dict.fromkeys(reasons))

    def why_unsigned(self, due: DueDose) -> tuple[str, ...]:
        """Why the order of a dose is not one to prepare from; empty where both have signed it."""
        return tuple(self._unsigned(due, self.ward.drugs.display_name(due.dose.drug)))

    def _due(self, dose: ProjectedDose) -> DueDose:
        if self._orders is None:
            self._orders = self.known.newest_orders()
        record = dose_record(self.facts, dose)
        return DueDose(
            dose,
            plan_of(self.facts, dose),
            self.known.working(dose),
            state_of(self.known, self._connection, key_of(dose), self._orders),
            record is not None and record.state in CLOSED,
        )

    def _not_planned(self, course: Course, of: Administration) -> str:
        """Why there is nothing to print: another day, another drug, or a route that nobody has said."""
        for dose in self.planned_on(course.key, of.day):
            if dose.drug == of.drug and self.known.working(dose).route == ROUTE_NOT_PUBLIC:
                name = self.ward.drugs.display_name(dose.drug)
                return (
                    f"The route of {name} in {course.title} is not in public sources and this site "
                    "has entered none: two people commission it first."
                )
        what = route_words(of.route)
        if of.drug in self.ward.drugs.drugs:
            what = f"{self.ward.drugs.display_name(of.drug)} {what}"
        return (
            f"No dose of {what} is planned on day {of.day} of {course.title} for this infant: look at "
            "the plan for its days."
        )

    def _against(self, due: DueDose, of: Administration, named: bool) -> Iterator[str]:
        name = self.ward.drugs.display_name(due.dose.drug)
        lead = f"{name}: " if named else ""
        if due.plan.finish_within_minutes is not None:
            course = self.facts.protocol.course(due.dose.course_key)
            yield f"{name} has a dosing sheet of its own for all days of {course.title}: print that."
            return
        only = self.ward.drugs.drugs[due.dose.drug].only_by
        if only and of.route not in only:
            allowed = " or ".join(route_words(route) for route in only)
            yield f"{name} is given {allowed} only: FATAL IF GIVEN BY OTHER ROUTES. No paper is made."
        if of.drug == "" and of.route != INTRATHECAL:
            yield "Only intrathecal drugs share a sheet: name the drug."
        if self._is_titrated(due):
            yield f"{lead}{_TITRATED}"
            return
        yield from (f"{lead}{reason}" for reason in why_not_prescribe(self.known, due.dose))
        yield from self._unmeasurable(due, name)
        yield from self._unsigned(due, name)
        if self.known.needs_weight(due.dose):
            yield from self._weight_too_old(due)

    def _is_titrated(self, due: DueDose) -> bool:
        """Whether the dose is decided at each check of Maintenance, and not worked out for a day."""
        course = self.facts.protocol.course(due.dose.course_key)
        by_mouth = set(route_atoms(due.working.route)) <= {"PO", "NG"}
        return course.kind == "maintenance" and by_mouth and not self.known.is_known(due.dose)

    def _unsigned(self, due: DueDose, name: str) -> Iterator[str]:
        state = due.order
        words = _NOT_YET.get(state.stage)
        if words is not None:
            yield f"{name} {words}. A sheet prints a signed order, never its own."
        elif state.stage in ENDED:
            why = "; ".join(state.why)
            yield f"The order of {name} is {state.stage}: {why}. A physician prescribes it anew."
        elif state.stage in _SIGNED and state.why:
            yield from state.why

    def _unmeasurable(self, due: DueDose, name: str) -> Iterator[str]:
        """A dose that nobody has rounded and that no figure can be printed for."""
        prepared = due.working.prepared
        if prepared is not None and half_up(prepared.value, _PLACES) != prepared.value:
            yield (
                f"{name} comes to {shown(prepared)}, and this site has entered no rounding for it: "
                "two people commission it (Commissioning, This site, Formulary), then print."
            )

    def _weight_too_old(self, due: DueDose) -> Iterator[str]:
        """A weight that is good today and too old on the day of the dose (hazard H5)."""
        row = self.facts.weight(self.ward.now())
        if row is None:
            return
        until = self.ward.local(row.measured_at).date() + timedelta(
            days=self.ward.site.weight_age_days
        )
        if self.ward.today() <= until < due.dose.on:
            yield (
                f"The weight carries a dose until {write_date(until)} only, and this one is for "
                f"{write_date(due.dose.on)}: weigh again, then print."
            )
