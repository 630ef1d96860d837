"""What is said of an amount that went in before a running infusion is broken off: refused, or asked.

The bound is this program's own judgement, as for amounts given: at least twice what the minutes that
ran allow is asked about, and so is all of it, which is a finished infusion (hazards H1, H16).
"""

from datetime import datetime
from fractions import Fraction

from msgspec import Struct

from bedside.store.queries import one
from bedside.store.records import DoseRecord
from bedside.units.quantities import DrugAmount
from bedside.units.refusal import Refused
from bedside.units.rounding import as_decimal, half_up
from bedside.units.writer import write_amount
from bedside.ward.broken_off import VolumeRun, WentIn, amount_run, vial_amount
from bedside.ward.ward import Ward

_FAR = 2  # [judgement] times what the time allows


class RunningVial(Struct, frozen=True):
    """An infusion that runs: how much the vial held, since when, and over how many minutes."""

    whole: DrugAmount | None
    started_at: datetime | None
    minutes: int | None
    ended_at: datetime | None = None  # of one that was broken off already


class Judged(Struct, frozen=True):
    """Why an amount cannot be, or what is asked about it; "" where there is nothing to say."""

    refused: str = ""
    asked: str = ""


def running_vial(ward: Ward, dose_id: int) -> RunningVial:
    """What the running dose of this record is."""
    with ward.store.reading() as connection:
        row = one(connection, DoseRecord, dose_id)
    return RunningVial(vial_amount(row), row.started_at, row.infusion_minutes, row.finished_at)


def judge_went_in(vial: RunningVial, went_in: WentIn | None, now: datetime, mark: str) -> Judged:
    """Hold how much went in against the vial and the clock.

    Args:
        vial: the infusion, from `running_vial`.
        went_in: as answered; None while nothing is.
        now: aware; the infusion is stopped now.
        mark: the ward's decimal mark.
    """
    if went_in is None or isinstance(went_in, str) or vial.whole is None:
        return Judged()
    try:
        amount = amount_run(went_in, vial.whole) if isinstance(went_in, VolumeRun) else went_in
    except Refused as refused:
        return Judged(" ".join(refused.reasons))
    said, whole = write_amount(amount, mark), write_amount(vial.whole, mark)
    if amount.value > vial.whole.value:
        return Judged(f"{said} is more than the vial held, {whole}: check the amount.")
    asked = [_far_more(vial, vial.whole, amount, now, mark)]
    if amount.value == vial.whole.value:
        asked.append("That is all of it: if all of it ran in, go back and press Infusion finished.")
    return Judged(asked=" ".join(words for words in asked if words))


def _far_more(
    vial: RunningVial, whole: DrugAmount, amount: DrugAmount, now: datetime, mark: str
) -> str:
    """As "15.5 mg in 3 of 30 min: about 1.55 mg would be in by now. Read the pump again."."""
    if vial.started_at is None or not vial.minutes:
        return ""
    ran = Fraction(max(int((now - vial.started_at).total_seconds()), 0), vial.minutes * 60)
    due = Fraction(whole.value) * min(ran, Fraction(1))
    if Fraction(amount.value) < _FAR * due or ran >= 1:
        return ""
    minutes = int((now - vial.started_at).total_seconds() // 60)
    about = DrugAmount(half_up(as_decimal(due), 2), whole.unit)
    return (
        f"{write_amount(amount, mark)} in {minutes} of {vial.minutes} min: about "
        f"{write_amount(about, mark)} would be in by now. Read the pump again."
    )
