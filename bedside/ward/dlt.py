"""The DLT evaluation of one infant, from what is on record: period, toxicity log, decisions, rule.

The log's rows are brought into the rule's own shape here, and nothing is judged here: the rule
proposes (`bedside.protocol.dlt_rule`), a physician decides (`bedside.ward.dlt_deciding`).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from bedside.protocol.dlt import DltPeriod
from bedside.protocol.dlt_review import Decision, DltReview, NotEvaluable, review
from bedside.protocol.dlt_toxicity import ToxicityHistory, own_key
from bedside.protocol.dlt_words import title_in_words
from bedside.store.dlt_records import DltDecision, DltNotEvaluable
from bedside.store.queries import of_infant
from bedside.store.toxicity_queries import struck_results
from bedside.units.dates import write_date
from bedside.ward.dlt_rules import RuleInForce, rule_in_force
from bedside.ward.dlt_terms import about_term
from bedside.ward.facts import InfantFacts
from bedside.ward.infants import dlt_line, dlt_of
from bedside.ward.toxicity_log import log_of
from bedside.ward.views.marks import DltLine
from bedside.ward.views.toxicity import LoggedToxicity
from bedside.ward.ward import Ward

_DAY = timedelta(days=1)
CONTACT = "contact the tertiary team"
SHAKEN = "a result under it was corrected since: decide again"
SEVERE = 3  # from this grade on a toxicity that became worse is rung about again


class Evaluation(Struct, frozen=True):
    """An infant's evaluation with all that it rests on."""

    facts: InfantFacts
    period: DltPeriod
    rule: RuleInForce
    review: DltReview
    log: tuple[LoggedToxicity, ...]
    decisions: tuple[DltDecision, ...]  # struck out ones included, newest first
    off: tuple[DltNotEvaluable, ...]  # likewise


def evaluation_of(
    ward: Ward,
    facts: InfantFacts,
    rule: RuleInForce | None = None,
    log: tuple[LoggedToxicity, ...] | None = None,
) -> Evaluation | None:
    """Where an infant's evaluation stands; None where the protocol has no DLT period.

    Args:
        ward: the ward.
        facts: what is on record.
        rule: the rule in force, where it was read already (a whole cohort reads it once).
        log: her toxicity log without what was struck out, where it was read already.
    """
    period = dlt_of(ward, facts)
    if period is None:
        return None
    infant_id = facts.infant.id
    held = rule or rule_in_force(ward, facts.protocol)
    if log is None:
        log = log_of(ward, infant_id, facts=facts)
    with ward.store.reading() as connection:
        decisions = of_infant(connection, DltDecision, infant_id, include_void=True)
        off = of_infant(connection, DltNotEvaluable, infant_id, include_void=True)
        struck = struck_results(connection, infant_id) if _rests_on_corrected(log) else {}
    found = review(
        period,
        held.rule,
        [history_of(each) for each in log],
        [_decision(ward, row) for row in decisions if row.voided_at is None],
        _off(ward, off),
        ward.today(),
        _corrected(log, struck),
    )
    return Evaluation(
        facts, period, held, found, log, tuple(reversed(decisions)), tuple(reversed(off))
    )


def reviewed_with(
    ward: Ward, found: Evaluation, toxicities: Sequence[ToxicityHistory]
) -> DltReview:
    """The same evaluation over other toxicities: what the rule would say if these stood in the log."""
    return review(
        found.period,
        found.rule.rule,
        toxicities,
        [_decision(ward, row) for row in found.decisions if row.voided_at is None],
        _off(ward, tuple(reversed(found.off))),
        ward.today(),
    )


def _rests_on_corrected(log: Iterable[LoggedToxicity]) -> bool:
    return any(each.corrected for each in log)


def _corrected(
    log: Iterable[LoggedToxicity], struck: Mapping[str, datetime]
) -> dict[str, datetime]:
    """When a result was struck out on which a grade rests still, by toxicity; the last of each."""
    found = {
        key_of(each.toxicity_id): [
            struck[step.result] for step in each.steps if step.corrected and step.result in struck
        ]
        for each in log
    }
    return {key: max(moments) for key, moments in found.items() if moments}


def key_of(toxicity_id: int) -> str:
    """The key of a logged toxicity among an infant's."""
    return f"toxicity:{toxicity_id}"


def id_of(key: str) -> int:
    """The number of a logged toxicity, from its key."""
    return int(key.removeprefix("toxicity:"))


def history_of(logged: LoggedToxicity) -> ToxicityHistory:
    """A toxicity of the log as the DLT rule sees it."""
    about = about_term(logged.term, logged.ctcae)
    return ToxicityHistory(
        key=key_of(logged.toxicity_id),
        term=logged.term_key or own_key(logged.term),
        group=about.group,
        haematological=about.haematological,
        version=logged.ctcae,
        onset=logged.onset,
        grades=day_by_day(logged.grades),
        attributions=logged.attributions,
        course=logged.course_key,
        name=logged.term,
        at_least=logged.at_least,
    )


def day_by_day(grades: Iterable[tuple[date, int]]) -> tuple[tuple[date, int], ...]:
    """The worst grade of each day, and from the next day the last one of it.

    A toxicity graded 3 and gone on one day was grade 3 on that day, and is gone from the next.
    """
    worst: dict[date, int] = {}
    last: dict[date, int] = {}
    for on, grade in grades:
        worst[on] = max(grade, worst.get(on, 0))
        last[on] = grade
    after = {on + _DAY: grade for on, grade in last.items() if grade != worst[on]}
    return tuple(sorted((after | worst).items()))


def _decision(ward: Ward, row: DltDecision) -> Decision:
    return Decision(
        toxicity=key_of(row.toxicity_id),
        verdict="counts" if row.verdict == "counts" else "does not count",
        by=row.physician,
        at=ward.local(row.recorded_at),
        reason=row.reason,
        facts=row.facts,
    )


def _off(ward: Ward, rows: Iterable[DltNotEvaluable]) -> NotEvaluable | None:
    standing = [row for row in rows if row.voided_at is None]
    if not standing:
        return None
    row = standing[-1]
    return NotEvaluable(row.physician, ward.local(row.recorded_at), row.reason)


def state_line(ward: Ward, facts: InfantFacts) -> DltLine:
    """The banner's three short lines, with what was decided."""
    plain = dlt_line(ward, facts)
    found = evaluation_of(ward, facts)
    if found is None or found.review.opened is None:
        return plain
    line = replace(line_of(found.review, plain), rule=_own_rule(found))
    if not contact_due(ward, found):
        return line
    opened = [row for row in found.log if row.is_open]
    return replace(
        line,
        details=(CONTACT, *line.details),
        contact=True,
        newest=max(row.toxicity_id for row in opened),
        severe=sum(row.grade >= SEVERE for row in opened),
    )


def _own_rule(found: Evaluation) -> str:
    rule = found.rule.rule
    return "" if rule.kind == "screening" else title_in_words(rule, found.facts.protocol.title)


def contact_due(ward: Ward, found: Evaluation) -> bool:
    """Whether the tertiary team is to be rung: a toxicity in the period, not at a tertiary centre."""
    shown = found.review
    running = shown.opened is not None and shown.closed is None
    return running and ward.site.kind != "tertiary" and any(row.is_open for row in found.log)


def line_of(found: DltReview, plain: DltLine) -> DltLine:
    """The period's line with the state of the evaluation in it."""
    due = len(found.due)
    waits = "" if not due else f"{due} decision{'s' if due > 1 else ''} due"
    if found.state == "open":
        if found.closed is not None:
            closed = f"closed {write_date(found.closed)}"
            return DltLine("open", waits, (closed, *plain.details), found.opened, found.closed)
        said = waits or "no DLT recorded"
        since = plain.details[0]
        return DltLine(
            "open", plain.headline, (f"{since}, {said}", *plain.details[1:]), found.opened
        )
    said = {
        "DLT": "DLT",
        "not evaluable": "not evaluable",
        "closed without DLT": "closed without DLT",
    }[found.state]
    first = _first_detail(found, waits)
    return DltLine(found.state, said, (first, *plain.details), found.opened, found.closed)


def _first_detail(found: DltReview, waits: str) -> str:
    shaken = next((each for each in found.due if each.shaken), None)
    if shaken is not None:
        return f"{waits}: {shaken.toxicity.words}, {SHAKEN}"
    if waits:
        return waits
    if found.state == "DLT":
        return ", ".join(each.toxicity.words for each in found.counted)
    if found.state == "not evaluable" and found.not_evaluable is not None:
        return found.not_evaluable.reason
    return "" if found.closed is None else f"on {write_date(found.closed)}"
