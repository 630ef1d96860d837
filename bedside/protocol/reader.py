"""Reads a protocol file (TOML) and refuses it with every fault at once, or returns it whole.

A protocol file is the most dangerous text in the program: a slip in it reaches every infant. So
nothing in it is optional by accident, nothing unknown is passed over, and every fact names its
source (hazard H39).
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from msgspec.structs import replace

from bedside.protocol.backbone import backbone_file, take_over
from bedside.protocol.course_reader import read_course
from bedside.protocol.drugs import DrugNames, drug_names
from bedside.protocol.entry_reader import (
    read_conflicts,
    read_continue_rules,
    read_entry_rules,
    read_weight_range,
)
from bedside.protocol.fact_reader import Book, read_origin, read_sources
from bedside.protocol.match_reader import read_matches
from bedside.protocol.model import NOT_PUBLIC, Course, DltWindow, Origin, Protocol
from bedside.protocol.risk_reader import read_strata
from bedside.protocol.start_reader import before_transplant
from bedside.protocol.therapy_end import DIAGNOSIS, THERAPY_UNITS, TherapyEnd, TherapyUnit
from bedside.protocol.toml_table import Faults, FileTable, read_toml
from bedside.units.refusal import Refused


class ProtocolFileError(Refused):
    """A protocol file cannot be used; each reason names the file, the place and what is right."""


def read_protocol(path: Path, drugs: DrugNames | None = None) -> Protocol:
    """Read a protocol file.

    Args:
        path: the file.
        drugs: the drug list to check against; None takes the program's own.

    Raises:
        ProtocolFileError: with every fault found.
    """
    written = path.read_bytes()
    text = _decoded(written, path)
    top, faults = read_toml(text, path.name, ProtocolFileError)
    base = backbone_file(top.values, path.parent)
    if base is None or not base.is_file():
        protocol = _whole(top, faults, drugs, None)
        return replace(protocol, digest=hashlib.sha256(written).hexdigest())
    below = base.read_bytes()
    values = read_toml(_decoded(below, base), base.name, ProtocolFileError)[0].values
    protocol = _whole(top, faults, drugs, values)
    return replace(protocol, digest=hashlib.sha256(written + below).hexdigest())


def written_file(path: Path) -> tuple[str, str | None]:
    """A protocol file letter by letter, and the file whose courses it takes over, where it does.

    Raises:
        ProtocolFileError: it is not UTF-8.
    """
    content = _letters(path)
    base = backbone_file(read_toml(content, path.name, ProtocolFileError)[0].values, path.parent)
    below = base is not None and base.is_file()
    return content, _letters(base) if base is not None and below else None


def digest_of_file(content: str, below: str | None) -> str:
    """The digest that `read_protocol` gives to a file with these letters."""
    return hashlib.sha256((content + (below or "")).encode("utf-8")).hexdigest()


def read_kept(
    content: str, below: str | None, name: str, drugs: DrugNames | None = None
) -> Protocol:
    """Read an edition from letters that were kept when it was in use.

    Args:
        content: the file.
        below: the file whose courses it takes over, None where it takes over none.
        name: its name for messages.
        drugs: the drug list to check against; None takes the program's own.

    Raises:
        ProtocolFileError: with every fault found.
    """
    base = None
    if below is not None:
        base = read_toml(_one_ending(below), name, ProtocolFileError)[0].values
    protocol = read_protocol_text(_one_ending(content), name, drugs, base=base)
    return replace(protocol, digest=digest_of_file(content, below))


def _letters(path: Path) -> str:
    written = path.read_bytes()
    _decoded(written, path)
    return written.decode("utf-8")


def _one_ending(text: str) -> str:
    return text.replace("\r\n", "\n")


def _decoded(written: bytes, path: Path) -> str:
    try:
        return _one_ending(written.decode("utf-8"))
    except UnicodeDecodeError as fault:
        raise ProtocolFileError(
            f"{path.name}: byte {fault.start} is not UTF-8: save the file as UTF-8."
        ) from fault


def read_protocol_text(
    text: str,
    name: str,
    drugs: DrugNames | None = None,
    *,
    base: dict[str, Any] | None = None,
) -> Protocol:
    """Read a protocol from its text.

    Args:
        text: the file's text.
        name: the file's name for messages.
        drugs: the drug list to check against; None takes the program's own.
        base: the tables of the protocol whose courses it takes over, where it does.

    Raises:
        ProtocolFileError: with every fault found.
    """
    top, faults = read_toml(text, name, ProtocolFileError)
    protocol = _whole(top, faults, drugs, base)
    return replace(protocol, digest=hashlib.sha256(text.encode("utf-8")).hexdigest())


def _whole(
    top: FileTable, faults: Faults, drugs: DrugNames | None, base: dict[str, Any] | None
) -> Protocol:
    """The protocol without its digest, or every fault at once."""
    backbone = take_over(top, base)
    short, full = read_sources(top)
    numbers = frozenset(
        number
        for table in top.values.get("conflict", [])
        if isinstance(table, dict) and isinstance(number := table.get("number"), int)
    )
    book = Book(short, full, numbers, drug_names() if drugs is None else drugs)
    protocol = _protocol(top, book)
    top.done()
    if faults.found:
        raise ProtocolFileError(*faults.found)
    return replace(protocol, backbone=backbone)


def _protocol(top: FileTable, book: Book) -> Protocol:
    head = top.table("protocol", needed=True) or FileTable({}, "protocol", top.faults)
    key = head.text("key")
    entries = read_entry_rules(top, book, _course_keys(top))
    book = replace(book, entries={rule.key: rule for rule in entries})
    courses = _courses(top, book, key)
    strata = read_strata(top, book, courses)
    keys = ("closed-to-entry", "arm", "risk", "numbering")
    worded = {name: _worded(head, name, book) for name in keys}
    therapy, therapy_origin = _therapy(head, book, courses)
    origins = {name: origin for name, (_, origin) in worded.items()}
    protocol = Protocol(
        key=key,
        title=head.text("title"),
        full_title=head.text("full-title"),
        edition=head.text("edition"),
        registry=head.text("registry"),
        closed_to_entry=worded["closed-to-entry"][0],
        arm_words=worded["arm"][0],
        risk_words=worded["risk"][0],
        sources=dict(book.full),
        courses=before_transplant(courses, strata),
        entry_rules=entries,
        dlt_window=_dlt(top, book, courses),
        therapy=therapy,
        therapy_origin=therapy_origin,
        digest="",  # of the bytes as they lie on the disk: whoever read them knows
        conflicts=read_conflicts(top, book),
        continue_rules=read_continue_rules(top, book, courses),
        matches=read_matches(top, book, courses),
        numbering_words=worded["numbering"][0],
        source_names=dict(book.short),
        origins=origins,
        strata=strata,
    )
    head.done()
    return protocol


def _courses(top: FileTable, book: Book, protocol_key: str) -> tuple[Course, ...]:
    weights = read_weight_range(top)
    tables = top.tables("course", needed=True)
    courses = tuple(read_course(table, book, protocol_key, weights) for table in tables)
    _check_courses(top, courses)
    return courses


def _course_keys(top: FileTable) -> tuple[str, ...]:
    """The keys of the courses as written; one that is no text is reported by its own reader."""
    courses = top.values.get("course", [])
    named = [table.get("key") for table in courses if isinstance(table, dict)]
    return tuple(key for key in named if isinstance(key, str))


def _worded(head: FileTable, key: str, book: Book) -> tuple[str, Origin]:
    table = head.table(key)
    if table is None:
        return "", NOT_PUBLIC
    words, origin = table.text("words"), read_origin(table, book)
    table.done()
    return words, origin


def _therapy(
    head: FileTable, book: Book, courses: Sequence[Course]
) -> tuple[TherapyEnd | None, Origin]:
    """When therapy ends: its years from Induction, or any length with the day it counts from."""
    table = head.table("therapy", needed=True)
    if table is None:
        return None, NOT_PUBLIC
    years, length = table.whole("years-from-induction"), table.whole("length")
    first = courses[0].key if courses else ""
    end = None if years is None else TherapyEnd(years, "years", first)
    if length is not None:
        unit = cast(TherapyUnit, table.choice("unit", THERAPY_UNITS))
        end = TherapyEnd(length, unit, table.choice("from", _anchors(courses)))
    origin = read_origin(table, book)
    if (end is None) != (origin.evidence == "absent") or None not in (years, length):
        table.fault(
            "years-from-induction",
            "a stated end needs its years, or its length with unit and from; an absent one has none.",
        )
    table.done()
    return end, origin


def _anchors(courses: Sequence[Course]) -> tuple[str, ...]:
    return (DIAGNOSIS, *(course.key for course in courses))


def _dlt(top: FileTable, book: Book, courses: Sequence[Course]) -> DltWindow | None:
    table = top.table("dlt")
    if table is None:
        return None
    window = DltWindow(
        table.text("opens-on-day-1-of"),
        table.text("closes-when-may-start"),
        read_origin(table, book),
    )
    table.done()
    _check_window(table, window, courses)
    return window


def _check_window(table: FileTable, window: DltWindow, courses: Sequence[Course]) -> None:
    order = [course.key for course in courses]
    opens, closes = window.opens_on_day_1_of, window.closes_when_may_start
    for key, course_key in (("opens-on-day-1-of", opens), ("closes-when-may-start", closes)):
        if course_key not in order:
            table.fault(key, f"{course_key!r} is not a course of this file.")
            return
    if courses[order.index(closes)].start_rule is None:
        table.fault("closes-when-may-start", f"{closes} has no start rule to be met.")
    if order.index(closes) <= order.index(opens):
        table.fault("closes-when-may-start", f"name a course that comes after {opens}.")


def _check_courses(top: FileTable, courses: Sequence[Course]) -> None:
    keys = [course.key for course in courses]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        top.fault("course", f"the course {key} stands there twice: keep one.")
    for before, course in zip((None, *courses), courses, strict=False):
        if course.follows_directly and (before is None or before.length_days is None):
            top.fault(
                f"course {course.key} > start > follows-directly",
                "a course can follow directly only on one whose length is stated.",
            )
