"""A stop that a count asked for and nobody recorded: named until the counts allow a resumption.

The rule reads the newest counts and the doses that are recorded. An infant whose drug was stopped at
the bedside, and not here, would look like one who took it all the time: halved where the rule of a
stopped drug still waits. No rule says what follows a stop that was missed, so nothing is decided.
"""

from datetime import date, timedelta

from bedside.protocol.drugs import display_name
from bedside.protocol.maintenance import MaintenanceRule
from bedside.protocol.titration_facts import Checks, History
from bedside.protocol.titration_zone import MEASURES, Zone, zone_of
from bedside.units.bounds import Bound, at_most, write_seen
from bedside.units.dates import write_date
from bedside.units.writer import write_count

_DAY = timedelta(days=1)
_UNKNOWN = "Whether to stop"
_FIRST = "If it was stopped, record the stop first: for a stopped drug the rule proposes otherwise."


def unanswered_stop(rule: MaintenanceRule, checks: Checks, history: History) -> str:
    """Say that a stop was due, or not known to be, and none is recorded; "" where there is none to name.

    Args:
        rule: the rule.
        checks: the checks up to the day.
        history: the doses of one drug up to the day, of which at least one.
    """
    name, due = display_name(history.drug.drug), ""
    answered = history.entries[-1][0]
    # a dose of the day itself may have been decided in the morning, before its count was known
    for check in checks.after(answered - _DAY):
        zone = _on(rule, checks, check.on)
        doubt = _doubt(rule, checks, check.on)
        if zone.may_resume and check is not checks.newest:
            due = ""  # a stopped drug would have been resumed by then
        elif due and not due.startswith(_UNKNOWN):
            continue
        elif zone.stop:
            due = (
                f"A stop of {name} was due on {write_date(check.on)} and none is recorded: "
                f"{' '.join(zone.stop)} {_FIRST}"
            )
        elif doubt and not due:
            due = (
                f"{_UNKNOWN} {name} on {write_date(check.on)} was not known and none is recorded: "
                f"{doubt} {_FIRST}"
            )
    return due


def _doubt(rule: MaintenanceRule, checks: Checks, on: date) -> str:
    """The bounds of a day that do not tell whether to stop, in words; "" where there is none."""
    limits = (rule.stop.anc_at_most, rule.stop.platelets_at_most)
    said = []
    for (name, measure), limit in zip(MEASURES, limits, strict=True):
        seen = dict(checks.known(measure)).get(on)
        if isinstance(seen, Bound) and at_most(seen, limit) is None:
            said.append(f"{name} {write_seen(seen)}: stop at {write_count(limit)} at most.")
    return " ".join(said)


def _on(rule: MaintenanceRule, checks: Checks, on: date) -> Zone:
    """What the counts of a day asked for on that day."""
    return zone_of(rule, Checks(tuple(day for day in checks.days if day.on <= on)), on)
