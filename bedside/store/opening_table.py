"""The table of what a course was opened on; each row is voided, never changed."""

from sqlalchemy import Table

from bedside.store.columns import (
    at_time,
    clinical,
    infant,
    of_same_infant,
    once,
    whole,
    words,
    yes_no,
)
from bedside.store.opening_records import OpenedOn
from bedside.store.records import Record
from bedside.store.rules import one_of, rule, utc, within, written

_OPENED_ON = clinical(
    "opened_on",
    infant(),
    whole("start_id"),
    whole("place"),
    words("measure"),
    words("needed"),
    words("seen"),
    words("unit"),
    at_time("seen_at", optional=True),
    words("source"),
    words("result"),
    yes_no("main"),
    yes_no("site_value"),
    words("of_table"),
    whole("of_row", optional=True),
    of_same_infant("start_id", "course_start"),
    within("place", 1, 99, "The lines of a start rule are counted from 1."),
    written("measure", "A line of a start rule says what was looked at."),
    utc("seen_at"),
    one_of("result", "met", "not met", "unknown"),
    rule("main_bool", "main IN (0, 1)", "main is true or false."),
    rule("site_value_bool", "site_value IN (0, 1)", "site_value is true or false."),
    one_of("of_table", "blood_count", "start_answer", "measurement", ""),
    rule(
        "of_row_named",
        "(of_table = '') = (of_row IS NULL)",
        "A line that names a record names its table and its number.",
    ),
    once("opened_on", "start_id", "place"),
)
OPENING_TABLES: dict[type[Record], Table] = {OpenedOn: _OPENED_ON}
