"""When one dose of a day was given, held against the planned hours: twice in a minute, too early, too near.

Decision: no source here says how near two doses of a drug may come, so no interval is invented. The
measure is the plan itself: the hours of its rule, or 24 hours shared by the doses of a day. Two in
one minute are the same dose recorded twice and refused; half of what the plan has between two is
asked, with its reason, which stands in the record (hazards H1, H45).
"""

from datetime import datetime, timedelta

from msgspec import Struct

from bedside.protocol.schedule import ProjectedDose
from bedside.store.records import DoseRecord
from bedside.units.dates import write_date_time
from bedside.units.refusal import Refused
from bedside.ward.day_doses import DayDose, of_words
from bedside.ward.due import plan_of
from bedside.ward.due_hours import given_at_of, wall_time
from bedside.ward.facts import InfantFacts
from bedside.ward.same_minute import minute_of
from bedside.ward.views.given import WHOLE_DAY
from bedside.ward.ward import Ward

_FAR = timedelta(days=2)  # what was given longer ago is no neighbour; saves reading each record
_ASK = "Read the time again. If it is true all the same, say why at this time."


class _Asked(Struct, frozen=True):
    """What is asked about a time, and how it stands in the record."""

    words: str
    kept: str


def check_time(
    ward: Ward,
    facts: InfantFacts,
    dose: ProjectedDose,
    one: DayDose | None,
    at: datetime,
    reason: str,
) -> str:
    """Hold the time of one dose of a day against its plan and the others of the drug.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        dose: the planned dose.
        one: which dose of the day; None or the whole day for a drug with one record a day.
        at: when it was given; aware.
        reason: why at this time; needed where it is asked only.

    Returns:
        What the record says of the time, with its reason; "" where there is nothing to ask.

    Raises:
        Refused: another dose of the drug was given in the same minute; or the time is asked and no
            reason is given.
    """
    if one is None or one.of == WHOLE_DAY:
        return ""
    others = _others(ward, facts, dose, at)
    for row, when in others:
        if minute_of(when) == minute_of(at):
            name = of_words(row)
            raise Refused(
                f"{name[:1].upper()}{name[1:]} is recorded as given {write_date_time(when)}, in the "
                "same minute: it is the same dose twice. Nothing was recorded. If both were given, "
                "type the time of each."
            )
    asked = [*_early(ward, facts, dose, one, at), *_near(facts, dose, one, at, others)]
    if not asked:
        return ""
    if not reason.strip():
        raise Refused(*(each.words for each in asked), _ASK)
    return f"time: {', '.join(each.kept for each in asked)}: {reason.strip()}"


def _others(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, at: datetime
) -> list[tuple[DoseRecord, datetime]]:
    """The other single doses of this drug by this route that were given about then, with their times."""
    rows = [
        row
        for of_day in facts.of_day.values()
        for row in of_day
        if (row.drug, row.route, row.state) == (dose.drug, dose.route, "given")
        and abs(row.due_on - at.date()) <= _FAR
    ]
    timed = [(row, given_at_of(ward, facts, row)) for row in rows]
    return [(row, when) for row, when in timed if when is not None]


def _early(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, one: DayDose, at: datetime
) -> list[_Asked]:
    """Given nearer to the hour before than to its own: by the hours that the site entered."""
    rule = plan_of(facts, dose).hours
    apart = None if rule is None else rule.every or rule.first
    if one.at is None or apart is None:
        return []
    early = one.at - at
    if early * 2 <= timedelta(hours=apart):
        return []
    its = f"{one.words} ({wall_time(ward, one.at)})"
    return [
        _Asked(
            f"{span_words(early)} before {its}, more than half of the {apart} h that the plan has "
            "before it.",
            f"{span_words(early)} before its hour {wall_time(ward, one.at)}",
        )
    ]


def _near(
    facts: InfantFacts,
    dose: ProjectedDose,
    one: DayDose,
    at: datetime,
    others: list[tuple[DoseRecord, datetime]],
) -> list[_Asked]:
    """The nearest dose before or after, where it is under half as far off as the plan has them."""
    if not others:
        return []
    row, when = min(others, key=lambda other: abs(other[1] - at))
    between = abs(when - at)
    apart, reckoned = _planned_apart(facts, dose, one, row)
    if apart is None or between * 2 >= apart:
        return []
    side = "after" if when < at else "before"
    told = f"{span_words(between)} {side} {of_words(row)}"
    return [
        _Asked(
            f"{told}, given {write_date_time(when)}. {reckoned}, and less than half of that, "
            f"{span_words(apart / 2)}, is asked.",
            told,
        )
    ]


def _planned_apart(
    facts: InfantFacts, dose: ProjectedDose, one: DayDose, row: DoseRecord
) -> tuple[timedelta | None, str]:
    """How far two doses are apart by the plan, and how that is reckoned."""
    if one.of.hour is not None and row.hour is not None:
        hours = abs(one.of.hour - row.hour)
        return timedelta(hours=hours), f"By the plan's hours they are {hours} h apart"
    if one.of.turn is not None:
        each = timedelta(hours=24) / one.many
        return each, (
            f"{one.many} doses a day are {span_words(each)} apart on average (24 h / {one.many})"
        )
    rule = plan_of(facts, dose).hours
    if rule is None or rule.every is None:
        return None, ""
    return timedelta(hours=rule.every), f"By the plan's hours there are {rule.every} h between two"


def span_words(span: timedelta) -> str:
    """A length of time in hours and minutes: "8 h 55 min"."""
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    said = [f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes or not hours)
    return " ".join(said)
