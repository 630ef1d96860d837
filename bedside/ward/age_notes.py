"""What a coming birthday means for the doses of one infant: which drugs change, and from when on."""

from bedside.protocol.plan_change import age_bands
from bedside.ward.facts import InfantFacts
from bedside.ward.ward import Ward

_NAMED = 2  # so many drugs are named, the others counted


def age_note(ward: Ward, facts: InfantFacts, months: int) -> str:
    """What is tied to an age, by the protocol's own file or by this site; "" where nothing is.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        months: completed calendar months, as 6.
    """
    values = ward.values_for(facts.protocol.key)
    same = values.protocol == facts.protocol.key
    anchor = values.age_anchor if same else "course-day-1"
    begun = [course.key for course in facts.protocol.courses if facts.start_of(course.key)]
    # a course that runs changes only where the age is taken on the day of each dose
    over = begun[:-1] if anchor == "dose-day" else begun
    ahead = [course for course in facts.protocol.courses if course.key not in begun]
    if months == 12 and any(
        course.kind == "maintenance" and " age on day 1 " in course.note for course in ahead
    ):
        return "the age on day 1 of Maintenance cycle 1 sets its first oral doses"
    drugs = dict.fromkeys(
        drug
        for (course_key, drug, _), bands in age_bands(facts.protocol, values).items()
        if course_key not in over and months in {month for month, _ in bands}
    )
    if anchor == "diagnosis" or not drugs:
        return ""
    since = "from that day on" if anchor == "dose-day" else "in courses from then on"
    return f"another dose {since}: {_listed([ward.drugs.display_name(one) for one in drugs])}"


def _listed(names: list[str]) -> str:
    more = len(names) - _NAMED
    if more <= 0:
        return " and ".join(names)
    return f"{', '.join(names[:_NAMED])} and {more} more"
