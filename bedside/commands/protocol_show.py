"""A protocol in words for a person at a terminal: courses, facts, evidence, sources, conflicts."""

import textwrap
from collections.abc import Iterable, Iterator

from bedside.papers.protocol_book import EVIDENCE_WORDS, FactLine, ProtocolBook

WIDTH = 100


def book_in_words(book: ProtocolBook) -> tuple[str, ...]:
    """Return the whole protocol, line by line."""
    return (
        *_head(book),
        *_facts(book.facts),
        *(line for course in book.courses for line in _course(book, course.key)),
        *_conflicts(book),
        *_sources(book),
    )


def _head(book: ProtocolBook) -> Iterator[str]:
    yield f"{book.title}: {book.full_title}"
    yield f"Edition: {book.edition}. Register: {book.registry}."
    yield f"File: sha256 {book.digest}"
    if book.closed_to_entry:
        yield f"CLOSED: {book.closed_to_entry}"


def _course(book: ProtocolBook, key: str) -> Iterator[str]:
    course = next(one for one in book.courses if one.key == key)
    yield from ("", f"{course.title}  [{course.key}]", "=" * len(f"{course.title}  [{course.key}]"))
    if course.also:
        yield f"Also called {course.also}."
    if course.note:
        yield from wrapped(course.note, "", "")
    yield from _facts(course.facts)
    yield "  Totals per drug"
    for total in course.totals:
        yield from wrapped(total, "    ", "      ")


def _facts(facts: Iterable[FactLine]) -> Iterator[str]:
    about = None
    for fact in facts:
        if fact.about != about:
            about = fact.about
            yield f"  {about}"
        yield from wrapped(fact_words(fact), "    ", "      ")


def fact_words(fact: FactLine) -> str:
    """One fact with its evidence, sources and note in brackets."""
    mark = EVIDENCE_WORDS[fact.evidence]
    named = f": {fact.named}" if fact.named else ""
    note = f" ({fact.note})" if fact.note else ""
    return f"{fact.aspect}: {fact.words} [{mark}{named}]{note}"


def _conflicts(book: ProtocolBook) -> Iterator[str]:
    if not book.conflicts:
        return
    yield from ("", "Conflicts", "=========")
    for conflict in book.conflicts:
        yield from wrapped(
            f"{conflict.number}. {conflict.question} [{conflict.named}]", "  ", "     "
        )
        for reading in conflict.readings:
            yield from wrapped(f"reading: {reading}", "     ", "       ")
        yield from wrapped(f"ruling: {conflict.ruling}", "     ", "       ")


def _sources(book: ProtocolBook) -> Iterator[str]:
    yield from ("", "Sources", "=======")
    for key, short, full in book.sources:
        yield from wrapped(f"{key}, {short}: {full}", "  ", "    ")


def wrapped(text: str, first: str, after: str) -> list[str]:
    """Break a text into lines for a terminal; nothing inside a word is broken."""
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=after,
        break_long_words=False,
        break_on_hyphens=False,
    )
