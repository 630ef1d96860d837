"""What changed from one edition of a protocol to the next: each fact, old words and new.

Every fact is compared, its evidence and sources too: a dose that was "not public" and is now
"stated" changes what a nurse may do, even where its number stays.
"""

from collections.abc import Iterable, Iterator, Mapping

from bedside.papers.protocol_book import EVIDENCE_WORDS, CourseWords, FactLine
from bedside.protocol.comparison import Change, Comparison, CourseDifference, Difference, Side
from bedside.protocol.in_words import book_of, totals_of
from bedside.protocol.model import DrugPlan, Protocol

FactKey = tuple[str, str, int]
NOT_TREATING = frozenset({"dose elsewhere", "days elsewhere", "remark"})
NOT_TREATING_ABOUT = frozenset({"Entry", "Published outcome", "Courses of another protocol"})


def compare_editions(a: Protocol, b: Protocol) -> Comparison:
    """Compare two editions of one protocol, fact by fact.

    Args:
        a: the earlier edition.
        b: the later edition.
    """
    before, after = book_of(a), book_of(b)
    courses_a = {course.key: course for course in before.courses}
    courses_b = {course.key: course for course in after.courses}
    order = [*courses_a, *(key for key in courses_b if key not in courses_a)]
    conflicts_a = [
        _conflict_fact(each.number, each.question, each.ruling) for each in before.conflicts
    ]
    conflicts_b = [
        _conflict_fact(each.number, each.question, each.ruling) for each in after.conflicts
    ]
    return Comparison(
        kind="editions",
        a=Side.of(a),
        b=Side.of(b),
        whole=(
            *_changes(before.facts, after.facts),
            *_changes(conflicts_a, conflicts_b),
        ),
        courses=tuple(_course(key, courses_a.get(key), courses_b.get(key)) for key in order),
        exposure=exposure(a, b),
    )


def exposure(a: Protocol, b: Protocol) -> tuple[Difference, ...]:
    """Dose days of each drug over the whole protocol, on either side."""
    totals_a, totals_b = dict(totals_of(_plans(a))), dict(totals_of(_plans(b)))
    nothing = "none" if a.key == b.key else "not named"
    found = []
    for name in dict.fromkeys((*totals_a, *totals_b)):
        one, other = totals_a.get(name, nothing), totals_b.get(name, nothing)
        if one == other:
            found.append(Difference(name, "", one, other, "same"))
        elif a.key == b.key:
            found.append(Difference(name, "", one, other, "changed"))
        else:
            found.append(Difference(name, "", f"{a.title}: {one}", f"{b.title}: {other}", "beside"))
    return tuple(found)


def _plans(protocol: Protocol) -> tuple[DrugPlan, ...]:
    return tuple(plan for course in protocol.courses for plan in course.drugs)


def _conflict_fact(number: int, question: str, ruling: str) -> FactLine:
    return FactLine(f"Conflict {number}", "ruling", f"{question} {ruling}", "conflict")


def _course(key: str, a: CourseWords | None, b: CourseWords | None) -> CourseDifference:
    title = b.title if b is not None else a.title if a is not None else key
    lines: tuple[Difference, ...]
    if a is None or b is None:
        there = a if b is None else b
        words = "; ".join(there.totals) if there is not None else ""
        lines = (Difference("Course", "", words, words, "removed" if b is None else "added"),)
    else:
        lines = (*_changes(a.facts, b.facts), *_names(a, b))
    keys_a, keys_b = (key,) if a is not None else (), (key,) if b is not None else ()
    return CourseDifference(keys_a, keys_b, title, "", lines)


def _names(a: CourseWords, b: CourseWords) -> Iterator[Difference]:
    for aspect, before, after in (
        ("title", a.title, b.title),
        ("other names", a.also, b.also),
        ("remark", a.note, b.note),
    ):
        if before != after:
            yield Difference("Course", aspect, before or "none", after or "none", "changed", False)


def _changes(before: Iterable[FactLine], after: Iterable[FactLine]) -> Iterator[Difference]:
    old, new = _by_key(before), _by_key(after)
    for key in dict.fromkeys((*old, *new)):
        if key not in old:
            yield _only(new[key], "added")
        elif key not in new:
            yield _only(old[key], "removed")
        elif old[key] != new[key]:
            yield _changed(old[key], new[key])


def _only(fact: FactLine, change: Change) -> Difference:
    words = _said(fact, full=False)
    return Difference(fact.about, fact.aspect, words, words, change, _treats(fact))


def _changed(one: FactLine, other: FactLine) -> Difference:
    sense = (one.words, one.evidence) != (other.words, other.evidence)
    return Difference(
        one.about,
        one.aspect,
        _said(one, full=not sense),
        _said(other, full=not sense),
        "changed",
        _treats(one) and sense,
    )


def _treats(fact: FactLine) -> bool:
    return fact.aspect not in NOT_TREATING and fact.about not in NOT_TREATING_ABOUT


def _by_key(facts: Iterable[FactLine]) -> Mapping[FactKey, FactLine]:
    found: dict[FactKey, FactLine] = {}
    for fact in facts:
        number = sum(
            1 for about, aspect, _ in found if (about, aspect) == (fact.about, fact.aspect)
        )
        found[(fact.about, fact.aspect, number)] = fact
    return found


def _said(fact: FactLine, *, full: bool) -> str:
    """A fact with its evidence; with sources and note where those are all that changed."""
    parts = [EVIDENCE_WORDS[fact.evidence]]
    if full:
        parts += [part for part in (fact.named, fact.note) if part]
    return f"{fact.words} ({'; '.join(parts)})"
