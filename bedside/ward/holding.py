"""Holds and delays: what would move is shown first, recorded with its reason, ended, never erased.

A delay of a course that has not begun is a hold from its planned day 1 to the day before the new
one. A hold of a running course moves all that is still to come in it, and every course after it.
A hold of one drug moves nothing: its doses on those days are not given. (One drug's doses are moved
by a shift: `bedside.ward.shifting`.)
"""

from datetime import date, timedelta

from msgspec.structs import replace

from bedside.store.records import Hold
from bedside.units.dates import write_date
from bedside.units.refusal import Refused
from bedside.ward.block_ruling import against_moving, inside_block, ruling_words
from bedside.ward.day_doses import rows_of_day
from bedside.ward.delay_view import delay_view
from bedside.ward.delay_words import unseen_words
from bedside.ward.due import dose_record
from bedside.ward.editions import keep_edition
from bedside.ward.facts import InfantFacts, facts_of
from bedside.ward.infants import banner_of
from bedside.ward.one_act import one_act
from bedside.ward.order_ending import changing_doses
from bedside.ward.paper_letters import LONGEST_REASON, paper_faults
from bedside.ward.people import named
from bedside.ward.shifting import shift_lines, shift_rows
from bedside.ward.standing import projection_of, standing_of
from bedside.ward.views.delay import DelayForm, DelayView, HoldRow, NewHold
from bedside.ward.ward import Ward


def delay_form(ward: Ward, infant_id: int) -> DelayForm:
    """What can be held for an infant, and the holds that are recorded."""
    facts = facts_of(ward, infant_id)
    projection = projection_of(ward, facts)
    courses = [course for course in projection.courses if not _left(facts, course.key)]
    return DelayForm(
        banner=banner_of(ward, facts),
        courses=tuple((course.key, course.title, course.start) for course in courses),
        drugs=tuple(
            (course.key, drug, ward.drugs.display_name(drug))
            for course in courses
            for drug in dict.fromkeys(plan.drug for plan in facts.protocol.course(course.key).drugs)
        ),
        holds=tuple(
            HoldRow(hold.id, _words(ward, facts, hold), _not_ended(ward, hold), hold.from_on)
            for hold in facts.holds
        ),
        lines=shift_lines(ward, facts, courses),
        shifts=shift_rows(ward, facts),
        running=_running(ward, facts),
    )


def _running(ward: Ward, facts: InfantFacts) -> str:
    """The key of the course that runs today and is not over; "" for none."""
    standing = standing_of(ward, facts)
    running = standing.running
    if running is None or standing.finished or _left(facts, running.key):
        return ""
    return running.key


def preview(ward: Ward, infant_id: int, form: NewHold) -> DelayView:
    """Everything that would move if this hold were recorded; nothing is recorded.

    Raises:
        Refused: the course is not one of hers, or the hold ends before it begins.
    """
    facts = facts_of(ward, infant_id)
    _check_shape(facts, form)
    after = replace(facts, holds=(*facts.holds, _as_hold(ward, infant_id, form)))
    view = delay_view(ward, facts, after, why_gone="held" if form.drug else "")
    unseen = unseen_words(ward, facts, form.course_key, form.drug)
    nothing = view.change.is_empty
    summary = unseen if nothing else " ".join(part for part in (view.summary, unseen) if part)
    return replace(
        view,
        summary=summary or view.summary,
        also=(*_ruled(ward, facts, form), *view.also),
        against=_against(ward, facts, form, nothing and not unseen),
    )


@one_act
def save_hold(ward: Ward, infant_id: int, form: NewHold, *, who: str) -> int:
    """Record a hold or a delay with its reason.

    Raises:
        Refused: no reason, nothing would move, a dose of it is recorded as given on a held day,
            or the same is held on these days already. Nothing is recorded then.
    """
    who = named(who)
    reasons = list(preview(ward, infant_id, form).against)
    if not form.reason.strip():
        reasons.insert(0, "A hold needs its reason: say why it is held or delayed.")
    reasons += paper_faults("The reason", form.reason.strip(), LONGEST_REASON)
    if reasons:
        raise Refused(*reasons)
    protocol = facts_of(ward, infant_id).protocol
    title = protocol.course(form.course_key).title
    with changing_doses(ward, infant_id, who, f"held {form.drug or title}") as change:
        keep_edition(change, ward, protocol.key)
        return change.add(
            Hold,
            infant_id=infant_id,
            course_key=form.course_key,
            drug=form.drug,
            from_on=form.from_on,
            until_on=form.until_on,
            reason=form.reason.strip(),
        )


@one_act
def end_hold(
    ward: Ward, infant_id: int, hold_id: int, last_on: date, why: str, *, who: str
) -> int | None:
    """End a hold: its row is struck out with the reason, the ended one takes its place.

    A hold whose end lies ahead may end earlier; one that should not have been is taken back by
    the day before it began, and no row takes its place.

    Args:
        ward: the ward.
        infant_id: the infant.
        hold_id: the hold, not ended yet.
        last_on: the last held day; the day before its first takes the hold back.
        why: why it ends, kept for ever.
        who: who ends it.

    Returns:
        The ended hold's id; None where it was taken back.

    Raises:
        Refused: no such hold, no reason, a last day too early or after its end, or a recorded dose
            that would move.
    """
    who = named(who)
    facts = facts_of(ward, infant_id)
    found = [hold for hold in facts.holds if hold.id == hold_id and _not_ended(ward, hold)]
    if not found:
        raise Refused("This hold is not open any more: nothing was changed.")
    if not why.strip():
        raise Refused("Ending a hold needs its reason: say why it ends.")
    hold = found[0]
    taken_back = last_on == hold.from_on - timedelta(days=1)
    if last_on < hold.from_on and not taken_back:
        raise Refused(
            f"The hold began on {write_date(hold.from_on)}: its last day cannot be "
            f"{write_date(last_on)}. It is still open."
        )
    if hold.until_on is not None and last_on > hold.until_on:
        raise Refused(
            f"The hold ends on {write_date(hold.until_on)} already: record another one for the "
            "days after it."
        )
    reasons = _against_ending(ward, facts, hold, None if taken_back else last_on)
    if reasons:
        raise Refused(*reasons)
    with changing_doses(ward, infant_id, who, f"ended a hold: {why.strip()}") as change:
        change.void(Hold, hold.id, f"{'taken back' if taken_back else 'ended'}: {why.strip()}")
        if taken_back:
            return None
        return change.add(
            Hold,
            infant_id=infant_id,
            course_key=hold.course_key,
            drug=hold.drug,
            from_on=hold.from_on,
            until_on=last_on,
            reason=hold.reason,
        )


def _as_hold(ward: Ward, infant_id: int, form: NewHold) -> Hold:
    return Hold(
        id=0,
        recorded_at=ward.now(),
        recorded_by="",
        infant_id=infant_id,
        course_key=form.course_key,
        drug=form.drug,
        from_on=form.from_on,
        until_on=form.until_on,
        reason=form.reason,
    )


def _check_shape(facts: InfantFacts, form: NewHold) -> None:
    courses = {course.key: course for course in facts.protocol.courses}
    course = courses.get(form.course_key)
    if course is None:
        raise Refused("Choose the course that is held or delayed.")
    if form.drug and form.drug not in {plan.drug for plan in course.drugs}:
        raise Refused(f"{course.title} has no such drug: choose one of its own.")
    if form.until_on is not None and form.until_on < form.from_on:
        raise Refused(
            f"It is held from {write_date(form.from_on)}: it cannot go on before "
            f"{write_date(form.from_on)} is over."
        )


def _against(ward: Ward, facts: InfantFacts, form: NewHold, nothing_moves: bool) -> tuple[str, ...]:
    title = facts.protocol.course(form.course_key).title
    reasons = []
    if _left(facts, form.course_key):
        reasons.append(f"{title} is over: a later course has begun.")
    reasons += [
        f"{_words(ward, facts, hold)} is recorded already: end that hold, or begin after it."
        for hold in facts.holds
        if (hold.course_key, hold.drug) == (form.course_key, form.drug) and _overlap(hold, form)
    ]
    for dose in facts.doses:
        held = form.drug in ("", dose.drug) and dose.course_key == form.course_key
        # a hold of one drug moves nothing; one of a course moves what comes after it, too
        ends = form.until_on if form.drug else None
        in_time = ends is None or dose.due_on <= ends
        if held and dose.state != "vial lost" and form.from_on <= dose.due_on and in_time:
            reasons.append(
                f"{ward.drugs.display_name(dose.drug)} of {write_date(dose.due_on)} is recorded: "
                f"{dose.state}. What is recorded stays there: begin the hold after it."
            )
    reasons += _ruling(ward, facts, form)
    if nothing_moves and not reasons:
        reasons.append(
            "Nothing would move: every day of this course is known, and none of its doses lies on "
            "or after these days."
        )
    return tuple(reasons)


def _ruled(ward: Ward, facts: InfantFacts, form: NewHold) -> tuple[tuple[str, str], ...]:
    """On whose ruling the rest of a running block is given later."""
    if form.drug or not inside_block(facts, form.course_key, form.from_on):
        return ()
    words = ruling_words(ward) or "not public, and this site has not ruled"
    title = facts.protocol.course(form.course_key).title
    return ((f"Days lost inside {title}", f"{words[0].upper()}{words[1:]}."),)


def _ruling(ward: Ward, facts: InfantFacts, form: NewHold) -> list[str]:
    """What the site has to rule before a hold with an end moves the rest of a running block."""
    ends = form.until_on is not None and not form.drug
    if not ends or not inside_block(facts, form.course_key, form.from_on):
        return []
    reason = against_moving(ward, facts.protocol.course(form.course_key).title)
    return [reason] if reason else []


def _not_ended(ward: Ward, hold: Hold) -> bool:
    """Whether a hold is open or ends later than yesterday, so that it can still be ended."""
    return hold.until_on is None or hold.until_on >= ward.today()


def _against_ending(
    ward: Ward, facts: InfantFacts, hold: Hold, last_on: date | None
) -> tuple[str, ...]:
    """Why a hold may not end so: what is recorded would move, or the site has not ruled.

    ``last_on`` is its last day; None takes it back, which moves nothing to a later day.
    """
    moves = _ending_moves(ward, facts, hold, last_on)
    if last_on is None:
        return moves
    ended = NewHold(hold.course_key, hold.drug, hold.from_on, last_on)
    return (*moves, *_ruling(ward, facts, ended))


def _ending_moves(
    ward: Ward, facts: InfantFacts, hold: Hold, last_on: date | None
) -> tuple[str, ...]:
    """Recorded doses that would stand on another date if the hold ended so (hazard H29)."""
    others = tuple(one for one in facts.holds if one.id != hold.id)
    if last_on is not None:
        others = (*others, replace(hold, until_on=last_on))
    after = projection_of(ward, replace(facts, holds=others))
    stays = {
        (dose.course_key, dose.course_day, dose.drug, dose.route, dose.on)
        for course in after.courses
        for dose in course.doses
    }
    return tuple(
        f"{ward.drugs.display_name(dose.drug)} of {write_date(dose.on)} is recorded and would "
        "move: the hold stays as it is."
        for course in projection_of(ward, facts).courses
        for dose in course.doses
        if (dose_record(facts, dose) is not None or rows_of_day(facts, dose))
        and (dose.course_key, dose.course_day, dose.drug, dose.route, dose.on) not in stays
    )


def _left(facts: InfantFacts, course_key: str) -> bool:
    keys = [course.key for course in facts.protocol.courses]
    later = keys[keys.index(course_key) + 1 :]
    return any(start.course_key in later for start in facts.starts)


def _overlap(hold: Hold, form: NewHold) -> bool:
    starts_in_time = form.until_on is None or hold.from_on <= form.until_on
    return starts_in_time and (hold.until_on is None or form.from_on <= hold.until_on)


def _words(ward: Ward, facts: InfantFacts, hold: Hold) -> str:
    title = facts.protocol.course(hold.course_key).title
    what = f"{ward.drugs.display_name(hold.drug)} in {title}" if hold.drug else title
    until = "open" if hold.until_on is None else f"to {write_date(hold.until_on)}"
    return f"{what} held from {write_date(hold.from_on)}, {until}: {hold.reason}"
