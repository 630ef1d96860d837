"""The table of printed papers: what stood on each, until when it holds, how to know it again."""

from sqlalchemy import Table

from bedside.store.columns import at_time, clinical, infant, once, whole, words
from bedside.store.rules import digest, one_of, rule, utc, within, written

PAPER_KINDS = (
    "dosing-sheet",
    "roadmap",
    "day-sheet",
    "label",
    "whole-treatment",
    "transfer-summary",
    "toxicity-report",
    "dlt-report",
    "maintenance-chart",
    "counts-form",
)

PRINT: Table = clinical(
    "print",
    infant(),
    words("kind"),
    words("course_key"),
    words("sheet_number"),
    whole("copy"),
    words("code"),
    words("facts"),
    words("facts_digest"),
    words("audit_head"),
    at_time("valid_until"),
    words("file_name"),
    words("file_digest"),
    whole("course_day", optional=True),
    words("route", optional=True),
    words("drug", optional=True),
    words("reprint_reason", optional=True),
    one_of("kind", *PAPER_KINDS),
    written("sheet_number", "A paper needs its number."),
    within("copy", 1, 9999, "Copies are counted from 1."),
    digest("audit_head"),
    utc("valid_until"),
    rule(
        "administration",
        "(kind IN ('day-sheet', 'label')) = (course_day IS NOT NULL) "
        "AND (course_day IS NULL) = (route IS NULL) AND (drug IS NULL OR route IS NOT NULL)",
        "A paper of one administration names its day and its route; no other paper does.",
    ),
    rule(
        "reprinted",
        "reprint_reason IS NULL OR (copy > 1 AND trim(reprint_reason) <> '')",
        "Only a paper that is printed again has a reason for it, and it is not empty.",
    ),
    once("print", "sheet_number", "copy"),
)
