"""Examines a protocol file: what makes it unusable, and what a pharmacist should look at in a usable one.

Faults come from the reader itself, so that a file which passes here is a file that the program
takes: days, units, bands, sources, evidence. Notes never refuse: a spinal drug beside a vinca
alkaloid, a conflict that no fact points to, a source that nothing cites, and the totals per drug.
"""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from msgspec import Struct

from bedside.protocol.day_words import list_words
from bedside.protocol.drugs import INTRATHECAL, DrugNames, display_name, drug_names
from bedside.protocol.hours_on_days import hours_against_days
from bedside.protocol.in_words import book_of, totals_of
from bedside.protocol.model import Course, DrugPlan, Protocol
from bedside.protocol.reader import ProtocolFileError, read_protocol
from bedside.protocol.taper import untold


class Lint(Struct, frozen=True):
    """What was found; ``protocol`` is None and ``faults`` not empty where the file is unusable.

    ``totals`` are a line per course and drug, then a line per drug over the whole protocol,
    for each arm on its own where there are arms: nobody takes two.
    """

    protocol: Protocol | None
    faults: tuple[str, ...]
    notes: tuple[str, ...] = ()
    totals: tuple[tuple[str, str, str], ...] = ()  # course ("" for all), drug, words


def examine_file(path: Path, drugs: DrugNames | None = None) -> Lint:
    """Examine a protocol file.

    Args:
        path: the file.
        drugs: the drug list to check against; None takes the program's own.
    """
    try:
        return examine(read_protocol(path, drugs), drugs)
    except ProtocolFileError as refused:
        return Lint(None, refused.reasons)


def examine(protocol: Protocol, drugs: DrugNames | None = None) -> Lint:
    """Examine a protocol that was read.

    Args:
        protocol: as read from its file.
        drugs: the drug list that says which drugs stay apart from intrathecal ones; None takes
            the program's own.
    """
    known = drug_names() if drugs is None else drugs
    apart = frozenset(key for key, drug in known.drugs.items() if drug.apart_from_intrathecal)
    notes = (
        *(note for course in protocol.courses for note in _course_notes(course, apart)),
        *_conflict_notes(protocol),
        *_source_notes(protocol),
    )
    return Lint(protocol, (), notes, tuple(_totals(protocol)))


def _course_notes(course: Course, apart: frozenset[str]) -> Iterator[str]:
    yield from _spinal_and_vinca(course, apart)
    if not any(plan.days.scheduled for plan in course.drugs):
        yield f"{course.title}: no day of it is public; nothing of it is planned."
    yield from hours_against_days(course)
    for plan in course.drugs:
        yield from _band_notes(course, plan)
        yield from _one_dose_notes(course, plan)
        if plan.dose.rate is not None and plan.safety is None:
            name = display_name(plan.drug)
            yield f"{course.title}, {name}: a dose without a stop of the program's own."


def _spinal_and_vinca(course: Course, apart: frozenset[str]) -> Iterator[str]:
    """Vincristine into the spine is fatal: the two are given on different days or occasions."""
    spinal = [plan for plan in course.drugs if plan.route == INTRATHECAL]
    for vinca in (plan for plan in course.drugs if plan.drug in apart):
        for plan in spinal:
            shared = tuple(sorted(_days(vinca) & _days(plan)))
            if shared:
                yield (
                    f"{course.title}, {list_words(shared)}: {display_name(vinca.drug)} and "
                    f"intrathecal {display_name(plan.drug)} on one day: to be separated."
                )


def _days(plan: DrugPlan) -> set[int]:
    """Planned and disputed days, with those of the first repeated cycle."""
    days = {*plan.days.scheduled, *plan.days.disputed}
    if plan.days.repeat_from is not None:
        days |= {plan.days.repeat_from + day - 1 for day in plan.days.repeat_days}
    return days


def _band_notes(course: Course, plan: DrugPlan) -> Iterator[str]:
    if plan.age_rule is None:
        return
    for younger, older in pairwise(plan.age_rule.bands):
        if younger.factor >= older.factor:
            yield (
                f"{course.title}, {display_name(plan.drug)}: the age factor does not rise at "
                f"{older.from_month} months ({younger.factor}, then {older.factor})."
            )


def _one_dose_notes(course: Course, plan: DrugPlan) -> Iterator[str]:
    """A note that speaks of doses by day, where the item has one dose for all its days."""
    name, word = display_name(plan.drug), untold(plan)
    if word:
        yield (
            f"{course.title}, {name}: a note says “{word}”, the item has one dose for all its days: "
            "write its taper."
        )


def _conflict_notes(protocol: Protocol) -> Iterator[str]:
    pointed = {
        number
        for course in protocol.courses
        for plan in course.drugs
        for number in (plan.days.conflict, plan.infusion_conflict)
    }
    for conflict in protocol.conflicts:
        if conflict.number not in pointed:
            yield f"Conflict {conflict.number} is named by no drug: {conflict.question}"


def _source_notes(protocol: Protocol) -> Iterator[str]:
    book = book_of(protocol)
    cited = {
        key
        for facts in (book.facts, *(course.facts for course in book.courses))
        for fact in facts
        for key in fact.sources
    }
    cited |= {key for conflict in protocol.conflicts for key in conflict.origin.sources}
    for key, short, _ in book.sources:
        if key not in cited:
            yield f"Source {key} ({short}) is cited by no fact."


def _totals(protocol: Protocol) -> Iterator[tuple[str, str, str]]:
    for course in protocol.courses:
        for name, words in totals_of(course.drugs):
            yield course.title, name, words
    arms = tuple(dict.fromkeys(course.arm for course in protocol.courses if course.arm))
    for arm in arms or ("",):
        taken = [course for course in protocol.courses if course.arm in ("", arm)]
        label = f"all courses, arm {arm}" if arm else ""
        for name, words in totals_of(tuple(plan for course in taken for plan in course.drugs)):
            yield label, name, words
