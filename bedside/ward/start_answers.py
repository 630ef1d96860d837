"""What a start rule asks of a person, answered before a course is opened (hazards H14, H22).

Each answer is a yes or a no with what it was read in; it stands on record with the name of whoever
gave it. A question left open stays open: the course stays closed and says what is unknown.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from bedside.protocol.model import Course
from bedside.store.records import StartAnswer
from bedside.store.toxicity_records import AnswerBasis
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused
from bedside.ward.answer_basis import MOST_LETTERS
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.gate_conditions import answer_to, asked_of_a_person, source_words
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.standing import Standing, standing_of
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.change import Change

AT_ENROLMENT = "answered at enrolment"


class StartQuestion(Struct, frozen=True):
    """One question: its words, what the source notes, the answer that passes, what stands now."""

    key: str
    words: str
    note: str
    passes: Literal["yes", "no"]
    answered: str  # "yes, Anna Weiss, 12-Nov-2026 09:00; read in: …", "" while nobody answered


class StartQuestions(Struct, frozen=True):
    """The questions of one course; ``course_key`` is "" where nothing is asked."""

    course_key: str
    title: str
    questions: tuple[StartQuestion, ...]


class StartReply(Struct, frozen=True):
    """An answer as somebody gives it, and what she read it in."""

    question: str
    answer: Literal["yes", "no"]
    read_in: str


def start_questions(ward: Ward, infant_id: int) -> StartQuestions:
    """What the start of the running or the next course asks of a person."""
    facts = facts_of(ward, infant_id)
    course = _asking(ward, facts, standing_of(ward, facts))
    if course is None:
        return StartQuestions("", "", ())
    asked = tuple(
        StartQuestion(
            part.key,
            part.words,
            part.origin.note,
            part.passes,
            _standing(ward, facts, course, part.key),
        )
        for part in asked_of_a_person(course)
    )
    return StartQuestions(course.key, course.title, asked)


@one_act
def answer_start(
    ward: Ward, infant_id: int, course_key: str, replies: Sequence[StartReply], *, who: str
) -> None:
    """Keep answers to what the start of a course asks.

    Args:
        ward: the ward.
        infant_id: the infant.
        course_key: the course that asks.
        replies: the answers; a question that nobody can answer yet is left out.
        who: who answers.

    Raises:
        Refused: nothing is answered, the course asks no such thing, or an answer does not say what
            it was read in; nothing is kept.
    """
    if not replies:
        raise Refused("Nothing is answered yet: choose yes or no where it is known.")
    course = facts_of(ward, infant_id).protocol.course(course_key)
    asked = {part.key: part for part in asked_of_a_person(course)}
    reasons: list[str] = []
    for reply in replies:
        if reply.question not in asked:
            raise Refused(f"{course.title} does not ask {reply.question!r}.")
        words = asked[reply.question].words
        if not reply.read_in.strip():
            reasons.append(
                f"{words}: say what it was read in, for example the report and its date."
            )
        elif len(reply.read_in.strip()) > MOST_LETTERS:
            letters = len(reply.read_in.strip())
            reasons.append(f"{words}: {letters} letters; {MOST_LETTERS} fit the line.")
    if reasons:
        raise Refused(*reasons)
    act = f"answered what the start of {course.title} asks"
    with ward.store.change(named(who), act, ward.now()) as change:
        for reply in replies:
            _keep(change, ward, infant_id, course_key, reply)


def keep_entry_answers(
    change: "Change", ward: Ward, infant_id: int, answered: tuple[str, Mapping[str, str]]
) -> None:
    """Keep, with an enrolment, the answers that a later course asks for again.

    Args:
        change: the change that enrols her.
        ward: the ward.
        infant_id: the infant.
        answered: the key of her protocol, and the answers by entry rule ("yes", "no", "unknown").
    """
    key, answers = answered
    for course in ward.protocols[key].courses:
        for part in asked_of_a_person(course):
            said = answers.get(part.key)
            if part.about != "entry" or said not in ("yes", "no"):
                continue
            reply = StartReply(part.key, "yes" if said == "yes" else "no", AT_ENROLMENT)
            _keep(change, ward, infant_id, course.key, reply)


def _keep(change: "Change", ward: Ward, infant_id: int, course_key: str, reply: StartReply) -> None:
    answer_id = change.add(
        StartAnswer,
        infant_id=infant_id,
        course_key=course_key,
        question=reply.question,
        answer=reply.answer,
        answered_at=ward.now(),
    )
    change.add(
        AnswerBasis,
        infant_id=infant_id,
        answer_id=answer_id,
        open_count=0,
        worst_grade=0,
        open_terms="",
        waiting=0,
        not_assessed="",
        reason=reply.read_in.strip(),
    )


def _asking(ward: Ward, facts: InfantFacts, standing: Standing) -> Course | None:
    """The running course while something of it is open, else the next one; None: nothing is asked."""
    known = [course for course in (standing.running, standing.next) if course is not None]
    asking = [course for course in known if asked_of_a_person(course)]
    open_ones = [course for course in asking if _is_open(ward, facts, course)]
    return next(iter(open_ones or asking), None)


def _is_open(ward: Ward, facts: InfantFacts, course: Course) -> bool:
    for part in asked_of_a_person(course):
        row = answer_to(facts, course.key, part, ward.now())
        if row is None or row.answer != part.passes:
            return True
    return False


def _standing(ward: Ward, facts: InfantFacts, course: Course, key: str) -> str:
    part = next(part for part in asked_of_a_person(course) if part.key == key)
    row = answer_to(facts, course.key, part, ward.now())
    if row is None:
        return ""
    when = write_date_time(ward.local(row.answered_at))
    said = f"{row.answer}, {row.recorded_by}, {when}"
    return "; ".join(words for words in (said, source_words(facts, row)) if words)
