"""Reads the start of a course: its counts and questions, and what the protocol asks of the infant.

A course names the entry rules that hold on its day 1 under ``entries``; they stand once in the
file, under ``[[entry]]``, with their evidence and source, and are read from there. A transplant
rule is asked before the course that it names.
"""

from collections.abc import Sequence
from typing import Literal, cast

from msgspec.structs import replace

from bedside.protocol.fact_reader import Book, read_origin
from bedside.protocol.model import (
    NOT_PUBLIC,
    ConfirmRule,
    Course,
    EntryRule,
    GeneRule,
    MeasureRule,
    OlderThanRule,
    Origin,
    StartRule,
)
from bedside.protocol.result_reader import read_result_rule
from bedside.protocol.risk_model import Strata
from bedside.protocol.start_model import NO_TRANSPLANT
from bedside.protocol.toml_table import FileTable

AT_START = ("age-at-course-start", "ask", "ask-exclusion", "kmt2a")  # checks of a day 1


class CourseStartRead:
    """The start of a course, read from the file."""

    directly: bool = False
    words: str = ""
    origin: Origin = NOT_PUBLIC
    rule: StartRule | None = None

    @classmethod
    def read(cls, table: FileTable, book: Book) -> "CourseStartRead":
        """Read [course.start]."""
        found = cls()
        start = table.table("start", needed=True)
        if start is None:
            return found
        found.directly = start.flag("follows-directly")
        found.words = start.text("words")
        found.origin = read_origin(start, book)
        measures = tuple(_measure(part, book) for part in start.tables("measures"))
        asked = tuple(_confirmation(part, book) for part in start.tables("confirmations"))
        entries = _entries(start, book, str(table.values.get("key", "")))
        rule = StartRule(
            measures,
            (*asked, *(_asked(rule) for rule in entries if rule.check.startswith("ask"))),
            tuple(_older(rule) for rule in entries if rule.check == "age-at-course-start"),
            tuple(_gene(rule) for rule in entries if rule.check == "kmt2a"),
            tuple(filter(None, (read_result_rule(one, book) for one in start.tables("results")))),
        )
        found.rule = rule if rule.origins else None
        if found.rule is not None and found.directly:
            start.fault("follows-directly", "a course with a start rule does not follow directly.")
        start.done()
        return found


def before_transplant(courses: Sequence[Course], strata: Strata) -> tuple[Course, ...]:
    """The courses, with the transplant rule asked before the course that it names."""
    rule = strata.transplant
    if rule is None:
        return tuple(courses)
    part = ConfirmRule(NO_TRANSPLANT, "No transplant instead", rule.origin, about="transplant")

    def asked(course: Course) -> Course:
        if course.key != rule.before:
            return course
        start = course.start_rule or StartRule((), ())
        joined = replace(start, confirmations=(*start.confirmations, part))
        return replace(course, start_rule=joined)

    return tuple(asked(course) for course in courses)


def _entries(start: FileTable, book: Book, course: str) -> tuple[EntryRule, ...]:
    """The entry rules that hold on day 1 of this course, by their keys."""
    found = []
    for key in start.texts("entries"):
        rule = book.entries.get(key)
        if rule is None:
            known = ", ".join(book.entries) or "there is none"
            start.fault("entries", f"{key!r} is no [[entry]] of this file: {known}.")
        elif rule.check not in AT_START or rule.course not in ("", course):
            start.fault(
                "entries",
                f"{key!r} cannot be judged on day 1 of this course: only {', '.join(AT_START)} of "
                "this course can.",
            )
        else:
            found.append(rule)
    return tuple(found)


def _asked(rule: EntryRule) -> ConfirmRule:
    passes: Literal["yes", "no"] = "no" if rule.check == "ask-exclusion" else "yes"
    return ConfirmRule(rule.key, rule.words, rule.origin, passes, "entry")


def _older(rule: EntryRule) -> OlderThanRule:
    return OlderThanRule(rule.key, int(rule.limit or 0), rule.words, rule.origin)


def _gene(rule: EntryRule) -> GeneRule:
    return GeneRule(rule.key, rule.accepted, rule.words, rule.origin)


def _measure(part: FileTable, book: Book) -> MeasureRule:
    measure = cast(Literal["anc", "platelets"], part.choice("measure", ("anc", "platelets")))
    at_least = part.whole("at-least-per-ul", needed=True)
    origin = read_origin(part, book, evidence="stated")
    part.done()
    return MeasureRule(measure, at_least or 1, origin)


def _confirmation(part: FileTable, book: Book) -> ConfirmRule:
    found = ConfirmRule(
        part.text("key"), part.text("words"), read_origin(part, book, evidence="stated")
    )
    part.done()
    return found
