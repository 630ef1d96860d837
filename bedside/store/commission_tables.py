"""The tables of commissioning: what one row of each may hold."""

from sqlalchemy import Column, ForeignKeyConstraint, Index, Table, text

from bedside.store.columns import at_time, clinical, once, whole, words
from bedside.store.commission_records import (
    CommissionEnd,
    CommissionEntry,
    CommissionImport,
    CommissionPass,
    CommissionValue,
)
from bedside.store.records import STANDING, Record
from bedside.store.rules import digest, rule, utc, within, written

_BY_ONE = "One person cannot be both: a second person types the same numbers."


def _of(
    column: str, table: str, *, optional: bool = False
) -> tuple[Column[int], ForeignKeyConstraint]:
    return whole(column, optional=optional), ForeignKeyConstraint([column], [f"{table}.id"])


COMMISSION_TABLES: dict[type[Record], Table] = {
    CommissionPass: clinical(
        "commission_pass",
        words("scope"),
        words("edition"),
        words("protocol_digest"),
        words("group_key"),
        whole("turn"),
        words("person_key"),
        written("scope", "A pass belongs to a protocol or to the site."),
        written("edition", "A pass belongs to an edition."),
        digest("protocol_digest"),
        written("group_key", "A pass belongs to a course or another group of numbers."),
        within("turn", 1, 2, "There are two passes, the first and the second."),
        written("person_key", "A pass needs the name of its person."),
        once("commission_pass", "scope", "edition", "group_key", "turn"),
        Index(
            "uq_commission_pass_person",
            "scope",
            "edition",
            "group_key",
            "person_key",
            unique=True,
            sqlite_where=text(STANDING),
        ),
    ),
    CommissionEntry: clinical(
        "commission_entry",
        _of("pass_id", "commission_pass"),
        words("number_id"),
        words("typed"),
        words("canonical"),
        written("number_id", "An entry belongs to a number."),
        written("canonical", "An entry holds what was read."),
        once("commission_entry", "pass_id", "number_id"),
    ),
    CommissionEnd: clinical(
        "commission_end",
        _of("pass_id", "commission_pass"),
        once("commission_end", "pass_id"),
    ),
    CommissionImport: clinical(
        "commission_import",
        words("scope"),
        words("edition"),
        words("person_key"),
        words("file_name"),
        words("file_digest"),
        words("content"),
        written("scope", "An import belongs to a protocol."),
        written("edition", "An import belongs to an edition."),
        written("person_key", "An import needs the name of its person."),
        digest("file_digest"),
        written("content", "An import keeps its file."),
        once("commission_import", "scope", "edition"),
    ),
    CommissionValue: clinical(
        "commission_value",
        words("scope"),
        words("edition"),
        words("protocol_digest"),
        words("group_key"),
        words("number_id"),
        words("canonical"),
        words("public"),
        _of("first_entry_id", "commission_entry", optional=True),
        _of("second_entry_id", "commission_entry", optional=True),
        _of("import_id", "commission_import", optional=True),
        words("first_person"),
        words("first_key"),
        at_time("first_at"),
        words("second_person"),
        words("second_key"),
        at_time("second_at"),
        words("reason"),
        written("scope", "A value belongs to a protocol or to the site."),
        written("edition", "A value belongs to an edition."),
        digest("protocol_digest"),
        written("number_id", "A value belongs to a number."),
        written("canonical", "A value is not empty."),
        written("first_person", "A value needs the name of the first person."),
        written("second_person", "A value needs the name of the second person."),
        utc("first_at"),
        utc("second_at"),
        rule("two_people", "first_key <> second_key", _BY_ONE),
        rule(
            "whence",
            "(first_entry_id IS NULL) = (second_entry_id IS NULL) "
            "AND (import_id IS NULL) = (first_entry_id IS NOT NULL)",
            "A value rests on two entries, or on an import.",
        ),
        rule("two_entries", "first_entry_id <> second_entry_id", _BY_ONE),
        once("commission_value", "scope", "edition", "number_id"),
    ),
}
