"""Azacitidine given while Bedside could not be used: from the paper, with the times that stand on it.

Three times are told apart as everywhere: planned (the day), given (typed from the paper), recorded
(now). The vial's own times are kept, too, and the 45 minutes are judged on them; an infusion that was
too short or ended too late is recorded as such. It names the two people of the paper check and why it
was on paper, and never counts as a blind check.
"""

from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from bedside.protocol.schedule import ProjectedDose
from bedside.store.records import DoseRecord
from bedside.units.dates import write_date, write_date_time, write_time
from bedside.units.quantities import DrugAmount
from bedside.units.refusal import Refused
from bedside.ward.due import dose_record
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.given_doses import keep_basis
from bedside.ward.giving import DRUG, ROUTE, micrograms
from bedside.ward.giving_gate import check_paper, keep_giving
from bedside.ward.meant_dose import check_amount, meant_dose
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.standing import projection_of
from bedside.ward.two_identifiers import check_identifiers
from bedside.ward.vial_before_order import joined
from bedside.ward.vial_clocks import clock_plan
from bedside.ward.views.given import GivenAs, GivenBy, PaperCheck
from bedside.ward.ward import Ward
from bedside.ward.worked import worked_dose

MOST_MG = 100  # of one dose of an infant: one vial always suffices (hazard H2)


class PaperInfusion(Struct, frozen=True):
    """An infusion as it stands on the paper; every time aware.

    ``reason`` says why the amount is not what is worked out for the day, "" where it is; the second
    person read a far amount, too; ``again`` is the amount typed a second time, where nothing is there
    to compare it with.
    """

    reconstituted_at: datetime
    started_at: datetime
    finished_at: datetime
    amount: DrugAmount
    reason: str = ""
    second_person: str = ""
    again: DrugAmount | None = None


class PaperDay(Struct, frozen=True):
    """A planned day of a block that was opened, and that may have been given on paper."""

    course_key: str
    day: int
    words: str  # "EPI #1 day 2, 20-Nov-2026"
    worked: DrugAmount | None
    steps: tuple[str, ...]
    compared: str = ""  # "15.5 mg was worked out"; "" where nothing is there to compare with


def paper_days(ward: Ward, infant_id: int) -> tuple[PaperDay, ...]:
    """The azacitidine days up to today that nobody has recorded, the latest first."""
    facts = facts_of(ward, infant_id)
    found = []
    for dose in _planned(ward, facts):
        if dose.on > ward.today() or not _is_open(facts, dose):
            continue
        working = worked_dose(ward, facts, dose)
        title = facts.protocol.course(dose.course_key).title
        words = f"{title} day {dose.course_day}, {write_date(dose.on)}"
        found.append(
            PaperDay(
                dose.course_key,
                dose.course_day,
                words,
                working.prepared,
                working.steps,
                meant_dose(ward, facts, dose, working.prepared).words,
            )
        )
    return tuple(reversed(found))


@one_act
def record_paper_infusion(
    ward: Ward,
    infant_id: int,
    planned: tuple[str, int],
    given: PaperInfusion,
    by: GivenBy,
    *,
    who: str,
) -> int:
    """Record one azacitidine day from paper, signed as given.

    Args:
        ward: the ward.
        infant_id: the infant.
        planned: course key and course day.
        given: times and amount off the paper.
        by: who signs, what she read off the band, and the two people of the paper check.
        who: who records it.

    Raises:
        Refused: the day is not planned or is recorded already, a vial of it runs here, a time
            cannot be meant, the amount is no infant's or not what was meant without a reason, it is
            far from that and no second person is named, nothing is there to compare it with and it
            was not typed twice, the identifiers are not hers, or the check on paper is not whole.
            Nothing is recorded.
    """
    who = named(who)
    facts = facts_of(ward, infant_id)
    dose = _dose(ward, facts, planned)
    worked = worked_dose(ward, facts, dose).prepared
    faults = [*_time_faults(ward, dose, given), *_amount_faults(given)]
    if faults:
        raise Refused(*faults)
    as_given = GivenAs(given.amount, given.reason, given.second_person, given.again)
    reason = check_amount(ward, meant_dose(ward, facts, dose, worked), as_given, by, who)
    given, as_given = replace(given, reason=reason), replace(as_given, reason=reason)
    check_identifiers(ward, infant_id, by.identifiers)
    paper = by.paper or PaperCheck("", "", "")
    check_paper(paper)
    with ward.store.change(who, "recorded an infusion from paper", ward.now()) as change:
        row_id = change.add(DoseRecord, **_columns(ward, facts, dose, given))
        keep_basis(change, ward, facts, (row_id, dose), as_given, worked)
        key, times = (dose.course_key, dose.course_day, DRUG, ROUTE), (dose.on, given.started_at)
        keep_giving(change, ward, infant_id, key, times, replace(by, paper=paper), None)
        return row_id


def _columns(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, given: PaperInfusion
) -> dict[str, object]:
    """An infusion off the paper as the store keeps it."""
    weight = facts.weight(given.started_at)
    return {
        "infant_id": facts.infant.id,
        "course_key": dose.course_key,
        "course_day": dose.course_day,
        "due_on": dose.on,
        "drug": DRUG,
        "route": ROUTE,
        "state": "given",
        "amount_ug": micrograms(given.amount),
        "measurement_id": None if weight is None else weight.id,
        "reconstituted_at": given.reconstituted_at,
        "infusion_minutes": _minutes(given),
        "started_at": given.started_at,
        "finished_at": given.finished_at,
        "note": _note(ward, facts, dose, given),
    }


def _planned(ward: Ward, facts: InfantFacts) -> list[ProjectedDose]:
    return [
        dose
        for course in projection_of(ward, facts).courses
        if facts.start_of(course.key) is not None
        for dose in course.doses
        if (dose.drug, dose.route) == (DRUG, ROUTE)
    ]


def _is_open(facts: InfantFacts, dose: ProjectedDose) -> bool:
    record = dose_record(facts, dose)
    return record is None or record.state == "vial lost"


def _dose(ward: Ward, facts: InfantFacts, planned: tuple[str, int]) -> ProjectedDose:
    found = [
        dose for dose in _planned(ward, facts) if (dose.course_key, dose.course_day) == planned
    ]
    if not found:
        raise Refused("Azacitidine is not planned on this day of a block that was opened.")
    record = dose_record(facts, found[0])
    if record is not None and record.state == "vial running":
        raise Refused("A vial of this day runs here: record its end, or discard it, first.")
    if not _is_open(facts, found[0]):
        raise Refused(f"Azacitidine of day {planned[1]} is recorded already.")
    return found[0]


def _time_faults(ward: Ward, dose: ProjectedDose, given: PaperInfusion) -> list[str]:
    now = ward.now() + timedelta(minutes=1)
    faults = []
    if given.finished_at > now:
        when = write_date_time(ward.local(given.finished_at))
        faults.append(f"{when} lies in the future: check the end of the infusion.")
    if not given.reconstituted_at <= given.started_at < given.finished_at:
        faults.append(
            "The times follow one another: reconstituted, started, finished. Check them against "
            "the paper."
        )
    on = ward.local(given.started_at).date()
    if not faults and on != dose.on:
        faults.append(
            f"Day {dose.course_day} is {write_date(dose.on)}; the infusion is said to have begun on "
            f"{write_date(on)}: check day and date."
        )
    return faults


def _amount_faults(given: PaperInfusion) -> list[str]:
    amount = given.amount
    if amount.unit != "mg" or not 0 < amount.value <= MOST_MG:
        return [f"Type how much was given, in mg: more than 0 and at most {MOST_MG}, one vial."]
    return []


def _minutes(given: PaperInfusion) -> int:
    return int((given.finished_at - given.started_at).total_seconds() // 60)


def _note(ward: Ward, facts: InfantFacts, dose: ProjectedDose, given: PaperInfusion) -> str:
    """What of the protocol's own times was not kept; recorded as such, never hidden."""
    plan = clock_plan(facts.protocol.course(dose.course_key), DRUG, ROUTE)
    took, note = _minutes(given), "from paper"
    if plan.infusion_minutes is not None:
        least, most = plan.infusion_minutes
        if not least <= took <= most:
            note = joined(note, f"took {took} min, allowed {least} to {most}")
    if plan.finish_within_minutes is not None:
        limit = given.reconstituted_at + timedelta(minutes=plan.finish_within_minutes)
        if given.finished_at > limit:
            ended = write_time(ward.local(given.finished_at))
            over = f"ended {ended}, after the limit of {write_time(ward.local(limit))}"
            note = joined(note, over)
    return joined(note, given.reason.strip())
