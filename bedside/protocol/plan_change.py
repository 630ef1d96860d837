"""What moves when a plan becomes another: compared before anything is saved.

Two projections of one protocol go in, the difference comes out: starts, doses by drug, intrathecal
sessions, start rules, the DLT period, the end of therapy, age bands, and days on which a vinca
alkaloid stands beside an intrathecal drug. A dose is the same dose in both plans when course,
course day, drug and route are the same.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from bedside.clinical.age import age_on
from bedside.protocol.drugs import INTRATHECAL, DrugNames
from bedside.protocol.model import Protocol
from bedside.protocol.projection import ProjectedDose, Projection
from bedside.protocol.separation import SeparationConflict, separation_conflicts
from bedside.protocol.site_values import AgeAnchor, SiteValues

DrugKey = tuple[str, str, str]  # course key, drug, route
DoseKey = tuple[str, int, str, str]  # course key, course day, drug, route
Bands = tuple[tuple[int, str], ...]  # completed calendar months from, and what holds from then on
DrugHold = tuple[str, str, date, date | None]  # course key, drug, first and last held day


class MovedStart(Struct, frozen=True):
    """A course whose day 1 moves; None where a plan has no date for it."""

    key: str
    title: str
    before: date | None
    after: date | None


class MovedSession(Struct, frozen=True):
    """An intrathecal session that moves; ``after`` is None where it falls away."""

    course_key: str
    title: str
    course_day: int
    drugs: tuple[str, ...]
    before: date | None
    after: date | None


class BandChange(Struct, frozen=True):
    """A dose whose age band on the anchor day is another one after the change."""

    course_key: str
    drug: str
    route: str
    anchor_before: date
    anchor_after: date
    before: str
    after: str


class PlanChange(Struct, frozen=True):
    """All that differs between two plans; everything is empty where nothing moves."""

    starts: tuple[MovedStart, ...]
    moved_doses: tuple[tuple[str, int], ...]  # drug, and on how many days; not intrathecal
    sessions: tuple[MovedSession, ...]
    start_rules: tuple[MovedStart, ...]
    dlt_closes: MovedStart | None
    end_of_therapy: tuple[date | None, date | None]
    gone: tuple[ProjectedDose, ...]  # in the plan before, not in the plan after
    new: tuple[ProjectedDose, ...]
    side_by_side: tuple[SeparationConflict, ...]  # vinca beside intrathecal, only after
    side_by_side_gone: tuple[SeparationConflict, ...]

    @property
    def is_empty(self) -> bool:
        """Whether both plans are the same."""
        moved = (self.starts, self.moved_doses, self.sessions, self.gone, self.new)
        return not any(moved)


def plan_change(
    protocol: Protocol,
    before: Projection,
    after: Projection,
    drugs: DrugNames,
) -> PlanChange:
    """Compare two plans of one protocol; age bands come from `band_changes`.

    Args:
        protocol: the protocol of both.
        before: the plan as it stands.
        after: the plan as it would be.
        drugs: the drug list, which says what is kept apart from intrathecal drugs.
    """
    old, new = _doses(before), _doses(after)
    starts = _starts(before, after)
    moved = Counter(  # by days; intrathecal sessions are counted by themselves
        drug
        for _, _, drug in {
            key[:3]
            for key, dose in old.items()
            if key in new and new[key].on != dose.on and key[3] != INTRATHECAL
        }
    )
    apart_before = _side_by_side(before, drugs)
    apart_after = _side_by_side(after, drugs)
    window = protocol.dlt_window
    closing = "" if window is None else window.closes_when_may_start
    ruled = {course.key for course in protocol.courses if course.start_rule is not None}
    return PlanChange(
        starts=starts,
        moved_doses=tuple(sorted(moved.items())),
        sessions=_sessions(before, after),
        start_rules=tuple(start for start in starts if start.key in ruled),
        dlt_closes=next((start for start in starts if start.key == closing), None),
        end_of_therapy=(before.end_of_therapy, after.end_of_therapy),
        gone=tuple(dose for key, dose in old.items() if key not in new),
        new=tuple(dose for key, dose in new.items() if key not in old),
        side_by_side=tuple(apart_after[key] for key in apart_after if key not in apart_before),
        side_by_side_gone=tuple(
            apart_before[key] for key in apart_before if key not in apart_after
        ),
    )


def without_held(projection: Projection, holds: Sequence[DrugHold]) -> Projection:
    """The plan without the doses that a hold of a single drug keeps from being given."""
    return replace(
        projection,
        courses=tuple(
            replace(
                course,
                doses=tuple(
                    dose for dose in course.doses if not any(_holds(hold, dose) for hold in holds)
                ),
            )
            for course in projection.courses
        ),
    )


def age_bands(protocol: Protocol, values: SiteValues) -> dict[DrugKey, Bands]:
    """The age bands of every drug that has some: the public ones, else the site's own."""
    found: dict[DrugKey, Bands] = {}
    for course in protocol.courses:
        for plan in course.drugs:
            key = (course.key, plan.drug, plan.route)
            own = values.dose_for(protocol.key, key)
            if plan.age_rule is not None:
                found[key] = tuple(
                    (band.from_month, str(band.factor)) for band in plan.age_rule.bands
                )
            elif own is not None and own.age_factors:
                found[key] = tuple((band.from_month, str(band.factor)) for band in own.age_factors)
            elif own is not None and own.by_age:
                found[key] = tuple(
                    (band.from_month, f"dose from {band.from_month} months") for band in own.by_age
                )
    return found


def band_changes(
    before: Projection,
    after: Projection,
    born: date,
    bands: Mapping[DrugKey, Bands],
    anchor: AgeAnchor = "course-day-1",
) -> tuple[BandChange, ...]:
    """Find the drugs whose band on the anchor day is another one after the change.

    Args:
        before: the plan as it stands.
        after: the plan as it would be.
        born: day of birth.
        bands: from `age_bands`.
        anchor: the day on which the site takes the age; of the diagnosis nothing ever changes.
    """
    if anchor == "diagnosis":
        return ()
    new = _doses(after)
    firsts = {course.key: course.start for course in after.courses}
    found: dict[DrugKey, BandChange] = {}
    for course in before.courses:
        for dose in course.doses:
            key = (dose.course_key, dose.drug, dose.route)
            later = new.get((dose.course_key, dose.course_day, dose.drug, dose.route))
            if later is None or key not in bands or key in found:
                continue
            by_dose = anchor == "dose-day"
            old_day = dose.on if by_dose else course.start
            new_day = later.on if by_dose else firsts[course.key]
            if old_day is None or new_day is None:
                continue
            was, would_be = _band(bands[key], born, old_day), _band(bands[key], born, new_day)
            if was != would_be:
                found[key] = BandChange(*key, old_day, new_day, was, would_be)
    return tuple(found.values())


def _band(bands: Bands, born: date, on: date) -> str:
    months = age_on(born, on).completed_months
    return [words for from_month, words in bands if from_month <= months][-1]


def _holds(hold: DrugHold, dose: ProjectedDose) -> bool:
    course_key, drug, since, until = hold
    same = (course_key, drug) == (dose.course_key, dose.drug)
    return same and since <= dose.on and (until is None or dose.on <= until)


def _doses(plan: Projection) -> dict[DoseKey, ProjectedDose]:
    return {
        (dose.course_key, dose.course_day, dose.drug, dose.route): dose
        for course in plan.courses
        for dose in course.doses
    }


def _starts(before: Projection, after: Projection) -> tuple[MovedStart, ...]:
    new = {course.key: course.start for course in after.courses}
    return tuple(
        MovedStart(course.key, course.title, course.start, new.get(course.key))
        for course in before.courses
        if course.start != new.get(course.key)
    )


def _sessions(before: Projection, after: Projection) -> tuple[MovedSession, ...]:
    old, new = _spinal(before), _spinal(after)
    titles = {course.key: course.title for course in (*before.courses, *after.courses)}
    found = []
    for key in dict.fromkeys((*old, *new)):
        was, would_be = old.get(key), new.get(key)
        if (was and was[0]) != (would_be and would_be[0]):
            drugs = (was or would_be or (None, ()))[1]
            found.append(
                MovedSession(
                    key[0],
                    titles[key[0]],
                    key[1],
                    drugs,
                    None if was is None else was[0],
                    None if would_be is None else would_be[0],
                )
            )
    return tuple(found)


def _spinal(plan: Projection) -> dict[tuple[str, int], tuple[date, tuple[str, ...]]]:
    found: dict[tuple[str, int], tuple[date, tuple[str, ...]]] = {}
    for course in plan.courses:
        for dose in course.doses:
            if dose.route == INTRATHECAL:
                key = (dose.course_key, dose.course_day)
                known = found.get(key, (dose.on, ()))
                found[key] = (dose.on, (*known[1], dose.drug))
    return found


def _side_by_side(
    plan: Projection, drugs: DrugNames
) -> dict[tuple[str, int, tuple[str, ...], tuple[str, ...]], SeparationConflict]:
    doses = [dose for course in plan.courses for dose in course.doses]
    return {
        (day.course_key, day.course_day, day.vinca, day.intrathecal): day
        for day in separation_conflicts(doses, drugs)
    }
