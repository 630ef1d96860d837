"""Until when the hours of a rescue are named beyond its planned days: until a low enough level is on record.

Decision: an end is never guessed. Without a level below the limit that two people entered the hours
are named on, each with its question, until the other drug begins again or the next course begins; so
they are where no limit is entered, as no public source states one.
"""

from datetime import datetime, timedelta

from msgspec import Struct

from bedside.protocol.drugs import display_name
from bedside.protocol.hours import HourRule
from bedside.store.laboratory_records import LabResult
from bedside.store.queries import of_infant
from bedside.units.writer import write_number
from bedside.ward.facts import InfantFacts
from bedside.ward.ward import Ward

_UNIT = "umol/L"


class RescueEnd(Struct, frozen=True):
    """The level that ends a rescue: when its blood was taken, and when it came on record.

    An hour between the two may have been given: it can still be recorded, and is not named as due.
    """

    taken_at: datetime
    recorded_at: datetime


def rescue_end(ward: Ward, facts: InfantFacts, rule: HourRule, began: datetime) -> RescueEnd | None:
    """The level below the limit of a rule; None while none is on record, or the newest is not below.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        rule: the rule, with its first hour and its limit in µmol/L.
        began: when the other drug began. A level counts from the first hour of the rule on: one
            from before the infusion is low, too, and ends no rescue.
    """
    if rule.first is None or rule.until is None:
        return None
    with ward.store.reading() as connection:
        rows = of_infant(connection, LabResult, facts.infant.id)
    from_hour = began + timedelta(hours=rule.first)
    end = None
    for row in sorted(rows, key=lambda row: (row.taken_at, row.id)):
        if row.analyte != rule.after or row.kept is None or row.kept_unit != _UNIT:
            continue
        if row.taken_at < from_hour:
            continue
        below = row.kept <= rule.until if row.comparator == "<" else row.kept < rule.until
        if row.comparator == ">" or not below:
            end = None  # risen again: the rescue goes on
        elif end is None:
            end = RescueEnd(ward.local(row.taken_at), ward.local(row.recorded_at))
    return end


def named_until(rule: HourRule) -> str:
    """Until when the hours beyond the planned days are named, and why no earlier end is."""
    name = display_name(rule.after)
    next_one = f"{name} begins again or the next course begins"
    if rule.until is None:
        return f"at which level of {name} it ends is not entered here: named until {next_one}"
    limit = f"{write_number(rule.until)} µmol/L"
    return (
        f"named until a {name} level below {limit}, taken from hour {rule.first} on, is recorded, "
        f"{next_one}"
    )
