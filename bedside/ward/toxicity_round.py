"""The round: one person looks at one infant's toxicities, open ones first, and says what each is now.

What was not answered is kept as not assessed: it is neither gone nor absent. The whole round is one
change with who and when; nothing of it is kept before it is finished.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from bedside.store.queries import of_infant
from bedside.store.toxicity_records import ToxicityRound, ToxicityRoundAnswer
from bedside.store.ward_file import Reader
from bedside.units.refusal import Refused
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.infants import banner_of
from bedside.ward.laboratory import Result, results_of
from bedside.ward.laboratory_catalogue import catalogue
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.proposals import proposals_of
from bedside.ward.round_asked import Looked, asked_of, keep_asked, looked_for, when, why_not_asked
from bedside.ward.round_dlt import dlt_of_round, unchanged_words
from bedside.ward.toxicity_accepting import accept, refuse
from bedside.ward.toxicity_causes import attribution_words
from bedside.ward.toxicity_grades import NewGrade, place_grade
from bedside.ward.toxicity_log import course_on, course_words, log_of
from bedside.ward.toxicity_terms import criteria, why_not_grade
from bedside.ward.views.round import (
    LaboratoryProposal,
    OpenAnswer,
    RoundAnswers,
    RoundItem,
    RoundView,
)
from bedside.ward.views.toxicity import LoggedToxicity
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.store.change import Change

Said = Mapping[str, Mapping[str, str]]


def round_of(ward: Ward, infant_id: int, *, said: Said | None = None) -> RoundView:
    """What the round of one infant asks now.

    Args:
        ward: the ward.
        infant_id: the infant.
        said: answers to questions given on the screen, by term and question.
    """
    facts = facts_of(ward, infant_id)
    log = log_of(ward, infant_id, facts=facts)
    opened = [one for one in log if one.is_open]
    proposals = proposals_of(ward, infant_id, said=said or {}, facts=facts)
    verdicts = dlt_of_round(ward, facts, log, proposals)
    proposed = {one.term_key for one in proposals}
    version = facts.enrolment.ctcae
    return RoundView(
        banner=banner_of(ward, facts),
        infant_id=infant_id,
        ctcae=version,
        course_text=course_words(facts, *course_on(facts, ward.today())),
        items=tuple(
            RoundItem(
                one,
                attribution_words(ward, facts, one.causes),
                criteria(ward, one.term, version),
                verdicts.logged.get(one.toxicity_id),
            )
            for one in opened
            if not one.laboratory
        ),
        proposals=proposals,
        unchanged=unchanged_words(
            [one for one in opened if one.laboratory and one.term_key not in proposed], verdicts
        ),
        pending=_pending(ward, infant_id),
        last_round=last_round_words(ward, infant_id),
        now=ward.now(),
        asked=asked_of(ward, facts, opened),
        dlt_rule=verdicts.rule,
        proposed_dlt=verdicts.proposed,
    )


@one_act
def finish_round(ward: Ward, infant_id: int, answers: RoundAnswers, *, who: str) -> int:
    """Record a round with who and when; what has no answer is recorded as not assessed.

    Returns:
        The round's number.

    Raises:
        Refused: nothing was answered, a toxicity or proposal is not there any more, better or worse
            without a grade that is, or a proposal that cannot be graded yet is accepted.
    """
    who = named(who)
    facts = facts_of(ward, infant_id)
    logged = log_of(ward, infant_id, facts=facts)
    opened = {one.toxicity_id: one for one in logged if one.is_open}
    waiting = {one.term_key: one for one in proposals_of(ward, infant_id, said=answers.said)}
    reasons = [
        *_opens(ward, opened, answers.opens),
        *_proposals(waiting, answers),
        *why_not_asked(ward, facts, opened, answers.asked),
    ]
    if reasons:
        raise Refused(*reasons)
    with ward.store.change(who, "finished a toxicity round", ward.now()) as change:
        row = change.add(
            ToxicityRound,
            infant_id=infant_id,
            began_at=min(answers.began_at, ward.now()),
            ended_at=ward.now(),
            ctcae=facts.enrolment.ctcae,
        )
        _keep_opens(ward, change, row, opened, answers)
        _keep_proposals(change, row, facts, logged, waiting, answers)
        keep_asked(ward, change, row, facts, opened, answers.asked)
    return row


class LastRound(Struct, frozen=True):
    """The last round of an infant: how much was not assessed, and how many proposals of it."""

    round: ToxicityRound
    unassessed: int
    unanswered: int
    looked: Looked = Looked()


def last_looked(ward: Ward, infant_id: int) -> Looked:
    """What the last round found absent and did not assess; nothing before the first."""
    with ward.store.reading() as connection:
        found = last_round(connection, infant_id)
    return Looked() if found is None else found.looked


def last_round_words(ward: Ward, infant_id: int) -> str:
    """The last round in words: "last round 03:40 by E. Berg, RN; 2 not assessed"; "" before the first."""
    with ward.store.reading() as connection:
        found = last_round(connection, infant_id)
    return "" if found is None else round_words(ward, found)


def round_words(ward: Ward, found: LastRound) -> str:
    """A round in words, with who and when."""
    ended = when(ward, found.round.ended_at)
    left = f"; {found.unassessed} not assessed" if found.unassessed else ""
    return f"last round {ended} by {found.round.recorded_by}{left}"


def last_round(connection: Reader, infant_id: int) -> LastRound | None:
    """The last round of an infant; None before the first."""
    rounds = of_infant(connection, ToxicityRound, infant_id)
    if not rounds:
        return None
    row = max(rounds, key=lambda one: (one.ended_at, one.id))
    answers = of_infant(connection, ToxicityRoundAnswer, infant_id)
    left = [one for one in answers if one.round_id == row.id and one.answer == "not assessed"]
    looked = looked_for(connection, row)
    unanswered = sum(one.toxicity_id is None for one in left)
    return LastRound(row, len(looked.not_assessed), unanswered, looked)


def _pending(ward: Ward, infant_id: int) -> tuple[str, ...]:
    """The newest result of each kind where it is not there: pending or unusable, never 0.

    One that was not done is the newest, too: after a result that could not be used both are said.
    """
    newest: dict[str, Result] = {}
    not_done: dict[str, Result] = {}
    for result in sorted(results_of(ward, infant_id), key=lambda one: one.taken_at):
        if result.state == "not done":
            not_done[result.analyte] = result
        else:
            newest[result.analyte] = result
            not_done.pop(result.analyte, None)
    return tuple(
        _missing_words(ward, one, not_done.get(one.analyte))
        for one in newest.values()
        if one.state != "done"
    )


def _missing_words(ward: Ward, one: Result, not_done: Result | None) -> str:
    title, since = catalogue().analyte(one.analyte).title, when(ward, one.taken_at)
    if not_done is None:
        return f"{title} {one.state} since {since}"
    reason = f" ({not_done.state_reason})" if not_done.state_reason else ""
    return f"{title} not done {when(ward, not_done.taken_at)}{reason}, {one.state} {since}"


def _opens(
    ward: Ward, opened: Mapping[int, LoggedToxicity], answers: Sequence[OpenAnswer]
) -> list[str]:
    reasons = []
    for one in answers:
        toxicity = opened.get(one.toxicity_id)
        if toxicity is None:
            reasons.append("A toxicity of this round is not open any more: look at it again.")
            continue
        now, term = toxicity.grade, toxicity.term
        if one.answer == "better" and (one.grade is None or not 1 <= one.grade < now):
            reasons.append(f"{term}, better: which grade below {now} is it?")
        if one.answer == "worse" and (one.grade is None or not now < one.grade <= 5):
            reasons.append(f"{term}, worse: which grade above {now} is it?")
        elif one.answer in ("better", "worse") and one.grade is not None:
            found = why_not_grade(ward, term, toxicity.ctcae, one.grade)
            reasons += [found] if found else []
    return reasons


def _proposals(waiting: Mapping[str, LaboratoryProposal], answers: RoundAnswers) -> list[str]:
    reasons = []
    for one in answers.proposals:
        proposal = waiting.get(one.term_key)
        if proposal is None or proposal.seen != one.seen:
            reasons.append(
                "A result was recorded or corrected meanwhile: look at the laboratory again."
            )
        elif not one.accepted and not one.reason.strip():
            reasons.append(
                f"Refusing {proposal.term} needs its reason: say why it is not taken over."
            )
    if not (answers.opens or answers.proposals or answers.asked or reasons):
        return ["Nothing is answered yet: say better, same, worse or gone of one at least."]
    return reasons


def _keep_opens(
    ward: Ward,
    change: "Change",
    round_id: int,
    opened: Mapping[int, LoggedToxicity],
    answers: RoundAnswers,
) -> None:
    said = {one.toxicity_id: one for one in answers.opens}
    for toxicity in opened.values():
        answer = said.get(toxicity.toxicity_id)
        if answer is None and toxicity.laboratory:
            continue  # its grade comes from results; without a new one there is nothing to ask
        kind = "not assessed" if answer is None else answer.answer
        grade = {"gone": 0, "same": toxicity.grade}.get(
            kind, None if answer is None else answer.grade
        )
        change.add(
            ToxicityRoundAnswer,
            infant_id=toxicity.infant_id,
            round_id=round_id,
            toxicity_id=toxicity.toxicity_id,
            term=toxicity.term,
            answer=kind,
            grade=grade,
            reason="",
        )
        if kind in ("better", "worse", "gone") and grade is not None:
            new = NewGrade(grade, ward.today(), toxicity.ctcae, "round", ward.now())
            place_grade(change, toxicity, new)


def _keep_proposals(
    change: "Change",
    round_id: int,
    facts: InfantFacts,
    logged: Sequence[LoggedToxicity],
    waiting: Mapping[str, LaboratoryProposal],
    answers: RoundAnswers,
) -> None:
    said = {one.term_key: one for one in answers.proposals}
    for proposal in waiting.values():
        answer = said.get(proposal.term_key)
        kind, reason = "not assessed", ""
        if answer is not None:
            kind, reason = ("accepted", "") if answer.accepted else ("refused", answer.reason)
        if kind == "accepted":
            at_least = answer is not None and answer.at_least
            accept(change, facts, logged, proposal, at_least=at_least)
            if proposal.grade is None:
                reason = f"at least grade {proposal.least}: {'; '.join(proposal.needs)}"
        elif kind == "refused":
            refuse(change, facts, proposal, reason)
        change.add(
            ToxicityRoundAnswer,
            infant_id=facts.infant.id,
            round_id=round_id,
            toxicity_id=None,
            term=proposal.term,
            answer=kind,
            grade=proposal.grade,
            reason=reason,
        )
