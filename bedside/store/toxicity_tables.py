"""The tables of the toxicity log beside term and grade: judgement, attribution, source, rounds, proposals."""

from sqlalchemy import ForeignKeyConstraint, Table, UniqueConstraint

from bedside.store.columns import (
    at_time,
    clinical,
    infant,
    of_same_infant,
    once,
    whole,
    words,
)
from bedside.store.records import Record
from bedside.store.rules import one_of, rule, utc, within, written
from bedside.store.toxicity_records import (
    ToxicityAttribution,
    ToxicityDetail,
    ToxicityGradeSource,
    ToxicityProposal,
    ToxicityRound,
    ToxicityRoundAnswer,
)

STEPS = ("unrelated", "unlikely", "possible", "probable", "definite", "not assessed")
ROUND_ANSWERS = ("better", "same", "worse", "gone", "accepted", "refused", "not assessed")
_JUDGED = ("yes", "no", "not assessed")
_VERSIONS = ("4.03", "5.0", "6.0")
_GRADE = "A grade is from 0 (resolved) to 5."

TOXICITY_TABLES: dict[type[Record], Table] = {
    ToxicityDetail: clinical(
        "toxicity_detail",
        infant(),
        whole("toxicity_id"),
        words("term_key"),
        words("expected"),
        words("serious"),
        words("serious_why"),
        words("action"),
        words("course_key"),
        whole("course_day", optional=True),
        words("comment"),
        of_same_infant("toxicity_id", "toxicity"),
        one_of("expected", *_JUDGED),
        one_of("serious", *_JUDGED),
        rule(
            "serious_reasoned",
            "serious <> 'yes' OR trim(serious_why) <> ''",
            "A serious toxicity says why it is serious.",
        ),
        within("course_day", 1, 9999, "A course begins with day 1."),
        once("toxicity_detail", "infant_id", "toxicity_id"),
    ),
    ToxicityAttribution: clinical(
        "toxicity_attribution",
        infant(),
        whole("toxicity_id"),
        words("kind"),
        words("cause"),
        words("step"),
        of_same_infant("toxicity_id", "toxicity"),
        one_of("kind", "drug", "course", "other"),
        written("cause", "An attribution names what the toxicity is put down to."),
        one_of("step", *STEPS),
        once("toxicity_attribution", "infant_id", "toxicity_id", "kind", "cause"),
    ),
    ToxicityGradeSource: clinical(
        "toxicity_grade_source",
        infant(),
        whole("toxicity_id"),
        whole("grade_id"),
        words("ctcae"),
        words("origin"),
        at_time("at", optional=True),
        words("result"),
        words("measured"),
        words("rule"),
        of_same_infant("toxicity_id", "toxicity"),
        ForeignKeyConstraint(["grade_id"], ["toxicity_grade.id"]),
        one_of("ctcae", *_VERSIONS),
        one_of("origin", "by hand", "round", "laboratory"),
        utc("at"),
        once("toxicity_grade_source", "infant_id", "grade_id"),
    ),
    ToxicityRound: clinical(
        "toxicity_round",
        infant(),
        at_time("began_at"),
        at_time("ended_at"),
        words("ctcae"),
        utc("began_at"),
        utc("ended_at"),
        rule("round_order", "ended_at >= began_at", "A round ends after it began."),
        one_of("ctcae", *_VERSIONS),
        UniqueConstraint("id", "infant_id"),
    ),
    ToxicityRoundAnswer: clinical(
        "toxicity_round_answer",
        infant(),
        whole("round_id"),
        whole("toxicity_id", optional=True),
        words("term"),
        words("answer"),
        whole("grade", optional=True),
        words("reason"),
        of_same_infant("round_id", "toxicity_round"),
        of_same_infant("toxicity_id", "toxicity"),
        written("term", "A round's answer is about a term."),
        one_of("answer", *ROUND_ANSWERS),
        rule(
            "refusal_reasoned",
            "answer <> 'refused' OR trim(reason) <> ''",
            "Refusing a proposal needs its reason.",
        ),
        within("grade", 0, 5, _GRADE),
    ),
    ToxicityProposal: clinical(
        "toxicity_proposal",
        infant(),
        words("term_key"),
        words("result"),
        at_time("taken_at"),
        words("answer"),
        whole("grade", optional=True),
        words("measured"),
        words("rule"),
        words("reason"),
        words("answered"),
        written("term_key", "A proposal is about a term."),
        written("result", "A proposal comes from a result."),
        utc("taken_at"),
        one_of("answer", "accepted", "refused"),
        rule(
            "refusal_reasoned",
            "answer <> 'refused' OR trim(reason) <> ''",
            "Refusing a proposal needs its reason.",
        ),
        within("grade", 0, 5, _GRADE),
        once("toxicity_proposal", "infant_id", "term_key", "result"),
    ),
}
