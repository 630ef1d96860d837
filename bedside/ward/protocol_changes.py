"""For which infants of the ward a new edition of their protocol matters.

It matters to those who were entered under the earlier edition and are not yet past a course that
changed. Where only drugs changed in the course she is in, and every dose of them is recorded, it does
not: what was given stays. Reductions that stand and amounts that were given are said, since a new
dose is reduced too and is not made up for. An infant entered under another edition is named and not
judged: nobody compared hers.
"""

from collections.abc import Sequence

from bedside.protocol.comparison import Comparison
from bedside.ward.changed_doses import all_recorded, told_of
from bedside.ward.facts import InfantFacts, facts_of_all
from bedside.ward.standing import continuation, standing_of
from bedside.ward.views.protocols import ConcernedInfant
from bedside.ward.ward import Ward

FOR_ALL = frozenset({"end of therapy", "DLT period", "day numbers", "risk groups", "arms"})


def concerned(ward: Ward, comparison: Comparison) -> tuple[ConcernedInfant, ...]:
    """Every infant on the protocol, with whether the change matters to her.

    Args:
        ward: the ward.
        comparison: of two editions of one protocol.
    """
    found = [
        _judged(ward, facts, comparison)
        for facts in facts_of_all(ward)
        if facts.enrolment.protocol_key == comparison.a.key
    ]
    return tuple(sorted(found, key=lambda infant: (not infant.matters, infant.name)))


def _judged(ward: Ward, facts: InfantFacts, comparison: Comparison) -> ConcernedInfant:
    enrolment = facts.enrolment
    before = comparison.a
    if (enrolment.edition, enrolment.protocol_digest) != (before.edition, before.digest):
        same_name = enrolment.edition == before.edition
        words = (
            "entered under a file of that edition's name whose digest differs"
            if same_name
            else f"entered under another edition: {enrolment.edition}"
        )
        return _infant(facts, (), f"{words}: not judged", matters=False)
    courses = _ahead(ward, facts, comparison)
    whole = [line.aspect for line in comparison.whole if line.treats and line.aspect in FOR_ALL]
    if not courses and not whole:
        return _infant(facts, (), "past every course and every dose that changed", matters=False)
    parts = [f"{title} ({where})" for _, title, where in courses]
    told = [words for key, _, _ in courses for words in told_of(ward, facts, comparison, key)]
    parts += [f"the protocol's {aspect}" for aspect in dict.fromkeys(whole)]
    words = "; ".join((f"entered under edition A; changed: {', '.join(parts)}", *told))
    return _infant(facts, tuple(key for key, _, _ in courses), words, matters=True)


def _infant(
    facts: InfantFacts, courses: tuple[str, ...], words: str, *, matters: bool
) -> ConcernedInfant:
    infant = facts.infant
    return ConcernedInfant(
        infant_id=infant.id,
        name=f"{infant.family}, {infant.given}",
        hospital_number=infant.hospital_number,
        matters=matters,
        courses=courses,
        words=words,
    )


def _ahead(
    ward: Ward, facts: InfantFacts, comparison: Comparison
) -> Sequence[tuple[str, str, str]]:
    """The changed courses that she is in or that lie ahead: key, title, and which of the two."""
    standing = standing_of(ward, facts)
    order = [key for course in comparison.courses for key in (*course.keys_a, *course.keys_b)]
    order = list(dict.fromkeys(order))
    here = -1 if standing.running is None else order.index(standing.running.key)
    found = []
    for course in comparison.courses:
        key = (*course.keys_a, *course.keys_b)[0]
        place = order.index(key)
        if not course.treats or place < here or (place == here and standing.finished):
            continue
        if not takes(facts, key):
            continue
        if place == here and all_recorded(facts, standing.projection, course, key):
            continue
        found.append((key, course.title, "running now" if place == here else "ahead"))
    return found


def takes(facts: InfantFacts, key: str) -> bool:
    """Whether a course of her protocol is hers: not of another arm, not after she leaves."""
    course = next((one for one in facts.protocol.courses if one.key == key), None)
    if course is None:
        return True
    arm = facts.enrolment.arm
    if course.arm and arm and course.arm != arm:
        return False
    goes_on = continuation(facts, course)
    return goes_on is None or goes_on.result != "not met"
