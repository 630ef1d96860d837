"""The tables of risk, arm and residual disease: what one row of each may hold."""

from sqlalchemy import Table

from bedside.store.columns import clinical, infant, on_day, once, whole, words
from bedside.store.records import Record
from bedside.store.risk_records import ArmAllocation, MrdLevel, RiskFact
from bedside.store.rules import day, one_of, rule, within, written

BILLION = 1_000_000_000

RISK_TABLES: dict[type[Record], Table] = {
    RiskFact: clinical(
        "risk_fact",
        infant(),
        words("kind"),
        whole("per_ul", optional=True),
        words("word"),
        on_day("on_day"),
        one_of("kind", "white-cells", "day8-blasts", "partner", "transplant"),
        rule(
            "counted",
            "(kind IN ('white-cells', 'day8-blasts')) = (per_ul IS NOT NULL)",
            "White cells and blasts are counts; a partner or a transplant is a word.",
        ),
        rule(
            "worded",
            "CASE WHEN per_ul IS NULL THEN trim(word) <> '' ELSE word IN ('', '<', '>') END",
            'A partner or a transplant needs its word; a count has none but "<" or ">".',
        ),
        within("per_ul", 0, 10_000_000, "A count is from 0 to 10 000 000 per µL."),
        day("on_day"),
        once("risk_fact", "infant_id", "kind"),
    ),
    ArmAllocation: clinical(
        "arm_allocation",
        infant(),
        words("arm"),
        on_day("allocated_on"),
        words("allocated_by"),
        written("arm", "Which arm was allocated?"),
        day("allocated_on"),
        written("allocated_by", "Who allocated the arm? Name the office or the person."),
        once("arm_allocation", "infant_id"),
    ),
    MrdLevel: clinical(
        "mrd_level",
        infant(),
        words("point"),
        on_day("taken_on"),
        words("state"),
        whole("per_billion", optional=True),
        words("method"),
        whole("sees_per_billion", optional=True),
        written("point", "At which time point was this measured?"),
        day("taken_on"),
        one_of("state", "level", "below", "negative"),
        rule(
            "levelled",
            "(state = 'negative') = (per_billion IS NULL)",
            "A negative result has no level; every other result has one.",
        ),
        within("per_billion", 1, BILLION, "A level is from 1 in 1 000 000 000 to all cells."),
        written("method", "By which method was this measured?"),
        within("sees_per_billion", 1, BILLION, "A limit of detection is part of all cells."),
        once("mrd_level", "infant_id", "point"),
    ),
}
