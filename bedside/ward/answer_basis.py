"""What an answer to "any toxicity resolved?" was given over: said wherever the answer is shown.

A yes above open toxicities opens a part of a start rule as well as any other yes; so it never stands
alone on a screen or a paper. What stood against it was counted at the moment of the answer, and
whoever answered said why (hazard H15).
"""

from datetime import datetime

from bedside.store.records import StartAnswer
from bedside.store.toxicity_records import AnswerBasis
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused
from bedside.ward.facts import InfantFacts
from bedside.ward.gate_facts import answers_of, standing_answer
from bedside.ward.ward import Ward

MOST_LETTERS = 160  # of a reason: it stands on the dosing sheet, which is one page
NO_MORE = "holds no more: {0}"
NOT_KEPT = "what stood against it was not kept with this answer"


def answer_words(facts: InfantFacts, answer: StartAnswer) -> str:
    """An answer in short: "no", "yes", "yes, over 9 open, worst grade 4"."""
    basis = facts.answer_bases.get(answer.id)
    if answer.answer != "yes" or basis is None:
        return answer.answer
    if basis.open_count:
        return f"yes, over {basis.open_count} open, worst grade {basis.worst_grade}"
    return f"yes, over {_waiting(basis)}" if basis.waiting else "yes"


def rest_words(ward: Ward, facts: InfantFacts, answer: StartAnswer) -> str:
    """What else an answer was given over, and why; "" where nothing stood against it.

    First who had answered otherwise: a nurse's yes in the place of a physician's no never stands
    there as if it were the only one. A reason and what was open belong to a yes alone.
    """
    parts = (_otherwise(ward, facts, answer), _over_what(facts, answer))
    return "; ".join(part for part in parts if part)


def _otherwise(ward: Ward, facts: InfantFacts, answer: StartAnswer) -> str:
    """The last answer of another person that was another one: who, what and when."""
    before = [
        row
        for row in facts.answers
        if (row.course_key, row.question) == (answer.course_key, answer.question)
        and (row.answered_at, row.id) < (answer.answered_at, answer.id)
        and row.answer != answer.answer
        and row.recorded_by != answer.recorded_by
    ]
    if not before:
        return ""
    row = before[-1]
    when = write_date_time(ward.local(row.answered_at))
    return f"{row.recorded_by} had answered {row.answer}, {when}"


def _over_what(facts: InfantFacts, answer: StartAnswer) -> str:
    if answer.answer != "yes":
        return ""
    basis = facts.answer_bases.get(answer.id)
    if basis is None:
        return NOT_KEPT
    parts = [
        _waiting(basis) if basis.waiting and basis.open_count else "",
        f"{len(basis.not_assessed.split('; '))} not assessed" if basis.not_assessed else "",
        f"reason: {basis.reason}" if basis.reason else "",
    ]
    return "; ".join(part for part in parts if part)


def answers_so_far(ward: Ward, facts: InfantFacts, course_key: str) -> tuple[str, ...]:
    """Every answer to "any toxicity resolved?" for a course in words, the newest first.

    Each with who gave it and when, over what and why; the newest says, too, why it holds no more
    where it does not. An earlier answer stays readable behind a later one.
    """
    now = ward.now()
    standing, stale = standing_answer(facts, course_key, now)
    said = []
    for row in reversed(answers_of(facts, course_key, now)):
        when = write_date_time(ward.local(row.answered_at))
        over = NO_MORE.format(stale) if stale and row is standing else _over_what(facts, row)
        parts = (answer_words(facts, row), row.recorded_by, when, over or _reason(facts, row))
        said.append("; ".join(part for part in parts if part))
    return tuple(said)


def _reason(facts: InfantFacts, answer: StartAnswer) -> str:
    basis = facts.answer_bases.get(answer.id)
    return f"reason: {basis.reason}" if basis is not None and basis.reason else ""


def over_words(ward: Ward, facts: InfantFacts, course_key: str, as_of: datetime) -> str:
    """The whole of what a yes was given over, in one line for a paper; "" where nothing was.

    Args:
        ward: the ward.
        facts: the infant's facts.
        course_key: the course whose start rule asked.
        as_of: answers after it do not count; a yes that no longer holds is left out.
    """
    answer, stale = standing_answer(facts, course_key, as_of)
    if answer is None or stale:
        return ""
    rest = rest_words(ward, facts, answer)
    return "; ".join((answer_words(facts, answer), rest)) if rest else ""


def check_reason(answer: str, open_count: int, reason: str) -> None:
    """Refuse a yes above open toxicities without a reason, and a reason that is too long.

    Args:
        answer: "yes" or "no".
        open_count: how many are open in the log.
        reason: as typed.

    Raises:
        Refused: no reason where one is needed, or more letters than fit a dosing sheet.
    """
    if answer == "yes" and open_count and not reason.strip():
        raise Refused(
            f"A yes above open toxicities ({open_count} in the log) needs its reason. "
            "If they are gone, record each of them as gone first."
        )
    if len(reason.strip()) > MOST_LETTERS:
        raise Refused(
            f"The reason has {len(reason.strip())} letters; {MOST_LETTERS} fit the dosing sheet."
        )


def _waiting(basis: AnswerBasis) -> str:
    many = "proposal" if basis.waiting == 1 else "proposals"
    return f"{basis.waiting} laboratory {many} unanswered"
