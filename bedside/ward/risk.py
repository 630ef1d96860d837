"""Risk and arm of one infant as shown: the group with its reasons, what is missing, what follows."""

from bedside.protocol.mrd import METHODS
from bedside.protocol.path import path_of
from bedside.protocol.risk_model import Partner
from bedside.protocol.transplant import Indication
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.units.writer import write_count
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.infants import banner_of
from bedside.ward.risk_facts import (
    DONE,
    arm_of,
    fact,
    group_of,
    path_facts_of,
    risk_of,
)
from bedside.ward.transplant_facts import indication_of, limit_of, result_of
from bedside.ward.views.risk import MrdLine, RiskView
from bedside.ward.ward import Ward

NOT_RECORDED = "not recorded"


def risk_view(ward: Ward, infant_id: int) -> RiskView:
    """Everything that the dialog on risk and arm shows, read afresh."""
    facts = facts_of(ward, infant_id)
    protocol, strata = facts.protocol, facts.protocol.strata
    judged = risk_of(facts)
    groups = () if strata.risk is None else strata.risk.groups
    group = group_of(facts)
    partner = _partner(facts)
    transplant, replaces = _transplant(facts, indication_of(facts))
    return RiskView(
        banner=banner_of(ward, facts),
        has_groups=judged is not None,
        no_groups=f"{protocol.title} has no public risk groups and one arm.",
        group=group,
        group_title=next((found.title for found in groups if found.key == group), ""),
        because=() if judged is None else judged.because,
        ask="" if judged is None else judged.ask,
        partner=NOT_RECORDED if partner is None else partner.title,
        outcome="" if partner is None else partner.outcome,
        outcome_source="" if partner is None else partner.origin.named,
        group_outcomes=_outcomes(facts, group),
        arm=_arm(facts),
        transplant=transplant,
        replaces=replaces,
        mrd=_mrd(facts),
        path=_path(facts),
        white_cells=_count(facts, "white-cells"),
        day8_blasts=_count(facts, "day8-blasts"),
        arms=tuple((arm.key, arm.title) for arm in strata.arms),
        partners=tuple((found.key, found.title) for found in strata.partners),
        points=tuple((point.key, point.title) for point in strata.mrd_points),
        methods=METHODS,
    )


def _partner(facts: InfantFacts) -> Partner | None:
    row = fact(facts, "partner")
    partners = facts.protocol.strata.partners
    return next((found for found in partners if row is not None and found.key == row.word), None)


def _outcomes(facts: InfantFacts, group: str) -> tuple[str, ...]:
    """What is published of this very group."""
    return tuple(
        f"{outcome.about}: {outcome.measure} {outcome.figure} ({outcome.origin.named})"
        for outcome in facts.protocol.strata.outcomes
        if group and group in outcome.about.replace(",", " ").split()
    )


def _arm(facts: InfantFacts) -> str:
    strata = facts.protocol.strata
    if not strata.arms:
        return facts.protocol.arm_words
    arm = arm_of(facts)
    if not arm:
        group = group_of(facts)
        taken = next((found for found in strata.arms if group in found.without_allocation), None)
        return f"{taken.title}, without allocation: {group}" if taken else "not recorded: ask"
    title = strata.arm(arm).title
    if not facts.allocations:
        return f"{title}, as the courses that have begun show"
    row = facts.allocations[-1]
    return f"{title}, allocated on {write_date(row.allocated_on)} by {row.allocated_by}"


def _transplant(facts: InfantFacts, found: Indication | None) -> tuple[str, str]:
    if found is None:
        return "no public rule", ""
    said = {True: "indicated", False: "not indicated", None: "not yet known"}[found.indicated]
    row = fact(facts, "transplant")
    if row is not None:
        done = "done" if row.word == DONE else "not to be done"
        said = f"{done}, {write_date(row.on_day)}; by the rule {said}"
    replaces = found.replaces_words if found.indicated is not False else ""
    return f"{said}: {found.because}", replaces


def _mrd(facts: InfantFacts) -> tuple[MrdLine, ...]:
    methods = dict(METHODS)
    lines = []
    for point in facts.protocol.strata.mrd_points:
        row = next((row for row in facts.mrd if row.point == point.key), None)
        words = NOT_RECORDED
        if row is not None:
            limit = limit_of(row)
            seen = "limit of detection not recorded" if limit is None else f"sees {limit:f}"
            words = (
                f"{result_of(row).words}, {write_date(row.taken_on)}, "
                f"{methods.get(row.method, row.method)}, {seen}"
            )
        lines.append(MrdLine(point.key, point.title, words))
    return tuple(lines)


def _path(facts: InfantFacts) -> str:
    """The courses that follow from it, in one line; what has to be asked at its end."""
    try:
        path = path_of(facts.protocol, path_facts_of(facts))
    except Refused as refusal:
        return str(refusal)
    titles = [
        facts.protocol.course(key).title
        + (" (only without a transplant)" if key in path.rests_on_transplant else "")
        for key in path.courses
    ]
    return ", ".join(titles) + (f" ({path.ask})" if path.ask else "")


def _count(facts: InfantFacts, kind: str) -> str:
    row = fact(facts, kind)
    if row is None or row.per_ul is None:
        return NOT_RECORDED
    return f"{row.word}{write_count(row.per_ul)}, {write_date(row.on_day)}"
