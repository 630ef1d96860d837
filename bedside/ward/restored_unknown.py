"""What is asked where the ward that a restore replaced cannot be read: was anything done meanwhile?"""

from datetime import datetime

from bedside.protocol.drugs import route_words
from bedside.units.dates import write_date, write_date_time, write_time
from bedside.ward.due import dose_record
from bedside.ward.facts import InfantFacts, facts_of_all
from bedside.ward.standing import projection_of
from bedside.ward.views.restored import MissingAct
from bedside.ward.ward import Ward


def span_words(since: datetime, until: datetime) -> str:
    """The time of which nothing is known: "17:52 and 18:02", with days where they differ."""
    if since.date() == until.date():
        return f"{write_time(since)} and {write_time(until)}"
    return f"{write_date_time(since)} and {write_date_time(until)}"


def unknown_acts(ward: Ward, since: datetime, until: datetime) -> tuple[MissingAct, ...]:
    """One question for the ward and for each infant, and one for each dose planned in that time.

    Args:
        ward: the copy, opened.
        since: when it was made.
        until: when it takes the ward's place.
    """
    words = f"What was done between {span_words(since, until)} is not known"
    act = "not known"
    found = [
        MissingAct(
            since, "", act, f"{words}: infants, people, settings, papers.", None, "", "unknown"
        )
    ]
    for facts in facts_of_all(ward):
        infant = facts.infant
        name = f"{infant.family}, {infant.given}"
        found.append(MissingAct(since, "", act, f"{words}.", infant.id, name, "unknown"))
        found += _doses(ward, facts, since, until)
    return tuple(found)


def _doses(ward: Ward, facts: InfantFacts, since: datetime, until: datetime) -> list[MissingAct]:
    infant, found = facts.infant, []
    for course in projection_of(ward, facts).courses:
        for dose in course.doses:
            if not since.date() <= dose.on <= until.date():
                continue
            record = dose_record(facts, dose)
            if record is not None and record.state == "given":
                continue
            title = facts.protocol.course(dose.course_key).title
            name = ward.drugs.display_name(dose.drug)
            found.append(
                MissingAct(
                    at=since,
                    who="",
                    act="not known",
                    words=f"{name} {route_words(dose.route)}, {title} day {dose.course_day}, planned "
                    f"for {write_date(dose.on)}: was it given meanwhile?",
                    infant_id=infant.id,
                    infant=f"{infant.family}, {infant.given}",
                    kind="maybe given",
                    planned=(dose.course_key, dose.course_day, dose.drug, dose.route),
                    due_on=dose.on,
                )
            )
    return found
