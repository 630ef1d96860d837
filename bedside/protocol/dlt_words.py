"""A DLT rule in words: whose it is, and part by part what is asked of each toxicity."""

from bedside.protocol.dlt_boundary import rule_words
from bedside.protocol.dlt_rule import DltRule, RulePart
from bedside.units.dates import write_date


def title_in_words(rule: DltRule, protocol: str) -> str:
    """Which rule is in force, whose it is, by whom and when."""
    if rule.kind == "definition":
        return confirmed_title(rule)
    if rule.kind == "commissioned":
        mark = ", DEMONSTRATION" if rule.demonstration else ""
        return f"{rule.title}, {rule.own_numbers} commissioned by two people{mark}: {rule.own}"
    only = f"{rule.title} only: {protocol}'s own definition is not public"
    if not rule.own:
        return only
    return f"{only}. {rule.own_numbers} of the site's DLT rule are commissioned ({rule.own})"


def confirmed_title(rule: DltRule) -> str:
    """A site's own rule with its edition and the people who confirmed it."""
    people = " and ".join(rule.confirmed_by or ())
    on = "" if rule.confirmed_on is None else f" on {write_date(rule.confirmed_on)}"
    demonstration = ", DEMONSTRATION" if rule.demonstration else ""
    return f"{rule.title}, {rule.edition}, confirmed by {people}{on}{demonstration}"


_OWN_AND_OURS = (
    "The grade is the site's. That blood terms are left out, and that a link at least possible is "
    "asked for, is Bedside's own sorting. The rule only asks: a physician decides."
)


def rule_in_words(rule: DltRule) -> tuple[str, ...]:
    """The whole rule: each part in its order, what holds otherwise, and the stopping rule."""
    lines = [f"{number}. {part_in_words(part)}" for number, part in enumerate(rule.parts, start=1)]
    lines.append(f"Otherwise: {rule.otherwise}.")
    if rule.kind == "commissioned":
        lines.append(_OWN_AND_OURS)
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
