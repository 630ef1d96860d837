"""A DLT rule in words, part by part, so that a physician can read what is asked of each toxicity."""

from bedside.protocol.dlt_boundary import rule_words
from bedside.protocol.dlt_rule import DltRule, RulePart


def rule_in_words(rule: DltRule) -> tuple[str, ...]:
    """The whole rule: each part in its order, what holds otherwise, and the stopping rule."""
    lines = [f"{number}. {part_in_words(part)}" for number, part in enumerate(rule.parts, start=1)]
    lines.append(f"Otherwise: {rule.otherwise}.")
    if rule.stopping is not None:
        lines.append(f"{rule_words(rule.stopping)}.")
    return tuple(lines)


def part_in_words(part: RulePart) -> str:
    """One part: "Ask: grade 3 or more, not haematological, at least possible."."""
    verdict = part.verdict[:1].upper() + part.verdict[1:]
    asked = [*_terms(part), *_grades(part), *_related(part)] or ["every toxicity"]
    why = f" ({part.words})" if part.words else ""
    return f"{verdict}: {', '.join(asked)}{why}."


def _terms(part: RulePart) -> list[str]:
    said = []
    if part.terms:
        said.append(" or ".join(_term(term) for term in part.terms))
    if part.except_terms:
        said.append(f"not {' nor '.join(_term(term) for term in part.except_terms)}")
    if part.groups:
        said.append(" or ".join(part.groups))
    if part.haematological is not None:
        said.append("haematological" if part.haematological else "not haematological")
    return said


def _grades(part: RulePart) -> list[str]:
    said = []
    if part.least_grade is not None:
        said.append(f"grade {part.least_grade} or more")
    if part.most_grade is not None:
        said.append(f"grade {part.most_grade} or less")
    if part.longer_than_days is not None:
        said.append(f"for more than {part.longer_than_days} days without a break")
    return said


def _related(part: RulePart) -> list[str]:
    said = []
    if part.attribution:
        to = f" to {' or '.join(part.to)}" if part.to else ""
        said.append(f"at least {part.attribution}{to}")
    if part.courses:
        said.append(f"begun in {' or '.join(part.courses)}")
    return said


def _term(key: str) -> str:
    return key.replace("-", " ")
