"""The parts in which a protocol is shown: the whole of it, each course, its conflicts, its sources."""

from collections.abc import Iterator

from msgspec import Struct

from bedside.papers.protocol_book import CourseWords, FactLine, ProtocolBook


class ProtocolPart(Struct, frozen=True):
    """One part, as chosen in the list."""

    title: str
    note: str
    facts: tuple[FactLine, ...]
    course: str = ""  # its key; "" for a part that is no course


def parts_of(book: ProtocolBook) -> tuple[ProtocolPart, ...]:
    """The parts of a protocol in the order in which they are read."""
    courses = tuple(
        ProtocolPart(
            course.title, _course_note(course), (*course.facts, *_totals(course)), course.key
        )
        for course in book.courses
    )
    conflicts = tuple(_conflicts(book))
    sources = tuple(FactLine(key, short, full, "remark") for key, short, full in book.sources)
    return (
        ProtocolPart("The whole protocol", book.full_title, book.facts),
        *courses,
        *([ProtocolPart("Conflicts", "", conflicts)] if conflicts else []),
        ProtocolPart("Sources", "", sources),
    )


def _course_note(course: CourseWords) -> str:
    also = f"Also called {course.also}." if course.also else ""
    return " ".join(part for part in (also, course.note) if part)


def _totals(course: CourseWords) -> Iterator[FactLine]:
    for total in course.totals:
        yield FactLine("Totals per drug", "counted from the days", total, "program")


def _conflicts(book: ProtocolBook) -> Iterator[FactLine]:
    for conflict in book.conflicts:
        about = f"Conflict {conflict.number}"
        yield FactLine(about, "question", conflict.question, "conflict", named=conflict.named)
        for number, reading in enumerate(conflict.readings, start=1):
            yield FactLine(about, f"reading {number}", reading, "conflict", named=conflict.named)
        yield FactLine(about, "ruling", conflict.ruling, "program")
