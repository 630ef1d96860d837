"""What an answer still waits for, as a program reads it: which fact is missing, who supplies it, where.

Every answer of `calc` that cannot be worked out whole carries these under ``waits_for``, in the
same shape as ``missing`` of a blocked dose.
"""

from collections.abc import Iterable, Iterator, Mapping

from bedside.protocol.drugs import ROUTE_NOT_PUBLIC, display_name, route_words
from bedside.protocol.missing import Missing, missing_value
from bedside.protocol.model import Course, Protocol
from bedside.protocol.path import Path
from bedside.protocol.projection import Projection
from bedside.protocol.therapy_end import DIAGNOSIS
from bedside.protocol.titration_facts import Proposal

COUNTS = "whoever enters the blood counts"
GENETICS = "whoever enters the report of the genetics laboratory"
PHYSICIAN = "the physician who treats the infant"
CARERS = "whoever weighs and measures the infant, and enters the blood counts"
ENROLLER = "whoever entered the infant"
_RISK: Mapping[str, Missing] = {
    "kmt2a": Missing("the KMT2A result", GENETICS, "Risk and arm on the infant's page, or --kmt2a"),
    "wbc": Missing(
        "the white cells at diagnosis", COUNTS, "Risk and arm on the infant's page, or --wbc"
    ),
    "day8-blasts": Missing(
        "the blasts in blood on day 8",
        COUNTS,
        "Risk and arm on the infant's page, or --day8-blasts",
    ),
}
_KINDS: Mapping[str, tuple[str, str]] = {
    "measure": (COUNTS, "Record counts on the infant's page, or --{0}"),
    "result": (COUNTS, "Counts, chemistry and levels (Alt+G), or --result {0}=…"),
    "confirm": (
        PHYSICIAN,
        "the infant's page, under what stands against the start, or --confirm {0}=yes",
    ),
    "age": (ENROLLER, "the infant's enrolment, or --birth and --course-day-1"),
    "kmt2a": (GENETICS, "the infant's page, or --kmt2a"),
}


def in_json(found: Iterable[Missing]) -> list[dict[str, str]]:
    """Each missing fact once, with who supplies it and where."""
    return [{"fact": one.fact, "who": one.who, "where": one.where} for one in dict.fromkeys(found)]


def risk_waits(missing: Iterable[str]) -> Iterator[Missing]:
    """What a risk group waits for, from the keys that `judge_risk` names."""
    return (_RISK[key] for key in missing)


def gate_waits(course: Course, rules: Iterable[Mapping[str, str]]) -> Iterator[Missing]:
    """What the start of a course waits for: its unknown parts."""
    for rule in rules:
        if rule["result"] != "unknown":
            continue
        if rule["kind"] == "not public":
            yield missing_value(f"the start rule of {course.title}", "start")
            continue
        who, where = _KINDS[rule["kind"]]
        fact = rule["words"].partition(":")[0]
        yield Missing(fact, who, where.format(rule["key"]))


def titration_waits(proposal: Proposal) -> Iterator[Missing]:
    """What a proposal of doses by mouth waits for, of the infant and of each drug."""
    said = [*proposal.missing, *(words for drug in proposal.drugs for words in drug.missing)]
    for words in said:
        yield Missing(words.rstrip("."), CARERS, "the infant's page, or the history in FILE")


def waits_in_words(found: Iterable[Missing]) -> Iterator[str]:
    """A line for each missing fact, for a person."""
    return (f"Needed: {one.words}" for one in dict.fromkeys(found))


def grouped_in_words(found: Iterable[Missing]) -> Iterator[str]:
    """What is missing for a person: who and where once, and under it each fact that waits for them."""
    groups: dict[tuple[str, str], list[str]] = {}
    for one in dict.fromkeys(found):
        groups.setdefault((one.who, one.where), []).append(one.fact)
    for (who, where), facts in groups.items():
        yield from ("", f"Needed. Who: {who}. Where: {where}.", *(f"  {fact}" for fact in facts))


def schedule_waits(protocol: Protocol, path: Path, plan: Projection) -> Iterator[Missing]:
    """What a calendar waits for: arm and group, lengths of courses, days that are not public."""
    yield from course_waits(protocol, path, plan)
    for course_key, drug, route, _ in plan.unscheduled:
        yield days_wait(drug, route, protocol.course(course_key).title)
    yield from end_waits(protocol, plan)


def days_wait(drug: str, route: str, title: str) -> Missing:
    """The days of a drug that no source names, in a course of this title."""
    by = "" if route == ROUTE_NOT_PUBLIC else f" {route_words(route)}"
    return missing_value(f"the days of {display_name(drug)}{by} in {title}", "days")


def course_waits(protocol: Protocol, path: Path, plan: Projection) -> Iterator[Missing]:
    """What the starts of the courses wait for: arm and group, lengths that are not public."""
    if path.ask:
        where = "Risk and arm on the infant's page, or --arm and --risk"
        yield Missing(path.ask, "the trial's office, which allocates the arm", where)
    taken = [course for course in protocol.courses if course.key in path.courses]
    for course, projected in zip(taken[1:], taken, strict=False):
        dated = next((one for one in plan.courses if one.key == course.key), None)
        unknown = projected.length_days is None and dated is not None and dated.basis != "actual"
        if unknown and dated is not None and "not public" in dated.certainty:
            yield missing_value(f"the length of {projected.title}", "lengths")


def end_waits(protocol: Protocol, plan: Projection) -> Iterator[Missing]:
    """What the end of therapy waits for."""
    if protocol.therapy is None:
        yield missing_value(f"when therapy of {protocol.title} ends", "therapy")
    elif protocol.therapy.since == DIAGNOSIS and plan.end_of_therapy is None:
        fact = f"the day of diagnosis, from which therapy ends {protocol.therapy_words}"
        yield Missing(fact, ENROLLER, "the infant's enrolment, or --diagnosed")
