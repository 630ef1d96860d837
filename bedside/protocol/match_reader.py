"""Reads which course stands where a course of another protocol stands ([[match]]).

The other protocol lies in another file, so its courses are checked where the two are compared.
"""

from collections.abc import Sequence

from bedside.protocol.fact_reader import Book, read_origin
from bedside.protocol.model import NOT_PUBLIC, Course, CourseMatch, Origin
from bedside.protocol.toml_table import FileTable


def read_matches(top: FileTable, book: Book, courses: Sequence[Course]) -> tuple[CourseMatch, ...]:
    """Read every [[match]]; a course is matched once with each other protocol."""
    matches: list[CourseMatch] = []
    for table in top.tables("match"):
        match = _match(table, book)
        table.done()
        if match.course not in [course.key for course in courses]:
            table.fault("course", f"{match.course!r} is not a course of this file.")
        if any((match.course, match.protocol) == (one.course, one.protocol) for one in matches):
            table.fault("course", f"{match.course} is matched twice: keep one.")
        matches.append(match)
    return tuple(matches)


def _match(table: FileTable, book: Book) -> CourseMatch:
    said, said_origin = _said(table, book)
    return CourseMatch(
        course=table.text("course"),
        protocol=table.text("protocol"),
        other=table.text("with"),
        part=table.whole("part", 0) or 0,
        origin=read_origin(table, book),
        said=said,
        said_origin=said_origin,
    )


def _said(table: FileTable, book: Book) -> tuple[str, Origin]:
    said = table.table("said")
    if said is None:
        return "", NOT_PUBLIC
    words, origin = said.text("words"), read_origin(said, book)
    said.done()
    return words, origin
