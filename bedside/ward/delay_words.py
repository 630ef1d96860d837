"""What a hold or a delay moves, in words: one row for each start and intrathecal session."""

from datetime import date

from bedside.protocol.drugs import INTRATHECAL, DrugNames, route_words
from bedside.protocol.plan_change import BandChange, PlanChange
from bedside.protocol.projection import Projection
from bedside.protocol.separation import SeparationConflict
from bedside.units.dates import write_date
from bedside.ward.facts import InfantFacts
from bedside.ward.timeline_open import why_no_end
from bedside.ward.ward import Ward

Move = tuple[str, str, str, str, str, str]
Line = tuple[str, str, str]  # course key, drug, route
_UNKNOWN = "unknown"


def summary_words(change: PlanChange, drugs: DrugNames) -> str:
    """How much would move, counted; and which planned doses would fall away."""
    parts = [
        _count(sum(number for _, number in change.moved_doses), "drug day"),
        _count(len(change.sessions), "intrathecal session"),
        _count(len(change.start_rules), "start rule"),
    ]
    gone = _gone(change, drugs)
    if not (change.moved_doses or change.sessions or change.start_rules):
        return f"No date would move.{gone}"
    return f"{parts[0]}, {parts[1]} and {parts[2]} would move.{gone}"


def _gone(change: PlanChange, drugs: DrugNames) -> str:
    """The planned doses that would fall away: how many, of which drugs, from when to when."""
    if not change.gone:
        return ""
    days: dict[tuple[str, str], list[date]] = {}
    for dose in change.gone:
        days.setdefault((dose.drug, dose.route), []).append(dose.on)
    named = []
    for (drug, route), dates in days.items():
        first, last = write_date(min(dates)), write_date(max(dates))
        when = first if first == last else f"{first} to {last}"
        named.append(f"{drugs.display_name(drug)} {route_words(route)}, {when}")
    return f" {_count(len(change.gone), 'planned dose')} would fall away: {'; '.join(named)}."


def unseen_words(ward: Ward, facts: InfantFacts, course_key: str, drug: str = "") -> str:
    """What cannot be shown because days are not public; "" where every day is known.

    Args:
        ward: the ward.
        facts: the infant's facts.
        course_key: the course that is held or delayed.
        drug: the drug that is held; "" for the whole course.
    """
    course = facts.protocol.course(course_key)
    concerned = [plan for plan in course.drugs if drug in ("", plan.drug)]
    missing = [plan.drug for plan in concerned if not plan.days.scheduled]
    if not missing:
        return ""
    names = ", ".join(ward.drugs.display_name(name) for name in dict.fromkeys(missing))
    which = "its drugs" if len(missing) == len(course.drugs) else names
    return (
        f"{course.title}: the days of {which} are not public, so what would move in it cannot be "
        "shown. The hold is kept with its reason all the same; the site enters the days."
    )


def moves(
    ward: Ward,
    facts: InfantFacts,
    change: PlanChange,
    why_gone: str,
    plans: tuple[Projection, Projection],
    line: Line | None = None,
) -> tuple[Move, ...]:
    """A row for every course start, intrathecal session, drug that moves, and dose that falls away."""
    rows: list[Move] = [
        (
            "Courses",
            start.title,
            _on(start.before),
            _on(start.after),
            _days(start.before, start.after),
            "",
        )
        for start in change.starts
    ]
    beside = {day.on: day.vinca for day in change.side_by_side}
    for session in change.sessions:
        names = ", ".join(ward.drugs.display_name(drug) for drug in session.drugs)
        vinca = () if session.after is None else beside.get(session.after, ())
        if vinca:
            names += "; same day as " + ", ".join(ward.drugs.display_name(name) for name in vinca)
        label = f"{session.title} day {session.course_day}"
        offset = facts.protocol.course(session.course_key).second_label_offset
        if offset:
            label += f" (paper: day {session.course_day + offset})"
        by = _days(session.before, session.after)
        after = "falls away" if session.after is None else _on(session.after)
        rows.append(("Intrathecals", label, _on(session.before), after, by, names))
    each = [] if line is None else _each_dose(ward, plans, line)
    rows += each
    rows += [
        ("Drug days that move", ward.drugs.display_name(drug), "", "", "", _count(left, "day"))
        for drug, number in change.moved_doses
        if (left := number - (len(each) if line is not None and drug == line[1] else 0)) > 0
    ]
    return (*rows, *_fallen(ward, change, why_gone))


def _each_dose(ward: Ward, plans: tuple[Projection, Projection], line: Line) -> list[Move]:
    """A row for every dose of one line that moves; intrathecal sessions have their own."""
    _, drug, route = line
    if route == INTRATHECAL:
        return []
    before, after = (
        {
            dose.course_day: dose.on
            for course in plan.courses
            for dose in course.doses
            if (dose.course_key, dose.drug, dose.route) == line
        }
        for plan in plans
    )
    name = f"{ward.drugs.display_name(drug)} {route}"
    return [
        ("Doses", f"{name}, day {day}", _on(on), _on(after[day]), _days(on, after[day]), "")
        for day, on in before.items()
        if day in after and after[day] != on
    ]


def _fallen(ward: Ward, change: PlanChange, why_gone: str) -> list[Move]:
    """A row for every planned dose that falls away."""
    why = why_gone or "after the end of therapy, or the course is left before"
    return [
        (
            "Falls away",
            f"{ward.drugs.display_name(dose.drug)} {dose.route}, day {dose.course_day}",
            _on(dose.on),
            "not planned",
            "",
            why,
        )
        for dose in change.gone
    ]


def also_words(
    ward: Ward,
    facts: InfantFacts,
    plans: tuple[Projection, Projection],
    change: PlanChange,
    bands: tuple[BandChange, ...],
) -> tuple[tuple[str, str], ...]:
    """What is not a date of its own: age bands, the DLT period, the end of therapy, start rules."""
    said = [_band(ward, facts, band) for band in bands]
    if not bands:
        said.append(("Age bands: no known band changes", _no_band(ward, facts)))
    said += _dlt(facts, change)
    said.append(_end(facts, plans, change))
    said += [
        (f"Vinca beside intrathecal on {write_date(day.on)}", day.words)
        for day in change.side_by_side
    ]
    said += [
        (
            f"{write_date(day.on)}: vinca no longer beside intrathecal",
            _apart_now(ward, change, day),
        )
        for day in change.side_by_side_gone
    ]
    if change.start_rules:
        rules = "\n".join(
            f"{start.title}: {_on(start.after)}, was {_on(start.before)}."
            for start in change.start_rules
        )
        said.append(("Start rules are judged on other days, on the counts of then", rules))
    return tuple(said)


def _apart_now(ward: Ward, change: PlanChange, day: SeparationConflict) -> str:
    """Why a vinca alkaloid and intrathecal drugs stand apart: one of them falls away, or moved."""
    gone = dict.fromkeys(
        f"{ward.drugs.display_name(dose.drug)} {route_words(dose.route)}"
        for dose in change.gone
        if (dose.course_key, dose.course_day) == (day.course_key, day.course_day)
        if dose.drug in day.vinca or dose.route == INTRATHECAL
    )
    if not gone:
        return "They stand on different days after the change."
    return f"Not planned any more on that day: {', '.join(gone)}."


def _band(ward: Ward, facts: InfantFacts, band: BandChange) -> tuple[str, str]:
    name = ward.drugs.display_name(band.drug)
    title = facts.protocol.course(band.course_key).title
    return (
        f"Age band of {name} in {title}: {band.before} becomes {band.after}",
        f"The age is taken on {write_date(band.anchor_after)}, was {write_date(band.anchor_before)}.",
    )


def _no_band(ward: Ward, facts: InfantFacts) -> str:
    anchors = {"course-day-1": "day 1 of the course", "dose-day": "the day of the dose"}
    return f"The age is taken on {anchors.get(ward.values_for(facts.protocol.key).age_anchor, 'the day of diagnosis')}."


def _dlt(facts: InfantFacts, change: PlanChange) -> list[tuple[str, str]]:
    closes, window = change.dlt_closes, facts.protocol.dlt_window
    if closes is None or window is None or facts.enrolment.kmt2a == "germline":
        return []
    moved = _days(closes.before, closes.after) or "its end is not known"
    opens = [start for start in change.starts if start.key == window.opens_on_day_1_of]
    title, also = f"DLT period closes: {moved}", ""
    if opens and opens[0].before != opens[0].after:
        title = f"DLT period opens: {_days(opens[0].before, opens[0].after)}; closes: {moved}"
        also = (
            f"Opens on day 1 of {opens[0].title}: {_on(opens[0].after)}, was "
            f"{_on(opens[0].before)}. "
        )
    return [
        (
            title,
            f"{also}Closes when {closes.title} may start: projected {_on(closes.after)}, "
            f"was {_on(closes.before)}.",
        )
    ]


def _end(
    facts: InfantFacts, plans: tuple[Projection, Projection], change: PlanChange
) -> tuple[str, str]:
    before, after = change.end_of_therapy
    if after is None:
        return ("End of therapy: unknown", why_no_end(facts))
    if before != after:
        return (f"End of therapy: {_on(after)}", f"It was {_on(before)}.")
    last = plans[1].courses[-1]
    was = plans[0].courses[-1]
    if last.start is None or was.start in (None, last.start):
        return (f"End of therapy: stays {_on(after)}", "Counted from the start of Induction.")
    return (
        f"End of therapy: stays {_on(after)}",
        f"Counted from the start of Induction. {last.title} has {(after - last.start).days} days, "
        f"was {(after - was.start).days}.",
    )


def _days(before: date | None, after: date | None) -> str:
    if before is None or after is None:
        return ""
    days = (after - before).days
    return f"{'+' if days > 0 else '−'}{_count(abs(days), 'day')}"


def _on(day: date | None) -> str:
    return _UNKNOWN if day is None else write_date(day)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
