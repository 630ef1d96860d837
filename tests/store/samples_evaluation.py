"""A row of each table of risk and DLT evaluation."""

from datetime import date
from typing import Any

from bedside.store.dlt_records import DltDecision, DltNotEvaluable, DltRuleFile
from bedside.store.records import Record
from bedside.store.risk_records import ArmAllocation, MrdLevel, RiskFact

EVALUATION_SAMPLES: dict[type[Record], dict[str, Any]] = {
    DltDecision: {
        "infant_id": 1,
        "toxicity_id": 1,
        "verdict": "does not count",
        "physician": "Dr I. Ferreira, consultant",
        "reason": "grade 3 for four days",
        "facts": "0" * 64,
        "proposal": "ask: grade 3",
        "rule": "Screening rule, 1",
    },
    DltNotEvaluable: {
        "infant_id": 1,
        "physician": "Dr I. Ferreira, consultant",
        "reason": "left the trial",
    },
    DltRuleFile: {
        "protocol_key": "aall15p1",
        "file_name": "rule.toml",
        "content": "title = 'a rule'",
        "digest": "0" * 64,
        "first_person": "M. Keller, pharmacist",
        "second_person": "A. Okonjo, physician",
        "confirmed_on": date(2026, 11, 1),
    },
    RiskFact: {
        "infant_id": 1,
        "kind": "white-cells",
        "per_ul": 310_000,
        "word": "",
        "on_day": date(2026, 10, 1),
    },
    ArmAllocation: {
        "infant_id": 1,
        "arm": "standard",
        "allocated_on": date(2026, 11, 2),
        "allocated_by": "trial office",
    },
    MrdLevel: {
        "infant_id": 1,
        "point": "end-of-induction",
        "taken_on": date(2026, 11, 2),
        "state": "level",
        "per_billion": 100_000,
        "method": "pcr-kmt2a",
        "sees_per_billion": 10_000,
    },
}
