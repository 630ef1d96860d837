"""A planned dose that was left out is recorded as not given: which, why, when, and on whose word.

Nothing of it went in. A dose of which a part is in is recorded as given, with that amount; a vial or
an infusion that runs is ended in its own way. The record closes the dose: it stays planned on its day,
counts nowhere as given, and nobody is asked for it again. It is struck out like every other record.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from bedside.protocol.continuous_words import plan_route_words
from bedside.protocol.drugs import ROUTE_NOT_PUBLIC, route_atoms
from bedside.protocol.schedule import ProjectedDose
from bedside.store.records import DoseRecord
from bedside.units.dates import write_date, write_date_time
from bedside.units.paper_letters import bare
from bedside.units.refusal import Refused
from bedside.ward.block_ruling import inside_block, ruling_words
from bedside.ward.broken_off import broken_off, broken_words
from bedside.ward.day_choice import choices_of, is_off_plan
from bedside.ward.day_doses import DayDose, choice_words, count_words, day_doses, rows_of_day
from bedside.ward.due import dose_record, plan_of
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.giving import DRUG, ROUTE, planned_dose
from bedside.ward.giving_paper import paper_days
from bedside.ward.held_given import hold_words
from bedside.ward.meant_dose import BY_MOUTH
from bedside.ward.one_act import one_act
from bedside.ward.paper_letters import LONGEST_WORDS, paper_faults
from bedside.ward.people import LONGEST_NAME, named
from bedside.ward.rest import still_to_give
from bedside.ward.restored_blocks import restored_against
from bedside.ward.signatures import sign
from bedside.ward.standing import hold_of
from bedside.ward.vial_before_order import joined
from bedside.ward.views.given import WHOLE_DAY, DayChoice, OfDay
from bedside.ward.views.not_given import (
    BY_LINE_ONLY,
    BY_MOUTH_ONLY,
    DECIDED,
    REASONS,
    LeftOut,
    NotGivenForm,
)
from bedside.ward.views.orders import OrderKey
from bedside.ward.ward import Ward

STATE = "not given"
NOTHING_WENT_IN = (
    "This says that nothing of it went in. Did a part go in, or was it given and vomited? Then go back "
    "and record it as given, with that amount and the reason, and ask the physician."
)
COUNTS_NOWHERE = (
    "It stays planned on its day and counts nowhere as given: cumulative doses do not change, and "
    "nobody is asked for it again."
)
NO_RULING = (
    "Whether a day lost inside this block is given later is not public, and this site has recorded no "
    "ruling in Site settings (F9)."
)
LATER = (
    "Does the physician want it on a later day? Then go back: it is moved in Where are we, Hold or "
    "delay. Once it is recorded as not given it cannot be moved."
)
STRUCK = (
    "Was it given after all? Then this record is struck out first: Where are we, Correct a record."
)


def not_given_form(
    ward: Ward, infant_id: int, planned: OrderKey, of: OfDay | None = None
) -> NotGivenForm:
    """What a planned dose is, and what follows once it is recorded as not given.

    Args:
        ward: the ward.
        infant_id: the infant.
        planned: course key, course day, drug and route.
        of: an hour on a day on which the drug is not planned, beside this one; None for this day.

    Raises:
        Refused: it is not planned, has not come yet, is recorded already, or a vial or an infusion
            of it runs.
    """
    facts = facts_of(ward, infant_id)
    dose = _open_dose(ward, facts, planned, of)
    choices = _choices(ward, facts, dose, of)
    on, hold = _planned_on(dose, choices), hold_of(facts, dose)
    day = dose.course_day - (dose.on - on).days
    name = ward.drugs.display_name(dose.drug)
    route = plan_route_words(plan_of(facts, dose), dose.route)
    return NotGivenForm(
        f"{name} {route}, day {day}, {write_date(on)}",
        on,
        _follows(ward, facts, dose, choices),
        tuple(DayChoice(one.of, choice_words(ward, one)) for one in choices),
        _day_told(ward, facts, dose, choices),
        "" if hold is None else hold_words(hold),
        _reasons(dose.route),
    )


def _reasons(route: str) -> tuple[str, ...]:
    """What a ward says of a dose by this route: none by a line is refused by mouth, and the other way."""
    if route == ROUTE_NOT_PUBLIC:
        return REASONS
    ways = set(route_atoms(route))
    never = (BY_LINE_ONLY if ways <= BY_MOUTH else ()) + (BY_MOUTH_ONLY if "PO" not in ways else ())
    return tuple(reason for reason in REASONS if reason not in never)


def not_given_days(ward: Ward, infant_id: int) -> tuple[tuple[OrderKey, str], ...]:
    """The azacitidine days up to today that nobody has recorded, the latest first, in words."""
    return tuple(
        ((one.course_key, one.day, DRUG, ROUTE), one.words) for one in paper_days(ward, infant_id)
    )


@one_act
def record_not_given(
    ward: Ward, infant_id: int, planned: OrderKey, left_out: LeftOut, *, who: str
) -> int:
    """Record that a planned dose, or one dose of its day, was not given, signed as not given.

    Args:
        ward: the ward.
        infant_id: the infant.
        planned: course key, course day, drug and route.
        left_out: why, when, on whose word, who signs, and which dose of the day.
        who: who records it.

    Returns:
        The record's number.

    Raises:
        Refused: it is not planned, has not come yet, is recorded already, a vial or an infusion of it
            runs, nobody said which dose of the day, no reason, a physician decided and is not named,
            or the time cannot be meant. Nothing is recorded.
    """
    who = named(who)
    facts = facts_of(ward, infant_id)
    dose = _open_dose(ward, facts, planned, left_out.of)
    choices = _choices(ward, facts, dose, left_out.of)
    chosen = _chosen(ward, facts, dose, choices, left_out.of)
    faults = [*_why_faults(left_out), *_time_faults(ward, _planned_on(dose, choices), left_out)]
    if faults:
        raise Refused(*faults)
    of = WHOLE_DAY if chosen is None else chosen.of
    with ward.store.change(who, "recorded a dose as not given", ward.now()) as change:
        row_id = change.add(DoseRecord, **_columns(facts, dose, left_out, of))
        sign(
            ward,
            change,
            infant_id=infant_id,
            table_name="dose_record",
            row_id=row_id,
            meaning=STATE,
            signer=left_out.signer,
        )
        return row_id


def _columns(
    facts: InfantFacts, dose: ProjectedDose, left_out: LeftOut, of: OfDay
) -> dict[str, object]:
    """A dose not given as the store keeps it: no amount, no weight; when it was settled."""
    return {
        "infant_id": facts.infant.id,
        "course_key": dose.course_key,
        "course_day": dose.course_day,
        "due_on": dose.on,
        "drug": dose.drug,
        "route": dose.route,
        "state": STATE,
        "amount_ug": None,
        "measurement_id": None,
        "reconstituted_at": None,
        "infusion_minutes": None,
        "started_at": None,
        "finished_at": left_out.at,
        "note": _note(left_out),
        "hour": of.hour,
        "turn": of.turn,
    }


def _note(left_out: LeftOut) -> str:
    why = ": ".join(filter(None, (left_out.reason.strip(), left_out.words.strip())))
    physician = left_out.physician.strip()
    return joined(why, f"on the word of {physician}" if physician else "")


def _open_dose(
    ward: Ward, facts: InfantFacts, planned: OrderKey, of: OfDay | None
) -> ProjectedDose:
    """The planned dose, of which nothing is recorded that stands against it."""
    course_key, day, drug, route = planned
    dose = planned_dose(ward, facts, course_key, day, drug, route)
    name = ward.drugs.display_name(drug) if drug in ward.drugs.drugs else drug
    if dose is None:
        raise Refused(f"{name} is not planned on day {day} of this course.")
    if facts.start_of(course_key) is None:
        title = facts.protocol.course(course_key).title
        raise Refused(f"{title} is not opened: its doses are not due yet.")
    if of is None or not is_off_plan(ward, facts, dose, of):
        if dose.on > ward.today():
            raise Refused(
                f"Day {day} is {write_date(dose.on)}: that day has not come yet. A dose that is left "
                "out ahead is held: Where are we, Hold or delay."
            )
        _refuse_recorded(facts, dose, f"{name} of day {day}")
    _refuse_running(ward, facts, dose)
    if against := restored_against(ward, facts, planned):
        raise Refused(*against)
    return dose


def _refuse_recorded(facts: InfantFacts, dose: ProjectedDose, name: str) -> None:
    """Never for a dose that is recorded; what runs, or was broken off, has its own way."""
    record = dose_record(facts, dose)
    if record is None or still_to_give(facts, record):
        return
    if record.state == "vial running" and record.started_at is None:
        raise Refused(f"A vial of {name} runs: discard it first, in Doses. Nothing was recorded.")
    if record.state == "vial running":
        raise Refused(
            f"The infusion of {name} runs: record its end, or break it off, first, in Doses. Nothing "
            "was recorded."
        )
    if broken_off(record):
        raise Refused(
            f"{name}: {broken_words(record)}. A part may be in: what is given of the rest, or that "
            "nothing more is given, a physician decides in Doses, Orders."
        )
    if record.state == "vial lost":  # discarded before its infusion: the day is still open
        return
    raise Refused(f"{name} is recorded already as {record.state}. Nothing was recorded twice.")


def _refuse_running(ward: Ward, facts: InfantFacts, dose: ProjectedDose) -> None:
    if not plan_of(facts, dose).continuous or not facts.infusions:
        return
    from bedside.ward.continuous import running_words

    runs = running_words(ward, facts, (dose.course_key, dose.drug, dose.route))
    if runs:
        raise Refused(
            f"The continuous infusion is not ended: {runs}. Record its pause or its end first: Doses, "
            "Other drugs, Continuous infusion."
        )


def _choices(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, of: OfDay | None
) -> tuple[DayDose, ...]:
    """The doses of the day that have come and are not recorded; () for one record a day.

    Doses that have only their number: of today the first open one alone, since the evening's has not
    come while the morning's is open; or the whole day, while nothing of it is recorded.
    """
    off = of if of is not None and is_off_plan(ward, facts, dose, of) else None
    left = choices_of(ward, facts, dose, off)
    come = tuple(one for one in left if one.at is None or one.at <= ward.now())
    if left and not come:
        raise Refused(
            f"{choice_words(ward, left[0])} has not come yet: a dose is recorded as not given at its "
            "hour or later."
        )
    if any(one.record is not None for one in come):
        raise Refused("It is recorded already. Nothing was recorded twice.")
    if not come or come[0].at is not None or dose.on < ward.today():
        return come
    whole = () if rows_of_day(facts, dose) else (DayDose(WHOLE_DAY, come[0].many),)
    return (come[0], *whole)


def _chosen(
    ward: Ward,
    facts: InfantFacts,
    dose: ProjectedDose,
    choices: Sequence[DayDose],
    of: OfDay | None,
) -> DayDose | None:
    """The dose of the day that is meant; None for a drug with one record a day."""
    if not choices:
        if of is None or of == WHOLE_DAY:
            return None
        raise Refused("It is no dose of this day any more: close the form and open it again.")
    found = next((one for one in choices if one.of == of), None)
    if found is not None:
        return found
    doses = () if of is None else day_doses(ward, facts, dose)
    later = next((one for one in doses if one.of == of and one.record is None), None)
    if later is not None and later.at is None:
        raise Refused(
            f"{later.words[:1].upper()}{later.words[1:]} has not come while {choices[0].words} of "
            f"today is open: record {choices[0].words} first, as given or as not given. The whole day "
            "can be recorded as not given while nothing of it is recorded."
        )
    told = ", ".join(choice_words(ward, one) for one in choices)
    raise Refused(f"Which dose of the day was not given? Not recorded yet: {told}.")


def _planned_on(dose: ProjectedDose, choices: Sequence[DayDose]) -> date:
    """The day that is recorded: the planned one, or that of an hour beside it."""
    at = choices[0].at if choices and choices[0].off_plan else None
    return dose.on if at is None else at.date()


def _day_told(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, choices: Sequence[DayDose]
) -> str:
    """What is recorded of the day, without any amount: a second check may be waiting."""
    rows = rows_of_day(facts, dose)
    if not rows or (choices and choices[0].off_plan):
        return ""
    return count_words(day_doses(ward, facts, dose), rows)


def _follows(
    ward: Ward, facts: InfantFacts, dose: ProjectedDose, choices: Sequence[DayDose]
) -> tuple[str, ...]:
    """What somebody has to know before she records it."""
    said = [NOTHING_WENT_IN, COUNTS_NOWHERE]
    if choices:
        said.append(_only_this(choices))
    if dose.drug == DRUG and inside_block(facts, dose.course_key, dose.on):
        ruling = ruling_words(ward)
        said.append(f"{ruling[0].upper()}{ruling[1:]}." if ruling else NO_RULING)
        said.append("The other days of the block stay due.")
    return (*said, LATER, STRUCK)


def _only_this(choices: Sequence[DayDose]) -> str:
    """What becomes of the others of the day."""
    if any(one.of == WHOLE_DAY for one in choices):
        return (
            "One dose: only that one is recorded, every other one of the day stays due. The whole "
            "day: none of it is asked for any more."
        )
    return "Only the chosen dose is recorded: every other one of the day stays due."


def _why_faults(left_out: LeftOut) -> list[str]:
    faults = []
    physician = left_out.physician.strip()
    if not left_out.reason.strip() and not left_out.words.strip():
        faults.append("Why was it not given? Choose a reason, or say it in your own words.")
    faults += paper_faults("Your own words", left_out.words.strip(), LONGEST_WORDS)
    if left_out.reason == DECIDED and not physician:
        faults.append("A physician decided: type her name and role.")
    if physician and (len(physician) > LONGEST_NAME or not bare(physician).isprintable()):
        faults.append(f"A name is one line of at most {LONGEST_NAME} letters.")
    return faults


def _time_faults(ward: Ward, planned_on: date, left_out: LeftOut) -> list[str]:
    at = ward.local(left_out.at)
    if left_out.at > ward.now() + timedelta(minutes=1):
        return [f"{write_date_time(at)} lies in the future: check the time."]
    if at.date() < planned_on:
        return [
            f"It is planned for {write_date(planned_on)}; {write_date(at.date())} lies before: check "
            "the date."
        ]
    return []
