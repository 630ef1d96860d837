"""Rows of the toxicity log that the store takes, one of each kind."""

from datetime import UTC, datetime

from bedside.store.toxicity_records import (
    AnswerBasis,
    RoundAsked,
    ToxicityAttribution,
    ToxicityDetail,
    ToxicityGradeSource,
    ToxicityProposal,
    ToxicityRound,
    ToxicityRoundAnswer,
)

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=UTC)
TOXICITY_ROWS: dict[type, dict[str, object]] = {
    ToxicityDetail: {
        "infant_id": 1,
        "toxicity_id": 1,
        "term_key": "mucositis-oral",
        "expected": "yes",
        "serious": "no",
        "serious_why": "",
        "action": "none",
        "course_key": "induction",
        "course_day": 60,
        "comment": "",
    },
    ToxicityAttribution: {
        "infant_id": 1,
        "toxicity_id": 1,
        "kind": "drug",
        "cause": "cytarabine",
        "step": "probable",
    },
    ToxicityGradeSource: {
        "infant_id": 1,
        "toxicity_id": 1,
        "grade_id": 1,
        "ctcae": "4.03",
        "origin": "by hand",
        "at": None,
        "result": "",
        "measured": "",
        "rule": "",
    },
    ToxicityRound: {"infant_id": 1, "began_at": NOW, "ended_at": NOW, "ctcae": "4.03"},
    ToxicityRoundAnswer: {
        "infant_id": 1,
        "round_id": 1,
        "toxicity_id": 1,
        "term": "Mucositis oral",
        "answer": "same",
        "grade": 2,
        "reason": "",
    },
    AnswerBasis: {
        "infant_id": 1,
        "answer_id": 1,
        "open_count": 2,
        "worst_grade": 3,
        "open_terms": "Mucositis oral grade 3; Vomiting grade 1",
        "waiting": 1,
        "not_assessed": "Constipation",
        "reason": "resolving, seen on the round",
    },
    RoundAsked: {
        "infant_id": 1,
        "round_id": 1,
        "term_key": "vomiting",
        "term": "Vomiting",
        "answer": "absent",
    },
    ToxicityProposal: {
        "infant_id": 1,
        "term_key": "neutrophil-count-decreased",
        "result": "blood_count:2",
        "taken_at": NOW,
        "answer": "accepted",
        "grade": 4,
        "measured": "1 per µL",
        "rule": "below 500 per µL",
        "reason": "",
        "answered": "",
    },
}
