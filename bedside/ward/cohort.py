"""The cohort: every infant of the protocol, her evaluation, the rate, and the site's stopping boundary.

Evaluable are the infants whose evaluation is finished: with a DLT, or closed without one. Those whose
period runs, or for whom a decision is due, are at risk and not counted; one that is recorded as not
evaluable is not counted either and stands there with the reason. The published figures of AALL15P1
are not mixed in.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from msgspec.structs import replace

from bedside.clinical.proportion import Proportion, proportion
from bedside.protocol.dlt_boundary import (
    Boundary,
    StoppingRule,
    boundary,
    rule_words,
)
from bedside.protocol.dlt_review import Reviewed
from bedside.protocol.dlt_words import rule_in_words, title_in_words
from bedside.protocol.model import Protocol
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.ward.dlt import SHAKEN, Evaluation, evaluation_of
from bedside.ward.dlt_rules import RuleInForce, rule_in_force
from bedside.ward.facts import InfantFacts, facts_of_all
from bedside.ward.views.cohort import CohortInfant, CohortLine, CohortView, Point, StateCount
from bedside.ward.views.marks import DltState
from bedside.ward.ward import Ward

STATES: dict[DltState, str] = {
    "closed without DLT": "closed without DLT",
    "DLT": "DLT",
    "open": "at risk: period open, or a decision due",
    "not started": "not started",
    "not evaluable": "not evaluable, each with a reason",
}
NO_BOUNDARY = (
    "No stopping boundary is set. Whether AALL15P1 had one is not public: nothing is shown until the "
    "site's own parameters are in force."
)


def cohort_protocols(ward: Ward) -> tuple[tuple[str, str], ...]:
    """Key and title of each protocol that has a DLT period."""
    found = (ward.protocols[key] for key in ward.protocols)
    return tuple((one.key, one.title) for one in found if one.dlt_window is not None)


def cohort_page(ward: Ward, protocol_key: str) -> CohortView:
    """The cohort of one protocol.

    Raises:
        Refused: the protocol is not known, or has no DLT period.
    """
    protocol = ward.protocol(protocol_key)
    if protocol is None or protocol.dlt_window is None:
        raise Refused(f"{protocol_key} has no DLT period: there is no cohort to show.")
    rule = rule_in_force(ward, protocol)
    found = [
        each
        for facts in facts_of_all(ward)
        if facts.enrolment.protocol_key == protocol_key
        and (each := evaluation_of(ward, facts, rule)) is not None
    ]
    points = points_of(found)
    share = proportion(points[-1].with_dlt, len(points)) if points else None
    limits, limit_state = _boundary(rule.stopping, points)
    return CohortView(
        protocol=protocol.title,
        today=ward.today(),
        total=len(found),
        states=_states(found),
        evaluable=len(points),
        with_dlt=points[-1].with_dlt if points else 0,
        rate_words=_rate(share),
        interval_words=_interval(share),
        interval=_numbers(share),
        due=sum(len(each.review.due) for each in found),
        infants=_infants(found),
        courses=_courses(protocol, found),
        terms=_terms(found),
        points=points,
        boundary=limits.steps,
        boundary_most=rule.stopping.infants if rule.stopping else 0,
        boundary_words=_boundary_words(rule, limits),
        boundary_state=limit_state,
        rule_title=title_in_words(rule.rule, protocol.title),
        rule_lines=rule_in_words(replace(rule.rule, stopping=None)),
        own_rule=rule.rule.kind == "definition",
        troubles=rule.troubles,
    )


def points_of(found: Iterable[Evaluation]) -> tuple[Point, ...]:
    """The evaluable infants in the order in which their evaluations ended, with the DLTs so far.

    A DLT ends it on the day of the first decision that counts; else the last of closing and decisions.
    """
    ended = sorted(
        (_ended(each), _number(each.facts), each.review.state == "DLT")
        for each in found
        if each.review.state in ("DLT", "closed without DLT")
    )
    points = []
    with_dlt = 0
    for at, (on, study_number, dlt) in enumerate(ended, start=1):
        with_dlt += dlt
        points.append(Point(at, with_dlt, study_number, on))
    return tuple(points)


def _ended(each: Evaluation) -> date:
    shown = each.review
    if shown.state == "DLT":
        return min(row.decided.at.date() for row in shown.counted if row.decided is not None)
    decided = [
        row.decided.at.date()
        for row in shown.reviewed
        if row.decided is not None and row.place == "in the period"
    ]
    closed = [] if shown.closed is None else [shown.closed]
    return max([*closed, *decided])


def _number(facts: InfantFacts) -> str:
    return facts.enrolment.study_number or facts.infant.hospital_number


def _states(found: Sequence[Evaluation]) -> tuple[StateCount, ...]:
    return tuple(
        StateCount(state, words, sum(each.review.state == state for each in found))
        for state, words in STATES.items()
    )


def _rate(share: Proportion | None) -> str:
    return "" if share is None else f"{share.events} of {share.of} = {share.percent} %"


def _interval(share: Proportion | None) -> str:
    if share is None:
        return "nobody is evaluable yet"
    return f"exact 95 % interval {share.low_percent} to {share.high_percent} %"


def _numbers(share: Proportion | None) -> tuple[str, str, str]:
    if share is None:
        return "", "", ""
    return str(share.percent), str(share.low_percent), str(share.high_percent)


def _infants(found: Sequence[Evaluation]) -> tuple[CohortInfant, ...]:
    order = list(STATES)
    rows = [
        CohortInfant(
            infant_id=each.facts.infant.id,
            study_number=_number(each.facts),
            state=each.review.state,
            words=_about(each),
            on=each.review.closed or each.review.opened,
            due=len(each.review.due),
        )
        for each in found
    ]
    rank = {"DLT": -1}
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                not row.due,
                rank.get(row.state, order.index(row.state)),
                row.study_number,
            ),
        )
    )


def _about(each: Evaluation) -> str:
    shown = each.review
    if shown.state == "DLT":
        return "; ".join(_counted(row) for row in shown.counted)
    if shown.state == "not evaluable" and shown.not_evaluable is not None:
        return f"{shown.not_evaluable.reason}, {shown.not_evaluable.by}"
    if shown.opened is None:
        germline = each.facts.enrolment.kmt2a == "germline"
        return "germline: no EPI block" if germline else "the period has not begun"
    if shown.state == "open" and shown.closed is None:
        return f"open since {write_date(shown.opened)}"
    closed = "" if shown.closed is None else write_date(shown.closed)
    return f"{write_date(shown.opened)} to {closed}"


def _counted(row: Reviewed) -> str:
    by = "" if row.decided is None else f", {row.decided.by}, {write_date(row.decided.at.date())}"
    grade = "not graded" if row.worst is None else f"grade {row.worst}"
    shaken = f"; {SHAKEN}" if row.shaken else ""
    return f"{row.toxicity.words} {grade}{by}{shaken}"


def _inside(found: Sequence[Evaluation]) -> list[tuple[int, Reviewed]]:
    """Every toxicity in a period, with whose it is."""
    return [
        (each.facts.infant.id, row)
        for each in found
        for row in each.review.reviewed
        if row.place == "in the period"
    ]


def _line(name: str, rows: Sequence[tuple[int, Reviewed]]) -> CohortLine:
    counted = {
        infant
        for infant, row in rows
        if row.decided is not None and row.decided.verdict == "counts"
    }
    asked = sum(row.ruling.verdict != "does not count" for _, row in rows)
    return CohortLine(name, len({infant for infant, _ in rows}), asked, len(counted))


def _courses(protocol: Protocol, found: Sequence[Evaluation]) -> tuple[CohortLine, ...]:
    window = protocol.dlt_window
    if window is None:
        return ()
    keys = [course.key for course in protocol.courses]
    period = keys[keys.index(window.opens_on_day_1_of) : keys.index(window.closes_when_may_start)]
    rows = _inside(found)
    lines = [
        _line(protocol.course(key).title, [row for row in rows if row[1].toxicity.course == key])
        for key in period
    ]
    other = [row for row in rows if row[1].toxicity.course not in period]
    return (*lines, *((_line("begun before the period", other),) if other else ()))


def _terms(found: Sequence[Evaluation]) -> tuple[CohortLine, ...]:
    rows = _inside(found)
    names = sorted({row.toxicity.words for _, row in rows}, key=str.casefold)
    lines = [_line(name, [row for row in rows if row[1].toxicity.words == name]) for name in names]
    return tuple(sorted(lines, key=lambda line: (-line.counted, -line.asked, -line.infants)))


def _boundary(rule: StoppingRule | None, points: Sequence[Point]) -> tuple[Boundary, str]:
    """The boundary and where the cohort stands against it."""
    if rule is None:
        return Boundary((), Fraction(0)), ""
    limits = boundary(rule)
    for point in points:
        least = limits.least_to_stop(point.evaluable)
        if least is not None and point.with_dlt >= least:
            return limits, f"REACHED: {point.with_dlt} of {point.evaluable}, stop at {least}"
    if len(points) > rule.infants:
        return limits, f"the rule looks at {rule.infants} infants; {len(points)} are evaluable"
    least = limits.least_to_stop(max(len(points), 1))
    seen = points[-1].with_dlt if points else 0
    if least is None:
        return limits, "not reached: no number stops at so many infants"
    return limits, f"not reached: {least - seen} more with a DLT to stop"


def _boundary_words(rule: RuleInForce, limits: Boundary) -> str:
    stopping = rule.stopping
    if stopping is None:
        if rule.troubles:
            return "The boundary is not drawn: the site's two records contradict each other."
        return NO_BOUNDARY
    chance = _four(limits)
    by = f", {rule.stopping_by}" if rule.stopping_by else ""
    return f"{rule_words(stopping)}; chance to stop at that share {chance}, exact. Site value{by}."


def _four(limits: Boundary) -> str:
    """The achieved chance to four decimals, halves up."""
    return f"0.{int(limits.achieved * 10_000 + Fraction(1, 2)):04d}"
