"""The table of chemistry and drug levels; a result is struck out, never changed."""

from sqlalchemy import Table, UniqueConstraint

from bedside.store.columns import (
    at_time,
    clinical,
    exact,
    infant,
    of_same_infant,
    once,
    whole,
    words,
)
from bedside.store.rules import exact_number, one_of, rule, utc, valued_when_done, written

LAB_RESULT: Table = clinical(
    "lab_result",
    infant(),
    words("analyte"),
    at_time("taken_at"),
    words("specimen"),
    words("laboratory"),
    words("state"),
    words("state_reason"),
    words("comparator"),
    words("typed"),
    exact("value"),
    words("unit"),
    exact("kept"),
    words("kept_unit"),
    exact("low"),
    exact("high"),
    words("limits_from"),
    words("fasting"),
    words("unusual_reason"),
    whole("replaces_id", optional=True),
    of_same_infant("replaces_id", "lab_result"),
    UniqueConstraint("id", "infant_id"),
    written("analyte", "A result needs its analyte."),
    utc("taken_at"),
    one_of("state", "done", "not done", "pending", "unusable"),
    rule(
        "reasoned",
        "state IN ('done', 'pending') OR trim(state_reason) <> ''",
        "A result that was not done or is unusable says why.",
    ),
    one_of("comparator", "", "<", ">"),
    exact_number("value"),
    exact_number("kept"),
    exact_number("low"),
    exact_number("high"),
    valued_when_done("state", "value", "A value belongs to the state done, and to no other."),
    rule(
        "kept_with_value",
        "(value IS NULL) = (kept IS NULL) AND (kept IS NULL OR trim(kept_unit) <> '')",
        "A value is kept in its own unit too.",
    ),
    rule(
        "unit_with_value",
        "value IS NULL OR trim(unit) <> ''",
        "A value needs its unit.",
    ),
    one_of("limits_from", "", "laboratory"),
    rule(
        "limits_sourced",
        "(limits_from = '') = (low IS NULL AND high IS NULL)",
        "Limits of normal say where they come from.",
    ),
    one_of("fasting", "", "yes", "no"),
    once("lab_result", "infant_id", "analyte", "taken_at", "specimen"),
)
