"""The doses of the last days on a transfer summary; intrathecal ones by their days only."""

from datetime import timedelta

from bedside.papers.transfer import GivenLine
from bedside.protocol.drugs import INTRATHECAL, route_words
from bedside.units.dates import write_date
from bedside.ward.facts import InfantFacts
from bedside.ward.views.timeline import TimelineDose, TimelineView
from bedside.ward.ward import Ward

DAYS = 10  # that are shown, today the last


def given_lines(ward: Ward, view: TimelineView, facts: InfantFacts) -> tuple[GivenLine, ...]:
    """One line for each drug by its route that was given or planned in these days."""
    today = ward.today()
    days = [today - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    found: dict[tuple[str, str], dict[int, str]] = {}
    for dose in _doses(view):
        if dose.on in days and dose.route != INTRATHECAL:
            cells = found.setdefault((dose.drug, route_words(dose.route)), {})
            opened = facts.start_of(dose.course_key) is not None
            if opened or dose.state != "planned":  # nothing of a course is due before it is opened
                cells[days.index(dose.on)] = _word(dose, today=dose.on == today)
    return tuple(
        GivenLine(drug, route, tuple(cells.get(at, "") for at in range(DAYS)))
        for (drug, route), cells in sorted(found.items())
        if cells
    )


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
