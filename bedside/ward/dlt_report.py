"""The DLT report, filled from the DLT page: the period, the rule, each toxicity with every decision."""

from bedside.papers.reports import DltDecisionLine, DltReport, DltRow
from bedside.papers.values import PaperHead
from bedside.units.dates import write_date, write_date_time
from bedside.units.writer import in_words
from bedside.ward.dlt import evaluation_of
from bedside.ward.dlt_page import dlt_page
from bedside.ward.facts import InfantFacts
from bedside.ward.views.dlt import DecisionLine, DltToxicity, DltView
from bedside.ward.ward import Ward
from bedside.ward.whose import as_of_today, whose_of

_MET = {True: "enough", False: "not enough", None: "not known"}


def check_dlt_report(ward: Ward, facts: InfantFacts) -> tuple[str, ...]:
    """Every reason why the report cannot be made now; empty when it can."""
    if evaluation_of(ward, facts) is None:
        return (f"{facts.protocol.title} has no DLT period.",)
    return ()


def fill_dlt_report(ward: Ward, facts: InfantFacts, head: PaperHead) -> DltReport:
    """Fill the DLT report of an infant."""
    view = dlt_page(ward, facts.infant.id)
    return DltReport(
        head=head,
        whose=whose_of(facts),
        as_of=as_of_today(ward, facts),
        state=view.state,
        headline=view.headline,
        period=_period(view),
        rule_title=view.rule_title,
        rule_lines=(*view.rule_lines, *view.troubles),
        rows=tuple(_row(row) for row in view.rows),
        counts=tuple((count.on, in_words(count.words), _MET[count.met]) for count in view.counts),
        not_evaluable=None if view.not_evaluable is None else _off(view.not_evaluable),
        gone=tuple((line.gone or "a toxicity struck out", _line(line)) for line in view.gone),
    )


def _period(view: DltView) -> tuple[tuple[str, str], ...]:
    opened = "not yet" if view.opened is None else write_date(view.opened)
    closed = "not yet" if view.closed is None else write_date(view.closed)
    courses = ", ".join(
        f"{course.title} {'from' if course.begun else 'expected'} {write_date(course.first)}"
        for course in view.courses
    )
    lines = [
        ("Opened", opened),
        ("Closed", closed),
        ("Why", " ".join((view.period_words, *view.answers))),
    ]
    if view.closed is None and view.projected_close is not None:
        lines.append(("Expected to close", f"not before {write_date(view.projected_close)}"))
    lines.append(("Courses of the period", courses or "none begun"))
    if view.words:
        lines.append(("Evaluation", view.words))
    return tuple(lines)


def _row(row: DltToxicity) -> DltRow:
    worst = "not graded" if row.worst is None else f"grade {row.worst}"
    stale = "; decided on earlier facts, to be decided anew" if row.stale else ""
    shaken = "; a result under it was corrected after the decision" if row.shaken else ""
    return DltRow(
        term=row.term,
        worst=worst,
        onset=row.onset,
        gone_on=row.resolved_on,
        course=row.course_text,
        attribution=row.attribution,
        place=row.place,
        proposal="ask a physician" if row.verdict == "ask" else row.verdict,
        rule_words=f"{row.rule_words}{stale}{shaken}",
        decisions=tuple(_line(line) for line in row.decisions),
        due=row.due,
        ctcae=row.ctcae,
    )


def _line(line: DecisionLine) -> DltDecisionLine:
    by = f"{line.physician}, {write_date_time(line.at)}"
    if line.recorded_by != line.physician:
        by += f", recorded by {line.recorded_by}"
    return DltDecisionLine(line.verdict, by, line.reason, line.holds, line.struck_out)


def _off(line: DecisionLine) -> DltDecisionLine:
    by = f"{line.physician}, {write_date_time(line.at)}"
    return DltDecisionLine("not evaluable", by, line.reason, holds=True, void="")
