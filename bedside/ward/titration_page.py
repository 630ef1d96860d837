"""What the page of the doses by mouth shows: proposal and rule, decisions, and the chart's points."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from bedside.clinical.size_change import Size, size_change
from bedside.protocol.drugs import ROUTE_NOT_PUBLIC, route_atoms, route_words
from bedside.protocol.maintenance import MaintenanceRule
from bedside.protocol.maintenance_words import no_rule_words, rule_in_words
from bedside.protocol.model import Course, DrugPlan
from bedside.protocol.preparation import shown
from bedside.protocol.titration_facts import DrugProposal, Proposal, checks_until
from bedside.protocol.titration_zone import count_words
from bedside.store.records import Titration
from bedside.units.dates import write_date
from bedside.units.quantities import DrugAmount
from bedside.units.refusal import Refused
from bedside.units.writer import write_number
from bedside.ward.due_unplanned import unplanned
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.gate_facts import weight_trouble
from bedside.ward.infants import banner_of
from bedside.ward.standing import standing_of
from bedside.ward.titration import (
    course_and_day_1,
    dose_so_far,
    proposal_of,
    rule_of,
    titration_facts,
)
from bedside.ward.titration_rows import titrations_of
from bedside.ward.titration_signing import signed_words, unsigned_words, waiting_for, waiting_rows
from bedside.ward.views.maintenance import (
    CheckPoint,
    DecisionRow,
    DrugLine,
    MaintenanceView,
    Threshold,
)
from bedside.ward.views.marks import Mark
from bedside.ward.ward import Ward

BEFORE_DAY_1 = timedelta(days=3)  # of the chart, so that the first decision has its counts
HEADLINES: dict[str, tuple[Mark, str]] = {
    "start": ("go", "START at {0}"),
    "do not start": ("stop", "DO NOT START"),
    "keep": ("none", "KEEP {0}"),
    "stop": ("stop", "STOP"),
    "stay stopped": ("stop", "STAYS STOPPED"),
    "reduce": ("hold", "REDUCE to {0}"),
    "resume": ("go", "RESUME at {0}"),
    "raise": ("go", "RAISE to {0}"),
    "ask": ("unknown", "NOTHING PROPOSED"),
    "unknown": ("unknown", "NOT KNOWN: no dose before the count is known"),
}


def maintenance_page(ward: Ward, infant_id: int) -> MaintenanceView:
    """The page of one infant in Maintenance.

    Raises:
        Refused: Maintenance has not begun.
    """
    facts = facts_of(ward, infant_id)
    course, day_1 = course_and_day_1(facts)
    rule = rule_of(ward, facts)
    standing = titrations_of(ward, infant_id)
    proposal, blocked = _proposal(ward, facts, course)
    checks = checks_until(titration_facts(ward, facts, ()).counts, ward.today())
    every = titrations_of(ward, infant_id, include_void=True)
    trouble = weight_trouble(ward, facts, ward.now())
    return MaintenanceView(
        banner=banner_of(ward, facts),
        today=ward.today(),
        now=ward.now(),
        day_1=day_1,
        course_title=course.title,
        blocked_by=blocked,
        rule="" if rule is None else rule.words,
        rule_lines=() if rule is None else rule_in_words(rule),
        evidence="" if rule is None else rule.origin.evidence,
        hold=proposal is not None and proposal.hold,
        hold_because=() if proposal is None else proposal.hold_because,
        missing=(
            *(() if proposal is None else proposal.missing),
            *([trouble] if trouble else ()),
            *_grown(ward, facts, standing, rule),
        ),
        newest=count_words(checks.newest),
        drugs=_lines(ward, facts, course, proposal, standing),
        decisions=tuple(_decision(ward, row) for row in reversed(every)),
        checks=_points(ward, facts, day_1),
        anc_lines=_anc_lines(rule),
        platelet_lines=_platelet_lines(rule),
        unsigned=unsigned_words(ward, standing),
    )


def _grown(
    ward: Ward,
    facts: InfantFacts,
    standing: tuple[Titration, ...],
    rule: MaintenanceRule | None,
) -> tuple[str, ...]:
    """Weight or length changed by 5 % or more since a dose in milligrams was worked out for them.

    A decision in per cent for which this site has no rule works out no milligrams: it makes no
    older dose fit the body anew.
    Each drug by itself; the one whose dose was decided longest ago counts.
    """
    ruled = () if rule is None else tuple(drug.drug for drug in rule.drugs)
    newest = {
        row.drug: row.recorded_at
        for row in standing
        if row.amount_ug or (row.percent_tenths and row.drug in ruled)
    }
    if not newest:
        newest = {row.drug: row.recorded_at for row in reversed(standing)}  # the first of each
    if not newest:
        return ()
    decided = min(newest.values())
    then, now = facts.weight(decided), facts.weight(ward.now())
    if then is None or now is None:
        return ()
    was, is_now = facts.length(decided), facts.length(ward.now())
    return size_change(
        Size(then.weight_g, None if was is None else was.length_mm),
        Size(now.weight_g, None if is_now is None else is_now.length_mm),
    )


def _proposal(
    ward: Ward, facts: InfantFacts, course: Course
) -> tuple[Proposal | None, tuple[str, ...]]:
    """Today's proposal, or why there is none."""
    try:
        proposal = proposal_of(ward, facts)
    except Refused as refused:
        return None, refused.reasons
    blocked = no_rule_words(facts.protocol.title, course.title) if proposal is None else ()
    return proposal, blocked


def _lines(
    ward: Ward,
    facts: InfantFacts,
    course: Course,
    proposal: Proposal | None,
    standing: tuple[Titration, ...],
) -> tuple[DrugLine, ...]:
    ended = ended_by_mouth(ward, facts)
    if proposal is None:
        return tuple(_bare(ward, drug, standing, ended.get(drug, "")) for drug in by_mouth(course))
    return tuple(_line(ward, drug, standing, ended.get(drug.drug, "")) for drug in proposal.drugs)


def ended_by_mouth(ward: Ward, facts: InfantFacts) -> dict[str, str]:
    """The drugs by mouth whose planned days have ended, though nobody stopped them, in words."""
    standing = standing_of(ward, facts)
    if standing.running is None:
        return {}
    names = {_plan_name(ward, plan): plan.drug for plan in _plans_by_mouth(standing.running)}
    return {
        names[each.name]: f"NO LONGER PLANNED: last planned on day {each.last}; {each.why}"
        for each in unplanned(ward, facts, standing)
        if each.last is not None and each.name in names
    }


def _plan_name(ward: Ward, plan: DrugPlan) -> str:
    name = ward.drugs.display_name(plan.drug)
    return name if plan.route == ROUTE_NOT_PUBLIC else f"{name} {route_words(plan.route)}"


def by_mouth(course: Course) -> tuple[str, ...]:
    """The drugs of a course that are given by mouth, or whose route is not public, each once."""
    return tuple(dict.fromkeys(plan.drug for plan in _plans_by_mouth(course)))


def _plans_by_mouth(course: Course) -> tuple[DrugPlan, ...]:
    return tuple(
        plan
        for plan in course.drugs
        if plan.route == ROUTE_NOT_PUBLIC or set(route_atoms(plan.route)) <= {"PO", "NG"}
    )


def _bare(ward: Ward, drug: str, standing: tuple[Titration, ...], ended: str) -> DrugLine:
    """A drug without a rule: what is in force can still be seen and recorded."""
    return DrugLine(
        drug=drug,
        name=ward.drugs.display_name(drug),
        every="",
        in_force=in_force(ward, drug, standing),
        mark="unknown",
        action="",
        headline="NOTHING PROPOSED",
        percent=None,
        amount_mg=None,
        because=(),
        steps=(),
        missing=(),
        cautions=(ended,) if ended else (),
        shown="",
    )


def _line(ward: Ward, drug: DrugProposal, standing: tuple[Titration, ...], ended: str) -> DrugLine:
    worked = drug.dose
    prepared = None if worked is None else worked.prepared
    mark, words = HEADLINES[drug.action]
    dose = "" if drug.percent is None else _percent_and_amount(drug.percent, prepared, drug.every)
    headline = words.format(dose) + ("; no longer planned" if ended else "")
    unsigned = _not_counted(ward, drug.drug, standing)
    cautions = (*((ended,) if ended else ()), *unsigned, *drug.cautions)
    missing = (*drug.missing, *(() if worked is None else worked.faults))
    texts = (headline, *drug.because, *missing, *cautions)
    return DrugLine(
        drug=drug.drug,
        name=ward.drugs.display_name(drug.drug),
        every=drug.every,
        in_force=in_force(ward, drug.drug, standing),
        mark=mark,
        action=drug.action,
        headline=headline,
        percent=drug.percent,
        amount_mg=None if prepared is None or prepared.unit != "mg" else prepared.value,
        because=drug.because,
        steps=() if worked is None else worked.steps,
        missing=missing,
        cautions=cautions,
        shown="\n".join(texts),
    )


def _not_counted(ward: Ward, drug: str, standing: tuple[Titration, ...]) -> tuple[str, ...]:
    """That a proposal starts from the signed dose, where something else is decided and waits."""
    own = [row for row in standing if row.drug == drug]
    decided = waiting_rows(ward, own)
    if not decided:
        return ()
    signed = [row for row in own if not waiting_for(ward, row.id)]
    held = f"the dose in force, {from_words(signed[-1])}" if signed else "no dose: none is signed"
    left_out = (
        f"Decided {from_words(row)} is NOT {waiting.upper()} yet and is not counted."
        for row, waiting in decided
    )
    return (" ".join((f"Worked from {held}.", *left_out)),)


def in_force(ward: Ward, drug: str, standing: tuple[Titration, ...]) -> str:
    """The dose in force today in words, and each that is decided and waits or is for later.

    Only a decision with every signature is in force: one that waits is said to wait, with the last
    signed one that holds until then.
    """
    today = ward.today()
    own = [row for row in standing if row.drug == drug]
    past = [row for row in own if row.from_on <= today]
    waits = {row.id: waiting for row, waiting in waiting_rows(ward, own)}
    words = "no signed dose" if past else "no dose so far"
    signed = (row for row in reversed(past) if not waiting_for(ward, row.id))
    held = next(signed, None)
    if held is not None:
        words = from_words(held)
    for row in own:
        waiting = waits.get(row.id, "")
        if row.from_on > today:
            words += f"; then {from_words(row)}"
        elif waiting:
            words += f"; decided {from_words(row)}"
        words += f", NOT {waiting.upper()} yet" if waiting else ""
    return words


def from_words(row: Titration) -> str:
    """A recorded dose and its day: "100 %, 18 mg, from 01-Oct-2026"."""
    return f"{dose_words(row)}, from {write_date(row.from_on)}"


def dose_words(row: Titration) -> str:
    """A recorded dose: "125 %, 27.5 mg", "stopped"."""
    dose = dose_so_far(row)
    if dose.stopped:
        return "stopped"
    parts = [] if dose.percent is None else [f"{write_number(dose.percent)} %"]
    if dose.amount is not None:
        parts.append(f"{write_number(dose.amount.value)} mg")
    return ", ".join(parts)


def _percent_and_amount(percent: Decimal, amount: DrugAmount | None, every: str) -> str:
    worked = "" if amount is None else f": {shown(amount)} each {every}"
    return f"{write_number(percent)} %{worked}"


def _decision(ward: Ward, row: Titration) -> DecisionRow:
    return DecisionRow(
        titration_id=row.id,
        drug=row.drug,
        name=ward.drugs.display_name(row.drug),
        from_on=row.from_on,
        dose=dose_words(row),
        percent=dose_so_far(row).percent,
        decision=row.decision,
        reason=row.reason,
        proposal=row.proposal,
        recorded_by=row.recorded_by,
        recorded_at=ward.local(row.recorded_at),
        voided=row.void_reason or "",
        signed=signed_words(ward, row.id),
        waiting="" if row.void_reason else waiting_for(ward, row.id).upper(),
    )


def _points(ward: Ward, facts: InfantFacts, day_1: date) -> tuple[CheckPoint, ...]:
    first = day_1 - BEFORE_DAY_1
    points = []
    for row in facts.counts:
        at: datetime = ward.local(row.taken_at)
        if at.date() >= first:
            points.append(
                CheckPoint(
                    at, row.anc_per_ul, row.platelets_per_ul, row.anc_state, row.platelets_state
                )
            )
    return tuple(points)


def _anc_lines(rule: MaintenanceRule | None) -> tuple[Threshold, ...]:
    if rule is None:
        return ()
    lines = [Threshold(rule.stop.anc_at_most, "stop at most")]
    if rule.reduce is not None:
        lines.append(Threshold(rule.reduce.anc_at_most, f"{rule.reduce.percent} % at most"))
    else:
        lines.append(Threshold(rule.resume.anc_at_least, "resume from"))
    if rule.raising is not None:
        lines.append(Threshold(rule.raising.anc_at_least, "raise from"))
    return tuple(lines)


def _platelet_lines(rule: MaintenanceRule | None) -> tuple[Threshold, ...]:
    if rule is None:
        return ()
    second = Threshold(rule.resume.platelets_at_least, "resume from")
    if rule.reduce is not None:
        second = Threshold(rule.reduce.platelets_at_most, f"{rule.reduce.percent} % at most")
    return (Threshold(rule.stop.platelets_at_most, "stop at most"), second)
