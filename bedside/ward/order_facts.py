"""What orders are judged by, read once for an infant: the plan, the doses of now, the rows kept."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from bedside.protocol.doses import DoseWorking
from bedside.protocol.drugs import NEEDLES, ROUTE_NOT_PUBLIC, by_needle, route_atoms
from bedside.protocol.hours import against_doses_a_day
from bedside.protocol.missing import missing_volume
from bedside.protocol.reductions import share_on
from bedside.protocol.schedule import ProjectedDose
from bedside.store.queries import of_infant, one
from bedside.store.records import Measurement
from bedside.store.signature_records import DoseOrder
from bedside.store.ward_file import Reader
from bedside.units.quantities import DrugAmount
from bedside.units.registry import Product, amount_for
from bedside.units.rounding import half_up
from bedside.ward.broken_off import ended_by_breaking_off
from bedside.ward.due import plan_of
from bedside.ward.facts import InfantFacts
from bedside.ward.gate_facts import weight_trouble
from bedside.ward.gates import Gate, judge_gate, moment_of_opening
from bedside.ward.order_drawn import Drawn, drawn_line, drawn_of
from bedside.ward.order_judging import DoseNow, WeightUsed, why_ended
from bedside.ward.roles import OrderSteps, role_book
from bedside.ward.standing import hold_of, projection_of
from bedside.ward.views.orders import OrderKey
from bedside.ward.ward import Ward
from bedside.ward.worked import is_public, reductions_of, worked_dose
from bedside.ward.working import priming_plan

FINEST = 6  # decimals of a dose that the site does not round: a millionth of a mg
_ON_PAPER = "Two people check it on paper, and it is recorded from there."
CLOSED = ("given", "not given")  # what was recorded of a dose closes its order


def steps_of(route: str) -> OrderSteps:
    """What a dose of a route needs before it is given, by the ward's file of roles."""
    return role_book().order["needle" if by_needle(route) else "mouth"]


class OrderFacts:
    """One infant's plan and orders, each worked out when it is first asked for.

    Args:
        ward: the ward.
        facts: what is recorded of her, or what would be after a change that is only looked at.
        connection: from a reading or a change.
        product: multiplies rate and body; `watched_amount` where orders are only watched.
    """

    def __init__(
        self, ward: Ward, facts: InfantFacts, connection: Reader, product: Product = amount_for
    ) -> None:
        self.ward, self.facts = ward, facts
        self._connection, self._product = connection, product
        self._planned: Mapping[OrderKey, ProjectedDose] | None = None
        self._worked: dict[OrderKey, DoseWorking] = {}
        self._gates: dict[str, Gate] = {}

    @property
    def planned(self) -> Mapping[OrderKey, ProjectedDose]:
        """Every planned administration that is ordered here."""
        if self._planned is None:
            self._planned = {
                key_of(dose): dose
                for course in projection_of(self.ward, self.facts).courses
                for dose in course.doses
                if steps_of(dose.route).steps
            }
        return self._planned

    def newest_orders(self) -> dict[OrderKey, DoseOrder]:
        """The newest order of each administration, struck out or not."""
        rows = of_infant(self._connection, DoseOrder, self.facts.infant.id, include_void=True)
        return {(row.course_key, row.course_day, row.drug, row.route): row for row in rows}

    def standing_orders(self) -> list[DoseOrder]:
        """The orders that are not struck out and whose dose is not recorded yet."""
        rows = of_infant(self._connection, DoseOrder, self.facts.infant.id)
        return [row for row in rows if not self.closed(row)]

    def closed(self, row: DoseOrder) -> bool:
        """Whether the dose of an order was recorded as given or not given."""
        key = (row.course_key, row.course_day, row.drug, row.route, row.due_on)
        record = self.facts.recorded.get(key)
        return record is not None and record.state in CLOSED

    def working(self, dose: ProjectedDose) -> DoseWorking:
        """A planned dose worked out now."""
        key = key_of(dose)
        if key not in self._worked:
            self._worked[key] = worked_dose(self.ward, self.facts, dose, product=self._product)
        return self._worked[key]

    def is_known(self, dose: ProjectedDose) -> bool:
        """Whether the protocol or this site says how much it is."""
        return is_public(self.ward, self.facts, dose)

    def amount(self, dose: ProjectedDose) -> DrugAmount | None:
        """Of one dose as it is prepared, exact to a millionth; None where it is blocked."""
        prepared = self.working(dose).prepared
        if prepared is None:
            return None
        finest = half_up(prepared.value, FINEST)
        return DrugAmount(finest if finest > 0 else prepared.value, prepared.unit)

    def rule(self, dose: ProjectedDose) -> str:
        """The dose in words, as protocol or site state it."""
        working = self.working(dose)
        return working.rate_words or next(iter(working.steps), "")

    def _rule_now(self, dose: ProjectedDose, order: DoseOrder) -> str:
        """As `rule`; "" where nobody knows it any more: another line of the working is no rule."""
        rule, amount = self.rule(dose), self.amount(dose)
        return "" if amount is None and rule != order.rule else rule

    def drawn(self, dose: ProjectedDose) -> Drawn:
        """What a planned dose is drawn up from now, and what comes of it."""
        values = self.ward.values_for(self.facts.protocol.key, dose.course_key)
        return drawn_of(self.working(dose), values)

    def signed_steps(self, dose: ProjectedDose) -> tuple[str, ...]:
        """The working as it is shown to who signs, and kept: its last line is what it is drawn up from."""
        working = self.working(dose)
        if working.prepared is None:
            return working.steps
        return (*working.steps, *self.uncheckable(dose), drawn_line(self.drawn(dose)))

    def needs_volume(self, dose: ProjectedDose) -> bool:
        """Whether a dose is drawn up by every route that its order leaves open: then it has a volume."""
        route = self.working(dose).route
        return route == ROUTE_NOT_PUBLIC or set(route_atoms(route)) <= NEEDLES

    def uncheckable(self, dose: ProjectedDose) -> tuple[str, ...]:
        """Why two people could not check a dose that is worked out: it has no volume to count."""
        drawn, name = self.drawn(dose), self.ward.drugs.display_name(dose.drug)
        if drawn.tablet:
            return (f"{name} is given in tablets here: there is no volume to check. {_ON_PAPER}",)
        absent = [
            words
            for words, entered in (
                ("concentration", drawn.concentration),
                ("syringe step", drawn.syringe_step),
            )
            if not entered
        ]
        if not absent:
            return ()
        missing = missing_volume(name, absent).words
        if self.needs_volume(dose):
            return (
                "Without a volume nobody can check this dose, so nobody signs it. Missing: "
                f"{missing}",
            )
        return (f"There is no volume to check. Missing: {missing} {_ON_PAPER}",)

    def share(self, dose: ProjectedDose) -> Decimal:
        """The share of the protocol's own dose that holds on the day, in per cent."""
        return share_on(reductions_of(self.facts), dose.course_key, dose.drug, dose.course_day)

    def needs_weight(self, dose: ProjectedDose) -> bool:
        """Whether the dose rests on the weight or the body surface."""
        rate = self.working(dose).rate
        return rate is not None and rate.per != "dose"

    def held(self, dose: ProjectedDose) -> str:
        """Why a dose is held on its day; "" where it is not."""
        hold = hold_of(self.facts, dose)
        if hold is None:
            return ""
        what = self.ward.drugs.display_name(hold.drug) if hold.drug else "the course"
        return f"{what} is held: {hold.reason}"

    def closed_by_rule(self, dose: ProjectedDose) -> tuple[str, ...]:
        """What does not hold of the start rule of a block, or of a course with conditions of its own."""
        gate = self._gate(dose)
        return () if gate is None or gate.open is True else tuple(gate.reasons)

    def closed_by_typing(self, dose: ProjectedDose) -> bool:
        """Whether a count or an answer is among it: one that was struck out may have been typed wrongly."""
        gate = self._gate(dose)
        return gate is not None and any(row.main and row.result != "met" for row in gate.rows)

    def _gate(self, dose: ProjectedDose) -> Gate | None:
        course = self.facts.protocol.course(dose.course_key)
        plan, rule = priming_plan(course), course.start_rule
        if rule is None:
            return None
        if not rule.has_conditions and (plan is None or plan is not plan_of(self.facts, dose)):
            return None
        if course.key not in self._gates:
            moment = moment_of_opening(self.ward, self.facts, course)
            self._gates[course.key] = judge_gate(self.ward, self.facts, course, moment)
        return self._gates[course.key]

    def unconfirmed(self, dose: ProjectedDose) -> tuple[str, ...]:
        """Why nobody signs a dose: two people have not confirmed what it is dosed from."""
        if self.working(dose).confirmed:
            return ()
        title = self.facts.protocol.course(dose.course_key).title
        return (
            f"Two people of this site have not confirmed the numbers of {title} and the formulary of "
            "its drugs: they do so on Commission (F7). Until then it is not ordered here.",
        )

    def clashing(self, dose: ProjectedDose) -> tuple[str, ...]:
        """Why nobody signs a dose: its hours and its doses a day, both of this site, do not agree."""
        rule = plan_of(self.facts, dose).hours
        clash = (
            "" if rule is None else against_doses_a_day(rule, self.working(dose).doses_per_day or 1)
        )
        return (f"Its hours: {clash}. Two people put it right: Commission (F7).",) if clash else ()

    def stale(self, dose: ProjectedDose) -> str:
        """Why the newest weight is too old to give a dose by it; "" where it is not."""
        if not self.needs_weight(dose):
            return ""
        return weight_trouble(self.ward, self.facts, self.ward.now())

    def now(self, order: DoseOrder) -> DoseNow:
        """What an order is compared with."""
        dose = self.planned.get((order.course_key, order.course_day, order.drug, order.route))
        infant, newest = self.facts.infant, self.facts.weight(self.ward.now())
        working = None if dose is None else self.working(dose)
        return DoseNow(
            on=None if dose is None else dose.on,
            held="" if dose is None else self.held(dose),
            amount=None if dose is None else self.amount(dose),
            drawn=Drawn() if dose is None else self.drawn(dose),
            doses_per_day=(working.doses_per_day or 1) if working is not None else 1,
            share=order.share if dose is None else self.share(dose),
            rule=order.rule if dose is None else self._rule_now(dose, order),
            edition=self.facts.protocol.edition,
            blocked=() if working is None else working.blocked_by,
            unconfirmed=() if dose is None else self.unconfirmed(dose),
            closed=() if dose is None else self.closed_by_rule(dose),
            weight=None if newest is None else WeightUsed(newest.weight_g, self._day(newest)),
            family=infant.family,
            given=infant.given,
            born=infant.born,
            hospital_number=infant.hospital_number,
        )

    def used(self, order: DoseOrder) -> WeightUsed | None:
        """The weight that an order rests on, and what became of it."""
        if order.measurement_id is None:
            return None
        standing = {row.id: row for row in self.facts.measurements}
        row = standing.get(order.measurement_id)
        if row is not None:
            return WeightUsed(row.weight_g, self._day(row))
        row = one(self._connection, Measurement, order.measurement_id)
        corrected = [
            other
            for other in self.facts.measurements
            if other.measured_at == row.measured_at and other.id > row.id
        ]
        struck = row.void_reason or ""
        became = corrected[-1].weight_g if corrected else None
        return WeightUsed(row.weight_g, self._day(row), struck, became)

    def why_ended(self, order: DoseOrder) -> tuple[str, ...]:
        """Every reason why an order does not stand any more; empty while it stands."""
        broken = ended_by_breaking_off(self.facts.doses, order)
        return (*broken, *why_ended(order, self.used(order), self.now(order)))

    def _day(self, row: Measurement) -> date:
        return self.ward.local(row.measured_at).date()


def key_of(dose: ProjectedDose) -> OrderKey:
    """How an order finds its administration."""
    return dose.course_key, dose.course_day, dose.drug, dose.route
