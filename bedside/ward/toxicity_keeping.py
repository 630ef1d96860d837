"""Keeping what a person judged of a toxicity, in the change that records it."""

from datetime import date
from typing import TYPE_CHECKING

from bedside.store.toxicity_records import ToxicityAttribution, ToxicityDetail
from bedside.ward.facts import InfantFacts
from bedside.ward.forms import Judgement
from bedside.ward.toxicity_log import course_on

if TYPE_CHECKING:
    from bedside.store.change import Change


def keep_judgement(
    change: "Change",
    facts: InfantFacts,
    toxicity_id: int,
    onset: date,
    key: str,
    judged: Judgement,
) -> None:
    """Keep what a person judged of a toxicity: expected, serious, where it belongs, and its causes.

    Args:
        change: the change that records it.
        facts: the infant's facts.
        toxicity_id: number of the toxicity.
        onset: its first day; the course of that day is taken where none is given.
        key: of its term.
        judged: what was judged.
    """
    course_key, day = judged.course_key, judged.course_day
    if course_key is None:
        course_key, day = course_on(facts, onset)
    change.add(
        ToxicityDetail,
        infant_id=facts.infant.id,
        toxicity_id=toxicity_id,
        term_key=key,
        expected=judged.expected,
        serious=judged.serious,
        serious_why=judged.serious_why.strip(),
        action=judged.action.strip(),
        course_key=course_key,
        course_day=day,
        comment=judged.comment.strip(),
    )
    for cause in judged.causes:
        change.add(
            ToxicityAttribution,
            infant_id=facts.infant.id,
            toxicity_id=toxicity_id,
            kind=cause.kind,
            cause=cause.cause.strip(),
            step=cause.step,
        )
