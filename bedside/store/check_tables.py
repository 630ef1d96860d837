"""The tables of the blind second check and of doses given; each row is voided, never changed."""

from sqlalchemy import ForeignKeyConstraint, Index, Table, text
from sqlalchemy.schema import SchemaItem

from bedside.store.check_records import DoseGiving, FiguresShown, FirstCount, SecondCheck
from bedside.store.columns import (
    at_time,
    clinical,
    exact,
    infant,
    of_same_infant,
    on_day,
    once,
    whole,
    words,
)
from bedside.store.records import Record
from bedside.store.rules import day, exact_number, one_of, rule, utc, within, written
from bedside.store.signature_records import DoseOrder
from bedside.store.signature_tables import SIGNATURE_TABLES
from bedside.store.turn_columns import WHOLE_DAY, of_the_day, once_of_the_day


def _counted() -> tuple[SchemaItem, ...]:
    """What one person counted for an order, and who she is."""
    return (
        whole("try_number"),
        whole("weight_g"),
        exact("dose", optional=False),
        words("unit"),
        whole("volume_ul"),
        words("name"),
        words("role"),
        whole("person_id", optional=True),
        at_time("counted_at"),
        of_same_infant("order_id", "dose_order"),
        ForeignKeyConstraint(["person_id"], ["ward_person.id"]),
        within("try_number", 1, 99, "The tries of a check are counted from 1."),
        within("weight_g", 1, 999_999, "A weight that was counted is above nothing."),
        exact_number("dose"),
        rule("dose_said", "CAST(dose AS REAL) > 0", "A dose that was counted is above nothing."),
        one_of("unit", "mg", "micrograms", "units"),
        within("volume_ul", 1, 99_999_999, "A volume that was counted is above nothing."),
        written("name", "Who counted? A count needs a name."),
        written("role", "A count needs the role of who counted."),
        utc("counted_at"),
    )


CHECK_TABLES: dict[type[Record], Table] = {
    FirstCount: clinical(
        "first_count",
        infant(),
        whole("order_id"),
        *_counted(),
        once("first_count", "infant_id", "order_id", "try_number"),
    ),
    SecondCheck: clinical(
        "second_check",
        infant(),
        whole("order_id"),
        whole("first_id"),
        *_counted(),
        words("outcome"),
        of_same_infant("first_id", "first_count"),
        one_of("outcome", "matched", "differs", "not as ordered"),
        once("second_check", "infant_id", "first_id"),
    ),
    DoseGiving: clinical(
        "dose_giving",
        infant(),
        words("course_key"),
        whole("course_day"),
        words("drug"),
        words("route"),
        on_day("planned_on"),
        at_time("given_at"),
        whole("order_id", optional=True),
        whole("check_id", optional=True),
        words("paper_first"),
        words("paper_second"),
        words("paper_reason"),
        *of_the_day(),
        of_same_infant("order_id", "dose_order"),
        of_same_infant("check_id", "second_check"),
        written("course_key", "A dose given belongs to a course."),
        within("course_day", 1, 9999, "A course begins with day 1."),
        written("drug", "A dose given names its drug."),
        written("route", "A dose given names its route."),
        day("planned_on"),
        utc("given_at"),
        rule(
            "checked_or_paper",
            "(check_id IS NULL) = (order_id IS NULL) "
            "AND (check_id IS NULL) = (trim(paper_first) <> '') "
            "AND (check_id IS NULL) = (trim(paper_second) <> '') "
            "AND (check_id IS NULL) = (trim(paper_reason) <> '')",
            "A dose given was checked by two people here, or names the two of the paper check.",
        ),
        *once_of_the_day("dose_giving"),
        Index(
            "uq_dose_giving_check",
            "infant_id",
            "check_id",
            unique=True,
            sqlite_where=text(f"voided_at IS NULL AND check_id IS NOT NULL AND NOT ({WHOLE_DAY})"),
        ),
    ),
    FiguresShown: clinical(
        "figures_shown",
        infant(),
        words("course_key"),
        whole("course_day"),
        words("drug"),
        words("route"),
        written("course_key", "Figures that were shown belong to a course."),
        within("course_day", 1, 9999, "A course begins with day 1."),
        written("drug", "Figures that were shown name their drug."),
        written("route", "Figures that were shown name their route."),
    ),
}
# a row that names one of these by its number must be of the same infant (hazard H25)
for _table in (
    SIGNATURE_TABLES[DoseOrder],
    CHECK_TABLES[FirstCount],
    CHECK_TABLES[SecondCheck],
):
    Index(f"uq_{_table.name}_id_infant_id", _table.c.id, _table.c.infant_id, unique=True)
