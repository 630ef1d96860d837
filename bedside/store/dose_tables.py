"""The tables of reduced and shifted doses, of what a dose given rested on, and of kept protocols."""

from sqlalchemy import CheckConstraint, Table

from bedside.store.columns import clinical, exact, infant, of_same_infant, once, whole, words
from bedside.store.dose_records import (
    DoseBasis,
    DoseReduction,
    DoseShift,
    GivenSeen,
    ProtocolEdition,
)
from bedside.store.records import Record
from bedside.store.rules import digest, one_of, percent, rule, within, written


def _amount(column: str) -> CheckConstraint:
    """An exact amount above nothing, written as `kinds.decimal_text` writes it."""
    return rule(
        f"{column}_bounds",
        f"{column} IS NULL OR ({column} NOT GLOB '*[^0-9.]*' AND {column} GLOB '[0-9]*' "
        f"AND length({column}) <= 40 AND CAST({column} AS REAL) > 0)",
        "An amount of a drug is more than nothing.",
    )


def _above_nothing(column: str) -> CheckConstraint:
    return rule(
        f"{column}_said",
        f"{column} IS NOT NULL AND CAST({column} AS REAL) > 0",
        "A reduced dose is a share above nothing: a dose left out is not given.",
    )


DOSE_TABLES: dict[type[Record], Table] = {
    DoseReduction: clinical(
        "dose_reduction",
        infant(),
        words("course_key"),
        words("drug"),
        whole("from_day"),
        whole("until_day", optional=True),
        exact("percent", optional=False),
        words("of_what"),
        exact("share", optional=False),
        words("reason"),
        words("ordered_by"),
        written("course_key", "A reduction belongs to a course."),
        within("from_day", 1, 9999, "A course begins with day 1."),
        rule("reduction_order", "until_day >= from_day", "It ends on its first day or later."),
        percent("percent"),
        _above_nothing("percent"),
        one_of("of_what", "standard", "last"),
        percent("share"),
        _above_nothing("share"),
        written("reason", "A reduced dose needs its reason."),
        written("ordered_by", "A reduced dose needs the name of who ordered it."),
        once("dose_reduction", "infant_id", "course_key", "drug", "from_day"),
    ),
    DoseBasis: clinical(
        "dose_basis",
        infant(),
        whole("dose_id"),
        exact("amount"),
        words("unit"),
        exact("worked"),
        exact("share", optional=False),
        words("protocol_edition"),
        words("protocol_digest"),
        words("values_digest"),
        words("reason"),
        of_same_infant("dose_id", "dose_record"),
        _amount("amount"),
        one_of("unit", "mg", "micrograms", "units", ""),
        rule(
            "amount_with_unit",
            "(amount IS NULL) = (unit = '')",
            "An amount has its unit: mg, micrograms or units.",
        ),
        _amount("worked"),
        percent("share"),
        _above_nothing("share"),
        digest("values_digest"),
        once("dose_basis", "infant_id", "dose_id"),
    ),
    GivenSeen: clinical(
        "given_seen",
        infant(),
        whole("dose_id"),
        words("told"),
        words("decided"),
        of_same_infant("dose_id", "dose_record"),
        written("told", "What was seen of a far dose stands in words."),
        written("decided", "What was decided after a far dose stands in words."),
        once("given_seen", "infant_id", "dose_id"),
    ),
    DoseShift: clinical(
        "dose_shift",
        infant(),
        words("course_key"),
        words("drug"),
        words("route"),
        whole("from_day"),
        whole("by_days"),
        words("reason"),
        written("course_key", "A shift belongs to a course."),
        written("drug", "A shift moves the doses of one drug: name it."),
        written("route", "A shift moves the doses of a drug by one route: name it."),
        within("from_day", 1, 9999, "A course begins with day 1."),
        within("by_days", 1, 365, "Doses are shifted by 1 to 365 days."),
        written("reason", "A shift needs its reason."),
        once("dose_shift", "infant_id", "course_key", "drug", "route", "from_day"),
    ),
    ProtocolEdition: clinical(
        "protocol_edition",
        words("protocol_key"),
        words("edition"),
        words("protocol_digest"),
        words("content"),
        words("below", optional=True),
        written("protocol_key", "An edition belongs to a protocol."),
        written("edition", "An edition has its name."),
        digest("protocol_digest"),
        written("content", "A kept edition holds its file."),
        once("protocol_edition", "protocol_digest"),
    ),
}
