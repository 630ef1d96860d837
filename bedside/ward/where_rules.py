"""The start rule on the page Where are we: of the next course as of now, of the running one as opened."""

from msgspec.structs import replace

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
        rows = tuple(_judged_anew(row, gate.rows) for row in rows)
        return title, _rule_note(facts, running), with_weight_now(rows, gate.rows)
    return (
        f"{running.title}: what was seen at its opening was not kept",
        "below: that day as the record says it now; weight as of now",
        gate.rows,
    )


def _judged_anew(row: RuleRow, as_recorded: tuple[RuleRow, ...]) -> RuleRow:
    """A line whose value was struck out since does not stay "met": what is on record now judges it.

    Args:
        row: the line as it was seen at the opening, with what became of it.
        as_recorded: the lines of the same moment as the record says them now.
    """
    now = next((one for one in as_recorded if one.measure == row.measure), None)
    if not row.struck or now is None:
        return row
    told = {
        "met": "That meets the rule, too",
        "not met": f"That does NOT meet the rule ({row.needed}): ask whoever opened the course",
        "unknown": "Without it the rule is not known to be met: ask whoever opened the course",
    }[now.result]
    return replace(row, result=now.result, since=f"{row.since}. {told}")


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
