"""How far a site is: per course, per drug, per rule, and whether a course may be dosed and signed from."""

from bedside.protocol.model import Course
from bedside.protocol.number_compare import compare
from bedside.protocol.numbers import SITE
from bedside.protocol.site_numbers import formulary_key
from bedside.store.commission_records import CommissionValue
from bedside.store.queries import all_of
from bedside.ward.commission_blocked import blocked_of
from bedside.ward.commission_facts import GroupFacts, group_facts, inventory_of, scope_facts
from bedside.ward.commission_record import entries_of
from bedside.ward.commissioning import typed_of
from bedside.ward.views.commissioning import GroupState, PassState, ScopeState, Stage
from bedside.ward.ward import Ward


def scope_state(ward: Ward, scope: str) -> ScopeState:
    """How far a protocol, or the site itself, is commissioned.

    Raises:
        Refused: there is no such protocol.
    """
    inventory = inventory_of(ward, scope)
    return ScopeState(
        scope=scope,
        title=inventory.title,
        edition="" if scope == SITE else inventory.edition,
        groups=tuple(group_state(ward, facts) for facts in scope_facts(ward, scope)),
        older=_older(ward, scope, inventory.edition),
    )


def _older(ward: Ward, scope: str, edition: str) -> str:
    """What was commissioned under another edition: named, never taken over."""
    with ward.store.reading() as connection:
        rows = all_of(connection, CommissionValue)
    editions = sorted(
        {row.edition for row in rows if row.scope == scope and row.edition != edition}
    )
    if not editions:
        return ""
    return (
        f"Values of another edition ({', '.join(editions)}) are kept and not taken over: "
        "each number of this edition is commissioned anew."
    )


def group_state(ward: Ward, facts: GroupFacts) -> GroupState:
    """How far one group is; what is blocked is never counted as done."""
    blocked, total = len(blocked_of(ward, facts)), len(facts.group.numbers)
    done = len(facts.values) - blocked
    stage = _stage(facts, done, total, blocked)
    return GroupState(
        key=facts.group.key,
        title=facts.group.title,
        done=done,
        total=total,
        stage=stage,
        blocked=blocked,
        words=_words(facts, stage, done, total) + _blocked_words(blocked),
        passes=tuple(
            PassState(
                one.row.turn,
                one.row.recorded_by,
                *typed_of(facts, one),
                None if one.end is None else one.end.recorded_at,
            )
            for one in facts.passes
        ),
    )


def _stage(facts: GroupFacts, done: int, total: int, blocked: int) -> Stage:
    if done == total:
        return "commissioned"
    if blocked and done + blocked == total:
        return "blocked"
    if facts.both_ended:
        return "to settle"
    return "passes" if facts.passes else "not begun"


def _words(facts: GroupFacts, stage: Stage, done: int, total: int) -> str:
    count = f"{done} of {total} numbers commissioned"
    if stage == "to settle":
        apart = sum(_disagree(facts, number_id) for number_id in _open_ids(facts))
        left = len(facts.open_numbers) - apart
        said = [f"{apart} disagree"] if apart else []
        said += [f"{left} to settle"] if left else []
        return f"{count}; {', '.join(said)}"
    if stage == "passes":
        ended = sum(1 for one in facts.passes if one.end is not None)
        begun = "both passes begun" if len(facts.passes) == 2 else "first pass begun"
        return f"{count}; {'one pass complete' if ended else begun}"
    return count


def _blocked_words(blocked: int) -> str:
    """The words that stand at the dose, too: neither value is used."""
    if not blocked:
        return ""
    return f"; {blocked} blocked against the public source: not used, two people settle it"


def _open_ids(facts: GroupFacts) -> list[str]:
    return [number.id for number in facts.open_numbers]


def _disagree(facts: GroupFacts, number_id: str) -> bool:
    number = facts.inventory.number(number_id)
    both = entries_of(facts, number)
    if both is None:
        return True
    read = [number.read(one.canonical) for one in both]
    return compare(read[0], read[1]).agreement == "different"


def not_commissioned(ward: Ward, course: Course) -> str:
    """What is missing before papers of a course may be signed; "" when nothing is.

    A course needs every number of its own, and the formulary of every drug in it.
    """
    missing = []
    own = group_state(ward, group_facts(ward, course.protocol, course.key))
    if not own.complete:
        missing.append(f"{course.title}: {own.words}")
    drugs = {formulary_key(plan.drug) for plan in _with_names(ward, course).drugs}
    missing += [
        f"{facts.group.title}: {group_state(ward, facts).words}"
        for facts in scope_facts(ward, SITE)
        if facts.group.key in drugs and facts.open_numbers
    ]
    return "; ".join(missing)


def _with_names(ward: Ward, course: Course) -> Course:
    """The course, where the file leaves a drug unnamed with the names that this site entered."""
    if not any(plan.may_be for plan in course.drugs):
        return course
    filled = ward.protocol(course.protocol)
    return course if filled is None else filled.course(course.key)


def papers_need(ward: Ward, scope: str, group_key: str) -> str:
    """What the papers of a course that is commissioned still wait for; "" where nothing, or no course."""
    courses = (
        {course.key: course for course in ward.protocols[scope].courses} if scope != SITE else {}
    )
    course = courses.get(group_key)
    if course is None or not group_state(ward, group_facts(ward, scope, group_key)).complete:
        return ""
    return not_commissioned(ward, course)
