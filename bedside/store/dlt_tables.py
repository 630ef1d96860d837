"""The tables of the DLT evaluation: what one row of each may hold."""

from sqlalchemy import Table

from bedside.store.columns import clinical, infant, of_same_infant, on_day, once, whole, words
from bedside.store.dlt_records import DltDecision, DltNotEvaluable, DltRuleFile
from bedside.store.records import Record
from bedside.store.rules import day, digest, one_of, rule, written

_WHO = "Which physician decides? A decision needs a name."

DLT_TABLES: dict[type[Record], Table] = {
    DltDecision: clinical(
        "dlt_decision",
        infant(),
        whole("toxicity_id"),
        words("verdict"),
        words("physician"),
        words("reason"),
        words("facts"),
        words("proposal"),
        words("rule"),
        of_same_infant("toxicity_id", "toxicity"),
        one_of("verdict", "counts", "does not count"),
        written("physician", _WHO),
        written("reason", "A decision needs its reason."),
        digest("facts"),
        once("dlt_decision", "infant_id", "toxicity_id", "verdict", "physician", "reason", "facts"),
    ),
    DltNotEvaluable: clinical(
        "dlt_not_evaluable",
        infant(),
        words("physician"),
        words("reason"),
        written("physician", _WHO),
        written("reason", "Why can this infant not be evaluated? Say the reason."),
        once("dlt_not_evaluable", "infant_id"),
    ),
    DltRuleFile: clinical(
        "dlt_rule_file",
        words("protocol_key"),
        words("file_name"),
        words("content"),
        words("digest"),
        words("first_person"),
        words("second_person"),
        on_day("confirmed_on"),
        written("protocol_key", "A rule belongs to a protocol."),
        written("content", "A rule keeps its file."),
        digest("digest"),
        written("first_person", "Two people confirm a rule."),
        written("second_person", "Two people confirm a rule."),
        rule("two_people", "first_person <> second_person", "Two different people confirm a rule."),
        day("confirmed_on"),
        once("dlt_rule_file", "protocol_key"),
    ),
}
