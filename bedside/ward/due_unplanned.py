"""What of the running course is not planned today although it may be due: said, never left to a green page.

The program plans no day that its sources leave open. A drug that was planned and then stops, because
the sources contradict each other or name no day and the site has entered nothing, would otherwise
vanish in silence: nothing is due, nothing is late, and the infant goes without.
"""

from datetime import timedelta

from msgspec import Struct

from bedside.protocol.drugs import route_words
from bedside.protocol.model import Days, DrugPlan
from bedside.units.dates import write_date
from bedside.ward.facts import InfantFacts
from bedside.ward.standing import Standing
from bedside.ward.views.marks import HeldItem, Mark
from bedside.ward.ward import Ward

SUPPLIES = "two people of this site enter the days: Commission (F7)"
_MOST_NAMED = 3
BRIEF = "the site enters the days (F7)"


class Unplanned(Struct, frozen=True):
    """One drug of the running course that is not planned, or not any longer.

    Args:
        drug: as written, "methotrexate".
        name: drug and route, "methotrexate by mouth".
        last: the last course day on which it was planned, None where it never was.
        why: what the sources leave open.
    """

    drug: str
    name: str
    last: int | None
    why: str


class NotPlanned(Struct, frozen=True):
    """The head of the first page about what is not planned.

    Args:
        mark: "mend" where a drug stopped being planned, "unknown" where it never was.
        words: the one sentence, "No longer planned: methotrexate."
        why: since when, and who supplies it; "" where the page says it elsewhere.
    """

    mark: Mark
    words: str
    why: str = ""


def unplanned(ward: Ward, facts: InfantFacts, standing: Standing) -> tuple[Unplanned, ...]:
    """The drugs of the running course that are not planned by today, those that were planned first.

    A drug that a person stopped (Maintenance, 0 %) is not in force and not in it. Where no day of
    the whole course is public, the course says so itself, and nothing is in it.

    Args:
        ward: the ward.
        facts: what is recorded of the infant.
        standing: where she is up to.
    """
    course, day = standing.running, standing.day
    if course is None or day is None or standing.finished or course.last_dosing_day is None:
        return ()
    found = [pair for plan in course.drugs if (pair := _unplanned(ward, plan, day)) is not None]
    if found and course.kind == "maintenance":
        stopped = _stopped(ward, facts)
        found = [pair for pair in found if pair[0].drug not in stopped or pair[0].route == "IT"]
    return tuple(sorted((each for _, each in found), key=lambda each: each.last is None))


def unplanned_items(
    ward: Ward, facts: InfantFacts, standing: Standing
) -> tuple[tuple[HeldItem, ...], NotPlanned | None]:
    """The same for the ward list and the first page: what, since when, and who supplies it.

    Returns:
        A line each for what was planned once and what never was; and the one sentence for the head
        of the first page, None where every drug is planned.
    """
    running = standing.running
    if running is not None and running.last_dosing_day is None and not standing.finished:
        words = f"{running.title}: its days are not public"
        item = HeldItem("unknown", words, ("follow your own protocol",), "commission")
        said = "Its days are not public: follow your own protocol."
        return (item,), NotPlanned("unknown", said)
    found = unplanned(ward, facts, standing)
    ended = tuple(each for each in found if each.last is not None)
    never = tuple(each for each in found if each.last is None)
    items: list[HeldItem] = []
    sentences: list[NotPlanned] = []
    if ended:
        since = (_last_words(standing, each) for each in ended)
        words = f"no longer planned: {_names(ended)}"
        items.append(HeldItem("mend", words, (*since, SUPPLIES), "commission", BRIEF))
        last = ", ".join(f"{each.name} on day {each.last}" for each in ended)
        why = f"Last planned: {last}. The site enters the days: Commission (F7)."
        sentences.append(NotPlanned("mend", f"No longer planned: {_drugs(ended)}.", why))
    if never:
        whys = dict.fromkeys(each.why for each in never)
        words = f"not planned: {_names(never)}"
        items.append(HeldItem("unknown", words, (*whys, SUPPLIES), "commission", BRIEF))
        sentences.append(NotPlanned("unknown", f"Not planned: {_drugs(never)}."))
    return tuple(items), next(iter(sentences), None)


def days_open(ward: Ward, facts: InfantFacts, standing: Standing) -> str:
    """What stands under "due this shift" of a course with drugs whose days are not known; "" for none.

    "Nothing is due" would be read as an answer, and the program has none.
    """
    running = standing.running
    if running is not None and running.last_dosing_day is None and not standing.finished:
        return f"not known: the days of {running.title} are not public"
    names = list(dict.fromkeys(each.drug for each in unplanned(ward, facts, standing)))
    if len(names) == 1:
        return f"not known: {names[0]} has no days here"
    return f"not known: {len(names)} drugs have no days here" if names else ""


def _last_words(standing: Standing, each: Unplanned) -> str:
    day = each.last or 1
    return f"{each.name}: last planned on {_day_words(standing, day)}; {each.why}"


def _drugs(found: tuple[Unplanned, ...]) -> str:
    names = list(dict.fromkeys(each.drug for each in found))
    return ", ".join(names) if len(names) <= _MOST_NAMED else f"{len(names)} drugs"


def _day_words(standing: Standing, day: int) -> str:
    """A course day with its date; without it where days of the course were held."""
    start, today = standing.start, standing.day
    if start is None or today is None or start.day_1 + timedelta(days=today - 1) != standing.today:
        return f"day {day}"
    return f"day {day}, {write_date(start.day_1 + timedelta(days=day - 1))}"


def _unplanned(ward: Ward, plan: DrugPlan, day: int) -> tuple[DrugPlan, Unplanned] | None:
    days = plan.days
    last = _last_planned(days, day)
    open_from, why = _open_from(days, day)
    if open_from is None or (last is not None and last >= open_from):
        return None
    if last is None and days.scheduled and day not in days.disputed:
        return None  # one open day before its first planned one, and that day has gone by
    route = "" if plan.route == "not public" else f" {route_words(plan.route)}"
    drug = ward.drugs.display_name(plan.drug)
    return plan, Unplanned(drug, f"{drug}{route}", last, why)


def _last_planned(days: Days, day: int) -> int | None:
    """The last day up to today on which the drug is planned."""
    planned = [one for one in days.scheduled if one <= day]
    if days.repeat_from is not None and days.repeat_every is not None and days.repeat_days:
        first = max(days.repeat_from, day - days.repeat_every + 1)
        planned += [one for one in range(first, day + 1) if days.plans(one)]
    return max(planned, default=None)


def _open_from(days: Days, day: int) -> tuple[int | None, str]:
    """From which day on, up to today, the sources leave the days open, and in which words.

    The newest open stretch decides: after it the drug must be planned again, or it is still open.
    """
    if days.repeat_from is not None and days.repeat_from <= day and not days.repeat_days:
        origin = days.repeat_origin
        note = "" if origin is None else origin.note
        return days.repeat_from, note or f"the days from day {days.repeat_from} on are not public"
    disputed = [one for one in days.disputed if one <= day]
    if disputed:
        return max(disputed), days.words
    if not days.scheduled and not days.disputed:
        return 1, days.words or "days not public"
    return None, ""


def _names(found: tuple[Unplanned, ...]) -> str:
    return ", ".join(dict.fromkeys(each.name for each in found))


def _stopped(ward: Ward, facts: InfantFacts) -> frozenset[str]:
    """The drugs by mouth that are decided to be stopped today."""
    from bedside.ward.titration_rows import titrations_of

    today = ward.today()
    newest = {row.drug: row for row in titrations_of(ward, facts.infant.id) if row.from_on <= today}
    return frozenset(
        drug for drug, row in newest.items() if row.percent_tenths == 0 or row.amount_ug == 0
    )
