"""The columns of every clinical table, and the few kinds of column that the tables are made of.

Nothing is erased: a row that was wrong is voided, and says by whom, when and why (hazard H29).
"""

from collections.abc import Sequence

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Table,
    text,
)
from sqlalchemy.schema import SchemaItem

from bedside.store.kinds import ExactNumber, IsoDay, UtcTime, Whole, Words, YesNo
from bedside.store.records import STANDING
from bedside.store.rules import rule, utc, written

NAMES = {
    "pk": "pk_%(table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}

metadata = MetaData(naming_convention=NAMES)


def words(name: str, *, optional: bool = False) -> Column[str]:
    """A column of text."""
    return Column(name, Words, nullable=optional)


def whole(name: str, *, optional: bool = False) -> Column[int]:
    """A column of whole numbers; the name carries the unit."""
    return Column(name, Whole, nullable=optional)


def exact(name: str, *, optional: bool = True) -> Column[object]:
    """A column of exact numbers; they may be absent unless said otherwise."""
    return Column(name, ExactNumber, nullable=optional)


def on_day(name: str, *, optional: bool = False) -> Column[object]:
    """A column of calendar days."""
    return Column(name, IsoDay, nullable=optional)


def at_time(name: str, *, optional: bool = False) -> Column[object]:
    """A column of moments."""
    return Column(name, UtcTime, nullable=optional)


def yes_no(name: str) -> Column[bool]:
    """A column of truth values, kept as 1 and 0."""
    return Column(name, YesNo, nullable=False)


def infant() -> tuple[Column[int], ForeignKeyConstraint]:
    """The infant whom a row is about."""
    return whole("infant_id"), ForeignKeyConstraint(["infant_id"], ["infant.id"])


def of_same_infant(column: str, table: str) -> ForeignKeyConstraint:
    """A row of another table, which must be about the same infant (hazards H5, H25)."""
    return ForeignKeyConstraint([column, "infant_id"], [f"{table}.id", f"{table}.infant_id"])


def once(table: str, *columns: str, among: str = "") -> Index:
    """At most one standing row for these columns: a double click adds nothing (hazard H24)."""
    where = STANDING if not among else f"{STANDING} AND {among}"
    return Index(f"uq_{table}_once", *columns, unique=True, sqlite_where=text(where))


def clinical(name: str, *own: SchemaItem | Sequence[SchemaItem]) -> Table:
    """Make a clinical table: who and when, the table's own columns, and how it is voided.

    Args:
        name: the table's name, one infant's or one count's, in the singular.
        own: columns, rules and references.
    """
    items: list[SchemaItem] = []
    for item in own:
        items.extend([item] if isinstance(item, SchemaItem) else item)
    mine = [item for item in items if isinstance(item, Column)]
    rules = [item for item in items if not isinstance(item, Column)]
    table = Table(
        name,
        metadata,
        Column("id", Whole, primary_key=True),
        at_time("recorded_at"),
        words("recorded_by"),
        *mine,
        at_time("voided_at", optional=True),
        words("voided_by", optional=True),
        words("void_reason", optional=True),
        *_common_rules(),
        *rules,
        sqlite_strict=True,
    )
    if "infant_id" in table.c:
        Index(f"ix_{name}_infant_id", table.c.infant_id)
    return table


def _common_rules() -> tuple[CheckConstraint, ...]:
    return (
        utc("recorded_at"),
        written("recorded_by", "Who recorded this? A record needs a name."),
        utc("voided_at"),
        rule(
            "void_whole",
            "(voided_at IS NULL) = (voided_by IS NULL) "
            "AND (voided_at IS NULL) = (void_reason IS NULL)",
            "A row is struck out with who, when and why, or not at all.",
        ),
        rule(
            "void_written",
            "voided_at IS NULL OR (trim(voided_by) <> '' AND trim(void_reason) <> '')",
            "A correction needs a name and its reason: say what was wrong.",
        ),
    )
