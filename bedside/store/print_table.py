"""The table of printed papers: what stood on each, until when it holds, and how to know it again."""

from bedside.store.columns import at_time, clinical, infant, once, whole, words
from bedside.store.rules import digest, one_of, utc, within, written

PAPER_KINDS = (
    "dosing-sheet",
    "roadmap",
    "whole-treatment",
    "transfer-summary",
    "toxicity-report",
    "dlt-report",
    "maintenance-chart",
    "counts-form",
)

PRINT = clinical(
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
    one_of("kind", *PAPER_KINDS),
    written("sheet_number", "A paper needs its number."),
    within("copy", 1, 9999, "Copies are counted from 1."),
    digest("audit_head"),
    utc("valid_until"),
    once("print", "sheet_number", "copy"),
)
