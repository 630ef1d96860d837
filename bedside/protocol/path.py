"""Which courses an infant takes: by arm, by risk group, by transplant, by who goes on after Induction.

Decision: an arm is never chosen for anybody (hazard H11). While it is not recorded, the courses of
all arms stay in the list, what depends on the arm is left undated, and the path says what to ask.
LR was never randomised and takes its courses without an allocation. A course that has begun shows
the arm by itself.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from bedside.protocol.model import Course, Protocol
from bedside.protocol.risk_model import Arm
from bedside.units.refusal import Refused
from bedside.units.typed_text import shown


class PathFacts(Struct, frozen=True):
    """What decides on the path; "" and None are not known.

    ``arm`` is an arm's key, ``group`` a risk group's, ``kmt2a`` the result; ``transplanted`` True
    or False once it is recorded; ``begun`` the keys of courses that have begun.
    """

    arm: str = ""
    group: str = ""
    kmt2a: str = "unknown"
    transplanted: bool | None = None
    begun: frozenset[str] = frozenset()


class Path(Struct, frozen=True):
    """The courses an infant takes, in order.

    ``rests_on_arm`` and ``rests_on_transplant`` say of a course in ``courses`` why it is not
    certain; ``left_out`` of every other course why it is not taken. ``ask`` is "" where nothing
    is to be asked.
    """

    courses: tuple[str, ...]
    arm: str
    arm_title: str
    rests_on_arm: Mapping[str, str] = field(default_factory=dict)
    rests_on_transplant: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    ask: str = ""
    notes: tuple[str, ...] = ()


def find_arm(protocol: Protocol, typed: str) -> Arm:
    """Return the arm of this key or title, in any case of letters.

    Raises:
        Refused: the protocol has no arms, or none of this name.
    """
    arms = protocol.strata.arms
    if not arms:
        raise Refused(
            f"{protocol.title} has one arm, every infant has the same courses: record no arm."
        )
    wanted = typed.strip().casefold()
    for arm in arms:
        if wanted in {name.casefold() for name in (arm.key, arm.title, *arm.also)}:
            return arm
    known = " or ".join(f"{arm.key} ({arm.title})" for arm in arms)
    raise Refused(f"“{shown(typed)}” is no arm of {protocol.title}: write {known}.")


def allocated_arm(protocol: Protocol, typed: str, group: str | None) -> Arm:
    """Return the arm to record as allocated elsewhere.

    Raises:
        Refused: no such arm, or the risk group is one that was never randomised.
    """
    arm = find_arm(protocol, typed)
    if group is not None and group not in arm.allocated:
        takes = next(
            (other.title for other in protocol.strata.arms if group in other.without_allocation),
            "its courses",
        )
        raise Refused(
            f"{group} was never randomised on {protocol.title}: an infant in {group} takes {takes} "
            "without an allocation. Nothing was recorded; correct the risk group first if it is "
            "wrong."
        )
    return arm


def path_of(protocol: Protocol, facts: PathFacts) -> Path:
    """Work out the courses an infant takes.

    Args:
        protocol: the protocol.
        facts: what is known of arm, group, gene, transplant and starts.

    Raises:
        Refused: courses of two arms have begun, or the arm contradicts them or the risk group.
    """
    arm = _arm(protocol, facts)
    left_out: dict[str, str] = {}
    for course in protocol.courses:
        if arm is not None and course.arm not in ("", arm.key):
            left_out[course.key] = f"not in {arm.title}"
    left_out |= _not_continued(protocol, facts)
    open_transplant: dict[str, str] = {}
    notes = _transplant(protocol, facts, left_out, open_transplant)
    for key in facts.begun:
        left_out.pop(key, None)
    return Path(
        courses=tuple(course.key for course in protocol.courses if course.key not in left_out),
        arm="" if arm is None else arm.key,
        arm_title="" if arm is None else arm.title,
        rests_on_arm=_open_arm(protocol) if arm is None else {},
        rests_on_transplant=open_transplant,
        left_out=left_out,
        ask=_ask(protocol, facts) if arm is None else "",
        notes=notes,
    )


_KEPT: dict[tuple[int, PathFacts], tuple[Protocol, Path, Protocol]] = {}
_MOST_KEPT = 200


def taken_by(protocol: Protocol, facts: PathFacts) -> tuple[Path, Protocol]:
    """Return the path, and the protocol with only its courses; both are kept.

    The infants of a ward share a handful of paths, and a ward list asks for each of them often.

    Args:
        protocol: the protocol.
        facts: as for `path_of`.

    Raises:
        Refused: as `path_of` does.
    """
    key = id(protocol), facts
    kept = _KEPT.get(key)
    if kept is None or kept[0] is not protocol:
        path = path_of(protocol, facts)
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        kept = _KEPT[key] = protocol, path, on_path(protocol, path)
    return kept[1], kept[2]


def on_path(protocol: Protocol, path: Path) -> Protocol:
    """The protocol with only the courses of a path."""
    if len(path.courses) == len(protocol.courses):
        return protocol
    courses = tuple(course for course in protocol.courses if course.key in path.courses)
    return replace(protocol, courses=courses)


def _arm(protocol: Protocol, facts: PathFacts) -> Arm | None:
    """The arm: as recorded, as the begun courses show, or the one this group takes by itself."""
    arms = protocol.strata.arms
    if not arms:
        return find_arm(protocol, facts.arm) if facts.arm else None
    begun = {course.arm for course in protocol.courses if course.arm and course.key in facts.begun}
    named = begun | ({facts.arm} if facts.arm else set())
    if len(named) > 1:
        raise Refused(
            f"Courses of more than one arm of {protocol.title} are named "
            f"({protocol.arm_words}): keep those of {_either(arm.title for arm in arms)}."
        )
    by_itself = next((arm for arm in arms if facts.group in arm.without_allocation), None)
    if not named:
        return by_itself
    arm = find_arm(protocol, named.pop())
    if by_itself is not None and by_itself.key != arm.key:
        raise Refused(
            f"{facts.group} was never randomised on {protocol.title} and takes {by_itself.title}: "
            f"{arm.title} does not fit. Correct the arm or the risk group."
        )
    return arm


def _ask(protocol: Protocol, facts: PathFacts) -> str:
    if not protocol.strata.arms:
        return ""
    group = "" if facts.group else "; the risk group too"
    return f"arm not recorded: ask{group}"


def _open_arm(protocol: Protocol) -> dict[str, str]:
    """Every course from the first that depends on the arm; none where there are no arms."""
    why = f"not known: depends on the arm, {_either(arm.title for arm in protocol.strata.arms)}"
    found: dict[str, str] = {}
    for course in protocol.courses:
        if course.arm or found:
            found[course.key] = why
    return found


def _not_continued(protocol: Protocol, facts: PathFacts) -> dict[str, str]:
    """The courses that an infant with this gene, or in this group, does not go on to."""
    results = _results(protocol, facts)
    found: dict[str, str] = {}
    for rule in protocol.continue_rules:
        if results and not results & {*rule.accepted, "unknown", "not-evaluable"}:
            found |= dict.fromkeys(
                _from(protocol.courses, rule.before), rule.otherwise or rule.words
            )
    return found


def _results(protocol: Protocol, facts: PathFacts) -> set[str]:
    """The KMT2A results that are possible: the one known, else those of the risk group."""
    if facts.kmt2a != "unknown":
        return {facts.kmt2a}
    rule = protocol.strata.risk
    groups = () if rule is None else rule.groups
    return {result for group in groups if group.key == facts.group for result in group.kmt2a}


def _from(courses: Iterable[Course], key: str) -> list[str]:
    keys = [course.key for course in courses]
    return keys[keys.index(key) :]


def _transplant(
    protocol: Protocol, facts: PathFacts, left_out: dict[str, str], open_transplant: dict[str, str]
) -> tuple[str, ...]:
    """Take out what a transplant replaces, or say that it may."""
    rule = protocol.strata.transplant
    if rule is None or facts.transplanted is False:
        return ()
    titles = _and(titles_of(protocol, rule.replaces))
    if facts.transplanted:
        left_out |= dict.fromkeys(rule.replaces, "transplanted (worked out: not public)")
        return (f"Transplanted: {titles} are left out ({rule.replaces_origin.note}).",)
    if facts.group in rule.groups:
        why = f"only without a transplant, which is indicated in every {facts.group}: record it"
        open_transplant |= dict.fromkeys(rule.replaces, why)
        return (
            f"{facts.group}: a transplant is indicated; it replaces {titles} "
            f"({rule.replaces_origin.note}).",
        )
    if facts.group in rule.mrd_groups:
        before = beginning_of(protocol, rule.before)
        return (f"{facts.group}: {rule.mrd.words} before {before} indicates a transplant instead.",)
    return ()


def titles_of(protocol: Protocol, keys: Iterable[str]) -> tuple[str, ...]:
    """The titles of courses; where all courses of a phase are among them, its name once."""
    named = tuple(keys)
    phases = {course.key: course.phase for course in protocol.courses}
    whole = {phase for phase in phases.values() if _members(protocol, phase) <= set(named)}
    titles = (phases[key] if phases[key] in whole else protocol.course(key).title for key in named)
    return tuple(dict.fromkeys(titles))


def beginning_of(protocol: Protocol, key: str) -> str:
    """What begins with a course: its phase where it is the first of several, else the course."""
    course = protocol.course(key)
    first = next(one for one in protocol.courses if one.phase == course.phase)
    several = len(_members(protocol, course.phase)) > 1
    return course.phase if several and first.key == key else course.title


def _members(protocol: Protocol, phase: str) -> set[str]:
    return {course.key for course in protocol.courses if course.phase == phase}


def _either(titles: Iterable[str]) -> str:
    return " or ".join(titles)


def _and(titles: Iterable[str]) -> str:
    return " and ".join(titles)
