"""What the DLT page shows: the period as a bar, each toxicity with verdict and decisions, the rule."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from bedside.protocol.dlt import counts_matter_from
from bedside.protocol.dlt_review import Reviewed
from bedside.protocol.dlt_words import confirmed_title, rule_in_words, title_in_words
from bedside.protocol.start_rules import Observed, measured
from bedside.store.dlt_records import DltDecision, DltNotEvaluable
from bedside.store.queries import of_infant
from bedside.store.records import BloodCount, Toxicity
from bedside.units.dates import write_date, write_date_time
from bedside.units.refusal import Refused
from bedside.units.writer import write_count
from bedside.ward.answer_basis import answer_words
from bedside.ward.count_bounds import anc_of, platelets_of
from bedside.ward.dlt import SEVERE, SHAKEN, Evaluation, contact_due, evaluation_of, id_of
from bedside.ward.dlt_rules import OfferedRule
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.infants import banner_of
from bedside.ward.standing import Standing, standing_of
from bedside.ward.toxicity_causes import attribution_words
from bedside.ward.views.dlt import (
    DecisionLine,
    DltCount,
    DltCourse,
    DltToxicity,
    DltView,
    EvaluableAgain,
    Verdict,
)
from bedside.ward.views.toxicity import LoggedToxicity
from bedside.ward.ward import Ward

_SHOWN = timedelta(days=5)  # how much is drawn of the course whose start closes the period
CORRECTED = "a grade came from a result since corrected: look at it in the round"


def dlt_page(ward: Ward, infant_id: int, facts: InfantFacts | None = None) -> DltView:
    """The DLT page of one infant.

    Args:
        ward: the ward.
        infant_id: the infant.
        facts: what is recorded of her, where it is read already.

    Raises:
        Refused: her protocol has no DLT period.
    """
    facts = facts_of(ward, infant_id) if facts is None else facts
    found = evaluation_of(ward, facts)
    if found is None:
        raise Refused(f"{facts.protocol.title} has no DLT period.")
    standing = standing_of(ward, facts)
    shown = found.review
    return DltView(
        banner=banner_of(ward, facts),
        state=shown.state,
        headline=headline_of(ward, found),
        due_words=due_words(len(shown.due)),
        words=shown.words,
        period_words=found.period.words,
        answers=_answers(ward, facts, found),
        opened=shown.opened,
        closed=shown.closed,
        projected_close=_projected_close(facts, standing),
        today=ward.today(),
        courses=_courses(facts, standing),
        counts=_counts(ward, facts, shown.closed),
        rows=tuple(_row(ward, facts, found, each) for each in shown.reviewed),
        not_evaluable=_off(ward, found.off),
        gone=_gone(ward, found),
        evaluable_again=_evaluable_again(ward, found.off),
        rule_title=rule_title(found),
        rule_lines=rule_in_words(found.rule.rule),
        screening=found.rule.rule.kind == "screening",
        troubles=found.rule.troubles,
        contact_due=contact_due(ward, found),
        filled_from=found.rule.rule.lowest_grade or SEVERE,
    )


def headline_of(ward: Ward, found: Evaluation) -> str:
    """The state in one line: "DLT period open, day 52"."""
    shown = found.review
    if shown.opened is None:
        return "DLT period not started."
    if shown.state == "DLT":
        shaken = f"; {SHAKEN}" if any(row.shaken for row in shown.counted) else ""
        return f"DLT: {', '.join(row.toxicity.words for row in shown.counted)}{shaken}."
    if shown.state == "open" and shown.closed is None:
        return f"DLT period open, day {(ward.today() - shown.opened).days + 1}."
    if shown.state == "open" and shown.closed is not None:
        return f"DLT period closed on {write_date(shown.closed)}, evaluation open."
    return {
        "not evaluable": "Not evaluable.",
        "closed without DLT": "Closed without DLT.",
    }.get(shown.state, shown.state)


def due_words(due: int) -> str:
    """How many decisions wait: "One decision is due."."""
    if not due:
        return ""
    return "One decision is due." if due == 1 else f"{due} decisions are due."


def rule_title(found: Evaluation) -> str:
    """The rule in force: the screening rule, or whose it is, by whom and when."""
    return title_in_words(found.rule.rule, found.facts.protocol.title)


def offered_words(offered: OfferedRule) -> tuple[str, tuple[str, ...]]:
    """Title and lines of a rule that is read before it is put in force."""
    return confirmed_title(offered.rule), rule_in_words(offered.rule)


def _row(ward: Ward, facts: InfantFacts, found: Evaluation, each: Reviewed) -> DltToxicity:
    toxicity_id = id_of(each.toxicity.key)
    logged = next(row for row in found.log if row.toxicity_id == toxicity_id)
    return DltToxicity(
        toxicity_id=toxicity_id,
        term=logged.term,
        worst=each.worst,
        onset=logged.onset,
        resolved_on=logged.resolved_on,
        course_text=logged.course_text,
        attribution=attribution_words(ward, facts, logged.causes) or "not assessed",
        in_period=each.place == "in the period",
        place=each.place,
        verdict=each.ruling.verdict,
        rule_words="; ".join(
            (said_of_drugs(ward, each.ruling.words), *((CORRECTED,) if logged.corrected else ()))
        ),
        decisions=tuple(
            _line(ward, row, each) for row in found.decisions if row.toxicity_id == toxicity_id
        ),
        decided=None if each.decided is None else each.decided.verdict,
        stale=each.stale,
        shaken=each.shaken,
        due=each.due,
        facts=each.facts,
        spans=_spans(logged),
        ctcae=logged.ctcae,
    )


def said_of_drugs(ward: Ward, words: str) -> str:
    """A rule's words with the drugs as they are printed, tall-man where sourced."""
    names = ward.drugs.drugs
    return " ".join(
        ward.drugs.display_name(word) if word in names else word for word in words.split(" ")
    )


def _spans(logged: LoggedToxicity) -> tuple[tuple[date, date | None, int], ...]:
    """Its grades above 0, each with the day on which the next one holds."""
    steps: list[tuple[date, int]] = list(logged.grades)
    ends: Sequence[date | None] = [*(later for _, (later, _) in pairwise(steps)), None]
    return tuple(
        (on, end, grade)
        for (on, grade), end in zip(steps, ends, strict=False)
        if grade > 0 and on != end
    )


def _line(ward: Ward, row: DltDecision, each: Reviewed) -> DecisionLine:
    verdict: Verdict = "counts" if row.verdict == "counts" else "does not count"
    decided = each.decided
    at = ward.local(row.recorded_at)
    holds = decided is not None and row.voided_at is None and decided.at == at
    return DecisionLine(
        decision_id=row.id,
        verdict=verdict,
        physician=row.physician,
        recorded_by=row.recorded_by,
        at=at,
        reason=row.reason,
        proposal=row.proposal,
        rule=row.rule,
        holds=holds and decided is not None and decided.verdict == verdict,
        struck_out=row.void_reason or "",
    )


def _off(ward: Ward, rows: Sequence[DltNotEvaluable]) -> DecisionLine | None:
    for row in rows:
        if row.voided_at is None:
            at = ward.local(row.recorded_at)
            return DecisionLine(
                row.id, "ask", row.physician, row.recorded_by, at, row.reason, "", "", holds=True
            )
    return None


def _evaluable_again(ward: Ward, rows: Sequence[DltNotEvaluable]) -> EvaluableAgain | None:
    """The last taking back, while nothing stands; the rows newest first."""
    back = [row for row in rows if row.voided_at is not None]
    if not back or len(back) < len(rows):
        return None
    row = max(back, key=lambda one: one.voided_at or one.recorded_at)
    at = ward.local(row.voided_at or row.recorded_at)
    return EvaluableAgain(row.voided_by or "", at, row.void_reason or "", row.reason)


def _gone(ward: Ward, found: Evaluation) -> tuple[DecisionLine, ...]:
    """Decisions on toxicities that are not in the log any more."""
    there = {row.toxicity_id for row in found.log}
    infant_id = found.facts.infant.id
    with ward.store.reading() as connection:
        every = of_infant(connection, Toxicity, infant_id, include_void=True)
    terms = {toxicity.id: toxicity.term for toxicity in every}
    return tuple(
        DecisionLine(
            row.id,
            "counts" if row.verdict == "counts" else "does not count",
            row.physician,
            row.recorded_by,
            ward.local(row.recorded_at),
            row.reason,
            row.proposal,
            row.rule,
            holds=False,
            struck_out=row.void_reason or "",
            gone=terms.get(row.toxicity_id, ""),
        )
        for row in found.decisions
        if row.toxicity_id not in there
    )


def _courses(facts: InfantFacts, standing: Standing) -> tuple[DltCourse, ...]:
    """The courses of the period, from the one that opens it to the one whose rule closes it."""
    window = facts.protocol.dlt_window
    keys = [course.key for course in facts.protocol.courses]
    if window is None:
        return ()
    wanted = keys[
        keys.index(window.opens_on_day_1_of) : keys.index(window.closes_when_may_start) + 1
    ]
    begun: list[tuple[str, date]] = []
    for key in wanted:
        start = facts.start_of(key)
        projected = standing.projected(key)
        day = start.day_1 if start else (None if projected is None else projected.start)
        if day is not None:
            begun.append((key, day))
    ends = [
        *(later for _, (_, later) in pairwise(begun)),
        *(day + _SHOWN for _, day in begun[-1:]),
    ]
    return tuple(
        DltCourse(
            facts.protocol.course(key).title,
            day,
            end,
            priming=key.startswith("epi"),
            begun=facts.start_of(key) is not None,
        )
        for (key, day), end in zip(begun, ends, strict=True)
        if end > day
    )


def _projected_close(facts: InfantFacts, standing: Standing) -> date | None:
    window = facts.protocol.dlt_window
    if window is None:
        return None
    projected = standing.projected(window.closes_when_may_start)
    return None if projected is None else projected.start


def _answers(ward: Ward, facts: InfantFacts, found: Evaluation) -> tuple[str, ...]:
    """What is asked beside the counts before the period can close, with its last answer; once it is asked.

    Counts that are enough do not close the period alone: a reader of both would wonder why it is open.
    """
    window = facts.protocol.dlt_window
    starts = {row.course_key: row.day_1 for row in facts.starts}
    since = counts_matter_from(facts.protocol, starts)
    if window is None or since is None or found.period.state != "open":
        return ()
    closing = facts.protocol.course(window.closes_when_may_start)
    asked = () if closing.start_rule is None else closing.start_rule.confirmations
    told = []
    for part in asked:
        answers = [
            (ward.local(row.answered_at), answer_words(facts, row))
            for row in facts.answers
            if (row.course_key, row.question) == (closing.key, part.key)
            and ward.local(row.answered_at).date() > since
        ]
        if answers:
            at, answer = max(answers)
            told.append(f"{part.words}: {answer}, {write_date_time(at)}.")
        else:
            told.append(f"{part.words}: not answered yet for {closing.title}.")
    return tuple(told)


def _counts(ward: Ward, facts: InfantFacts, closed: date | None) -> tuple[DltCount, ...]:
    """The counts after the last course of the period began, until it closed: those that can close it."""
    starts = {row.course_key: row.day_1 for row in facts.starts}
    since = counts_matter_from(facts.protocol, starts)
    if since is None:
        return ()
    rows = [(ward.local(row.taken_at).date(), row) for row in facts.counts]
    return tuple(
        _count(ward, facts, row)
        for on, row in rows
        if on > since and (closed is None or on <= closed)
    )


def _count(ward: Ward, facts: InfantFacts, row: BloodCount) -> DltCount:
    window = facts.protocol.dlt_window
    rule = (
        None if window is None else facts.protocol.course(window.closes_when_may_start).start_rule
    )
    measures = () if rule is None else rule.measures
    observed = Observed(anc_of(row), platelets_of(row))
    results = [measured(part, observed) for part in measures]
    met = False if "not met" in results else True if set(results) == {"met"} else None
    words = (
        f"ANC {_said(row.anc_state, row.anc_per_ul)}, "
        f"platelets {_said(row.platelets_state, row.platelets_per_ul)}"
    )
    return DltCount(ward.local(row.taken_at).date(), words, met)


def _said(state: str, per_ul: int | None) -> str:
    return state if per_ul is None else write_count(per_ul)
