"""A whole protocol in words: every fact of every course, each with its evidence and its sources.

Nothing is worked out here and nothing left away: what the file says is said, and what it leaves
open is said to be open.
"""

from collections.abc import Iterator, Mapping

from bedside.papers.protocol_book import ConflictWords, CourseWords, FactLine, ProtocolBook
from bedside.protocol.day_words import total_words
from bedside.protocol.drug_in_words import drug_lines
from bedside.protocol.drugs import INTRATHECAL, display_name
from bedside.protocol.model import Course, CourseMatch, DrugPlan, EntryRule, Origin, Protocol
from bedside.protocol.start_model import StartRule
from bedside.protocol.strata_in_words import strata_lines
from bedside.units.writer import write_count, write_number


def book_of(protocol: Protocol, others: Mapping[str, Protocol] | None = None) -> ProtocolBook:
    """The protocol in words.

    Args:
        protocol: one edition, as read from its file.
        others: the protocols beside it, by key: they name the courses that stand beside its own.
    """
    return ProtocolBook(
        key=protocol.key,
        title=protocol.title,
        full_title=protocol.full_title,
        edition=protocol.edition,
        registry=protocol.registry,
        digest=protocol.digest,
        closed_to_entry=protocol.closed_to_entry,
        facts=tuple(_protocol_lines(protocol, others or {})),
        courses=tuple(_course(protocol, course) for course in protocol.courses),
        conflicts=tuple(
            ConflictWords(
                conflict.number,
                conflict.question,
                conflict.readings,
                conflict.ruling,
                conflict.origin.named,
            )
            for conflict in protocol.conflicts
        ),
        sources=tuple(
            (key, protocol.source_names.get(key, key), full)
            for key, full in protocol.sources.items()
        ),
    )


def line(about: str, aspect: str, words: str, origin: Origin, note: str | None = None) -> FactLine:
    """One fact; its note is the origin's own where none is given."""
    return FactLine(
        about=about,
        aspect=aspect,
        words=words,
        evidence=origin.evidence,
        sources=origin.sources,
        named=origin.named,
        note=origin.note if note is None else note,
    )


def _protocol_lines(protocol: Protocol, others: Mapping[str, Protocol]) -> Iterator[FactLine]:
    worded = (
        ("closed-to-entry", "entry", protocol.closed_to_entry),
        ("arm", "arms", protocol.arm_words),
        ("risk", "risk groups", protocol.risk_words),
        ("numbering", "day numbers", protocol.numbering_words),
    )
    for key, aspect, words in worded:
        if words:
            yield line("Protocol", aspect, words, protocol.origins[key])
    yield line("Protocol", "end of therapy", protocol.therapy_words, protocol.therapy_origin)
    if protocol.dlt_window is not None:
        window = protocol.dlt_window
        opens = protocol.course(window.opens_on_day_1_of).title
        closes = protocol.course(window.closes_when_may_start).title
        words = f"opens on day 1 of {opens}; closes on the day the start rule of {closes} is met"
        yield line("Protocol", "DLT period", words, window.origin)
    for rule in protocol.entry_rules:
        yield line("Entry", rule.key.replace("-", " "), _entry_words(rule), rule.origin)
    for goes_on in protocol.continue_rules:
        title = protocol.course(goes_on.before).title
        yield line("Going on", f"before {title}", goes_on.words, goes_on.origin)
    yield from strata_lines(protocol)
    for match in protocol.matches:
        title = protocol.course(match.course).title
        words = f"{title} stands where {_beside(match, others)}"
        yield line("Courses of another protocol", title, words, match.origin)
        if match.said:
            yield line(
                "Courses of another protocol", f"{title}, said", match.said, match.said_origin
            )


def _beside(match: CourseMatch, others: Mapping[str, Protocol]) -> str:
    """The course of the other protocol by its titles; by its keys where that one is not there."""
    other = others.get(match.protocol)
    named, has = match.protocol, match.other
    if other is not None:
        titles = {course.key: course.title for course in other.courses}
        named, has = other.title, titles.get(match.other, match.other)
    return f"{named} has {has}, part {match.part}" if match.part else f"{named} has {has}"


def _entry_words(rule: EntryRule) -> str:
    limit = ""
    if rule.limit is not None:
        unit = "days" if rule.check.startswith("age") else "per cent"
        limit = f" (limit {write_number(rule.limit)} {unit})"
    asked = f"; ask at {' or '.join(map(str, rule.ask_days))} days" if rule.ask_days else ""
    return f"{rule.words}{limit}{asked}"


def _course(protocol: Protocol, course: Course) -> CourseWords:
    return CourseWords(
        key=course.key,
        title=course.title,
        also=", ".join(course.also),
        phase=course.phase,
        arm=course.arm,
        note=course.note,
        facts=(*_course_lines(course), *_all_drug_lines(protocol, course)),
        totals=tuple(f"{name}: {words}" for name, words in totals_of(course.drugs)),
    )


def _course_lines(course: Course) -> Iterator[FactLine]:
    arm = f", {course.arm} arm only" if course.arm else ""
    place = f"in the phase {course.phase}{arm}"
    yield line("Course", "name and place in the order", place, course.order_origin)
    length = "not public" if course.length_days is None else f"{course.length_days} days"
    yield line("Course", "length", length, course.length_origin)
    yield line("Course", "start", course.start_words, course.start_origin)
    if course.start_rule is not None:
        yield from _start_lines(course.start_rule)
    if course.place_origin is not None:
        where = "tertiary centre only" if course.tertiary_only else "also at a shared-care centre"
        yield line("Course", "place", where, course.place_origin)
    if course.label_origin is not None:
        added = f"the paper's own number of a day is {course.second_label_offset} more"
        yield line("Course", "second day number", added, course.label_origin)
    for part in course.parts:
        yield line("Course", f"part {part.number}", f"{part.title}: {part.words}", part.origin)
    if course.cycle_days is not None:
        yield line("Course", "cycle", f"{course.cycle_days} days", course.cycle_origin)


def _start_lines(rule: StartRule) -> Iterator[FactLine]:
    for measure in rule.measures:
        name = "ANC" if measure.measure == "anc" else "platelets"
        words = f"{name} {write_count(measure.at_least_per_ul)} or more"
        yield line("Course", f"start rule, {name}", words, measure.origin)
    for part in rule.results:
        yield line("Course", "start rule, laboratory", part.words, part.origin)
    for asked in rule.confirmations:
        name = {
            "start": "start rule, a person answers",
            "entry": "start rule, answered of the infant",
            "transplant": "start rule, by the transplant rule",
        }[asked.about]
        yield line("Course", name, asked.words, asked.origin)
    for age in rule.ages:
        yield line("Course", "start rule, judged of the infant", age.words, age.origin)
    for gene in rule.genes:
        yield line("Course", "start rule, judged of the infant", gene.words, gene.origin)


def _all_drug_lines(protocol: Protocol, course: Course) -> Iterator[FactLine]:
    for plan in course.drugs:
        yield from drug_lines(plan, protocol.source_names)


def totals_of(plans: tuple[DrugPlan, ...]) -> tuple[tuple[str, str], ...]:
    """Each drug with its dose days added up; intrathecal doses stand apart from all others."""
    grouped: dict[tuple[str, bool], list[DrugPlan]] = {}
    for plan in plans:
        grouped.setdefault((plan.drug, plan.route == INTRATHECAL), []).append(plan)
    return tuple(
        (f"{display_name(drug)}{', intrathecal' if spinal else ''}", total_words(listed))
        for (drug, spinal), listed in grouped.items()
    )
