"""The toxicity log of one infant, read in full: grades in order, where each came from, what is judged."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar, cast

from msgspec import Struct

from bedside.store.queries import of_infant
from bedside.store.records import Record, Toxicity, ToxicityGrade
from bedside.store.toxicity_queries import at_least_results, standing_results
from bedside.store.toxicity_records import (
    ToxicityAttribution,
    ToxicityDetail,
    ToxicityGradeSource,
)
from bedside.store.ward_file import Reader
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.standing import course_day
from bedside.ward.toxicity_terms import term_key
from bedside.ward.views.toxicity import (
    LEAST,
    STEPS,
    Attributed,
    GradeStep,
    Judged,
    LoggedToxicity,
    Step,
)
from bedside.ward.ward import Ward

R = TypeVar("R", bound=Record)


class _Kept(Struct, frozen=True):
    """The rows beside one toxicity."""

    grades: Sequence[ToxicityGrade]
    sources: dict[int, ToxicityGradeSource]
    detail: ToxicityDetail | None
    attributions: Sequence[ToxicityAttribution]
    standing: frozenset[str]
    at_least: frozenset[tuple[str, str]]


def log_of(
    ward: Ward, infant_id: int, *, facts: InfantFacts | None = None, include_void: bool = False
) -> tuple[LoggedToxicity, ...]:
    """The toxicity log of one infant, by onset.

    Args:
        ward: the ward.
        infant_id: the infant.
        facts: what is on record, where it was read already.
        include_void: also those struck out.

    Raises:
        Refused: there is no such infant.
    """
    known = facts or facts_of(ward, infant_id)
    with ward.store.reading() as connection:
        rows = of_infant(connection, Toxicity, infant_id, include_void=include_void)
        beside = _beside(connection, infant_id, rows) if rows else {}
    found = [_logged(ward, known, row, beside[row.id]) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.onset, one.toxicity_id)))


def open_words(ward: Ward, facts: InfantFacts) -> tuple[str, ...]:
    """The open ones that a person grades, then how many of the laboratory, and the worst of those."""
    opened = [one for one in log_of(ward, facts.infant.id, facts=facts) if one.is_open]
    words = [f"{one.term}, {one.grade_words}" for one in opened if not one.laboratory]
    measured = [one for one in opened if one.laboratory]
    if len(measured) == 1:
        words.append(f"{measured[0].term}, {measured[0].grade_words}")
    elif measured:
        worst = max(one.grade for one in measured)
        words.append(f"{len(measured)} of the laboratory, worst grade {worst}")
    return tuple(words)


def course_on(facts: InfantFacts, on: date) -> tuple[str, int | None]:
    """The course that ran on a date and its day, counted from 1; ("", None) before the first.

    The day is the one that every other page says: days on which the course was held do not count.
    """
    started = [row for row in facts.starts if row.day_1 <= on]
    if not started:
        return "", None
    return started[-1].course_key, course_day(facts, started[-1], on)


def course_words(facts: InfantFacts, key: str, day: int | None) -> str:
    """A course and its day in words; "before the first course" where there is none."""
    if not key:
        return "before the first course"
    title = facts.protocol.course(key).title
    return title if day is None else f"{title} day {day}"


def _beside(connection: Reader, infant_id: int, rows: Sequence[Toxicity]) -> dict[int, _Kept]:
    grades = _by_toxicity(of_infant(connection, ToxicityGrade, infant_id))
    sources = _by_toxicity(of_infant(connection, ToxicityGradeSource, infant_id))
    details = _by_toxicity(of_infant(connection, ToxicityDetail, infant_id))
    attributions = _by_toxicity(of_infant(connection, ToxicityAttribution, infant_id))
    standing = standing_results(connection, infant_id)
    at_least = at_least_results(connection, infant_id)
    return {
        row.id: _Kept(
            grades[row.id],
            {source.grade_id: source for source in sources[row.id]},
            details[row.id][-1] if details[row.id] else None,
            attributions[row.id],
            standing,
            at_least,
        )
        for row in rows
    }


def _by_toxicity(rows: Iterable[R]) -> dict[int, list[R]]:
    grouped: dict[int, list[R]] = defaultdict(list)
    for row in rows:
        grouped[cast(Any, row).toxicity_id].append(row)
    return grouped


def _logged(ward: Ward, facts: InfantFacts, row: Toxicity, kept: _Kept) -> LoggedToxicity:
    detail = kept.detail
    key, day = course_on(facts, row.onset)
    if detail is not None:
        key, day = detail.course_key, detail.course_day
    return LoggedToxicity(
        toxicity_id=row.id,
        infant_id=row.infant_id,
        term_key=detail.term_key if detail is not None else term_key(row.term),
        term=row.term,
        ctcae=row.ctcae,
        onset=row.onset,
        steps=_steps(ward, row, kept),
        causes=_causes(row, kept),
        expected=_judged(detail.expected if detail else ""),
        serious=_judged(detail.serious if detail else ""),
        serious_why=detail.serious_why if detail else "",
        action=detail.action if detail else "",
        comment=detail.comment if detail else row.comment,
        course_key=key,
        course_day=day,
        course_text=course_words(facts, key, day),
        recorded_by=row.recorded_by,
        recorded_at=ward.local(row.recorded_at),
        voided=row.void_reason or "",
    )


def _steps(ward: Ward, row: Toxicity, kept: _Kept) -> tuple[GradeStep, ...]:
    """The grades in order. Within a day the order is that of recording: `toxicity_grades` keeps it."""
    return tuple(
        _step(ward, row, grade, kept.sources.get(grade.id), kept)
        for grade in sorted(kept.grades, key=lambda grade: (grade.from_on, grade.id))
    )


def _step(
    ward: Ward,
    row: Toxicity,
    grade: ToxicityGrade,
    source: ToxicityGradeSource | None,
    kept: _Kept,
) -> GradeStep:
    key = kept.detail.term_key if kept.detail is not None else term_key(row.term)
    sure = source is None or (key, source.result) not in kept.at_least
    at = None if source is None or source.at is None else ward.local(source.at)
    return GradeStep(
        grade_id=grade.id,
        on=grade.from_on,
        grade=grade.grade,
        ctcae=source.ctcae if source else row.ctcae,
        origin="by hand" if source is None else source.origin if sure else LEAST,
        at=at,
        result=source.result if source else "",
        measured=source.measured if source else "",
        rule=source.rule if source else "",
        recorded_by=grade.recorded_by,
        recorded_at=ward.local(grade.recorded_at),
        corrected=source is not None and bool(source.result) and source.result not in kept.standing,
    )


def _causes(row: Toxicity, kept: _Kept) -> tuple[Attributed, ...]:
    found = [
        Attributed(cast(Any, one.kind), one.cause, cast(Step, one.step))
        for one in kept.attributions
    ]
    return tuple(found) if found else _written_out(row.attribution)


def _written_out(text: str) -> tuple[Attributed, ...]:
    """The attribution of an older row, which kept cause and step in one text, as the form wrote it."""
    cause, _, step = text.strip().rpartition(" ")
    if step in STEPS:
        return (Attributed("other", cause or "treatment", step),)
    return (Attributed("other", text.strip(), "not assessed"),) if text.strip() else ()


def _judged(text: str) -> Judged:
    return "yes" if text == "yes" else "no" if text == "no" else "not assessed"
