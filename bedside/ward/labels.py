"""The label of a preparation, filled from the facts: refused wherever its dosing sheet is refused.

A label sticks to a syringe or bag and leaves our hands, so it asks for more than a sheet does: every
number of its course is commissioned, and it is made only where it goes on record. The label of a vial
with a time limit is made when its clock runs: it says by when all of it has to be in.
"""

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from bedside.papers.day_sheet import Label, LabelKind
from bedside.papers.values import PaperHead
from bedside.protocol.drugs import route_words
from bedside.protocol.infusion import vial_clock
from bedside.protocol.model import Course
from bedside.store.records import DoseRecord
from bedside.units.dates import write_time
from bedside.units.refusal import Refused
from bedside.units.writer import write_amount, write_number
from bedside.ward.day_doses import day_doses
from bedside.ward.day_refusals import DayPapers, DueDose
from bedside.ward.day_sheets import kind_of, planned_hours
from bedside.ward.doses_on_papers import part_code, settled_doses, why_lineless
from bedside.ward.facts import InfantFacts
from bedside.ward.label_hold import doses_over, holds_late
from bedside.ward.label_time import latest_start_over, twice_words
from bedside.ward.orders import its_day_was
from bedside.ward.paper_keys import Administration
from bedside.ward.ward import Ward
from bedside.ward.weekly import weekly_words
from bedside.ward.worked import amount_given

NOT_COMMISSIONED = (
    "No label: two people of this site have not commissioned every number of {0}. A label is for "
    "giving from, and carries no unconfirmed dose."
)
NO_STUDY_NUMBER = (
    "No label: its square code names the infant by her study number, and none is entered. Enter it "
    "with Correct who she is."
)
NOT_ON_RECORD = "No label: this ward can only be read, and a label is always on record."


def check_label(
    ward: Ward, facts: InfantFacts, course: Course, of: Administration
) -> tuple[str, ...]:
    """Every reason why a label is refused now; empty when it may be printed."""
    with ward.store.reading() as connection:
        papers = DayPapers(ward, facts, connection)
        return label_reasons(ward, facts, papers, course, of)


def label_reasons(
    ward: Ward, facts: InfantFacts, papers: DayPapers, course: Course, of: Administration
) -> tuple[str, ...]:
    """As `check_label`, from what is already read."""
    found = papers.doses_of(course, of) if of.drug else ()
    timed = [due for due in found if due.plan.finish_within_minutes is not None]
    reasons: list[str] = []
    if not of.drug:
        reasons.append("A label is for one drug: name it.")
    if timed:
        reasons += papers.why_unsigned(timed[0])
        vial = _vial(facts, timed[0])
        if vial is not None:
            reasons += latest_start_over(ward, facts, vial)
        else:
            name = ward.drugs.display_name(of.drug)
            reasons.append(
                f"No vial of {name} is running for day {of.day}: start its clock when it is "
                "reconstituted, then print the label. It says by when all of it is in."
            )
    else:
        reasons += _why_not_of_day(ward, facts, papers, course, of)
    if found and not found[0].working.confirmed:
        reasons.append(NOT_COMMISSIONED.format(course.title))
    if not facts.enrolment.study_number.strip():
        reasons.append(NO_STUDY_NUMBER)
    if ward.read_only:
        reasons.append(NOT_ON_RECORD)
    return tuple(dict.fromkeys(reasons))


def _why_not_of_day(
    ward: Ward, facts: InfantFacts, papers: DayPapers, course: Course, of: Administration
) -> Iterator[str]:
    """As for its sheet; but a label of the evening outlives its day, and every record is counted."""
    found, against = papers.doses_of(course, of), papers.why_not(course, of)
    late = bool(found) and holds_late(ward, facts, found[0].dose)
    yield from (each for each in against if not late or each != its_day_was(found[0].dose))
    for due in found:
        doses = day_doses(ward, facts, due.dose, due.plan)
        lost = why_lineless(ward, facts, due.dose, doses)
        if lost:
            yield lost


def _vial(facts: InfantFacts, due: DueDose) -> DoseRecord | None:
    """The vial of this dose whose clock runs."""
    dose = due.dose
    for row in facts.doses:
        here = (row.course_key, row.course_day, row.drug) == (
            dose.course_key,
            dose.course_day,
            dose.drug,
        )
        if here and row.state == "vial running" and row.started_at is None:
            return row
    return None


def fill_label(
    ward: Ward, facts: InfantFacts, course: Course, of: Administration, head: PaperHead
) -> Label:
    """Fill the labels of one administration.

    Raises:
        Refused: with every reason; no label is made.
    """
    with ward.store.reading() as connection:
        papers = DayPapers(ward, facts, connection)
        reasons = label_reasons(ward, facts, papers, course, of)
        found = papers.doses_of(course, of)
    if reasons:
        raise Refused(*reasons)
    due = found[0]
    vial = _vial(facts, due)
    hours = tuple(_hour_words(ward, at) for _, at in planned_hours(ward, facts, due))
    count = len(hours) or due.working.doses_per_day or 1
    doses = day_doses(ward, facts, due.dose, due.plan)
    doses = doses if len(doses) == count else ()
    plain = Label(
        head=head,
        kind=_kind(ward, of, due),
        family=facts.infant.family,
        given=facts.infant.given,
        hospital_number=facts.infant.hospital_number,
        born=facts.infant.born,
        drug=ward.drugs.display_name(of.drug),
        final=_amount(facts, due, vial),
        route=route_words(of.route),
        volume=_volume(ward, due),
        course=course.title,
        day=of.day,
        on=due.dose.on,
        count=count,
        hours=hours,
        parts=tuple(part_code(one.of) for one in doses),
        settled=settled_doses(ward, facts, doses),
        over=doses_over(ward, due.dose, due.plan, doses),
        study_number=facts.enrolment.study_number,
        dose_id=due.order.order_id or 0,
        lasts="over 24 hours" if due.plan.continuous else "",
        rhythm=weekly_words(due.plan) if kind_of(ward, of, (due,)) == "mouth" else "",
    )
    return plain if vial is None else _timed(ward, plain, due, vial)


def _hour_words(ward: Ward, at: datetime) -> str:
    """For which time of the day a preparation is: "at 08:30", "02:30 summer" in the hour that comes twice."""
    half = twice_words(ward, at).removesuffix(" time")
    return f"{write_time(at)} {half}" if half else f"at {write_time(at)}"


def _kind(ward: Ward, of: Administration, due: DueDose) -> LabelKind:
    if due.plan.finish_within_minutes is not None:
        return "vial clock"
    kind = kind_of(ward, of, (due,))
    return kind if kind in ("intrathecal", "vinca") else "other"


def _amount(facts: InfantFacts, due: DueDose, vial: DoseRecord | None) -> str:
    amount = due.working.prepared if vial is None else amount_given(facts, vial)
    if amount is None:
        raise Refused("How much is in this preparation is not on record: no label is made.")
    return write_amount(amount)


def _volume(ward: Ward, due: DueDose) -> str:
    """How much of what is labelled: a bag, a volume, tablets; "" where the pharmacy states it."""
    bag = ward.drugs.drugs[due.dose.drug].minibag_ml
    if bag is not None:
        return f"{bag} mL bag"
    if due.working.tablets is not None:
        return f"{write_number(due.working.tablets)} tablets"
    volume = due.working.volume_ml
    return "" if volume is None else f"in {write_number(volume)} mL"


def _timed(ward: Ward, label: Label, due: DueDose, vial: DoseRecord) -> Label:
    """The label of a vial whose clock runs, with the time by when all of it is in."""
    allowed, within = due.plan.infusion_minutes, due.plan.finish_within_minutes
    if vial.reconstituted_at is None or vial.infusion_minutes is None:
        raise Refused("The vial has no time of reconstitution on record: no label is made.")
    if allowed is None or within is None:
        raise Refused("The infusion rule of this drug is not in the protocol file.")
    made = ward.local(vial.reconstituted_at)
    clock = vial_clock(made, vial.infusion_minutes, allowed=allowed, within=within)
    finish_by = ward.local(clock.finish_by)  # the clock may change before it
    return replace(
        label,
        count=1,
        finish_by=finish_by,
        made_at=made,
        minutes=vial.infusion_minutes,
        finish_hour=twice_words(ward, finish_by),
    )
