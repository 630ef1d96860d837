"""The label of a vial that runs against the clock: it holds until its FINISH BY, and not a minute longer.

While the infusion runs its label is right where it is: nobody is told to stop a dose that rightly runs,
and nobody starts a second one with it (hazards H16, H30).
"""

from collections.abc import Sequence
from datetime import datetime

from bedside.store.records import DoseRecord, Print
from bedside.units.dates import half_of, half_words, write_time
from bedside.ward.facts import InfantFacts
from bedside.ward.paper_keys import LABEL, Administration
from bedside.ward.vial_clocks import clock_view
from bedside.ward.views.marks import VialClockView
from bedside.ward.ward import Ward


def finish_by(
    ward: Ward, facts: InfantFacts, course_key: str, of: Administration
) -> datetime | None:
    """By when all of the vial that runs for a dose is in; None where none runs."""
    clock = _clock(ward, facts, (course_key, of.day, of.drug))
    return None if clock is None else clock.finish_by


def over_words(ward: Ward, facts: InfantFacts, row: Print) -> str | None:
    """Why the label of a running vial holds no more; "" while it runs in; None where a label is judged as any paper.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        row: a printed paper.
    """
    clock = clock_of_label(ward, facts, row)
    if clock is None:
        return None
    if ward.now() > clock.finish_by:
        return f"its time to finish was {write_time(clock.finish_by)}"
    return None if clock.started_at is None else ""


def runs_words(ward: Ward, facts: InfantFacts, row: Print) -> str:
    """That the vial of a label runs in already; "" where it does not, or its time is over."""
    clock = clock_of_label(ward, facts, row)
    if clock is None or clock.started_at is None or ward.now() > clock.finish_by:
        return ""
    return (
        f"This vial is running: started at {write_time(clock.started_at)}, all of it is in by "
        f"{write_time(clock.finish_by)}. Start nothing else with this label."
    )


def clock_of_label(ward: Ward, facts: InfantFacts, row: Print) -> VialClockView | None:
    """The running clock of the vial on which a printed label stands; None for any other paper."""
    if row.kind != LABEL or row.course_day is None or not row.drug:
        return None
    clock = _clock(ward, facts, (row.course_key, row.course_day, row.drug))
    same = clock is not None and clock.finish_by == ward.local(row.valid_until)
    return clock if same else None


def latest_start_over(ward: Ward, facts: InfantFacts, vial: DoseRecord) -> Sequence[str]:
    """Why no label is made of a vial that cannot run in as planned any more; () where it can."""
    clock = clock_view(ward, facts, vial)
    if clock is None or ward.now() <= clock.latest_start:
        return ()
    shorter = ward.now() <= clock.latest_start_shortest
    what = "Plan a shorter infusion at the vial clock" if shorter else "Discard this vial"
    return (
        f"No label: the latest start of this vial over {clock.infusion_minutes} min was "
        f"{write_time(clock.latest_start)}. {what}.",
    )


def twice_words(ward: Ward, moment: datetime) -> str:
    """Which of two like hours a time is of, in the night the clock goes back; "" on all other hours.

    Args:
        ward: the ward, for its zone.
        moment: any time, aware.
    """
    return half_words(half_of(moment, ward.zone))


def _clock(ward: Ward, facts: InfantFacts, of: tuple[str, int, str]) -> VialClockView | None:
    for row in facts.doses:
        if (row.course_key, row.course_day, row.drug) == of and row.state == "vial running":
            return clock_view(ward, facts, row)
    return None
