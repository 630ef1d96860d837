"""Who saw a dose's figures while its blind second check waited: kept, and told to who counts (H1, H42)."""

from collections.abc import Sequence

from bedside.store.check_records import FiguresShown
from bedside.store.queries import of_infant
from bedside.units.dates import write_time
from bedside.ward.one_act import one_act
from bedside.ward.people import named
from bedside.ward.views.check_state import Planned
from bedside.ward.ward import Ward


@one_act
def keep_seen(ward: Ward, infant_id: int, doses: Sequence[Planned], *, who: str) -> None:
    """Keep that somebody unfolds the figures of doses that wait for their check.

    A ward that can only be read keeps nothing: no dose is counted in it.

    Raises:
        Refused: nobody is named, or the role may not.
    """
    who = named(who)
    if ward.store.read_only:
        return
    act = "showed figures of a dose whose second check waits"
    with ward.store.change(who, act, ward.now()) as change:
        for course_key, day, drug, route in doses:
            change.add(
                FiguresShown,
                infant_id=infant_id,
                course_key=course_key,
                course_day=day,
                drug=drug,
                route=route,
            )


def seen_today(ward: Ward, infant_id: int, planned: Planned) -> str:
    """When and by whom a dose's figures were shown today, e.g. "16:40 by E. Berg, RN"; "" by nobody."""
    with ward.store.reading() as connection:
        rows = of_infant(connection, FiguresShown, infant_id)
    told = [
        f"{write_time(at)} by {row.recorded_by}"
        for row in rows
        if (row.course_key, row.course_day, row.drug, row.route) == planned
        and (at := ward.local(row.recorded_at)).date() == ward.today()
    ]
    return "; ".join(told)
