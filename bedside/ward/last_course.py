"""What comes next when no further course does: until when doses go on, what has no date, and why."""

from collections import defaultdict
from datetime import date

from bedside.protocol.drugs import route_words
from bedside.protocol.model import Course
from bedside.units.dates import write_date
from bedside.ward.standing import Standing
from bedside.ward.views.where import NextItem
from bedside.ward.ward import Ward


def no_further_course(
    ward: Ward, standing: Standing, end_words: str, *, said: bool = False
) -> tuple[NextItem, ...]:
    """The line that stands in the place of a next course; none while one follows.

    Args:
        ward: the ward.
        standing: where the infant stands.
        end_words: "therapy ends 07-Feb-2028", or why that is not known.
        said: why something is not planned any more stands elsewhere on the page; only named here.
    """
    running = standing.running
    if standing.next is not None or running is None:
        return ()
    last = _last_dose(standing, running)
    if running.kind != "maintenance":
        return (NextItem(None, "The next course is not known", standing.next_words),)
    ends = standing.projection.end_of_therapy
    if ends is not None and ends < standing.today:
        return (NextItem(ends, "Therapy has ended by the plan; no further course follows"),)
    text = "No further course. Doses go on"
    if last is not None:
        going = ", ".join(_still_planned(ward, standing, running))
        text = f"No further course. Planned until {write_date(last)}: {going}"
    because = _not_planned(ward, standing, running, brief=said)
    told = because if ends is not None and last == ends else f"{end_words}. {because}".strip()
    return (NextItem(ends, text, told),)


def _last_dose(standing: Standing, running: Course) -> date | None:
    projected = standing.projected(running.key)
    left = [] if projected is None else [dose.on for dose in projected.doses]
    return max((on for on in left if on >= standing.today), default=None)


def _still_planned(ward: Ward, standing: Standing, running: Course) -> tuple[str, ...]:
    """The drugs of the running course that have a planned dose from today on."""
    projected = standing.projected(running.key)
    left = () if projected is None else projected.doses
    ahead = {(dose.drug, dose.route): None for dose in left if dose.on >= standing.today}
    return tuple(_named(ward, drug, route) for drug, route in ahead)


def _named(ward: Ward, drug: str, route: str) -> str:
    name = ward.drugs.display_name(drug)
    return name if route == "not public" else f"{name} {route_words(route)}"


def _not_planned(ward: Ward, standing: Standing, running: Course, *, brief: bool) -> str:
    """What the sources leave without a date in the running course, each reason once.

    ``brief``: the reasons stand at the head of the page; the names only.
    """
    drugs: dict[str, list[str]] = defaultdict(list)
    for key, drug, route, why in standing.projection.unscheduled:
        if key == running.key:
            drugs[why].append(_named(ward, drug, route))
    if not drugs:
        return ""
    if brief:
        every = dict.fromkeys(name for names in drugs.values() for name in names)
        return f"Not planned: {', '.join(every)}."
    parts = [f"{', '.join(names)}, because {why}" for why, names in drugs.items()]
    return f"Not planned: {'; '.join(parts)}."
