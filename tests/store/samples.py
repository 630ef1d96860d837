"""Rows that the store takes, one of each kind, for tests to change one thing in."""

import json
import sqlite3
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from bedside.store.catalogue import on_server
from bedside.store.commission_records import (
    CommissionEnd,
    CommissionEntry,
    CommissionImport,
    CommissionPass,
    CommissionValue,
)
from bedside.store.engine import driver_of
from bedside.store.laboratory_records import LabResult
from bedside.store.opening import open_store
from bedside.store.queries import all_of
from bedside.store.records import (
    BloodCount,
    CourseStart,
    DoseRecord,
    Enrolment,
    Hold,
    Identity,
    Infant,
    Measurement,
    Print,
    SiteSetting,
    StartAnswer,
    Task,
    Titration,
    Toxicity,
    ToxicityGrade,
)
from bedside.store.store import Store
from bedside.store.tables import TABLES
from tests.store.samples_evaluation import EVALUATION_SAMPLES
from tests.store.samples_later import LATER_ROWS, NOW
from tests.store.samples_people import PEOPLE_SAMPLES
from tests.store.toxicity_samples import TOXICITY_ROWS

WHO = "E. Berg, RN"
ACT = "wrote a test"


def row_of(record_type: type, **changed: object) -> dict[str, object]:
    """A row of a kind, about infant 1, with some columns changed."""
    return {**ROWS[record_type], **changed}


def new_store(folder: Path, *, create: bool = True, now: datetime = NOW) -> Store:
    """Open the ward in a folder, which is made where it is missing."""
    return open_store(folder, now=now, create=create)


def add(store: Store, record_type: type, at: datetime = NOW, **changed: object) -> int:
    """Keep one row in a change of its own."""
    with store.change(WHO, ACT, at) as change:
        return change.add(record_type, **row_of(record_type, **changed))


def void(store: Store, record_type: type, row_id: int, at: datetime = NOW) -> None:
    """Strike one row out in a change of its own."""
    with store.change(WHO, ACT, at) as change:
        change.void(record_type, row_id, "typed from the wrong slip")


def fill(store: Store, counts: int = 3) -> None:
    """Keep one row of each kind, a few blood counts, and strike one of those out."""
    for record_type in ROWS:
        add(store, record_type)
    for hour in range(1, counts):
        add(store, BloodCount, taken_at=NOW + timedelta(hours=hour), anc_per_ul=hour)
    void(store, BloodCount, 1)


def contents(store: Store) -> dict[str, list[object]]:
    """Every record of every kind, those struck out included."""
    with store.reading() as connection:
        return {kind.__name__: list(all_of(connection, kind, include_void=True)) for kind in TABLES}


def raw(store: Store, sql: str, *values: object) -> list[tuple[object, ...]]:
    """Run SQL at the driver, past every rule of the program (not past those of the file)."""
    with store._connected() as connection:
        driver = connection if on_server(connection) else driver_of(connection)
        return driver.execute(sql, values).fetchall()


def tamper(file: Path, *statements: str) -> None:
    """Do what a person with another program can do to a closed ward: no trigger stops it."""
    driver = sqlite3.connect(file, isolation_level=None)
    triggers = driver.execute(
        "SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'trigger'"
    )
    # those of other tables stop nothing, and there are some hundreds
    kept = [row[:2] for row in triggers.fetchall() if any(row[2] in each for each in statements)]
    driver.execute("PRAGMA synchronous=OFF")
    driver.execute("PRAGMA ignore_check_constraints=ON")
    driver.execute("BEGIN")
    for name, _ in kept:
        driver.execute(f'DROP TRIGGER "{name}"')
    for statement in statements:
        driver.execute(statement)
    for _, sql in kept:
        driver.execute(sql)
    driver.execute("COMMIT")
    driver.close()


ROWS: dict[type, dict[str, object]] = {
    Infant: {
        "family": "TESTLING",
        "given": "Ida",
        "sex": "f",
        "born": date(2026, 6, 1),
        "gestation_days": 273,
        "hospital_number": "T 0417",
        "bed": "4",
        "allergies": "no known allergies",
        "line": "",
    },
    Enrolment: {
        "infant_id": 1,
        "protocol_key": "aall15p1",
        "edition": "public-1",
        "protocol_digest": "0" * 64,
        "study_number": "912",
        "diagnosed_on": date(2026, 9, 1),
        "enrolled_on": date(2026, 9, 3),
        "diagnosis": "B-ALL",
        "kmt2a": "rearranged",
        "kmt2a_on": None,
        "arm": "",
        "ctcae": "4.03",
    },
    Measurement: {
        "infant_id": 1,
        "measured_at": NOW,
        "weight_g": 6850,
        "length_mm": 645,
        "unusual_reason": "",
    },
    BloodCount: {
        "infant_id": 1,
        "taken_at": NOW,
        "specimen": "B-1",
        "wbc_state": "done",
        "wbc_per_ul": 3200,
        "neutrophils_percent": Decimal("15.5"),
        "bands_percent": Decimal(0),
        "lymphocytes_percent": Decimal(70),
        "monocytes_percent": None,
        "other_percent": None,
        "blasts_percent": None,
        "anc_state": "done",
        "anc_per_ul": 496,
        "anc_source": "worked out",
        "platelets_state": "pending",
        "platelets_per_ul": None,
        "haemoglobin_state": "done",
        "haemoglobin_tenths_g_per_l": 845,
        "unusual_reason": "",
    },
    Toxicity: {
        "infant_id": 1,
        "term": "Mucositis oral",
        "ctcae": "4.03",
        "onset": date(2026, 11, 1),
        "attribution": "probable",
        "comment": "",
    },
    ToxicityGrade: {
        "toxicity_id": 1,
        "infant_id": 1,
        "grade": 2,
        "from_on": date(2026, 11, 1),
    },
    StartAnswer: {
        "infant_id": 1,
        "course_key": "epi-1",
        "question": "toxicity-resolved",
        "answer": "yes",
        "answered_at": NOW,
    },
    CourseStart: {
        "infant_id": 1,
        "course_key": "induction",
        "day_1": date(2026, 9, 3),
        "note": "",
    },
    Hold: {
        "infant_id": 1,
        "course_key": "epi-1",
        "drug": "",
        "from_on": date(2026, 11, 1),
        "until_on": None,
        "reason": "fever",
    },
    DoseRecord: {
        "infant_id": 1,
        "course_key": "epi-1",
        "course_day": 1,
        "due_on": date(2026, 11, 20),
        "drug": "azacitidine",
        "route": "IV",
        "state": "vial running",
        "amount_ug": 17100,
        "measurement_id": 1,
        "reconstituted_at": NOW,
        "infusion_minutes": 30,
        "started_at": None,
        "finished_at": None,
        "note": "",
    },
    Print: {
        "infant_id": 1,
        "kind": "dosing-sheet",
        "course_key": "epi-1",
        "sheet_number": "AZA-0001",
        "copy": 1,
        "code": "K7QX",
        "facts": json.dumps({"weight_g": 6850}),
        "facts_digest": "1" * 64,
        "audit_head": "2" * 64,
        "valid_until": NOW + timedelta(hours=12),
        "file_name": "AZA-0001.pdf",
        "file_digest": "3" * 64,
    },
    SiteSetting: {"key": "ward_name", "value": "Ward 4"},
    Task: {
        "infant_id": 1,
        "due_at": NOW + timedelta(hours=3),
        "text": "Change the dressing",
        "site_value": False,
        "done_at": None,
    },
    CommissionPass: {
        "scope": "aall15p1",
        "edition": "public-1",
        "protocol_digest": "0" * 64,
        "group_key": "induction",
        "turn": 1,
        "person_key": "mkeller",
    },
    CommissionEntry: {
        "pass_id": 1,
        "number_id": "induction/length",
        "typed": "77 days",
        "canonical": "77 days",
    },
    CommissionEnd: {"pass_id": 1},
    CommissionImport: {
        "scope": "aall15p1",
        "edition": "public-1",
        "person_key": "mkeller",
        "file_name": "site.toml",
        "file_digest": "4" * 64,
        "content": "protocol = 'aall15p1'",
    },
    CommissionValue: {
        "scope": "aall15p1",
        "edition": "public-1",
        "protocol_digest": "0" * 64,
        "group_key": "induction",
        "number_id": "induction/length",
        "canonical": "77 days",
        "public": "",
        "first_entry_id": None,
        "second_entry_id": None,
        "import_id": 1,
        "first_person": "M. Keller, pharmacist",
        "first_key": "mkeller",
        "first_at": NOW,
        "second_person": "A. Okonjo, physician",
        "second_key": "aokonjo",
        "second_at": NOW,
        "reason": "",
    },
    Identity: {
        "infant_id": 1,
        "family": "MUSTER",
        "given": "Ida",
        "sex": "f",
        "born": date(2026, 5, 14),
        "gestation_days": 275,
        "hospital_number": "DEM 009 001",
        "bed": "4",
        "allergies": "",
        "line": "",
        "reason": "misspelt at enrolment",
    },
    Titration: {
        "infant_id": 1,
        "drug": "mercaptopurine",
        "from_on": date(2026, 11, 20),
        "percent_tenths": 1000,
        "amount_ug": 22500,
        "decision": "accepted",
        "reason": "",
        "proposal": "KEEP 100 %",
        "rule": "a rule",
    },
    LabResult: {
        "infant_id": 1,
        "analyte": "creatinine",
        "taken_at": NOW,
        "specimen": "central line",
        "laboratory": "main laboratory",
        "state": "done",
        "state_reason": "",
        "comparator": "<",
        "typed": "<0.20",
        "value": Decimal("0.2"),
        "unit": "mg/dL",
        "kept": Decimal("17.68"),
        "kept_unit": "umol/L",
        "low": None,
        "high": Decimal("0.4"),
        "limits_from": "laboratory",
        "fasting": "",
        "unusual_reason": "",
        "replaces_id": None,
    },
    **EVALUATION_SAMPLES,
    **PEOPLE_SAMPLES,
    **TOXICITY_ROWS,
    **LATER_ROWS,
}
