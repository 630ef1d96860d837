"""MRD time points and the transplant on the timeline: what is recorded, what is still to come.

No day of a time point is public: a missing one stands where the course ends that its title names.
"""

from datetime import date

from bedside.protocol.mrd import METHODS
from bedside.protocol.risk_model import MrdPoint
from bedside.store.risk_records import MrdLevel
from bedside.units.dates import write_date
from bedside.units.writer import write_number
from bedside.ward.facts import InfantFacts
from bedside.ward.risk_facts import DONE, fact
from bedside.ward.standing import Standing
from bedside.ward.transplant_facts import indication_of, limit_of, result_of
from bedside.ward.views.timeline import EventState, TimelineCourse, TimelineEvent

Found = tuple[tuple[TimelineEvent, ...], tuple[tuple[str, str], ...]]
_NO_POINT = "the MRD time points of this protocol are not public: none is planned here"


def milestones(
    facts: InfantFacts, standing: Standing, bands: tuple[TimelineCourse, ...], today: date
) -> Found:
    """The marks of MRD and transplant, and by kind what has no date.

    Args:
        facts: the infant.
        standing: where she stands.
        bands: the courses that have a date.
        today: whether a missing result is still to come.
    """
    mrd, open_mrd = _mrd(facts, bands, today)
    transplant, open_transplant = _transplant(facts, standing, today)
    return (*mrd, *transplant), (*open_mrd, *open_transplant)


def _mrd(facts: InfantFacts, bands: tuple[TimelineCourse, ...], today: date) -> Found:
    points = facts.protocol.strata.mrd_points
    if not points:
        return (), (("MRD", _NO_POINT),)
    found, undated = [], []
    for point in points:
        row = next((row for row in facts.mrd if row.point == point.key), None)
        if row is not None:
            found.append(_result(row, point))
            continue
        ends = _ends_with(point, bands)
        if ends is None:
            undated.append(("MRD", f"{point.title}: no result is recorded, and no date is known"))
            continue
        title, on = ends
        state: EventState = "planned" if on >= today else "missing"
        words = (
            f"MRD, {point.title}: no result is recorded. Its day is not public; {title} "
            f"{'ends' if on >= today else 'was over'} on {write_date(on)}"
        )
        short = "planned" if state == "planned" else "not recorded"
        found.append(TimelineEvent("MRD", on, None, words, state=state, short=short))
    return tuple(found), tuple(undated)


def _result(row: MrdLevel, point: MrdPoint) -> TimelineEvent:
    result, limit = result_of(row), limit_of(row)
    method = dict(METHODS).get(row.method, row.method)
    seen = "limit of detection not recorded" if limit is None else f"sees {limit:f}"
    words = f"MRD, {point.title}, {write_date(row.taken_on)}: {result.words}, {method}, {seen}"
    short: str = result.kind
    if result.fraction is not None:
        below = "below " if result.kind == "below" else ""
        short = f"{below}{write_number(result.fraction * 100)} %"
    return TimelineEvent("MRD", row.taken_on, None, words, state="done", short=short)


def _ends_with(point: MrdPoint, bands: tuple[TimelineCourse, ...]) -> tuple[str, date] | None:
    """The course at whose end the time point lies, and that end; None where it has no date."""
    ending = [band for band in bands if band.key in point.after]
    if not ending:
        return None
    band = ending[-1]
    if band.open_until is None:
        return None if band.certainty.startswith("not before") else (band.title, band.end)
    # its length is not public: over on the day before the next course, or not known
    return None if band is bands[-1] else (band.title, band.open_until)


def _transplant(facts: InfantFacts, standing: Standing, today: date) -> Found:
    rule, row = facts.protocol.strata.transplant, fact(facts, "transplant")
    indication = indication_of(facts)
    if rule is None or indication is None:
        return (), ()
    said = {True: "indicated", False: "not indicated", None: "not yet known"}[indication.indicated]
    if row is not None:
        done = row.word == DONE
        words = "Transplant done" if done else "Not to be transplanted, decided"
        words = f"{words} on {write_date(row.on_day)}; by the rule {said}: {indication.because}"
        state: EventState = "done" if done else "not to be done"
        event = TimelineEvent("transplant", row.on_day, None, words, state=state, short=state)
        return (event,), ()
    if indication.indicated is False:
        return (), (("transplant", f"{said}: {indication.because}"),)
    words = f"Transplant {said}: {indication.because}; neither done nor ruled out is recorded"
    before = standing.projected(rule.before)
    if before is None or before.start is None:
        return (), (("transplant", words),)
    state = "planned" if before.start >= today else "missing"
    words = f"{words}. {before.title} would begin on {write_date(before.start)}"
    return (TimelineEvent("transplant", before.start, None, words, state=state, short=said),), ()
