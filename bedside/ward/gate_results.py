"""The laboratory results that a start rule asks for: the newest specimen of each decides.

As with the counts: while the newest one is pending the part is unknown, even if an older one would
pass, and what is older than the site's limit for counts does not count (hazards H14, H21).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bedside.protocol.model import Course
from bedside.protocol.result_rule import ResultRule, SeenResult, analyte_of, is_met
from bedside.protocol.start_rules import RuleJudgement
from bedside.units.bounds import bounded
from bedside.units.counted import so_many
from bedside.ward.facts import InfantFacts
from bedside.ward.same_minute import worse_last
from bedside.ward.views.where import RuleRow
from bedside.ward.ward import Ward

if TYPE_CHECKING:
    from bedside.ward.laboratory import Result

_STATES = {"pending": "pending", "unusable": "unusable"}


def asked_results(
    ward: Ward, facts: InfantFacts, course: Course, as_of: datetime
) -> "Mapping[str, Result]":
    """The newest result of each analyte that the start of a course asks for, by analyte."""
    rule = course.start_rule
    asked = {} if rule is None else {part.analyte: part for part in rule.results}
    if not asked:
        return {}
    from bedside.ward.laboratory import results_of  # few courses ask, and the ward list waits

    rows = results_of(ward, facts.infant.id, on_record=facts.results_at)
    return {
        row.analyte: row
        for row in worse_last(rows, lambda row: _against(asked.get(row.analyte), row))
        if row.analyte in asked
        and row.taken_at <= as_of
        and row.state != "not done"
        and row.source != facts.without_result
    }


def seen_results(
    ward: Ward, found: "Mapping[str, Result]", as_of: datetime
) -> Mapping[str, SeenResult]:
    """What counts of these results; one that is pending, unusable or too old is left out."""
    return {
        key: seen
        for key, row in found.items()
        if not _too_old(ward, row, as_of) and (seen := _seen(row)) is not None
    }


def _seen(row: "Result") -> SeenResult | None:
    """What a result says; None without a value."""
    if row.kept is None:
        return None
    uln = None if row.uln is None else analyte_of(row.analyte).find(row.unit).kept(row.uln)
    return SeenResult(bounded(row.comparator, row.kept), uln)


def _against(part: ResultRule | None, row: "Result") -> int | None:
    """Of two specimens of one minute: what fails counts before what is not known, that before what passes."""
    if part is None or row.state == "unusable":
        return None
    return {False: 2, None: 1, True: 0}[is_met(part, _seen(row))]


def result_row(
    ward: Ward, rule: RuleJudgement, found: "Mapping[str, Result]", as_of: datetime
) -> RuleRow:
    """The line of one laboratory part.

    Args:
        ward: the ward.
        rule: the part, judged.
        found: from `asked_results`.
        as_of: the time as of which it was judged.
    """
    row = found.get(rule.key)
    seen = rule.observed
    if row is None:
        seen = "not recorded"
    elif row.state in _STATES:
        seen = _STATES[row.state]
    elif _too_old(ward, row, as_of):
        written = (
            analyte_of(rule.key).write_kept(row.kept, comparator=row.comparator) if row.kept else ""
        )
        seen = f"{written}, older than {so_many(ward.site.count_age_hours, 'hour')}"
    return RuleRow(
        measure=analyte_of(rule.key).title,
        needed=rule.required,
        seen=seen,
        unit="",
        at=None if row is None else ward.local(row.taken_at),
        source="" if row is None else (row.laboratory or "laboratory"),
        result=rule.result,
    )


def _too_old(ward: Ward, row: "Result", as_of: datetime) -> bool:
    return as_of - row.taken_at > timedelta(hours=ward.site.count_age_hours)
