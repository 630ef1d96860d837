"""Phoenix points of one infant: from the newest vital signs, counts and laboratory results that still hold.

A value that was asked for and is not there (clotted, pending, moved about) is named with its reason
and with the value before it; it counts 0 and is never taken for a normal one.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from bedside.clinical.age import age_on
from bedside.clinical.phoenix import score_phoenix
from bedside.clinical.phoenix_facts import PhoenixFacts, points_words
from bedside.clinical.phoenix_rules import shipped_phoenix_book
from bedside.store.fever_records import VitalSign
from bedside.units.bounds import bounded
from bedside.units.dates import write_date_time
from bedside.units.rounding import half_up
from bedside.units.writer import write_number
from bedside.ward.facts import InfantFacts
from bedside.ward.fever_state import sign_asked, why_no_value
from bedside.ward.gate_facts import newest
from bedside.ward.laboratory import Result, results_of
from bedside.ward.same_minute import worse_last
from bedside.ward.views.fever import PhoenixPart, PhoenixView
from bedside.ward.ward import Ward

_NUMBERS = {
    "spo2": "spo2_percent",
    "fio2": "fio2_percent",
    "mean-pressure": "mean_mmhg",
    "systolic": "systolic_mmhg",
    "diastolic": "diastolic_mmhg",
    "gcs": "gcs",
    "vasoactives": "vasoactives",
}
_WHOLE = ("gcs", "vasoactives")
_WORDS = {"support": "support", "pupils": "pupils_fixed"}
_RESULTS = {  # analyte: field, unit it is kept in, factor to the unit of the rule
    "lactate": ("lactate_mmol_l", "mmol/L", Decimal(1)),
    "inr": ("inr", "INR", Decimal(1)),
    "d-dimer": ("d_dimer_mg_l", "mg/L FEU", Decimal(1)),
    "fibrinogen": ("fibrinogen_mg_dl", "g/L", Decimal(100)),
}
_WORSE_WHEN_LOW = ("fibrinogen", "pao2")
_BESIDE_GAS = timedelta(hours=1)  # [judgement]: an older FiO2 is not that of the specimen


class _Told:
    """What is known so far, and why the rest is not."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}
        self.why: dict[str, str] = {}


def phoenix_of(
    ward: Ward, facts: InfantFacts, rows: Sequence[VitalSign], now: datetime, *, infection: bool
) -> PhoenixView:
    """Score what was measured in the last day.

    Args:
        ward: the ward.
        facts: the infant.
        rows: her vital signs.
        now: aware time.
        infection: whether a fever is open; otherwise an infection is neither suspected nor denied.
    """
    book = shipped_phoenix_book()
    told = _Told()
    told.values["infection"] = True if infection else None
    told.values["age_months"] = age_on(facts.infant.born, ward.local(now).date()).completed_months
    _tell_platelets(ward, facts, now, told)
    _tell_signs(rows, now, told)
    _tell_laboratory(ward, facts.infant.id, now, told)
    _tell_oxygen(ward, facts.infant.id, rows, now, told)
    found = PhoenixFacts(**told.values, why_absent=told.why)  # type: ignore[arg-type]  # each as its field says
    score = score_phoenix(book, found, mark=ward.decimal_mark)
    return PhoenixView(
        parts=tuple(
            PhoenixPart(
                part.name,
                part.points,
                part.because,
                part.missing,
                points_words(part.points, part.most),
                part.undecided,
            )
            for part in score.parts
        ),
        total=score.total,
        said=points_words(score.total, score.total_most),
        without_platelets=score.total_without_platelets,
        words=score.words,
        mark="stop" if score.criteria else "unknown",
        source=book.cited,
    )


def _tell_platelets(ward: Ward, facts: InfantFacts, now: datetime, told: _Told) -> None:
    seen = newest(ward, facts, "platelets", now)
    known = seen.bound if seen.value is None else seen.value
    told.values["platelets_per_ul"] = known
    if known is None and seen.at is not None:
        told.why["platelets_per_ul"] = f"{seen.why_unknown}, {write_date_time(seen.at)}"


def _tell_signs(rows: Sequence[VitalSign], now: datetime, told: _Told) -> None:
    for row in sign_asked(rows, now):
        field = _NUMBERS.get(row.kind) or _WORDS.get(row.kind)
        if field is None:
            continue
        if row.state != "done":
            told.why[field] = why_no_value(row)
        elif row.kind == "support":
            told.values |= {"support": row.word != "none", "invasive": row.word == "invasive"}
        elif row.kind == "pupils":
            told.values["pupils_fixed"] = row.word == "both fixed"
        elif row.value_hundredths is not None:
            number = Decimal(row.value_hundredths) / 100
            told.values[field] = int(number) if row.kind in _WHOLE else number


def _tell_laboratory(ward: Ward, infant_id: int, now: datetime, told: _Told) -> None:
    """The newest results that still hold; one with a comparator is a bound."""
    oldest = now - timedelta(hours=ward.site.count_age_hours)
    before: dict[str, str] = {}
    for result in worse_last(results_of(ward, infant_id), _badness):
        if result.analyte not in _RESULTS or result.taken_at > now:
            continue
        name, unit, factor = _RESULTS[result.analyte]
        if result.state == "not done":
            _tell_not_done(ward, result, name, told)
            continue
        told.values.pop(name, None)  # a newer specimen without a value: not known
        told.why.pop(name, None)
        at = write_date_time(ward.local(result.taken_at))
        if result.kept is None or result.kept_unit != unit:
            last = f"; before it {before[name]}" if name in before else ""
            told.why[name] = f"{_state_words(result)}, {at}{last}"
            continue
        shown = f"{result.comparator}{write_number(result.kept * factor, ward.decimal_mark)}"
        before[name] = f"{shown} at {at}"
        if result.taken_at < oldest:
            told.why[name] = f"{before[name]} is older than {ward.site.count_age_hours} h"
        else:
            told.values[name] = bounded(result.comparator, result.kept * factor)


def _tell_oxygen(
    ward: Ward, infant_id: int, rows: Sequence[VitalSign], now: datetime, told: _Told
) -> None:
    """The ratio of the newest arterial PaO2 to the FiO2 recorded nearest to its specimen."""
    results = worse_last(results_of(ward, infant_id), _badness)
    gases = [one for one in results if one.analyte == "pao2"]
    asked = [one for one in gases if one.taken_at <= now and one.state != "not done"]
    if not asked:
        return
    gas = asked[-1]
    at = write_date_time(ward.local(gas.taken_at))
    if gas.kept is None:
        told.why["pf_ratio"] = f"PaO2 {_state_words(gas)}, {at}"
        return
    shown = f"PaO2 {gas.comparator}{write_number(half_up(gas.kept, 1), ward.decimal_mark)} mmHg"
    if gas.taken_at < now - timedelta(hours=ward.site.count_age_hours):
        told.why["pf_ratio"] = f"{shown} at {at} is older than {ward.site.count_age_hours} h"
        return
    beside = [
        (abs(row.taken_at - gas.taken_at), row.value_hundredths)
        for row in rows
        if row.kind == "fio2" and row.state == "done" and row.value_hundredths
    ]
    apart, fio2_hundredths = min(beside, default=(None, None))
    if apart is None or fio2_hundredths is None or apart > _BESIDE_GAS:
        told.why["pf_ratio"] = f"{shown} at {at}, without an FiO2 recorded within an hour of it"
        return
    told.values["pf_ratio"] = bounded(gas.comparator, gas.kept * 10_000 / fio2_hundredths)


def _badness(result: Result) -> Decimal | None:
    """Of two specimens of one minute the one that gives more points counts."""
    if result.kept is None:
        return None
    return -result.kept if result.analyte in _WORSE_WHEN_LOW else result.kept


def _tell_not_done(ward: Ward, result: Result, name: str, told: _Told) -> None:
    """Not done asks for nothing: a value before it stands, and where none does, that is said."""
    if name not in told.values and name not in told.why:
        at = write_date_time(ward.local(result.taken_at))
        told.why[name] = f"{_state_words(result)}, {at}"


def _state_words(result: Result) -> str:
    if result.state == "done":
        return f"in {result.unit}, another unit than the rule's"
    return f"{result.state}: {result.state_reason}" if result.state_reason else result.state
