"""Proposes doses by mouth in Maintenance from a rule, the counts and the doses so far; decides nothing.

A pure function: facts in any order give the same proposal (hazard H27). An unknown count never
lets a dose rise or a stopped drug be resumed; a stop is proposed on what is known (H21, H22). What
a person decides, with or against the proposal, is recorded elsewhere.
"""

from msgspec.structs import replace

from bedside.protocol.drugs import display_name
from bedside.protocol.maintenance import MaintenanceDrug, MaintenanceRule
from bedside.protocol.titration_dose import percent_of
from bedside.protocol.titration_drug import DrugJudgement, steps_of
from bedside.protocol.titration_facts import (
    Checks,
    DrugProposal,
    History,
    Proposal,
    TitrationFacts,
    checks_until,
)
from bedside.protocol.titration_zone import Zone, zone_of
from bedside.units.dates import write_date
from bedside.units.refusal import Refused


def propose(rule: MaintenanceRule, facts: TitrationFacts) -> Proposal:
    """Propose each drug's dose.

    Args:
        rule: the rule, asked for by name or commissioned by the site.
        facts: age, counts, doses so far, body; in any order.

    Returns:
        The proposal, each part with its reasons and with what is missing.

    Raises:
        Refused: the day lies before day 1 of cycle 1, day 1 before birth, or the doses so far
            contradict each other.

    Source: the rule's own file or table; each of its numbers names its source.
    """
    _check(rule, facts)
    checks = checks_until(facts.counts, facts.on)
    zone = zone_of(rule, checks, facts.on)
    histories = {drug.drug: _history(rule, drug, facts) for drug in rule.drugs}
    drugs = tuple(
        _judge(rule, drug, facts, checks, zone, {key: one[0] for key, one in histories.items()},
               histories[drug.drug][1])
        for drug in rule.drugs
    )  # fmt: skip
    held = all(drug.percent == 0 for drug in drugs)
    return Proposal(
        rule_words=rule.words,
        on=facts.on,
        hold=held,
        hold_because=(zone.stop or zone.short or zone.missing) if held else (),
        drugs=_both_at_once(drugs),
        missing=zone.missing,
    )


def _judge(
    rule: MaintenanceRule,
    drug: MaintenanceDrug,
    facts: TitrationFacts,
    checks: Checks,
    zone: Zone,
    histories: dict[str, History],
    cautions: tuple[str, ...],
) -> DrugProposal:
    leader = None if drug.follows is None else histories[drug.follows.drug]
    judgement = DrugJudgement(rule, drug, facts, checks, zone, histories[drug.drug], leader)
    judgement.cautions.extend(cautions)
    return judgement.judged()


def _history(
    rule: MaintenanceRule, drug: MaintenanceDrug, facts: TitrationFacts
) -> tuple[History, tuple[str, ...]]:
    """The doses of one drug in per cent, and what is to be said about how they were read."""
    own = sorted(
        (dose for dose in facts.doses if dose.drug == drug.drug), key=lambda dose: dose.from_on
    )
    entries, cautions = [], []
    shares = steps_of(rule, drug)
    for dose in own:
        if dose.from_on <= facts.on:
            percent, words = percent_of(drug, shares, dose, facts)
            entries.append((dose.from_on, percent))
            cautions.append(words)
    later = tuple(dose for dose in own if dose.from_on > facts.on)
    return History(drug, tuple(entries), later), tuple(words for words in cautions[-1:] if words)


def _check(rule: MaintenanceRule, facts: TitrationFacts) -> None:
    day_1 = facts.cycle_1_day_1
    if day_1 < facts.birth:
        raise Refused(
            f"Day 1 of cycle 1, {write_date(day_1)}, is before the day of birth, "
            f"{write_date(facts.birth)}: look at both dates again."
        )
    if facts.on < day_1:
        raise Refused(
            f"{write_date(facts.on)} is before day 1 of cycle 1, {write_date(day_1)}: "
            "nothing is titrated yet."
        )
    seen = set()
    for dose in facts.doses:
        name = display_name(dose.drug)
        if rule.drug(dose.drug) is None:
            known = ", ".join(display_name(drug.drug) for drug in rule.drugs)
            raise Refused(f"The rule says nothing of {name}: it titrates {known}.")
        if (dose.drug, dose.from_on) in seen:
            raise Refused(f"Two doses of {name} from {write_date(dose.from_on)}: keep one.")
        if dose.from_on < day_1:
            raise Refused(
                f"The dose of {name} from {write_date(dose.from_on)} is before day 1 of cycle 1, "
                f"{write_date(day_1)}: it belongs to an earlier course, leave it out."
            )
        if dose.percent is None and dose.amount is None:
            raise Refused(f"The dose of {name} from {write_date(dose.from_on)} says no amount.")
        seen.add((dose.drug, dose.from_on))


def _both_at_once(drugs: tuple[DrugProposal, ...]) -> tuple[DrugProposal, ...]:
    """Say it where the rule would raise two drugs on one day."""
    rising = [display_name(drug.drug) for drug in drugs if drug.action == "raise"]
    if len(rising) < 2:
        return drugs
    words = (
        f"{' and '.join(rising)} would both rise today: the rule does not say so, decide one first."
    )
    return tuple(
        replace(drug, cautions=(*drug.cautions, words)) if drug.action == "raise" else drug
        for drug in drugs
    )
