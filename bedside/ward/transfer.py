"""The transfer summary, filled: where the infant is up to, what must not be given, whom to ring."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from bedside.papers.transfer import CountPoint, OpenToxicity, Ring, StripBox, TransferSummary
from bedside.papers.values import PaperHead
from bedside.protocol.model import Course
from bedside.protocol.schedule import ProjectedDose
from bedside.protocol.start_model import MeasureRule
from bedside.units.dates import write_date, write_date_time, write_weekday_date
from bedside.units.refusal import Refused
from bedside.units.writer import in_words
from bedside.ward.dlt import Evaluation, evaluation_of
from bedside.ward.dlt_page import dlt_page
from bedside.ward.due import dose_record
from bedside.ward.facts import InfantFacts
from bedside.ward.proposals import proposals_of
from bedside.ward.standing import Standing, standing_of
from bedside.ward.tertiary_card import NO_NUMBER
from bedside.ward.timeline import timeline
from bedside.ward.toxicity_causes import attribution_words
from bedside.ward.toxicity_log import log_of
from bedside.ward.transfer_counts import bands_of, counts_of
from bedside.ward.transfer_doses import DAYS, given_lines, spinal_note, vial_words
from bedside.ward.transfer_fever import fever_lines
from bedside.ward.views.dlt import DltToxicity
from bedside.ward.views.round import LaboratoryProposal
from bedside.ward.ward import Ward
from bedside.ward.where import strip_of
from bedside.ward.whose import as_of_today, whose_of

# where nothing can be entered, the gap is named on the paper and filled by hand
_NOBODY_TO_RING = "Nobody to ring was entered at this site"
_BY_HAND = "write the number here by hand"


def check_transfer(ward: Ward, _facts: InfantFacts) -> tuple[str, ...]:
    """Every reason why the summary cannot be made now; empty when it can.

    A ward that can only be read (an emergency copy) is not refused for a number that nobody can enter there.
    """
    if not ward.site.contacts and not ward.read_only:
        return (
            "This site has entered no telephone number: whoever gets this paper must know whom to "
            "ring. An administrator enters them under Site (F9).",
        )
    return ()


def fill_transfer(ward: Ward, facts: InfantFacts, head: PaperHead) -> TransferSummary:
    """Fill the transfer summary.

    Raises:
        Refused: the site has entered nobody to ring.
    """
    reasons = check_transfer(ward, facts)
    if reasons:
        raise Refused(*reasons)
    standing, view = standing_of(ward, facts), timeline(ward, facts.infant.id, facts)
    found = evaluation_of(ward, facts)
    dlt_rows = () if found is None else dlt_page(ward, facts.infant.id, facts).rows
    counts = counts_of(ward, facts)
    toxicities, waiting = _toxicities(ward, facts, dlt_rows)
    fever, fever_words = fever_lines(ward)
    limits = _limits(facts)
    return TransferSummary(
        head=head,
        whose=whose_of(facts),
        as_of=as_of_today(ward, facts),
        never=never_here(ward, facts),
        strip=_strip(facts, standing),
        so_far=_so_far(ward, facts, counts),
        next_words=_next(ward, facts, standing),
        fever=fever,
        fever_words=fever_words,
        rings=_rings(ward),
        must_not=_must_not(ward, facts, standing),
        dlt_words=_dlt_words(found),
        dlt_note=_dlt_note(facts),
        dlt_lines=_dlt_lines(found, dlt_rows),
        counts=counts,
        bands=bands_of(ward, view),
        anc_limit=limits.get("anc"),
        platelets_limit=limits.get("platelets"),
        toxicities=toxicities,
        waiting=waiting,
        ctcae=facts.enrolment.ctcae,
        days=tuple(ward.today() - timedelta(days=back) for back in range(DAYS - 1, -1, -1)),
        given=given_lines(ward, view, facts),
        given_note=spinal_note(ward, view),
    )


def never_here(ward: Ward, facts: InfantFacts) -> str:
    """The drugs of this protocol that only a tertiary centre gives, as printed; "" where there is none."""
    names = [
        ward.drugs.display_name(plan.drug)
        for course in facts.protocol.courses
        if course.tertiary_only
        for plan in course.drugs
    ]
    return ", ".join(dict.fromkeys(names))


def _strip(facts: InfantFacts, standing: Standing) -> tuple[StripBox, ...]:
    states: dict[str, Literal["past", "now", "later"]] = {"past": "past", "now": "now"}
    return tuple(
        StripBox(box.title, states.get(box.state, "later"), box.priming)
        for box in strip_of(facts, standing)
    )


def _so_far(ward: Ward, facts: InfantFacts, counts: Sequence[CountPoint]) -> tuple[str, ...]:
    """A vial in hand, what was given of the azacitidine blocks, and the newest count."""
    lines = list(vial_words(ward, facts))
    for course in facts.protocol.courses:
        given = sorted(
            row.due_on
            for row in facts.recorded.values()
            if row.course_key == course.key and row.state == "given"
        )
        if course.kind == "priming" and given:
            days = "1 day" if len(given) == 1 else f"{len(given)} days"
            name = ward.drugs.display_name(course.drugs[0].drug)
            lines.append(
                f"{course.title} ({name}): given on {days}, {write_date(given[0])} to "
                f"{write_date(given[-1])}"
                if len(given) > 1
                else f"{course.title} ({name}): given on {write_date(given[0])}"
            )
    if counts:
        last = counts[-1]
        lines.append(
            f"Last count {write_date_time(last.at)}: neutrophils (ANC) {last.anc}, platelets "
            f"{last.platelets} per microlitre, haemoglobin {last.haemoglobin}"
        )
    else:
        lines.append("No blood count is on record")
    return tuple(lines)


def _rings(ward: Ward) -> tuple[Ring, ...]:
    """Whom to ring; a gap is named, with what can be done about it in this ward."""
    gap = f"no number entered: {_BY_HAND}" if ward.read_only else NO_NUMBER
    found = tuple(
        Ring(", ".join(part for part in (role, name) if part), number or gap)
        for role, name, number in ward.site.contacts
    )
    return found or (Ring(_NOBODY_TO_RING, _BY_HAND),)


def _next(ward: Ward, facts: InfantFacts, standing: Standing) -> str:
    """The next day with a dose to give, and the next course; no drug, as routes stand on own sheets."""
    today = ward.today()
    said = []
    running = None if standing.running is None else standing.projected(standing.running.key)
    days = [] if running is None else _to_give(facts, running.doses, today)
    if days:
        said.append(f"{write_weekday_date(days[0].on)}, day {days[0].course_day}")
    following = None if standing.next is None else standing.projected(standing.next.key)
    if following is not None and following.start is not None:
        word = "not before" if following.certainty.startswith("not before") else "expected"
        held = standing.waiting and standing.gate is not None and standing.gate.open is False
        if held and standing.gate is not None:
            said.append(f"{following.title} HELD, {standing.gate.short}")
        else:
            said.append(f"{following.title} {word} {write_date(max(following.start, today))}")
    return "; ".join(said) or "nothing dated is planned"


def _to_give(
    facts: InfantFacts, doses: Sequence[ProjectedDose], today: date
) -> list[ProjectedDose]:
    """What is still to come of planned doses, from today on: not recorded, and no vial of it in hand."""
    states = {dose: dose_record(facts, dose) for dose in doses if dose.on >= today}
    return [dose for dose, row in states.items() if row is None or row.state == "vial lost"]


def _must_not(ward: Ward, facts: InfantFacts, standing: Standing) -> tuple[tuple[str, str], ...]:
    lines: list[tuple[str, str]] = []
    never = never_here(ward, facts)
    if never:
        due = _next_priming(ward, facts, standing)
        lines.append((f"{never}: never, at no dose.", f"Study drug, tertiary centre only. {due}"))
    lines.append(
        (
            "No chemotherapy from this paper.",
            "It is a summary, not an order. Ring first, also for drugs that are given at home.",
        )
    )
    lines.append(("Nothing into the spine", "without the team that sends this paper."))
    for hold in standing.holds:
        what = (
            ward.drugs.display_name(hold.drug)
            if hold.drug
            else facts.protocol.course(hold.course_key).title
        )
        until = "" if hold.until_on is None else f" until {write_date(hold.until_on)}"
        lines.append((f"HELD: {what}", f"from {write_date(hold.from_on)}{until}: {hold.reason}."))
    if facts.infant.allergies and "no known" not in facts.infant.allergies.casefold():
        lines.append(("Allergies:", f"{facts.infant.allergies}."))
    return tuple(lines)


def _next_priming(ward: Ward, facts: InfantFacts, standing: Standing) -> str:
    """When azacitidine is next due, so that nobody asks for it here."""
    today = ward.today()
    for course in standing.projection.courses:
        plan: Course = facts.protocol.course(course.key)
        days = [dose.on for dose in _to_give(facts, course.doses, today)]
        if plan.kind == "priming" and days:
            word = "Due next in" if course.basis == "actual" else "None is due before"
            return f"{word} {plan.title}, {write_date(days[0])}."
    return "None is due any more."


def _limits(facts: InfantFacts) -> dict[str, int]:
    """The limits of the start rule of the azacitidine blocks, or of the first course that has one."""
    ruled = [course for course in facts.protocol.courses if course.start_rule is not None]
    ruled.sort(key=lambda course: course.kind != "priming")
    found: dict[str, int] = {}
    measures: tuple[MeasureRule, ...] = ()
    if ruled and ruled[0].start_rule is not None:
        measures = ruled[0].start_rule.measures
    for part in measures:
        found.setdefault(part.measure, part.at_least_per_ul)
    return found


def _dlt_words(found: Evaluation | None) -> str:
    if found is None:
        return ""
    opened, closed = found.review.opened, found.review.closed
    if opened is None:
        return "DLT period: not started"
    if closed is None:
        return f"DLT period: OPEN since {write_date(opened)}"
    return f"DLT period: {write_date(opened)} to {write_date(closed)}"


def _dlt_note(facts: InfantFacts) -> str:
    window = facts.protocol.dlt_window
    if window is None:
        return ""
    return f"until counts allow {facts.protocol.course(window.closes_when_may_start).title}"


def _dlt_lines(found: Evaluation | None, rows: Sequence[DltToxicity]) -> tuple[str, ...]:
    if found is None or found.review.opened is None:
        return ("Record each toxicity with its day; it belongs to the reports of the study.",)
    if found.review.closed is None:
        return (
            "Seen at the tertiary centre in this period. With toxicity symptoms at any other place: "
            "contact the tertiary team for guidance and possible transfer, and write down each "
            "symptom with its time.",
            *_under_review(rows),
        )
    return ("The period is over; toxicities are recorded as before.",)


def _under_review(rows: Sequence[DltToxicity]) -> tuple[str, ...]:
    due = [row for row in rows if row.due]
    if not due:
        return ()
    named = "; ".join(f"{row.term}, {write_date(row.onset)}" for row in due)
    return (f"Under review: {named}.",)


def _says(one: LaboratoryProposal) -> str:
    """What the laboratory says of a term: "grade 3 (78 g/L)"."""
    grade = one.least if one.grade is None else one.grade
    least = "at least " if one.grade is None else ""
    says = f"{least}grade {grade}" if grade else "gone" if one.grade == 0 else "grade open"
    return f"{says} ({in_words(one.measured)})" if one.measured else says


def _waiting(proposed: Sequence[LaboratoryProposal], opened: set[str]) -> str:
    """What it says of terms that are not in the table; "" for nothing."""
    said = [f"{one.term} {_says(one)}" for one in proposed if one.term_key not in opened]
    return f"NOT ANSWERED yet, the laboratory says: {'; '.join(said)}." if said else ""


def _toxicities(
    ward: Ward, facts: InfantFacts, dlt_rows: Sequence[DltToxicity]
) -> tuple[tuple[OpenToxicity, ...], str]:
    """The open ones, the worst first, each with what was decided and what waits; what else waits."""
    proposed = proposals_of(ward, facts.infant.id, facts=facts)
    waits = {one.term_key: f"laboratory: {_says(one)}, NOT ANSWERED" for one in proposed}
    decided: dict[int, str] = {}
    for each in dlt_rows:
        asked = "not yet decided" if each.due else "none asked for"
        said = "not in the period" if not each.in_period else each.decided or asked
        decided[each.toxicity_id] = said
    rows = [row for row in log_of(ward, facts.infant.id, facts=facts) if row.is_open]
    rows.sort(key=lambda row: (-row.grade, row.onset))
    shown = tuple(
        OpenToxicity(
            term=row.term,
            grade=row.grade_words.removeprefix("grade ").replace(" grade", ""),
            since=row.onset,
            now="; ".join(
                part
                for part in (
                    attribution_words(ward, facts, row.causes) or "attribution not assessed",
                    "a result under it was corrected since" if row.corrected else "",
                    "" if row.action == "none" else row.action,
                    waits.get(row.term_key, ""),
                )
                if part
            ),
            dlt=decided.get(row.toxicity_id, ""),
        )
        for row in rows
    )
    return shown, _waiting(proposed, {row.term_key for row in rows})
