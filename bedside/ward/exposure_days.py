"""Days of which only some of the doses are recorded, in the cumulative doses: what was given counts."""

from collections.abc import Iterator

from bedside.protocol.schedule import ProjectedDose
from bedside.ward.day_doses import count_words, day_doses, some_recorded
from bedside.ward.facts import InfantFacts
from bedside.ward.ward import Ward


def day_notes(ward: Ward, facts: InfantFacts) -> Iterator[str]:
    """Each day before today with some of its doses recorded and others not.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
    """
    for key, rows in facts.of_day.items():
        course_key, day, drug, route, on = key
        if key in facts.recorded or on >= ward.today():
            continue
        dose = ProjectedDose(on, course_key, day, None, drug, route)
        if not some_recorded(ward, facts, dose):  # hours beyond the plan alone
            continue
        doses = day_doses(ward, facts, dose)
        title = facts.protocol.course(course_key).title
        yield (
            f"{ward.drugs.display_name(drug)}, {title} day {day}: {count_words(doses, rows)}, the "
            "others are not recorded. What was given counts; the others count neither as given nor "
            "as planned."
        )
