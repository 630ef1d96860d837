"""The quick ways of the ward list tell the same as the plain ones, on the demonstration ward at eight moments."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bedside.app import open_ward
from bedside.protocol.drugs import by_needle
from bedside.protocol.schedule import ProjectedDose
from bedside.ward.day_doses import day_doses, rows_of_day
from bedside.ward.demonstration_today import MovableClock
from bedside.ward.due import dose_record, due_today, held_on, plan_of
from bedside.ward.due_days_before import _is_left
from bedside.ward.facts import InfantFacts, facts_of, facts_of_all
from bedside.ward.standing import doses_on
from bedside.ward.ward import Ward
from tests.made_wards import copy_demonstration
from tests.ward.test_hours_shown import COURSE, in_interim
from tests.ward.test_not_given import leave_out
from tests.ward.wards import Bench

MADE = datetime(2026, 11, 20, 10, 42, tzinfo=ZoneInfo("Europe/Berlin"))  # shared with other tests
HOURS = (-70, -22, 0, 4, 24, 49, 86, 192)


def plainly_left(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> bool:
    """The rule without a short cut: every dose of the day is made."""
    plan, doses = plan_of(facts, dose), day_doses(ward, facts, dose)
    daily = facts.protocol.course(dose.course_key).kind in ("maintenance", "priming")
    told = dose_record(facts, dose) is not None or bool(rows_of_day(facts, dose))
    if told or held_on(facts, dose) or daily or plan.continuous:
        return False
    return doses[0].at is None if doses else not by_needle(dose.route)


def test_the_days_left_are_those_of_the_plain_rule(tmp_path: Path) -> None:
    clock = MovableClock(MADE)
    ward = open_ward(copy_demonstration(MADE, tmp_path / "ward"), clock, create=False)
    found = []
    try:
        for hours in HOURS:
            clock.now = MADE + timedelta(hours=hours)
            days = [ward.today() - timedelta(days=back) for back in range(1, 15)]
            for facts in facts_of_all(ward):
                for dose in doses_on(ward, facts, days):
                    quick = _is_left(ward, facts, dose)
                    assert quick == plainly_left(ward, facts, dose), dose
                    found.append(quick)
    finally:
        ward.store.close()
    assert {True, False} == set(found)


def test_a_drug_by_mouth_once_a_day_is_named_by_its_days_until_each_is_told(bench: Bench) -> None:
    """Mercaptopurine of Interim Maintenance: once daily, days 1 to 14 (register)."""
    in_interim(bench)

    def forgotten() -> list[str]:
        found = due_today(bench.ward, facts_of(bench.ward, bench.infant))
        return [one.text for one in found if one.mark == "unknown" and "mercaptop" in one.text]

    (before,) = forgotten()  # of Consolidation, day 8; day 1 of this course is today
    assert before == "nobody recorded what became of: 18-Sep-2026: mercaptopurine"
    bench.at(2026, 9, 22, 7, 0)
    (told,) = forgotten()
    assert told == "nobody recorded what became of: 20 and 21-Sep-2026: mercaptopurine"
    leave_out(bench, (COURSE, 1, "mercaptopurine", "PO or NG"))
    assert forgotten() == ["nobody recorded what became of: 21-Sep-2026: mercaptopurine"]
    leave_out(bench, (COURSE, 2, "mercaptopurine", "PO or NG"))
    assert forgotten() == []
