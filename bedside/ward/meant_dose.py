"""What a planned dose was meant to be: decided, worked out, or what was given last; and what differs.

A dose by mouth of Maintenance is what was decided about it; a decision that nobody verified and
released yet is compared with all the same, and giving by it asks for its reason.
"""

from collections.abc import Iterable
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from bedside.clinical.given_amount import compare_amounts
from bedside.protocol.drugs import ROUTE_NOT_PUBLIC, route_atoms
from bedside.protocol.schedule import ProjectedDose
from bedside.store.records import Titration
from bedside.units.dates import write_date
from bedside.units.quantities import DrugAmount
from bedside.units.refusal import Refused
from bedside.units.writer import write_amount
from bedside.ward.amount_per_kg import above_words, bound_of, per_kg_words
from bedside.ward.facts import InfantFacts
from bedside.ward.views.given import AmountBound, GivenAs, GivenBy
from bedside.ward.ward import Ward
from bedside.ward.weighing import second_reader_trouble
from bedside.ward.worked import amount_given

BY_MOUTH = {"PO", "NG"}
NOTHING_TO_COMPARE = (
    "Nothing is there to compare it with: no dose is decided or worked out, and none of this drug "
    "was recorded with its amount. Type it a second time from the signed order."
)


class Meant(Struct, frozen=True):
    """What an amount given is compared with.

    ``decided`` is the decision in words, with who decided, "" where none holds; ``waiting`` what it
    still waits for: "VERIFIED", "RELEASED", "" where it is signed.
    """

    amount: DrugAmount | None
    words: str
    decided: str = ""
    waiting: str = ""
    bound: AmountBound | None = None  # held against where neither a decision nor a plan says it


def meant_dose(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, worked: DrugAmount | None
) -> Meant:
    """What a planned dose is compared with: its decision, else what is worked out, else the last.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        dose: the planned dose.
        worked: what the plan comes to on its day, None where it cannot be worked out.
    """
    row = _decision(ward, facts, dose)
    decided = _last_or_worked(facts, dose, worked)
    if row is None:
        return (
            decided if worked is not None else replace(decided, bound=bound_of(ward, facts, dose))
        )
    from bedside.ward.titration import dose_so_far
    from bedside.ward.titration_page import dose_words
    from bedside.ward.titration_signing import signed_words, waiting_for

    told = (
        f"Decided: {dose_words(row)}, from {write_date(row.from_on)}, by {row.recorded_by}; "
        f"{signed_words(ward, row.id)}."
    )
    found = dose_so_far(row)
    amount = DrugAmount(Decimal(0)) if found.stopped else found.amount
    decided = replace(decided, decided=told, waiting=waiting_for(ward, row.id).upper())
    if amount is None:
        return decided
    return replace(decided, amount=amount, words=f"{write_amount(amount)} was decided")


def check_amount(ward: Ward, meant: Meant, given: GivenAs, by: GivenBy, who: str) -> str:
    """Hold an amount as given against what was meant.

    Returns:
        The reason as it is kept: with the second person who read a far one, and with the state of
        a decision that nobody signed yet.

    Raises:
        Refused: it is more than any known dose of the drug comes to and nothing nearer is there to
            compare with, or it differs, or its decision is not signed and no reason is given; it is far and no
            second person is named; or it was not typed a second time where nothing is there to
            compare with.
    """
    reason, second = given.reason.strip(), given.second_person.strip()
    faults, far = _differences(meant, given)
    if far:
        people = (second_reader_trouble(ward, second, one) for one in (who, by.signer.name))
        trouble = list(dict.fromkeys(one for one in people if one))
        faults += trouble
        if not trouble and reason:
            faults = []
    if meant.waiting and not reason:
        faults.append(
            f"The decision is NOT {meant.waiting} yet: say why it was given all the same."
        )
    if faults:
        raise Refused(*faults)
    if far:
        reason += f"; read by a second person, {second}"
    if meant.waiting:
        reason += f"; given while the decision was NOT {meant.waiting}"
    return reason


def _differences(meant: Meant, given: GivenAs) -> tuple[list[str], bool]:
    """What is asked about an amount, and whether it is so far that one person may not record it."""
    if given.amount is None:
        return [], False
    if meant.amount is None and given.again is None:
        return [NOTHING_TO_COMPARE], False
    if meant.amount is None and given.again != given.amount and given.again is not None:
        both = f"{write_amount(given.amount)} and {write_amount(given.again)}"
        return [f"Typed twice, but not the same: {both}. Read the order again."], False
    above = _above(meant, given.amount)
    if meant.amount is None:
        return above, bool(above)
    found = compare_amounts(given.amount, meant.amount)
    if found.difference == "far":
        words = f"{meant.words}, {write_amount(given.amount)} was typed. {found.words}."
        asked = f"{words} Read it again. If it is true all the same, say why."
        return [asked, *above], True
    if above:
        return above, True
    if found.difference == "other" and not given.reason.strip():
        words = f"{meant.words}, {write_amount(given.amount)} was given"
        return [f"{words}: say why it was given otherwise."], False
    return [], False


def _above(meant: Meant, amount: DrugAmount) -> list[str]:
    """Where neither a decision nor a plan says the dose: what is more than any known dose comes to."""
    above = above_words(meant.bound, amount)
    if not above or meant.bound is None:
        return []
    per_kg = per_kg_words(meant.bound, amount)
    return [f"{above}. {per_kg} Read it again. If it is true all the same, say why."]


def _last_or_worked(facts: InfantFacts, dose: ProjectedDose, worked: DrugAmount | None) -> Meant:
    if worked is not None:
        return Meant(worked, f"{write_amount(worked)} was worked out")
    own = [
        (row.due_on, row.id, amount)
        for row in facts.doses
        if (row.drug, row.route) == (dose.drug, dose.route) and row.state == "given"
        if (amount := amount_given(facts, row)) is not None
    ]
    if not own:
        return Meant(None, "")
    on, _, amount = max(own, key=lambda one: one[:2])
    return Meant(amount, f"{write_amount(amount)} was given last, for {write_date(on)}")


def _decision(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> Titration | None:
    """The decision on a dose by mouth of Maintenance that holds on its day."""
    course = facts.protocol.course(dose.course_key)
    by_mouth = dose.route == ROUTE_NOT_PUBLIC or set(route_atoms(dose.route)) <= BY_MOUTH
    if course.kind != "maintenance" or not by_mouth:
        return None
    from bedside.ward.titration_rows import titrations_of

    return _newest(
        row
        for row in titrations_of(ward, facts.infant.id)
        if row.drug == dose.drug and row.from_on <= dose.on
    )


def _newest(rows: Iterable[Titration]) -> Titration | None:
    return max(rows, key=lambda row: (row.from_on, row.id), default=None)
