"""What sets two protocols apart, course by course: days, dose days and doses of each drug.

Which courses stand side by side is written in the protocol files ([[match]]), with its source.
Where one of the two has nothing public, that is said and nothing is compared: an unknown day is
never counted as no day.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from bedside.protocol.comparison import Comparison, CourseDifference, Difference, Side
from bedside.protocol.continuous_words import plan_rate_words
from bedside.protocol.day_words import counted, frequency_words, planned_words
from bedside.protocol.drugs import INTRATHECAL, display_name
from bedside.protocol.edition_changes import exposure
from bedside.protocol.model import Course, CourseMatch, DrugPlan, Protocol

NOT_PUBLIC_WORDS = "not public"
Named = tuple[str, DrugPlan]  # title of the course, where there are several, and the drug


class Pair(Struct, frozen=True):
    """Courses that stand side by side, and why."""

    a: tuple[Course, ...]
    b: tuple[Course, ...]
    matches: tuple[CourseMatch, ...] = ()


def compare_protocols(a: Protocol, b: Protocol) -> Comparison:
    """Compare two protocols where their files say which courses match.

    Args:
        a: the first protocol.
        b: the second protocol.
    """
    return Comparison(
        kind="protocols",
        a=Side.of(a),
        b=Side.of(b),
        whole=tuple(_whole(a, b)),
        courses=tuple(_course(a, b, pair) for pair in pairs_of(a, b)),
        exposure=exposure(a, b),
    )


def pairs_of(a: Protocol, b: Protocol) -> tuple[Pair, ...]:
    """The courses of both, side by side, in the order of the second; the first's own come last."""
    matches = _matches(a, b)
    pairs: list[Pair] = []
    for course in b.courses:
        found = [(one, other, match) for one, other, match in matches if other == course.key]
        if not found:
            pairs.append(Pair((), (course,)))
            continue
        joined = {one for one, _, _ in found}
        others = [row for row in matches if row[0] in joined]
        pair = Pair(
            tuple(one for one in a.courses if one.key in joined),
            tuple(other for other in b.courses if other.key in {row[1] for row in others}),
            tuple(match for _, _, match in others if match is not None),
        )
        if pair not in pairs:
            pairs.append(pair)
    matched = {one for one, _, _ in matches}
    pairs += [Pair((course,), ()) for course in a.courses if course.key not in matched]
    return tuple(pairs)


def _matches(a: Protocol, b: Protocol) -> list[tuple[str, str, CourseMatch | None]]:
    """Course of a, course of b, and why (None: taken over from one backbone), for each match."""
    keys_a, keys_b = [one.key for one in a.courses], [one.key for one in b.courses]
    if _family(a) & _family(b):
        return [(key, key, None) for key in keys_b if key in keys_a]
    found: list[tuple[str, str, CourseMatch | None]] = [
        (match.other, match.course, match)
        for match in b.matches
        if match.protocol in _family(a) and match.other in keys_a
    ]
    found += [
        (match.course, match.other, match)
        for match in a.matches
        if match.protocol in _family(b) and match.other in keys_b
    ]
    return found


def _family(protocol: Protocol) -> set[str]:
    """The protocol's key and that of its backbone, whose courses it takes over as they stand."""
    return {protocol.key, protocol.backbone} - {""}


def _whole(a: Protocol, b: Protocol) -> Iterator[Difference]:
    for aspect, one, other in (
        ("entry", _entry(a), _entry(b)),
        ("arms", a.arm_words, b.arm_words),
        ("risk groups", a.risk_words, b.risk_words),
        ("end of therapy", a.therapy_words, b.therapy_words),
    ):
        if one != other:
            yield _against("Protocol", aspect, (a, one), (b, other))


def _entry(protocol: Protocol) -> str:
    return protocol.closed_to_entry or "no closing of entry is stated"


def _against(
    subject: str, aspect: str, one: tuple[Protocol, str], other: tuple[Protocol, str]
) -> Difference:
    return Difference(
        subject,
        aspect,
        f"{one[0].title}: {one[1]}",
        f"{other[0].title}: {other[1]}",
        "beside",
    )


def _course(a: Protocol, b: Protocol, pair: Pair) -> CourseDifference:
    lines = tuple(_lines(a, b, pair))
    return CourseDifference(
        keys_a=tuple(course.key for course in pair.a),
        keys_b=tuple(course.key for course in pair.b),
        title=_title(a, b, pair),
        why="; ".join(dict.fromkeys(match.origin.note for match in pair.matches)),
        lines=lines,
    )


def _title(a: Protocol, b: Protocol, pair: Pair) -> str:
    one = " and ".join(course.title for course in pair.a)
    other = " and ".join(course.title for course in pair.b)
    if not pair.a:
        return f"{other}: only in {b.title}"
    if not pair.b:
        return f"{one}: only in {a.title}"
    return f"{one} ({a.title}) beside {other} ({b.title})"


def _lines(a: Protocol, b: Protocol, pair: Pair) -> Iterator[Difference]:
    for match in pair.matches:
        if match.said:
            words = f"{match.said} (stated: {match.said_origin.named})"
            yield Difference("A source says", "", words, words, "remark")
    if _taken_over(pair):
        yield Difference("Course", "", "the same in both: taken over as it stands", "", "same")
        return
    if pair.a and pair.b:
        for aspect, of in (("length", _lengths), ("start", _starts)):
            yield _of_course(aspect, (a, of(pair.a)), (b, of(pair.b)))
    grouped_a, grouped_b = _drugs(pair.a), _drugs(pair.b)
    for name in dict.fromkeys((*grouped_b, *grouped_a)):
        yield _drug(name, (a, grouped_a.get(name, ())), (b, grouped_b.get(name, ())), pair)


def _taken_over(pair: Pair) -> bool:
    """Whether both files hold one and the same course, but for the protocol it is kept in."""
    return bool(pair.a) and [replace(one, protocol="") for one in pair.a] == [
        replace(other, protocol="") for other in pair.b
    ]


def _of_course(aspect: str, one: tuple[Protocol, str], other: tuple[Protocol, str]) -> Difference:
    if one[1] == other[1] == NOT_PUBLIC_WORDS:
        return Difference("Course", aspect, "not public in either", "", "remark")
    return _against("Course", aspect, one, other)


def _lengths(courses: Sequence[Course]) -> str:
    return "; ".join(
        _titled(
            courses,
            course,
            NOT_PUBLIC_WORDS if not course.length_days else f"{course.length_days} days",
        )
        for course in courses
    )


def _starts(courses: Sequence[Course]) -> str:
    return "; ".join(_titled(courses, course, course.start_words.rstrip(".")) for course in courses)


def _titled(courses: Sequence[Course], course: Course, words: str) -> str:
    return f"{course.title}: {words}" if len(courses) > 1 else words


def _drugs(courses: Sequence[Course]) -> dict[str, tuple[Named, ...]]:
    """The drugs of courses by name; spinal ones together, under one name."""
    grouped: dict[str, list[Named]] = {}
    for course in courses:
        title = course.title if len(courses) > 1 else ""
        for plan in course.drugs:
            spinal = plan.route == INTRATHECAL
            name = "intrathecal therapy" if spinal else display_name(plan.drug)
            grouped.setdefault(name, []).append((title, plan))
    return {name: tuple(plans) for name, plans in grouped.items()}


def _drug(
    name: str,
    one: tuple[Protocol, tuple[Named, ...]],
    other: tuple[Protocol, tuple[Named, ...]],
    pair: Pair,
) -> Difference:
    (a, plans_a), (b, plans_b) = one, other
    alone = not pair.a or not pair.b
    words_a, words_b = _side(plans_a, a), _side(plans_b, b)
    if alone:
        words = words_a if pair.a else words_b
        return Difference(name, "", words, words, "alone")
    if not plans_a or not plans_b or not _public(plans_a) or not _public(plans_b):
        return _against(name, "", (a, words_a), (b, words_b))
    if words_a == words_b:
        return Difference(name, "", words_a, words_b, "same")
    more = _dose_days(plans_b) - _dose_days(plans_a)
    count = f"{counted(abs(more), 'dose day')} {'more' if more > 0 else 'fewer'}"
    tail = f" ({count} than {a.title})" if more else ""
    return _against(name, "", (a, words_a), (b, words_b + tail))


def _public(plans: Sequence[Named]) -> bool:
    return all(plan.days.scheduled for _, plan in plans)


def _dose_days(plans: Sequence[Named]) -> int:
    return sum(len(plan.days.scheduled) for _, plan in plans)


def _side(plans: Sequence[Named], protocol: Protocol) -> str:
    """What one protocol says of one drug (or of its spinal drugs) in the courses compared."""
    if not plans:
        return "not named"
    return "; ".join(_plan_words(title, plan, protocol) for title, plan in plans)


def _named(plan: DrugPlan) -> str:
    """Whether the protocol's own text names the drug, or a related one does; its note says which."""
    if plan.given_origin.evidence != "related":
        return "named"
    note = plan.given_origin.note
    return f"related ({note})" if note else "related, not named"


def _plan_words(title: str, plan: DrugPlan, protocol: Protocol) -> str:
    said = []
    if plan.route == INTRATHECAL and not plan.may_be:
        said.append(display_name(plan.drug))
    if plan.may_be:
        said.append(f"drugs, days and doses not public in {protocol.title}")
    elif plan.days.scheduled:
        said.append(planned_words(plan.days, plan.doses_per_day))
        said.append(frequency_words(plan))
        if plan.days.disputed:
            said.append("further days in conflict")
    elif plan.days.origin.evidence == "conflict":
        said.append(plan.days.words)
    else:
        said.append(f"{_named(plan)}, days not public in {protocol.title}")
    if plan.dose.rate is not None:
        said.append(plan_rate_words(plan, plan.dose.rate))
    words = ", ".join(part for part in said if part)
    return f"{title}: {words}" if title else words
