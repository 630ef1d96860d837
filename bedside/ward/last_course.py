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
        said: what is not planned any more stands elsewhere on the page.
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
        text = f"No further course. Planned doses go on until {write_date(last)}"
    because = "" if said else _not_planned(ward, standing, running)
    told = because if ends is not None and last == ends else f"{end_words}. {because}".strip()
    return (NextItem(ends, text, told),)


def _last_dose(standing: Standing, running: Course) -> date | None:
    projected = standing.projected(running.key)
    left = [] if projected is None else [dose.on for dose in projected.doses]
    return max((on for on in left if on >= standing.today), default=None)


def _not_planned(ward: Ward, standing: Standing, running: Course) -> str:
    """What the sources leave without a date in the running course, each reason once."""
    drugs: dict[str, list[str]] = defaultdict(list)
    for key, drug, route, why in standing.projection.unscheduled:
        if key == running.key:
            name = ward.drugs.display_name(drug)
            told = name if route == "not public" else f"{name} {route_words(route)}"
            drugs[why].append(told)
    if not drugs:
        return ""
    parts = [f"{', '.join(names)}, because {why}" for why, names in drugs.items()]
    return f"Not planned: {'; '.join(parts)}."
