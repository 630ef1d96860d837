"""Reduced doses: shown before and after, recorded with who ordered it and why, ended, never erased."""

from decimal import Decimal

from bedside.protocol.doses import DoseWorking
from bedside.protocol.modification import WHOLE
from bedside.protocol.reductions import Reduction, share_of_standard
from bedside.protocol.schedule import ProjectedDose
from bedside.store.dose_records import DoseReduction
from bedside.store.queries import of_infant
from bedside.units.dates import write_date, write_date_time
from bedside.units.refusal import Refused
from bedside.units.writer import write_amount, write_number
from bedside.ward.deciding_physician import why_ordered_by_another
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.infants import banner_of
from bedside.ward.one_act import one_act
from bedside.ward.order_ending import changing_doses
from bedside.ward.people import named
from bedside.ward.standing import projection_of, standing_of
from bedside.ward.views.reductions import (
    DoseChange,
    NewReduction,
    ReductionForm,
    ReductionRow,
    ReductionView,
)
from bedside.ward.ward import Ward
from bedside.ward.worked import as_reduction, is_public, reductions_of, worked_dose

LONGEST_SHARE = 12  # letters the file keeps of a percentage, e.g. 42.187500000
LONGEST_REASON = 500


def reduction_form(ward: Ward, infant_id: int) -> ReductionForm:
    """What can be reduced for an infant, and every reduction recorded, ended ones too."""
    facts = facts_of(ward, infant_id)
    standing = standing_of(ward, facts)
    courses = [one for one in (standing.running, standing.next) if one is not None]
    day = 1 if standing.day is None else max(1, standing.day)
    with ward.store.reading() as connection:
        rows = of_infant(connection, DoseReduction, infant_id, include_void=True)
    return ReductionForm(
        banner=banner_of(ward, facts),
        courses=tuple(
            (course.key, course.title, day if course is standing.running else 1)
            for course in courses
        ),
        drugs=tuple(
            (course.key, drug, ward.drugs.display_name(drug))
            for course in courses
            for drug in dict.fromkeys(plan.drug for plan in course.drugs)
        ),
        rows=tuple(
            _row(ward, facts, row)
            for row in sorted(rows, key=lambda row: (row.voided_at is not None, row.id))
        ),
    )


def preview_reduction(ward: Ward, infant_id: int, form: NewReduction) -> ReductionView:
    """Every dose that would change, before and after; nothing is recorded.

    Raises:
        Refused: the course or drug is not hers, or the share or the days cannot be meant.
    """
    facts = facts_of(ward, infant_id)
    wanted = as_ordered(ward, facts, form)
    before = reductions_of(facts)
    changes = []
    for dose in _doses(ward, facts, wanted):
        then = worked_dose(ward, facts, dose, before)
        now = worked_dose(ward, facts, dose, (*before, wanted))
        if then.modified_words != now.modified_words:
            changes.append(_change(ward, facts, dose, then, now))
    against = _given_already(ward, facts, wanted)
    if not changes and not against:
        against = (
            "Nothing would change: no planned dose lies on these days, or the dose on them is "
            "reduced as far already.",
        )
    return ReductionView(tuple(changes), wanted.words, against)


@one_act
def save_reduction(ward: Ward, infant_id: int, form: NewReduction, *, who: str) -> int:
    """Record a reduction with its reason and who ordered it.

    Raises:
        Refused: no reason, nobody who ordered it, nothing would change, or a dose of these days is
            recorded as given. Nothing is recorded then.
    """
    who = named(who)
    reasons = list(preview_reduction(ward, infant_id, form).against)
    if not form.reason.strip():
        reasons.insert(0, "A reduced dose needs its reason: write why.")
    if len(form.reason) > LONGEST_REASON:
        reasons.insert(0, f"The reason is too long: at most {LONGEST_REASON} letters.")
    if not form.ordered_by.strip():
        reasons.insert(0, "A reduced dose needs the name of the physician who ordered it.")
    reasons += why_ordered_by_another(ward, form.ordered_by)
    if reasons:
        raise Refused(*reasons)
    facts = facts_of(ward, infant_id)
    wanted = as_ordered(ward, facts, form)
    what = ward.drugs.display_name(form.drug) if form.drug else "every drug"
    title = facts.protocol.course(form.course_key).title
    with changing_doses(ward, infant_id, who, f"reduced {what} of {title}") as change:
        return change.add(
            DoseReduction,
            infant_id=infant_id,
            course_key=form.course_key,
            drug=form.drug,
            from_day=form.from_day,
            until_day=form.until_day,
            percent=form.percent,
            of_what=form.of_what,
            share=wanted.share,
            reason=form.reason.strip(),
            ordered_by=form.ordered_by.strip(),
        )


@one_act
def end_reduction(
    ward: Ward, infant_id: int, reduction_id: int, last_day: int, why: str, *, who: str
) -> int | None:
    """End a reduction after a course day, or take it back by the day before its first.

    Args:
        ward: the ward.
        infant_id: the infant.
        reduction_id: one that stands.
        last_day: the last course day with the reduced dose.
        why: kept for ever with the row that is struck out.
        who: who records it.

    Returns:
        The id of the row with the new end; None where it was taken back.

    Raises:
        Refused: it does not stand, no reason, or the day lies outside it.
    """
    who = named(who)
    found = [row for row in facts_of(ward, infant_id).reductions if row.id == reduction_id]
    if not found:
        raise Refused("This reduction does not stand any more: nothing was changed.")
    row = found[0]
    if not why.strip():
        raise Refused("Ending a reduction needs its reason: say why.")
    if last_day < row.from_day - 1 or (row.until_day is not None and last_day > row.until_day):
        raise Refused(
            f"It holds {as_reduction(row).days_words}: its last day cannot be day {last_day}. "
            f"Day {row.from_day - 1} takes it back whole."
        )
    taken_back = last_day < row.from_day
    with changing_doses(ward, infant_id, who, f"ended a reduction: {why.strip()}") as change:
        change.void(DoseReduction, row.id, f"{'taken back' if taken_back else 'ended'}: {why}")
        if taken_back:
            return None
        return change.add(
            DoseReduction,
            infant_id=infant_id,
            course_key=row.course_key,
            drug=row.drug,
            from_day=row.from_day,
            until_day=last_day,
            percent=row.percent,
            of_what=row.of_what,
            share=row.share,
            reason=row.reason,
            ordered_by=row.ordered_by,
        )


def reduction_words(ward: Ward, facts: InfantFacts, course_key: str) -> tuple[str, ...]:
    """The reductions that stand in a course, a line each, for screen and paper."""
    return tuple(
        _line(ward, facts, one) for one in reductions_of(facts) if one.course == course_key
    )


def _line(ward: Ward, facts: InfantFacts, one: Reduction) -> str:
    title = facts.protocol.course(one.course).title
    what = ward.drugs.display_name(one.drug) if one.drug else "every drug"
    return f"{what} of {title}: {one.words}"


def _row(ward: Ward, facts: InfantFacts, row: DoseReduction) -> ReductionRow:
    words = _line(ward, facts, as_reduction(row))
    if row.of_what == "last":
        words += f"; ordered as {write_number(row.percent)} % of the last dose"
    when = write_date_time(ward.local(row.recorded_at))
    struck = ""
    if row.voided_at is not None:
        at = write_date_time(ward.local(row.voided_at))
        struck = f"{row.void_reason} ({row.voided_by}, {at})"
    return ReductionRow(row.id, f"{words}; recorded {when}, {row.recorded_by}", struck)


def as_ordered(ward: Ward, facts: InfantFacts, form: NewReduction) -> Reduction:
    """A typed reduction as the rules take it.

    Raises:
        Refused: course, drug, days or share cannot be meant.
    """
    course = next((one for one in facts.protocol.courses if one.key == form.course_key), None)
    if course is None:
        raise Refused("Choose the course whose dose is reduced.")
    if form.drug and form.drug not in {plan.drug for plan in course.drugs}:
        raise Refused(f"{course.title} has no such drug: choose one of its own.")
    if form.from_day < 1 or (form.until_day is not None and form.until_day < form.from_day):
        raise Refused("The first day is counted from 1, and the last day is not before it.")
    if not 0 < form.percent <= WHOLE:
        raise Refused("Reduce to more than 0 and less than 100 %: a dose left out is not given.")
    share = share_of_standard(form.percent, form.of_what, _before(ward, facts, form))
    if share >= WHOLE:
        raise Refused("100 % of the protocol dose is no reduction: end the one that stands.")
    if len(f"{share.normalize():f}") > LONGEST_SHARE:
        raise Refused("Write the reduction in per cent of the protocol's own dose.")
    return Reduction(
        form.course_key,
        form.drug,
        form.from_day,
        form.until_day,
        share.normalize(),
        form.reason.strip() or "reason not typed yet",
        form.ordered_by.strip() or "nobody named yet",
    )


def _before(ward: Ward, facts: InfantFacts, form: NewReduction) -> Decimal:
    """The share of the dose given last, in per cent of the protocol's own dose."""
    if form.of_what == "standard":
        return WHOLE
    given = [
        facts.bases[row.id]
        for row in facts.doses
        if row.drug == form.drug and row.state == "given" and row.id in facts.bases
    ]
    if not form.drug or not given:
        what = ward.drugs.display_name(form.drug) if form.drug else "every drug at once"
        raise Refused(
            f"No last dose of {what} is recorded with its share: write the reduction in per cent "
            "of the protocol's own dose."
        )
    return given[-1].share


def _doses(ward: Ward, facts: InfantFacts, wanted: Reduction) -> list[ProjectedDose]:
    return [
        dose
        for course in projection_of(ward, facts).courses
        if course.key == wanted.course
        for dose in course.doses
        if wanted.holds(dose.course_key, dose.drug, dose.course_day)
    ]


def _change(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, then: DoseWorking, now: DoseWorking
) -> DoseChange:
    name = ward.drugs.display_name(dose.drug)
    words = f"{name}, day {dose.course_day}, {write_date(dose.on)}"
    public = is_public(ward, facts, dose)
    return DoseChange(
        words, _dose_words(then, public=public), _dose_words(now, public=public), now.steps
    )


def _dose_words(working: DoseWorking, *, public: bool) -> str:
    if working.unrounded is not None:
        words = write_amount(working.prepared or working.unrounded)
        return words if working.status == "ready" else f"{words}, blocked"
    if not public:
        return working.modified_words.split(",")[0].split(":")[-1].strip()
    return "blocked"


def _given_already(ward: Ward, facts: InfantFacts, wanted: Reduction) -> tuple[str, ...]:
    return tuple(
        f"{ward.drugs.display_name(row.drug)} of day {row.course_day}, {write_date(row.due_on)}, is "
        f"recorded: {row.state}. Begin the reduction after it."
        for row in facts.doses
        if row.state in ("given", "vial running")
        and wanted.holds(row.course_key, row.drug, row.course_day)
    )
