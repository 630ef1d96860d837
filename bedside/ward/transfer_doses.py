"""The doses of the last days on a transfer summary; intrathecal ones by their days only."""

from collections.abc import Iterator
from datetime import timedelta

from bedside.papers.transfer import GivenLine
from bedside.protocol.drugs import INTRATHECAL, route_words
from bedside.protocol.schedule import ProjectedDose
from bedside.units.dates import write_date, write_date_time, write_time
from bedside.ward.day_often import often_words
from bedside.ward.facts import InfantFacts
from bedside.ward.vial_clocks import clock_view
from bedside.ward.views.timeline import TimelineDose, TimelineView
from bedside.ward.ward import Ward

DAYS = 10  # that are shown, today the last


def given_lines(ward: Ward, view: TimelineView, facts: InfantFacts) -> tuple[GivenLine, ...]:
    """One line for each drug by its route that was given or planned in these days."""
    today = ward.today()
    days = [today - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    found: dict[tuple[str, str], dict[int, str]] = {}
    vials = {
        (ward.drugs.display_name(row.drug), row.course_key, row.course_day): row
        for row in facts.doses
        if row.state == "vial running"
    }
    for dose in _doses(view):
        if dose.on in days and dose.route != INTRATHECAL:
            cells = found.setdefault((dose.drug, _route_and_how_often(ward, facts, dose)), {})
            opened = facts.start_of(dose.course_key) is not None
            if opened or dose.state != "planned":  # nothing of a course is due before it is opened
                vial = vials.get((dose.drug, dose.course_key, dose.course_day))
                word = _word(dose, today=dose.on == today)
                if vial is not None:
                    word = "made up" if vial.started_at is None else "running"
                cells[days.index(dose.on)] = word
    return tuple(
        GivenLine(drug, route, tuple(cells.get(at, "") for at in range(DAYS)))
        for (drug, route), cells in sorted(found.items())
        if cells
    )


def _route_and_how_often(ward: Ward, facts: InfantFacts, dose: TimelineDose) -> str:
    """As "intravenous, every 12 hours": a line that says "due" alone reads as one dose (hazard H1)."""
    route = route_words(dose.route)
    for plan in facts.protocol.course(dose.course_key).drugs:
        if (ward.drugs.display_name(plan.drug), plan.route) == (dose.drug, dose.route):
            planned = ProjectedDose(
                dose.on, dose.course_key, dose.course_day, None, plan.drug, plan.route
            )
            often = often_words(ward, facts, planned, plan)
            return f"{route}, {often}" if often else route
    return route


def vial_words(ward: Ward, facts: InfantFacts) -> Iterator[str]:
    """Each vial that is made up or runs in now, with the time by when all of it is in."""
    for row in facts.doses:
        clock = clock_view(ward, facts, row) if row.state == "vial running" else None
        if clock is None:
            continue
        name, title = ward.drugs.display_name(row.drug), facts.protocol.course(row.course_key).title
        what = f"A VIAL of {name}, {title} day {row.course_day}, "
        if row.started_at is None:
            made = write_date_time(clock.reconstituted_at)
            what += f"was made up {made} and is not started"
        else:
            what += f"runs in since {write_date_time(ward.local(row.started_at))}"
        yield f"{what}: all of it is in by {write_time(clock.finish_by)}, or it is discarded"


def _doses(view: TimelineView) -> list[TimelineDose]:
    return [dose for lane in view.lanes for dose in lane.doses]


def _word(dose: TimelineDose, *, today: bool) -> str:
    """A word for a day; a past one that nobody recorded is never called given."""
    if dose.state == "planned":
        return "due" if today else "no record"
    return {"missed": "no record", "broken off": "in part", "in part": "in part"}.get(
        dose.state, dose.state
    )


def spinal_note(ward: Ward, view: TimelineView) -> str:
    """The last and the next day with intrathecal drugs, without their names: they have own sheets."""
    today = ward.today()
    spinal = [dose for dose in _doses(view) if dose.route == INTRATHECAL]
    given = sorted({dose.on for dose in spinal if dose.state == "given"})
    to_come = sorted({dose.on for dose in spinal if dose.state == "planned" and dose.on >= today})
    said = []
    if given:
        said.append(f"last given {write_date(given[-1])}")
    if to_come:
        said.append(f"next planned {write_date(to_come[0])}")
    return f"Intrathecal: {', '.join(said)}; own sheets" if said else ""
