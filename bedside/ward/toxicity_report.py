"""The toxicity report, filled from the log: each grade over time, attribution, CTCAE version."""

from datetime import date
from itertools import pairwise

from bedside.papers.reports import GradeSpan, ReportedToxicity, ToxicityReport
from bedside.papers.values import PaperHead
from bedside.units.dates import write_date_time
from bedside.units.writer import in_words
from bedside.ward.facts import InfantFacts
from bedside.ward.toxicity_causes import cause_name
from bedside.ward.toxicity_log import log_of
from bedside.ward.views.toxicity import GradeStep, LoggedToxicity
from bedside.ward.ward import Ward
from bedside.ward.whose import as_of_today, whose_of


def check_toxicity_report(ward: Ward, facts: InfantFacts) -> tuple[str, ...]:
    """Every reason why the report cannot be made now; empty when it can."""
    if not log_of(ward, facts.infant.id, facts=facts):
        return ("No toxicity is in the log: there is nothing to report.",)
    return ()


def fill_toxicity_report(ward: Ward, facts: InfantFacts, head: PaperHead) -> ToxicityReport:
    """Fill the toxicity report: every toxicity that stands, the open ones and the worst first."""
    log = [row for row in log_of(ward, facts.infant.id, facts=facts) if row.steps]
    log.sort(key=lambda row: (not row.is_open, -row.worst, row.onset))
    starts = [(row.course_key, row.day_1) for row in facts.starts]
    days = [*(row.onset for row in log), *(on for _, on in starts)]
    last = max([ward.today(), *(step.on for row in log for step in row.steps)])
    return ToxicityReport(
        head=head,
        whose=whose_of(facts),
        as_of=as_of_today(ward, facts),
        ctcae=facts.enrolment.ctcae,
        first=min(days, default=ward.today()),
        last=last,
        courses=tuple(
            (course.title, on, course.kind == "priming")
            for key, on in starts
            for course in (facts.protocol.course(key),)
        ),
        rows=tuple(_row(ward, facts, row) for row in log),
    )


def _row(ward: Ward, facts: InfantFacts, row: LoggedToxicity) -> ReportedToxicity:
    return ReportedToxicity(
        term=row.term,
        ctcae=row.ctcae,
        onset=row.onset,
        course=row.course_text,
        spans=spans_of(row),
        worst=row.worst,
        gone_on=row.resolved_on,
        attributions=tuple((cause_name(ward, facts, one), one.step) for one in row.causes),
        expected=row.expected,
        serious=f"{row.serious}: {row.serious_why}" if row.serious_why else row.serious,
        action=row.action,
        comment=row.comment,
        recorded=f"{row.recorded_by}, {write_date_time(row.recorded_at)}",
    )


def spans_of(row: LoggedToxicity) -> tuple[GradeSpan, ...]:
    """Each grade with the days it held; one that was replaced on its own day is kept, with no length."""
    steps = list(row.steps)
    ends: list[date | None] = [*(later.on for _, later in pairwise(steps)), None]
    return tuple(
        GradeSpan(
            grade=step.grade,
            words="gone" if step.grade == 0 else step.words,
            begins=step.on,
            until=until,
            origin=_origin(step),
            corrected=step.corrected,
        )
        for step, until in zip(steps, ends, strict=True)
    )


def _origin(step: GradeStep) -> str:
    """Where a grade came from: by whose hand, or by which result."""
    said = f"{step.origin}, {step.recorded_by}"
    if step.measured:
        said = f"{step.origin}: {in_words(step.measured)}, {step.recorded_by}"
    return f"{said}; the result was corrected since" if step.corrected else said
