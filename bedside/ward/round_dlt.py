"""What each line of the round says of the DLT period: counts, does not count, ask, or decided.

The words are those of the DLT page, from the same evaluation; nothing is judged here. A proposal of
the laboratory is judged as it would stand in the log once it is accepted.
"""

from collections.abc import Sequence

from msgspec import Struct

from bedside.protocol.dlt_review import DltReview, Reviewed
from bedside.protocol.dlt_toxicity import ToxicityHistory
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.ward.dlt import (
    SHAKEN,
    Evaluation,
    day_by_day,
    evaluation_of,
    history_of,
    key_of,
    reviewed_with,
)
from bedside.ward.dlt_page import said_of_drugs
from bedside.ward.dlt_terms import about_term
from bedside.ward.facts import InfantFacts
from bedside.ward.toxicity_log import course_on
from bedside.ward.toxicity_series import Rewriting, episodes_of, rewritings
from bedside.ward.views.round import LaboratoryProposal, RoundDlt
from bedside.ward.views.toxicity import LEAST, LoggedToxicity
from bedside.ward.ward import Ward

_NOT_BEGUN = RoundDlt(None, "period not begun", "The DLT period has not begun.")
_AGAIN = "it changed after the decision: decide again"
_SHORT = {
    "before the period": "does not count: over before the period",
    "after the period": "does not count: began after the period",
}
_RANK = {"counts": 0, "ask": 1, "does not count": 2}


class RoundVerdicts(Struct, frozen=True):
    """Every line's words: of the log by toxicity, of the proposals by term; and by which rule."""

    rule: str = ""
    logged: dict[int, RoundDlt] = {}
    proposed: dict[str, RoundDlt] = {}


def dlt_of_round(
    ward: Ward,
    facts: InfantFacts,
    log: tuple[LoggedToxicity, ...],
    proposals: Sequence[LaboratoryProposal],
) -> RoundVerdicts:
    """What the lines of one infant's round say of the DLT period.

    Args:
        ward: the ward.
        facts: what is on record of the infant.
        log: her toxicity log.
        proposals: what the laboratory proposes.

    Returns:
        Nothing at all where her protocol has no DLT period; where the site's rule cannot be read,
        each line says so instead of a verdict.
    """
    try:
        found = evaluation_of(ward, facts, log=log)
    except Refused as refused:
        unread = RoundDlt(None, "not known: see the page DLT", str(refused))
        return _the_same(unread, "rule not readable", log, proposals)
    if found is None:
        return RoundVerdicts()
    rule = "screening rule" if found.rule.rule.kind == "screening" else "the site's rule"
    if found.review.opened is None:
        return _the_same(_NOT_BEGUN, rule, log, proposals)
    by_key = {each.toxicity.key: each for each in found.review.reviewed}
    logged = {
        one.toxicity_id: _words(ward, by_key[key_of(one.toxicity_id)])
        for one in log
        if key_of(one.toxicity_id) in by_key
    }
    return RoundVerdicts(rule, logged, _proposed(ward, found, proposals))


def unchanged_words(opened: Sequence[LoggedToxicity], said: RoundVerdicts) -> tuple[str, ...]:
    """Open ones that no result changes, each with what it says of the DLT period, in words.

    What does not count is said once for all of them together, at the end.
    """
    words, not_counting = [], 0
    for one in opened:
        dlt = said.logged.get(one.toxicity_id)
        not_counting += dlt is not None and dlt.words.startswith("does not count")
        about = "" if dlt is None or dlt.verdict in (None, "does not count") else dlt.words
        words.append(f"{one.term} {one.grade_words}{f' (DLT, {about})' if about else ''}")
    if not_counting:
        rest = "none of these counts" if not_counting == len(words) else "the rest does not count"
        words.append(f"DLT: {rest}")
    return tuple(words)


def _the_same(
    said: RoundDlt,
    rule: str,
    log: Sequence[LoggedToxicity],
    proposals: Sequence[LaboratoryProposal],
) -> RoundVerdicts:
    return RoundVerdicts(
        rule, {one.toxicity_id: said for one in log}, {one.term_key: said for one in proposals}
    )


def _words(ward: Ward, each: Reviewed) -> RoundDlt:
    """One toxicity: a decision in force first, then one to be made anew, then the rule's verdict."""
    verdict = each.ruling.verdict
    plain = said_of_drugs(ward, each.words)
    newest = each.decisions[0] if each.decisions else None
    if newest is None:
        return RoundDlt(verdict, _SHORT.get(each.place) or _short(ward, each), plain)
    made = f"decided by {newest.by} on {write_date(newest.at.date())}: {newest.reason}"
    whole = f"{newest.verdict}, {made}. The rule: {plain}"
    if each.stale or each.shaken:
        again = SHAKEN if each.shaken else _AGAIN
        return RoundDlt("ask", f"ask: {again}", f"{whole}. {again[:1].upper()}{again[1:]}.")
    return RoundDlt(newest.verdict, f"{newest.verdict}: decided", whole)


def _short(ward: Ward, each: Reviewed) -> str:
    """The rule's verdict in a line: one reason why not; of a question not what stands beside it."""
    ruling = each.ruling
    if ruling.verdict == "does not count":
        return said_of_drugs(ward, each.words.split(";")[0])
    beside = {f"{to} {step}" for to, step in each.toxicity.attributions}
    parts = [part for part in ruling.words.split(", ") if part not in beside]
    return said_of_drugs(ward, f"{ruling.verdict}: {', '.join(parts) or ruling.words}")


def _proposed(
    ward: Ward, found: Evaluation, proposals: Sequence[LaboratoryProposal]
) -> dict[str, RoundDlt]:
    """What each proposal would be once it is accepted: the gravest of the episodes it writes."""
    said: dict[str, RoundDlt] = {}
    keys: dict[str, str] = {}
    histories = []
    for one in proposals:
        if one.grade is None and not one.takes_least:
            continue  # nothing is judged without a grade; the line says what is missing
        for number, plan in enumerate(_written(one, found)):
            history = _history(found.facts, one, plan, number)
            keys[history.key] = one.term_key
            histories.append(history)
    shown: DltReview | None = reviewed_with(ward, found, histories) if histories else None
    for each in sorted(() if shown is None else shown.reviewed, key=_gravest_last):
        said[keys[each.toxicity.key]] = _words(ward, each)
    return said


def _written(one: LaboratoryProposal, found: Evaluation) -> Sequence[Rewriting]:
    own = [row for row in found.log if row.term_key == one.term_key]
    planned, _ = rewritings(episodes_of(one.events), own)
    return [plan for plan in planned if plan.changes]


def _history(
    facts: InfantFacts, one: LaboratoryProposal, plan: Rewriting, number: int
) -> ToxicityHistory:
    """A toxicity as it would stand: the log's own attributions, the proposed grades."""
    grades = day_by_day((event.on, event.grade) for event in plan.episode)
    at_least = any(event.origin == LEAST for event in plan.episode)
    if plan.logged is not None:
        before = history_of(plan.logged)
        return ToxicityHistory(
            key=before.key,
            term=before.term,
            group=before.group,
            haematological=before.haematological,
            version=before.version,
            onset=before.onset,
            grades=grades,
            attributions=before.attributions,
            course=before.course,
            name=before.name,
            at_least=at_least,
        )
    about = about_term(one.term, one.ctcae)
    onset = plan.episode[0].on
    return ToxicityHistory(
        key=f"proposed:{one.term_key}:{number}",
        term=one.term_key,
        group=about.group,
        haematological=about.haematological,
        version=one.ctcae,
        onset=onset,
        grades=grades,
        course=course_on(facts, onset)[0],
        name=one.term,
        at_least=at_least,
    )


def _gravest_last(each: Reviewed) -> int:
    return -_RANK[each.ruling.verdict]
