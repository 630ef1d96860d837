"""The tables of infusions that were broken off, of what was decided then, and of continuous ones."""

from sqlalchemy import CheckConstraint, Table

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
from bedside.store.infusion_records import InfusionEvent, InfusionPart, RestDecision
from bedside.store.records import Record
from bedside.store.rules import one_of, rule, utc, written

EVENTS = ("started", "bag changed", "paused", "resumed", "ended")


def _amount() -> tuple[CheckConstraint, ...]:
    """An exact amount above nothing with its unit, or neither."""
    return (
        rule(
            "amount_bounds",
            "amount IS NULL OR (amount NOT GLOB '*[^0-9.]*' AND amount GLOB '[0-9]*' "
            "AND length(amount) <= 40 AND CAST(amount AS REAL) > 0)",
            "An amount of a drug is more than nothing.",
        ),
        one_of("unit", "mg", ""),
        rule(
            "amount_with_unit",
            "(amount IS NULL) = (unit = '')",
            "An amount has its unit.",
        ),
    )


INFUSION_TABLES: dict[type[Record], Table] = {
    InfusionPart: clinical(
        "infusion_part",
        infant(),
        whole("dose_id"),
        words("went_in"),
        exact("amount"),
        words("unit"),
        words("how"),
        of_same_infant("dose_id", "dose_record"),
        one_of("went_in", "part", "nothing", "not known"),
        rule(
            "part_said",
            "(went_in = 'part') = (amount IS NOT NULL)",
            "A part that went in has its amount.",
        ),
        *_amount(),
        once("infusion_part", "infant_id", "dose_id"),
    ),
    RestDecision: clinical(
        "rest_decision",
        infant(),
        whole("dose_id"),
        words("decision"),
        exact("amount"),
        words("unit"),
        words("reason"),
        of_same_infant("dose_id", "dose_record"),
        one_of("decision", "rest", "whole", "nothing"),
        rule(
            "rest_said",
            "(decision = 'rest') = (amount IS NOT NULL)",
            "A rest that is to be given has its amount.",
        ),
        *_amount(),
        written("reason", "A decision after a broken-off infusion needs its reason."),
        once("rest_decision", "infant_id", "dose_id"),
    ),
    InfusionEvent: clinical(
        "infusion_event",
        infant(),
        words("course_key"),
        words("drug"),
        words("route"),
        words("event"),
        at_time("at"),
        words("note"),
        written("course_key", "An infusion belongs to a course."),
        written("drug", "An infusion names its drug."),
        written("route", "An infusion names its route."),
        one_of("event", *EVENTS),
        utc("at"),
        rule(
            "pause_reasoned",
            "event <> 'paused' OR trim(note) <> ''",
            "Why was the infusion paused? Give the reason.",
        ),
        once("infusion_event", "infant_id", "course_key", "drug", "route", "at"),
    ),
}
