"""Entering and correcting toxicities: term, grades over time, judgement; nothing is ever overwritten."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from bedside.store.queries import of_infant, one
from bedside.store.records import Toxicity, ToxicityGrade
from bedside.store.toxicity_records import ToxicityAttribution, ToxicityDetail, ToxicityProposal
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.ward.death import why_not_death
from bedside.ward.dlt_standing import refuse_decided
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.forms import Judgement, NewToxicity
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.toxicity_grades import NewGrade, place_grade, write_grade
from bedside.ward.toxicity_keeping import keep_judgement
from bedside.ward.toxicity_log import log_of
from bedside.ward.toxicity_terms import (
    as_named,
    term_key,
    why_not_grade,
    why_not_in,
    why_unknown,
)
from bedside.ward.views.toxicity import LoggedToxicity
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.change import Change

WORST_GRADE = 5
LONGEST_TEXT = 400
_ANEW = "judged anew"


@one_act
def record_toxicity(ward: Ward, infant_id: int, toxicity: NewToxicity, *, who: str) -> int:
    """Enter a toxicity with its first grade; course and day come from the plan unless they are given.

    Raises:
        Refused: no term, one that the infant's CTCAE version does not have, a grade outside 1 to 5,
            a day in the future or before birth, or the same term was there on these days already.
    """
    who = named(who)
    facts = facts_of(ward, infant_id)
    reasons = [
        *_term(ward, facts, toxicity),
        *_grade(toxicity.grade),
        *_no_such_grade(ward, toxicity.term, facts.enrolment.ctcae, toxicity.grade),
        *_day(ward, facts, toxicity.onset),
        *_end(ward, facts, toxicity),
        *why_not_death(ward, facts, toxicity.grade, toxicity.onset),
        *_judgement(facts, toxicity.judged),
    ]
    if reasons:
        raise Refused(*reasons)
    with ward.store.change(who, "recorded a toxicity", ward.now()) as change:
        return _add(ward, change, facts, toxicity)


@one_act
def regrade(
    ward: Ward, toxicity_id: int, grade: int, on: date, *, who: str, at: datetime | None = None
) -> None:
    """Give a toxicity a grade from a day on; one that comes late takes its place among the others.

    Raises:
        Refused: a grade outside 1 to 5, a day before the onset, in the future, or after it was
            gone; or that day has a grade and neither says its time.
    """
    logged, facts = _standing(ward, toxicity_id)
    reasons = [
        *_grade(grade),
        *_no_such_grade(ward, logged.term, logged.ctcae, grade),
        *_place(ward, facts, logged, on),
        *why_not_death(ward, facts, grade, on),
    ]
    if reasons:
        raise Refused(*reasons)
    _write(ward, logged, grade, on, at, named(who), f"graded {logged.term} anew")


@one_act
def resolve(
    ward: Ward, toxicity_id: int, on: date, *, who: str, at: datetime | None = None
) -> None:
    """Say that a toxicity is gone since a day.

    Raises:
        Refused: it is gone already, the day lies in the future, or it was graded after that day.
    """
    logged, facts = _standing(ward, toxicity_id)
    reasons = _place(ward, facts, logged, on)
    later = [step for step in logged.steps if step.on > on and step.grade]
    if later and not reasons:
        reasons = [
            f"{logged.term} was graded {later[-1].grade} on {write_date(later[-1].on)}, after "
            "that day: correct that grade first, or give a later day."
        ]
    if reasons:
        raise Refused(*reasons)
    _write(ward, logged, 0, on, at, named(who), f"resolved {logged.term}")


@one_act
def judge_toxicity(ward: Ward, toxicity_id: int, judged: Judgement, *, who: str) -> None:
    """Judge a toxicity anew; what was judged before is struck out and stays readable.

    Raises:
        Refused: serious without saying why, a course that this protocol does not have, or a text
            that is too long.
    """
    logged, facts = _standing(ward, toxicity_id)
    reasons = _judgement(facts, judged)
    if reasons:
        raise Refused(*reasons)
    with ward.store.change(named(who), f"judged {logged.term} anew", ward.now()) as change:
        for kept in of_infant(change.connection, ToxicityDetail, logged.infant_id):
            if kept.toxicity_id == toxicity_id:
                change.void(ToxicityDetail, kept.id, _ANEW)
        for cause in of_infant(change.connection, ToxicityAttribution, logged.infant_id):
            if cause.toxicity_id == toxicity_id:
                change.void(ToxicityAttribution, cause.id, _ANEW)
        keep_judgement(change, facts, toxicity_id, logged.onset, logged.term_key, judged)


@one_act
def void_toxicity(ward: Ward, toxicity_id: int, reason: str, *, who: str) -> None:
    """Strike a toxicity out, with the reason; it stays readable."""
    if not reason.strip():
        raise Refused("A correction needs its reason: say why this toxicity was wrong.")
    refuse_decided(ward, toxicity_id)
    with ward.store.change(named(who), "struck out a toxicity", ward.now()) as change:
        toxicity = one(change.connection, Toxicity, toxicity_id)
        change.void(Toxicity, toxicity_id, reason.strip())
        for logged in log_of(ward, toxicity.infant_id, include_void=True):
            if logged.toxicity_id == toxicity_id and logged.laboratory:
                _refuse_results(change, logged, _within(ward, logged), reason)


@one_act
def correct_grade(
    ward: Ward, toxicity_id: int, grade_id: int, grade: int, reason: str, *, who: str
) -> None:
    """Replace a wrong grade: the wrong one is struck out with the reason, the right one takes its place.

    Args:
        ward: the ward.
        toxicity_id: the toxicity.
        grade_id: the grade that is wrong.
        grade: the right one, 1 to 5; 0 (gone) only where the last one is corrected.
        reason: what was wrong.
        who: who corrects.

    Raises:
        Refused: no reason, no such grade, or a grade that cannot stand there.
    """
    if not reason.strip():
        raise Refused("A correction needs its reason: say what was wrong with this grade.")
    logged, facts = _standing(ward, toxicity_id)
    wrong = next((step for step in logged.steps if step.grade_id == grade_id), None)
    if wrong is None:
        raise Refused("This grade is not there any more: look at the list again.")
    may_be_gone = wrong is logged.steps[-1] and len(logged.steps) > 1
    reasons = [] if grade == 0 and may_be_gone else _grade(grade)
    reasons += _no_such_grade(ward, logged.term, logged.ctcae, grade)
    reasons += why_not_death(ward, facts, grade, wrong.on)
    if reasons:
        raise Refused(*reasons)
    with ward.store.change(named(who), f"corrected a grade of {logged.term}", ward.now()) as change:
        behind = [s for s in logged.steps if s.on == wrong.on and s.grade_id > grade_id]
        change.void(ToxicityGrade, grade_id, reason.strip())
        right = NewGrade(grade, wrong.on, logged.ctcae, "by hand", wrong.at)
        write_grade(change, toxicity_id, logged.infant_id, right)
        for step in behind:
            _again(change, logged, step.grade_id)
        if wrong.result:
            _refuse_results(change, logged, lambda row: row.result == wrong.result, reason)


def now_if_today(ward: Ward, on: date) -> datetime | None:
    """The moment of a grade said now: known on the day itself, not for a day gone by."""
    return ward.now() if on == ward.today() else None


def _refuse_results(
    change: "Change",
    logged: LoggedToxicity,
    results: Callable[[ToxicityProposal], bool],
    reason: str,
) -> None:
    from bedside.ward.toxicity_accepting import take_back

    take_back(change, logged.infant_id, logged.term_key, results, reason.strip())


def _within(ward: Ward, logged: LoggedToxicity) -> Callable[[ToxicityProposal], bool]:
    """Whether a result was taken while a toxicity stood."""
    ends = logged.resolved_on

    def taken_while(row: ToxicityProposal) -> bool:
        on = ward.local(row.taken_at).date()
        return on >= logged.onset and (ends is None or on <= ends)

    return taken_while


def _again(change: "Change", logged: LoggedToxicity, grade_id: int) -> None:
    from bedside.ward.toxicity_grades import as_new

    step = next(one for one in logged.steps if one.grade_id == grade_id)
    change.void(ToxicityGrade, grade_id, "a grade before it was corrected: written again behind it")
    write_grade(change, logged.toxicity_id, logged.infant_id, as_new(step))


def _add(ward: Ward, change: "Change", facts: InfantFacts, toxicity: NewToxicity) -> int:
    infant_id, ctcae = facts.infant.id, facts.enrolment.ctcae
    row = change.add(
        Toxicity,
        infant_id=infant_id,
        term=as_named(toxicity.term, ctcae),
        ctcae=ctcae,
        onset=toxicity.onset,
        attribution=toxicity.attribution.strip(),
        comment=toxicity.comment.strip(),
    )
    began = now_if_today(ward, toxicity.onset)
    write_grade(
        change, row, infant_id, NewGrade(toxicity.grade, toxicity.onset, ctcae, "by hand", began)
    )
    if toxicity.gone_on is not None:
        ended = now_if_today(ward, toxicity.gone_on)
        write_grade(change, row, infant_id, NewGrade(0, toxicity.gone_on, ctcae, "by hand", ended))
    judged = toxicity.judged
    if not judged.comment:
        from msgspec.structs import replace

        judged = replace(judged, comment=toxicity.comment.strip())
    keep_judgement(change, facts, row, toxicity.onset, term_key(toxicity.term), judged)
    return row


def _write(
    ward: Ward,
    logged: LoggedToxicity,
    grade: int,
    on: date,
    at: datetime | None,
    who: str,
    act: str,
) -> None:
    moment = at or now_if_today(ward, on)
    with ward.store.change(who, act, ward.now()) as change:
        place_grade(change, logged, NewGrade(grade, on, logged.ctcae, "by hand", moment))


def _standing(ward: Ward, toxicity_id: int) -> tuple[LoggedToxicity, InfantFacts]:
    with ward.store.reading() as connection:
        toxicity = one(connection, Toxicity, toxicity_id)
    facts = facts_of(ward, toxicity.infant_id)
    for logged in log_of(ward, toxicity.infant_id, facts=facts):
        if logged.toxicity_id == toxicity_id:
            return logged, facts
    raise Refused(f"{toxicity.term} was struck out: enter it anew if it was right after all.")


def _term(ward: Ward, facts: InfantFacts, toxicity: NewToxicity) -> list[str]:
    term = as_named(toxicity.term, facts.enrolment.ctcae)
    if not term:
        return ["Which toxicity? Choose a term or type one."]
    twice = toxicity.comment == toxicity.judged.comment  # then the judgement says it
    long = _too_long({"term": term, "comment": "" if twice else toxicity.comment})
    if long:
        return long
    version = facts.enrolment.ctcae
    why_not = why_not_in(term, version) or why_unknown(
        ward, term, version, own_words=toxicity.own_words
    )
    if why_not:
        return [why_not]
    for row in log_of(ward, facts.infant.id, facts=facts):
        if row.term.casefold() != term.casefold() or not _meets(row, toxicity):
            continue
        if row.is_open:
            return [f"{term} is open already: give that one a new grade instead."]
        return [f"{term} is in the log for these days already, since {write_date(row.onset)}."]
    return []


def _meets(row: LoggedToxicity, toxicity: NewToxicity) -> bool:
    """Whether a toxicity of the log and a new one share a day (the day it was gone is free again)."""
    ends = row.resolved_on
    starts_before = toxicity.gone_on is None or row.onset < toxicity.gone_on
    return starts_before and (ends is None or toxicity.onset < ends)


def _grade(grade: int) -> list[str]:
    if 1 <= grade <= WORST_GRADE:
        return []
    return [f"A grade is 1, 2, 3, 4 or 5; {grade} was given. Say resolved when it is gone."]


def _no_such_grade(ward: Ward, term: str, version: str, grade: int) -> list[str]:
    """A grade from 1 to 5 that the criteria of this very term do not have."""
    found = why_not_grade(ward, term.strip(), version, grade) if 1 <= grade <= WORST_GRADE else ""
    return [found] if found else []


def _day(ward: Ward, facts: InfantFacts, on: date) -> list[str]:
    if on > ward.today():
        return [f"{write_date(on)} lies in the future: give the day it was first seen."]
    if on < facts.infant.born:
        return [f"{write_date(on)} is before the infant was born."]
    return []


def _end(ward: Ward, facts: InfantFacts, toxicity: NewToxicity) -> list[str]:
    if toxicity.gone_on is None:
        return []
    if toxicity.grade == WORST_GRADE:
        return ["Grade 5 is death: it is not gone since a day. Leave Gone since empty."]
    if toxicity.gone_on < toxicity.onset:
        return [
            f"Gone on {write_date(toxicity.gone_on)}, before it began on "
            f"{write_date(toxicity.onset)}: one of the two dates is wrong."
        ]
    return _day(ward, facts, toxicity.gone_on)


def _too_long(texts: dict[str, str]) -> list[str]:
    """Return a reason for each text, by the name of its field, that has too many letters."""
    return [
        f"The {name} is too long: {len(text)} letters; at most {LONGEST_TEXT} are kept."
        for name, text in texts.items()
        if len(text) > LONGEST_TEXT
    ]


def _judgement(facts: InfantFacts, judged: Judgement) -> list[str]:
    reasons = []
    if judged.serious == "yes" and not judged.serious_why.strip():
        reasons.append("Serious: say why (for example admitted, life-threatening, lasting harm).")
    reasons += _too_long(
        {
            "reason why it is serious": judged.serious_why,
            "action taken": judged.action,
            "comment": judged.comment,
        }
    )
    if judged.course_key and judged.course_key not in {row.key for row in facts.protocol.courses}:
        reasons.append(f"{judged.course_key} is no course of this protocol.")
    if judged.course_day is not None and judged.course_day < 1:
        reasons.append("A course begins with day 1: give the day of the course.")
    return reasons


def _place(ward: Ward, facts: InfantFacts, logged: LoggedToxicity, on: date) -> list[str]:
    if on < logged.onset:
        return [
            f"{logged.term} began on {write_date(logged.onset)}: "
            "a new grade cannot begin before that. If it began earlier, strike it out and enter "
            "it with its right date."
        ]
    gone = logged.resolved_on
    if gone is not None and on >= gone:
        return [
            f"{logged.term} is not open any more, gone since {write_date(gone)}: "
            "enter it anew if it came back."
        ]
    return _day(ward, facts, on)
