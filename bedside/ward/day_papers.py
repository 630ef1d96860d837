"""The papers of one administration among all papers: which are offered now, and when one is over."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from msgspec.structs import replace

from bedside.papers.day_sheet import DaySheet, Label
from bedside.papers.values import PaperHead
from bedside.protocol.drugs import INTRATHECAL, ROUTE_NOT_PUBLIC, route_atoms, route_words
from bedside.protocol.model import Course
from bedside.protocol.schedule import ProjectedDose
from bedside.store.records import Print
from bedside.ward.day_refusals import DayPapers
from bedside.ward.day_sheets import fill_day_sheet
from bedside.ward.facts import InfantFacts
from bedside.ward.label_hold import holds_late
from bedside.ward.labels import fill_label, label_reasons
from bedside.ward.order_facts import CLOSED
from bedside.ward.paper_keys import (
    DAY_SHEET,
    LABEL,
    OF_A_DAY,
    Administration,
    PaperKey,
    title_of_paper,
)
from bedside.ward.views.pages import PaperChoice
from bedside.ward.ward import Ward
from bedside.ward.working import priming_plan

RECORDED = "recorded"  # in the place of a paper's facts once its dose is on record
NO_DOSE = (
    "No dose is in public sources or entered by this site: commission it, then it is prescribed and "
    "verified. Until then it is ordered on paper."
)
_AHEAD = 1  # days after today whose papers are offered; others are asked for by name


def day_choices(ward: Ward, facts: InfantFacts) -> tuple[PaperChoice, ...]:
    """The dosing sheets and labels of today and tomorrow, each with its refusals."""
    with ward.store.reading() as connection:
        papers = DayPapers(ward, facts, connection)
        return (*_choices(ward, facts, papers), *_without_dose(ward, papers))


def _choices(ward: Ward, facts: InfantFacts, papers: DayPapers) -> Iterator[PaperChoice]:
    told: set[tuple[str, int, str, tuple[str, ...]]] = set()
    for key in _keys_near(ward, facts, papers):
        course = facts.protocol.course(key.course_key)
        of = key.of
        if of is None:
            continue
        if key.kind == DAY_SHEET:
            refused = papers.why_not(course, of)
        else:
            refused = label_reasons(ward, facts, papers, course, of)
            if refused and not _timed(course, of):
                continue  # its sheet says why not
        why = (key.course_key, of.day, of.drug, refused)
        if refused and why in told:
            continue  # the same dose by another of its routes, refused alike
        told.add(why)
        yield PaperChoice(key.text, title_of_paper(ward, key, course.title), refused)


def _keys_near(ward: Ward, facts: InfantFacts, papers: DayPapers) -> tuple[PaperKey, ...]:
    """Sheets first, by needle before by mouth, then the labels; nothing that is recorded already.

    The labels of a dose of yesterday evening stand last, as long as one still holds.
    """
    sheets: dict[PaperKey, None] = {}
    labels: dict[PaperKey, None] = {}
    near = [dose for dose in _near(ward, facts, papers) if papers.known.is_known(dose)]
    for dose in sorted(near, key=lambda one: (one.on, "PO" in route_atoms(one.route))):
        for of in _administrations(papers, dose):
            timed = _timed(facts.protocol.course(dose.course_key), of)
            if is_recorded(facts, dose.course_key, of) or (timed and dose.on != ward.today()):
                continue
            if not timed:
                shared = replace(of, drug="") if of.route == INTRATHECAL else of
                sheets[PaperKey(DAY_SHEET, dose.course_key, shared)] = None
            labels[PaperKey(LABEL, dose.course_key, of)] = None
    late = [
        PaperKey(LABEL, dose.course_key, of)
        for dose in _late(ward, facts, papers)
        for of in _administrations(papers, dose)
    ]
    return (*sheets, *labels, *late)


def _late(ward: Ward, facts: InfantFacts, papers: DayPapers) -> list[ProjectedDose]:
    """The doses of yesterday of which a label still holds after midnight."""
    yesterday = ward.today() - timedelta(days=1)
    return [
        dose
        for dose in papers.known.planned.values()
        if dose.on == yesterday and papers.known.is_known(dose) and holds_late(ward, facts, dose)
    ]


def _near(ward: Ward, facts: InfantFacts, papers: DayPapers) -> list[ProjectedDose]:
    """What is planned today and tomorrow in a course that has begun."""
    first, last = ward.today(), ward.today() + timedelta(days=_AHEAD)
    return [
        dose
        for dose in papers.known.planned.values()
        if first <= dose.on <= last and facts.start_of(dose.course_key) is not None
    ]


def _without_dose(ward: Ward, papers: DayPapers) -> Iterator[PaperChoice]:
    """One line for all drugs of these days of which nobody has entered a dose."""
    near = _near(ward, papers.facts, papers)
    names = dict.fromkeys(
        ward.drugs.display_name(dose.drug) for dose in near if not papers.known.is_known(dose)
    )
    if names:
        title = f"Dosing sheets of {', '.join(names)}"
        yield PaperChoice(DAY_SHEET, title, (NO_DOSE,))


def _administrations(papers: DayPapers, dose: ProjectedDose) -> Iterator[Administration]:
    route = papers.known.working(dose).route
    if route == ROUTE_NOT_PUBLIC:
        return
    for atom in route_atoms(route):
        yield Administration(dose.course_day, atom, dose.drug)


def _timed(course: Course, of: Administration) -> bool:
    plan = priming_plan(course)
    return plan is not None and plan.drug == of.drug


def fill_of_a_day(
    ward: Ward, facts: InfantFacts, course: Course, key: PaperKey, head: PaperHead
) -> DaySheet | Label:
    """Fill a paper of one administration.

    Raises:
        Refused: with every reason; no paper is made.
    """
    if key.of is None:
        raise ValueError(f"{key.text} is of no administration")
    fill = fill_label if key.kind == LABEL else fill_day_sheet
    return fill(ward, facts, course, key.of, head)


def is_recorded(facts: InfantFacts, course_key: str, of: Administration) -> bool:
    """Whether every dose of a paper is given, not given, or running in: then the paper is over."""
    over = [
        row.state in CLOSED or row.started_at is not None
        for row in facts.recorded.values()
        if (row.course_key, row.course_day) == (course_key, of.day)
        and of.drug in ("", row.drug)
        and (of.route in route_atoms(row.route) or (of.drug and row.route == ROUTE_NOT_PUBLIC))
    ]
    return bool(over) and all(over)


def by_other_route(row: Print, rows: Sequence[Print]) -> str:
    """Why a paper ended when its dose was printed for another route since; "" where it was not.

    An order may leave the route open ("by mouth or by nasogastric tube"). The papers of one dose,
    its sheet and its label, are of one route: two routes would be two doses (hazard H19).

    Args:
        row: the paper.
        rows: every paper of the infant.
    """
    if row.kind not in OF_A_DAY or row.drug is None:
        return ""
    for other in rows:
        same = other.kind in OF_A_DAY and (other.course_key, other.course_day, other.drug) == (
            row.course_key,
            row.course_day,
            row.drug,
        )
        if same and other.id > row.id and other.route != row.route:
            words = route_words(other.route or "")
            return f"printed since for {words}: sheet {other.sheet_number}"
    return ""
