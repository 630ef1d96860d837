"""The rows of the tables of the cohort page, as finished text."""

from collections.abc import Sequence

from bedside.desktop.flowing import whole
from bedside.units.dates import write_date
from bedside.ward.views.cohort import CohortLine, CohortView


def infant_rows(view: CohortView) -> list[tuple[str, ...]]:
    """The infants: study number, state, what is due, and the reason or the days."""
    return [
        (
            each.study_number,
            each.state,
            str(each.due) if each.due else "",
            whole(each.words),
        )
        for each in view.infants
    ]


def line_rows(lines: Sequence[CohortLine]) -> list[tuple[str, ...]]:
    """Courses or terms with their three counts."""
    return [
        (
            each.name.replace(" part ", " part\u00a0"),
            str(each.infants),
            str(each.asked),
            str(each.counted),
        )
        for each in lines
    ]


def twin_rows(view: CohortView) -> list[tuple[str, ...]]:
    """The chart as rows: each number of evaluable infants, the DLTs so far, and where it stops."""
    stops, points = dict(view.boundary), {point.evaluable: point for point in view.points}
    last = max([view.boundary_most, *points], default=0)
    rows: list[tuple[str, ...]] = []
    for size in range(1, last + 1):
        point = points.get(size)
        rows.append(
            (
                str(size),
                "" if point is None else str(point.with_dlt),
                str(stops[size]) if size in stops else "",
                "" if point is None else f"{point.study_number}, {write_date(point.on)}",
            )
        )
    return rows
