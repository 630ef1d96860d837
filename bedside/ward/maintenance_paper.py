"""The chart of Maintenance on paper, filled from the page of the doses by mouth."""

from collections.abc import Sequence
from itertools import pairwise

from bedside.papers.reports import (
    ChartDecision,
    ChartDose,
    ChartLimit,
    ChartPoint,
    MaintenanceChart,
)
from bedside.papers.values import PaperHead
from bedside.protocol.drugs import INTRATHECAL
from bedside.protocol.model import Course
from bedside.units.dates import write_date_time
from bedside.ward.facts import InfantFacts
from bedside.ward.titration import course_and_day_1
from bedside.ward.titration_page import maintenance_page
from bedside.ward.views.maintenance import CheckPoint, DecisionRow, Threshold
from bedside.ward.ward import Ward
from bedside.ward.weekly import weekly_words
from bedside.ward.whose import as_of_today, whose_of

NOT_PUBLIC = "HOW OFTEN is not public, read it in the protocol"


def check_maintenance_chart(_ward: Ward, facts: InfantFacts) -> tuple[str, ...]:
    """Every reason why the chart cannot be made now; empty when it can."""
    for course in facts.protocol.courses:
        if course.kind == "maintenance" and facts.start_of(course.key) is not None:
            return ()
    return ("Maintenance has not begun.",)


def fill_maintenance_chart(ward: Ward, facts: InfantFacts, head: PaperHead) -> MaintenanceChart:
    """Fill the chart of an infant in Maintenance.

    Raises:
        Refused: Maintenance has not begun.
    """
    view = maintenance_page(ward, facts.infant.id)
    decisions = tuple(reversed(view.decisions))
    rhythms = rhythms_of(ward, facts.protocol.course(course_and_day_1(facts)[0].key))
    return MaintenanceChart(
        head=head,
        whose=whose_of(facts),
        as_of=as_of_today(ward, facts),
        course=view.course_title,
        day_1=view.day_1,
        rule=view.rule or "No rule for the doses by mouth is entered at this site.",
        counts=tuple(_point(check) for check in view.checks),
        doses=_doses(decisions),
        anc_limits=_limits(view.anc_lines),
        platelet_limits=_limits(view.platelet_lines),
        decisions=tuple(_decision(row, rhythms.get(row.name, "")) for row in decisions),
        in_force=tuple(
            (line.name, f"{rhythms.get(line.name, NOT_PUBLIC)}: {line.in_force}")
            for line in view.drugs
        ),
    )


def _point(check: CheckPoint) -> ChartPoint:
    words = [
        f"{name} {state}"
        for name, number, state in (
            ("ANC", check.anc_per_ul, check.anc_state),
            ("platelets", check.platelets_per_ul, check.platelets_state),
        )
        if number is None
    ]
    return ChartPoint(check.at, check.anc_per_ul, check.platelets_per_ul, ", ".join(words))


def _doses(rows: Sequence[DecisionRow]) -> tuple[ChartDose, ...]:
    """The doses in per cent that stand, by their days; one struck out is in the table only."""
    standing = [row for row in rows if not row.voided and row.percent is not None]
    standing.sort(key=lambda row: (row.name, row.from_on))
    return tuple(
        ChartDose(row.name, row.from_on, row.percent, bool(row.waiting))
        for row in standing
        if row.percent is not None
    )


def _limits(lines: Sequence[Threshold]) -> tuple[ChartLimit, ...]:
    return tuple(ChartLimit(line.per_ul, line.words) for line in lines)


def rhythms_of(ward: Ward, course: Course) -> dict[str, str]:
    """How often each drug by mouth is given, in words, by its name as printed.

    A weekly dose that is taken for a daily one kills: it stands in words beside every amount
    (ISMP, methotrexate by mouth).
    """
    found = {}
    for plan in course.drugs:
        if plan.route == INTRATHECAL:
            continue
        days = plan.days.scheduled
        words = "on the days of the plan only"
        if not days:
            words = NOT_PUBLIC
        elif {after - before for before, after in pairwise(days)} == {1}:
            words = "every\u00a0day"
        found[ward.drugs.display_name(plan.drug)] = weekly_words(plan) or words
    return found


def _decision(row: DecisionRow, rhythm: str) -> ChartDecision:
    return ChartDecision(
        drug=row.name,
        begins=row.from_on,
        dose=f"{row.dose}, {rhythm}" if rhythm and row.dose[:1].isdigit() else row.dose,
        decision=row.decision,
        reason=row.reason,
        by=f"{row.recorded_by}, {write_date_time(row.recorded_at)}",
        signed=f"NOT {row.waiting} yet" if row.waiting else row.signed,
        void=row.voided,
    )
