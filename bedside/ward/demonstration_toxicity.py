"""The demonstration's toxicity log: graded courses, who put them down to what, and the last rounds."""

from datetime import timedelta

from bedside.ward.demonstration_today import Maker
from bedside.ward.facts import facts_of
from bedside.ward.forms import Judgement, NewToxicity
from bedside.ward.proposals import proposals_of
from bedside.ward.toxicities import record_toxicity, regrade, resolve
from bedside.ward.toxicity_causes import causes_of
from bedside.ward.toxicity_round import finish_round, round_of
from bedside.ward.views.round import AskedAnswer, OpenAnswer, ProposalAnswer, RoundAnswers
from bedside.ward.views.toxicity import STEPS, Attributed

_ROUND_SECONDS = 27


def tell_toxicities(maker: Maker) -> None:
    """Enter the story's toxicities with their grades over time, then yesterday evening's round."""
    for entry in maker.story.get("toxicities", []):
        _tell(maker, entry)
    evening = maker.moment(maker.day(1), 21, 10)
    maker.at(evening)
    _round(maker, leave=0)


def round_today(maker: Maker) -> None:
    """The round of today, where the story says that it was done: one toxicity was asleep, unasked."""
    if maker.story.get("round-today"):
        maker.at(max(maker.now - timedelta(minutes=50), maker.moment(maker.now.date(), 0, 2)))
        _round(maker, leave=1)
        maker.at(maker.now)


def _tell(maker: Maker, entry: list[object]) -> None:
    term, grade, since, until, attribution = (str(part) for part in entry[:5])
    onset = maker.day(int(since))
    maker.at(maker.moment(onset, 11))
    judged = _judgement(maker, int(since), attribution, str(entry[5]) if len(entry) > 5 else "")
    form = NewToxicity(term, int(grade), onset, "", "", judged)
    row = record_toxicity(maker.ward, maker.infant_id, form, who=maker.nurse)
    for later, days_ago in maker.story.get("grades", {}).get(term, []):
        on = maker.day(int(days_ago))
        maker.at(maker.moment(on, 11))
        regrade(maker.ward, row, int(later), on, who=maker.nurse)
    if int(until) >= 0:
        over = maker.day(int(until))
        maker.at(maker.moment(over, 11))
        resolve(maker.ward, row, over, who=maker.nurse)


def _judgement(maker: Maker, days_ago: int, attribution: str, action: str) -> Judgement:
    """What the story puts it down to: "cytarabine probable; azacitidine possible".

    An action that begins with "admitted" says why it is serious, up to the first semicolon.
    """
    facts = facts_of(maker.ward, maker.infant_id)
    drugs = {one.key for one in causes_of(maker.ward, facts, maker.day(days_ago))}
    causes = []
    for part in attribution.split("; "):
        cause, _, said = part.rpartition(" ")
        kind = "drug" if cause in drugs else "other"
        step = next(step for step in STEPS if step == said)
        causes.append(Attributed("drug" if kind == "drug" else "other", cause, step))
    why, _, taken = action.partition("; ") if action.startswith("admitted") else ("", "", action)
    return Judgement(
        causes=tuple(causes),
        expected="yes",
        serious="yes" if why else "no",
        serious_why=why,
        action=taken or "none",
    )


def _round(maker: Maker, *, leave: int) -> None:
    """A round: open ones are the same, what the laboratory says is accepted; some are left unasked."""
    ward, infant_id = maker.ward, maker.infant_id
    view = round_of(ward, infant_id)
    opens = view.items[leave:]
    graded = [one for one in proposals_of(ward, infant_id) if one.grade is not None]
    answers = RoundAnswers(
        began_at=ward.now() - timedelta(seconds=_ROUND_SECONDS),
        opens=tuple(OpenAnswer(one.toxicity.toxicity_id, "same") for one in opens),
        proposals=tuple(ProposalAnswer(one.term_key, one.seen, accepted=True) for one in graded),
        asked=tuple(AskedAnswer(one.term_key, "absent") for one in view.asked[leave:]),
    )
    if answers.opens or answers.proposals:
        finish_round(ward, infant_id, answers, who=maker.nurse)
