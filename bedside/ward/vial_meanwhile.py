"""What the second of two people reads who do the same with one vial: who was first, and what she recorded."""

from bedside.store.records import DoseRecord
from bedside.units.dates import write_date_time
from bedside.ward.facts import InfantFacts
from bedside.ward.ward import Ward

_LOOK = "Nothing more was recorded. Look at the infant's doses before you do anything."


def why_no_vial_runs(ward: Ward, facts: InfantFacts, row: DoseRecord) -> tuple[str, ...]:
    """Why nothing is recorded of a vial clock that does not run any more as it was shown.

    Args:
        ward: the ward.
        facts: of the infant, as they are now.
        row: the record of the clock as the person saw it: struck out, or ended since.
    """
    dose = (row.course_key, row.course_day, row.drug, row.route)
    now = [
        one for one in facts.doses
        if (one.course_key, one.course_day, one.drug, one.route) == dose and one.voided_at is None
    ]  # fmt: skip
    if not now:
        return ("This vial was struck out meanwhile.", *_by(row.voided_by, ""), _LOOK)
    newest = max(now, key=lambda one: one.id)
    at = newest.finished_at or newest.started_at
    done = {
        "given": "Meanwhile this vial was recorded as given to its end.",
        "vial lost": "Meanwhile this vial was recorded as discarded or broken off.",
        "not given": "Meanwhile this dose was recorded as not given.",
    }.get(
        newest.state,
        "Meanwhile this vial was made anew or planned anew."
        if at is None
        else "Meanwhile this vial was recorded as started.",
    )
    when = "" if at is None else write_date_time(ward.local(at))
    return (done, *_by(newest.recorded_by, when), _LOOK)


def _by(who: str | None, when: str) -> tuple[str, ...]:
    """Whose act it was and of what time, as far as they are known."""
    if not who:
        return (f"Its time: {when}.",) if when else ()
    return (f"By {who}, {when}.",) if when else (f"By {who}.",)
