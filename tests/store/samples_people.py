"""A row of each table of a ward's people, of orders, signatures, checks and doses given."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from bedside.store.check_records import DoseGiving, FiguresShown, FirstCount, SecondCheck
from bedside.store.handover_records import Handover, HandoverTaken
from bedside.store.kept_records import KeptFile
from bedside.store.people_records import PersonRole, PersonSecret, SecretTry, WardPerson
from bedside.store.records import Record
from bedside.store.restored_records import RestoredAct, RestoredSettling, WardRestore
from bedside.store.signature_records import DoseOrder, Signature

_COUNTED = {
    "infant_id": 1,
    "order_id": 1,
    "try_number": 1,
    "weight_g": 6200,
    "dose": Decimal("15.5"),
    "unit": "mg",
    "volume_ul": 1550,
    "name": "Erika Berg",
    "role": "nurse",
    "person_id": None,
    "counted_at": datetime(2026, 11, 20, 9, 58, tzinfo=UTC),
}

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
    FirstCount: _COUNTED,
    SecondCheck: _COUNTED | {"name": "Ada Okonjo", "first_id": 1, "outcome": "matched"},
    DoseGiving: {
        "infant_id": 1,
        "course_key": "epi-1",
        "course_day": 1,
        "drug": "azacitidine",
        "route": "IV",
        "planned_on": date(2026, 11, 20),
        "given_at": datetime(2026, 11, 20, 10, 20, tzinfo=UTC),
        "order_id": 1,
        "check_id": 1,
        "paper_first": "",
        "paper_second": "",
        "paper_reason": "",
    },
    FiguresShown: {
        "infant_id": 1,
        "course_key": "epi-1",
        "course_day": 1,
        "drug": "azacitidine",
        "route": "IV",
    },
    HandoverTaken: {
        "infant_id": 1,
        "task_key": "due|1|2026-11-20T08:00|weigh",
        "words": "weigh",
    },
    Handover: {
        "as_of": datetime(2026, 11, 20, 6, 40, tzinfo=UTC),
        "left_name": "Erika Berg",
        "left_role": "nurse",
        "left_person_id": None,
        "came_name": "T. Marchetti",
        "came_role": "nurse",
        "came_person_id": None,
        "tasks": 3,
        "content": "{}",
        "digest": "3" * 64,
    },
    WardRestore: {
        "copy_at": datetime(2026, 11, 20, 16, 52, tzinfo=UTC),
        "copy_why": "5 minutes",
        "first": "Adam Ende, nurse",
        "second": "Nora Berg, nurse",
        "reading": "read",
    },
    RestoredAct: {
        "restore_id": 1,
        "infant_id": 1,
        "infant": "Sample, Ada",
        "done_at": datetime(2026, 11, 20, 16, 57, tzinfo=UTC),
        "done_by": "Nora Berg, nurse",
        "act": "started an infusion",
        "words": "azaCITIDine 15.5 mg given",
        "kind": "dose",
        "course_key": "epi-1",
        "course_day": 1,
        "drug": "azacitidine",
        "route": "IV",
        "due_on": date(2026, 11, 20),
        "content": "{}",
    },
    KeptFile: {
        "file": "ward.keys",
        "digest": "50d858e0985ecc7f60418aaf0cc5ab587f42c2570a884095a9e8ccacd0f6545c",
        "base64": "eyAid2hhdCI6ICJrZXlzIiB9",
    },
    RestoredSettling: {
        "act_id": 1,
        "infant_id": 1,
        "outcome": "not so",
        "reason": "the syringe was discarded",
        "name": "Nora Berg",
        "role": "nurse",
    },
}
