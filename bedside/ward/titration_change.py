"""What a decision on a dose by mouth changes: before and after, worked and rounded, and by how much.

Decision: rounding to a tablet or a syringe's mark can make a step of the rule larger than it reads:
17.4 mg is prepared as 17 mg and 21.8 mg as 22 mg, so 100 % to 125 % is 29 % more. The step is said
as it is given, beside the rule's own, before anybody signs it.
"""

from collections.abc import Iterator
from decimal import Decimal

from bedside.protocol.titration_dose import start_band, work_percent
from bedside.protocol.titration_facts import WorkedDose
from bedside.store.records import Titration
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.units.rounding import change_percent, half_up
from bedside.units.writer import write_number
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.titration import (
    dose_so_far,
    proposal_of,
    rule_of,
    signed_titrations,
    titration_facts,
)
from bedside.ward.titration_rows import titrations_of
from bedside.ward.titration_signing import waiting_for, waiting_rows
from bedside.ward.views.maintenance import DoseStep, NewTitration
from bedside.ward.ward import Ward

_WHOLE = Decimal(100)
_LOW = 8  # [judgement] times less than the dose in force: asked
_FIFTH = Decimal("0.2")  # around a power of ten
_NEAR = Decimal("0.1")  # two changes in per cent that are told apart


class _Side:
    """One dose, before or after: per cent, milligrams as given, and as worked for the body of today."""

    def __init__(
        self, percent: Decimal | None, amount: Decimal | None, worked: WorkedDose | None
    ) -> None:
        prepared = None if worked is None or worked.prepared is None else worked.prepared.value
        self.percent, self.worked = percent, worked
        self.amount = prepared if amount is None else amount
        self.as_worked = self.amount is not None and self.amount == prepared
        self.is_signed = True
        self.least: Decimal | None = (
            None  # mg, of every decision before: where nothing else is known
        )

    @property
    def words(self) -> str:
        """The dose in words: "17 mg", "125 %"."""
        if self.amount is not None:
            return f"{write_number(self.amount)} mg"
        return "unknown" if self.percent is None else f"{write_number(self.percent)} %"


def dose_step(
    ward: Ward, infant_id: int, form: NewTitration, *, but: int | None = None
) -> DoseStep:
    """What a decision would change; nothing is recorded.

    Args:
        ward: the ward.
        infant_id: the infant, in Maintenance.
        form: the decision as typed; an accepted proposal carries no dose of its own.
        but: the decision itself, where it is recorded already and is only to be signed.

    Returns:
        Both doses with their working and rounding, the change, and whether the dose is raised: a
        change that cannot be compared counts as a raise.
    """
    facts = facts_of(ward, infant_id)
    own = _decided(ward, infant_id, form, but)
    before = next(reversed(signed_titrations(ward, infant_id, own) or own), None)
    after = _after(ward, facts, form)
    if after is None:
        return DoseStep("", (), raises=False)
    if before is None:
        lines = tuple(_told("The first dose", after))
        far = _too_far(None, after, _worked(ward, facts, form.drug, _WHOLE))
        low = _too_low(None, after, _worked(ward, facts, form.drug, _WHOLE))
        return DoseStep(f"First dose: {after.words}.", lines, raises=False, far=far, low=low)
    was = _before(ward, facts, before)
    waiting = waiting_for(ward, before.id).upper()
    since = f"In force {_since(ward, before)} {write_date(before.from_on)}"
    was.is_signed, was.least = not waiting, _least(own)
    if waiting:
        since = f"Decided from {write_date(before.from_on)}, NOT {waiting} yet"
    change, why = _change(was, after), " ".join(_why_apart(was, after))
    then = (*_between(ward, own, before), *_told(f"From {write_date(form.from_on)}", after))
    lines = (*_told(since, was), *then, change, *((f"{why}.",) if why else ()))
    begun = _worked(ward, facts, form.drug, _WHOLE)
    far, low = _too_far(was, after, begun), _too_low(was, after, begun)
    return DoseStep(change, lines, raises=_raises(was, after), far=far, low=low)


def _too_far(was: _Side | None, then: _Side, begun: WorkedDose | None) -> str:
    """Why a dose cannot be meant: more than twice the higher of what is in force and what is begun with.

    In force is what is signed in full: a decision that waits carries no higher one. Where neither is
    known, the lowest dose that was decided is the measure.

    A decimal mark or a zero that slipped reads like an ordinary decision here; no rule raises a dose
    by more than a half. What is really meant higher is decided in steps, each of them signed.
    """
    signed = was if was is not None and was.is_signed else None
    least = None if was is None else was.least
    pairs = (
        (then.percent, (None if signed is None else signed.percent, _WHOLE), "%"),
        (then.amount, (None if signed is None else signed.amount, _prepared(begun)), "mg"),
    )
    for value, known, unit in pairs:
        most = max((one for one in known if one), default=least)
        if value is not None and most and value > 2 * most:
            said = f"{write_number(value)} {unit} is more than twice {write_number(most)} {unit}"
            return (
                f"{said}: a decimal mark or a zero? Type what was decided; a dose that is meant so "
                "much higher is decided in steps, each verified and released before the next."
            )
    return ""


def _too_low(was: _Side | None, then: _Side, begun: WorkedDose | None) -> str:
    """Why a dose looks like a slip of the decimal mark downwards; "" where it does not, or stops.

    [judgement] An eighth or less of the dose in force, or about a tenth, a hundredth or a thousandth
    (within a fifth) of what is begun with: no rule lowers a dose so far in one step but to nothing.
    """
    pairs = (
        (then.amount, None if was is None else was.amount, _prepared(begun), "mg"),
        (then.percent, None if was is None else was.percent, _WHOLE, "%"),
    )
    for value, in_force, whole, unit in pairs:
        if not value or (in_force and value >= in_force):
            continue
        if in_force and value * _LOW <= in_force:
            beside = f"{write_number(in_force)} {unit}, in force"
        elif whole and any(_about(value * power, whole) for power in (10, 100, 1000)):
            beside = f"{write_number(whole)} {unit}, the dose begun with"
        else:
            continue
        share = _share_words((in_force if "in force" in beside else whole) or value, value)
        return f"{write_number(value)} {unit} is {share} of {beside}: a decimal mark or a zero?"
    return ""


def _about(value: Decimal, whole: Decimal) -> bool:
    return abs(value / whole - 1) <= _FIFTH


def _share_words(whole: Decimal, value: Decimal) -> str:
    times = whole / value
    for power, words in ((10, "a tenth"), (100, "a hundredth"), (1000, "a thousandth")):
        if times == power:
            return words
        if _about(value * power, whole):
            return f"about {words}"
    return f"1 / {write_number(half_up(times, 0))}"


def _prepared(worked: WorkedDose | None) -> Decimal | None:
    return None if worked is None or worked.prepared is None else worked.prepared.value


def _decided(ward: Ward, infant_id: int, form: NewTitration, but: int | None) -> list[Titration]:
    """What was decided about the drug until the day of a decision, without that decision itself.

    A dose is compared with the newest signed one; where none is signed, with the newest of all: a
    raise is never missed.
    """
    return [
        row
        for row in titrations_of(ward, infant_id)
        if row.drug == form.drug and row.from_on <= form.from_on and row.id != but
    ]


def _since(ward: Ward, row: Titration) -> str:
    return "since" if row.from_on <= ward.today() else "from"


def _least(own: list[Titration]) -> Decimal | None:
    """The lowest dose in mg that was decided so far, signed or not; None where none says mg."""
    amounts = (dose_so_far(row).amount for row in own)
    return min((one.value for one in amounts if one is not None and one.value), default=None)


def _between(ward: Ward, own: list[Titration], before: Titration) -> Iterator[str]:
    """The decisions that wait, between the dose that is compared and the one that is decided."""
    for row, waiting in waiting_rows(ward, own):
        if (row.from_on, row.id) != (before.from_on, before.id):
            dose = dose_so_far(row)
            amount = None if dose.amount is None else dose.amount.value
            words = _Side(dose.percent, amount, None).words
            day = write_date(row.from_on)
            yield f"Decided {words} from {day}, NOT {waiting.upper()} yet: not counted."


def _before(ward: Ward, facts: InfantFacts, row: Titration) -> _Side:
    dose = dose_so_far(row)
    percent = dose.percent
    if percent is None:
        try:
            proposal = proposal_of(ward, facts)
        except Refused:
            proposal = None
        found = [] if proposal is None else [one for one in proposal.drugs if one.drug == row.drug]
        percent = found[0].before if found else None
    amount = None if dose.amount is None else dose.amount.value
    return _Side(percent, amount, _worked(ward, facts, row.drug, percent))


def _after(ward: Ward, facts: InfantFacts, form: NewTitration) -> _Side | None:
    percent, amount = form.percent, form.amount_mg
    if form.decision == "accepted":
        proposal = proposal_of(ward, facts)
        found = [] if proposal is None else [one for one in proposal.drugs if one.drug == form.drug]
        percent = found[0].percent if found else None
    if percent is None and amount is None:
        return None
    return _Side(percent, amount, _worked(ward, facts, form.drug, percent))


def _worked(
    ward: Ward, facts: InfantFacts, drug: str, percent: Decimal | None
) -> WorkedDose | None:
    """So many per cent of the site's rule for the body of today; None where it cannot be worked."""
    rule = rule_of(ward, facts)
    of_drug = None if rule is None else rule.drug(drug)
    if of_drug is None or percent is None:
        return None
    known = titration_facts(ward, facts, ())
    band = start_band(of_drug, known)
    return None if band is None else work_percent(of_drug, band, percent, known)


def _told(head: str, side: _Side) -> Iterator[str]:
    share = "" if side.percent is None else f"{write_number(side.percent)} %, "
    amount = "mg not worked out" if side.amount is None else f"{write_number(side.amount)} mg"
    yield f"{head}: {share}{amount}."
    if side.worked is None:
        yield "Not worked out here: the site has no rule for it, or the dose is in mg only."
        return
    yield from side.worked.steps[1:] or side.worked.steps
    yield from side.worked.faults


def _change(was: _Side, then: _Side) -> str:
    """The change as it is given, beside the step in per cent."""
    in_mg = _percent_more(was.amount, then.amount)
    in_percent = _percent_more(was.percent, then.percent)
    if in_mg is None and in_percent is None:
        return f"{was.words} to {then.words}: by how much cannot be worked out."
    if in_mg is None:
        return (
            f"{_share(was)} to {_share(then)}: {_signed(in_percent)}; in mg it is not worked out."
        )
    words = f"{was.words} to {then.words}: {_signed(in_mg)}"
    if in_percent is None or abs(in_mg - in_percent) < _NEAR:
        return f"{words}."
    return f"{words}, where {_share(was)} to {_share(then)} is {_signed(in_percent)}."


def _why_apart(was: _Side, then: _Side) -> Iterator[str]:
    """Why the dose changes by more or less than its step in per cent."""
    in_mg = _percent_more(was.amount, then.amount)
    in_percent = _percent_more(was.percent, then.percent)
    if in_mg is None or in_percent is None or abs(in_mg - in_percent) < _NEAR:
        return
    yield "The difference is rounding to the tablet or the mark of the syringe"
    for side, when in ((was, "in force"), (then, "decided")):
        prepared = None if side.worked is None else side.worked.prepared
        if prepared is not None and not side.as_worked:
            yield (
                f"and that {side.words} is {when}, where {_share(side)} comes to "
                f"{write_number(prepared.value)} mg for the body of today"
            )


def _share(side: _Side) -> str:
    return "unknown" if side.percent is None else f"{write_number(side.percent)} %"


def _percent_more(before: Decimal | None, after: Decimal | None) -> Decimal | None:
    if before is None or after is None or before == 0:
        return None
    return half_up(change_percent(before, after), 1)


def _signed(change: Decimal | None) -> str:
    if change is None:
        return "unknown"
    return f"{'+' if change > 0 else ''}{write_number(change)} %"


def _raises(was: _Side, then: _Side) -> bool:
    """Whether any figure rises; what cannot be compared counts as a raise, unless it stops."""
    pairs = [
        (before, after)
        for before, after in ((was.percent, then.percent), (was.amount, then.amount))
        if before is not None and after is not None
    ]
    if not pairs:
        return 0 not in (then.percent, then.amount)
    return any(after > before for before, after in pairs)
