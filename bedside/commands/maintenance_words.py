"""How a titration proposal leaves the command: keys for a program, a paragraph each for a person."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bedside.commands.dose_words import plain, quantity
from bedside.protocol.drugs import display_name
from bedside.protocol.preparation import shown
from bedside.protocol.titration_facts import DrugProposal, Proposal, WorkedDose
from bedside.units.dates import write_date
from bedside.units.quantities import DoseRate, DrugAmount

ACTIONS = {
    "start": "START",
    "do not start": "DO NOT START",
    "keep": "KEEP",
    "stop": "STOP",
    "stay stopped": "STAYS STOPPED",
    "reduce": "REDUCE",
    "resume": "RESUME",
    "raise": "RAISE",
    "ask": "ASK: nothing is proposed",
    "unknown": "NOT KNOWN: give no dose by this before the count is known",
}

_HELD = {
    True: "HOLD: every drug is or stays stopped.",
    False: "No hold.",
    None: "Whether to hold is NOT KNOWN: give nothing by this before it is.",
}


def drug_in_json(drug: DrugProposal, missing: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return one drug with the keys of the contract; quantities as the command line takes them.

    Args:
        drug: what is proposed for it.
        missing: what is not known of the counts: such a drug is held, or it is not known whether.
    """
    worked, stopped = drug.dose, drug.percent == 0
    unknown = () if stopped else tuple(f"not known: {words}" for words in missing)
    faults = () if worked is None else worked.faults
    return {
        "drug": drug.drug,
        "name": display_name(drug.drug),
        "route": drug.route,
        "every": drug.every,
        "action": drug.action,
        "before_percent": _percent(drug.before),
        "percent": _percent(drug.percent),
        "dose": dose_text(worked),
        "dose_by_body": None if worked is None else _by_body(worked),
        "unrounded": None if worked is None else quantity(worked.unrounded),
        "change_percent": None if worked is None else _percent(worked.change_percent),
        "hold": None if unknown else stopped,
        "because": list(drug.because),
        "counts": [day.isoformat() for day in drug.counts],
        "steps": [] if worked is None else list(worked.steps),
        "blocked_by": [*unknown, *faults],
        "missing": list(drug.missing),
        "cautions": list(drug.cautions),
    }


def dose_text(worked: WorkedDose | None) -> str | None:
    """The prepared dose; per body size while the body is unknown; None while something blocks it."""
    if worked is None:
        return None
    if worked.prepared is None and worked.unrounded is None:
        return _by_body(worked)
    return quantity(worked.prepared)


def hold_of(proposal: Proposal) -> bool | None:
    """Whether every drug is held; None where a count is missing that decides on it."""
    return None if proposal.missing and not proposal.hold else proposal.hold


def proposal_in_words(head: str, proposal: Proposal, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the whole proposal for a person."""
    held = _HELD[hold_of(proposal)]
    lines = [head, f"Rule: {proposal.rule_words}.", f"On {write_date(proposal.on)}: {held}"]
    lines += [f"  {words}" for words in proposal.hold_because or proposal.missing]
    for drug, row in zip(proposal.drugs, values["proposal"], strict=True):
        lines += ["", *_drug_in_words(drug, row)]
    lines += ["", "A proposal, not a decision: a person decides, and records what was decided."]
    return tuple(lines)


def _drug_in_words(drug: DrugProposal, row: Mapping[str, Any]) -> list[str]:
    said = ACTIONS[drug.action]
    if row["percent"] is not None and drug.action not in {"stop", "stay stopped", "do not start"}:
        said += f"  {row['percent']} %{_each(drug)}"
    return [
        f"{row['name']}: {said}",
        *(f"  {words}" for words in drug.because),
        *(f"  {step}" for step in row["steps"]),
        *(f"  Blocked: {words}" for words in (drug.dose.faults if drug.dose else ())),
        *(f"  Missing: {words}" for words in drug.missing),
        *(f"  Caution: {words}" for words in drug.cautions),
    ]


def _each(drug: DrugProposal) -> str:
    """The dose for a person: ", 30 mg each day"."""
    worked = drug.dose
    if worked is None or (worked.prepared is None and worked.unrounded is not None):
        return ""
    text = _by_body(worked) if worked.prepared is None else shown(worked.prepared)
    return f", {text} each {drug.every}"


def _by_body(worked: WorkedDose) -> str | None:
    rate = worked.rate
    share = DoseRate(rate.value * worked.percent / 100, rate.unit, rate.per)
    text = quantity(DrugAmount(share.value, share.unit))
    return text if share.per == "dose" else f"{text}/{share.per}"


def _percent(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)
