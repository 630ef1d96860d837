"""The start rule on the page Where are we: of the next course as of now, of the running one as opened."""

from bedside.protocol.model import Course
from bedside.ward.facts import InfantFacts
from bedside.ward.gates import judge_gate, moment_of_opening
from bedside.ward.opened_on import opened_on, with_weight_now
from bedside.ward.standing import Standing
from bedside.ward.views.where import RuleRow
from bedside.ward.ward import Ward


def rules_of(
    ward: Ward, facts: InfantFacts, standing: Standing
) -> tuple[str, str, tuple[RuleRow, ...]]:
    """Title, note and rows of the start rule that the page shows."""
    running, following = standing.running, standing.next
    if following is not None and standing.gate is not None:
        return f"May {following.title} start?", _rule_note(facts, following), standing.gate.rows
    if running is not None and running.start_rule is not None:
        return _opened(ward, facts, running)
    if following is not None:
        words = following.start_words or "not public: ask the leukaemia team"
        return f"May {following.title} start?", words, ()
    return "", standing.next_words, ()


def _opened(
    ward: Ward, facts: InfantFacts, running: Course
) -> tuple[str, str, tuple[RuleRow, ...]]:
    """The running course: what it was opened on, as it was seen; else what is on record of that day."""
    gate = judge_gate(ward, facts, running, moment_of_opening(ward, facts, running))
    rows = opened_on(ward, facts, running)
    if rows:
        title = f"{running.title} was opened on these values"
        return title, _rule_note(facts, running), with_weight_now(rows, gate.rows)
    return (
        f"{running.title}: what was seen at its opening was not kept",
        "below: that day as the record says it now; weight as of now",
        gate.rows,
    )


def _rule_note(facts: InfantFacts, course: Course) -> str:
    if course.start_rule is None or not course.start_rule.measures:
        return course.start_words
    origin = course.start_rule.measures[0].origin
    sources = "; ".join(facts.protocol.sources[key].split(",")[0] for key in origin.sources)
    return f"Start rule of {facts.protocol.title}, {origin.evidence} in: {sources}"
