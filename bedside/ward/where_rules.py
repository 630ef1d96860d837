"""The start rule on the page Where are we: of the next course as of now, of the running one as opened."""

from bedside.protocol.model import Course
from bedside.ward.facts import InfantFacts
from bedside.ward.gates import judge_gate, moment_of_opening
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
        as_of = moment_of_opening(ward, facts, running)
        gate = judge_gate(ward, facts, running, as_of)
        return (
            f"{running.title} was opened on these values; weight as of now",
            _rule_note(facts, running),
            gate.rows,
        )
    if following is not None:
        words = following.start_words or "not public: ask the leukaemia team"
        return f"May {following.title} start?", words, ()
    return "", standing.next_words, ()


def _rule_note(facts: InfantFacts, course: Course) -> str:
    if course.start_rule is None or not course.start_rule.measures:
        return course.start_words
    origin = course.start_rule.measures[0].origin
    sources = "; ".join(facts.protocol.sources[key].split(",")[0] for key in origin.sources)
    return f"Start rule of {facts.protocol.title}, {origin.evidence} in: {sources}"
