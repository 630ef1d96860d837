"""A stop that a count asked for and nobody recorded: named until the counts allow a resumption.

The rule reads the newest counts and the doses that are recorded. An infant whose drug was stopped at
the bedside, and not here, would look like one who took it all the time: halved where the rule of a
stopped drug still waits. No rule says what follows a stop that was missed, so nothing is decided.
"""

from datetime import date

from bedside.protocol.drugs import display_name
from bedside.protocol.maintenance import MaintenanceRule
from bedside.protocol.titration_facts import Checks, History
from bedside.protocol.titration_zone import Zone, zone_of
from bedside.units.dates import write_date


def unanswered_stop(rule: MaintenanceRule, checks: Checks, history: History) -> str:
    """Say that a stop was due and none is recorded; "" where there is none to name.

    Args:
        rule: the rule.
        checks: the checks up to the day.
        history: the doses of one drug up to the day, of which at least one.
    """
    name, due = display_name(history.drug.drug), ""
    for check in checks.after(
        history.entries[-1][0]
    ):  # a dose decided on the day answers its count
        zone = _on(rule, checks, check.on)
        if zone.may_resume and check is not checks.newest:
            due = ""  # a stopped drug would have been resumed by then
        elif zone.stop and not due:
            due = (
                f"A stop of {name} was due on {write_date(check.on)} and none is recorded: "
                f"{' '.join(zone.stop)} If it was stopped, record the stop first: for "
                "a stopped drug the rule proposes otherwise."
            )
    return due


def _on(rule: MaintenanceRule, checks: Checks, on: date) -> Zone:
    """What the counts of a day asked for on that day."""
    return zone_of(rule, Checks(tuple(day for day in checks.days if day.on <= on)), on)
