"""A row of each table of a ward's people, of orders and of signatures."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from bedside.store.people_records import PersonRole, PersonSecret, SecretTry, WardPerson
from bedside.store.records import Record
from bedside.store.signature_records import DoseOrder, Signature

PEOPLE_SAMPLES: dict[type[Record], dict[str, Any]] = {
    WardPerson: {"name": "Erika Berg", "initials": "EB", "person_key": "erikaberg"},
    PersonRole: {"person_id": 1, "role": "nurse"},
    PersonSecret: {
        "person_id": 1,
        "kind": "passphrase",
        "argon2id": "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g",
    },
    SecretTry: {"person_id": 1, "kind": "passphrase", "purpose": "sign in", "outcome": "right"},
    DoseOrder: {
        "infant_id": 1,
        "course_key": "epi-1",
        "course_day": 1,
        "drug": "azacitidine",
        "route": "IV",
        "due_on": date(2026, 11, 20),
        "amount": Decimal("15.5"),
        "unit": "mg",
        "doses_per_day": 1,
        "measurement_id": 1,
        "rule": "2.5 mg/kg",
        "share": Decimal(100),
        "steps": "2.5 mg/kg × 6.2 kg = 15.5 mg",
        "protocol_edition": "public, 2026-11",
        "protocol_digest": "0" * 64,
        "values_digest": "1" * 64,
        "family": "Sample",
        "given": "Ada",
        "born": date(2026, 6, 12),
        "hospital_number": "0042173",
    },
    Signature: {
        "infant_id": 1,
        "table_name": "dose_order",
        "row_id": 1,
        "audit_seq": 1,
        "seal": "2" * 64,
        "meaning": "prescribed",
        "person_id": None,
        "name": "Ada Okonjo",
        "role": "physician",
        "signed_at": datetime(2026, 11, 20, 10, 42, tzinfo=UTC),
    },
}
