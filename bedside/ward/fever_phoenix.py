"""Phoenix points of one infant: from the newest vital signs, counts and laboratory results that still hold."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from bedside.clinical.age import age_on
from bedside.clinical.phoenix import PhoenixFacts, score_phoenix
from bedside.clinical.phoenix_rules import shipped_phoenix_book
from bedside.store.fever_records import VitalSign
from bedside.ward.facts import InfantFacts
from bedside.ward.fever_state import newest_signs
from bedside.ward.gate_facts import newest
from bedside.ward.laboratory import results_of
from bedside.ward.views.fever import PhoenixPart, PhoenixView
from bedside.ward.ward import Ward

_NUMBERS = {
    "spo2": "spo2_percent",
    "fio2": "fio2_percent",
    "mean-pressure": "mean_mmhg",
    "systolic": "systolic_mmhg",
    "diastolic": "diastolic_mmhg",
}
_RESULTS = {  # analyte: field, unit it is kept in, factor to the unit of the rule
    "lactate": ("lactate_mmol_l", "mmol/L", Decimal(1)),
    "inr": ("inr", "INR", Decimal(1)),
    "d-dimer": ("d_dimer_mg_l", "mg/L FEU", Decimal(1)),
    "fibrinogen": ("fibrinogen_mg_dl", "g/L", Decimal(100)),
}
_BEYOND = {"": Decimal(0), "<": Decimal("-0.0001"), ">": Decimal("0.0001")}


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
    told: dict[str, object] = {"infection": True if infection else None}
    told["age_months"] = age_on(facts.infant.born, ward.local(now).date()).completed_months
    told["platelets_per_ul"] = newest(ward, facts, "platelets", now).value
    told |= _from_signs(rows, now) | _from_laboratory(ward, facts.infant.id, now)
    score = score_phoenix(book, PhoenixFacts(**told), mark=ward.decimal_mark)  # type: ignore[arg-type]  # each as its field says
    return PhoenixView(
        parts=tuple(
            PhoenixPart(part.name, part.points, part.because, part.missing) for part in score.parts
        ),
        total=score.total,
        without_platelets=score.total_without_platelets,
        words=score.words,
        mark="stop" if score.criteria else "unknown",
        source=book.cited,
    )


def _from_signs(rows: Sequence[VitalSign], now: datetime) -> dict[str, object]:
    told: dict[str, object] = {}
    for row in newest_signs(rows, now):
        number = None if row.value_hundredths is None else Decimal(row.value_hundredths) / 100
        if row.kind in _NUMBERS:
            told[_NUMBERS[row.kind]] = number
        elif row.kind in ("gcs", "vasoactives") and number is not None:
            told[row.kind] = int(number)
        elif row.kind == "support":
            told["support"] = row.word != "none"
            told["invasive"] = row.word == "invasive"
        elif row.kind == "pupils":
            told["pupils_fixed"] = row.word == "both fixed"
    return told


def _from_laboratory(ward: Ward, infant_id: int, now: datetime) -> dict[str, object]:
    """The newest results that still hold; one with a comparator lies just beyond its figure."""
    oldest = now - timedelta(hours=ward.site.count_age_hours)
    told: dict[str, object] = {}
    for result in results_of(ward, infant_id):
        if result.analyte not in _RESULTS or not oldest <= result.taken_at <= now:
            continue
        name, unit, factor = _RESULTS[result.analyte]
        told.pop(name, None)  # a newer specimen without a value: not known
        if result.kept is not None and result.kept_unit == unit:
            told[name] = (result.kept + _BEYOND[result.comparator]) * factor
    return told
