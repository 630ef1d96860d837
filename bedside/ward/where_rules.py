"""The start rule on the page Where are we: of the next course as of now, of the running one as opened."""

from bedside.protocol.model import Course, StartRule
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
    rule = course.start_rule
    if rule is None or not rule.origins:
        return course.start_words
    words = f"Start rule of {facts.protocol.title}, {_sources(facts, rule)}"
    if course.start_origin.evidence == "absent":
        words += ". No count rule is public: enter it from your protocol"
    return words


def _sources(facts: InfantFacts, rule: StartRule) -> str:
    """Evidence and sources of every part, each once: "stated in: slides; register page"."""
    found: dict[str, list[str]] = {}
    for origin in rule.origins:
        named = [facts.protocol.sources[key].split(",")[0] for key in origin.sources]
        found.setdefault(origin.evidence, []).extend(named or [origin.named])
    return "; ".join(
        f"{evidence} in: {'; '.join(dict.fromkeys(named))}" for evidence, named in found.items()
    )
