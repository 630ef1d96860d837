"""An amount given that is far from what was meant: told until a physician has seen it and decided.

Recording one asks for a reason and a second person, which makes the record true; it does not make
the dose right. So the ward list, the first page and the handover say it, in both figures, until a
physician signs that she has seen it and what she decided, or until the record is struck out as a slip
of typing (hazards H1, H29).
"""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from bedside.protocol.schedule import ProjectedDose
from bedside.store.dose_records import GivenSeen
from bedside.store.queries import of_infant
from bedside.store.records import DoseRecord
from bedside.units.dates import write_date_time
from bedside.units.writer import write_amount
from bedside.ward.day_doses import of_words
from bedside.ward.facts import InfantFacts
from bedside.ward.views.marks import HeldItem
from bedside.ward.ward import Ward

READ_BY = "; read by a second person, "  # `meant_dose.check_amount` adds it to every far amount
_ASK = "a physician sees it, and says what is decided; a slip of typing is struck out"
_BRIEF = "a physician sees it"
_FAR = Decimal(2)  # as in `bedside.clinical.given_amount`: at least twice, or at most half


class FarGiven(Struct, frozen=True):
    """A dose given far from what was meant, that no physician has signed as seen.

    Args:
        dose_id: its record.
        title: "mercaptopurine day 8".
        told: "given 170 mg, decided 17 mg".
        recorded: when and by whom it was recorded, and why, as it was typed then.
    """

    dose_id: int
    title: str
    told: str
    recorded: str


def far_given(ward: Ward, facts: InfantFacts) -> tuple[FarGiven, ...]:
    """Every dose given far from what was meant, that no physician has seen yet, the oldest first.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
    """
    found = [(row, told) for row in _candidates(facts) if (told := _told(ward, facts, row))]
    if not found:
        return ()
    with ward.store.reading() as connection:
        seen = {one.dose_id for one in of_infant(connection, GivenSeen, facts.infant.id)}
    return tuple(_far(ward, row, told) for row, told in found if row.id not in seen)


def far_items(ward: Ward, facts: InfantFacts) -> tuple[HeldItem, ...]:
    """The same for the ward list, the first page and the handover, a line each."""
    return tuple(
        HeldItem("stop", f"{one.title}, {one.told}", (one.recorded, _ASK), "given", _BRIEF)
        for one in far_given(ward, facts)
    )


def _far(ward: Ward, row: DoseRecord, told: str) -> FarGiven:
    title = f"{ward.drugs.display_name(row.drug)} day {row.course_day}"
    title += f", {words}" if (words := of_words(row)) else ""
    when = f"recorded {write_date_time(ward.local(row.recorded_at))} by {row.recorded_by}"
    return FarGiven(row.id, title, told, f"{when}: {row.note}" if row.note else when)


def _candidates(facts: InfantFacts) -> Iterator[DoseRecord]:
    """The given doses that may be far: no database is asked and nothing is worked out for the others."""
    for row in facts.doses:
        basis = facts.bases.get(row.id)
        if row.state != "given" or basis is None or basis.amount is None:
            continue
        worked = basis.worked
        off = worked is not None and not worked / _FAR < basis.amount < worked * _FAR
        if off or READ_BY in row.note:
            yield row


def _told(ward: Ward, facts: InfantFacts, row: DoseRecord) -> str:
    """Both figures in words; "" where it is not far after all (a decision stood in the plan's place)."""
    from bedside.clinical.given_amount import compare_amounts
    from bedside.units.quantities import DrugAmount
    from bedside.ward.meant_dose import meant_dose
    from bedside.ward.worked import amount_given

    given, worked = amount_given(facts, row), facts.bases[row.id].worked
    if given is None:
        return ""
    dose = ProjectedDose(row.due_on, row.course_key, row.course_day, None, row.drug, row.route)
    plan = None if worked is None else DrugAmount(worked, given.unit)
    meant = meant_dose(ward, facts, dose, plan)
    words = f"given {write_amount(given, ward.decimal_mark)}"
    if meant.amount is not None and compare_amounts(given, meant.amount).difference == "far":
        verb = "decided" if meant.decided else "worked out" if plan is not None else "before it"
        return f"{words}, {verb} {write_amount(meant.amount, ward.decimal_mark)}"
    return f"{words}, far from what was meant then" if READ_BY in row.note else ""
