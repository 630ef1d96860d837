"""A row of each table of fevers and of changed doses, and the moment of all samples."""

from datetime import UTC, date, datetime
from decimal import Decimal

from bedside.store.dose_records import (
    DoseBasis,
    DoseReduction,
    DoseShift,
    GivenSeen,
    ProtocolEdition,
)
from bedside.store.fever_records import FallExpected, FeverAct, FeverEpisode, FeverRule, VitalSign
from bedside.store.infusion_records import InfusionEvent, InfusionPart, RestDecision
from bedside.store.opening_records import OpenedOn

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)

LATER_ROWS: dict[type, dict[str, object]] = {
    VitalSign: {
        "infant_id": 1,
        "taken_at": NOW,
        "kind": "temperature",
        "state": "done",
        "value_hundredths": 3860,
        "word": "axillary",
        "typed": "38.6 °C",
        "unusual_reason": "",
    },
    FeverEpisode: {
        "infant_id": 1,
        "first_fever_at": NOW,
        "because": "38.6 °C under the arm",
        "definition": "cclg",
        "minutes": 60,
        "vital_sign_id": 1,
    },
    FeverAct: {
        "episode_id": 1,
        "infant_id": 1,
        "kind": "antibiotics",
        "at": NOW,
        "words": "piperacillin and tazobactam",
    },
    FallExpected: {
        "infant_id": 1,
        "answer": "yes",
        "below_per_ul": 500,
        "within_hours": 72,
    },
    FeverRule: {
        "title": "St Test fever guideline",
        "edition": "4",
        "source": "St Test, guideline 12",
        "dated": date(2026, 3, 1),
        "content": "title = 'ours'",
        "digest": "0" * 64,
        "first_person": "M. Keller, pharmacist",
        "second_person": "A. Okonjo, physician",
    },
    InfusionPart: {
        "infant_id": 1,
        "dose_id": 1,
        "went_in": "part",
        "amount": Decimal("6.5"),
        "unit": "mg",
        "how": "typed",
    },
    RestDecision: {
        "infant_id": 1,
        "dose_id": 1,
        "decision": "rest",
        "amount": Decimal("8.5"),
        "unit": "mg",
        "reason": "a new line is in",
    },
    GivenSeen: {
        "infant_id": 1,
        "dose_id": 1,
        "told": "mercaptopurine day 8, given 170 mg, decided 17 mg",
        "decided": "held until the counts of tomorrow",
    },
    InfusionEvent: {
        "infant_id": 1,
        "course_key": "blinatumomab",
        "drug": "blinatumomab",
        "route": "IV",
        "event": "started",
        "at": NOW,
        "note": "",
    },
    DoseReduction: {
        "infant_id": 1,
        "course_key": "induction",
        "drug": "vincristine",
        "from_day": 8,
        "until_day": 15,
        "percent": Decimal(75),
        "of_what": "standard",
        "share": Decimal(75),
        "reason": "neuropathy",
        "ordered_by": "Dr A. Okonjo",
    },
    DoseBasis: {
        "infant_id": 1,
        "dose_id": 1,
        "amount": Decimal("0.35"),
        "unit": "mg",
        "worked": Decimal("0.4"),
        "share": Decimal(75),
        "protocol_edition": "an edition",
        "protocol_digest": "ab",
        "values_digest": "a" * 64,
        "reason": "spilt",
    },
    OpenedOn: {
        "infant_id": 1,
        "start_id": 1,
        "place": 1,
        "measure": "Neutrophils, ANC",
        "needed": "at least 500 per µL",
        "seen": "640",
        "unit": "per µL",
        "seen_at": NOW,
        "source": "laboratory, central line",
        "result": "met",
        "main": True,
        "site_value": False,
        "of_table": "blood_count",
        "of_row": 1,
    },
    DoseShift: {
        "infant_id": 1,
        "course_key": "induction",
        "drug": "vincristine",
        "route": "IV",
        "from_day": 8,
        "by_days": 2,
        "reason": "ileus",
    },
    ProtocolEdition: {
        "protocol_key": "aall15p1",
        "edition": "an edition",
        "protocol_digest": "a" * 64,
        "content": "[protocol]",
        "below": None,
    },
}
