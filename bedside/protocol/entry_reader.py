"""Reads the rest of a protocol file: who may be entered, who goes on, conflicts, weight range."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, cast

from bedside.protocol.fact_reader import Book, read_origin
from bedside.protocol.model import Conflict, ContinueRule, Course, EntryRule, WeightRange
from bedside.protocol.toml_table import FileTable

CHECKS = (
    "age-in-days",
    "age-at-course-start",
    "diagnosis",
    "kmt2a-known-later",
    "kmt2a",
    "consent",
    "ask",
    "ask-exclusion",
    "not-public",
)


def read_entry_rules(top: FileTable, book: Book, courses: Sequence[str]) -> tuple[EntryRule, ...]:
    """Read every [[entry]]; ``courses`` are the keys of the file's courses."""
    rules: list[EntryRule] = []
    for table in top.tables("entry", needed=True):
        rule = _entry_rule(table, book)
        if rule.course and rule.course not in courses:
            table.fault("course", f"{rule.course!r} is not a course of this file.")
        if any(rule.key == known.key for known in rules):
            table.fault("key", f"the entry rule {rule.key} stands there twice: keep one.")
        rules.append(rule)
    return tuple(rules)


def _entry_rule(table: FileTable, book: Book) -> EntryRule:
    key = table.text("key")
    table.place = f"entry {key}" if key else table.place
    check = table.choice("check", CHECKS)
    at_start = check == "age-at-course-start"
    limit = table.number("limit", needed=at_start or check == "age-in-days" or _has_share(table))
    if check == "not-public" and table.flag("must", True):
        table.fault("must", "a rule that is not public cannot be a must: write must = false.")
    unknown = table.choice("unknown-counts-as", ("unknown", "met"), "unknown")
    rule = EntryRule(
        key=key,
        check=check,
        words=table.text("words"),
        origin=read_origin(table, book),
        limit=limit,
        must=table.flag("must", True),
        ask_days=table.wholes("ask-days"),
        accepted=table.texts(
            "accepted", needed=check in ("diagnosis", "kmt2a-known-later", "kmt2a")
        ),
        accepted_with_share=table.texts("accepted-with-share"),
        unknown_counts_as=cast(Literal["met", "unknown"], unknown),
        course=table.text("course") if at_start else "",
    )
    table.done()
    return rule


def _has_share(table: FileTable) -> bool:
    return bool(table.values.get("accepted-with-share"))


def read_continue_rules(
    top: FileTable, book: Book, courses: Sequence[Course]
) -> tuple[ContinueRule, ...]:
    """Read every [[continue]]."""
    rules = []
    for table in top.tables("continue"):
        before = table.text("before")
        if before not in [course.key for course in courses]:
            table.fault("before", f"{before!r} is not a course of this file.")
        rules.append(
            ContinueRule(
                before=before,
                accepted=table.texts("kmt2a", needed=True),
                words=table.text("words"),
                origin=read_origin(table, book),
                otherwise=table.text("otherwise", ""),
            )
        )
        table.done()
    return tuple(rules)


def read_conflicts(top: FileTable, book: Book) -> tuple[Conflict, ...]:
    """Read every [[conflict]]: at least two readings each, numbered without repetition."""
    conflicts: list[Conflict] = []
    for table in top.tables("conflict"):
        number = table.whole("number", needed=True) or 0
        readings = table.texts("readings", needed=True)
        if len(readings) == 1:
            table.fault("readings", "a conflict has at least two readings: write both.")
        if any(number == known.number for known in conflicts):
            table.fault("number", f"conflict {number} stands there twice: number them anew.")
        conflicts.append(
            Conflict(
                number=number,
                question=table.text("question"),
                readings=readings,
                ruling=table.text("ruling"),
                origin=read_origin(table, book, evidence="conflict"),
            )
        )
        table.done()
    return tuple(conflicts)


def read_weight_range(top: FileTable) -> WeightRange | None:
    """Read [weights]: the weights, in kilograms, that a dose may be worked from."""
    table = top.table("weights", needed=True)
    if table is None:
        return None
    table.choice("evidence", ("judgement", "worked out"))
    possible, ordinary = _range(table, "possible-kg"), _range(table, "ordinary-kg")
    surface = _pair(table, "surface-m2")
    reason = table.text("reason")
    if possible[0] > ordinary[0] or ordinary[1] > possible[1]:
        table.fault("ordinary-kg", "the ordinary range lies inside the possible one.")
    table.done()
    return WeightRange(possible, ordinary, surface, reason)


def _range(table: FileTable, key: str) -> tuple[int, int]:
    """Read two weights in kilograms, lightest first; returned in grams."""
    lightest, heaviest = (weight * 1000 for weight in _pair(table, key))
    if lightest % 1 or heaviest % 1:
        table.fault(key, "weights are written to the gram at most: for example 0.5 or 1.234.")
    return int(lightest), int(heaviest)


def _pair(table: FileTable, key: str) -> tuple[Decimal, Decimal]:
    """Read two numbers above 0, smaller first."""
    table.has(key)
    value = table.values.get(key)
    if (
        not isinstance(value, list)
        or len(value) != 2
        or any(isinstance(item, bool) or not isinstance(item, int | Decimal) for item in value)
        or not 0 < value[0] < value[1]
    ):
        table.fault(key, "two numbers above 0, smaller first, are needed: for example [0.5, 30].")
        return Decimal(1), Decimal(1)
    return Decimal(value[0]), Decimal(value[1])
